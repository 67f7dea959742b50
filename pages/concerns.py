"""課題: where each concern stands on its way up to the mayor, who has it, and what was answered."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo.base.words import Words
from pages.parts.concern.board import show_board
from pages.parts.concern.card import show_card
from pages.parts.frame.declared import Page
from pages.parts.frame.office import begin_office
from surveys.record.risen import TYPE

PAGE = Page(
    id="concerns", words=Words("課題", "Concerns"), group="record", order=49,
    kinds=("site",), types=("concern",),
)  # fmt: skip
TITLE: Final = Words("課題は、どこまで上がったか", "How far has each concern risen?")


def show_page() -> None:
    """Show the board, or one concern, as the address says (画面)."""
    office = begin_office(TITLE)
    wanted = st.query_params.get("concern", "")
    concern = office.register.site(wanted) if wanted else None
    if concern is not None and concern.type.id == TYPE and not concern.hidden:
        show_card(office, concern)
        return
    if wanted:
        gone = Words("その課題は、ありません。", "There is no such concern.")
        st.warning(gone.say(office.lang))
    show_board(office)


show_page()
