"""A report as it was made: tables whose numbers open what is behind them, and texts (できた報告)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from surveys.types import LOGS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from geo.base.words import Lang
    from surveys.declaration.record_type import RecordType
    from surveys.reports.parts.ground import Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What the office wrote into a report: a text, or a number in place of a counted one (書いたもの).

    Attributes
    ----------
    value
        A text or a number; None where it was taken back.
    why
        Of a number: why it is another.
    seq
        The version's number.
    """

    value: Any
    why: str = ""
    by: str = ""
    at: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a report is made with (報告のつくり方).

    Attributes
    ----------
    words_of
        What the office wrote into the sheet of two days, by the key of its cell or text.
    mapped
        Values by line, by the key of an axis the office mapped; the declaration's for the others.
    today
        The day it is made.
    log
        The log's type as the office has it.
    """

    ground: Ground
    lang: Lang
    today: date
    log: RecordType = LOGS["activity"]
    mapped: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    words_of: Callable[[date, date], Mapping[str, Word]] = lambda _, __: {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell (欄).

    Attributes
    ----------
    text
        As it is printed; of a number with its unit.
    number
        As it holds: the one written by hand where there is one. None of a text.
    counted
        What was counted.
    unit
        After the number.
    key
        Its name in its sheet: ``table/row/column``; "" for what is not written by hand.
    behind
        Ids of the records it counts, or the one it is of.
    why
        Why it was written by hand.
    """

    text: str = ""
    number: int | None = None
    counted: int | None = None
    unit: str = ""
    key: str = ""
    behind: tuple[str, ...] = ()
    why: str = ""

    @property
    def by_hand(self) -> bool:
        """Whether a number by hand stands in place of the counted one (手で直したか)."""
        return self.number != self.counted


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeTable:
    """One table (できた表).

    Attributes
    ----------
    heads, widths
        Of the columns; widths in signs of a spreadsheet.
    rows
        A cell a column; the last is the total where `total`.
    sentence, notes
        Above and below it.
    """

    id: str
    title: str
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: bool = False
    sentence: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeText:
    """One text of the office (できた文).

    Attributes
    ----------
    key
        Its name in its sheet.
    part
        What its part of the sheet is called.
    carried
        The period it was carried over from; "" where it was written for this one, or is empty.
    """

    key: str
    part: str
    title: str
    head: str
    text: str
    carried: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One sheet of a report (報告の一枚).

    Attributes
    ----------
    name
        Short, for a sheet of a workbook: ``2026-12-01～15``.
    first, last
        Its days.
    facts
        What it is of, in short lines: the division, the day it was made.
    """

    name: str
    title: str
    first: date
    last: date
    facts: tuple[str, ...]
    parts: Sequence[MadeTable | MadeText]

    @property
    def tables(self) -> list[MadeTable]:
        """Its tables, in their order (表だけ)."""
        return [one for one in self.parts if isinstance(one, MadeTable)]

    def cell(self, key: str) -> Cell | None:
        """Return a cell by its key, None for none (一つの欄)."""
        cells = (cell for table in self.tables for row in table.rows for cell in row)
        return next((one for one in cells if key and one.key == key), None)
