"""The town's base map, the same bytes for everyone (街の下地の地図)."""

from __future__ import annotations

import html
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import shapely

from geo.base.words import Words
from layers.maps.base_map import make_map
from layers.maps.browser_layers import (
    BASE_TILES,
    ONLINE,
    OSM_CREDIT,
    base_tiles,
    border_layer,
    online_tiles,
)
from layers.maps.ground_layers import name_layer
from layers.served.town import stamp, town_folder

if TYPE_CHECKING:
    import folium

    from geo.base.place import Plane
    from geo.town import Town

GROUNDS: Final = {
    "town": Words("この街の地図", "this town's own map"),
    "gsi_pale": Words("地理院タイル（淡色）", "GSI pale"),
    "gsi_std": Words("地理院タイル（標準）", "GSI standard"),
    "gsi_photo": Words("地理院タイル（写真）", "GSI photo"),
    "osm": Words("OpenStreetMap", "OpenStreetMap"),
}


def map_key() -> str:
    """Return a text that changes when the town is built anew (地図の版)."""
    return stamp(town_folder())


def town_map(
    town: Town, ground: str = "town", *, named: bool = True, outlined: bool = False,
    bordered: bool = False,
) -> folium.Map:  # fmt: skip
    """Return a fresh map over the town's border, with its ground (下地の地図).

    A fresh object each time: streamlit-folium changes the one it is given.

    Parameters
    ----------
    outlined
        Whether the areas of the first division are outlined and named in a town without streets,
        whose own ground is empty: else nobody would know where they look.
    bordered
        Whether they are so in every town: where a place is looked for by the area it is in.
    """
    drawn = make_map(_bounds(town.plane, town.border))
    online = next((name for name in ONLINE if name == ground), None)
    if online:
        online_tiles(online).add_to(drawn)
    else:
        base_tiles(f"{BASE_TILES}?v={map_key()}", attribution=_credit(town), named=named).add_to(
            drawn
        )
    if town.divisions and (bordered or (outlined and town.streetless)):
        url = f"/answer/borders.geojson?{urlencode({'division': town.divisions[0]})}&v={map_key()}"
        border_layer(url, strong=False).add_to(drawn)
        name_layer(url, strong=False).add_to(drawn)
    return drawn


@lru_cache(maxsize=4)
def _bounds(plane: Plane, border: shapely.Geometry) -> tuple[float, float, float, float]:
    """Return west, south, east, north of the border in degrees."""
    west, south, east, north = shapely.bounds(plane.to_degrees(border)).tolist()
    return west, south, east, north


def _credit(town: Town) -> str:
    """Return the credit of the streets as HTML; OpenStreetMap's with its link."""
    credit = next((one.credit or one.name for one in town.credits if one.role == "streets"), "")
    return OSM_CREDIT if "OpenStreetMap" in credit else html.escape(credit)
