"""Which cell of a table's row is longer than any may be, and how that is told (長すぎる欄)."""

from __future__ import annotations

import csv
import re
from typing import Final

from geo.base.words import Words

_QUOTED: Final = re.compile(r'"[^"]*(?:""[^"]*)*"')


def find_long_cell(text: str, begin: int, delimiter: str) -> int | None:
    """Return which cell of a row is too long, ``None`` when its quotes are what is wrong (長い欄).

    Parameters
    ----------
    text
        Of the whole file; the row begins at `begin`.

    Examples
    --------
    >>> find_long_cell("a," + "x" * 200_000, 0, ","), find_long_cell('a,"x', 0, ",")
    (1, None)
    """
    plain = re.compile(rf"[^\r\n{delimiter}]*")
    at, end = 0, begin
    while True:
        cell = (_QUOTED if text.startswith('"', end) else plain).match(text, end)
        if cell is None:
            return None
        if len(cell[0]) > csv.field_size_limit():
            return at
        if not text.startswith(delimiter, cell.end()):
            return None
        at, end = at + 1, cell.end() + 1


def say_long_cell(row: int, column: str) -> Words:
    """Return what is wrong, and what to do (長い欄を言う)."""
    most = csv.field_size_limit()
    return Words(
        f"{row}行目の列「{column}」の文が長すぎます（1つの欄は {most:,} 字まで）。"
        "その欄を分けて書いてください",
        f"row {row}, column {column!r}: the text is too long (at most {most:,} characters a cell);"
        " write it in parts",
    )
