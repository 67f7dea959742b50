"""Take in a file saved from a device that cannot send (ファイルを読みこむ画面)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words, count_in_english
from layers.maps.popup import entity
from pages.parts.frame.office import now_text
from pages.parts.frame.signed_in import user_now
from surveys.store.bring_back import bring_back
from surveys.store.devices import Contact
from surveys.sync.saved_file import parse_saved_file

if TYPE_CHECKING:
    from pages.parts.frame.office import Office
    from surveys.store.bring_back import BroughtBack

_MB = 200
# More would bury the numbers above them.
_MOST_FAULTS = 20


def show_file(office: Office) -> None:
    """Ask for a saved file, and take it in (ファイルから)."""
    lang = office.lang
    head = Words("端末から保存したファイルを読みこむ", "Take in a file saved from a device")
    st.subheader(head.say(lang), anchor=False)
    turn = st.session_state.setdefault("rc_turn", 0)
    file = st.file_uploader(
        Words(f"ファイル（{_MB}MBまで）", f"File (at most {_MB} MB)").say(lang), type=["json"],
        key=f"rc_file_{turn}", max_upload_size=_MB,
    )  # fmt: skip
    if file is not None:  # what became of the last one stays until the next is chosen
        st.session_state["rc_done"] = None
    words = Words("読みこむ", "Take in")
    if file is not None and st.button(words.say(lang), type="primary", key="rc_take"):
        try:
            done = take_file(office, file.getvalue())
        except InputError as error:
            st.html(f"<p class='kz-fault'>{entity(outside(error.words).say(lang))}</p>")
            return
        st.session_state["rc_done"] = done.say(lang)
        st.session_state["rc_turn"] += 1
        st.rerun()


def take_file(office: Office, data: bytes) -> Words:
    """Keep what a saved file holds, and say what became of it (ファイルを受け取る)."""
    user = user_now()
    contact = Contact(device_id="", account_id=user.id if user else None, now=now_text())
    return say_result(bring_back(office.register, parse_saved_file(data), contact))


def say_result(done: BroughtBack) -> Words:
    """Return what became of a file, in a sentence (読みこみの結果)."""
    told, more = done.faults[:_MOST_FAULTS], len(done.faults) - _MOST_FAULTS
    faults_ja = "".join(f" {one.ja}。" for one in told) + (
        f" ほか {more:,}件。" if more > 0 else ""
    )
    faults_en = "".join(f" {one.en}." for one in told) + (f" {more:,} more." if more > 0 else "")
    return Words(
        f"新しく記録 {done.new:,}件・もう届いていた {done.again:,}件・預かった {done.held:,}件・"
        f"写真 {done.photos:,}枚を読みこみました。{faults_ja}",
        f"Taken in: {done.new:,} new, {done.again:,} here before, {done.held:,} held, "
        f"{count_in_english(done.photos, 'photo')}.{faults_en}",
    )
