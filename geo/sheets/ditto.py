"""Ditto marks: 〃 and 同上 are what stands above them (同じくの印)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.problems import Problem
from geo.base.text import tidy
from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.sheets.cells import Cell

# As tidied: ″ becomes two primes.
_DITTOS: Final = frozenset(("〃", "同上", "(同上)", "仝", "仝上", "''", "′′", '"', "”", "“", "〟"))
_FIRST: Final = frozenset("〃同仝'\"″”“〟(（ \u3000\t\n")  # what such a cell begins with
_LONGEST: Final = 12
_SHOWN: Final = 10  # rows that are told by number
_MOST: Final = 200_000  # rows of a list that a person wrote
_EMPTY: Final = (None, "")
_OF_NOTHING: Final = Words(
    "「〃」「同上」の上に値がないので、空欄としました",
    "a ditto mark with nothing above it; taken as blank",
)


def fill_dittos(
    rows: list[tuple[int, tuple[Cell, ...]]], columns: Sequence[str], where: str
) -> list[Problem]:
    """Put what stands above into the cells of `rows` that hold a ditto mark, and tell it, once a column (同上を埋める).

    Above is the nearest cell that is filled.

    Examples
    --------
    >>> rows = [(2, ("東会館",)), (3, ("〃",)), (4, ("同 上",))]
    >>> len(fill_dittos(rows, ["会場"], "a.csv")), rows
    (1, [(2, ('東会館',)), (3, ('東会館',)), (4, ('東会館',))])
    """
    if len(rows) > _MOST:
        return []
    out: list[Problem] = []
    for column, head in enumerate(columns):
        if not any(is_ditto(cells[column]) for _, cells in rows):
            continue
        told: list[int] = []
        above: Cell = None
        for at, (number, cells) in enumerate(rows):
            if not is_ditto(cells[column]):
                above = above if cells[column] in _EMPTY else cells[column]
                continue
            rows[at] = (number, (*cells[:column], above, *cells[column + 1 :]))
            if above is None:
                out.append(_problem(where, number, head, _OF_NOTHING))
            else:
                told.append(number)
        out += [_problem(where, told[0], head, _say(told))] if told else []
    return out


def is_ditto(cell: Cell) -> bool:
    """Say whether a cell is a ditto mark and nothing else (同上か).

    Examples
    --------
    >>> is_ditto("　〃 "), is_ditto("同上"), is_ditto("同上町")
    (True, True, False)
    """
    if not isinstance(cell, str) or cell[:1] not in _FIRST or len(cell) > _LONGEST:
        return False
    return tidy(cell).replace(" ", "") in _DITTOS


def _problem(where: str, row: int, column: str, reason: Words) -> Problem:
    return Problem(file=where, row=row, column=column, value="〃", reason=reason)


def _say(numbers: Sequence[int]) -> Words:
    shown, more = numbers[:_SHOWN], len(numbers) > _SHOWN
    ja = "、".join(map(str, shown)) + (" …" if more else "")
    en = ", ".join(map(str, shown)) + (", …" if more else "")
    return Words(
        f"「〃」「同上」の欄に、上の行の値を入れました（{len(numbers)}か所：{ja}行目）",
        f"ditto marks were read as what stands above ({len(numbers)}: rows {en})",
    )
