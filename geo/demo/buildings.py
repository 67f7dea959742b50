"""Houses along the streets, and the other buildings that take their place first (建物)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.demo import plan
from geo.demo.lines import direction, rectangle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry import Polygon

    from geo.base.arrays import Floats
    from geo.demo.plan import Street

GAP_M = 0.9  # between two houses; 民法234条 asks 50 cm from the boundary


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseRule:
    """How houses stand along a street of one kind (家の並び方).

    Attributes
    ----------
    pitch_m, width_m, depth_m, setback_m
        From one house to the next, front, depth, and from the edge of the street; the last
        three as (least, most).
    built
        Share of lots with a house: the rest is parking, garden or waste land.
    """

    pitch_m: float
    width_m: tuple[float, float]
    depth_m: tuple[float, float]
    setback_m: tuple[float, float]
    built: float


# Fronts and depths as such lots are usually laid out: 町家 4 間 by 8 間, 1970s lots of 200 m²,
# 2000s lots of 160 m², farmhouses in yards.
HOUSES: Final = {
    "machiya": HouseRule(pitch_m=12.0, width_m=(7.4, 10.4), depth_m=(10, 15), setback_m=(0.4, 2.0), built=0.46),
    "plain": HouseRule(pitch_m=20.0, width_m=(9.0, 13.0), depth_m=(9, 12), setback_m=(1.5, 4.0), built=0.545),
    "estate": HouseRule(pitch_m=17.5, width_m=(9.5, 12.0), depth_m=(8, 11), setback_m=(3.0, 5.0), built=0.86),
    "new": HouseRule(pitch_m=19.5, width_m=(9.0, 11.0), depth_m=(8, 11), setback_m=(3.5, 5.0), built=0.97),
    "farm": HouseRule(pitch_m=27.0, width_m=(12.0, 16.0), depth_m=(9, 12), setback_m=(5, 13), built=0.62),
}  # fmt: skip
# Between the hamlets only few houses stand along a country road.
LONELY: Final = 0.06
_OPEN_KINDS: Final = {"unclassified"}


def stand_beside(
    streets: Sequence[Street],
    tree: shapely.STRtree,
    wish: tuple[float, float],
    size: tuple[float, float],
    taken: Sequence[Polygon],
) -> Polygon:
    """Return a building of `size` (front, depth) beside the street nearest to `wish` (建物を置く).

    Tries places along the street, nearest first, until one hits neither a street nor what is
    already `taken`.

    Raises
    ------
    ValueError
        When there is no room within 150 m: the plan must be mended.
    """
    point = shapely.Point(wish)
    near = [i for i in tree.query(point, predicate="dwithin", distance=150.0) if streets[i].lots]
    near.sort(key=lambda i: (round(streets[i].line.distance(point), 3), i))
    for shift in (0, 12, -12, 24, -24, 40, -40, 60, -60, 85, -85, 110, -110):
        for i in near[:4]:
            line = streets[i].line
            at = min(max(line.project(point) + shift, 0.0), line.length)
            foot = shapely.get_coordinates(line.interpolate(at))[0]
            along = direction(line, at)
            side = np.array([-along[1], along[0]])
            sign = 1.0 if float(side @ (np.asarray(wish) - foot)) >= 0 else -1.0
            for turn in (sign, -sign):
                away = plan.HALF_WIDTH_M[streets[i].highway] + 3.0 + size[1] / 2
                found = rectangle(foot + turn * side * away, along, *size)
                if is_free(found, streets, tree) and not any(
                    found.dwithin(one, 3.0) for one in taken
                ):
                    return found
    raise ValueError(f"no room near {wish}")


def is_free(shape: Polygon, streets: Sequence[Street], tree: shapely.STRtree) -> bool:
    """Say whether a shape keeps off every street, the water and the railway (空いているか)."""
    if shape.dwithin(plan.RIVER_AREA, plan.BANK_PATH_M + 2.0) or shape.intersects(plan.RAIL_STRIP):
        return False
    near = tree.query(shape, predicate="dwithin", distance=max(plan.HALF_WIDTH_M.values()))
    return all(
        shape.distance(streets[i].line) >= plan.HALF_WIDTH_M[streets[i].highway] for i in near
    )


def line_houses(
    rng: np.random.Generator, streets: Sequence[Street], taken: Sequence[Polygon], hamlets: Polygon
) -> list[Polygon]:
    """Return the houses along the streets, clear of each other and of all else (家並み).

    Parameters
    ----------
    rng
        The town's random source.
    streets
        All streets; those with `lots` get houses.
    taken
        Polygons where no house may stand.
    hamlets
        Where country roads are lined with houses; elsewhere only few stand.
    """
    ordered = sorted(streets, key=lambda street: street.lots in {"", "farm"})
    boxes = np.concatenate([_lots(rng, street, hamlets) for street in ordered if street.lots])
    houses = shapely.polygons(boxes)
    free = np.ones(houses.size, dtype=bool)
    walls = [s.line.buffer(plan.HALF_WIDTH_M[s.highway], cap_style="flat") for s in streets]
    walls += [*taken, plan.RIVER_AREA.buffer(plan.BANK_PATH_M + 2.0), plan.RAIL_STRIP]
    free[shapely.STRtree(walls).query(houses, predicate="intersects")[0]] = False
    free &= shapely.covered_by(houses, plan.BORDER_AREA.buffer(-4.0))
    houses = houses[free]
    left, right = shapely.STRtree(houses).query(houses, predicate="dwithin", distance=GAP_M)
    return [houses[i] for i in _first_come(houses.size, left, right)]


def _first_come(count: int, left: Floats, right: Floats) -> list[int]:
    """Keep a house unless one that came before it stands in its way."""
    rivals: list[list[int]] = [[] for _ in range(count)]
    for i, j in zip(left.tolist(), right.tolist(), strict=True):
        if j < i:
            rivals[i].append(j)
    kept = [False] * count
    for i in range(count):
        kept[i] = not any(kept[j] for j in rivals[i])
    return [i for i in range(count) if kept[i]]


def _lots(rng: np.random.Generator, street: Street, hamlets: Polygon) -> Floats:
    """Return (n, 5, 2) corners of the houses wished for along both sides of a street."""
    rule = HOUSES[street.lots]
    line = street.line
    start = np.arange(rule.pitch_m * 0.5, line.length, rule.pitch_m)
    at = np.concatenate([start, start + rng.uniform(-3, 3)])
    side = np.repeat([1.0, -1.0], start.size)
    at = np.clip(at + rng.uniform(-0.6, 0.6, at.size), 0.5, max(0.5, line.length - 0.5))
    width, depth, setback = (
        rng.uniform(*r, at.size) for r in (rule.width_m, rule.depth_m, rule.setback_m)
    )
    feet = line.interpolate(at)
    built = rng.random(at.size)
    lonely = street.highway in _OPEN_KINDS
    inside = shapely.intersects(hamlets, feet)
    keep = built < np.where(inside | (not lonely), rule.built, LONELY)
    ahead = shapely.get_coordinates(line.interpolate(np.minimum(at + 1.5, line.length)))
    behind = shapely.get_coordinates(line.interpolate(np.maximum(at - 1.5, 0.0)))
    along = (ahead - behind) / np.maximum(np.hypot(*(ahead - behind).T), 1e-9)[:, None]
    away = np.column_stack([-along[:, 1], along[:, 0]]) * side[:, None]
    middle = shapely.get_coordinates(feet) + away * (
        plan.HALF_WIDTH_M[street.highway] + setback + depth / 2
    )[:, None]  # fmt: skip
    a, b = along * (width / 2)[:, None], away * (depth / 2)[:, None]
    corners = np.stack(
        [middle - a - b, middle + a - b, middle + a + b, middle - a + b, middle - a - b], axis=1
    )
    kept: Floats = corners[keep]
    return kept
