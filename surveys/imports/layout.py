"""What a person chose for the columns of a layout, kept for the next file of it (列の読み方の控え)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from geo.base.delimited import column_key
from geo.base.near import find_near
from geo.base.problems import InputError
from geo.base.text import visible
from geo.base.words import Words
from surveys.formats.parts.columns import match_headers, number_columns, site_columns
from surveys.formats.parts.known_heads import suggest
from surveys.store.layouts import find_layout, forget_layout, keep_layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from surveys.declaration.record_type import RecordType
    from surveys.formats.parts.reading import Reading
    from surveys.formats.raw.table import RawFile
    from surveys.store.register import Register

Choices = dict[str, str | None]
_DIGITS: Final = 32
_ALL: Final = frozenset({"?", "？"})
_NEAR: Final = 3
_USUAL: Final = ("name", "address", "note")
_NOT: Final = frozenset({"", "-", "使わない", "none"})


def layout_of(headers: Iterable[str]) -> str:
    """Return a layout's name: the digest of its tidy headings, in whatever order (並びの名前).

    Examples
    --------
    >>> layout_of(["名称", "定員（人）"]) == layout_of(["定員", "名 称"])
    True
    """
    keys = "\n".join(sorted(map(column_key, headers)))
    return hashlib.sha256(keys.encode()).hexdigest()[:_DIGITS]


def offered_keys(type_: RecordType) -> dict[str, Words]:
    """Return what a column of a type's table may be taken for, and what it is called (選べる項目)."""
    columns = list(site_columns(type_))
    for field in (one for one in type_.fields if one.item and one.item.often_one):
        columns += number_columns(type_, field, 1)
    return {one.key: one.heads for one in columns}


def kept_choices(register: Register, type_: RecordType, headers: Iterable[str]) -> Choices:
    """Return what was chosen before for a table's columns, by the headings it has (前に選んだ読み方).

    A question that the type has no more is left out.
    """
    listed = list(headers)
    kept = find_layout(register, type_.id, layout_of(listed))
    if not kept:
        return {}
    usual = set(match_headers(type_, listed).values())
    good = {None, *offered_keys(type_), *usual}
    by_key = {column_key(one): one for one in listed}
    return {by_key[head]: key for head, key in kept.items() if head in by_key and key in good}


def find_kept(
    register: Register, type_: RecordType, raw: RawFile
) -> tuple[tuple[str, Choices], ...]:
    """Return by sheet what was chosen before for the columns of a file, those that tell (控えを探す)."""
    found = ((one.name, kept_choices(register, type_, one.columns)) for one in raw.sheets)
    return tuple((name, choices) for name, choices in found if choices)


def choose(
    raw: RawFile, kept: Mapping[str, Choices], chosen: Mapping[str, str | None]
) -> dict[str, Choices]:
    """Return by sheet what columns are taken for: what is chosen now goes before what is kept (読み方を合わせる).

    Raises
    ------
    InputError
        A heading that no sheet has; those there are, are listed.
    """
    keys = {column_key(head): key for head, key in chosen.items()}
    out: dict[str, Choices] = {}
    met: set[str] = set()
    for sheet in raw.sheets:
        now = {one: keys[column_key(one)] for one in sheet.columns if column_key(one) in keys}
        met |= set(map(column_key, now))
        own = {
            k: v for k, v in kept.get(sheet.name, {}).items() if v is None or v not in now.values()
        }
        own |= now
        if own:
            out[sheet.name] = own
    if missing := [head for head in chosen if column_key(head) not in met]:
        there = list(dict.fromkeys(one for sheet in raw.sheets for one in sheet.columns))
        near = "、".join(dict.fromkeys(one for head in missing for one in find_near(head, there)))
        names = "、".join(there)
        raise InputError(
            Words(
                f"{raw.name} に「{'」「'.join(map(visible, missing))}」という列はありません。"
                f"{f'近い列: {visible(near)}。' if near else ''}ある列: {visible(names)}",
                f"{raw.name} has no column {', '.join(map(visible, missing))}; "
                f"{f'the nearest: {visible(near)}; ' if near else ''}it has: {visible(names)}",
            )
        )
    return out


def say_kept(
    type_: RecordType,
    kept: Sequence[tuple[str, Choices]],
    mapping: Mapping[str, Mapping[str, str | None]],
) -> tuple[Words, ...]:
    """Return the sentence that tells which kept choices are used, none for none (控えを使ったと言う)."""
    used = {
        head: key
        for sheet, choices in kept
        for head, key in choices.items()
        if mapping.get(sheet, {}).get(head, "") == key
    }
    if not used:
        return ()
    said = say_choices(type_, used)
    return (
        Words(
            f"前に選んだ列の読み方を使いました（{said.ja}）",
            f"columns are taken as they were chosen before ({said.en})",
        ),
    )


