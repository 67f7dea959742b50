"""Rows that tell who somebody is, asked about before a file is taken (個人の情報を聞く)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.words import Words, count_in_english
from layers.maps.popup import entity
from surveys.imports.private import count_private, say_private

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.words import Lang
    from surveys.imports.plan import Plan
    from surveys.imports.private import PrivateRow

_SHOWN: Final = 20


def ask_reason(plan: Plan, rows: Sequence[PrivateRow], lang: Lang) -> str:
    """Show the rows and ask why they may stay as they are; "" until somebody says (残すわけを聞く)."""
    if not rows:
        return ""
    with st.container(border=True, key="card_in_private"):
        lines = [entity(one.say(lang)) for one in say_private(rows[:_SHOWN])]
        rest = len(rows) - _SHOWN
        more = (
            Words(f"ほか {rest}行", count_in_english(rest, "more row")).say(lang)
            if rest > 0
            else ""
        )
        st.html(
            f"<b>{entity(count_private(list(rows)).say(lang))}</b><br><span class='kz-note'>"
            + "<br>".join([*lines, *([more] if more else [])])
            + "</span>"
        )
        words = Words(
            "個人情報を残すわけ（行といっしょに残ります）", "Why they stay (kept with each row)"
        )
        key = f"in_reason:{plan.sha256}:{plan.type.id}"
        return (st.text_input(words.say(lang), key=key) or "").strip()
