"""Two editions of a town beside each other, as a table (版の見くらべ)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.words import Words
from layers.cards.scrolled import scrolled
from layers.maps.popup import entity

if TYPE_CHECKING:
    from geo.base.words import Lang
    from layers.making.compare import Compared

# All three columns stand beside each other on a phone, too: it is here that one decides. A line
# ends between phrases; a figure stays whole and what is said of it goes below.
_WHAT: Final = "white-space:normal;word-break:auto-phrase;padding:.5rem .45rem"
_FIGURE: Final = "white-space:normal;word-break:auto-phrase;padding:.5rem .3rem"
_WIDTHS: Final = (38, 31, 31)  # percent
_PIECES: Final = re.compile(r"・|(?=（)|(?<=,) | (?=\()")
_FIRST: Final = Words("くらべるもの", "Compared")


def show_compared(told: Compared, heads: tuple[Words, Words], lang: Lang) -> None:
    """Show what differs: figures in a table, areas a line each (ちがいの表)."""
    st.html(draw_compared(told, heads, lang))
    lines = [one.say(lang) for one in told.areas] or [
        Words("地区の名前は変わりません。", "No area is new, gone or renamed.").say(lang)
    ]
    st.html("<ul class='kz-log'>" + "".join(f"<li>{entity(one)}</li>" for one in lines) + "</ul>")


def draw_compared(told: Compared, heads: tuple[Words, Words], lang: Lang) -> str:
    """Return the table of what differs as HTML (ちがいの表を書く)."""
    columns = "".join(f"<col style='width:{one}%'>" for one in _WIDTHS)
    head = "".join(
        f"<th scope='col' style='padding:.5rem .3rem'>{one.say(lang)}</th>"
        for one in (_FIRST, *heads)
    )
    rows = "".join(
        f"<tr><td style='{_WHAT}'>{entity(row.what.say(lang))}</td>"
        f"{_draw_figure(row.before, lang)}{_draw_figure(row.after, lang, changed=row.changed)}</tr>"
        for row in told.rows
    )
    table = (
        f"<table class='kz-table' lang='{lang}' style='table-layout:fixed'>{columns}"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )
    return scrolled(Words("版の見くらべ", "the editions compared"), table, lang)


def _draw_figure(words: Words, lang: Lang, *, changed: bool = False) -> str:
    pieces = [one for one in _PIECES.split(words.say(lang)) if one]
    said = " ".join(f"<span style='display:inline-block'>{entity(one)}</span>" for one in pieces)
    return f"<td class='n' style='{_FIGURE}'>{f'<b>{said}</b>' if changed else said}</td>"
