"""Neighbourhoods, and the care areas that cut across them (町丁目と日常生活圏域)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import shapely
from shapely.geometry import LineString, Point

from geo.demo import plan
from geo.demo.lines import smooth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry import Polygon
    from shapely.geometry.base import BaseGeometry

CITY_CODE: Final = "99201"  # no prefecture has the code 99


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One area of a division, with how its people live (地区).

    Attributes
    ----------
    name, code
        Its name; 11 digits (city 5, town 4, 丁目 2), or a short number.
    inside
        A point that lies in it on the plan.
    way_of_life
        Key of `geo.demo.people.WAYS_OF_LIFE`.
    """

    name: str
    code: str
    inside: tuple[float, float]
    way_of_life: str


def _town(name: str, town: int, chome: int, x: float, y: float, way_of_life: str) -> Area:
    return Area(
        name=name, code=f"{CITY_CODE}{town:04d}{chome:02d}", inside=(x, y), way_of_life=way_of_life
    )


NEIGHBOURHOODS: Final = (
    _town("本町一丁目", 10, 1, 700, 1750, "centre"),
    _town("本町二丁目", 10, 2, 1150, 1750, "centre"),
    _town("仲町", 20, 0, 700, 1400, "centre"),
    _town("港町", 30, 0, 1150, 1400, "centre"),  # once a river port: it has land on both banks
    _town("西町", 40, 0, 250, 1400, "centre"),
    _town("駅南一丁目", 50, 1, 700, 850, "plain"),
    _town("駅南二丁目", 50, 2, 1250, 850, "plain"),
    _town("西原", 60, 0, 250, 250, "hamlet"),
    _town("河原", 70, 0, 1150, 150, "hamlet"),  # almost nobody lives here
    _town("奥谷", 80, 0, 500, 2650, "hamlet"),
    _town("上野", 90, 0, 1750, 2600, "hamlet"),
    _town("川向町", 100, 0, 1980, 1500, "plain"),
    _town("東町", 110, 0, 1980, 900, "plain"),
    _town("新町一丁目", 120, 1, 2440, 950, "new"),
    _town("新町二丁目", 120, 2, 2800, 950, "new"),
    _town("汐見団地", 130, 0, 2430, 1640, "flats"),
    _town("東山", 140, 0, 3050, 1650, "hamlet"),
    _town("緑ヶ丘一丁目", 150, 1, 2350, 2150, "estate"),
    _town("緑ヶ丘二丁目", 150, 2, 2800, 2150, "estate"),
    _town("緑ヶ丘三丁目", 150, 3, 2560, 2480, "estate"),
    _town("下新田", 160, 0, 2560, 270, "hamlet"),
)
CARE_AREAS: Final = (
    Area(name="中央圏域", code="1", inside=(700, 1800), way_of_life=""),
    Area(name="みどり圏域", code="2", inside=(2500, 2200), way_of_life=""),
    Area(name="南圏域", code="3", inside=(700, 700), way_of_life=""),
    Area(name="東圏域", code="4", inside=(2500, 900), way_of_life=""),
)
# Old field limits that the neighbourhoods follow where no road or river parts them.
_OLD_LIMITS: Final = (
    [(-300, 2140), (420, 2120), (960, 2130), (1540, 2110)],
    [(1430, 2120), (1560, 2060), (1740, 1990), (1900, 2020), (2060, 1990), (2125, 1800)],
    [(1885, 1990), (2000, 2200), (2120, 2450), (2200, 2700), (2330, 3200)],
    [(1455, 1640), (1560, 1560), (1680, 1380), (1725, 1190)],
    [(3080, 1930), (3120, 2150), (3010, 2700), (2990, 3200)],
    [(2020, 2320), (2300, 2330), (2560, 2300), (2800, 2330), (3140, 2290)],
    [(2680, 1960), (2690, 1700), (2700, 1320)],
    [(1000, 520), (990, 850), (1010, 1240)],
    [(560, 580), (600, 300), (570, -100)],
    [(3080, 1440), (3090, 1000), (3040, 590)],
    [(2635, 570), (2630, 900), (2630, 1400)],
    [(2560, 1870), (2540, 2050), (2575, 2340)],
)
# The care areas were drawn later, by old school walks, and mind no neighbourhood.
_CARE_LIMITS: Final = (
    [
        (-300, 1330),
        (600, 1310),
        (1200, 1420),
        (1700, 1480),
        (2500, 1590),
        (3100, 1530),
        (3800, 1500),
    ],
    [(1620, 3300), (1680, 2500), (1700, 1990), (1790, 1700), (1760, 1440)],
    [(1330, 1500), (1310, 1000), (1400, 640), (1420, 300), (1380, -200)],
)


def lay_neighbourhoods() -> list[Polygon]:
    """Return the polygons of `NEIGHBOURHOODS`, which tile the town (町丁目の形)."""
    limits = [plan.RIVER_LINE, plan.RAIL_LINE]
    limits += [smooth(line) for line in (plan.COUNTY, plan.BYPASS)]
    limits.append(smooth([(2185, 560), *plan.EAST_STREET[1:-1], (2105, 1890)]))
    limits += [
        smooth([(472, 500), *plan.WEST_STREET[1:-1]]),
        smooth([(905, 1180), (902, 1420), (900, 1600), (893, 1800), (905, 2170)]),
    ]
    limits += [smooth(line) for line in _OLD_LIMITS]
    return _tile(limits, NEIGHBOURHOODS)


def lay_care_areas() -> list[Polygon]:
    """Return the polygons of `CARE_AREAS`, which tile the town too (日常生活圏域の形)."""
    return _tile([smooth(line) for line in _CARE_LIMITS], CARE_AREAS)


def _tile(limits: Sequence[LineString], areas: Sequence[Area]) -> list[Polygon]:
    """Cut the town along the limits and give each piece to an area.

    A piece without an area's point joins the neighbour with which it shares the longest limit.
    """
    ring = LineString(plan.BORDER_AREA.exterior)
    noded = shapely.set_precision(shapely.union_all([ring, *limits]), 0.001)
    pieces = [p for p in shapely.get_parts(shapely.polygonize([*shapely.get_parts(noded)]))
              if plan.BORDER_AREA.buffer(0.1).contains(p.representative_point())]  # fmt: skip
    owner: dict[int, int] = {}
    for number, area in enumerate(areas):
        piece = next(i for i, p in enumerate(pieces) if p.contains(Point(area.inside)))
        if piece in owner:
            raise ValueError(f"{area.name} and {areas[owner[piece]].name} lie in one piece")
        owner[piece] = number
    while len(owner) < len(pieces):
        piece, neighbour = max(
            ((i, j) for i in range(len(pieces)) if i not in owner for j in sorted(owner)),
            key=lambda pair: (
                round(_shared_m(pieces[pair[0]], pieces[pair[1]]), 3),
                -pair[0],
                -pair[1],
            ),
        )
        owner[piece] = owner[neighbour]
    return [
        shapely.coverage_union_all([p for i, p in enumerate(pieces) if owner[i] == number])
        for number in range(len(areas))
    ]


def _shared_m(one: BaseGeometry, other: BaseGeometry) -> float:
    return float(one.boundary.intersection(other.boundary).length) if one.intersects(other) else 0.0
