"""One of each kind of kept thing, a file a kind: what the contract of `surveys.store.kept` runs on."""

from geo.base.registry import find_entries

SAMPLES = find_entries(__name__, "SAMPLE", beside=("sample",))
