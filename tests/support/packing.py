"""In which order the files of tests begin, so that the machine is busy to the end."""

from where import TESTS

LIST = TESTS / "long_files.txt"
# Of a file that is not on the list: a browser's takes some time to begin with.
WAITING_S, SHORT_S = 20, 1


def long_files(text=None):
    """Return the seconds of each file that takes long, as the list has them."""
    lines = (LIST.read_text(encoding="utf-8") if text is None else text).splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return {TESTS / name: int(seconds) for seconds, name in rows}


def packed(files, waiting, seconds):
    """Return the place of each file: of either kind the longest first, and both kinds mixed.

    `waiting` are those that wait for a browser more than they work: beside each works one that
    does not, and both kinds come to their end at one time, with short files.
    """
    kinds = [
        sorted(
            ((seconds.get(file, usual), file) for file in files if (file in waiting) is is_waiting),
            key=lambda one: -one[0],
        )
        for is_waiting, usual in ((True, WAITING_S), (False, SHORT_S))
    ]
    begun = []
    for kind in kinds:
        whole, before = sum(one for one, _ in kind), 0
        for one, file in kind:
            begun.append((before / whole, file))
            before += one
    begun.sort(key=lambda one: one[0])  # both kinds keep their own order: the sort is stable
    return {file: place for place, (_, file) in enumerate(begun)}
