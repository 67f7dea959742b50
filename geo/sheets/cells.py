"""Plain cells of a file, before anybody says where its table is (素の欄)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.problems import Problem

Cell = str | int | float | bool | date | datetime | time | None
Row = tuple[int, "Sequence[Cell]"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Cells merged into one (結合した欄).

    Attributes
    ----------
    top, bottom
        Rows as the file numbers them, from 1, both in it.
    left, right
        Columns, from 0, both in it.
    """

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet as it stands (一枚のシート).

    Attributes
    ----------
    name
        The sheet's own; "" for a text file, which has one.
    rows
        The row's number in the file, from 1, and its cells; of a workbook only those that hold
        something. An empty cell is ``None`` or "".
    problems
        Cells the file itself cannot give.
    """

    name: str
    rows: Sequence[Row]
    spans: tuple[Span, ...] = ()
    hidden: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A file as it stands (ファイルの中身)."""

    file: str
    sheets: tuple[Sheet, ...]


def say_cell(cell: Cell) -> str:
    """Return a cell as text, as somebody would type it (欄の文字).

    Examples
    --------
    >>> say_cell(20.0), say_cell(34.729), say_cell(date(2026, 4, 1)), say_cell(time(9, 30)), say_cell(None)
    ('20', '34.729', '2026-04-01', '09:30', '')
    """
    if cell is None or isinstance(cell, str):
        return cell or ""
    if isinstance(cell, bool | int | float):
        whole = isinstance(cell, float) and cell.is_integer()
        return (
            str(int(cell))
            if whole
            else str(cell).upper()
            if cell is True or cell is False
            else repr(cell)
        )
    if isinstance(cell, datetime):
        midnight = cell.time() == time()
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "minutes")
    if isinstance(cell, time):
        return cell.strftime("%H:%M:%S" if cell.second else "%H:%M")
    return cell.isoformat()
