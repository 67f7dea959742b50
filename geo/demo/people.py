"""How many people of which age live in each neighbourhood (人口).

Invented counts: homes times people a home, and shares of the old by the way of life.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.demo.divisions import NEIGHBOURHOODS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry import Polygon

    from geo.demo.plan import Feature

HOMES_A_BLOCK: Final = 30  # a 5-storey block of 3 stairwells, two homes a landing
EMPTY: Final = 0.06  # blocks of flats and old houses stand partly empty
_FEW: Final = 12  # below this many people nobody is without an age in the table


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOfLife:
    """People a house, and shares of all (暮らしの型).

    Attributes
    ----------
    a_home
        People in one home.
    share_65, share_75
        Shares of all people; `share_75` is part of `share_65`.
    """

    a_home: float
    share_65: float
    share_75: float


# In Japan 29 % were 65 or older and 15 % were 75 or older in 2023 (総務省統計局 人口推計); a demo
# of an ageing town lies a little above, an estate sold in one decade far above or below.
WAYS_OF_LIFE: Final = {
    "centre": WayOfLife(a_home=2.3, share_65=0.36, share_75=0.20),
    "plain": WayOfLife(a_home=2.65, share_65=0.27, share_75=0.135),
    "estate": WayOfLife(a_home=2.05, share_65=0.48, share_75=0.30),
    "new": WayOfLife(a_home=3.3, share_65=0.09, share_75=0.03),
    "flats": WayOfLife(a_home=1.75, share_65=0.45, share_75=0.26),
    "hamlet": WayOfLife(a_home=2.55, share_65=0.42, share_75=0.25),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One neighbourhood's row (町丁目ごとの人数)."""

    code: str
    name: str
    people: int
    people_65: int
    people_75: int
    unknown: int


def count_people(
    rng: np.random.Generator,
    shapes: Sequence[Polygon],
    houses: Sequence[Polygon],
    public: Sequence[Feature],
) -> list[Count]:
    """Return each neighbourhood's people by age (町丁目別の人口を決める).

    Parameters
    ----------
    rng
        The town's random source: each place strays a little from its way of life.
    shapes
        Polygons of `NEIGHBOURHOODS`, in that order.
    houses
        Houses of one home each.
    public
        Features; blocks of flats among them hold `HOMES_A_BLOCK` homes.
    """
    blocks = [one.shape for one in public if ("building", "apartments") in one.tags]
    homes = _count_in(shapes, houses) + HOMES_A_BLOCK * _count_in(shapes, blocks)
    rows = []
    for area, count in zip(NEIGHBOURHOODS, homes.tolist(), strict=True):
        life = WAYS_OF_LIFE[area.way_of_life]
        people = round(count * (1 - EMPTY) * life.a_home * float(rng.uniform(0.97, 1.03)))
        stray = float(rng.uniform(0.96, 1.04))
        over_65 = round(people * life.share_65 * stray)
        over_75 = min(over_65, round(people * life.share_75 * stray))
        unknown = int(rng.integers(0, 1 + people // 120)) if people > _FEW else 0
        rows.append(Count(code=area.code, name=area.name, people=people, people_65=over_65,
                          people_75=over_75, unknown=unknown))  # fmt: skip
    return rows


def _count_in(shapes: Sequence[Polygon], buildings: Sequence[Polygon]) -> np.ndarray:
    middles = shapely.centroid(np.array(buildings, dtype=object))
    _, area = shapely.STRtree(middles).query(shapes, predicate="intersects")[::-1]
    return np.bincount(area, minlength=len(shapes))
