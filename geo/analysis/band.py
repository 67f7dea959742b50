"""What is not known, as a band: three runs, and which streets to look at first (わからない所で数字がどれだけ変わるか).

A street nobody has looked at is not a street without a bench, nor with one; a grade not
measured is not flat; a park of which nobody told is not a park without a seat. The figure is
told with two others: with everything unknown taken as bad, and as good.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geo.base.problems import InputError
from geo.base.words import Words
from geo.coverage.question import needs_streets
from geo.network.network import points_along
from geo.town import ask, cells_on, ground_of, ordered_sites, put_places, welcome_of
from geo.walk.reach import node_metres
from geo.walk.rules import Rules, walk_sites
from geo.walk.search import TOLERANCE_M, along_chains, walk_field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.base.arrays import Flags, Floats, Ints
    from geo.coverage.coverage import Coverage
    from geo.coverage.question import Question
    from geo.network.snap import Snaps
    from geo.town import Town
    from geo.walk.ground import Ground
    from geo.walk.search import Way
    from geo.walk.welcome import Welcome

MOST: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Band:
    """A figure with its band (幅のある答え).

    Attributes
    ----------
    bad, known, good
        The answer with the unknown taken as bad, as known, and taken as good; ``bad`` never
        has more people within reach than ``known``, nor ``known`` than ``good``.
    streets
        Streets whose survey would narrow the band most: ``edges`` (a tuple of rows of the
        network, one street), ``name`` (its OSM kind), ``metres``, ``people`` of the band whose
        nearest way in the good run uses it, ``lon lat`` of its middle; most people first, at
        most `MOST`.
    """

    bad: Coverage
    known: Coverage
    good: Coverage
    streets: pd.DataFrame


def ask_band(
    town: Town,
    question: Question,
    sites: pd.DataFrame | None = None,
    *,
    rests: pd.DataFrame | None = None,
    surveyed: Flags | None = None,
    eligible: Mapping[str, Flags] | None = None,
) -> Band:
    """Return a town's coverage with its band (幅のある答えを求める).

    Parameters
    ----------
    sites, rests, eligible
        As `geo.town.ask`.
    surveyed
        (E,) streets somebody has looked at for benches; None for none. In the good run one
        may rest anywhere along the others.

    Raises
    ------
    InputError
        In a town without streets: of a straight line nothing is unknown.
    """
    if town.streetless:
        raise InputError(
            needs_streets(
                Words("わからない所で数字がどれだけ変わるか", "how far the unknown changes figures")
            )
        )
    seen = np.zeros(town.network.edge_count, dtype=bool) if surveyed is None else surveyed
    free = ~seen if question.rest_m is not None else None
    bad = ask(town, question, sites, rests=rests, unknown="bad", eligible=eligible)
    known = ask(town, question, sites, rests=rests, unknown="known", eligible=eligible)
    good = ask(town, question, sites, rests=rests, unknown="good", free=free, eligible=eligible)
    sites = ordered_sites(town.salons if sites is None else sites)
    return Band(
        bad=bad,
        known=known,
        good=good,
        streets=_streets(
            town, question, sites, _unknown(town, question, seen), (bad, good), eligible
        ),
    )


def _unknown(town: Town, question: Question, seen: Flags) -> Flags:
    unknown = np.zeros(seen.size, dtype=bool) if question.rest_m is None else ~seen
    if question.heights and town.relief is not None:
        unknown = unknown | ~town.relief.known
    return unknown


def _streets(
    town: Town,
    question: Question,
    sites: pd.DataFrame,
    unknown: Flags,
    runs: tuple[Coverage, Coverage],
    eligible: Mapping[str, Flags] | None,
) -> pd.DataFrame:
    bad, good = (run.cells["status"] == "within" for run in runs)
    people = np.where(good & ~bad, runs[0].cells["people"], 0).astype(np.int64)
    ground = ground_of(town, walker=question.walker, heights=question.heights, unknown="good")
    way: Way = "back" if question.trip == "back" else "there"
    used = _used_streets(
        ground, cells_on(town, ground), people, put_places(town, ground, sites), way=way,
        welcome=welcome_of(sites, eligible, len(town.cells)),
    )  # fmt: skip
    used[~unknown] = 0
    some = np.flatnonzero(used > 0)
    some = some[np.argsort(ground.graph.chain[some], kind="stable")]
    _, first = np.unique(ground.graph.chain[some], return_index=True)
    chains = np.split(some, first[1:]) if some.size else []
    middle = np.array([edges[np.argmax(used[edges])] for edges in chains], dtype=np.int64)
    # One call for all: it adds up the lengths of the whole network.
    at = points_along(ground.network, middle, ground.network.edge_m[middle] / 2)
    lon, lat = town.plane.to_lonlat(at[:, 0], at[:, 1])
    kinds = ground.network.kinds
    rows = [
        {
            "edges": tuple(edges.tolist()),
            "name": kinds[int(ground.network.edge_kind[one])],
            "metres": float(ground.network.edge_m[edges].sum()),
            "people": int(used[edges].max()),
            "lon": float(lon[row]),
            "lat": float(lat[row]),
        }
        for row, (edges, one) in enumerate(zip(chains, middle, strict=True))
    ]
    table = pd.DataFrame(rows, columns=["edges", "name", "metres", "people", "lon", "lat"])
    return table.sort_values("people", ascending=False, kind="stable", ignore_index=True).head(MOST)


def _used_streets(
    ground: Ground,
    homes: Snaps,
    people: Ints,
    sites: Snaps,
    *,
    way: Way,
    welcome: Welcome | None,
) -> Ints:
    """Return `people_on_streets`, everybody on the way to the nearest site that is for them."""
    if welcome is None:
        return people_on_streets(ground, homes, people, sites, way=way)
    rules = Rules(trip=way)
    nearest = walk_sites(ground, homes, sites, rules, limit_m=0.0, welcome=welcome).site
    used = np.zeros(ground.network.edge_count, dtype=np.int64)
    for mine, theirs in welcome.parts():
        here = np.zeros(people.size, dtype=np.int64)
        some = mine[np.isin(nearest[mine], theirs)]
        here[some] = people[some]
        used += people_on_streets(ground, homes, here, sites.take(theirs), way=way)
    return used


def people_on_streets(
    ground: Ground, homes: Snaps, people: Ints, sites: Snaps, *, way: Way = "there"
) -> Ints:
    """Return how many people's nearest walk uses each street (その道を通る人数).

    Parameters
    ----------
    homes, people
        (C,) where people meet the streets, and how many; those off the network are nowhere.

    Returns
    -------
        (E,) people, each counted on every street of the one way to the nearest site; the
        lowest edge where two ways are as long.
    """
    network = ground.network
    ends = ground.ends(sites)
    node_m = node_metres(ground, ends, walk_field(ground.graph, ends, way=way))
    parent, by = _next_steps(ground, node_m, there=way == "there")
    last = _last_streets(ground, node_m, sites, there=way == "there")
    parent[last >= 0] = by[last >= 0] = -1
    on = np.flatnonzero((homes.edge >= 0) & (people > 0))
    edge, count = homes.edge[on], people[on]
    first = _first_nodes(ground, homes.take(on), sites, node_m, way)
    passing = first >= 0
    # Once only: who lives at a junction and goes on by the own street, and who sets out on the
    # site's street and comes back to it by the other end.
    again = passing & ((by[first] == edge) | (last[_roots(parent)[first]] == edge))
    used = np.zeros(network.edge_count, dtype=np.int64)
    np.add.at(used, edge[~again], count[~again])
    flow = np.zeros(network.node_count, dtype=np.int64)
    np.add.at(flow, first[passing], count[passing])
    for node in np.argsort(-node_m, kind="stable").tolist():  # far nodes hand on to nearer ones
        if flow[node] and by[node] >= 0:
            used[by[node]] += flow[node]
            flow[parent[node]] += flow[node]
        elif flow[node]:
            used[last[node]] += flow[node]
    return used


def _first_nodes(ground: Ground, homes: Snaps, sites: Snaps, node_m: Floats, way: Way) -> Ints:
    """Return the node each home's nearest walk comes to first; -1 for none, as on the site's street."""
    network, costs, edge, there = ground.network, ground.costs, homes.edge, way == "there"
    ahead, back = costs.partial(network, edge, homes.along_m)
    to_u = back if there else ahead
    to_v = costs.forward[edge] - ahead if there else costs.backward[edge] - back
    u, v = network.edge_u[edge], network.edge_v[edge]
    by_u, by_v = node_m[u] + to_u, node_m[v] + to_v
    home, site, cost = along_chains(ground.graph, ground.ends(homes), ground.ends(sites), way)
    own = edge[home] == sites.edge[site]
    direct = np.full(edge.size, np.inf)
    np.minimum.at(direct, home[own], cost[own])
    return np.where(np.minimum(by_u, by_v) < direct, np.where(by_u <= by_v, u, v), -1)


def _next_steps(ground: Ground, node_m: Floats, *, there: bool) -> tuple[Ints, Ints]:
    """Return each node's next node on its nearest walk and the edge to it, -1 at the last."""
    network, costs = ground.network, ground.costs
    edges = np.flatnonzero(costs.usable)
    u, v = network.edge_u[edges], network.edge_v[edges]
    ahead, back = costs.forward[edges], costs.backward[edges]
    tail, head = np.concatenate([u, v]), np.concatenate([v, u])
    cost = np.concatenate([ahead, back] if there else [back, ahead])
    total = node_m[head] + cost
    fits = (
        np.isfinite(total) & (total <= node_m[tail] + TOLERANCE_M) & (node_m[head] < node_m[tail])
    )
    rows = np.flatnonzero(fits)
    rows = rows[np.lexsort((rows, total[rows], tail[rows]))]
    first = np.ones(rows.size, dtype=bool)
    first[1:] = tail[rows[1:]] != tail[rows[:-1]]
    rows = rows[first]
    parent = np.full(network.node_count, -1, dtype=np.int64)
    by = np.full(network.node_count, -1, dtype=np.int64)
    parent[tail[rows]], by[tail[rows]] = head[rows], np.tile(edges, 2)[rows]
    return parent, by


def _roots(parent: Ints) -> Ints:
    """Return the last node of each node's walk."""
    root = np.where(parent >= 0, parent, np.arange(parent.size))
    while not np.array_equal(root, onward := root[root]):
        root = onward
    return root


def _last_streets(ground: Ground, node_m: Floats, sites: Snaps, *, there: bool) -> Ints:
    """Return the street of the site that each node's nearest walk ends on from there, or -1."""
    network, costs = ground.network, ground.costs
    on = np.flatnonzero(sites.edge >= 0)
    edge, off_m = sites.edge[on], sites.off_m[on]
    ahead, back = costs.partial(network, edge, sites.along_m[on])
    from_u = ahead if there else back
    from_v = costs.backward[edge] - back if there else costs.forward[edge] - ahead
    node = np.concatenate([network.edge_u[edge], network.edge_v[edge]])
    cost = np.concatenate([from_u + off_m, from_v + off_m])
    ends = np.isfinite(cost) & (cost <= node_m[node] + TOLERANCE_M)
    last = np.full(network.node_count, -1, dtype=np.int64)
    last[node[ends]] = np.tile(edge, 2)[ends]
    return last
