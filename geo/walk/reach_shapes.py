"""What is within reach of each site as shapes: streets and ground, or circles (到達圏の形)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import shapely

from geo.walk.reach import part_lines, reach_parts_each, reach_polygon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.network.snap import Snaps
    from geo.walk.ground import Ground
    from geo.walk.search import Way

# Pieces of a quarter of a circle: of one of 20 km, the farthest asked, the edge is true to 2 m.
_QUARTER: Final = 64


def reach_shapes(
    ground: Ground, sites: Snaps, *, limit_m: float, way: Way = "there"
) -> Iterator[tuple[shapely.MultiLineString, shapely.Geometry, float]]:
    """Yield for each site the streets within reach, ground beside them, and metres of street (届く範囲の形).

    Without streets there are none, and the ground is the circle, its edge within 2 m of the true.
    """
    if sites.at_m is not None:
        for disc in shapely.buffer(shapely.points(sites.at_m), limit_m, quad_segs=_QUARTER):
            yield shapely.MultiLineString(), disc, 0.0
        return
    for parts in reach_parts_each(ground, sites, limit_m=limit_m, way=way):
        streets = shapely.MultiLineString(list(part_lines(ground.network, parts)))
        yield streets, reach_polygon(ground.network, parts), parts.length_m
