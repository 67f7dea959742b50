"""Write all sentences people read, to be read through: python docs/make_sentences.py [FILE]."""

from __future__ import annotations

import csv
import html
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from read_sentences import read_sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from read_sentences import Sentence

OUT: Final = Path(__file__).with_name("sentences.html")
HEADS: Final = ("どこ / where", "名前 / name", "日本語", "English")
_STYLE: Final = (
    "body{font:16px/1.6 sans-serif;margin:1rem}table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #dcd6c8;padding:.3rem .5rem;text-align:left;vertical-align:top;"
    "overflow-wrap:anywhere;white-space:pre-wrap}td:nth-child(-n+2){color:#565c66;font-size:.8rem}"
    "th{background:#f3efe6;position:sticky;top:0}"
)
_NOTE: Final = (
    "<p>英語のない行は、ほかの人のファイルの見出しなど、日本語だけのもの。 Rows without English are "
    "Japanese alone: headings of others' files, names of the demo town.</p>"
)


def rows_of(sentences: Sequence[Sentence]) -> list[tuple[str, str, str, str]]:
    """Return the table's rows; {…} is what is filled in when it is said."""
    return [(f"{one.path}:{one.line}", one.name, one.ja, one.en) for one in sentences]


def write(path: Path, sentences: Sequence[Sentence]) -> None:
    """Write the table as the file's name says: .csv for a spreadsheet, else a page."""
    rows = rows_of(sentences)
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([HEADS, *rows])
        return
    cells = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in rows)
    heads = "".join(f"<th>{head}</th>" for head in HEADS)
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="ja"><meta charset="utf-8"><title>{len(rows):,}</title>',
        f"<style>{_STYLE}</style>",
        _NOTE,
        f"<table><tr>{heads}</tr>",
        *(f"<tr>{row}</tr>" for row in cells),
        "</table></html>",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Write the table beside this file, or into the file that is named."""
    out = Path(sys.argv[1]) if sys.argv[1:] else OUT
    sentences = read_sentences()
    write(out, sentences)
    pairs = sum(bool(one.en) for one in sentences)
    print(f"{out}: {len(sentences):,} rows, {pairs:,} in both languages")  # noqa: T201


if __name__ == "__main__":
    main()
