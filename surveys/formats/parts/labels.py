"""Labels of choices, told and recognised in either language (選択肢の名前)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from geo.base.text import tidy
from geo.base.words import Words
from surveys.declaration.field import NO_ITEMS_WORDS, UNKNOWN, UNKNOWN_WORDS
from surveys.record.own_choices import OWN_ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.base.words import Lang
    from surveys.declaration.field import Choice, Field


def fold(text: str) -> str:
    """Return text as labels are compared (比べる形).

    Examples
    --------
    >>> fold(" ＡＥＤ ")
    'aed'
    """
    return tidy(text).casefold()


UNKNOWNS: Final = frozenset(map(fold, (UNKNOWN, UNKNOWN_WORDS.ja, UNKNOWN_WORDS.en)))
NONES: Final = frozenset(map(fold, (NO_ITEMS_WORDS.ja, NO_ITEMS_WORDS.en)))


def say_choice(field: Field, id_: str, lang: Lang) -> str:
    """Return a choice's label, or its id where the label would be read as another (選択肢の名前)."""
    choice = field.choice(id_)
    label = choice.words.say(lang) if choice else id_
    return label if lookup_choices(field.choices).get(fold(label)) == id_ else id_


def code_of(field: Field, id_: str) -> str:
    """Return what stands for a choice in a file of codes: its id, of the office's own its word (選択肢の記号).

    An id of one office's own means nothing in another's register.
    """
    return say_choice(field, id_, "ja") if OWN_ID.fullmatch(id_) else id_


def find_words(words: Mapping[Any, Words], text: str) -> str | None:
    """Return the id whose label in either language, or itself, is written (ことばから記号へ)."""
    wanted = fold(text)
    for id_, one in words.items():
        if wanted in map(fold, (one.ja, one.en, str(id_))):
            return str(id_)
    return None


def name_choices(words: Iterable[Words]) -> Words:
    """Return the reason that names what may be written (選択肢を並べて言う)."""
    said = tuple(words)
    ja, en = "、".join(one.ja for one in said), "; ".join(one.en for one in said)
    return Words(
        f"選択肢にありません。次のどれかで書いてください: {ja}",
        f"not one of the choices; write one of: {en}",
    )


@lru_cache(maxsize=512)
def lookup_choices(choices: tuple[Choice, ...]) -> dict[str, str]:
    """Return ids by folded label (名前から記号へ).

    What we write ourselves goes before what others may write.
    """
    found: dict[str, str] = {}
    for one in choices:
        for text in (one.words.ja, one.words.en, one.id):
            found.setdefault(fold(text), one.id)
    for text in UNKNOWNS:
        found.setdefault(text, UNKNOWN)
    for one in choices:
        for text in one.aliases:
            found.setdefault(fold(text), one.id)
    return found
