"""A day, typed by era or in figures, or chosen from a calendar (日を聞く)."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

import streamlit as st

from geo.base.dates import parse_date, say_date
from geo.base.marks import shown
from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.text import tidy
from geo.base.words import Words
from layers.maps.popup import entity
from layers.served.clock import today_in_japan

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.base.words import Lang

_CALENDAR: Final = Words("カレンダー", "Calendar")
_NO_YEAR: Final = re.compile("([0-9]{1,2}) ?[月/] ?([0-9]{1,2})日?")
_HOW: Final = Words(
    "令和8年11月21日、R8.11.21、2026-11-21 のどれでも書けます。11月21日とだけ書くと、今日に近い年になります。",
    "Write 2026-11-21, 2026/11/21 or by era, R8.11.21; 11/21 alone is of the year nearest to today.",
)


def ask_day(
    title: str,
    key: str,
    lang: Lang,
    *,
    between: tuple[date, date],
    disabled: bool = False,
    persist: Literal["session"] | None = None,
    on_change: Callable[[], None] | None = None,
) -> date | None:
    """Ask for a day, and say it in the other writing beneath (日を聞く).

    令和8年11月21日, R8.11.21 and 2026-11-21 may be typed, in any width; a calendar stands beside.
    The day is ``st.session_state[key]``: what is put there before is what stands first.

    Parameters
    ----------
    title
        The question, in the visit's language.
    between
        The first and the last day that may be answered.
    persist, on_change
        As `st.date_input` takes them; typed or chosen, `on_change` is called.

    Returns
    -------
    datetime.date
        ``None`` for none.
    """
    told, text = f"{key}:told", f"{key}:text"
    day = st.session_state.get(key)
    # What was put there, or chosen from the calendar, is written anew.
    if st.session_state.get(told) != day or text not in st.session_state:
        st.session_state[text] = _write(day, lang)
        st.session_state[told] = day
        st.session_state.pop(f"{key}:fault", None)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(
            title, key=text, disabled=disabled, help=_HOW.say(lang), on_change=_read,
            args=(key, lang, between, on_change), placeholder=Words("令和8年11月21日", "2026-11-21").say(lang),
        )  # fmt: skip
        with st.popover(_CALENDAR.say(lang), disabled=disabled, width="content"):
            given = st.date_input(
                title, value=None, key=key, min_value=between[0], max_value=between[1], disabled=disabled,
                format="YYYY/MM/DD", persist_state=persist, on_change=on_change,
            )  # fmt: skip
    chosen = given if isinstance(given, date) else None
    fault: Words | None = st.session_state.get(f"{key}:fault")
    if fault is not None:
        st.html(f"<p class='kz-fault'>{entity(shown(fault.say(lang)))}</p>")
    elif chosen is not None and not disabled:
        beneath = chosen.isoformat() if lang == "ja" else say_date(chosen, "ja")
        st.html(f"<p class='kz-note'>{beneath}</p>")
    return chosen


def unread_days(owner: str) -> list[Words]:
    """Return what was typed as a day of a form and is none, so that it is not saved without (読めない日).

    Parameters
    ----------
    owner
        Part of the keys of the form's widgets.
    """
    kept = st.session_state
    return [
        fault
        for key, fault in kept.items()
        if str(key).endswith(":fault")
        and owner in str(key)
        and isinstance(fault, Words)
        and f"{str(key).removesuffix(':fault')}:text" in kept
    ]


def _near_day(text: str, low: date, high: date) -> date | None:
    """Return the day nearest to now of a month and a day without a year; it is then shown whole."""
    found = _NO_YEAR.fullmatch(tidy(text))
    if found is None:
        return None
    days = []
    for year in range(low.year, high.year + 1):
        with suppress(ValueError):  # February 29th
            days.append(date(year, int(found[1]), int(found[2])))
    now = date.fromisoformat(today_in_japan())
    open_ = [day for day in days if low <= day <= high]
    return min(open_, key=lambda day: abs((day - now).days), default=None)


def _write(day: object, lang: Lang) -> str:
    """Return a day as it can be read again: by era in Japanese."""
    if not isinstance(day, date):
        return ""
    return say_date(day, "ja") if lang == "ja" else day.isoformat()


def _read(
    key: str, lang: Lang, between: tuple[date, date], on_change: Callable[[], None] | None
) -> None:
    """Take in what was typed; what is no day leaves the day as it was, and is told."""
    low, high = between
    text = str(st.session_state.get(f"{key}:text") or "").strip()
    fault: Words | None = None
    day: date | None = None
    if text:
        try:
            day = parse_date(text)
        except InputError as error:
            day = _near_day(text, low, high)
            fault = outside(error.words) if day is None else None
        if day is not None and not low <= day <= high:
            fault = Words(
                f"「{text[:40]}」は選べません。{say_date(low, 'ja')}から{say_date(high, 'ja')}までの日にしてください。",
                f"{text[:40]!r} is out of range: name a day from {low} to {high}.",
            )
    st.session_state[f"{key}:fault"] = fault
    if fault is None:
        st.session_state[key] = st.session_state[f"{key}:told"] = day
        st.session_state[f"{key}:text"] = _write(day, lang)
        if on_change is not None:
            on_change()
