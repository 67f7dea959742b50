"""What is near a point as cards: the walk, when, for how much, for whom, and what is not known (近い所のカード)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.base.dates import find_day, say_age, say_date
from geo.base.words import Words
from geo.say.near import say_minutes_metres
from layers.cards.salon_lines import group_lines
from layers.cards.say_answer import say_value
from layers.cards.site_html import icon_img
from layers.maps.popup import entity
from surveys.declaration.field import UNKNOWN
from surveys.record.meeting import rules_of
from surveys.types import RECORD_TYPES
from surveys.types.salon import ACTIVITY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from geo.base.words import Lang
    from layers.day.near import NearSalon
    from layers.day.near_places import NearPlace
    from surveys.record.site import Site

_FEE: Final = ("fee_yen", "fee_unit", "fee_note")
_ASKED: Final = {one.id: one for one in ACTIVITY.fields}
_NO_WAY: Final = Words("歩いて行ける道がない", "no street leads there")
_NO_REST: Final = Words("座れる所やトイレの続く道がない", "no way there has the rests it needs")
_OFF: Final = Words("道につながらない（道のりは出せない）", "off the network: no distance is told")
_SEEN: Final = Words("確認した日", "Confirmed")
_NEVER: Final = Words("まだ見ていない", "never seen")
_MAP_ONLY: Final = Words("地図だけにある所（だれも見ていない）", "on the map alone: nobody looked")
_HOME: Final = Words("個人の家", "private home")
# What can be used at a place, by kind: the seat, the toilet.
_TOLD: Final[Mapping[str, tuple[tuple[str, Words], ...]]] = {
    "toilet": (("toilet", Words("トイレ", "toilet")),),
    "bench": (("seat", Words("座る所", "seat")),),
    "bus_stop": (("seat", Words("座る所", "seat")),),
    "shop": (("seat", Words("座る所", "seat")), ("toilet", Words("トイレ", "toilet"))),
    "park": (("seat", Words("座る所", "seat")), ("toilet", Words("トイレ", "toilet"))),
}
_STATES: Final = {
    "yes": (Words("ある", "there"), Words("ある（地図による）", "there, by the map")),
    "no": (Words("使えない・ない", "none to use"), Words("ない（地図による）", "none, by the map")),
    "unknown": (Words("分からない", "not known"), Words("分からない", "not known")),
}
# What a place is asked of when it is open; a bench, a stop and a park always are.
_HOURS: Final = ("all_day", "open_days", "open_at", "close_at", "hours_note")


def say_walked(
    metres: float, minutes: float, lang: Lang, *, slopes: bool, straight: bool = False
) -> str:
    """Return a walk as minutes and metres (徒歩の言い方).

    Parameters
    ----------
    slopes
        Whether the metres have slopes added: they are then not what a tape would measure.
    straight
        Whether they are a straight line, for want of streets.

    Examples
    --------
    >>> say_walked(312.4, 5.2, "ja", slopes=False), say_walked(312.4, 5.2, "en", slopes=True)
    ('徒歩6分・312m', '6 min, 312 m (slopes added)')
    """
    flat = Words("（坂の分を足した距離）", " (slopes added)") if slopes else Words("", "")
    far = say_minutes_metres(minutes, metres, straight=straight)
    return Words(f"{far.ja}{flat.ja}", f"{far.en}{flat.en}").say(lang)


def salon_card(
    one: NearSalon,
    number: int,
    lang: Lang,
    *,
    today: date,
    limit: Words,
    slopes: bool,
    straight: bool = False,
) -> str:
    """Return a 通いの場 as HTML (通いの場のカード).

    Parameters
    ----------
    number
        As on the map; 0 for none.
    limit
        The range asked for, said of those beyond it.
    """
    marks = [_mark(_HOME, lang)] if one.listed.home else []
    if one.doubt is not None and one.doubt.ja:
        marks.append(_mark(one.doubt, lang))
    head = _head("salon", number, one.listed.name, marks, lang)
    lines = [
        f"<b>{entity(_walk_of(one, lang, slopes=slopes, straight=straight))}</b>{_beyond(one, limit, lang)}",
        *_groups(one, lang),
        _whom(one, lang),
        _unknown(one, lang),
        _seen(one.listed.seen_on, lang, today),
    ]
    return _card(head, lines)


def place_card(
    one: NearPlace,
    number: int,
    lang: Lang,
    *,
    today: date,
    slopes: bool,
    site: Site | None,
    straight: bool = False,
) -> str:
    """Return a place of another kind as HTML (近い所のカード).

    Parameters
    ----------
    site
        Its record, that tells when it is open; None where it has none of its own.
    """
    told = [
        f"{words.say(lang)} {_STATES[getattr(one, need)][one.mapped].say(lang)}"
        for need, words in _TOLD[one.kind]
    ]
    lines = [
        f"<b>{entity(say_walked(one.metres, one.minutes, lang, slopes=slopes, straight=straight))}</b>",
        entity(_join(told, lang)),
        "" if site is None else _open(site, lang),
        entity(_MAP_ONLY.say(lang)) if one.mapped else _seen(one.seen_on, lang, today),
    ]
    return _card(_head(one.kind, number, one.name, [], lang, mapped=one.mapped), lines)


def _open(site: Site, lang: Lang) -> str:
    """Return when a place is open, as its sheet asks; that nobody told where nobody did."""
    asked = [one for one in site.type.fields if one.id in _HOURS]
    if not asked:
        return ""
    answers = site.answers
    said = [
        f"{one.words.say(lang)} {say_value(one, answers[one.id], lang)}"
        for one in asked
        if answers.get(one.id) not in (None, "", UNKNOWN)
    ]
    if said:
        return entity(_join(said, lang))
    none = Words("未確認：開いている時間", "Not known: when it is open")
    return f"<span class='kz-note'>{none.say(lang)}</span>"


def _head(
    kind: str, number: int, name: str, marks: Sequence[str], lang: Lang, *, mapped: bool = False
) -> str:
    count = f"<span class='kz-no'>{number}</span>" if number else ""
    title = entity(name.strip() or RECORD_TYPES[kind].words.say(lang))
    return f"{count}{icon_img(kind, 28, mapped=mapped)}<b>{title}</b>{''.join(marks)}"


def _card(head: str, lines: Sequence[str]) -> str:
    body = "".join(f"<p>{line}</p>" for line in lines if line)
    return f"<div class='kz-near'><div class='kz-near-name'>{head}</div>{body}</div>"


def _mark(words: Words, lang: Lang) -> str:
    return f" <span class='kz-due'>{entity(words.say(lang))}</span>"


def _walk_of(one: NearSalon, lang: Lang, *, slopes: bool, straight: bool) -> str:
    if one.status == "off_network":
        return _OFF.say(lang)
    if not np.isfinite(one.metres):
        return (_NO_WAY if one.no_way else _NO_REST).say(lang)
    return say_walked(one.metres, one.minutes, lang, slopes=slopes, straight=straight)


def _beyond(one: NearSalon, limit: Words, lang: Lang) -> str:
    if one.status in ("within", "off_network") or not np.isfinite(one.metres):
        return ""
    words = (
        Words("休む所を通ると範囲の外", "out of range by way of rests")
        if one.status == "no_rest"
        else Words(f"{limit.ja}より遠い", f"beyond {limit.en}")
    )
    return f" <span class='kz-far'>{entity(words.say(lang))}</span>"


def _groups(one: NearSalon, lang: Lang) -> list[str]:
    """Return a line for each group as wished: name, days and hours, fee."""
    return [entity(line) for line in group_lines(one.listed, lang)]


def _whom(one: NearSalon, lang: Lang) -> str:
    areas = _join(one.whom.areas, lang)
    words = {
        "anybody": Words("だれでも", "anybody") if areas else Words(
            "だれでも（地区の決まりは記録にない）", "anybody (no limit of areas is recorded)"
        ),
        "yes": Words(f"ここの人が使える（{areas}）", f"open to people from here ({areas})"),
        "no": Words(f"ここの人は使えない（{areas}の人）", f"not for people from here ({areas} only)"),
        "unknown": Words(
            f"ここの人が使えるか分からない（{areas}）", f"not known whether open from here ({areas})"
        ),
    }[one.whom.may]  # fmt: skip
    text = entity(words.say(lang))
    return f"<span class='kz-gone'>{text}</span>" if one.whom.may == "no" else text


def _tells_fee(group: Mapping[str, Any]) -> bool:
    return any(group.get(key) not in (None, "", UNKNOWN) for key in _FEE)


def _unknown(one: NearSalon, lang: Lang) -> str:
    """Return what nobody has told: days, fee, whether it still meets."""
    groups = one.listed.venue.groups
    missing = []
    if one.listed.venue.counts == "unsure":
        missing.append(Words("いまも開いているか", "whether it still meets"))
    if not groups or any(not rules_of(group) for group in groups):
        missing += [] if one.listed.schedule.strip() else [Words("日時", "days and hours")]
    if not groups or any(not _tells_fee(group) for group in groups):
        missing.append(Words("参加費", "fee"))
    if not missing:
        return ""
    text = _join([words.say(lang) for words in missing], lang)
    return (
        f"<span class='kz-note'>{Words('未確認：', 'Not known: ').say(lang)}{entity(text)}</span>"
    )


def _seen(seen_on: str, lang: Lang, today: date) -> str:
    day = find_day(seen_on) if seen_on else None
    if day is not None:
        text = f"{say_date(day, lang)}（{say_age(day, today, lang)}）"
        text = text if lang == "ja" else f"{say_date(day, lang)} ({say_age(day, today, lang)})"
    else:
        text = seen_on or _NEVER.say(lang)
    colon = Words("　", ": ").say(lang)
    return f"<span class='kz-note'>{_SEEN.say(lang)}{colon}{entity(text)}</span>"


def _join(parts: Sequence[str], lang: Lang) -> str:
    return ("・" if lang == "ja" else ", ").join(parts)
