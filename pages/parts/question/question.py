"""What is asked of the town: the same on every page of a visit (問いを選ぶ)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.dates import FIRST_DAY
from geo.base.problems import InputError
from geo.base.words import Words
from geo.town import ages_of
from geo.walk.ranges import parse_range
from geo.walk.walkers import CUSTOM, WALKERS, parse_walker
from layers.asked import Asked
from layers.maps.popup import entity
from layers.served.clock import today_in_japan
from pages.parts.question.day import ask_day
from pages.parts.question.picking import label, pick
from pages.parts.question.walking import Walking, ask_walking, put_walking, walking_before
from pages.parts.question.wishes import ask_wishes, put_wishes, wishes_before

if TYPE_CHECKING:
    from geo.base.words import Lang
    from geo.town import Town

METRES: Final = ("250m", "350m", "500m", "800m", "1000m")
MINUTES: Final = ("5min", "10min", "15min")
AS_OF: Final = Words("いつ（空なら、きょう）", "As of (empty: today)")
_AGES: Final = ("55", "65", "75", "85", "all")
_SPEED: Final = 0.8  # where 自分で決める begins: the slow walker's
_OWN: Final = ("speed=", "steps=")  # what of a custom walker has a widget of its own
_SLOWEST, _FASTEST, _STEP = 0.1, 3.0, 0.05


def ask_question(town: Town, lang: Lang, day: Words = AS_OF) -> Asked:
    """Ask how far, who walks and how, whom to count, and by which areas (問いを選ぶ).

    `day` is what the day asked of is called.
    """
    within = _ask_range(lang, straight=town.streetless)
    walker = _ask_walker(lang)
    offered = _ages(town)
    groups = {one: Words(f"{one}歳以上", f"{one}+").say(lang) for one in offered}
    groups["all"] = Words("全員", "All").say(lang)
    first = "65" if "65" in offered else "all"
    people = pick(Words("数える人", "People"), offered, groups, "q_people", lang, first)
    divisions = list(town.divisions)
    division = divisions[0]
    if len(divisions) > 1:
        division = pick(
            Words("地区の分け方", "Areas"),
            divisions,
            {name: name for name in divisions},
            "q_division",
            lang,
            divisions[0],
        )
    walking = ask_walking(town, parse_walker(walker), lang)
    wishes = ask_wishes(lang)
    on = _ask_day(day, lang)
    return _join(
        walking, wishes, people=people, walker=walker, within=within, division=division, on=on
    )


def _ages(town: Town) -> list[str]:
    """Return the ages that are offered: the usual ones, and the one an address asked for."""
    there = ages_of(town)
    usual = (*_AGES, st.session_state.get("q_people"))
    return [one for one in there if one in usual]


def asked_before(town: Town) -> Asked:
    """Return the question last chosen on another page, or the first one (前に選んだ問い).

    So that every page of a visit shows the same figures.
    """
    kept = st.session_state
    within = (
        kept.get("q_minutes", "10min")
        if kept.get("q_unit") == "min"
        else kept.get("q_metres", "500m")
    )
    division = kept.get("q_division")
    chosen = kept.get("q_who") or "elderly"
    return _join(
        walking_before(town),
        wishes_before(),
        people=kept.get("q_people") or ("65" if "65" in ages_of(town) else "all"),
        walker=_custom_before() if chosen == CUSTOM else chosen,
        within=within or "500m",
        division=division if division in town.divisions else town.divisions[0],
        on=_past(kept.get("q_on")),
    )


def put_asked(asked: Asked) -> None:
    """Choose what is asked, as if somebody had, on every page of the visit (問いを選んだことにする).

    Parameters
    ----------
    asked
        A question that can be asked: `layers.asked.check_asked`.
    """
    kept = st.session_state
    kept["q_people"], kept["q_division"] = asked.people, asked.division
    within = parse_range(asked.within)
    kept["q_unit"] = within.unit
    kept["q_metres" if within.unit == "m" else "q_minutes"] = within.text
    kept["q_on"] = date.fromisoformat(asked.on) if asked.on else None
    walker = parse_walker(asked.walker)
    kept["q_who"] = walker.id if walker.id in WALKERS else CUSTOM
    if kept["q_who"] == CUSTOM:
        kept["q_speed"], kept["q_steps"] = walker.speed_m_s, walker.steps != "bar"
        parts = walker.id.partition(":")[2].split(",")
        kept["q_custom"] = ",".join(one for one in parts if not one.startswith(_OWN))
    put_walking(asked)
    put_wishes(asked)


def _join(
    walking: Walking,
    wishes: dict[str, str],
    *,
    people: str,
    walker: str,
    within: str,
    division: str,
    on: str,
) -> Asked:
    return Asked(
        people=people, walker=walker, within=within, division=division, slopes=walking.slopes,
        trip=walking.trip, rest=walking.rest, toilet=walking.toilet, band=walking.band,
        on=on, **wishes,
    )  # fmt: skip


def _ask_day(title: Words, lang: Lang) -> str:
    given = ask_day(
        title.say(lang), "q_on", lang, persist="session",
        between=(date.fromisoformat(FIRST_DAY), date.fromisoformat(today_in_japan())),
    )  # fmt: skip
    return _past(given)


def _past(day: object) -> str:
    """Return a day before today as it stands in an address, "" for today."""
    on = day.isoformat() if isinstance(day, date) else ""
    return on if on < today_in_japan() else ""


def _ask_range(lang: Lang, *, straight: bool) -> str:
    unit = pick(
        Words("範囲（直線）", "Range (straight line)")
        if straight
        else Words("歩く範囲", "Walking range"),
        ["m", "min"],
        {"m": Words("距離で", "Distance").say(lang), "min": Words("時間で", "Time").say(lang)},
        "q_unit",
        lang,
        "m",
    )
    if unit == "m":
        metres = _with_own(METRES, "q_metres")
        lengths = {text: f"{float(text[:-1]):,g}" for text in metres}
        return pick(Words("距離（m）", "Distance (m)"), metres, lengths, "q_metres", lang, "500m")
    spans = _with_own(MINUTES, "q_minutes")
    minutes = {text: Words(f"{text[:-3]}分", f"{text[:-3]} min").say(lang) for text in spans}
    return pick(Words("時間", "Time"), spans, minutes, "q_minutes", lang, "10min")


def _with_own(offered: tuple[str, ...], key: str) -> list[str]:
    """Return the ranges offered, and the one an address asked for among them."""
    own = st.session_state.get(key)
    return sorted({*offered, own or offered[0]}, key=lambda text: parse_range(text).value)


def _ask_walker(lang: Lang) -> str:
    names = {name: label(walker.words, lang) for name, walker in WALKERS.items()}
    names[CUSTOM] = Words("自分で決める", "Set by hand").say(lang)
    chosen = pick(Words("歩く人", "Walker"), list(names), names, "q_who", lang, "elderly")
    if chosen != CUSTOM:
        return chosen
    kept = st.session_state
    speed = st.number_input(
        Words("平らな道の速さ（秒速m）", "Speed on the flat (m/s)").say(lang),
        min_value=_SLOWEST, max_value=_FASTEST, step=_STEP, format="%.2f", key="q_speed",
        value="min" if "q_speed" in kept else _SPEED, persist_state="session",
    )  # fmt: skip
    st.toggle(
        Words("階段を使える", "Can use steps").say(lang), key="q_steps",
        value="q_steps" not in kept,
        persist_state="session",
    )  # fmt: skip
    words = Words(
        f"分速{(speed or _SPEED) * 60:.0f}m。実際に10mを歩いてかかった秒数で、10を割った値を入れる。",
        f"{(speed or _SPEED) * 60:.0f} m a minute. Walk 10 m and divide 10 by the seconds.",
    )
    more = str(kept.get("q_custom") or "")
    told = Words(f"ほかに、アドレスで決めた値：{more}", f" Also, from the address: {more}").say(
        lang
    )
    st.html(f"<p class='kz-help'>{words.say(lang)}{entity(told) if more else ''}</p>")
    return _custom_before()


def _custom_before() -> str:
    """Return the custom walker as an address has it; a speed that cannot be is the first one."""
    kept = st.session_state
    given = kept.get("q_speed")
    speed = float(given) if isinstance(given, int | float) else _SPEED
    said = f"{speed:.2f}" if round(speed, 2) == speed else f"{speed:g}"
    parts = [f"speed={said}", "" if kept.get("q_steps", True) else "steps=bar"]
    text = ",".join(filter(None, (*parts, str(kept.get("q_custom") or ""))))
    try:
        return parse_walker(f"{CUSTOM}:{text}").id
    except InputError:
        return f"{CUSTOM}:speed={_SPEED:.2f}"
