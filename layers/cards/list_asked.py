"""The questions a list may be asked by, of all record types (一覧でしぼれる項目)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geo.base.words import Words
from surveys.declaration.field import RANGED, UNKNOWN
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from surveys.declaration.field import Field
    from surveys.declaration.record_type import RecordType


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a record type, as a list's address names it (項目).

    Attributes
    ----------
    key
        ``toilet``, or ``activities/content`` inside a thing.
    inside
        The list of things it is asked of; None for one of the site itself.
    """

    key: str
    field: Field
    inside: Field | None = None

    @property
    def words(self) -> Words:
        """What it is called, with the thing it is of where a type has several (呼び名)."""
        thing = self.inside.item if self.inside else None
        if thing is None or thing.often_one:
            return self.field.words
        own = self.field.words
        return Words(f"{thing.words.ja}の{own.ja}", f"{thing.words.en}: {own.en}")


def questions_of(type_: RecordType) -> Iterator[Question]:
    """Yield every question of a type, those inside its things too (すべての項目)."""
    for one in type_.fields:
        yield Question(key=one.id, field=one)
        for inner in one.item.fields if one.item else ():
            yield Question(key=f"{one.id}/{inner.id}", field=inner, inside=one)


def offered(type_: RecordType) -> list[Question]:
    """Return the questions a list offers to be asked by: what the declaration says is filtered (出す項目)."""
    found = [one for one in questions_of(type_) if one.field.filtered]
    return [one for one in found if one.field.choices or one.field.kind in RANGED]


def find_question(key: str, types: tuple[str, ...] = ()) -> Question | None:
    """Return the first question of that key, of some types or any (項目を探す)."""
    for id_ in (*types, *RECORD_TYPES):
        for one in questions_of(RECORD_TYPES[id_]):
            if one.key == key:
                return one
    return None


@cache
def choices_known() -> dict[str, frozenset[str]]:
    """Return the choices each question of any type knows, 「不明」 among them (知っている選択肢)."""
    out: dict[str, frozenset[str]] = {}
    for type_ in RECORD_TYPES.values():
        for one in questions_of(type_):
            if one.field.choices:
                own = {choice.id for choice in one.field.choices} | {UNKNOWN}
                out[one.key] = out.get(one.key, frozenset()) | own
    return out


@cache
def kinds_known() -> dict[str, str]:
    """Return the kind of each number, date, month and time any type asks (数と日付の項目)."""
    return {
        one.key: one.field.kind
        for type_ in reversed(RECORD_TYPES.values())
        for one in questions_of(type_)
        if one.field.kind in RANGED
    }
