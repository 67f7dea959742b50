"""Lay all streets of the demo town together (街じゅうの道を敷く)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import LineString

from geo.demo import estates, plan, streets
from geo.demo.joining import join_streets, split_motorway
from geo.demo.lines import cut_out

if TYPE_CHECKING:
    from shapely.geometry import Polygon
    from shapely.geometry.base import BaseGeometry

    from geo.demo.plan import Street

_OFF_WATER_M = plan.BANK_PATH_M + 6.0
_BESIDE_M = 11.0  # nearer than this, a lane and a main road would be one
_MOSTLY = 0.45
_YARDS_M = 90.0  # no track between the fields runs into the middle of a hamlet
_REACH_M = 75.0  # how far a grid's blind end is led on to meet a main road
_REACHING = ("machiya", "plain")


@dataclass(frozen=True, slots=True, kw_only=True)
class Streets:
    """All streets, joined (道の全体).

    Attributes
    ----------
    ways
        Streets a walker may use, bridges apart.
    motorway, rails
        What nobody walks on.
    blocks
        Polygons kept free of houses for a named use.
    """

    ways: list[Street]
    motorway: list[Street]
    rails: list[Street]
    blocks: dict[str, Polygon]


def lay_streets(rng: np.random.Generator) -> Streets:
    """Return the town's streets (道を敷く)."""
    main = streets.lay_main_roads()
    quarters: list[Street] = []
    blocks: dict[str, Polygon] = {}
    for grid in streets.GRIDS:
        laid, kept = streets.lay_grid(rng, grid)
        quarters += laid
        blocks |= kept
    quarters += [*estates.lay_hillside(rng), *estates.lay_new_estate(), *estates.lay_flats()]
    country: list[Street] = []
    for middle in estates.HAMLETS.values():
        country += estates.lay_hamlet(rng, middle)
    country += estates.lay_fields(rng)
    drawn = [*main, *streets.lay_bank_paths(), *_fit(quarters, main), *_fit(country, main)]
    ways, rails = join_streets(drawn, plan.RAIL_LINE)
    motorway = split_motorway(streets.lay_motorway(), [way.line for way in [*ways, *rails]])
    return Streets(ways=ways, motorway=motorway, rails=rails, blocks=blocks)


def _fit(laid: list[Street], main: list[Street]) -> list[Street]:
    """Cut lanes off the levee, drop those along a main road, and lead blind ends to one."""
    levee = plan.RIVER_AREA.buffer(_OFF_WATER_M)
    roads = [street.line for street in main]
    beside = shapely.union_all([road.buffer(_BESIDE_M) for road in roads])
    yards = shapely.union_all(
        [shapely.Point(xy).buffer(_YARDS_M) for xy in estates.HAMLETS.values()]
    )
    fitted = []
    for street in laid:
        walls = [levee] if street.over_rail else [levee, plan.RAIL_STRIP]
        if street.highway == "track":
            walls.append(yards)
        for part in cut_out(street.line, walls, shortest=25.0):
            if part.intersection(beside).length < _MOSTLY * part.length:
                grid = street.lots in _REACHING and not street.loose
                fitted.append(
                    replace(street, line=_reach_out(part, roads, walls) if grid else part)
                )
    return fitted


def _reach_out(line: LineString, roads: list[LineString], walls: list[BaseGeometry]) -> LineString:
    drawn = shapely.get_coordinates(line)
    for end, before in ((0, 1), (-1, -2)):
        step = drawn[end] - drawn[before]
        tip = drawn[end] + step / np.hypot(*step) * _REACH_M
        ray = LineString([drawn[end], tip])
        start = shapely.Point(drawn[end])
        if min(start.distance(road) for road in roads) < _BESIDE_M or any(
            ray.intersects(wall) for wall in walls
        ):
            continue
        met = [
            shapely.get_coordinates(ray.intersection(road))
            for road in roads
            if ray.intersects(road)
        ]
        if met:
            spots = np.vstack(met)
            spot = spots[np.hypot(*(spots - drawn[end]).T).argmin()]
            drawn = np.vstack([[spot], drawn] if end == 0 else [drawn, [spot]])
    return LineString(np.round(drawn, 3))
