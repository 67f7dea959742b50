"""What was just brought in, where its button stood, with the next step (取りこんだあと)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.words import Words
from layers.cards.list_query import PLACELESS
from layers.maps.popup import entity
from pages.parts.frame.office import address, button_link
from surveys.store.listing import SiteQuery, count_sites

if TYPE_CHECKING:
    from pages.parts.frame.office import Office

DONE: Final = "in_taken"


def show_taken(office: Office) -> bool:
    """Say what was brought in last, until another file is given; False where nothing was (取りこんだもの).

    A file another page handed over stays given: its plan, of which nothing is left to take, is
    not shown again in place of what came of it.
    """
    done = st.session_state.get(DONE)
    if not done:
        return False
    lang = office.lang
    lacking = count_sites(office.register, SiteQuery(placeless=True))[0]
    more = Words(
        f"場所がまだの所が {lacking:,}か所あります。地図を押して決めると、距離の数に入ります。",
        f"{lacking:,} have no place yet: tap the map to settle it, and distances count them.",
    )
    said = f"<br>{more.say(lang)}" if lacking else ""
    st.html(f"<div class='kz-saved' role='status'><b>{entity(done)}</b>{said}</div>")
    words = Words("一覧を見る", "See the list")
    there = address("sites", lang)
    if lacking:
        words = Words("場所がまだの所を、地図で決める", "Put those without a place on the map")
        there = address("sites", lang, **{PLACELESS: "1"})
    button_link(there, words, lang)
    return True
