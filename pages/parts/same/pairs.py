"""The pairs a person is asked about, and where they lie (尋ねる組)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import folium
import streamlit as st

from geo.base.words import Words
from layers.cards.site_html import icon_img
from layers.maps.legend import mapped_item
from layers.maps.popup import entity
from layers.maps.register_layers import look_layer, pair_layer
from layers.maps.town_map import map_key, town_map
from layers.served.walking import day_now
from pages.parts.frame.frame import label
from pages.parts.frame.office import link
from pages.parts.frame.show_map import show_map
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.base.words import Lang
    from layers.day.claiming import PlaceRow
    from pages.parts.frame.office import Office

SHOWN: Final = "sm_shown"
_PER_PAGE: Final = 6
_HEIGHT: Final = 340
_RIM_DEG: Final = 0.0012
_ANSWERS: Final = {
    "same": Words("同じ", "Same"),
    "other": Words("ちがう", "Not the same"),
    "later": Words("あとで", "Later"),
}


def call_place(kind: str, name: str, lang: Lang) -> str:
    """Return what a place of the map is called, plain text (地図の所の呼び名)."""
    words = label(RECORD_TYPES[kind].words, lang)
    return name or Words(f"名前のない{words}", f"{words} without a name").say(lang)


def name_place(row: PlaceRow, lang: Lang) -> str:
    """Return what the place of a pair is called, plain text (組の地図の所の呼び名)."""
    return call_place(row.kind, row.name, lang)


def name_record(row: PlaceRow, lang: Lang) -> str:
    """Return what a record is called, plain text (記録の呼び名)."""
    return row.called.say(lang) if row.called else ""


def say_gap(row: PlaceRow) -> Words:
    """Return how far the place lies from its record, and which way (記録からの方角と距離)."""
    return row.ways[0] if row.ways else Words("", "")


def show_pairs(
    office: Office,
    rows: Sequence[PlaceRow],
    later: Sequence[str],
    answer: Callable[[Office, PlaceRow, str], None],
) -> None:
    """Show the pairs as cards in the order given, a page of them (組の一覧).

    Parameters
    ----------
    later
        The places put off, by id: their cards say so.
    """
    lang = office.lang
    pages = -(-len(rows) // _PER_PAGE)
    key = "sm_page"
    if int(st.session_state.get(key) or 1) > pages:
        st.session_state[key] = pages
    page = int(st.session_state.get(key) or 1)
    for row in rows[(page - 1) * _PER_PAGE : page * _PER_PAGE]:
        with st.container(border=True, key=f"card_same_{row.place_id}"):
            st.html(_say_pair(row, lang, later=row.place_id in later))
            beside = st.container(horizontal=True, gap="small")  # in a row on a phone, too
            for said, words in _ANSWERS.items():
                beside.button(
                    words.say(lang), key=f"sm_{said}_{row.place_id}", width="stretch",
                    on_click=answer, args=(office, row, said),
                )  # fmt: skip
            st.button(
                Words("地図で見る", "See on the map").say(lang), key=f"sm_see_{row.place_id}",
                width="stretch", type="tertiary", on_click=_show, args=(row.place_id,),
            )  # fmt: skip
    if pages > 1:
        st.pagination(pages, key=key)


def _say_pair(row: PlaceRow, lang: Lang, *, later: bool) -> str:
    place, record = entity(name_place(row, lang)), name_record(row, lang)
    facts = [label(RECORD_TYPES[row.kind].words, lang), *(one.say(lang) for one in row.ways)]
    if row.alike:
        facts.append(Words("名前が似ている", "names are alike").say(lang))
    if later:
        facts.append(Words("「あとで」にした", "put off").say(lang))
    on_map, in_list = Words("地図", "Map").say(lang), Words("記録", "Record").say(lang)
    return (
        f"<p class='kz-itemhead'>{icon_img(row.kind, 30, mapped=True)} "
        f"<span class='kz-note'>{on_map}</span> {place}</p>"
        f"<p class='kz-itemhead'>{icon_img(row.kind, 30)} <span class='kz-note'>{in_list}</span> "
        f"{link('karte', record, lang, site=row.site_id)}</p>"
        f"<p class='kz-note'>{'　'.join(map(entity, facts))}</p>"
    )


def _show(place_id: str) -> None:
    st.session_state[SHOWN] = place_id


def show_on_map(office: Office, rows: Sequence[PlaceRow]) -> None:
    """Show one pair on the map: the one asked for, else the first (地図)."""
    lang = office.lang
    row = next((one for one in rows if one.place_id == st.session_state.get(SHOWN)), rows[0])
    joined = day_now().told.joined
    at = joined.things[(joined.things["rest_id"] == row.thing_id).to_numpy(dtype=bool)]
    lon, lat = (float(one[0]) for one in office.town.plane.to_lonlat(at["x_m"], at["y_m"]))
    group = folium.FeatureGroup(name="layers", control=False)
    pair_layer(row.kind, (row.lat, row.lon), (lat, lon)).add_to(group)
    west, east = sorted((row.lon, lon))
    south, north = sorted((row.lat, lat))
    box = (west - _RIM_DEG, south - _RIM_DEG, east + _RIM_DEG, north + _RIM_DEG)
    look_layer(box, row.place_id).add_to(group)
    st.html(
        f"<p class='kz-note'>{entity(name_place(row, lang))} — {entity(name_record(row, lang))}</p>"
    )
    show_map(
        town_map(office.town, outlined=True),
        group,
        key=f"same-{map_key()}",
        height=_HEIGHT,
        lang=lang,
    )
    recorded = Words("記録", "record").say(lang)
    st.html(
        f"<div class='kz-legend'><span>{icon_img(row.kind, 24)}{recorded}</span>"
        f"{mapped_item(row.kind, lang)}</div>"
    )
