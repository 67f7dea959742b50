"""What was brought in so far, each import to be undone whole (これまでの取りこみ)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.base.words import Words, count_in_english
from layers.maps.popup import entity
from pages.parts.frame.office import address, button_link, now_text, print_links, say_moment
from pages.parts.imports.own_list import brings_nothing, say_days, show_gone, title_of_batch
from surveys.imports.plan import ACTIONS, say_action
from surveys.record.counted import say_count
from surveys.store.own_batches import days_of_batches
from surveys.types import EVERY_TYPE, LOGS

if TYPE_CHECKING:
    from pages.parts.frame.office import Office


def show_batches(office: Office) -> None:
    """Show every import, the newest first, to be looked at and undone whole (これまでの取りこみ)."""
    lang, register = office.lang, office.register
    batches = register.batches()
    if not batches:
        return
    st.subheader(Words("これまでの取りこみ", "What was brought in").say(lang), anchor=False)
    days = days_of_batches(register)
    for batch in batches:
        with st.container(border=True, key=f"card_batch_{batch.id}"):
            text, see, undo = st.columns([0.46, 0.24, 0.3], vertical_alignment="center")
            counts = "　".join(
                f"<span class='nb'>{_say_action(key, number, batch.type).say(lang)}</span>"
                for key, number in batch.counts.items()
                if key in ACTIONS
            )
            state = Words("（取り消した）", " (undone)").say(lang) if batch.undone_at else ""
            when = say_moment(batch.made_at, lang)
            said = say_days(days.get(batch.id, ()), lang)
            text.html(
                f"<b>{entity(title_of_batch(batch).say(lang))}</b>{state}<br>"
                f"<span class='kz-note'>{when}　{entity(batch.by)}　{said}{counts}</span>"
            )
            show_gone(office, batch)
            if brings_nothing(batch):
                continue
            with see:
                see_words = Words("見る", "See")
                if batch.type in LOGS:  # no list holds one
                    button_link(address("activities", lang), see_words, lang)
                else:
                    print_links("/print/list", f"batch={batch.id}&status=all", see_words, lang)
            words = (
                Words("取り消しをやめる", "Bring back")
                if batch.undone_at
                else Words("まとめて取り消す", "Undo all of it")
            )
            if undo.button(words.say(lang), key=f"in_undo_{batch.id}", width="stretch"):
                if batch.undone_at:
                    number = register.redo_batch(batch.id)
                    many = _say_number(number, batch.type)
                    told = Words(
                        f"{batch.file} の {many.ja}を、もう一度取りこみました。",
                        f"{many.en} of {batch.file} are brought in again.",
                    )
                else:
                    number = register.undo_batch(batch.id, now=now_text())
                    many = _say_number(number, batch.type)
                    told = Words(
                        f"{batch.file} を取り消し、{many.ja}をもとに戻しました。",
                        f"{batch.file} is undone: {many.en} as before.",
                    )
                st.session_state["in_done"] = told.say(lang)
                st.rerun()


def _say_number(number: int, type_id: str) -> Words:
    """Return how many of a type; of one this release does not know, sites."""
    type_ = EVERY_TYPE.get(type_id)
    return (
        Words(f"{number:,}か所", count_in_english(number, "site"))
        if type_ is None
        else say_count(type_, number)
    )


def _say_action(action: str, number: int, type_id: str) -> Words:
    words = say_action(action, log=type_id in LOGS)
    return Words(f"{words.ja} {_say_number(number, type_id).ja}", f"{words.en}: {number:,}")
