"""Every walk within the limit, not only the nearest (範囲内のすべての組)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from geo.base.arrays import number_runs
from geo.base.sound import check_finite
from geo.base.words import Words
from geo.walk.search import TOLERANCE_M, along_chains, links_of
from geo.walk.straight import pairs_straight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.base.arrays import Floats, Ints
    from geo.walk.graph import Ends, WalkGraph
    from geo.walk.search import Way

# Copies of nodes searched at a time: some 60 MB of work, whatever the number of sites.
_NODES_AT_ONCE: Final = 400_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pairs:
    """Walks between cells and sites (組になる道のり); K pairs, ordered by cell, then site.

    Attributes
    ----------
    cell, site
        (K,) rows.
    metres
        (K,) flat-equivalent metres from door to door, not more than the limit.
    """

    cell: Ints
    site: Ints
    metres: Floats


def walk_pairs(
    graph: WalkGraph, cells: Ends, sites: Ends, *, limit_m: float, way: Way = "there"
) -> Pairs:
    """Return every cell-and-site pair within the limit (範囲内の組を求める).

    Each site searches its own copy of the nodes that a straight line says it could reach, all
    copies in one Dijkstra; memory is that of the pairs and a fixed part, never cells × sites.
    A walk of exactly `limit_m` is in. Without streets it is the straight line, whatever the way.
    """
    if cells.at_m is not None and sites.at_m is not None:
        mine, theirs = cells.rows, sites.rows
        cell, who, metres = pairs_straight(
            cells.at_m[mine], sites.at_m[theirs], limit_m + TOLERANCE_M
        )
        return Pairs(cell=mine[cell], site=theirs[who], metres=metres)
    parts = [_straight(graph, cells, sites, limit_m, way)]
    to = way == "there"
    by_ends = (
        _sorted_by(cells, cells.a, cells.to_a if to else cells.from_a),
        _sorted_by(cells, cells.b, cells.to_b if to else cells.from_b),
    )
    for reached in _reached(graph, sites, limit_m, way):
        parts += [_by_node(by_end, reached, limit_m) for by_end in by_ends]
    cell, who, walked = (np.concatenate(part) for part in zip(*parts, strict=True))
    order = np.lexsort((walked, who, cell))
    cell, who, walked = cell[order], who[order], walked[order]
    first = np.ones(cell.size, dtype=bool)
    first[1:] = (cell[1:] != cell[:-1]) | (who[1:] != who[:-1])
    walked = walked[first]
    check_finite(walked, Words("範囲内の道のり", "the walks within range"))
    return Pairs(cell=cell[first], site=who[first], metres=walked)


def by_stretch(
    graph: WalkGraph,
    cells: Ends,
    stops: Ends,
    value: Floats,
    *,
    limit_m: float,
    way: Way = "there",
) -> Floats:
    """Return each cell's least sum of a walk within the limit and its stop's value (休む所までの最小).

    Parameters
    ----------
    value
        (F,) of the stops; infinite for those of no use.
    limit_m
        Of the walk alone, without the value.

    Returns
    -------
        (C,), infinite where no stop lies within the limit. No table of pairs is made: each
        node keeps the walks to stops that no shorter one betters.
    """
    stops_on = np.flatnonzero(np.isfinite(value))
    stops, value = stops.take(stops_on), value[stops_on]
    best = np.full(cells.size, np.inf)
    cell, stop, cost = _straight(graph, cells, stops, limit_m, way)
    np.minimum.at(best, cell, cost + value[stop])
    reached = list(_reached(graph, stops, limit_m, way))
    if not reached:
        return best
    stop = np.concatenate([part[0] for part in reached])
    node = np.concatenate([part[1] for part in reached])
    walked = np.concatenate([part[2] for part in reached])
    start, walked, least = _tables(graph.node_count, node, walked, walked + value[stop])
    rows = cells.rows
    to = way == "there"
    for ends, leave in (
        (cells.a[rows], (cells.to_a if to else cells.from_a)[rows] + cells.off_m[rows]),
        (cells.b[rows], (cells.to_b if to else cells.from_b)[rows] + cells.off_m[rows]),
    ):
        some = np.flatnonzero((start[ends + 1] > start[ends]) & (leave <= limit_m + TOLERANCE_M))
        at = _last_within(start, walked, ends[some], limit_m + TOLERANCE_M - leave[some])
        found = at >= start[ends[some]]
        mine = rows[some[found]]
        best[mine] = np.minimum(best[mine], leave[some[found]] + least[at[found]])
    return best


def _tables(nodes: int, node: Ints, walked: Floats, total: Floats) -> tuple[Ints, Floats, Floats]:
    """Return, per node, walks ascending, each with the least total up to it; the others dropped."""
    order = np.lexsort((total, walked, node))
    node, walked, total = node[order], walked[order], total[order]
    least, step = total, 1
    while step < node.size:  # running least within a node, by doubling
        before = np.concatenate([np.full(step, np.inf), least[:-step]])
        before[step:][node[step:] != node[:-step]] = np.inf
        if not (before < least).any():
            break
        least = np.minimum(least, before)
        step *= 2
    better = np.ones(node.size, dtype=bool)
    better[1:] = (node[1:] != node[:-1]) | (least[1:] < least[:-1])
    start = np.searchsorted(node[better], np.arange(nodes + 1))
    return start, walked[better], least[better]


def _last_within(start: Ints, walked: Floats, node: Ints, budget: Floats) -> Ints:
    """Return the last row of each node's table not beyond the budget, or the one before its first."""
    lo, hi = start[node] - 1, start[node + 1] - 1
    while (lo < hi).any():
        middle = (lo + hi + 1) // 2
        within = walked[np.maximum(middle, 0)] <= budget
        wider = lo < hi
        lo, hi = np.where(wider & within, middle, lo), np.where(wider & ~within, middle - 1, hi)
    return lo


