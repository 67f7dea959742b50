"""Choices the office makes its own: renamed, hidden, added, put in another order (役所が決める選択肢).

An id is in people's data: it stays as it is, whatever its word becomes, and none is ever taken
away. What is no longer wanted is hidden: it is offered nowhere, and still said and read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from geo.base.problems import InputError
from geo.base.text import tidy, visible
from geo.base.words import Words
from surveys.declaration.field import (
    NO_ITEMS_WORDS,
    NOT_ASKED_WORDS,
    REST,
    UNKNOWN,
    UNKNOWN_WORDS,
    Choice,
)
from surveys.record.answers import NOT_TEXT, clean_text
from surveys.record.private_text import says_contact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from surveys.declaration.field import Field
    from surveys.declaration.record_type import RecordType

OWN_ID: Final = re.compile(r"own_[0-9a-z]{4,32}")
LONGEST_WORD: Final = 40
MOST_SHOWN: Final = 40
MOST_KEPT: Final = 200
_MOST_WAS: Final = 30
# They part several choices in one cell.
_PARTS: Final = re.compile("[、､;；]")
_RESERVED: Final = (UNKNOWN_WORDS, NO_ITEMS_WORDS, NOT_ASKED_WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnChoice:
    """One choice as the office has it (役所の選択肢).

    Attributes
    ----------
    id
        A declared one's, or ``own_…`` of one the office added.
    ja, en
        What it is called; in English as in Japanese where `en` is "".
    hidden
        Whether it is offered no more.
    was
        What it was called before, the newest first: older files say so.
    """

    id: str
    ja: str
    en: str = ""
    hidden: bool = False
    was: tuple[str, ...] = ()


Own = tuple[OwnChoice, ...]


def declared_choices(field: Field) -> Own:
    """Return what an office begins with (はじめの選択肢)."""
    return tuple(OwnChoice(id=one.id, ja=one.words.ja, en=one.words.en) for one in field.choices)


def carry_on(field: Field, before: Own, wanted: Iterable[OwnChoice]) -> Own:
    """Return a list that follows another, nothing of that lost, and refuse one that cannot (引きつぐ).

    Choices that are missing in `wanted` are hidden, those of `before` and those declared; what each
    was called is remembered.

    Raises
    ------
    InputError
        As `check_choices`.

    Examples
    --------
    >>> from surveys.types import LOGS
    >>> kind = LOGS["activity"].field("kind")
    >>> before = declared_choices(kind)
    >>> after = carry_on(kind, before, [replace(before[0], ja="発掘"), before[-1]])
    >>> [(one.ja, one.was, one.hidden) for one in after[:3]]
    [('発掘', ('地域資源発掘',), False), ('その他', (), False), ('通いの場 訪問・情報共有・運営支援', (), True)]
    """
    held = {one.id: one for one in before}
    out = [_named(field, one) for one in wanted]
    given = {one.id for one in out}
    taken = {key for one in out for key in _keys(one)}
    for one in [*before, *declared_choices(field)]:
        if one.id not in given:
            given.add(one.id)
            out.append(_made_room(replace(one, hidden=one.id != REST), taken))
    return check_choices(field, tuple(_remembering(held.get(one.id), one) for one in out))


def check_choices(field: Field, choices: Sequence[OwnChoice]) -> Own:
    """Return choices that can be kept as they are given (選択肢を確かめる).

    Raises
    ------
    InputError
        The first that cannot: no name, one too long, one that would be read as another, an id
        nobody gave, none to offer, more than can be chosen among.
    """
    known = {one.id for one in field.choices}
    seen: dict[str, OwnChoice] = {}
    ids: set[str] = set()
    for one in choices:
        if one.id in ids or not (one.id in known or OWN_ID.fullmatch(one.id)):
            raise _fault(f"種類の記号「{one.id}」は使えません", f"{one.id!r} cannot be an id")
        ids.add(one.id)
        for text in filter(None, (one.ja, one.en)):
            _check_word(text)
        if not one.ja:
            raise _fault("名前のない種類があります。名前を書いてください", "a kind has no name")
        for key in _keys(one):
            other = seen.setdefault(key, one)
            if other is not one:
                raise _same(one, other)
    shown = [one.id for one in choices if not one.hidden]
    if REST not in shown:
        raise _fault(
            "「その他」にあたる種類は、いつも使います（ほかに当てはまらないものを書くため）",
            "the kind for all others is always offered",
        )
    if len(shown) > MOST_SHOWN or len(ids) > MOST_KEPT:
        raise _fault(
            f"使う種類は {MOST_SHOWN}までです（使わないものもあわせて {MOST_KEPT}まで）",
            f"at most {MOST_SHOWN} kinds are offered, {MOST_KEPT} with those that are not",
        )
    return tuple(choices)


def with_choices(type_: RecordType, field_id: str, own: Own) -> RecordType:
    """Return a record type that asks a question with the office's choices (役所の選択肢で聞く調査票).

    Each is read by what it was called before and what the declaration has it called, unless
    another is called so now. A declared choice the list does not know yet comes last.
    """
    field = type_.field(field_id)
    declared = {one.id: one for one in field.choices}
    listed = [*own, *(one for one in declared_choices(field) if one.id not in _ids(own))]
    taken = {key for one in listed for key in _keys(one)}
    aliases: dict[str, list[str]] = {one.id: [] for one in listed}
    for rank in range(2):
        for one in listed:
            for text in one.was if rank == 0 else _declared_names(declared.get(one.id)):
                if _fold(text) not in taken:
                    taken.add(_fold(text))
                    aliases[one.id].append(text)
    choices = tuple(
        Choice(one.id, Words(one.ja, one.en or one.ja), tuple(aliases[one.id]), one.hidden)
        for one in listed
    )
    if choices == field.choices:
        return type_
    changed = replace(field, choices=choices)
    return replace(type_, fields=tuple(changed if one is field else one for one in type_.fields))


def dump_choices(own: Own) -> list[dict[str, Any]]:
    """Return choices as plain JSON values (選択肢をJSONにする)."""
    return [
        {"id": one.id, "ja": one.ja, "en": one.en, "hidden": one.hidden, "was": list(one.was)}
        for one in own
    ]


def parse_choices(field: Field, kept: object) -> Own:
    """Return what `dump_choices` wrote; those declared for what it never wrote (選択肢を読む).

    What another release, or another hand, wrote into the register stops nobody's work.
    """
    try:
        return check_choices(field, tuple(_parse(one) for one in kept))  # type: ignore[attr-defined]
    except (InputError, TypeError, KeyError, ValueError):
        return declared_choices(field)


def _parse(one: dict[str, Any]) -> OwnChoice:
    texts = (one["id"], one["ja"], one["en"], *one["was"])
    if not all(isinstance(text, str) for text in texts) or not isinstance(one["hidden"], bool):
        raise TypeError
    return OwnChoice(
        id=one["id"], ja=one["ja"], en=one["en"], hidden=one["hidden"], was=tuple(one["was"])
    )


def _named(field: Field, one: OwnChoice) -> OwnChoice:
    """Return a choice with tidy words, and the declared English where it has the declared name."""
    ja, en = clean_text(one.ja, lines=False), clean_text(one.en, lines=False)
    declared = field.choice(one.id)
    if not en and declared is not None and declared.words.ja == ja:
        en = declared.words.en
    return replace(one, ja=ja, en="" if en == ja else en)


def _remembering(before: OwnChoice | None, now: OwnChoice) -> OwnChoice:
    if before is None:
        return replace(now, was=())
    names = [one for one in (before.ja, before.en) if one and one not in (now.ja, now.en)]
    was = [one for one in before.was if one not in (now.ja, now.en)]
    return replace(now, was=tuple(dict.fromkeys([*names, *was]))[:_MOST_WAS])


def _made_room(one: OwnChoice, taken: set[str]) -> OwnChoice:
    """Return a choice that is put aside, under a name no other has by now."""
    found, number = one, 2
    while any(key in taken for key in _keys(found)):
        mark = f"（{number}）"
        found = replace(one, ja=one.ja[: LONGEST_WORD - len(mark)] + mark, en="")
        number += 1
    taken.update(_keys(found))
    return found


def _check_word(text: str) -> None:
    if not tidy(text) or NOT_TEXT.search(text) or visible(text) != text or clean_text(text) != text:
        raise _fault(
            f"「{visible(text)}」には、目に見えない文字があります。打ち直してください",
            f"{visible(text)!r} holds invisible characters; type it anew",
        )
    if len(text) > LONGEST_WORD:
        raise _fault(
            f"「{text[:LONGEST_WORD]}…」は長すぎます。{LONGEST_WORD}字までにしてください",
            f"“{text[:LONGEST_WORD]}…” is too long; at most {LONGEST_WORD} characters",
        )
    if _PARTS.search(text):
        raise _fault(
            f"「{text}」には「、」や「;」を使えません（いくつもの答えの区切りのため）。「・」にしてください",
            f"“{text}” holds a comma or semicolon, which parts answers in a file; take another sign",
        )
    if says_contact(text):
        raise _fault(
            f"「{text}」は連絡先のようです。種類の名前は端末にも入るので、書けません",
            f"“{text}” looks like a telephone number or address, and names of kinds are on devices",
        )
    words = (one for each in _RESERVED for one in (each.ja, each.en))
    if _fold(text) in {_fold(one) for one in (*words, UNKNOWN)}:
        raise _fault(
            f"「{text}」は、答えのないことを言うことばなので、名前にできません",
            f"“{text}” says that there is no answer; take another name",
        )


def _same(one: OwnChoice, other: OwnChoice) -> InputError:
    aside = next((each for each in (one, other) if each.hidden), None)
    if aside is None:
        return _fault(
            f"「{one.ja}」と「{other.ja}」は同じ名前として読まれます。どちらかを変えてください",
            f"“{one.ja}” and “{other.ja}” would be read as one; change either",
        )
    return _fault(
        f"「{aside.ja}」は、使わない種類の中にあります。それを「使う」にするか、名前を変えてください",
        f"“{aside.ja}” is among the kinds not used: use that one, or change either name",
    )


def _keys(one: OwnChoice) -> Iterator[str]:
    yield from {_fold(text) for text in (one.ja, one.en, one.id) if text}


def _ids(own: Own) -> set[str]:
    return {one.id for one in own}


def _declared_names(choice: Choice | None) -> tuple[str, ...]:
    return () if choice is None else (choice.words.ja, choice.words.en, *choice.aliases)


def _fold(text: str) -> str:
    return tidy(text).casefold()


def _fault(ja: str, en: str) -> InputError:
    return InputError(Words(ja, en))
