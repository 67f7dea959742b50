"""Write docs/inspected.md, what is said of every real file: python docs/make_inspected.py DATA."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

# Of the tree it stands in, whichever is installed.
sys.path.insert(0, str(Path(__file__).parents[1]))

from typing import TYPE_CHECKING

from layers.commands.inspect import list_files
from layers.inspected.look import look_at

if TYPE_CHECKING:
    from layers.inspected.seen import Seen

PAGE = Path(__file__).with_name("inspected.md")
HEAD = """# What is said of real files

What `kayoi inspect` says of each file of the folder of open data that tests read (`KAYOI_DATA`), made by
`python docs/make_inspected.py`. Files that only belong to another (`.dbf`, `attributes.csv` …) are
left out. Where nothing is of use, what is missing is told.

| file | what it is | of use as | doubts |
|---|---|---|---|
"""
_LONGEST = 160


def row_of(name: str, seen: Seen) -> str:
    """Return a file's row."""
    use = "; ".join(f"**{one.words.en}**: {one.found.en}" for one in seen.uses) or "not recognised"
    facts = [
        seen.kind.en,
        f"{seen.rows:,} rows" if seen.rows is not None else "",
        seen.encoding,
        seen.crs,
    ]
    doubts = [one.en for one in (*seen.traps, *seen.missing)]
    told = (
        doubts[0][:_LONGEST] + (f" (and {len(doubts) - 1} more)" if doubts[1:] else "")
        if doubts
        else ""
    )
    cells = (name, ", ".join(filter(None, facts)), use, told)
    return "| " + " | ".join(one.replace("|", "/").replace("\n", " ") for one in cells) + " |"


def main() -> None:
    """Look at every file, write the page, tell the slowest and the most memory."""
    data, rows, slowest = Path(sys.argv[1]), [], (0.0, "")
    for path in list_files(data):
        name = path.relative_to(data).as_posix()
        began = time.perf_counter()
        seen = look_at(path)
        slowest = max(slowest, (time.perf_counter() - began, name))
        if not seen.beside:
            rows.append(row_of(name, seen))
    PAGE.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{len(rows)} files, the slowest {slowest[0]:.1f} s ({slowest[1]}), {most} MB")  # noqa: T201


if __name__ == "__main__":
    main()
