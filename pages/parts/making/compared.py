"""Two editions of a town beside each other, as a table (版の見くらべ)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.words import Words
from layers.cards.scrolled import scrolled
from layers.maps.popup import entity

if TYPE_CHECKING:
    from geo.base.words import Lang
    from layers.making.compare import Compared

# All three columns stand beside each other on a phone, too: it is here that one decides.
_WRAPS: Final = "white-space:normal;overflow-wrap:anywhere;padding:.5rem .45rem"


def show_compared(told: Compared, heads: tuple[Words, Words], lang: Lang) -> None:
    """Show what differs: figures in a table, areas a line each (ちがいの表)."""
    head = "".join(f"<th>{one.say(lang)}</th>" for one in heads)
    rows = "".join(
        f"<tr><td style='{_WRAPS}'>{entity(row.what.say(lang))}</td>"
        f"<td class='n' style='{_WRAPS}'>{entity(row.before.say(lang))}</td><td class='n' style='{_WRAPS}'>"
        f"{'<b>' if row.changed else ''}{entity(row.after.say(lang))}{'</b>' if row.changed else ''}</td></tr>"
        for row in told.rows
    )
    head = f"<thead><tr><th></th>{head}</tr></thead>"
    table = (
        f"<table class='kz-table' style='table-layout:fixed'>{head}<tbody>{rows}</tbody></table>"
    )
    st.html(scrolled(Words("版の見くらべ", "the editions compared"), table, lang))
    lines = [one.say(lang) for one in told.areas] or [
        Words("地区の名前は変わりません。", "No area is new, gone or renamed.").say(lang)
    ]
    st.html("<ul class='kz-log'>" + "".join(f"<li>{entity(one)}</li>" for one in lines) + "</ul>")
