"""After how long each kind of site asks to be confirmed (確認までの月数)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.base.words import Words
from pages.parts.frame.frame import label
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from pages.parts.frame.office import Office


def show_freshness(office: Office) -> None:
    """Let the office choose after how long each kind asks to be confirmed (月数を決める)."""
    lang, register = office.lang, office.register
    with st.expander(Words("確認までの月数を決める", "After how long to confirm").say(lang)):
        why = Words(
            "見た日からこの月数がたつと、「確認の時期（一斉更新）」になります。だれの画面でも同じです。",
            "So long after it was seen, a site asks to be confirmed; the same for everybody.",
        )
        st.html(f"<p class='kz-note'>{why.say(lang)}</p>")
        columns = st.columns(3)
        for at, type_ in enumerate(RECORD_TYPES.values()):
            months = register.fresh_months(type_)
            chosen = columns[at % 3].number_input(
                f"{label(type_.words, lang)}（{Words('か月', 'months').say(lang)}）",
                min_value=1, max_value=240, value=months, step=1, key=f"l_fresh_{type_.id}",
            )  # fmt: skip
            if chosen != months:
                register.set_fresh_months(type_, int(chosen))
                st.rerun()
