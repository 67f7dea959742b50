"""What a neighbour would call a place where people are left out, and the way from it (空白の呼び名と道すじ)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import shapely

from geo.analysis.gap_ways import NO_WAY, put_seats, way_facts
from geo.analysis.near_places import name_places
from geo.network.network import points_along
from geo.tables.rests import rests_of_sites, usable
from geo.tables.tables import each_row
from geo.town import ground_of, ordered_sites, put_places

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.analysis.gap_ways import WayFacts
    from geo.coverage.question import Question
    from geo.network.snap import Snaps
    from geo.town import Town
    from geo.walk.ground import Ground

# Farther from the middle of a place a street's name says nothing of it.
STREET_M: Final = 60.0
# A place's middle may lie this much farther off than its homes.
_SLACK_M: Final = 500.0
_WAY: Final = {"m": "metres", "steps": "steps", "rise_m": "rise_m", "steepest": "steepest",
               "seatless_m": "seatless_m"}  # fmt: skip


def name_gaps(
    town: Town,
    question: Question,
    table: pd.DataFrame,
    *,
    homes: frozenset[str],
    streets: gpd.GeoDataFrame | None,
    rests: pd.DataFrame | None,
) -> pd.DataFrame:
    """Return places with what is near them and the way from each to the nearest 通いの場 (呼び名と道すじ).

    Parameters
    ----------
    table
        ``x_m y_m`` of their middles, which are put on the nearest street; ``nearest_id``,
        ``minutes_most`` and ``to_home``.
    homes
        Ids of sites that are somebody's home: nothing is named by one.
    streets, rests
        As `geo.analysis.gaps.Known` and `geo.analysis.gaps.find_gaps`.
    """
    ground = ground_of(town, walker=question.walker, heights=question.heights)
    at = table[["x_m", "y_m"]].to_numpy(dtype=float)
    here = ground.snapper.snap(*at.T)
    on = here.edge >= 0
    at[on] = points_along(ground.network, here.edge[on], here.along_m[on])
    lon, lat = (np.asarray(one, dtype=float) for one in town.plane.to_lonlat(*at.T))
    near = _landmarks(town, here, homes)
    facts = _ways(town, ground, question, here, table, rests)
    return table.assign(
        x_m=at[:, 0], y_m=at[:, 1], lon=lon, lat=lat, on_network=on,
        street=_street_names(at, streets),
        **{name: near[name].to_numpy() for name in ("near", "near_kind", "near_m")},
        **{f"way_{name}": [getattr(one, told) for one in facts] for name, told in _WAY.items()},
    )  # fmt: skip


def _landmarks(town: Town, here: Snaps, homes: frozenset[str]) -> pd.DataFrame:
    """Return the nearest site with a name that is nobody's home."""
    sites = town.sites[~town.sites["site_id"].isin(homes)].reset_index(drop=True)
    places = pd.DataFrame({"edge": here.edge, "along_m": here.along_m})
    return name_places(replace(town, sites=sites), places)


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
        if row.to_home or row.nearest_id not in row_of:
            facts.append(NO_WAY)
            continue
        facts.append(
            way_facts(
                ground, _at_street(here.take(np.array([at]))),
                snaps.take(np.array([row_of[row.nearest_id]])), seats=seats, relief=town.relief,
                most_m=row.minutes_most * question.walker.metres_per_min + _SLACK_M,
            )
        )  # fmt: skip
    return facts


def _at_street(here: Snaps) -> Snaps:
    """Return a middle as the point on the street it was put on."""
    return replace(here, off_m=np.zeros(here.edge.size))
