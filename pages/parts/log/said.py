"""A log's entry in words: its day, its people, its line in a list (活動記録のことば)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.base.dates import parse_date, say_date
from geo.base.words import Words
from layers.maps.popup import entity
from pages.parts.frame.frame import label
from pages.parts.frame.office import link
from surveys.declaration.field import UNKNOWN, UNKNOWN_WORDS
from surveys.formats.parts.cells import dump_cell
from surveys.record.privacy import lacks_reason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.base.words import Lang
    from surveys.declaration.field import Field
    from surveys.record.site import Site

_LONGEST = 160
_CHIP = "display:inline-block;padding:0 .5rem;border-radius:6px;background:#E6ECF5;color:#17325F"
_WARN = "display:inline-block;padding:0 .5rem;border-radius:6px;background:#FBEBE3;color:#9C2F14"


def say_day(answers: Mapping[str, Any], lang: Lang) -> str:
    """Return an entry's day: a day, a span, as it was written, or that it is not known (日を言う).

    Examples
    --------
    >>> say_day({"on": "2026-12-01", "until": "2026-12-03"}, "ja"), say_day({"on_text": "9月16日"}, "ja")
    ('令和8年12月1日〜令和8年12月3日', '9月16日')
    """
    on, until = answers.get("on"), answers.get("until")
    if not on or on == UNKNOWN:
        return str(answers.get("on_text") or Words("日が不明", "day not known").say(lang))
    first = say_date(parse_date(on), lang)
    if not until or until == UNKNOWN:
        return first
    return f"{first}{Words('〜', ' to ').say(lang)}{say_date(parse_date(until), lang)}"


def say_known_day(answers: Mapping[str, Any], lang: Lang) -> str:
    """Return an entry's day where it is known, else that it is not; no word of its writer's (分かる日を言う).

    Examples
    --------
    >>> say_known_day({"on_text": "9月16日"}, "ja")
    '日が不明'
    """
    return say_day({key: answers[key] for key in ("on", "until") if key in answers}, lang)


def say_people(answers: Mapping[str, Any], lang: Lang) -> str:
    """Return how many people there were, as it was said (人数を言う).

    Examples
    --------
    >>> say_people({"people_count": 20, "about": "yes"}, "ja"), say_people({"people_count": 1097, "total": "yes"}, "ja")
    ('約20人', '延べ1,097人')
    """
    count = answers.get("people_count")
    if not isinstance(count, int):
        return str(answers.get("people_text") or "")
    about, total = answers.get("about") == "yes", answers.get("total") == "yes"
    ja = f"{'延べ' if total else ''}{'約' if about else ''}{count:,}人"
    en = f"{'about ' if about else ''}{count:,} people{' in all' if total else ''}"
    return Words(ja, en).say(lang)


def say_title(entry: Site, lang: Lang) -> str:
    """Return what an entry is called: its event, else its kind, else the log (呼び名)."""
    if entry.title:
        return entry.title
    kind = entry.type.field("kind").choice(str(entry.answer("kind") or ""))
    return label(kind.words if kind else entry.type.words, lang)


def entry_html(entry: Site, lang: Lang) -> str:
    """Return an entry as a line of the list, its text shortened (一覧の一行)."""
    answers = entry.answers
    kind = entry.type.field("kind").choice(str(answers.get("kind") or ""))
    minutes = answers.get("spent_min")
    parts = [
        entity("・".join(answers["area"])) if isinstance(answers.get("area"), list) else "",
        entity(str(answers.get("partner") or "")),
        Words(f"{minutes:,}分", f"{minutes:,} min").say(lang) if isinstance(minutes, int) else "",
        entity(say_people(answers, lang)),
    ]
    stage = entry.type.field("stage").choice(str(answers.get("stage") or ""))
    chips = [
        f"<span style='{_CHIP}'>{entity(one.words.say(lang))}</span>"
        for one in (kind, stage if stage and stage.id != "done" else None)
        if one is not None
    ]
    if lacks_reason(entry.type, answers):
        words = Words("個人の情報らしいことばあり", "may tell who somebody is").say(lang)
        chips.append(f"<span style='{_WARN}'>{words}</span>")
    text = str(answers.get("note") or answers.get("action") or "")
    short = text[:_LONGEST] + ("…" if len(text) > _LONGEST else "")
    said = "　".join(filter(None, parts))
    return (
        f"<div class='kz-entry'><p style='margin:0'>{link('activities', say_title(entry, lang), lang, entry=entry.id)}"
        f"　{' '.join(chips)}</p><p class='kz-note' style='margin:0'>{said}</p>"
        f"<p style='margin:0;overflow-wrap:anywhere'>{entity(short)}</p></div>"
    )


def say_answer(field: Field, value: object, names: Mapping[str, str], lang: Lang) -> str:
    """Return one answer as it is shown, a line each (答えを言う)."""
    if field.kind == "sites" and isinstance(value, list):
        return "\n".join(names.get(one, one) for one in value)
    if field.kind == "date":
        return (
            UNKNOWN_WORDS.say(lang) if value == UNKNOWN else say_date(parse_date(str(value)), lang)
        )
    if field.kind == "photos" and isinstance(value, list):
        return Words(f"{len(value)}枚", f"{len(value)}").say(lang)
    said = dump_cell(field, value, lang)
    return (f"{said:,}" if isinstance(said, int) else str(said)) + (field.unit if said else "")
