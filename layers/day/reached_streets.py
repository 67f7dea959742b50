"""The streets within reach of a day's 通いの場, as lines (届く道の線)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.town import ground_of, ordered_sites, put_places
from geo.walk.reach import cut_to, part_lines, reach_parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from geo.base.arrays import Floats
    from geo.coverage.question import Question
    from geo.network.snap import Snaps
    from geo.walk.ground import Ground
    from geo.walk.search import Way
    from layers.day.day import Day


def reached_streets(day: Day, question: Question) -> shapely.MultiLineString:
    """Return the streets within reach of the 通いの場 that count, on the town's plane (届く道の線).

    Those of some areas' people are cut to these. Without streets, the edge of the ground within the
    straight line.
    """
    town = day.town_for(question)
    ground = ground_of(town, walker=question.walker, heights=question.heights)
    sites = ordered_sites(town.salons)
    snaps = put_places(town, ground, sites)
    way: Way = "back" if question.trip == "back" else "there"
    return _reached(ground, sites, snaps, limit_m=question.limit_m, way=way, grounds=day.grounds)


def _reached(
    ground: Ground, sites: pd.DataFrame, snaps: Snaps, *, limit_m: float, way: Way,
    grounds: Mapping[str, shapely.Geometry],
) -> shapely.MultiLineString:  # fmt: skip
    """Return the streets within reach of the sites, those of some areas' people cut to these."""
    limited = sites["site_id"].isin(list(grounds)).to_numpy(dtype=bool)
    groups = [
        (~limited, None),
        *(((sites["site_id"] == id_).to_numpy(), one) for id_, one in grounds.items()),
    ]
    found: list[shapely.Geometry] = []
    for rows, own in groups:
        if snaps.at_m is not None:
            found += _circles(snaps.at_m[np.flatnonzero(rows)], limit_m, own)
            continue
        parts = reach_parts(ground, snaps.take(np.flatnonzero(rows)), limit_m=limit_m, way=way)
        lines = shapely.MultiLineString(list(part_lines(ground.network, parts)))
        found += shapely.get_parts(lines if own is None else cut_to(lines, own)).tolist()
    return shapely.MultiLineString(found)


def _circles(at_m: Floats, limit_m: float, own: shapely.Geometry | None) -> list[shapely.Geometry]:
    """Return the edge of the ground within a straight line of some sites."""
    ground = shapely.union_all(shapely.buffer(shapely.points(at_m), limit_m, quad_segs=32))
    return list(shapely.get_parts(shapely.boundary(ground if own is None else ground & own)))
