"""Place a site, its line or area, and the things inside it, by tapping the map (地図で場所を決める)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import folium
import shapely
import streamlit as st

from geo.base.marks import shown
from geo.base.words import Words
from layers.maps.register_layers import look_layer, register_layer, sketch_layer
from layers.maps.town_map import map_key, town_map
from pages.parts.frame.frame import label, pick
from pages.parts.frame.show_map import show_map
from pages.parts.record.tapping import rough_box
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.base.words import Lang
    from pages.parts.frame.office import Office
    from surveys.declaration.record_type import RecordType, Shape

SITE: Final = "site"
_SHAPE_WORDS: Final[dict[Shape, Words]] = {
    "point": Words("点", "point"),
    "line": Words("線", "line"),
    "area": Words("範囲", "area"),
}
_HEIGHT: Final = 400
_NEAR_DEG: Final = 0.0022  # about 200 m round a point


def ask_place(
    office: Office,
    name: str,
    type_: RecordType,
    place: shapely.Geometry | None,
    answers: Mapping[str, Any],
) -> tuple[shapely.Geometry | None, dict[str, list[float]]]:
    """Show the map and return the place, and the points of things tapped now (場所を聞く).

    Parameters
    ----------
    name
        Part of every widget's key: the draft's id.
    place
        In degrees, as it is in the draft.

    Returns
    -------
    tuple
        The place; and by ``benches/a1``, ``[lon, lat]`` of what was just placed.
    """
    lang = office.lang
    things = _things(type_, answers, lang)
    target = SITE
    if things:
        words = {
            SITE: label(type_.words, lang),
            **{key: said for key, (said, *_rest) in things.items()},
        }
        title = Words("地図を押して、場所を決めるもの", "A tap on the map places")
        target = _choose(f"p:{name}:target", title.say(lang), words)
    shape: Shape = "point"
    if target == SITE and len(type_.shapes) > 1:
        shapes: dict[str, str] = {one: label(_SHAPE_WORDS[one], lang) for one in type_.shapes}
        first = _shape_of(place) or type_.shapes[0]
        shape = pick(Words("形", "Shape"), list(shapes), shapes, f"p:{name}:shape", lang, first)  # type: ignore[assignment]
    elif target == SITE:
        shape = type_.shapes[0]
    corners = corners_of(place, shape)
    tapped = _show_map(office, name, type_, corners, shape, things, answers)
    moved: dict[str, list[float]] = {}
    if tapped and target != SITE:
        moved[target] = [round(tapped[1], 7), round(tapped[0], 7)]
    elif tapped:
        corners = [tapped] if shape == "point" else [*corners, tapped]
        place = make_place(corners, shape)
    return _correct(office, name, type_, place, shape, corners), moved


def corners_of(place: shapely.Geometry | None, shape: Shape) -> list[tuple[float, float]]:
    """Return a shape's corners as (lat, lon); none when it is of another kind (角の一覧)."""
    if place is None or _shape_of(place) != shape:
        # A line of one corner is kept as a point until its second, an area of two as a line.
        begun = {"line": 1, "area": 2}.get(shape, 0)
        known = [] if place is None else shapely.get_coordinates(place).tolist()
        return [(y, x) for x, y in known] if len(known) <= begun else []
    part = place
    if part.geom_type.startswith("Multi"):
        part = max(part.geoms, key=lambda one: one.length)
    ring = part.exterior.coords[:-1] if part.geom_type == "Polygon" else part.coords
    return [(float(y), float(x)) for x, y, *_ in ring]


def make_place(corners: list[tuple[float, float]], shape: Shape) -> shapely.Geometry | None:
    """Return the shape of corners given as (lat, lon) (角から形をつくる).

    Two corners of an area are a line until the third, one of either a point.
    """
    at = [(lon, lat) for lat, lon in corners]
    if not at:
        return None
    if len(at) == 1 or shape == "point":
        return shapely.Point(at[-1])
    if shape == "area" and len(at) > 2:  # noqa: PLR2004 - said by its name
        return shapely.Polygon(at)
    return shapely.LineString(at)


def _shape_of(place: shapely.Geometry | None) -> Shape | None:
    kinds: dict[str, Shape] = {"Point": "point", "LineString": "line", "Polygon": "area"}
    return None if place is None else kinds.get(place.geom_type.removeprefix("Multi"))


def _things(
    type_: RecordType, answers: Mapping[str, Any], lang: Lang
) -> dict[str, tuple[str, str, str, list[float] | None]]:
    """Return by path what each thing inside the site is called, its sign, number and point."""
    found: dict[str, tuple[str, str, str, list[float] | None]] = {}
    for field in type_.fields:
        items = answers.get(field.id)
        if field.item is None or not isinstance(items, list):
            continue
        point = next((one.id for one in field.item.fields if one.kind == "point"), None)
        if point is None:
            continue
        for number, item in enumerate(items, start=1):
            said = f"{field.item.words.say(lang)} {number}"
            found[f"{field.id}/{item['_id']}/{point}"] = (
                said, field.item.marker, str(number), item.get(point),
            )  # fmt: skip
    return found


