"""What is written into a report, kept by a press (報告に書いたことを残す)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from pages.parts.frame.frame import no_markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.base.words import Lang


def keep(what: Callable[[], object], lang: Lang) -> None:
    """Do what a press asks, say so, and draw the page anew; or say why it was refused (残す)."""
    try:
        what()
    except InputError as error:
        st.error(no_markdown(outside(error.words).say(lang)))
        return
    st.toast(Words("残しました", "Kept").say(lang))
    st.rerun()
