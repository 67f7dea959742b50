from register_fixtures import READ, new_version

from kept_samples.sample import Sample, text
from surveys.store.receipt import Batch

FILE = "Zelkova-3.csv"


def write(register):
    batch = Batch(
        id="kept-import", file=FILE, sha256="1" * 64, type="park", by="公園係",
        made_at="2026-11-21T09:00:00.000Z", counts={"new": 1}, undone_at=None,
    )  # fmt: skip
    row = new_version(
        "kept-imported", {"name": "取りこんだ"}, kind="import", origin=READ, batch_id=batch.id
    )
    register.save_all([row], batch)
    return batch.id


def read(register, id_):
    """An import stands while what it brought in counts."""
    batch = next(one for one in register.batches() if one.id == id_)
    return (batch, register.versions("kept-imported")) if batch.undone_at is None else None


SAMPLE = Sample(write=write, read=read, mark=text(FILE))
