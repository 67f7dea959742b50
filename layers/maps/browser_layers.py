"""Folium layers that only name what the browser fetches: addresses, colours, numbers (地図の層).

No record's text ever stands in a script; it comes as JSON the browser shows as text.
"""

from __future__ import annotations

from typing import Final, Literal

import folium
from jinja2 import Template

from layers.maps.icons import icon_data_uri
from layers.maps.palette import INDIGO_DEEP, MAP_COLOURS, NOT_REACHED
from layers.maps.popup import script_json
from surveys.types import RECORD_TYPES

CELLS_FROM_ZOOM: Final = 15
BASE_TILES: Final = "/tiles/base/{z}/{x}/{y}.mvt"
OSM_CREDIT: Final = (
    '© <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a> contributors'
)
_GSI: Final = (
    '<a href="https://maps.gsi.go.jp/development/ichiran.html">地理院タイル</a>（国土地理院）'
)
_GSI_URL: Final = "https://cyberjapandata.gsi.go.jp/xyz"

Ground = Literal["gsi_pale", "gsi_std", "gsi_photo", "osm"]
ONLINE: Final[dict[Ground, tuple[str, str, int, int]]] = {
    "gsi_pale": (f"{_GSI_URL}/pale/{{z}}/{{x}}/{{y}}.png", _GSI, 5, 18),
    "gsi_std": (f"{_GSI_URL}/std/{{z}}/{{x}}/{{y}}.png", _GSI, 5, 18),
    "gsi_photo": (f"{_GSI_URL}/seamlessphoto/{{z}}/{{x}}/{{y}}.jpg", _GSI, 2, 18),
    "osm": ("https://tile.openstreetmap.org/{z}/{x}/{y}.png", OSM_CREDIT, 0, 19),
}


class BrowserLayer(folium.map.Layer):
    """A layer made by one function of ``kayoi.js`` (ブラウザで描く層).

    Parameters
    ----------
    function
        Its name.
    options
        What it takes; written so that no value can end the script or be run.
    """

    _template = Template(
        "{% macro script(this, kwargs) %}var {{ this.get_name() }} = "
        "kayoi.{{ this.function }}({{ this.options_json }});{% endmacro %}"
    )

    def __init__(self, function: str, **options: object) -> None:
        super().__init__(name=function, overlay=True, control=False, show=True)
        self._name = "KayoiLayer"
        self.function = function
        self.options_json = script_json(options)


def base_tiles(url: str, *, attribution: str = OSM_CREDIT, named: bool = True) -> BrowserLayer:
    """Return the town's own base map from vector tiles (街の下絵)."""
    return BrowserLayer("base", url=url, attribution=attribution, colours=MAP_COLOURS, named=named)


def online_tiles(ground: Ground) -> BrowserLayer:
    """Return a base map of 国土地理院 or OpenStreetMap, with its credit (インターネットの地図)."""
    url, credit, least, most = ONLINE[ground]
    return BrowserLayer("online", url=url, attribution=credit, minZoom=least, maxNativeZoom=most)


def road_layer(url: str) -> BrowserLayer:
    """Return all streets thin and grey, to lie over areas and under those within reach (道)."""
    return BrowserLayer("roads", url=url, color=NOT_REACHED)


def area_layer(url: str, *, shade: bool, named: bool = True, tap: str = "") -> BrowserLayer:
    """Return areas as shares in five steps, gaps hatched and numbered (地区の色分け).

    Parameters
    ----------
    tap
        What a press on a number says its layer is; "" for numbers that take none.
    """
    more = {"tap": tap} if tap else {}
    return BrowserLayer("areas", url=url, colours=MAP_COLOURS, shade=shade, named=named, **more)


def border_layer(url: str, *, strong: bool) -> BrowserLayer:
    """Return outlines: strong for 圏域, fine for 町丁 (境)."""
    return BrowserLayer("borders", url=url, colours=MAP_COLOURS, strong=strong)


def street_layer(url: str) -> BrowserLayer:
    """Return the streets within reach (届く道)."""
    return BrowserLayer("lines", url=url, color=INDIGO_DEEP, weight=2.4)


def mesh_layer(url: str) -> BrowserLayer:
    """Return 250 m squares, seen where single homes are not (ます目)."""
    return BrowserLayer("mesh", url=url, colours=MAP_COLOURS, below=CELLS_FROM_ZOOM)


def cell_layer(tiles: str, status: str) -> BrowserLayer:
    """Return the places where people live, by their state (住む所)."""
    return BrowserLayer(
        "cells", tiles=tiles, status=status, colours=MAP_COLOURS, **{"from": CELLS_FROM_ZOOM}
    )


def site_layer(url: str, kind: str) -> BrowserLayer:
    """Return the sites of one kind with their icon (地点).

    A ring marks those off the network, a dashed outline the map's own that nobody recorded.
    """
    size = RECORD_TYPES[kind].marker.size
    order = 700 if kind == "salon" else 500  # what it is all about lies on top
    return BrowserLayer(
        "sites",
        url=url,
        kind=kind,
        images=[
            icon_data_uri(kind, size, ring=off, mapped=mapped)
            for mapped in (False, True)
            for off in (False, True)
        ],
        size=size,
        order=order,
    )


def chosen_layer(key: str) -> BrowserLayer:
    """Return what sets off one sign, by the key its layer gave it: large, and on top (選んだしるし)."""
    return BrowserLayer("chosen", id=key)


def pin_layer(lat: float, lng: float) -> BrowserLayer:
    """Return a ring round the chosen place (選んだ所)."""
    return BrowserLayer("pin", lat=round(lat, 7), lng=round(lng, 7))
