"""A Folium map on a page: shown once, changed layer by layer, and asked what was pressed (地図を出す)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import folium
import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from geo.base.words import Words
from layers.maps.base_map import ASSETS, asset_address
from layers.maps.drawn import read_layers, read_map
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geo.base.words import Lang

_PACKAGE: Final = "kayoi"
_NAME: Final = f"{_PACKAGE}.map"
_LONGEST: Final = 200
_MOST: Final = 2000
_LABEL: Final = Words(
    "地図。矢印で動かし、＋と−で大きさを変える。次の Tab でしるしへ",
    "Map: arrows move it, + and − change its size, the next Tab goes to its signs",
)
_WORDS: Final = {
    "label": _LABEL,
    "in": Words("大きく", "Zoom in"),
    "out": Words("小さく", "Zoom out"),
    "missing": Words(
        "地図を読みこめませんでした。画面を開き直してください。",
        "The map could not be loaded: reload the page.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """What was pressed on a map (押した所).

    Attributes
    ----------
    layer, id
        The layer's name and the sign's id; "" for the ground itself.
    ids
        Those of a group of signs that no view parts.
    lat, lng
        Degrees.
    """

    lat: float
    lng: float
    layer: str = ""
    id: str = ""
    ids: tuple[str, ...] = ()


def show_map(  # noqa: PLR0913 - what a page says of its map, each by name
    drawn: folium.Map,
    group: folium.FeatureGroup,
    *,
    key: str,
    height: int,
    lang: Lang,
    remember: bool = False,
    on_tap: Callable[[Tap], None] | None = None,
    tools: Mapping[str, Any] | None = None,
    lifts: bool = False,
) -> Tap | None:
    """Show a map with the layers of `group`, and return what was last pressed on it (地図を出す).

    The map is made once for each `key` and keeps its view; of its layers only those that changed
    are drawn anew. Inside a fragment a press runs the fragment alone.

    Parameters
    ----------
    height
        Pixels; less on a screen too low for it.
    remember
        Whether what the map shows stands in the address, as ``#zoom/lat/lng``.
    on_tap
        Told of each press, before the page is drawn anew.
    tools
        What ``kayoi_tools.js`` is told; None for a map without tools.
    lifts
        Whether a press on the ground opens a card: upright the map goes up, out of its way.
    """
    data = {
        "key": key, "map": read_map(drawn), "layers": read_layers(drawn, group), "height": height,
        "remember": remember, "module": asset_address("kayoi/kayoi_shown.js"),
        "scripts": [place for _, place in folium.Map.default_js],
        "styles": [place for _, place in folium.Map.default_css],
        "words": {id_: words.say(lang) for id_, words in _WORDS.items()},
        "kinds": {id_: one.words.say(lang) for id_, one in RECORD_TYPES.items()}, "tools": tools,
        "lifts": lifts,
    }  # fmt: skip

    def told() -> None:
        tap = read_tap(st.session_state[f"map-{key}"].get("tap"))
        if on_tap is not None and tap is not None:
            on_tap(tap)

    return read_tap(_mount(key, data, told))


def read_tap(said: object) -> Tap | None:
    """Return what a browser says was pressed, None for nothing or what no map could say (押した所を読む).

    Examples
    --------
    >>> read_tap({"layer": "sites", "id": "a", "lat": 35.0, "lng": 139.0}).id
    'a'
    >>> read_tap({"lat": "35", "lng": None}) is None
    True
    """
    if not isinstance(said, dict):
        return None
    lat, lng = _degrees(said.get("lat"), 90), _degrees(said.get("lng"), 180)
    if lat is None or lng is None:
        return None
    ids = said.get("ids")
    kept = ids[:_MOST] if isinstance(ids, list) else []
    return Tap(
        lat=lat, lng=lng, layer=_text(said.get("layer")), id=_text(said.get("id")),
        ids=tuple(filter(None, map(_text, kept))),
    )  # fmt: skip


def _degrees(said: object, most: int) -> float | None:
    if not isinstance(said, int | float) or not math.isfinite(said) or abs(said) > most:
        return None
    return float(said)


def _text(said: object) -> str:
    return said[:_LONGEST] if isinstance(said, str) else ""


def _mount(key: str, data: dict[str, Any], told: Callable[[], None]) -> object:
    """Put a map on the page, and return what it says was pressed."""
    return mount_part(f"map-{key}", data, on_tap_change=told).get("tap")


def mount_part(key: str, data: dict[str, Any], **told: Any) -> dict[str, Any]:  # noqa: ANN401
    """Put a part of our own on the page, and return what it says (自前の部品を置く).

    Parameters
    ----------
    data
        What the part is told; ``module`` is the address of its script.
    told
        What is called when a part of what it says changes: ``on_<name>_change``.
    """
    _declare()
    shown = st.components.v2.component(_NAME, js="kayoi_component.js", isolate_styles=False)
    return dict(shown(key=key, data=data, **told))


def _declare() -> None:
    """Tell the running server where the component's file lies, as an installed one's manifest would."""
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(_NAME) is None:
        part = ComponentConfig(name="map", asset_dir="kayoi")
        manifest = ComponentManifest(name=_PACKAGE, version="1", components=[part])
        manager.register_from_manifest(manifest, ASSETS)
