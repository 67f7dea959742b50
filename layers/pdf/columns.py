"""How wide the columns of a printed table are, from what stands in them (列の幅).

As a browser does it: a column is between its longest word and its longest line, and what is left
is shared by how much longer the lines are than the words; Japanese, whose words are one sign here,
has lines of a few signs at least. (CSS 2.2, 17.5.2.2, "Automatic table layout".) Widths of letters
are estimated; `layers/pdf/sheet.typ` takes the result as shares.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

# What sheet.css says of a column, by the class of its cells: millimetres at least.
LEAST_MM: Final = {"kindof": 24.0, "called": 32.0, "where": 20.0}
UNBROKEN: Final = frozenset({"n", "when"})
_EM_MM: Final = 3.36  # 9.5 pt
_INSET_MM: Final = 3.8
_BOLD: Final = 1.06  # how much wider bold letters may be
_WORD: Final = re.compile(r"[!-~\u00a1-\u2e7f]+|.", re.DOTALL)
_LONGEST_WORD: Final = 16  # longer ones are broken anywhere
_READABLE_EM: Final = 4.0  # a line of fewer signs than this is no line, where there is room
_ICON_MM: Final = 5.0


@dataclass(slots=True)
class _Column:
    least: float = 6.0
    most: float = 6.0
    tight: bool = False


def shares(rows: Sequence[Sequence[Element]], *, wide_mm: float) -> tuple[float, ...]:
    """Return what share of a table's width each column has, of equal rows of cells (列の割合).

    Rows of another length than the first are left out; no row, no column.

    Parameters
    ----------
    wide_mm
        How wide the table is.
    """
    if not rows:
        return ()
    columns = [_Column() for _ in rows[0]]
    for row in rows:
        if len(row) != len(columns):
            continue
        for column, cell in zip(columns, row, strict=True):
            _widen(column, cell)
    readable = [_readable(one) for one in columns]
    if sum(one.least for one in readable) < wide_mm:
        columns = readable
    least, most = sum(one.least for one in columns), sum(one.most for one in columns)
    if most <= wide_mm:
        # Numbers and days need no more than they have, unless there is nothing else.
        loose = sum(one.most for one in columns if not one.tight)
        grown = (
            {True: 1.0, False: 1.0 + (wide_mm - most) / loose} if loose else {True: wide_mm / most}
        )
        return tuple(one.most * grown[one.tight] / wide_mm for one in columns)
    if least >= wide_mm:
        return tuple(one.least / least for one in columns)
    room = (wide_mm - least) / (most - least)
    return tuple((one.least + (one.most - one.least) * room) / wide_mm for one in columns)


def _widen(column: _Column, cell: Element) -> None:
    classes = set((cell.get("class") or "").split())
    icon = sum(_ICON_MM for one in cell.iter() if one.tag == "img")
    lines = [part.strip() for part in _lines(cell)]
    long = max((width_em(one) for one in lines), default=0.0) * _EM_MM + icon
    words = [word for line in lines for word in _WORD.findall(line)]
    short = max((width_em(one[:_LONGEST_WORD]) for one in words), default=0.0) * _EM_MM
    if classes & UNBROKEN and cell.tag == "td":  # what heads numbers may be broken
        long *= _BOLD
        short, column.tight = long, True
    floor = max((LEAST_MM[one] for one in classes if one in LEAST_MM), default=0.0)
    column.least = max(column.least, short + _INSET_MM, floor)
    column.most = max(column.most, long + _INSET_MM, column.least)


def _readable(column: _Column) -> _Column:
    """Return a column whose shortest line is one that reads."""
    least = max(column.least, min(column.most, _READABLE_EM * _EM_MM + _INSET_MM))
    return _Column(least=least, most=column.most, tight=column.tight)


def _lines(cell: Element) -> list[str]:
    out = [""]

    def walk(one: Element) -> None:
        if one.tag == "br":
            out.append("")
        out[-1] += one.text or ""
        for inner in one:
            walk(inner)
            out[-1] += inner.tail or ""

    walk(cell)
    return out


def width_em(text: str) -> float:
    """Return about how wide a text is, in its own height (文字の幅).

    Examples
    --------
    >>> width_em("東京"), round(width_em("42cm"), 2)
    (2.0, 2.68)
    """
    return sum(0.67 if sign < "\u2e80" else 1.0 for sign in text)
