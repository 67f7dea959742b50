"""Shortest walks along the streets (道のりを調べる)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from geo.tables import check_travel

if TYPE_CHECKING:
    from geo.arrays import Floats, Ints
    from geo.network import WalkNetwork
    from geo.snap import Snaps


# A walk of exactly the limit counts; sums of a few hundred lengths in doubles are true to
# well under a micrometre, and no map is.
TOLERANCE_M = 1e-6
_SITES_AT_ONCE = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Distance from every node to its nearest site (節点からの道のり).

    Attributes
    ----------
    metres
        (N,) walk to the nearest site, the site's own way to the street included; infinite
        where no street leads there or it is beyond the search limit.
    site
        (N,) row of that site, or -1.
    """

    metres: Floats
    site: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
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


def walk_field(network: WalkNetwork, sites: Snaps, *, limit_m: float = np.inf) -> Field:
    """Return every node's distance to its nearest site (道のりの場).

    One Dijkstra from all sites at once, each joined one-way to both ends of its own edge.
    Sites with ``edge`` -1 take no part. Cost: one search of the part within `limit_m`.
    """
    count = network.node_count
    rows = np.flatnonzero(sites.edge >= 0)
    if not rows.size:
        return Field(metres=np.full(count, np.inf), site=np.full(count, -1, dtype=np.int64))
    graph = _graph(network, sites, rows)
    metres, _, source = dijkstra(
        graph,
        directed=True,
        indices=np.arange(count, count + rows.size),
        min_only=True,
        return_predecessors=True,
        limit=limit_m + TOLERANCE_M,
    )
    reached = np.isfinite(metres[:count])
    site = np.full(count, -1, dtype=np.int64)
    site[reached] = rows[source[:count][reached] - count]
    return Field(metres=metres[:count], site=site)


def walk_nearest(
    network: WalkNetwork, cells: Snaps, sites: Snaps, field: Field | None = None
) -> Nearest:
    """Return each cell's walk to its nearest site (最寄りの通いの場).

    A cell reaches a site by either end of its edge, or straight along it when the site
    stands on the same edge. `field` saves the search when it is known.
    """
    field = walk_field(network, sites) if field is None else field
    metres = np.full(cells.edge.size, np.nan)
    site = np.full(cells.edge.size, -1, dtype=np.int64)
    on = np.flatnonzero(cells.edge >= 0)
    edge, along = cells.edge[on], cells.along_m[on]
    u, v = network.edge_u[edge], network.edge_v[edge]
    by_u = field.metres[u] + along
    by_v = field.metres[v] + (network.edge_m[edge] - along)
    best, who = np.minimum(by_u, by_v), np.where(by_u <= by_v, field.site[u], field.site[v])
    cell, other = _same_edge(edge, sites)
    direct = np.abs(along[cell] - sites.along_m[other]) + sites.off_m[other]
    order = np.lexsort((other, direct))[::-1]  # the least is written last
    cell, other, direct = cell[order], other[order], direct[order]
    least = np.full(on.size, np.inf)
    least_site = np.full(on.size, -1, dtype=np.int64)
    least[cell], least_site[cell] = direct, other
    closer = least < best
    metres[on] = np.where(closer, least, best) + cells.off_m[on]
    site[on] = np.where(closer, least_site, who)
    site[~np.isfinite(metres)] = -1
    return Nearest(metres=metres, site=site)


def walk_travel(
    network: WalkNetwork, cells: Snaps, sites: Snaps, *, limit_m: float, metres_per_min: float
) -> pd.DataFrame:
    """Return Travel: every cell-and-site pair within the limit (範囲内のすべての組).

    A search per site, cut off at `limit_m`; memory is 32 searches, never cells × sites.
    A walk of exactly `limit_m` is in. Rows are ordered by cell, then site.
    """
    count = network.node_count
    rows = np.flatnonzero(sites.edge >= 0)
    on = np.flatnonzero(cells.edge >= 0)
    parts: list[tuple[Ints, Ints, Floats]] = []
    if rows.size and on.size:
        graph = _graph(network, sites, rows)
        place = cKDTree(_points_on(network, cells.take(on)))
        near = place.query_ball_point(_points_on(network, sites.take(rows)), limit_m + 1.0)
        for at in range(0, rows.size, _SITES_AT_ONCE):
            some = np.arange(at, min(at + _SITES_AT_ONCE, rows.size))
            dist = dijkstra(graph, directed=True, indices=count + some, limit=limit_m + TOLERANCE_M)
            for line, k in zip(dist, some, strict=True):
                cell = on[np.asarray(near[k], dtype=np.int64)]
                metres = _walk_to(network, cells.take(cell), sites, int(rows[k]), line)
                within = metres <= limit_m + TOLERANCE_M
                parts.append((cell[within], np.full(int(within.sum()), rows[k]), metres[within]))
    parts.append((rows[:0], rows[:0], np.zeros(0)))
    pairs, whose, walked = (np.concatenate(part) for part in zip(*parts, strict=True))
    travel = pd.DataFrame(
        {
            "cell": pairs.astype(np.int64),
            "site": whose.astype(np.int64),
            "metres": walked,
            "minutes": walked / metres_per_min,
        }
    )
    return check_travel(travel.sort_values(["cell", "site"], ignore_index=True))


