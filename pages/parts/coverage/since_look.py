"""What changed since somebody last looked, above the map, until they say so (前に見たときから)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import streamlit as st

from geo.base.problems import InputError
from geo.base.words import Words
from layers.maps.popup import entity
from layers.served.changes import changed_since_look, keep_looked
from layers.served.clock import today_in_japan
from pages.parts.frame.office import address, button_link, now_text
from pages.parts.frame.signed_in import user_now
from surveys.record.as_of import JAPAN

if TYPE_CHECKING:
    from geo.base.words import Lang


def show_since_look(lang: Lang) -> None:
    """Show which 通いの場 are new or gone since the last look, and where their people are (前に見たときから)."""
    user = user_now()
    who = "" if user is None else user.id
    try:
        since = changed_since_look(who, now_text())
    except InputError:
        return  # a register that cannot be written tells so where something is written
    said = since.say()
    if said is None:
        return
    with st.container(border=True, key="card_since"):
        text, ledger, seen = st.columns([0.58, 0.24, 0.18], vertical_alignment="center")
        text.html(f"<p class='kz-note' role='status'>{entity(said.say(lang))}</p>")
        with ledger:
            there = address("before_after", lang, **{"from": _day_before(since.at)}, known="on")
            button_link(there, Words("だれに届くようになったか", "Who was gained"), lang)
        if seen.button(Words("見た", "Seen").say(lang), key="since_seen", width="stretch"):
            keep_looked(who, now_text())
            st.rerun()


def _day_before(moment: str) -> str:
    """Return the day whose end lies before a moment: the ledger begins with it."""
    day = datetime.fromisoformat(moment).astimezone(JAPAN).date()
    last = date.fromisoformat(today_in_japan()) - timedelta(days=1)
    return min(day, last).isoformat()
