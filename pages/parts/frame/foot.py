"""The foot of every page: sources, who is signed in, the language (画面の下)."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.lang import app_lang
from geo.base.problems import InputError
from layers.cards.credit_line import credit_line
from layers.maps.popup import entity
from layers.served.town import town_now
from pages.parts.frame.choices import say_choices_anew
from pages.parts.frame.signed_in import show_who
from pages.parts.question.visit import write_address

if TYPE_CHECKING:
    from geo.base.words import Lang

_KEY: Final = "lang_control"
_NAMES: Final[dict[str, str]] = {"ja": "日本語", "en": "English"}


def show_foot(lang: Lang) -> None:
    """Show the foot of a page (画面の下)."""
    st.divider()
    left, right = st.columns([0.72, 0.28], vertical_alignment="center")
    with left:
        try:
            st.html(f"<p class='kz-note'>{entity(credit_line(town_now(), lang))}</p>")
        except InputError:
            st.html("<p class='kz-note'></p>")
        with suppress(InputError):
            show_who(lang)
    with right:
        st.session_state[_KEY] = lang  # Back may have changed it
        st.segmented_control(
            "Language / 言語",
            list(_NAMES),
            required=True,
            format_func=lambda code: _NAMES[code],
            label_visibility="collapsed",
            key=_KEY,
            width="stretch",
            on_change=_speak,
        )


def _speak() -> None:
    chosen = st.session_state[_KEY]
    if chosen in _NAMES:
        say_choices_anew()
        st.session_state["lang"] = chosen
        write_address({"lang": "" if chosen == app_lang() else chosen})
