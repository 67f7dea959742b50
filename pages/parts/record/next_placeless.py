"""The next site without a place, once one was settled or left for later (次の「場所がまだの所」へ)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

import streamlit as st

from geo.base.problems import InputError
from geo.base.words import Words
from layers.cards.list_area import place_query
from layers.cards.list_query import parse_query
from pages.parts.frame.coverage_link import show_way_to_coverage
from pages.parts.frame.office import LIST
from pages.parts.question.visit import write_address
from surveys.store.listing import SiteQuery, list_sites

if TYPE_CHECKING:
    from pages.parts.frame.office import Office
    from surveys.record.site import Site

_SETTLED: Final = "placeless:settled"
_LATER: Final = "placeless:later"
_AT_ONCE: Final = 200


def note_settled(site_id: str) -> None:
    """Keep which site was given its place last, so that its sheet shows the way on (決めた所を控える)."""
    st.session_state[_SETTLED] = site_id


def show_settled(office: Office, site: Site) -> None:
    """Say on the sheet of the site just settled that it is, with the way to the next (決めたあと)."""
    if st.session_state.get(_SETTLED) != site.id:
        return
    lang = office.lang
    following, left = next_without_place(office, site.id)
    done = Words("場所を決めました。", "The place is settled.")
    if following is None:
        done = Words(
            f"{done.ja}場所がまだの所は、もうありません。",
            f"{done.en} Nothing is without a place any more.",
        )
    st.html(f"<div class='kz-saved' role='status'><b>{done.say(lang)}</b></div>")
    if following is None:
        show_way_to_coverage(office.town, lang)
        return
    words = Words(
        f"次の「場所がまだの所」へ（あと{left:,}か所）", f"The next without a place ({left:,} left)"
    )
    st.button(
        words.say(lang), key="k_next_placeless", type="primary", width="stretch",
        on_click=write_address, args=({"site": following},),
    )  # fmt: skip


def show_later(office: Office, site: Site) -> None:
    """Offer to leave this site for later, where others have no place either (あとにして次へ)."""
    following, left = next_without_place(office, site.id)
    if following is None:
        return
    words = Words(f"あとにして、次へ（ほか{left:,}か所）", f"Later; the next ({left:,} more)")
    st.button(
        words.say(office.lang), key="k_later_placeless", width="stretch",
        on_click=_leave, args=(site.id, following),
    )  # fmt: skip


def _leave(site_id: str, following: str) -> None:
    later = st.session_state.setdefault(_LATER, [])
    st.session_state[_LATER] = [*(one for one in later if one != site_id), site_id]
    write_address({"site": following})


def next_without_place(office: Office, site_id: str) -> tuple[str | None, int]:
    """Return the next site without a place, and how many there are beside this one (次の所).

    Of the list one came from, as long as it has any; then of all. What was left for later comes
    last, the longest left first.
    """
    everything = SiteQuery(placeless=True)
    for query in (_asked(office), everything):
        found, total = list_sites(office.register, query, limit=_AT_ONCE)
        ids = [one.id for one in found]
        others = [one for one in ids if one != site_id]
        if others:
            later = st.session_state.get(_LATER, [])
            order = {one: at for at, one in enumerate(later)}
            first = min(others, key=lambda one: order.get(one, -1))
            return first, total - (site_id in ids)
    return None, 0


def _asked(office: Office) -> SiteQuery:
    """Return what the list one came from asks, if it is one of what has no place; else all of these."""
    params = dict(parse_qsl(st.query_params.get(LIST, "")))
    try:
        query = place_query(office.town, parse_query(params), params)
    except InputError:
        return SiteQuery(placeless=True)
    return query if query.placeless else SiteQuery(placeless=True)
