"""What the demo's records stand on: the town's places, streets and areas (デモの土台)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

_METRES_A_DEGREE = 111_000  # of latitude
_TRIES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One site of the town's own files (街の地点).

    Attributes
    ----------
    at
        Longitude and latitude.
    area
        Its outline in degrees where the map has one.
    """

    id: str
    kind: str
    name: str
    at: shapely.Point
    area: shapely.Polygon | None = None
    schedule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Street:
    """One stretch of street between two crossings, in degrees (道のひと区間)."""

    kind: str
    metres: float
    line: shapely.LineString


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The town as the demo's records need it (デモの土台).

    Attributes
    ----------
    places
        In the order of the town's own table.
    areas
        Outlines in degrees by the area's name.
    """

    places: tuple[Place, ...]
    streets: tuple[Street, ...]
    areas: Mapping[str, shapely.Geometry]

    def of_kind(self, kind: str) -> list[Place]:
        """Return the places of one kind (種類の地点)."""
        return [one for one in self.places if one.kind == kind]

    def named(self, kind: str, name: str) -> Place:
        """Return a place by its name (名前の地点).

        Raises
        ------
        KeyError
            When the town has none: the demo's pages must be mended.
        """
        for one in self.places:
            if one.kind == kind and one.name == name:
                return one
        raise KeyError(name)

    def near_street(self, at: shapely.Geometry, kinds: tuple[str, ...]) -> Street:
        """Return the nearest stretch of some kinds of street (近くの道)."""
        fitting = [one for one in self.streets if one.kind in kinds]
        return min(fitting, key=lambda one: (one.line.distance(at), one.line.wkt))

    def area_of(self, at: shapely.Geometry) -> str:
        """Return the neighbourhood a place lies in, "" for none (どの町か)."""
        return next((name for name, area in self.areas.items() if area.contains(at)), "")


def beside(at: shapely.Point, east_m: float, north_m: float) -> shapely.Point:
    """Return a point some metres away (少しはなれた点).

    Examples
    --------
    >>> beside(shapely.Point(138, 0), 0, 111).wkt
    'POINT (138 0.001)'
    """
    east = east_m / _METRES_A_DEGREE / math.cos(math.radians(at.y))
    return shapely.Point(round(at.x + east, 7), round(at.y + north_m / _METRES_A_DEGREE, 7))


def spot_inside(place: Place, rng: Random) -> list[float]:
    """Return a point inside a place's outline, or close to its middle (中の一点)."""
    if place.area is not None:
        west, south, east, north = place.area.bounds
        for _ in range(_TRIES):
            spot = shapely.Point(rng.uniform(west, east), rng.uniform(south, north))
            if place.area.contains(spot):
                return [round(spot.x, 7), round(spot.y, 7)]
    spot = beside(place.at, rng.uniform(-6, 6), rng.uniform(-6, 6))
    return [spot.x, spot.y]


def spot_at_edge(place: Place, share: float) -> list[float]:
    """Return a point on a place's outline, `share` of the way around (ふちの一点)."""
    if place.area is None:
        spot = beside(place.at, 8 * math.cos(share * math.tau), 8 * math.sin(share * math.tau))
    else:
        spot = place.area.exterior.interpolate(share, normalized=True)
    return [round(spot.x, 7), round(spot.y, 7)]
