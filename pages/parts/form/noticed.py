"""What in a text would tell who somebody is, said under it while it is written (個人の情報に気づいたとき)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from layers.maps.popup import entity
from surveys.record.privacy import notice

if TYPE_CHECKING:
    from geo.base.words import Lang


def show_noticed(text: str, lang: Lang) -> None:
    """Show each place of a text that may tell who somebody is, and what to write instead (気づきを出す)."""
    said: dict[str, list[str]] = {}
    for one in notice(text):
        texts = said.setdefault(one.instead.say(lang), [])
        texts += [] if one.text in texts else [one.text]
    for instead, texts in said.items():
        named = "、".join(f"「{entity(one)}」" for one in texts)
        st.html(f"<p class='kz-fault kz-noticed' role='status'>{named}：{entity(instead)}。</p>")
