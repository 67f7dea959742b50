"""Folium layers of the register: its sites, and what is being placed (台帳の層)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.maps.browser_layers import BrowserLayer
from layers.maps.icons import icon_data_uri
from surveys.types import EVERY_TYPE, RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIGN_PX = 30
_THING_PX = 26
_PAIR_PX = 40  # the place's sign stands round the record's where both are on one point


def register_layer(url: str, *, selected: str = "") -> BrowserLayer:
    """Return the sites that `url` gives, hollow when they ask to be confirmed (台帳の地点)."""
    images = {
        kind: [icon_data_uri(kind, _SIGN_PX), icon_data_uri(kind, _SIGN_PX, hollow=True)]
        for kind in RECORD_TYPES
    }
    colours = {kind: type_.marker.colour for kind, type_ in RECORD_TYPES.items()}
    return BrowserLayer(
        "register", url=url, images=images, colours=colours, size=_SIGN_PX, selected=selected
    )


def sketch_layer(
    kind: str,
    corners: Sequence[tuple[float, float]],
    *,
    closed: bool,
    things: Sequence[tuple[str, float, float, str]] = (),
) -> BrowserLayer:
    """Return the shape being placed, and the things inside it (置いている形).

    Parameters
    ----------
    corners
        (lat, lon), as Leaflet has them; one is a point.
    closed
        Whether the corners go round an area.
    things
        Kind, lat, lon and number of each bench, toilet … of the site.
    """
    return BrowserLayer(
        "sketch",
        corners=[[round(lat, 7), round(lon, 7)] for lat, lon in corners],
        closed=closed,
        image=icon_data_uri(kind, 44),
        color=EVERY_TYPE[kind].marker.colour,
        things=[
            {
                "at": [round(lat, 7), round(lon, 7)],
                "image": icon_data_uri(own, _THING_PX),
                "label": label,
            }
            for own, lat, lon, label in things
        ],
    )


def pair_layer(kind: str, place: tuple[float, float], record: tuple[float, float]) -> BrowserLayer:
    """Return a place of the map and the record that may be of it (地図の所と記録).

    Parameters
    ----------
    place, record
        (lat, lon), as Leaflet has them.
    """
    things = [
        {
            "at": [round(lat, 7), round(lon, 7)],
            "image": icon_data_uri(kind, size, mapped=mapped),
            "label": "",
            "size": size,
        }
        for (lat, lon), size, mapped in ((place, _PAIR_PX, True), (record, _THING_PX, False))
    ]
    return BrowserLayer(
        "sketch", corners=[], closed=False, image="", color=EVERY_TYPE[kind].marker.colour,
        things=things,
    )  # fmt: skip


def look_layer(bounds: tuple[float, float, float, float], key: str) -> BrowserLayer:
    """Return what turns the map's view to `bounds` once for each `key` (そこを見る).

    Parameters
    ----------
    bounds
        West, south, east, north in degrees.
    """
    west, south, east, north = (round(value, 6) for value in bounds)
    return BrowserLayer("look", bounds=[[south, west], [north, east]], key=key)
