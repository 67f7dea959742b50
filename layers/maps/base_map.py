"""The Folium map everything is drawn on, with all scripts from our own server (下地の地図)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Final

import folium
from branca.element import MacroElement
from jinja2 import Template

ASSETS: Final = Path(__file__).parents[1] / "assets" / "dist"
MAX_ZOOM: Final = 20


class Dress(MacroElement):
    """Puts scale, zoom buttons and credit where they belong (地図の身支度)."""

    _template = Template(
        "{% macro script(this, kwargs) %}kayoi.dress({{ this._parent.get_name() }});{% endmacro %}"
    )


def make_map(bounds: tuple[float, float, float, float]) -> folium.Map:
    """Return an empty map that shows `bounds` (空の地図).

    Parameters
    ----------
    bounds
        West, south, east, north in degrees. The same bounds give the same script, so that
        the browser keeps the map and its view when only layers change.
    """
    west, south, east, north = (round(value, 5) for value in bounds)
    made = folium.Map(
        location=[(south + north) / 2, (west + east) / 2],
        zoom_start=14,
        tiles=None,
        zoomSnap=0.25,
        zoomDelta=1,
        maxZoom=MAX_ZOOM,
        minZoom=10,  # the tiles begin at 9, and the browser asks one below what it shows
        prefer_canvas=False,
    )
    made.fit_bounds([[south, west], [north, east]])
    Dress().add_to(made)  # type: ignore[no-untyped-call]
    return made


@cache
def asset_version(place: str) -> str:
    """Return what changes with one of our files' content, "" for a file that is none of them (版)."""
    try:
        files = json.loads((ASSETS / "manifest.json").read_text(encoding="utf-8"))["files"]
    except FileNotFoundError:
        return ""
    return str(files.get(place, ""))[:12]


def asset_address(place: str) -> str:
    """Return the address of one of our files, which changes with its content (部品のアドレス).

    Raises
    ------
    FileNotFoundError
        When it was never built, or not since it was added: ``pip install -e .`` builds them.
    """
    version = asset_version(place)
    if not version:
        raise FileNotFoundError(f"{place} is not built yet: run pip install -e . (or make demo)")
    return f"/assets/{place}?v={version}"


def use_own_assets() -> None:
    """Have Folium load its scripts from ``/assets/`` and never from elsewhere (自前の部品を使う)."""
    folium.Map.default_js = [
        ("leaflet", asset_address("leaflet/leaflet.js")),
        ("protomaps", asset_address("protomaps-leaflet/protomaps-leaflet.js")),
        ("kayoi_apart", asset_address("kayoi/kayoi_apart.js")),
        ("kayoi", asset_address("kayoi/kayoi.js")),
        ("kayoi_board", asset_address("kayoi/kayoi_board.js")),
        ("kayoi_ground", asset_address("kayoi/kayoi_ground.js")),
        ("kayoi_places", asset_address("kayoi/kayoi_places.js")),
        ("kayoi_rests", asset_address("kayoi/kayoi_rests.js")),
        ("kayoi_changes", asset_address("kayoi/kayoi_changes.js")),
        ("kayoi_register", asset_address("kayoi/kayoi_register.js")),
    ]
    folium.Map.default_css = [
        ("leaflet_css", asset_address("leaflet/leaflet.css")),
        ("kayoi_css", asset_address("kayoi/kayoi.css")),
    ]


use_own_assets()
