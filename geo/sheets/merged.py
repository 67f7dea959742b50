"""Merged cells: what stands in the first of them belongs to all their rows (結合した欄)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.delimited import column_key
from geo.base.list_heads import BOTHS, LATS, LONS
from geo.base.problems import Problem
from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.sheets.cells import Cell, Span

# Numbers that say where, and may be said of several rows; others would be counted twice.
_WHERE: Final = frozenset(map(column_key, (*LATS, *LONS, *BOTHS)))
_MOST: Final = 3_000_000  # cells under merged ones, far more than a sheet can have without overlaps
_FILLED: Final = Words(
    "結合した欄の値を、その下の行にも入れました",
    "the value of merged cells was put into all their rows",
)
_NOT_FILLED: Final = Words(
    "結合した欄の数は、いちばん上の行だけのものとしました（二重に数えないため）",
    "the number of merged cells was left to their first row, so that it is not counted twice",
)


def fill_merged(
    rows: list[tuple[int, tuple[Cell, ...]]],
    columns: Sequence[str],
    spans: Sequence[Span],
    where: str,
) -> list[Problem]:
    """Fill merged cells down in `rows`, and tell it, once for each that is merged (下の行を埋める)."""
    place_of = {number: at for at, (number, _) in enumerate(rows)}
    told: list[Problem] = []
    last, left = max(place_of, default=0), _MOST
    for span in sorted(spans, key=lambda one: (one.top, one.left)):
        if span.bottom == span.top or span.left >= len(columns) or span.top not in place_of:
            continue
        value = rows[place_of[span.top]][1][span.left]
        if value is None or value == "":
            continue
        number = isinstance(value, int | float) and column_key(columns[span.left]) not in _WHERE
        done = False
        left -= min(span.bottom, last) - span.top
        if left < 0:
            break
        for row in range(span.top + 1, min(span.bottom, last) + 1):
            at = place_of.get(row)
            if at is None or rows[at][1][span.left] not in (None, ""):
                continue
            done = True
            if not number:
                cells = list(rows[at][1])
                cells[span.left] = value
                rows[at] = (row, tuple(cells))
        if done:
            told.append(
                Problem(
                    file=where, row=span.top, column=columns[span.left], value=str(value)[:80],
                    reason=_NOT_FILLED if number else _FILLED,
                )
            )  # fmt: skip
    return told


def say_across(spans: Sequence[Span], width: int) -> frozenset[int]:
    """Return the rows of which one merged cell takes at least half the width (横に結合した行)."""
    return frozenset(
        one.top
        for one in spans
        if one.top == one.bottom and one.left <= 1 and (one.right - one.left + 1) * 2 >= width > 1
    )
