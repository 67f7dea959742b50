"""地図: all there is of the town and its records, layer by layer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import folium
import streamlit as st

from geo.base.words import Words
from layers.layered.all import MAP_LAYERS
from layers.layered.parts.declare import Shown
from layers.layered.parts.signs import list_signs
from layers.maps.browser_layers import chosen_layer
from layers.maps.sign_legend import signs_legend
from layers.maps.town_map import map_key, town_map
from layers.served.answers import answer_key
from layers.served.register import register_stamp
from layers.surveyed.areas import area_at
from pages.parts.frame.declared import Page
from pages.parts.frame.frame import asked_before, begin_page
from pages.parts.frame.show_map import show_map
from pages.parts.map.card import say_group, show_card
from pages.parts.map.choice import PARTS, choice_now, put_choice
from pages.parts.map.measure import add_end, measure, show_measure
from pages.parts.map.panel import show_panel
from pages.parts.map.search import ask_search, look_now
from pages.parts.map.tools import LEGEND, map_tools
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from geo.base.words import Lang
    from geo.town import Town
    from layers.asked import Asked
    from layers.layered.parts.declare import MapLayer
    from pages.parts.frame.show_map import Tap
    from pages.parts.map.choice import Choice
    from pages.parts.map.measure import Measured

PAGE = Page(
    id="map", words=Words("地図", "Map"), group="map", order=20,
    kinds=("site", "walk", "track"),
)  # fmt: skip
TITLE = Words("この街には、何がどこにあるか", "What is where in this town?")
HEIGHT: Final = 640


def show_page() -> None:
    """Show the page (画面)."""
    town, lang = begin_page(TITLE, reads=PARTS)
    _show(town, lang)


@st.fragment
def _show(town: Town, lang: Lang) -> None:
    asked, choice = asked_before(town), choice_now(town, lang)
    shown = Shown(
        asked=asked, version=answer_key(asked), signs="-".join(register_stamp()[1:]), lang=lang,
        divisions=choice.divisions, on=choice.on, closed=choice.closed,
    )  # fmt: skip
    with st.container(key="onemap"):
        left, main = st.columns([0.3, 0.7], gap="medium")
    with main, st.container(key="mapside"):
        measured = _show_map(town, choice, shown, lang)
    with left, st.container(key="mappanel"):
        with st.container(key="mapcard"):
            show_card(town, choice, asked, lang)
        show_measure(measured, lang, streets=not town.streetless)
        ask_search(town, choice, lang)
        show_panel(town, choice, shown, lang)


def _show_map(town: Town, choice: Choice, shown: Shown, lang: Lang) -> Measured:
    """Show the map; where it is pressed to measure is in this visit's memory alone."""
    with st.spinner(_MEASURING.say(lang)):
        measured = measure(shown.asked)
    drawn = [MAP_LAYERS[id_] for id_ in choice.on if MAP_LAYERS[id_].off_words(shown) is None]
    group = folium.FeatureGroup(name="layers", control=False)
    for one in drawn:
        for layer in one.make(shown):
            layer.add_to(group)
    if choice.at:
        chosen_layer(choice.at).add_to(group)
    look = look_now()
    if look is not None:
        look.add_to(group)
    for layer in measured.layers(town.plane):
        layer.add_to(group)

    def press(tap: Tap) -> None:
        if measured.on:
            add_end(tap.lat, tap.lng)
            return
        put_choice(replace(choice, at=_said(town, shown.asked, tap)), town)

    show_map(
        town_map(town, choice.ground, named=False), group, key=f"one-{map_key()}", height=HEIGHT,
        lang=lang, remember=True, on_tap=press,
        tools=map_tools(town, choice, shown, measured, lang),
    )  # fmt: skip
    legends = _legend(drawn, shown) + measured.legend(lang)
    with st.container(key=LEGEND):
        st.html(legends or f"<p class='kz-note'>{_NOTHING.say(lang)}</p>")
    return measured


def _legend(drawn: list[MapLayer], shown: Shown) -> str:
    """Return the legends of the layers drawn, those of all kinds of places as one."""
    kinds = {
        one.id: list_signs(one.id, closed=shown.closed) for one in drawn if one.id in RECORD_TYPES
    }
    text = "".join(one.legend(shown) for one in drawn if one.id not in kinds)
    if not kinds:
        return text
    states = {kind: {one.state for one in signs} for kind, signs in kinds.items()}
    off = any(one.off for signs in kinds.values() for one in signs)
    return text + signs_legend(states, shown.lang, off=off)


_MEASURING: Final = Words("道のりをはかっています…", "walking the streets…")
_NOTHING: Final = Words(
    "何も出していません。見方か、出すものを選んでください。",
    "Nothing is shown: choose a view, or what to show.",
)


def _said(town: Town, asked: Asked, tap: Tap) -> str:
    """Return what was pressed as the address has it: never where, only which."""
    if tap.layer == "group":
        return say_group(tap.ids)
    if tap.id:
        return tap.id
    division = asked.division or town.divisions[0]
    row = area_at(town, division, tap.lng, tap.lat)
    return "" if row is None else f"area:{town.division(division)['area_id'].iloc[row]}"


show_page()
