"""What a report declares: its parts, its periods, what each number counts (報告の宣言)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

# How a span of days is cut into sheets: each period it touches, whole; ``whole`` as it was given.
Cut = Literal["half_month", "month", "quarter", "half_year", "year", "whole"]
# What is counted: `surveys.reports.parts.facts`.
Source = Literal["log", "concern", "group", "need", "resource"]
# What a number is: how many there are, or a sum of what they say.
Measure = Literal["count", "people", "over_75", "minutes"]

_COUNTED: Final = Words("件", "entries")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a list (列).

    Attributes
    ----------
    head
        As it is printed.
    fields
        Ids of the type's questions whose answers stand in it, one under the other.
    width
        Beside the other columns, in signs of a spreadsheet.
    """

    head: Words
    fields: tuple[str, ...]
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A table of entries, a row each (記録の表).

    Attributes
    ----------
    without
        Stages (予定か) whose entries are left out.
    with_year
        Whether a day is written with its year; the title says it otherwise.
    by
        A mark of `surveys.reports.parts.facts` the rows are grouped by, "" for the order of days.
    where
        Only what has one of these values of a mark.
    """

    id: str
    words: Words
    source: Source
    columns: tuple[Column, ...]
    without: tuple[str, ...] = ()
    with_year: bool = False
    by: str = ""
    where: Mapping[str, tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row or a column of numbers (数の行・列).

    Attributes
    ----------
    values
        Values of the axis it gathers. Of an axis the office maps, what holds until it does.
    unit
        After its numbers; None for that of the number.
    source, where
        Where it counts something else than its table: of what, and which of it by mark.
    """

    id: str
    words: Words
    values: tuple[str, ...] = ()
    unit: Words | None = None
    source: Source | None = None
    where: Mapping[str, tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """What rows or columns are (行・列の軸).

    Attributes
    ----------
    by
        A mark: ``kind``, ``month``, ``area``, ``content``, ``often``, ``level``, ``been_at`` (every level it
        stood at), ``state``, ``service``.
    lines
        None for a line a value the mark may have.
    mapped
        Whether the office says which values go into which line.
    spare
        Values whose line is left out where it is empty.
    """

    head: Words
    by: str
    lines: tuple[Line, ...] = ()
    mapped: bool = False
    spare: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """What is counted in a cell (数)."""

    id: str
    head: Words
    measure: Measure = "count"
    unit: Words = _COUNTED
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A table of numbers, none of them typed (数の表).

    Attributes
    ----------
    columns
        Lines of another axis; None where `numbers` are the columns.
    numbers
        With `columns`, the one that is counted in each cell.
    names
        Heads of columns that name what was counted, by the id of the number beside.
    note
        The head of a column of the office's own words, a text a row; None for none.
    numbered
        Whether rows bear a number.
    total, across
        Whether a last row, and a last column, tell the whole.
    every
        Whether all there is is counted, whatever its day.
    where
        Only what has one of these values of a mark; what the office maps is said by `only`.
    only
        As a line: the values of its mark the table is about, which the office may say otherwise.
    only_by
        The mark `only` is of.
    sentence
        With ``{rows}``, ``{count}``, ``{people}``: rows that are not empty, and the totals.
    """

    id: str
    words: Words
    source: Source
    rows: Axis
    columns: Axis | None = None
    numbers: tuple[Number, ...] = (Number(id="count", head=Words("件数", "Count")),)
    names: Mapping[str, Words] | None = None
    note: Words | None = None
    numbered: bool = False
    total: bool = True
    across: bool = False
    every: bool = False
    where: Mapping[str, tuple[str, ...]] | None = None
    only: Line | None = None
    only_by: str = ""
    sentence: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A text of the office under a head (文の欄)."""

    id: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Texts the office writes, carried over from the period before (文の部).

    Attributes
    ----------
    heads
        Each asks every one of `texts`.
    """

    id: str
    words: Words
    heads: tuple[Asked, ...]
    texts: tuple[Asked, ...]


Part = Listed | Counted | Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report (報告).

    Attributes
    ----------
    id
        Equal to the file's name; ``-`` for ``_`` in the command.
    order
        Its place among the others.
    cut
        How days are parted: a sheet each.
    title
        Above a sheet; ``{first}`` and ``{last}`` are its days, ``{year}`` the fiscal year of the first.
    help
        What it is for, in a sentence.
    parts
        In their order, downwards.
    by_area
        Whether a division says something in it.
    """

    id: str
    words: Words
    help: Words
    order: int
    cut: Cut
    title: Words
    parts: tuple[Part, ...]
    by_area: bool = False
