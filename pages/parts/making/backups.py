"""Where backups go, and that one is due (控えの様子).

A backup is made where somebody sits at the machine itself: only there it is reminded of.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.dates import say_date
from geo.base.words import Words
from layers.maps.popup import entity
from layers.served.account import sign_in_needed
from pages.parts.frame.office import address, button_link
from surveys.record.as_of import JAPAN
from surveys.store.backup_place import find_last, read_place

if TYPE_CHECKING:
    from pathlib import Path

    from pages.parts.frame.office import Office

WEEK: Final = timedelta(days=7)


def say_backup(place: Path | None, last: datetime | None) -> Words:
    """Return where backups go and when the last was made (控えの様子)."""
    if place is None:
        return Words(
            "控え（バックアップ）の場所が、まだ決まっていません。このパソコンがこわれると、記録がなくなります。",
            "No place for backups is chosen yet: if this computer breaks, the records are gone.",
        )
    if last is None:
        return Words(
            f"控えの場所：{place}（まだ1つもありません）",
            f"Backups go to {place}; there is none yet",
        )
    day = last.astimezone(JAPAN).date()
    return Words(
        f"控えの場所：{place}（前の控え {say_date(day, 'ja')}）",
        f"Backups go to {place}; the last was made {say_date(day, 'en')}",
    )


def show_reminder(office: Office) -> None:
    """Remind of a backup that is due, a week after the last (控えの時期)."""
    if sign_in_needed():
        return
    place = read_place(office.register)
    last = find_last(place) if place is not None else None
    if last is not None and datetime.now(UTC) - last < WEEK:
        return
    lang = office.lang
    with st.container(border=True, key="card_backup"):
        head = Words("控えをとる時期", "A backup is due")
        st.html(f"<h3 class='kz-head'>{head.say(lang)}</h3>")
        st.html(
            "<p class='kz-note' style='overflow-wrap:anywhere'>"
            f"{entity(say_backup(place, last).say(lang))}</p>"
        )
        words = (
            Words("控えの場所を決める", "Choose the place")
            if place is None
            else Words("控えをとる", "Back up")
        )
        button_link(address("make", lang) + "#backup", words, lang)
