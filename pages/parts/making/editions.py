"""The editions that were there before, and what changed since (前の版)."""

from __future__ import annotations

import shutil
from datetime import datetime
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.dates import say_date
from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.editions import list_editions
from geo.sources.town_folder import load_town
from layers.making.compare import compare_towns
from layers.maps.popup import entity
from layers.served.clock import today_in_japan
from layers.served.register import register_now
from layers.served.town import town_now
from pages.parts.making.compared import show_compared
from surveys.record.as_of import JAPAN

if TYPE_CHECKING:
    from pathlib import Path

    from geo.base.words import Lang
    from geo.sources.editions import Edition

_MB: Final = 1e6
_SHOWN: Final = "mk_edition"


def show_editions(folder: Path, lang: Lang) -> None:
    """Show each edition with its day and size; compare it with the present one, or delete it (前の版)."""
    found = list_editions(folder)
    if not found:
        return
    words = Words(f"前の版 {len(found)}", f"Earlier editions: {len(found)}")
    with st.expander(words.say(lang), expanded=_SHOWN in st.session_state):
        for one in found:
            _show_edition(one, lang)
        shown = next((one for one in found if one.id == st.session_state.get(_SHOWN)), None)
        if shown is not None:
            _compare(shown, lang)


def _show_edition(one: Edition, lang: Lang) -> None:
    said, compare, delete = st.columns([0.5, 0.25, 0.25], vertical_alignment="center")
    built = datetime.fromisoformat(one.built_at).astimezone(JAPAN)
    day = say_date(built.date(), lang)
    said.html(f"{entity(day)} {built:%H:%M}　<span class='kz-note'>{one.size / _MB:.1f} MB</span>")
    words = Words("いまとくらべる", "Compare")
    if compare.button(words.say(lang), key=f"mk_cmp_{one.id}", width="stretch"):
        st.session_state[_SHOWN] = one.id
        st.rerun()
    with delete.popover(Words("消す", "Delete").say(lang), width="stretch"):
        words = Words("この版は戻せなくなります。", "It cannot be had back.")
        st.html(f"<p>{words.say(lang)}</p>")
        if st.button(
            Words("この版を消す", "Delete this edition").say(lang), key=f"mk_del_{one.id}"
        ):
            shutil.rmtree(one.folder, ignore_errors=True)
            st.rerun()


def _compare(one: Edition, lang: Lang) -> None:
    try:
        with st.spinner(Words("くらべています…", "comparing…").say(lang)):
            told = compare_towns(
                load_town(one.folder), town_now(), register_now(), today_in_japan()
            )
    except InputError as error:
        st.html(f"<p role='alert'>{entity(outside(error.words).say(lang))}</p>")
        return
    heads = Words("前の版", "before"), Words("いまの街", "now")
    show_compared(told, heads, lang)
