"""Shortest walks along the streets (道のりを調べる).

All costs are flat-equivalent metres (`geo.walk.costs`): plain metres where heights are not used.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo.base.arrays import number_runs
from geo.base.problems import InputError
from geo.base.words import Words
from geo.walk.straight import nearest_straight

if TYPE_CHECKING:
    from geo.base.arrays import Flags, Floats, Ints
    from geo.walk.graph import Ends, WalkGraph

Way = Literal["there", "back"]

# A walk of exactly the limit counts; sums of a few hundred lengths in doubles are true to
# well under a micrometre, and no map is.
TOLERANCE_M: Final = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Field:
    """Cost between every node of a graph and its nearest site (節点からの道のり).

    Attributes
    ----------
    metres
        (M,) from the node to the site's door (there) or from the door to the node (back),
        infinite where no street leads or it is beyond the search limit.
    site
        (M,) row of that site, or -1.
    way
        Which of the two it is.
    """

    metres: Floats
    site: Ints
    way: Way


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Nearest:
    """Each cell's walk to its nearest site (最寄りまでの道のり).

    Attributes
    ----------
    metres
        (C,) from door to door: to the street, along it, and from it; infinite where there is
        no walk, NaN where the cell is not on the network.
    site
        (C,) row of that site, or -1.
    """

    metres: Floats
    site: Ints


def walk_field(
    graph: WalkGraph, sites: Ends, *, way: Way = "there", limit_m: float = np.inf
) -> Field:
    """Return every node's cost to or from its nearest site (道のりの場).

    One Dijkstra from all sites at once, each joined one-way to both ends of its own chain; on
    the graph turned round for the way there. Sites off the network take no part. Cost: one
    search of the part within `limit_m`.
    """
    count = graph.node_count
    rows = sites.rows
    if not rows.size or not count:
        return Field(metres=np.full(count, np.inf), site=np.full(count, -1), way=way)
    metres, _, source = dijkstra(
        join_points(graph.back if way == "there" else graph.out, *links_of(sites, rows, way)),
        directed=True,
        indices=np.arange(count, count + rows.size),
        min_only=True,
        return_predecessors=True,
        limit=limit_m + TOLERANCE_M,
    )
    reached = np.isfinite(metres[:count])
    site = np.full(count, -1, dtype=np.int64)
    site[reached] = rows[source[:count][reached] - count]
    return Field(metres=metres[:count], site=site, way=way)


def walk_nearest(
    graph: WalkGraph, cells: Ends, sites: Ends, field: Field | None = None, *, way: Way = "there"
) -> Nearest:
    """Return each cell's walk to (or from) its nearest site (最寄りの通いの場).

    A cell reaches a site by either end of its chain, or straight along it when the site
    stands on the same chain. `field` saves the search when it is known, and says the way.
    Without streets it is the straight line, whatever the way.
    """
    if cells.at_m is not None and sites.at_m is not None:
        return _straight_nearest(cells.at_m, cells.on, sites.at_m, sites.rows)
    field = walk_field(graph, sites, way=way) if field is None else field
    metres, site = by_nodes(cells, field)
    cell, other, direct = along_chains(graph, cells, sites, field.way)
    if cell.size:
        order = np.lexsort((other, direct))[::-1]  # the least is written last
        cell, other, direct = cell[order], other[order], direct[order]
        least, who = np.full(cells.size, np.inf), np.full(cells.size, -1, dtype=np.int64)
        least[cell], who[cell] = direct, other
        closer = least < metres
        metres, site = np.where(closer, least, metres), np.where(closer, who, site)
    metres = np.where(cells.on, metres + cells.off_m, np.nan)
    site[~np.isfinite(metres)] = -1
    return Nearest(metres=check_walks(metres, cells.on), site=site)


def _straight_nearest(here: Floats, on: Flags, there: Floats, rows: Ints) -> Nearest:
    metres, site = nearest_straight(here, there[rows])
    site = np.append(rows, -1)[site]
    site[~on] = -1
    return Nearest(metres=check_walks(np.where(on, metres, np.nan), on), site=site)


def check_walks(metres: Floats, on: Flags) -> Floats:
    """Return walks that are a length or infinite on the network, NaN only off it (道のりを確かめる).

    Raises
    ------
    InputError
        Where they are not: such a walk would be told as a figure.
    """
    bad = np.isnan(metres) == on
    bad[on] |= metres[on] < 0
    if bad.any():
        row = int(np.argmax(bad))
        raise InputError(
            Words(
                f"{row + 1}番目の住む所の道のりが数になりません（{bad.sum()}件）。"
                "まちがった数字を出さないために止めました。街を作り直してください",
                f"the walk from home number {row + 1} is no length ({bad.sum()} of them); stopped, "
                "so that no wrong figure is told: build the town again",
            )
        )
    return metres


def by_nodes(cells: Ends, field: Field) -> tuple[Floats, Ints]:
    """Return the cost by the nearer end of the chain, the way off the street not in it (端を通る道のり)."""
    if not field.metres.size:
        return np.full(cells.size, np.inf), np.full(cells.size, -1)
    there = field.way == "there"
    by_a = field.metres[cells.a] + (cells.to_a if there else cells.from_a)
    by_b = field.metres[cells.b] + (cells.to_b if there else cells.from_b)
    first = by_a <= by_b
    return np.where(first, by_a, by_b), np.where(first, field.site[cells.a], field.site[cells.b])


def along_chains(graph: WalkGraph, cells: Ends, sites: Ends, way: Way) -> tuple[Ints, Ints, Floats]:
    """Return all pairs on one chain: cells, sites, and the cost between them (同じ道の上の組).

    The site's way off the street is in the cost, the cell's is not.
    """
    rows = sites.rows
    rows = rows[np.argsort(sites.chain[rows], kind="stable")]
    held = np.zeros(2 * graph.network.edge_count, dtype=bool)
    held[sites.chain[rows]] = True
    some = cells.rows
    some = some[held[cells.chain[some]]]
    lo = np.searchsorted(sites.chain[rows], cells.chain[some], side="left")
    hi = np.searchsorted(sites.chain[rows], cells.chain[some], side="right")
    at, nth = number_runs(hi - lo)
    pick = lo[at] + nth
    cell, site = some[at], rows[pick]
    cost = cells.direct(sites, cell, site) if way == "there" else sites.direct(cells, site, cell)
    return cell, site, cost + sites.off_m[site]


def links_of(points: Ends, rows: Ints, way: Way) -> tuple[Ints, Ints, Floats]:
    """Return the links that join points to the ends of their chains: point, node, cost (点の枝).

    For the way there the costs are those from the node to the point's door, as the search
    goes against the walk. `rows` are points on the network; the first column counts them.
    """
    to = way == "back"
    cost_a = (points.to_a if to else points.from_a)[rows] + points.off_m[rows]
    cost_b = (points.to_b if to else points.from_b)[rows] + points.off_m[rows]
    a, b = points.a[rows], points.b[rows]
    both = np.flatnonzero(a != b)  # a ring's two ends are one node: the shorter way round counts
    cost_a = np.where(a == b, np.minimum(cost_a, cost_b), cost_a)
    point = np.concatenate([np.arange(rows.size), both])
    order = np.argsort(point, kind="stable")
    node, cost = np.concatenate([a, b[both]]), np.concatenate([cost_a, cost_b[both]])
    return point[order], node[order], cost[order]


def join_points(graph: csr_array, point: Ints, node: Ints, cost: Floats) -> csr_array:
    """Return a graph with further nodes that lead into it, one-way (点をつないだグラフ).

    Parameters
    ----------
    graph
        (M, M).
    point, node, cost
        (K,) links, ascending by `point`, which counts the new nodes from 0.
    """
    count = graph.shape[0]
    new = int(point[-1]) + 1 if point.size else 0
    start = np.searchsorted(point, np.arange(1, new + 1)) + graph.indptr[-1]
    return csr_array(
        (
            np.concatenate([graph.data, cost]),
            np.concatenate([graph.indices, node.astype(np.int32)]),
            np.concatenate([graph.indptr, start.astype(np.int32)]),
        ),
        shape=(count + new, count + new),
    )
