"""The areas of an answer as maps show them: numbers, steps, labels; without Folium (地図の地区).

So that a command that draws a picture need not load what only pages need.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import shapely

from geo.base.geojson import dump_written, write_shapes
from geo.base.marks import shown
from geo.base.place import LONLAT
from geo.tables.tables import each_row
from layers.maps.palette import share_class

if TYPE_CHECKING:
    from geo.base.arrays import Ints
    from geo.coverage.coverage import Coverage
    from geo.town import Town

    # Shapes as they are drawn, as GeoJSON, and where their labels stand, in degrees.
    _Drawn = tuple[list[str], list[tuple[float, float]]]

GAPS: Final = 9


def count_gaps(areas: int) -> int:
    """Return how many areas get a number: a quarter, three at least, nine at most (番号の数).

    Examples
    --------
    >>> [count_gaps(n) for n in (2, 12, 21, 83)]
    [2, 3, 5, 9]
    """
    return min(areas, max(3, min(GAPS, areas // 4)))


def gap_ranks(coverage: Coverage) -> Ints:
    """Return each area's number among those with most people out of reach, else 0 (番号)."""
    outside = coverage.areas["outside"].to_numpy()
    order = np.argsort(-outside, kind="stable")[: count_gaps(len(outside))]
    ranks = np.zeros(len(outside), dtype=np.int64)
    ranks[order] = np.arange(1, len(order) + 1)
    ranks[outside == 0] = 0
    return ranks


def dump_areas(town: Town, coverage: Coverage) -> str:
    """Return the areas for the browser: name, step of the share, number, state (地区の GeoJSON).

    The state is ``share``, ``none`` (people live there, and no share is known) or ``empty``;
    ``rest`` tells that half or more of those out of reach lack no more than a rest or a toilet.
    """
    division = coverage.question.division
    rows = coverage.areas
    silent = no_people_given(town, division)
    properties = []
    for row, rank in zip(each_row(rows), gap_ranks(coverage), strict=True):
        known = np.isfinite(row.share)
        state = (
            "share" if known else ("none" if row.people > 0 or row.area_id in silent else "empty")
        )
        properties.append(
            {
                "name": row.area_name,
                "step": share_class(row.share) if known else None,
                "rank": rank,
                "state": state,
                "rest": bool(row.no_rest > 0 and 2 * row.no_rest >= row.outside),
            }
        )
    return dump_division(town, division, properties)


def dump_labelled(areas: gpd.GeoDataFrame, properties: list[dict[str, object]]) -> str:
    """Return areas with the place of their label added as ``at`` (名前の位置をつける).

    `areas` are on the town's plane; simplified by half a metre, less than the map can show.
    """
    return _dump(areas["area_id"].tolist(), _shapes(areas), properties)


def dump_division(town: Town, division: str, properties: list[dict[str, object]]) -> str:
    """Return `dump_labelled` of a division, its shapes kept: a plan asks again with every press (地区の GeoJSON)."""
    return _dump(*_division(town, division), properties)


@lru_cache(maxsize=8)
def _division(town: Town, division: str) -> tuple[list[str], _Drawn]:
    areas = town.division(division)
    return areas["area_id"].tolist(), _shapes(areas)


def _shapes(areas: gpd.GeoDataFrame) -> _Drawn:
    """Return the areas as they are drawn, and where their labels stand, in degrees."""
    shapes = areas.geometry.to_numpy()
    middle = shapely.maximum_inscribed_circle(shapes, tolerance=5.0)
    at = gpd.GeoSeries(shapely.get_point(middle, 0), crs=areas.crs).to_crs(LONLAT)
    drawn = gpd.GeoSeries(shapely.simplify(shapes, 0.5), crs=areas.crs).to_crs(LONLAT)
    return list(write_shapes(list(drawn))), [(round(one.x, 6), round(one.y, 6)) for one in at]


def _dump(ids: list[str], drawn: _Drawn, properties: list[dict[str, object]]) -> str:
    shapes, at = drawn
    rows = [
        # The names as a screen shows them: this is for our own map.
        {**row, "name": shown(str(row["name"])), "at": list(point)}
        for row, point in zip(properties, at, strict=True)
    ]
    return dump_written(shapes, rows, ids, foreign={})


def no_people_given(town: Town, division: str) -> set[str]:
    """Return the ids of areas the table of people says nothing of (人口のない地区)."""
    return set(town.without_people(division))
