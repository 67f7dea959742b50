"""Walks on which one can sit down often enough (休みながら歩く道のり).

A walk counts only when no stretch of it between two rests is longer than the walker can go;
the door one leaves and the door one comes to are rests. Stretches are in flat-equivalent
metres, as all costs are. Exact: rests are the nodes of a closure whose links are the shortest
walks not longer than a stretch; any walk that keeps the rule is a chain of such links.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo.network.snap import Snaps, join_snaps
from geo.walk.costs import Costs
from geo.walk.graph import make_graph
from geo.walk.search import TOLERANCE_M, along_chains
from geo.walk.travel import by_stretch, walk_pairs

if TYPE_CHECKING:
    from geo.base.arrays import Flags, Floats, Ints
    from geo.walk.graph import Ends, WalkGraph
    from geo.walk.ground import Ground
    from geo.walk.search import Way


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Resting:
    """Where one can sit (休める所).

    Attributes
    ----------
    places
        (K,) rests, as they meet the streets; the way off the street and back is walked.
    free
        (E,) streets along which one may rest anywhere, as those nobody has looked at are
        taken when the unknown is taken as good; None for no street.
    """

    places: Snaps
    free: Flags | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stage:
    """A walking day's graph of rests (休み場のつながり).

    Attributes
    ----------
    ground, way, stretch_m
        What it was made for.
    graph
        Of the streets on which the rule holds: all but the free ones.
    stops
        Points of `graph`: the rests, the network's nodes where free streets begin, the sites.
    onward
        (N + K, N + K) links of the closure, from the one nearer the site outwards: N nodes
        of the network (only those of free streets have links), K rests.
    rest_row
        (R,) rows of the closure the rests and free streets' nodes in `stops` have.
    free
        (E,) the free streets the walker may use.
    """

    ground: Ground
    way: Way
    stretch_m: float
    graph: WalkGraph
    stops: Ends
    onward: csr_array
    rest_row: Ints
    free: Flags


def walk_with_rests(
    ground: Ground,
    cells: Snaps,
    sites: Snaps,
    resting: Resting,
    *,
    stretch_m: float,
    limit_m: float = np.inf,
    way: Way = "there",
) -> Floats:
    """Return each cell's shortest walk to a site with a rest at least every stretch (休みながらの道のり).

    Parameters
    ----------
    cells, sites
        As they meet the streets of `ground`.
    stretch_m
        The longest stretch between rests, flat-equivalent metres.
    limit_m
        Longer walks are not looked for and come back as infinite.

    Returns
    -------
        (C,) flat-equivalent metres from door to door; infinite where no such walk is, NaN off
        the network.

    Notes
    -----
    Cost: a short search per rest (of one stretch), one of the closure, and for the cells two
    look-ups in what the rests reach.
    """
    stage = make_stage(ground, resting, sites, stretch_m=stretch_m, way=way)
    reached = closure_metres(stage, sites, limit_m=limit_m)
    return finish_walks(stage, cells, sites, reached, limit_m=limit_m)


def make_stage(
    ground: Ground, resting: Resting, sites: Snaps, *, stretch_m: float, way: Way = "there"
) -> Stage:
    """Return the closure of the rests (休み場をつなぐ)."""
    network = ground.network
    usable = ground.costs.usable
    free = (np.zeros(usable.size, dtype=bool) if resting.free is None else resting.free) & usable
    graph = _without(ground, free)
    border, edge, along = _free_borders(ground, free, usable)
    places = resting.places
    held = np.where((places.edge >= 0) & ~free[np.maximum(places.edge, 0)], places.edge, -1)
    stops = join_snaps(
        Snaps(edge=edge, along_m=along, off_m=np.zeros(edge.size)),
        Snaps(edge=held, along_m=places.along_m, off_m=places.off_m),
        _on_ruled(sites, free),
    )
    rest_row = np.concatenate([border, network.node_count + np.arange(held.size)])
    ends = graph.ends(stops)
    some = ends.take(np.arange(rest_row.size))
    pairs = walk_pairs(graph, some, some, limit_m=stretch_m, way=way)
    tail, head = rest_row[pairs.site], rest_row[pairs.cell]
    u, v = network.edge_u[free], network.edge_v[free]
    there = way == "there"
    ahead, back = ground.costs.forward[free], ground.costs.backward[free]
    onward = _cheapest(
        np.concatenate([tail, v, u]),
        np.concatenate([head, u, v]),
        np.concatenate([pairs.metres, ahead if there else back, back if there else ahead]),
        network.node_count + held.size,
    )
    return Stage(
        ground=ground,
        way=way,
        stretch_m=stretch_m,
        graph=graph,
        stops=ends,
        onward=onward,
        rest_row=rest_row,
        free=free,
    )


def closure_metres(stage: Stage, sites: Snaps, *, limit_m: float = np.inf) -> Floats:
    """Return the walk between each row of the closure and its nearest site (休み場からの道のり)."""
    rests = stage.rest_row.size
    at_site = np.arange(rests, rests + sites.edge.size)
    pairs = walk_pairs(
        stage.graph,
        stage.stops.take(np.arange(rests)),
        stage.stops.take(at_site),
        limit_m=stage.stretch_m,
        way=stage.way,
    )
    node, metres = _from_free_sites(stage, sites)
    return _search(
        stage.onward,
        np.concatenate([stage.rest_row[pairs.cell], node]),
        np.concatenate([pairs.metres, metres]),
        limit_m,
    )


def finish_walks(
    stage: Stage, cells: Snaps, sites: Snaps, reached: Floats, *, limit_m: float = np.inf
) -> Floats:
    """Return each cell's walk, given those of the closure (家からの道のり)."""
    ruled = _on_ruled(cells, stage.free)
    value = np.concatenate([reached[stage.rest_row], np.zeros(sites.edge.size)])
    ends = stage.graph.ends(ruled)
    best = by_stretch(stage.graph, ends, stage.stops, value, limit_m=stage.stretch_m, way=stage.way)
    rows = _rows_on(cells, stage)
    if rows.size:
        best[rows] = _from_free_streets(stage, cells.take(rows), sites, reached)
    best = np.where(best <= limit_m + TOLERANCE_M, best, np.inf)
    return np.where(cells.edge >= 0, best, np.nan)


