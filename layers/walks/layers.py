"""Folium layers of a walk: its places to choose among, its numbered stops, its way (踏査の層)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import shapely

from geo.base.marks import shown
from layers.cards.bench_table import SURVEYS
from layers.maps.browser_layers import BrowserLayer
from layers.maps.icons import icon_data_uri
from layers.maps.palette import CAUTION, INDIGO_DEEP, VERMILION
from layers.maps.register_layers import sketch_layer
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.analysis.band import Band
    from geo.base.place import Plane
    from geo.town import Town
    from layers.walks.places import Place

_SIGN_PX: Final = 30
_WAY_PX: Final = 4
_REASON_PX: Final = 10
_SURVEY_PX: Final = 7  # wider than the way, which may run along it


def choice_layer(places: Sequence[Place], plane: Plane, today: str) -> BrowserLayer:
    """Return the places to choose among (候補のしるし).

    Hollow when they ask to be confirmed, and dashed while only the map has them.

    Parameters
    ----------
    today
        ``2026-11-21``.
    """
    images = {
        kind: [
            icon_data_uri(kind, _SIGN_PX),
            icon_data_uri(kind, _SIGN_PX, hollow=True),
            icon_data_uri(kind, _SIGN_PX, mapped=True),
        ]
        for kind in RECORD_TYPES
    }
    features = []
    for place, (lat, lon) in zip(places, _lat_lons(places, plane), strict=True):
        due = "fresh" if place.due_on > today else "due" if place.seen_on else "never"
        properties = {
            "kind": place.kind, "title": shown(place.title), "lat": lat, "lon": lon,
            "due": due if place.recorded else "map",
        }  # fmt: skip
        geometry = {"type": "Point", "coordinates": [lon, lat]}
        features.append({"type": "Feature", "geometry": geometry, "properties": properties})
    data = {"type": "FeatureCollection", "features": features}
    return BrowserLayer("register", url=data, images=images, size=_SIGN_PX, selected="")


def stop_layer(stops: Sequence[tuple[Place, int]], plane: Plane) -> BrowserLayer:
    """Return the places of a walk, each with its number (番号つきの行く所)."""
    at = _lat_lons([place for place, _ in stops], plane)
    things = [
        (place.kind, lat, lon, str(number))
        for (place, number), (lat, lon) in zip(stops, at, strict=True)
    ]
    return sketch_layer(next(iter(RECORD_TYPES)), [], closed=False, things=things)


def way_layer(way: shapely.Geometry) -> BrowserLayer:
    """Return the line to walk, in degrees (歩く線)."""
    feature = {"type": "Feature", "geometry": shapely.geometry.mapping(way), "properties": {}}
    return _line_layer(feature, color=INDIGO_DEEP, weight=_WAY_PX)


def survey_lines(town: Town, band: Band) -> shapely.Geometry | None:
    """Return the first streets whose survey narrows a band, in degrees; None for none (先に見たい道)."""
    streets = band.streets["edges"].head(SURVEYS)
    lines = [town.network.polyline(edge) for edges in streets for edge in edges]
    return town.plane.to_degrees(shapely.MultiLineString(lines)) if lines else None


def survey_layer(streets: shapely.Geometry) -> BrowserLayer:
    """Return the streets nobody looked at that matter most, in degrees (先に見たい道)."""
    feature = {"type": "Feature", "geometry": shapely.geometry.mapping(streets), "properties": {}}
    return _line_layer(feature, color=CAUTION, weight=_SURVEY_PX)


def reason_layer(streets: shapely.Geometry) -> BrowserLayer:
    """Return the streets that keep people of a place away, in degrees (わけの道)."""
    feature = {"type": "Feature", "geometry": shapely.geometry.mapping(streets), "properties": {}}
    return _line_layer(feature, color=VERMILION, weight=_REASON_PX)


def _line_layer(feature: dict[str, Any], **style: object) -> BrowserLayer:
    data = {"type": "FeatureCollection", "features": [feature]}
    return BrowserLayer("lines", url=data, **style)


def box_of(
    places: Sequence[Place], plane: Plane, rim_deg: float
) -> tuple[float, float, float, float] | None:
    """Return west, south, east, north round places, ``None`` for none (囲む範囲)."""
    at = _lat_lons([one for one in places if one.at_m is not None], plane)
    if not at:
        return None
    lats, lons = [one[0] for one in at], [one[1] for one in at]
    return (min(lons) - rim_deg, min(lats) - rim_deg, max(lons) + rim_deg, max(lats) + rim_deg)


def _lat_lons(places: Sequence[Place], plane: Plane) -> list[tuple[float, float]]:
    if not places:
        return []
    lon, lat = plane.to_lonlat([one.x_m for one in places], [one.y_m for one in places])
    return [(round(float(y), 7), round(float(x), 7)) for x, y in zip(lon, lat, strict=True)]
