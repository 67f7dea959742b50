"""The filters that are on, each dropped by a press (いまの条件)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.base.words import Words
from layers.cards.list_words import list_chips
from pages.parts.frame.frame import no_markdown
from pages.parts.frame.linked import quiet
from pages.parts.listed.bound import PAGE_PART, ROW, forget_filters
from pages.parts.question.visit import write_address

if TYPE_CHECKING:
    from geo.base.words import Lang
    from layers.cards.list_words import Chip
    from pages.parts.listed.asking import Wanted

CLEAR = Words("条件をすべてはずす", "Clear all filters")


def show_chips(wanted: Wanted, lang: Lang) -> None:
    """Show a button for each filter that is on, and one for all of them (いまの条件を出す)."""
    chips = list_chips(wanted.query, wanted.area)
    if not chips:
        return
    with quiet("chips"), st.container(horizontal=True, gap="small", key="chips"):
        for at, chip in enumerate(chips):
            text = no_markdown(chip.words.say(lang))
            st.button(
                f"{text}　✕", key=f"chip_{at}", on_click=_drop, args=(chip,),
                help=Words("この条件をはずす", "Take this filter away").say(lang),
            )  # fmt: skip
        if len(chips) > 1:
            show_clear(lang)


def show_clear(lang: Lang, key: str = "sites_clear") -> None:
    """Show the button that takes all filters away (すべてはずすボタン)."""
    st.button(CLEAR.say(lang), key=key, type="tertiary", on_click=forget_filters)


def _drop(chip: Chip) -> None:
    write_address({chip.part: chip.left, PAGE_PART: "", ROW: ""})