def _straight(
    graph: WalkGraph, cells: Ends, sites: Ends, limit_m: float, way: Way
) -> tuple[Ints, Ints, Floats]:
    cell, site, cost = along_chains(graph, cells, sites, way)
    cost = cost + cells.off_m[cell]
    near = cost <= limit_m + TOLERANCE_M
    return cell[near], site[near], cost[near]


def _reached(
    graph: WalkGraph, sites: Ends, limit_m: float, way: Way
) -> Iterator[tuple[Ints, Ints, Floats]]:
    """Yield (site, node, cost) of all nodes within the limit of each site, some sites at a time."""
    rows = sites.rows
    if not rows.size or not graph.node_count:
        return
    tree = _nodes(graph)
    point, node, cost = links_of(sites, rows, way)
    left = (limit_m + TOLERANCE_M - cost) / graph.costs.least_per_m
    some = left >= 0
    point, node, cost, left = point[some], node[some], cost[some], left[some]
    places = tree.data[node]
    size = tree.query_ball_point(places, left * (1 + 1e-9) + 1e-6, return_length=True)
    links = graph.back if way == "there" else graph.out
    for run in _batches(point, size):
        widest = float(left[run].max()) * (1 + 1e-9) + 1e-6
        near = cKDTree(places[run]).sparse_distance_matrix(tree, widest, output_type="ndarray")
        near = near[near["v"] <= left[run][near["i"]] * (1 + 1e-9) + 1e-6]
        key = np.sort(point[run][near["i"]] * graph.node_count + near["j"])
        key = key[np.append(True, key[1:] != key[:-1])]
        entry = (point[run], node[run], cost[run])
        found = _search_blocks(links, key, entry, limit_m)
        within = found <= limit_m + TOLERANCE_M
        key = key[within]
        yield rows[key // graph.node_count], key % graph.node_count, found[within]


@lru_cache(maxsize=4)
def _nodes(graph: WalkGraph) -> cKDTree:
    """Return the nodes to be searched by where they are, kept: one more 通いの場 needs few of them."""
    return cKDTree(np.column_stack([graph.node_x_m, graph.node_y_m]))


def _batches(point: Ints, size: Ints) -> Iterator[slice]:
    """Yield runs of whole points whose balls hold about `_NODES_AT_ONCE` nodes."""
    if not point.size:
        return
    total = np.cumsum(size)
    begin = 0
    while begin < point.size:
        before = total[begin - 1] if begin else 0
        end = max(int(np.searchsorted(total, before + _NODES_AT_ONCE, side="right")), begin + 1)
        end = int(np.searchsorted(point, point[end - 1], side="right"))
        yield slice(begin, end)
        begin = end


def _search_blocks(
    links: csr_array, key: Ints, entry: tuple[Ints, Ints, Floats], limit_m: float
) -> Floats:
    """Return the cost at each (site, node) copy; copies of different sites do not touch."""
    count = links.shape[0]
    block, node = key // count, key % count
    begin = links.indptr[node].astype(np.int64)
    tail, nth = number_runs(links.indptr[node + 1] - begin)
    link = begin[tail] + nth
    want = block[tail] * count + links.indices[link]
    head = np.searchsorted(key, want)
    held = key[np.minimum(head, key.size - 1)] == want
    tail, head, cost = tail[held], head[held], links.data[link[held]]
    point, at, enter = entry
    source, number = np.unique(point, return_inverse=True)
    total = key.size + source.size
    heads = np.concatenate([head, np.searchsorted(key, point * count + at)]).astype(np.int32)
    start = np.searchsorted(np.concatenate([tail, key.size + number]), np.arange(total + 1)).astype(
        np.int32
    )
    joined = csr_array((np.concatenate([cost, enter]), heads, start), shape=(total, total))
    found: Floats = dijkstra(
        joined,
        directed=True,
        indices=np.arange(key.size, total),
        min_only=True,
        limit=limit_m + TOLERANCE_M,
    )[: key.size]
    return found


def _sorted_by(cells: Ends, node: Ints, leave: Floats) -> tuple[Ints, Ints, Floats]:
    """Return the cells by one end of their chains: rows, nodes ascending, cost to the door."""
    rows = cells.rows
    rows = rows[np.argsort(node[rows], kind="stable")]
    return rows, node[rows], leave[rows] + cells.off_m[rows]


def _by_node(
    by_end: tuple[Ints, Ints, Floats], reached: tuple[Ints, Ints, Floats], limit_m: float
) -> tuple[Ints, Ints, Floats]:
    """Return the pairs that go by one end of the cells' chains."""
    rows, nodes, leave = by_end
    site, node, metres = reached
    lo = np.searchsorted(nodes, node, side="left")
    at, nth = number_runs(np.searchsorted(nodes, node, side="right") - lo)
    pick = lo[at] + nth
    walked = metres[at] + leave[pick]
    near = walked <= limit_m + TOLERANCE_M
    return rows[pick[near]], site[at[near]], walked[near]
