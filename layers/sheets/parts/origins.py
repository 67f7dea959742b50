"""Where a site's answers come from, and where people differ (答えの由来とちがい)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from geo.base.dates import say_date
from geo.base.words import Words
from layers.cards.say_answer import say_point, say_value
from layers.sheets.parts.homes import NOT_SHOWN
from surveys.declaration.field import NOT_ASKED_WORDS
from surveys.declaration.paths import field_at
from surveys.record.history import PLACE, SOURCE_WORDS, STATUS, STATUS_WORDS, SURE_WORDS
from surveys.record.home import is_home
from surveys.record.veil import tells_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geo.base.words import Lang
    from layers.sheets.parts.frame import Frame
    from surveys.declaration.record_type import RecordType
    from surveys.record.history import Origin, Version
    from surveys.record.site import Site

_SEEING_IMPORTS: Final = ("surveyed", "told")


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginNotes:
    """Marks beside answers that nobody saw on site, and what they mean (由来の注).

    Attributes
    ----------
    marks
        By path; a path seen on site and certain has none.
    lines
        What each mark means, in order.
    """

    marks: Mapping[str, str]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One question two people answered differently (ちがい)."""

    label: str
    text: str


def note_origins(site: Site, versions: Iterable[Version], lang: Lang) -> OriginNotes:
    """Return the marks of a site's answers (由来の注をつける).

    When all come from one place, one line says so and no answer carries a mark.

    Parameters
    ----------
    versions
        The site's, as `surveys.store.register.Register.versions` returns them.
    """
    by_seq = {one.seq: one for one in versions}
    said: dict[str, Origin] = {}
    for path in site.state.flat:
        version = by_seq.get(site.state.setters.get(path, 0))
        if version is not None and path != STATUS:
            said[path] = version.origin_of(path)
    groups: dict[tuple[str, str], list[str]] = {}
    for path in sorted(said):
        groups.setdefault((said[path].source, said[path].sure), []).append(path)
    odd = sorted(key for key in groups if key != ("surveyed", "sure"))
    texts = {key: _say_group([said[path] for path in groups[key]], lang) for key in odd}
    if len(groups) == 1 and odd:
        every = Words("この紙の答えの由来: ", "Where the answers come from: ").say(lang)
        return OriginNotes(marks={}, lines=(every + texts[odd[0]],))
    sign = Words("※", "*").say(lang)
    marks = {path: f"{sign}{n}" for n, key in enumerate(odd, 1) for path in groups[key]}
    return OriginNotes(
        marks=marks, lines=tuple(f"{sign}{n} {texts[key]}" for n, key in enumerate(odd, 1))
    )


def tell_differences(site: Site, versions: Sequence[Version], lang: Lang) -> list[Difference]:
    """Return every question on which people differ, with all they said (ちがいを言う)."""
    by_seq = {one.seq: one for one in versions}
    home, out = is_home(site), []
    for path, sides in sorted(site.state.conflicts.items()):
        said = []
        for seq in sides:
            version = by_seq.get(seq)
            if version is None:
                continue
            value = say_path(site.type, path, version.patch.get(path), lang)
            said.append(f"{value}（{_say_who(version.origin_of(path), lang)}）")
        text = Words(" ／ ", " / ").say(lang).join(said)
        if home and tells_place(site.type, path):
            text = NOT_SHOWN.say(lang)
        out.append(Difference(label=name_path(site, path, lang), text=text))
    return out


def name_path(site: Site, path: str, lang: Lang) -> str:
    """Return what the question of a path is called, with the item's number (項目の呼び名)."""
    if path == PLACE:
        return Words("場所", "Place").say(lang)
    if path == STATUS:
        return Words("状態", "Status").say(lang)
    try:
        field, inner = field_at(site.type, path)
    except KeyError:
        return path
    item = path.partition("/")[2].partition("/")[0]
    if not item:
        return field.words.say(lang)
    value = site.answers.get(field.id)
    ids = [one["_id"] for one in value] if isinstance(value, list) else []
    number = f" {ids.index(item) + 1}" if item in ids else ""
    head = (field.item.words if field.item else field.words).say(lang) + number
    return f"{head} {inner.words.say(lang)}" if inner else head


def say_path(type_: RecordType, path: str, value: Any, lang: Lang) -> str:  # noqa: ANN401 - an answer is any JSON value
    """Return one side of a difference in words (ちがいの一方を言う)."""
    if path == PLACE:
        if value is None:
            return Words("場所なし", "no place").say(lang)
        middle = value.representative_point()
        return say_point([middle.x, middle.y], lang)
    if path == STATUS:
        return STATUS_WORDS[value["is"]].say(lang) if value else NOT_ASKED_WORDS.say(lang)
    try:
        field, inner = field_at(type_, path)
    except KeyError:
        return str(value)
    if "/" in path and inner is None:  # the item itself: its value is its place in the order
        there = Words("ある", "there") if value is not None else Words("消した", "taken away")
        return there.say(lang)
    return say_value(inner or field, value, lang)


def say_seen(site: Site, versions: Iterable[Version], lang: Lang) -> list[str]:
    """Return when a site was surveyed and confirmed last, and in which role; [] for never (見た日)."""
    visit: Origin | None = None
    confirm: Origin | None = None
    for one in sorted(versions, key=lambda version: (version.origin.on, version.seq)):
        imported = one.kind == "import" and one.origin.source in _SEEING_IMPORTS
        if one.origin.on and (one.kind == "visit" or imported):
            visit = one.origin
        elif one.origin.on and one.kind == "confirm":
            confirm = one.origin
    if confirm and visit and confirm.on < visit.on:
        confirm = None
    parts = [
        (visit, Words("{on} 調査", "surveyed {on}")),
        (confirm, Words("{on} 確認", "confirmed {on}")),
    ]
    said = []
    for origin, words in parts:
        if origin:
            on = say_date(date.fromisoformat(origin.on), lang)
            by = Words("（{by}）", " ({by})").say(lang).replace("{by}", origin.by)
            said.append(words.say(lang).replace("{on}", on) + (by if origin.by else ""))
    if not said and site.state.seen_on:
        on = say_date(date.fromisoformat(site.state.seen_on), lang)
        said = [Words("{on} 確認", "seen {on}").say(lang).replace("{on}", on)]
    return said


def _say_group(origins: list[Origin], lang: Lang) -> str:
    first = origins[0]
    head = SOURCE_WORDS[first.source].say(lang)
    if first.sure != "sure":
        head += Words("・", ", ").say(lang) + SURE_WORDS[first.sure].say(lang)
    whose = [one for one in dict.fromkeys(origin.by for origin in origins) if one]
    days = sorted({origin.on for origin in origins if origin.on})
    more = whose[:3] + [say_date(date.fromisoformat(day), lang) for day in days[-1:]]
    return f"{head}（{'、'.join(more)}）" if more else head


def _say_who(origin: Origin, lang: Lang) -> str:
    on = say_date(date.fromisoformat(origin.on), lang) if origin.on else ""
    return "、".join(
        part for part in (on, origin.by or SOURCE_WORDS[origin.source].say(lang)) if part
    )


def say_due(frame: Frame, site: Site) -> str:
    """Return why a site asks to be confirmed, "" when it does not (確認の期日)."""
    if site.due_on > frame.today:
        return ""
    if not site.state.seen_on:
        return frame.say("まだ現地で見ていない", "nobody has seen it yet")
    on = say_date(date.fromisoformat(site.due_on), frame.lang)
    return frame.say("確認の期日を過ぎた（{on}）", "due for a check since {on}", on=on)
