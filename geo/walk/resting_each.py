"""Walks with rests to each of several sites alone (地点ごとの休みながらの道のり)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from geo.walk.resting import closure_metres, finish_walks, make_stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.base.arrays import Floats
    from geo.network.snap import Snaps
    from geo.walk.ground import Ground
    from geo.walk.resting import Resting
    from geo.walk.search import Way


def walk_with_rests_each(
    ground: Ground,
    cells: Snaps,
    sites: Snaps,
    resting: Resting,
    *,
    stretch_m: float,
    limit_m: float = np.inf,
    way: Way = "there",
) -> Iterator[Floats]:
    """Yield `geo.walk.resting.walk_with_rests` to each site alone (地点ごとの休みながらの道のり).

    Cost: the rests are joined once; then a search of the closure a site.
    """
    stage = make_stage(ground, resting, sites, stretch_m=stretch_m, way=way)
    rests = np.arange(stage.rest_row.size)
    for site in range(sites.edge.size):
        one = sites.take(np.array([site]))
        alone = replace(stage, stops=stage.stops.take(np.append(rests, rests.size + site)))
        reached = closure_metres(alone, one, limit_m=limit_m)
        yield finish_walks(alone, cells, one, reached, limit_m=limit_m)