def _walk_to(network: WalkNetwork, cells: Snaps, sites: Snaps, site: int, node_m: Floats) -> Floats:
    u, v = network.edge_u[cells.edge], network.edge_v[cells.edge]
    far = network.edge_m[cells.edge] - cells.along_m
    best = np.minimum(node_m[u] + cells.along_m, node_m[v] + far)
    same = cells.edge == sites.edge[site]
    direct = np.abs(cells.along_m - sites.along_m[site]) + sites.off_m[site]
    walk: Floats = np.where(same, np.minimum(best, direct), best) + cells.off_m
    return walk


def _graph(network: WalkNetwork, sites: Snaps, rows: Ints) -> csr_array:
    """Both directions of every edge, and a one-way link from each site to its edge's ends."""
    edge = sites.edge[rows]
    start = np.arange(network.node_count, network.node_count + rows.size)
    tail = np.concatenate([network.edge_u, network.edge_v, start, start])
    head = np.concatenate(
        [network.edge_v, network.edge_u, network.edge_u[edge], network.edge_v[edge]]
    )
    to_u = sites.along_m[rows] + sites.off_m[rows]
    to_v = network.edge_m[edge] - sites.along_m[rows] + sites.off_m[rows]
    weight = np.concatenate([network.edge_m, network.edge_m, to_u, np.maximum(to_v, 0.0)])
    order = np.lexsort((weight, head, tail))
    tail, head, weight = tail[order], head[order], weight[order]
    first = np.ones(tail.size, dtype=bool)  # of parallel streets the shortest: CSR would add them
    first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    tail, head, weight = tail[first], head[first], weight[first]
    size = network.node_count + rows.size
    indptr = np.searchsorted(tail, np.arange(size + 1))
    return csr_array((weight, head.astype(np.int32), indptr.astype(np.int32)), shape=(size, size))


def _same_edge(edge: Ints, sites: Snaps) -> tuple[Ints, Ints]:
    """Return all pairs (row of `edge`, site) that stand on one edge."""
    rows = np.flatnonzero(sites.edge >= 0)
    rows = rows[np.argsort(sites.edge[rows], kind="stable")]
    lo = np.searchsorted(sites.edge[rows], edge, side="left")
    hi = np.searchsorted(sites.edge[rows], edge, side="right")
    count = hi - lo
    cell = np.repeat(np.arange(edge.size), count)
    within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    return cell, rows[np.repeat(lo, count) + within]


def _points_on(network: WalkNetwork, snaps: Snaps) -> Floats:
    """Return the (n, 2) points on the streets where `snaps` stand."""
    return points_along(network, snaps.edge, snaps.along_m)


def points_along(network: WalkNetwork, edge: Ints, along_m: Floats) -> Floats:
    """Return the (n, 2) points `along_m` metres from end u of each edge (道の上の点)."""
    x, y, start = network.vertex_x_m, network.vertex_y_m, network.edge_start
    step = np.hypot(np.diff(x), np.diff(y))
    step[start[1:-1] - 1] = 0.0
    total = np.concatenate([[0.0], np.cumsum(step)])
    want = total[start[edge]] + along_m
    at = np.searchsorted(total, want, side="right") - 1
    at = np.clip(at, start[edge], start[edge + 1] - 2)
    length = np.where(step[at] > 0, step[at], 1.0)
    part = np.clip((want - total[at]) / length, 0.0, 1.0)
    return np.column_stack([x[at] + part * (x[at + 1] - x[at]), y[at] + part * (y[at + 1] - y[at])])