def keep_choices(register: Register, type_: RecordType, reading: Reading) -> None:
    """Keep where a file's columns were taken otherwise than they are recognised (読み方を控える)."""
    for headers, chosen in _sheets(reading):
        usual = match_headers(type_, headers)
        other = {column_key(one): chosen[one] for one in headers if chosen[one] != usual[one]}
        layout = layout_of(headers)
        if other:
            keep_layout(register, type_.id, layout, other)
        else:
            forget_layout(register, type_.id, layout)


def forget_choices(register: Register, type_: RecordType, reading: Reading) -> None:
    """Forget what was chosen for the columns of a file (読み方の控えを消す)."""
    for headers, _ in _sheets(reading):
        forget_layout(register, type_.id, layout_of(headers))


def parse_choices(type_: RecordType, texts: Iterable[str]) -> Choices:
    """Return what ``事業所名=name`` says, a question told by its id or its name (列の指定を読む).

    Raises
    ------
    InputError
        No ``=`` in it, or no such question: the nearest are told. ``列=?`` asks for all of them.

    Examples
    --------
    >>> from surveys.types import RECORD_TYPES
    >>> parse_choices(RECORD_TYPES["salon"], ["事業所名=name", "階数=", "区分=会場の種類"])
    {'事業所名': 'name', '階数': None, '区分': 'venue'}
    """
    out: Choices = {}
    for text in texts:
        header, equals, asked = (one.strip() for one in text.rpartition("="))
        if not equals or not header:
            raise InputError(
                Words(
                    f"--map「{visible(text)}」が読めません。'事業所名=name' のように書いてください",
                    f"cannot read --map {visible(text)!r}; write 'HEADING=field'",
                )
            )
        out[header] = None if asked in _NOT else _key(type_, asked)
    return out


def say_choices(type_: RecordType, choices: Mapping[str, str | None]) -> Words:
    """Return what columns are taken for, in words: 事業所名 → 名称 (読み方を言う)."""
    offered = offered_keys(type_)
    nothing = Words("使わない", "not used")
    said = [
        (visible(head), nothing if key is None else offered.get(key, Words(key, key)))
        for head, key in choices.items()
    ]
    return Words(
        "、".join(f"{head} → {words.ja}" for head, words in said),
        ", ".join(f"{head} → {words.en}" for head, words in said),
    )


def _key(type_: RecordType, asked: str) -> str:
    offered = offered_keys(type_)
    if asked in offered:
        return asked
    found = match_headers(type_, [asked])[asked]
    if found is not None:
        return found
    if asked in _ALL:
        raise InputError(_say_all(offered))
    near = _near(type_, asked, offered)
    such = Words("近いもの", "the nearest") if near else Words("たとえば", "such as")
    near = near or [key for key in _USUAL if key in offered]
    ja = "、".join(f"{offered[key].ja}（{key}）" for key in near)
    en = ", ".join(f"{key} ({offered[key].en})" for key in near)
    raise InputError(
        Words(
            f"「{visible(asked)}」という項目はありません。"
            f"{such.ja}: {ja}。すべての項目は --map '列=?' で出ます",
            f"there is no field {visible(asked)!r}; {such.en}: {en}; "
            "--map 'HEADING=?' lists them all",
        )
    )


def _say_all(offered: Mapping[str, Words]) -> Words:
    return Words(
        f"項目: {'、'.join(f'{words.ja}（{key}）' for key, words in offered.items())}",
        f"the fields: {', '.join(f'{key} ({words.en})' for key, words in offered.items())}",
    )


def _near(type_: RecordType, asked: str, offered: Mapping[str, Words]) -> list[str]:
    """Return the keys a word that is none may have been meant as, the likest first."""
    by_word = {text: key for key, words in offered.items() for text in (words.ja, words.en, key)}
    found = [suggest(type_, asked), *(by_word[one] for one in find_near(asked, by_word))]
    return [key for key in dict.fromkeys(found) if key in offered][:_NEAR]


def _sheets(reading: Reading) -> list[tuple[list[str], dict[str, str | None]]]:
    out = []
    for sheet, matched in reading.matched.items():
        chosen: dict[str, str | None] = dict(matched)
        chosen |= dict.fromkeys(reading.ignored.get(sheet, ()))
        out.append((list(chosen), chosen))
    return out
