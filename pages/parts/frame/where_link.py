"""The way to where files are to be had, from wherever one is missing (資料のありかへのつなぎ)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import streamlit as st

from geo.base.lang import app_lang
from geo.base.words import Words
from layers.maps.popup import entity
from pages.parts.question.address import question_said

if TYPE_CHECKING:
    from geo.base.words import Lang

WHERE: Final = Words("資料のありかを見る", "See where files are to be had")


MAKE: Final = Words("まちをつくる", "Make a town")


def where_address(lang: Lang) -> str:
    """Return the address of the page, with the visit's question and language (資料のありかのアドレス)."""
    return _address("where", lang)


def _address(page: str, lang: Lang) -> str:
    values = question_said() | ({"lang": lang} if lang != app_lang() else {})
    return f"/{page}" + (f"?{urlencode(values)}" if values else "")


def show_where_link(lang: Lang) -> None:
    """Show the link as a button (資料のありかへのボタン)."""
    st.html(
        f"<a class='kz-button' target='_self' href='{entity(where_address(lang))}'>{WHERE.say(lang)}</a>"
    )


def show_make_link(lang: Lang) -> None:
    """Show the way to the page that makes a town (まちをつくるへのボタン)."""
    there = entity(_address("make", lang))
    st.html(f"<a class='kz-button' target='_self' href='{there}'>{MAKE.say(lang)}</a>")
