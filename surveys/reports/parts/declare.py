"""What a report declares: its columns, its periods, what is left out (報告の宣言)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from geo.base.words import Words

# How a span of days is cut: 1 to 15 and 16 to the month's end.
Cut = Literal["half_month"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column (列).

    Attributes
    ----------
    head
        As it is printed.
    fields
        Ids of the log's questions whose answers stand in it, one under the other.
    width
        Beside the other columns, in signs of a spreadsheet.
    """

    head: Words
    fields: tuple[str, ...]
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report (報告).

    Attributes
    ----------
    id
        Equal to the file's name; ``-`` for ``_`` in the command.
    order
        Its place among the others.
    log
        Id of the log its rows are entries of.
    cut
        How days are parted: a sheet each.
    title
        Above a sheet; ``{first}`` and ``{last}`` are its days.
    columns
        In their order, left to right.
    without
        Stages (予定か) whose entries are left out.
    """

    id: str
    words: Words
    order: int
    log: str
    cut: Cut
    title: Words
    columns: tuple[Column, ...]
    without: tuple[str, ...] = ()
