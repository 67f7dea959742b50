"""A site's history and its differences, in words (地点の履歴をことばにする)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shapely

from geo.base.dates import parse_date, say_date
from geo.base.words import Words
from layers.cards.say_answer import say_point, say_value
from surveys.declaration.field import NOT_ASKED_WORDS
from surveys.declaration.paths import field_at
from surveys.record.history import (
    KIND_WORDS,
    NOTHING,
    PLACE,
    SOURCE_WORDS,
    STATUS,
    STATUS_WORDS,
    SURE_WORDS,
    add_version,
)
from surveys.record.placed import say_note
from surveys.record.say_path import say_path
from surveys.record.settle import side_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.base.words import Lang
    from surveys.declaration.record_type import RecordType
    from surveys.record.history import Origin, Version
    from surveys.record.site import Site

_NO_PLACE = Words("場所なし", "no place")
_GONE = Words("はずした", "taken away")
_THERE = Words("ある", "there")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One value that a version changed (変わったこと).

    Attributes
    ----------
    before
        "" where nothing was told yet.
    """

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One version in words (履歴の一段).

    Attributes
    ----------
    head
        What was done: 見て書いた, 直した.
    who
        When, by whom, where from, how sure.
    """

    seq: int
    head: str
    who: str
    note: str
    changes: tuple[Told, ...]
    kept: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one person says where people differ (食いちがいの一方)."""

    seq: int
    text: str
    who: str
    stands: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One path on which people differ (食いちがい)."""

    path: str
    label: str
    sides: tuple[Side, ...]


def tell_history(
    type_: RecordType, versions: Sequence[Version], lang: Lang, titles: Mapping[str, str]
) -> list[Chapter]:
    """Return the versions in words, the newest first (履歴を言う).

    Values that did not stand, because somebody had written otherwise meanwhile, are told apart.
    """
    state, out = NOTHING, []
    for version in sorted(versions, key=lambda one: one.seq):
        after = add_version(state, version)
        changes, kept = [], []
        for path, value in version.patch.items():
            label = say_path(type_, path, {**state.answers, **after.answers}).say(lang)
            if (
                version.seq in after.conflicts.get(path, ())
                and after.setters.get(path) != version.seq
            ) or (value is not None and path not in after.flat):
                colon = Words("：", ": ").say(lang)
                kept.append(f"{label}{colon}{say_path_value(type_, path, value, lang, titles)}")
                continue
            stood = state.flat.get(path)
            changes.append(
                Told(
                    label=label,
                    before=""
                    if stood is None
                    else say_path_value(type_, path, stood, lang, titles),
                    after=say_path_value(type_, path, value, lang, titles),
                )
            )
        out.append(
            Chapter(
                seq=version.seq, head=KIND_WORDS[version.kind].say(lang),
                who=say_origin(version.origin, lang), note=say_note(version.note, lang),
                changes=tuple(changes), kept=tuple(kept),
            )
        )  # fmt: skip
        state = after
    return out[::-1]


def tell_differences(
    site: Site, versions: Sequence[Version], lang: Lang, titles: Mapping[str, str]
) -> list[Difference]:
    """Return where people differ about a site, each side in words (食いちがいを言う)."""
    by_seq = {one.seq: one for one in versions}
    out = []
    for path, seqs in site.state.conflicts.items():
        sides = []
        for seq in seqs:
            version = by_seq.get(seq)
            if version is None:
                continue
            standing = seq == site.state.setters.get(path)
            value = side_value(site.state, path, version)
            text = say_path_value(site.type, path, value, lang, titles)
            sides.append(
                Side(
                    seq=seq,
                    text=text,
                    who=say_origin(version.origin_of(path), lang),
                    stands=standing,
                )
            )
        label = say_path(site.type, path, site.state.answers).say(lang)
        out.append(Difference(path=path, label=label, sides=tuple(sides)))
    return out


def tell_origins(site: Site, versions: Sequence[Version], lang: Lang) -> dict[str, str]:
    """Return who says a value, by path, where it is not the last visit that says it (値の由来).

    A value that stands since an earlier visit comes with that day; another with all of its origin.
    """
    by_seq = {one.seq: one for one in versions}
    out: dict[str, str] = {}
    for path, seq in site.state.setters.items():
        version = by_seq.get(seq)
        if version is None or path not in site.state.flat:
            continue
        origin = version.origin_of(path)
        seen = origin.source == "surveyed" and origin.sure == "sure"
        if not seen:
            out[path] = say_origin(origin, lang)
        elif origin.on and origin.on != site.state.seen_on:
            day = parse_date(origin.on)
            out[path] = Words(f"{say_date(day, 'ja')}から", f"since {say_date(day, 'en')}").say(
                lang
            )
    return out


def say_origin(origin: Origin, lang: Lang) -> str:
    """Return who said it, when, where from, how sure (由来を言う)."""
    when = (
        say_date(parse_date(origin.on), lang)
        if origin.on
        else Words("日付なし", "no date").say(lang)
    )
    parts = [when, origin.by, SOURCE_WORDS[origin.source].say(lang)]
    if origin.sure != "sure":
        parts.append(SURE_WORDS[origin.sure].say(lang))
    return "　".join(filter(None, parts)) if lang == "ja" else " · ".join(filter(None, parts))


def say_path_value(
    type_: RecordType,
    path: str,
    value: Any,  # noqa: ANN401 - an answer is any JSON value
    lang: Lang,
    titles: Mapping[str, str],
) -> str:
    """Return the value of a path in words (値を言う)."""
    if path == PLACE:
        return _say_place(value, lang)
    if path == STATUS:
        return STATUS_WORDS[(value or {}).get("is", "active")].say(lang)
    try:
        field, inner = field_at(type_, path)
    except KeyError:
        return str(value) if value is not None else NOT_ASKED_WORDS.say(lang)
    if inner is None and "/" in path:
        return (_GONE if value is None else _THERE).say(lang)
    if value is None:
        return NOT_ASKED_WORDS.say(lang)  # which is not 「なし」
    return say_value(inner or field, value, lang, titles=titles)


def _say_place(value: object, lang: Lang) -> str:
    if not isinstance(value, shapely.Geometry):
        return _NO_PLACE.say(lang)
    at = value.representative_point()
    kind = {
        "Point": Words("", ""),
        "LineString": Words("線 ", "line "),
        "Polygon": Words("範囲 ", "area "),
    }
    head = kind.get(value.geom_type.removeprefix("Multi"), Words("", ""))
    return head.say(lang) + say_point([at.x, at.y], lang)
