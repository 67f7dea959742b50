"""A site's history and its differences, in words (地点の履歴をことばにする)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shapely

from geo.words import Words
from layers.say_answer import say_value
from surveys.dates import parse_date, say_date
from surveys.history import (
    KIND_WORDS,
    NOTHING,
    PLACE,
    SOURCE_WORDS,
    STATUS,
    STATUS_WORDS,
    SURE_WORDS,
    add_version,
)
from surveys.paths import field_at
from surveys.say_path import say_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.words import Lang
    from surveys.history import Origin, Version
    from surveys.record_type import RecordType
    from surveys.site import Site

_NONE = Words("（なし）", "(nothing)")
_GONE = Words("はずした", "taken away")
_THERE = Words("ある", "there")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One value that a version changed (変わったこと)."""

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
            ):
                kept.append(f"{label}：{say_path_value(type_, path, value, lang, titles)}")
                continue
            changes.append(
                Told(
                    label=label,
                    before=say_path_value(type_, path, state.flat.get(path), lang, titles),
                    after=say_path_value(type_, path, value, lang, titles),
                )
            )
        out.append(
            Chapter(
                seq=version.seq, head=KIND_WORDS[version.kind].say(lang),
                who=say_origin(version.origin, lang), note=version.note,
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
            value = version.patch.get(path, site.state.flat.get(path) if standing else 1)
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
        return str(value) if value is not None else _NONE.say(lang)
    if inner is None and "/" in path:
        return (_GONE if value is None else _THERE).say(lang)
    if value is None:
        return _NONE.say(lang)
    return say_value(inner or field, value, lang, titles=titles)


def _say_place(value: object, lang: Lang) -> str:
    if not isinstance(value, shapely.Geometry):
        return _NONE.say(lang)
    at = value.representative_point()
    kind = {
        "Point": Words("", ""),
        "LineString": Words("線 ", "line "),
        "Polygon": Words("面 ", "area "),
    }
    head = kind.get(value.geom_type.removeprefix("Multi"), Words("", ""))
    return f"{head.say(lang)}{at.y:.5f}, {at.x:.5f}"
