"""Settle the place of a site by a tap, the map opened where its address says (おして場所を決める)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import folium
import shapely
import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from layers.maps.popup import entity
from layers.maps.register_layers import look_layer, register_layer, sketch_layer
from layers.maps.town_map import map_key, town_map
from layers.surveyed.addresses import find_rough
from layers.surveyed.areas import area_at
from pages.parts.frame.office import new_id, now_text, role_now, today
from pages.parts.frame.show_map import show_map
from pages.parts.record.next_placeless import note_settled, show_later
from surveys.record.compose import Written, compose
from surveys.record.history import Origin

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.base.addressed.book import Hit
    from pages.parts.frame.office import Office
    from pages.parts.frame.show_map import Tap
    from surveys.record.site import Site

Box = tuple[float, float, float, float]
_HEIGHT: Final = 320
_NEAR_DEG: Final = 0.0045  # about 500 m: a 町丁目
_ROUND: Final = 0.3  # of its size, round a 町丁目, so that its neighbours' names are seen
_ADDRESS: Final = "address"


def rough_box(office: Office, answers: Mapping[str, object]) -> tuple[Hit, Box] | None:
    """Return the 町丁目 an address tells and what to look at of it, ``None`` where it tells none (開く所)."""
    text = str(answers.get(_ADDRESS) or "")
    hit = find_rough(office.town, {_ADDRESS: text}).get(_ADDRESS)
    if hit is None:
        return None
    area = area_at(office.town, office.town.divisions[0], hit.lon, hit.lat)
    if area is not None:
        shape = office.town.division(office.town.divisions[0]).geometry.iloc[area]
        west, south, east, north = shapely.bounds(office.town.plane.to_degrees(shape)).tolist()
        wide, high = _ROUND * (east - west), _ROUND * (north - south)
        return hit, (west - wide, south - high, east + wide, north + high)
    return hit, (
        hit.lon - _NEAR_DEG, hit.lat - _NEAR_DEG, hit.lon + _NEAR_DEG, hit.lat + _NEAR_DEG,
    )  # fmt: skip


def show_tapping(office: Office, site: Site) -> None:
    """Show the map of a site without a place; a tap and a press settle it (場所を決める地図)."""
    lang = office.lang
    found = rough_box(office, site.answers)
    st.html(f"<p class='kz-note'>{entity(_say_how(found, site).say(lang))}</p>")
    if "point" not in site.type.shapes:
        return
    _show_map(office, site, None if found is None else found[1])
    show_later(office, site)


def _say_how(found: tuple[Hit, Box] | None, site: Site) -> Words:
    if "point" not in site.type.shapes:
        return Words(
            "場所はまだ決まっていません。「見て書く・直す」で地図を押すと決まります。",
            "It has no place yet: tap the map under “Write or correct”.",
        )
    if found is None:
        return Words(
            "場所はまだ決まっていません。地図を押すと決められ、歩いて近い所もここに出ます。",
            "It has no place yet: tap the map to settle it, and what is near shows here.",
        )
    town = found[0].town
    return Words(
        f"場所は「{town}」までしか分かりません（住所から）。地図を押すと決められ、歩いて近い所もここに出ます。"
        "決めるまで、距離の数には入りません。",
        f"Its place is known to {town} alone, by its address. Tap the map to settle it; until then no"
        " distance counts it.",
    )


@st.fragment
def _show_map(office: Office, site: Site, box: Box | None) -> None:
    lang, key = office.lang, f"tapping-{site.id}"
    # Above the map: what a press did, and the button it is kept with, are never below the fold.
    said_row = st.container()
    group = folium.FeatureGroup(name="layers", control=False)
    register_layer(f"/register/pins.geojson?v={office.register.stamp()}").add_to(group)
    at = st.session_state.get(key)
    sketch_layer(site.type.id, [at] if at else [], closed=False, things=[]).add_to(group)
    if box is not None:
        look_layer(box, site.id).add_to(group)

    def keep(tap: Tap) -> None:
        st.session_state[key] = (tap.lat, tap.lng)

    show_map(
        town_map(office.town, bordered=True),
        group,
        key=f"{key}-{map_key()}",
        height=_HEIGHT,
        lang=lang,
        on_tap=keep,
    )
    words = Words("ここに決める", "Settle it here")
    if at is None:
        said = Words("地図を押してください。", "Tap the map.")
    else:
        said = Words(
            "押した所にしるしを置きました。押し直すと、うつります。",
            "Marked; another tap moves it.",
        )
    text, button = said_row.columns([0.55, 0.45], vertical_alignment="center")
    text.html(f"<p class='kz-note' role='status'>{said.say(lang)}</p>")
    pressed = button.button(
        words.say(lang), key=f"{key}-settle", type="primary", width="stretch", disabled=at is None
    )
    if pressed and at is not None:
        _settle(office, site, at)


def _settle(office: Office, site: Site, at: tuple[float, float]) -> None:
    """Keep the tapped place as a correction: said at a desk, not seen on site."""
    id_ = new_id()
    version, faults = compose(
        site.type,
        site.state,
        Written(
            version_id=id_, record_id=id_, site_id=site.id, kind="correct",
            origin=Origin(
                source="told", sure="sure", by=role_now(office.lang), on=today().isoformat()
            ),
            made_at=now_text(), place=shapely.Point(at[1], at[0]),
        ),
    )  # fmt: skip
    wrong = faults[0][1] if faults else None
    try:
        if wrong is None:
            office.register.save(version)
    except InputError as error:
        wrong = outside(error.words)
    if wrong is not None:
        st.html(f"<p class='kz-fault'>{entity(wrong.say(office.lang))}</p>")
        return
    st.session_state.pop(f"tapping-{site.id}", None)
    note_settled(site.id)
    st.toast(Words("場所を決めました", "The place is settled").say(office.lang))
    st.rerun()
