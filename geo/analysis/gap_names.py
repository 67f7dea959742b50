"""What a neighbour would call a place where people are left out, and the way from it (空白の呼び名と道すじ)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import shapely

from geo.analysis.gap_ways import NO_WAY, put_seats, way_facts
from geo.analysis.near_places import name_points
from geo.network.snap import Snaps, points_of
from geo.tables.rests import rests_of_sites, usable
from geo.tables.tables import each_row
from geo.town import cells_on, ground_of, ordered_sites, put_places
from geo.walk.travel import walk_pairs

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.analysis.gap_figures import Homes, Known
    from geo.analysis.gap_places import Squares
    from geo.analysis.gap_ways import WayFacts
    from geo.base.arrays import Flags, Ints
    from geo.coverage.question import Question
    from geo.town import Town
    from geo.walk.ground import Ground

# Farther from the middle of a place a street's name says nothing of it.
STREET_M: Final = 100.0
# A place's middle may lie this much farther off than its homes.
_SLACK_M: Final = 500.0
_STEP_M: Final = 50.0
_SQUARES: Final = 25
_FEW_STEP_M: Final = 250.0
_WAY: Final = {"m": "metres", "steps": "steps", "rise_m": "rise_m", "steepest": "steepest",
               "seatless_m": "seatless_m"}  # fmt: skip


def middles_of(
    town: Town, ground: Ground, homes: Homes, squares: Squares, *, limit_m: float, few: Flags
) -> Snaps:
    """Return a point on a street in the midst of each place, at no door (まん中の道).

    Of one home a square, of the squares with most people, it is by the one from which most people
    of the place are within the range, whatever the rules of rests; every 50 m along its street, in
    places of few every 250 m. Without streets it is the nearest crossing of lines so far apart.

    Parameters
    ----------
    squares
        Of these homes.
    limit_m
        The range.
    few
        (K,) places told by larger squares.
    """
    doors = cells_on(town, ground).take(homes.rows)
    tried = _tried(homes, squares)
    ends = ground.ends(doors), ground.ends(doors.take(tried))
    pairs = walk_pairs(ground.graph, *ends, limit_m=limit_m)
    own = homes.place[pairs.cell] == homes.place[tried[pairs.site]]
    reached = np.zeros(tried.size, dtype=np.int64)
    np.add.at(reached, pairs.site[own], homes.own[pairs.cell[own]])
    order = np.lexsort((tried, -reached, homes.place[tried]))
    first = order[np.searchsorted(homes.place[tried][order], np.arange(homes.count))]
    door = doors.take(tried[first])
    step = np.where(few, _FEW_STEP_M, _STEP_M)
    if door.at_m is not None:  # no street: a crossing of lines so far apart, at no door
        at_m = np.round(door.at_m / step[:, None]) * step[:, None]
        return replace(door, at_m=at_m)
    along = np.minimum(np.round(door.along_m / step) * step, ground.network.edge_m[door.edge])
    return Snaps(edge=door.edge, along_m=along, off_m=np.zeros(along.size))


def _tried(homes: Homes, squares: Squares) -> Ints:
    """Return one home a square, the one of most people, of the squares of each place with most."""
    weight = np.bincount(squares.home, weights=homes.own, minlength=squares.place.size)
    order = np.lexsort((np.arange(weight.size), -weight, squares.place))
    place = squares.place[order]
    nth = np.arange(order.size) - np.searchsorted(place, place)
    kept = np.zeros(weight.size, dtype=bool)
    kept[order[nth < _SQUARES]] = True
    rows = np.lexsort((homes.rows, -homes.own, squares.home))
    _, first = np.unique(squares.home[rows], return_index=True)
    one = rows[first]
    return one[kept[squares.home[one]]]


def name_gaps(
    town: Town,
    question: Question,
    table: pd.DataFrame,
    middles: Snaps,
    *,
    known: Known,
    rests: pd.DataFrame | None,
) -> pd.DataFrame:
    """Return places with what is near them and the way from each to the nearest 通いの場 (呼び名と道すじ).

    Parameters
    ----------
    table
        ``nearest_id`` and ``minutes_most``.
    middles
        `middles_of` these places.
    known
        Nothing is named by somebody's home.
    rests
        As `geo.analysis.gaps.find_gaps`.
    """
    ground = ground_of(town, walker=question.walker, heights=question.heights)
    at = points_of(ground.network, middles)
    lon, lat = (np.asarray(one, dtype=float) for one in town.plane.to_lonlat(*at.T))
    near = _landmarks(town, middles, known.homes)
    facts = _ways(town, ground, question, middles, table, rests)
    return table.assign(
        x_m=at[:, 0], y_m=at[:, 1], lon=lon, lat=lat, street=_street_names(at, known.streets),
        **{name: near[name].to_numpy() for name in ("near", "near_kind", "near_m")},
        **{f"way_{name}": [getattr(one, told) for one in facts] for name, told in _WAY.items()},
    )  # fmt: skip


def _landmarks(town: Town, here: Snaps, homes: frozenset[str]) -> pd.DataFrame:
    """Return the nearest site with a name that is nobody's home."""
    sites = town.sites[~town.sites["site_id"].isin(homes)].reset_index(drop=True)
    return name_points(replace(town, sites=sites), here, pd.DataFrame(index=range(here.edge.size)))


def _street_names(at: np.ndarray, streets: gpd.GeoDataFrame | None) -> list[str]:
    """Return the name of the street at each point, the first by name of those equally near."""
    names = [""] * len(at)
    if streets is None or streets.empty:
        return names
    tree = shapely.STRtree(streets.geometry.to_numpy())
    found, line = tree.query_nearest(shapely.points(at), max_distance=STREET_M)
    for one, row in zip(found.tolist(), line.tolist(), strict=True):
        name = str(streets["name"].iloc[row])
        names[one] = min(names[one], name) if names[one] else name
    return names


def _ways(
    town: Town,
    ground: Ground,
    question: Question,
    here: Snaps,
    table: pd.DataFrame,
    rests: pd.DataFrame | None,
) -> list[WayFacts]:
    """Return what one meets on the way from each middle to the 通いの場 most people have nearest."""
    rests = rests_of_sites(town.sites) if rests is None else rests
    seats = put_seats(town, ground, rests[usable(rests, "seat", "known")])
    sites = ordered_sites(town.salons)
    snaps = put_places(town, ground, sites)
    row_of = {str(id_): row for row, id_ in enumerate(sites["site_id"])}
    facts = []
    for at, row in enumerate(each_row(table)):
        if row.nearest_id not in row_of:
            facts.append(NO_WAY)
            continue
        facts.append(
            way_facts(
                ground, here.take(np.array([at])),
                snaps.take(np.array([row_of[row.nearest_id]])), seats=seats, relief=town.relief,
                most_m=row.minutes_most * question.walker.metres_per_min + _SLACK_M,
            )
        )  # fmt: skip
    return facts
