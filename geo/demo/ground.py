"""Woods, fields, the river and the ponds (土地の色分け)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import shapely
from shapely.geometry import LineString, Polygon

from geo.demo import plan
from geo.demo.estates import HAMLETS
from geo.demo.lines import smooth
from geo.demo.plan import Feature

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.demo.plan import Street

WOODS: Final = {  # rough outlines; what is lived in is cut out of them
    "奥谷山": [
        (-150, 2450),
        (130, 2420),
        (210, 2700),
        (470, 2740),
        (700, 2620),
        (900, 2700),
        (980, 3150),
        (-150, 3150),
    ],
    "緑ヶ丘緑地": [
        (1580, 2640),
        (1700, 2250),
        (1900, 2060),
        (2300, 1990),
        (3000, 2010),
        (3240, 2150),
        (3250, 2600),
        (3280, 3150),
        (1420, 3150),
    ],
}
FIELDS: Final = (  # rice on the flat, tea and oranges where the ground rises
    ("farmland", [(500, 20), (1420, 40), (1660, 130), (1560, 480), (500, 470)]),
    ("farmland", [(1950, 20), (3300, 30), (3310, 520), (1960, 500)]),
    ("orchard", [(500, 2130), (1330, 2140), (1440, 2420), (500, 2460)]),
    ("orchard", [(2690, 1450), (3330, 1450), (3330, 1880), (2690, 1860)]),
    ("farmland", [(20, 560), (420, 560), (420, 1120), (30, 1120)]),
    ("farmland", [(3090, 680), (3310, 680), (3350, 1330), (3110, 1330)]),
    ("orchard", [(40, 1850), (400, 1850), (330, 2280), (20, 2330)]),
)
POND: Final = [(1020, 1512), (1032, 1526), (1048, 1522), (1051, 1504), (1038, 1492), (1024, 1498)]
FARM_POND: Final = [(760, 2600), (830, 2630), (850, 2580), (790, 2555)]
_LIVED_M: Final = 32.0  # a lot's depth with its garden
_VERGE_M: Final = 9.0
_HAMLET_M: Final = 185.0


def cover_ground(
    streets: Sequence[Street], park_with_pond: Polygon
) -> tuple[list[Feature], Polygon]:
    """Return woods, fields and water, and the ponds no house may stand in (土地利用と水面).

    Polygons with holes become multipolygon relations: the river round its island, the woods
    round the estate, the park round its pond.
    """
    lived = _lived_in(streets)
    water = plan.RIVER_AREA.buffer(plan.BANK_PATH_M)
    found = []
    for name, outline in WOODS.items():
        wood = Polygon(smooth([*outline, outline[0]], step=70).coords).difference(
            shapely.union(lived, water)
        )
        found += [
            Feature(shape=part, tags=(("natural", "wood"), ("name", name)))
            for part in _largest(wood.simplify(3.0))
        ]
    lanes = shapely.union_all([s.line.buffer(4.0, cap_style="flat") for s in streets])
    for crop, outline in FIELDS:
        field = Polygon(outline).difference(
            shapely.union_all([lived, lanes, water, plan.RAIL_STRIP])
        )
        found += [
            Feature(shape=part, tags=(("landuse", crop),)) for part in _largest(field.simplify(0.5))
        ]
    pond = _ring(POND)
    farm_pond = _ring(FARM_POND)
    found += [
        Feature(
            shape=plan.RIVER_AREA.difference(plan.ISLAND),
            tags=(("natural", "water"), ("water", "river")),
        ),
        Feature(
            shape=LineString(plan.RIVER_LINE), tags=(("waterway", "river"), ("name", "汐見川"))
        ),
        Feature(
            shape=park_with_pond.difference(pond), tags=(("leisure", "park"), ("name", "中央公園"))
        ),
        Feature(shape=pond, tags=(("natural", "water"), ("water", "pond"))),
        Feature(
            shape=farm_pond, tags=(("natural", "water"), ("water", "reservoir"), ("name", "奥谷池"))
        ),
    ]
    return found, shapely.union(pond, farm_pond)


def _lived_in(streets: Sequence[Street]) -> BaseGeometry:
    """Where houses and their gardens are; a country road takes its own width only."""
    lots = [s.line.buffer(_LIVED_M, quad_segs=2) for s in streets if s.lots not in {"", "farm"}]
    roads = [s.line.buffer(_VERGE_M, quad_segs=2) for s in streets if s.lots == "farm"]
    closed = shapely.union_all(lots).buffer(_LIVED_M, quad_segs=2).buffer(-_LIVED_M, quad_segs=2)
    return shapely.union_all([closed, hamlet_ground(), *roads])


def hamlet_ground() -> Polygon:
    """Return where the hamlets' houses stand close (集落の範囲)."""
    return shapely.union_all([shapely.Point(xy).buffer(_HAMLET_M) for xy in HAMLETS.values()])


def _ring(points: Sequence[tuple[float, float]]) -> Polygon:
    return Polygon(smooth([*points, points[0]], step=6).coords)


def _largest(shape: BaseGeometry) -> list[Polygon]:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return [part for part in parts if part.area > 1200]  # noqa: PLR2004 - m2; smaller is a slip of green
