"""What of the list has no place yet, and the way to put it on the map (場所がまだの所)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.words import Words
from layers.cards.list_query import PLACELESS
from layers.surveyed.addresses import find_rough
from pages.parts.frame.coverage_link import show_way_to_coverage
from pages.parts.listed.bound import PAGE_PART, ROW
from pages.parts.question.visit import write_address
from surveys.store.listing import SiteQuery, count_sites

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pages.parts.frame.office import Office
    from pages.parts.listed.asking import Wanted
    from surveys.record.site import Site

_HOW: Final = Words(
    "名前を押すと、住所の町丁目で地図が開きます。押した所が場所になります。",
    "Press a name: its map opens at the neighbourhood of its address, and a tap settles the place.",
)


def show_placeless(office: Office, wanted: Wanted) -> None:
    """Say how many of the list no map shows, with the way to them; nothing for none (場所がまだの数)."""
    lang = office.lang
    if wanted.query.placeless:
        if count_sites(office.register, wanted.query)[0]:
            st.html(f"<p class='kz-note'>{_HOW.say(lang)}</p>")
        return
    count = count_sites(office.register, replace(wanted.query, placeless=True))[0]
    if not count:
        return
    words = Words(
        f"場所がまだの所が {count:,}か所あります。地図に出ず、距離の数にも入りません。",
        f"{count:,} have no place yet: no map shows them, and no distance counts them.",
    )
    with st.container(horizontal=True, vertical_alignment="center", key="placeless"):
        st.html(f"<p class='kz-note'>{words.say(lang)}</p>", width="content")
        st.button(
            Words("地図で決める", "Put them on the map").say(lang), key="l_to_placeless",
            on_click=write_address, args=({PLACELESS: "1", PAGE_PART: "", ROW: ""},),
        )  # fmt: skip


def all_placed(office: Office) -> bool:
    """Say that nothing is without a place any more, with the way to the figure; False if some is (すべて決まった)."""
    lang = office.lang
    if count_sites(office.register, SiteQuery(placeless=True))[0]:
        return False
    words = Words("場所がまだの所は、もうありません。", "Nothing is without a place any more.")
    st.html(f"<div class='kz-saved' role='status'><b>{words.say(lang)}</b></div>")
    show_way_to_coverage(office.town, lang)
    return True


def rough_areas(office: Office, sites: Iterable[Site]) -> dict[str, str]:
    """Return by id the 町丁目 the address of a site without a place tells, marked so (町丁目まで)."""
    lacking = {one.id: str(one.answer("address") or "") for one in sites if one.place is None}
    mark = Words("（住所から。場所はまだ）", " (by its address; no place yet)").say(office.lang)
    return {id_: hit.town + mark for id_, hit in find_rough(office.town, lacking).items()}
