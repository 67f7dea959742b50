"""Where one more bench would bring most people within reach (ここにベンチがあれば).

The gain of a place is exact: the people who have no walk within range that keeps the rest
rule, and would have one with a bench just there. Gains of two places do not add up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geo.base.arrays import number_runs
from geo.network.network import BRIDGE, STEPS, TUNNEL, points_along
from geo.network.snap import Snaps
from geo.town import (
    cells_on,
    facilities_of,
    ground_of,
    ordered_sites,
    put_places,
    welcome_of,
)
from geo.walk.hops import make_hops, walks_by
from geo.walk.reach import reach_parts
from geo.walk.rules import Rules, walk_sites
from geo.walk.search import TOLERANCE_M

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.base.arrays import Flags, Floats, Ints
    from geo.coverage.question import Question
    from geo.network.network import WalkNetwork
    from geo.town import Town
    from geo.walk.ground import Ground
    from geo.walk.search import Way
    from geo.walk.welcome import Welcome

# Places are looked at this far apart: a bench stands before one house or the next.
SPACING_M: Final = 20.0
GAINS: Final = ("people", "x_m", "y_m", "lon", "lat", "edge", "along_m")


def bench_gains(
    town: Town,
    question: Question,
    sites: pd.DataFrame | None = None,
    *,
    rests: pd.DataFrame | None = None,
    eligible: Mapping[str, Flags] | None = None,
    count: int = 5,
) -> pd.DataFrame:
    """Return the street places where one bench would help most (ベンチを1つ置くなら).

    Every place 20 m apart on the streets within range of a 通いの場 is tried by itself, for the
    way there (the way back when the question is of that). Only the rest rule is looked at,
    not that of toilets. `sites`, `rests` and `eligible` as `geo.town.ask`.

    Returns
    -------
        Columns `GAINS`: ``people`` more within reach, the place on the town's plane and in
        degrees, ``edge`` and ``along_m``; best first, at least half a stretch apart, at most
        `count`. Empty when the question has no rest rule or nobody gains.
    """
    nothing = pd.DataFrame({name: np.zeros(0) for name in GAINS})
    if question.rest_m is None:
        return nothing
    ground = ground_of(town, walker=question.walker, heights=question.heights)
    way: Way = "back" if question.trip == "back" else "there"
    sites = ordered_sites(town.salons if sites is None else sites)
    at_sites = put_places(town, ground, sites)
    found = facilities_of(town, ground, rests, unknown="known")
    at_rests = Rules(rests=found.rests, toilets=found.toilets).seats
    homes = cells_on(town, ground)
    limit_m = question.limit_m
    welcome = welcome_of(sites, eligible, len(town.cells))
    plain, rested = (
        walk_sites(ground, homes, at_sites, rules, limit_m=limit_m, welcome=welcome).metres
        for rules in (Rules(trip=way), Rules(trip=way, rest_m=question.rest_m, rests=at_rests))
    )
    people = town.cells[f"people_{question.people}"].to_numpy(dtype=np.int64)
    most = limit_m + TOLERANCE_M
    lacking = np.flatnonzero((plain <= most) & ~(rested <= most) & (people > 0))
    if not lacking.size or at_rests is None:
        return nothing
    reached = reach_parts(ground, at_sites, limit_m=limit_m, way=way)
    places = candidate_places(ground.network, np.unique(reached.edge))
    point = points_along(ground.network, places.edge, places.along_m)
    # Where streets cross over one another a bench put there would be taken for the other's.
    own = np.flatnonzero(ground.snapper.snap(*point.T).edge == places.edge)
    places, point = places.take(own), point[own]
    gain = gain_of(
        ground,
        homes=homes.take(lacking),
        people=people[lacking],
        sites=at_sites,
        rests=at_rests,
        places=places,
        stretch_m=question.rest_m,
        limit_m=limit_m,
        way=way,
        welcome=None if welcome is None else welcome.take(lacking),
    )
    best = _apart(gain, point, question.rest_m / 2, count)
    lon, lat = town.plane.to_lonlat(point[best, 0], point[best, 1])
    return pd.DataFrame(
        {
            "people": gain[best],
            "x_m": point[best, 0],
            "y_m": point[best, 1],
            "lon": lon,
            "lat": lat,
            "edge": places.edge[best],
            "along_m": places.along_m[best],
        }
    )


def candidate_places(network: WalkNetwork, edges: Ints) -> Snaps:
    """Return places along streets where a bench could stand (ベンチを置ける所).

    The middles of equal parts of at most 20 m; none on steps, bridges or in tunnels.

    Parameters
    ----------
    edges
        Rows of the streets looked at.
    """
    edges = edges[(network.edge_flags[edges] & (STEPS | BRIDGE | TUNNEL)) == 0]
    count = np.ceil(network.edge_m[edges] / SPACING_M).astype(np.int64)
    row, step = number_runs(count)
    edge, part_m = edges[row], (network.edge_m[edges] / np.maximum(count, 1))[row]
    along_m: Floats = (step + 0.5) * part_m
    return Snaps(edge=edge, along_m=along_m, off_m=np.zeros(edge.size))


def gain_of(  # noqa: PLR0913 - the parts of one question
    ground: Ground,
    *,
    homes: Snaps,
    people: Ints,
    sites: Snaps,
    rests: Snaps,
    places: Snaps,
    stretch_m: float,
    limit_m: float,
    way: Way = "there",
    welcome: Welcome | None = None,
) -> Ints:
    """Return how many people each place would bring within reach (ふえる人数).

    Parameters
    ----------
    homes, people
        (H,) homes that have no such walk yet, and how many live there.
    places
        (B,) candidates, each tried alone.
    welcome
        Which of the homes each site is for; None for all.

    Returns
    -------
        (B,) people with a walk of at most `limit_m` that keeps the rule once the place is a rest.

    Notes
    -----
    A walk by way of the place is a chain of hops among the rests there are up to it, and
    another on from it: both are exact, so their sum is. Cost: a short search per place.
    """
    graph = ground.graph
    home, rest, site, place = (ground.ends(part) for part in (homes, rests, sites, places))
    group = np.zeros(site.size, dtype=np.int64) if welcome is None else welcome.group
    for_home = np.ones((1, home.size), dtype=bool) if welcome is None else welcome.cells
    onward = np.full((len(for_home), place.size), np.inf)
    hops = make_hops(graph, place, rest, site, stretch_m=stretch_m, way=way)
    for row, walked in zip(group, walks_by(hops), strict=True):
        onward[row] = np.minimum(onward[row], walked)
    gain = np.zeros(place.size, dtype=np.int64)
    worth = np.flatnonzero(onward.min(axis=0) <= limit_m)
    there = make_hops(graph, home, rest, place.take(worth), stretch_m=stretch_m, way=way)
    for row, walked in zip(worth, walks_by(there), strict=True):
        own = np.where(for_home, onward[:, [row]], np.inf).min(axis=0)
        gain[row] = int(people[walked + own <= limit_m + TOLERANCE_M].sum())
    return gain


def _apart(gain: Ints, point: Floats, least_m: float, count: int) -> Ints:
    """Return the rows of the largest gains, none near a better one; ties to the lowest row."""
    chosen: list[int] = []
    for row in np.lexsort((np.arange(gain.size), -gain)).tolist():
        if len(chosen) == count or gain[row] == 0:
            break
        if all(np.hypot(*(point[row] - point[other])) >= least_m for other in chosen):
            chosen.append(row)
    return np.array(chosen, dtype=np.int64)
