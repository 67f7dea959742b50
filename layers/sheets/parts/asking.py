"""Questions as boxes to tick with a pen (ペンで答える項目)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layers.cards.say_answer import say_number
from surveys.declaration.field import KINDS_WITHOUT_UNKNOWN, NO_ITEMS_WORDS, UNKNOWN_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.words import Lang
    from surveys.declaration.field import Field
    from surveys.record.site import Site

# What is not answered with a tick or a few letters in a line.
_NOT_IN_A_LINE: Final = frozenset({"photos", "note", "point"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A box to tick (選ぶ四角)."""

    text: str
    on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A question with its boxes, and a blank where something is to be written (問い)."""

    label: str
    picks: tuple[Pick, ...]
    blank: bool
    unit: str


def make_asking(field: Field, lang: Lang, *, chosen: Sequence[str] = ()) -> Asking:
    """Return a question for paper, 「不明」 among its boxes (紙の問いにする).

    Parameters
    ----------
    chosen
        Ids of the choices that are ticked already.
    """
    picks = [Pick(text=one.words.say(lang), on=one.id in chosen) for one in field.choices]
    if field.item:
        picks.append(Pick(text=NO_ITEMS_WORDS.say(lang)))
    if field.kind not in KINDS_WITHOUT_UNKNOWN:
        picks.append(Pick(text=UNKNOWN_WORDS.say(lang)))
    unit = say_number(0, field.unit, lang)[1:].strip()
    if field.item:
        unit = field.item.counter.say(lang)
    return Asking(
        label=field.words.say(lang), picks=tuple(picks), blank=not field.choices, unit=unit
    )


def open_questions(site: Site, lang: Lang) -> list[Asking]:
    """Return what is asked first of a site and nobody answered (まだの問い)."""
    answers = site.answers
    return [
        make_asking(field, lang)
        for field in site.type.fields
        if field.first and field.kind not in _NOT_IN_A_LINE and answers.get(field.id) is None
    ]


def in_a_line(field: Field) -> bool:
    """Say whether a question is answered in a line (一行で答えるか)."""
    return field.kind not in _NOT_IN_A_LINE