def _without(ground: Ground, free: Flags) -> WalkGraph:
    if not free.any():
        return ground.graph
    costs = ground.costs
    return make_graph(
        ground.network,
        Costs(
            forward=np.where(free, np.inf, costs.forward),
            backward=np.where(free, np.inf, costs.backward),
            profile=costs.profile,
            least_per_m=costs.least_per_m,
        ),
    )


def _free_borders(ground: Ground, free: Flags, usable: Flags) -> tuple[Ints, Ints, Floats]:
    """Return the nodes where free streets meet others, and each as a point of one of the others."""
    network = ground.network
    touches = np.zeros(network.node_count, dtype=bool)
    touches[network.edge_u[free]] = touches[network.edge_v[free]] = True
    edge, along = np.full(network.node_count, -1, dtype=np.int64), np.zeros(network.node_count)
    ruled = np.flatnonzero(usable & ~free)
    for node, at in (
        (network.edge_v[ruled], network.edge_m[ruled]),
        (network.edge_u[ruled], np.zeros(ruled.size)),
    ):
        edge[node], along[node] = ruled, at
    border = np.flatnonzero(touches & (edge >= 0))
    return border, edge[border], along[border]


def _on_ruled(snaps: Snaps, free: Flags) -> Snaps:
    """Return the points without those on free streets."""
    edge = np.where((snaps.edge >= 0) & ~free[np.maximum(snaps.edge, 0)], snaps.edge, -1)
    return Snaps(edge=edge, along_m=snaps.along_m, off_m=snaps.off_m)


def _rows_on(snaps: Snaps, stage: Stage) -> Ints:
    """Return the points on free streets that are not more than a stretch off them."""
    on = (snaps.edge >= 0) & stage.free[np.maximum(snaps.edge, 0)]
    return np.flatnonzero(on & (snaps.off_m <= stage.stretch_m))


def _from_free_sites(stage: Stage, sites: Snaps) -> tuple[Ints, Floats]:
    """Return nodes of free streets on which sites stand, and the walk between node and site."""
    rows = _rows_on(sites, stage)
    edge = sites.edge[rows]
    by_u, by_v = _to_ends(stage, edge, sites.along_m[rows], outwards=stage.way == "back")
    network = stage.ground.network
    return (
        np.concatenate([network.edge_u[edge], network.edge_v[edge]]),
        np.concatenate([by_u, by_v]) + np.tile(sites.off_m[rows], 2),
    )


def _from_free_streets(stage: Stage, cells: Snaps, sites: Snaps, reached: Floats) -> Floats:
    """Return the walks of cells on free streets: by either end, or along to a site there."""
    network = stage.ground.network
    by_u, by_v = _to_ends(stage, cells.edge, cells.along_m, outwards=stage.way == "there")
    best = np.minimum(
        by_u + reached[network.edge_u[cells.edge]], by_v + reached[network.edge_v[cells.edge]]
    )
    ground = stage.ground
    cell, site, cost = along_chains(ground.graph, ground.ends(cells), ground.ends(sites), stage.way)
    here = (cells.edge[cell] == sites.edge[site]) & (sites.off_m[site] <= stage.stretch_m)
    np.minimum.at(best, cell[here], cost[here])
    return best + cells.off_m


def _to_ends(stage: Stage, edge: Ints, along_m: Floats, *, outwards: bool) -> tuple[Floats, Floats]:
    """Return the cost between points and the ends u and v of their edges.

    `outwards` from the point to the end, else from the end to the point.
    """
    costs = stage.ground.costs
    ahead, back = costs.partial(stage.ground.network, edge, along_m)
    if outwards:
        return back, costs.forward[edge] - ahead
    return ahead, costs.backward[edge] - back


def _cheapest(tail: Ints, head: Ints, cost: Floats, size: int) -> csr_array:
    order = np.lexsort((cost, head, tail))
    tail, head, cost = tail[order], head[order], cost[order]
    keep = np.ones(tail.size, dtype=bool)
    keep[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    tail, head, cost = tail[keep], head[keep], cost[keep]
    start = np.searchsorted(tail, np.arange(size + 1)).astype(np.int32)
    return csr_array((cost, head.astype(np.int32), start), shape=(size, size))


def _search(onward: csr_array, row: Ints, cost: Floats, limit_m: float) -> Floats:
    """Return the least cost to every row of a closure, begun with `cost` at some rows."""
    size = onward.shape[0]
    begun = np.full(size, np.inf)
    np.minimum.at(begun, row, cost)
    rows = np.flatnonzero(np.isfinite(begun))
    joined = csr_array(
        (
            np.concatenate([onward.data, begun[rows]]),
            np.concatenate([onward.indices, rows.astype(np.int32)]),
            np.append(onward.indptr, onward.indptr[-1] + np.int32(rows.size)),
        ),
        shape=(size + 1, size + 1),
    )
    found: Floats = dijkstra(joined, directed=True, indices=size, limit=limit_m + TOLERANCE_M)[
        :size
    ]
    return found
