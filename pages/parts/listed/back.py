"""The way back from a site sheet to its row of the list (一覧へもどる)."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from geo.base.words import Words
from layers.cards.list_query import is_part
from layers.maps.popup import entity
from pages.parts.frame.office import LIST, address
from pages.parts.listed.bound import PAGE_PART, ROW

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.base.words import Lang

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


def back_address(told: str, site_id: str, more: Mapping[str, str] = _NOTHING) -> str:
    """Return the address of a list with the row one came from (一覧のアドレス).

    Parameters
    ----------
    told
        The list as a query string, as `pages/sites.py` wrote it; anything else in it is left out.
    more
        What every address of this visit says: the question, the language.

    Examples
    --------
    >>> back_address("type=park&f.toilet=usable&page=3&evil=1", "s9")
    '/sites?type=park&f.toilet=usable&page=3&row=s9'
    """
    kept = {name: text for name, text in parse_qsl(told) if is_part(name) or name == PAGE_PART}
    return f"/sites?{urlencode({**more, **kept, ROW: site_id}, safe='/')}"


def show_back(site_id: str, lang: Lang) -> None:
    """Show the way back to the list, to the row one came from (一覧へもどる)."""
    more = dict(parse_qsl(address("sites", lang).partition("?")[2]))
    place = entity(back_address(st.query_params.get(LIST, ""), site_id, more))
    words = Words("← 一覧へもどる", "← Back to the list").say(lang)
    st.html(f"<p class='kz-note'><a target='_self' href='{place}'>{words}</a></p>")