def _choose(key: str, title: str, words: dict[str, str]) -> str:
    if st.session_state.get(key) not in words:
        st.session_state[key] = SITE
    return str(
        st.selectbox(title, list(words), key=key, format_func=lambda one: shown(words[one])) or SITE
    )


def _legend(type_: RecordType, lang: Lang) -> str:
    words = Words(
        f"小さいしるし：一覧にある{type_.words.ja}　大きいしるし・線・範囲：いま書いている地点",
        f"Small signs: each {type_.words.en} of the register; the large sign, line or area: this one",
    )
    return f"<p class='kz-note'>{words.say(lang)}</p>"


def _show_map(
    office: Office,
    name: str,
    type_: RecordType,
    corners: list[tuple[float, float]],
    shape: Shape,
    things: dict[str, tuple[str, str, str, list[float] | None]],
    answers: Mapping[str, Any],
) -> tuple[float, float] | None:
    """Show the map and return the (lat, lon) tapped since the last run."""
    group = folium.FeatureGroup(name="layers", control=False)
    version = map_key()
    register_layer(f"/register/pins.geojson?type={type_.id}&v={office.register.stamp()}").add_to(
        group
    )
    placed = [
        (marker, at[1], at[0], number)
        for _, marker, number, at in things.values()
        if at and marker in RECORD_TYPES
    ]
    sketch_layer(type_.id, corners, closed=shape == "area", things=placed).add_to(group)
    near = None if corners else rough_box(office, answers)
    if near is not None:
        look_layer(near[1], name).add_to(group)
    if corners:
        lats, lons = [at[0] for at in corners], [at[1] for at in corners]
        box = (
            min(lons) - _NEAR_DEG, min(lats) - _NEAR_DEG, max(lons) + _NEAR_DEG, max(lats) + _NEAR_DEG,
        )  # fmt: skip
        look_layer(box, name).add_to(group)
    at = show_map(
        town_map(office.town, bordered=True),
        group,
        key=f"place-{name}-{version}",
        height=_HEIGHT,
        lang=office.lang,
    )
    st.html(_legend(type_, office.lang))
    if at is None:
        return None
    now = (at.lat, at.lng)
    key = f"p:{name}:tapped"
    if st.session_state.get(key) == now:
        return None
    st.session_state[key] = now
    return now


def _correct(
    office: Office,
    name: str,
    type_: RecordType,
    place: shapely.Geometry | None,
    shape: Shape,
    corners: list[tuple[float, float]],
) -> shapely.Geometry | None:
    """Show what was placed in words, and let the last tap or all of it be taken back."""
    lang = office.lang
    said = _say_placed(shape, len(corners), needed=type_.pin_needed, placed=place is not None)
    if place is None:
        st.html(f"<p class='kz-note' role='status'>{said.say(lang)}</p>")
        return None
    text, back, clear = st.columns([0.4, 0.28, 0.32], vertical_alignment="center")
    text.html(f"<p class='kz-note' role='status'>{said.say(lang)}</p>")
    if (
        shape != "point"
        and len(corners) > 1
        and back.button(
            Words("1点もどす", "Back one").say(lang), key=f"p:{name}:back", width="stretch"
        )
    ):
        place = make_place(corners[:-1], shape)
    if clear.button(Words("場所を消す", "Clear").say(lang), key=f"p:{name}:clear", width="stretch"):
        place = None
    return place


def _say_placed(shape: Shape, corners: int, *, needed: bool, placed: bool) -> Words:
    """Return what stands on the map, and what the next tap does (場所のことば)."""
    how: dict[Shape, Words] = {
        "point": Words("地図を押すと決まります。", "Tap the map."),
        "line": Words(
            "地図を、道にそって順に押します（2点から）。", "Tap along the way: two points or more."
        ),
        "area": Words(
            "地図を、まわりにそって順に押します（3点から）。",
            "Tap round its edge: three points or more.",
        ),
    }
    if not placed and needed:
        return Words(f"まだ場所がありません。{how[shape].ja}", f"No place yet. {how[shape].en}")
    if not placed:
        return Words(
            f"場所はなくてもかまいません。{how[shape].ja}",
            f"A place is not needed. {how[shape].en}",
        )
    if shape == "point":
        return Words("場所を決めました。押し直すと、うつります。", "Placed; another tap moves it.")
    lacking = (2 if shape == "line" else 3) - corners
    if lacking > 0:
        return Words(
            f"{corners}点を押しました。あと{lacking}点要ります。",
            f"{corners} tapped, {lacking} more needed.",
        )
    name = _SHAPE_WORDS[shape]
    return Words(
        f"{corners}点の{name.ja}です。続けてのばせます。",
        f"{name.en} of {corners} points; tap on to go on.",
    )
