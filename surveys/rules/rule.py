"""What a real file's layout means beyond its column names, as one rule a layout (読み取りの決まり)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from geo.base.delimited import column_key
from geo.base.problems import Problem
from surveys.declaration.paths import flatten
from surveys.formats.parts.cells import say_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from geo.base.words import Words
    from surveys.declaration.record_type import RecordType
    from surveys.formats.raw.table import RawRow, RawSheet
    from surveys.record.portable import Incoming

Improved = tuple[list["Incoming"], list[Problem]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How one layout is understood (読み取りの決まり).

    Attributes
    ----------
    id
        Equal to the file's name.
    words
        What it understood and what it inferred, for the person who looks at the plan.
    type
        The record type it is for; "" for any.
    fits
        Whether a table has the layout.
    improve
        Returns the rows of the table again, better, with what it could not use. It leaves the
        rows it was given as they are.
    """

    id: str
    words: Words
    type: str
    fits: Callable[[RawSheet], bool]
    improve: Callable[[RawSheet, Sequence[Incoming]], Improved]


def has_columns(sheet: RawSheet, names: Iterable[str]) -> bool:
    """Say whether a table has all of some columns (列があるか)."""
    keys = set(map(column_key, sheet.columns))
    return all(column_key(name) in keys for name in names)


def read_texts(sheet: RawSheet) -> dict[int, dict[str, str]]:
    """Return every row's texts by its number and its column (行の文字).

    Blank cells are left out.
    """
    return {row.number: _texts(sheet, row) for row in sheet.rows}


def _texts(sheet: RawSheet, row: RawRow) -> dict[str, str]:
    texts = {
        column: say_cell(cell).strip()
        for column, cell in zip(sheet.columns, row.cells, strict=True)
    }
    return {column: text for column, text in texts.items() if text}


def state(
    type_: RecordType, one: Incoming, answers: Mapping[str, Any], *, sure: str = ""
) -> Incoming:
    """Return a row with further answers, those that it has already left alone (答えを足す).

    Parameters
    ----------
    sure
        How sure they are, where that differs from the rest: ``"inferred"``.
    """
    new = {key: value for key, value in answers.items() if key not in one.site.answers}
    if not new:
        return one
    origins = dict(one.site.origins)
    if sure:
        origins |= {path: {"sure": sure} for path in flatten(type_, new)}
    site = replace(one.site, answers={**one.site.answers, **new}, origins=origins)
    return replace(one, site=site, given=one.given | new.keys())


def infer(type_: RecordType, one: Incoming, answers: Mapping[str, Any]) -> Incoming:
    """Return a row with answers read out of its texts, marked as inferred (推定を足す)."""
    return state(type_, one, answers, sure="inferred")


def unread_words(one: Incoming, text: Mapping[str, str], heads: Collection[str]) -> str:
    """Return the cells of a row that were told as no answer, each with its heading (読めなかった欄).

    Parameters
    ----------
    text
        The row's own texts by column.
    heads
        The columns that are meant.
    """
    lost = dict.fromkeys(each.column for each in one.problems if each.row == one.row)
    return "、".join(f"{head}：{text[head]}" for head in lost if head in heads and head in text)


def tell(sheet: RawSheet, one: Incoming, column: str, value: str, reason: Words) -> Problem:
    """Return what a rule has to say of one cell (欄について言う)."""
    return Problem(file=sheet.name, row=one.row, column=column, value=value[:80], reason=reason)
