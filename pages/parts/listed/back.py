"""The way back from a site sheet to its row of the list (一覧へもどる)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from geo.base.words import Words
from layers.cards.list_query import AREA, DIVISION, FIELD, RANGE
from layers.maps.popup import entity
from pages.parts.frame.office import LIST
from pages.parts.listed.bound import PAGE_PART, ROW

if TYPE_CHECKING:
    from geo.base.words import Lang

_PARTS = frozenset({
    "type", "q", "status", "due", "differing", "batch", "walk", "order", "weekday", "half", "unclear",
    AREA, DIVISION, PAGE_PART,
})  # fmt: skip


def back_address(told: str, site_id: str, lang: Lang) -> str:
    """Return the address of a list with the row one came from (一覧のアドレス).

    Parameters
    ----------
    told
        The list as a query string, as `pages/sites.py` wrote it; anything else in it is left out.

    Examples
    --------
    >>> back_address("type=park&f.toilet=usable&page=3&evil=1", "s9", "ja")
    '/sites?type=park&f.toilet=usable&page=3&row=s9'
    """
    kept = {
        name: text
        for name, text in parse_qsl(told)
        if name in _PARTS or name.startswith((FIELD, RANGE))
    }
    more = {"lang": lang} if lang == "en" else {}
    return f"/sites?{urlencode(kept | {ROW: site_id} | more, safe='/')}"


def show_back(site_id: str, lang: Lang) -> None:
    """Show the way back to the list, to the row one came from (一覧へもどる)."""
    place = entity(back_address(st.query_params.get(LIST, ""), site_id, lang))
    words = Words("← 一覧へもどる", "← Back to the list").say(lang)
    st.html(f"<p class='kz-note'><a target='_self' href='{place}'>{words}</a></p>")
