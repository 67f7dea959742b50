"""What one change does, without starting again: only what can change is searched (検討案の差分).

A `Standing` holds every node's and every cell's nearest site. A site added can only better
the nodes around it; a site removed frees the nodes it served; an edge mended does both. Each
method returns a new standing equal to one made from the start.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo.base.arrays import gather_runs, number_runs
from geo.network.snap import Snaps, join_snaps
from geo.walk.mending import mend_graph
from geo.walk.search import (
    Field,
    Nearest,
    join_points,
    links_of,
    walk_field,
    walk_nearest,
)

if TYPE_CHECKING:
    from geo.base.arrays import Flags, Floats, Ints
    from geo.walk.graph import Ends, WalkGraph
    from geo.walk.search import Way

_FIRST_LIMIT_M: Final = 400.0
_WIDER: Final = 3.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Standing:
    """Where every cell stands (いまの届き方); read-only.

    Attributes
    ----------
    graph
        The streets.
    cell_snaps, cells
        (C,) people's places.
    site_snaps, sites
        (F,) every site there was or is; rows are never reused.
    open
        (F,) whether a site counts.
    field, nearest
        Of nodes and of cells; `site` are rows of `sites`.
    """

    graph: WalkGraph
    cell_snaps: Snaps
    cells: Ends
    site_snaps: Snaps
    sites: Ends
    open: Flags
    field: Field
    nearest: Nearest

    def add_site(self, site: Snaps) -> Standing:
        """Return the standing with one more site, whose row is the last (通いの場を足す).

        Parameters
        ----------
        site
            One point, snapped to the streets of the graph.
        """
        snaps = join_snaps(self.site_snaps, site)
        wider = replace(
            self,
            site_snaps=snaps,
            sites=self.graph.ends(snaps),
            open=np.append(self.open, True),
        )
        row = np.array([snaps.edge.size - 1])
        changed, field = _better(wider, self.field, row, row[:0])
        return _settle(wider, field, changed, row)

    def remove_site(self, row: int) -> Standing:
        """Return the standing without a site (通いの場をなくす)."""
        still = self.open.copy()
        still[row] = False
        fewer = replace(self, open=still)
        freed = np.flatnonzero(self.field.site == row)
        field = _search_again(fewer, self.field, freed)
        return _settle(fewer, field, freed, np.array([row]), served_by=row)

    def move_site(self, row: int, site: Snaps) -> Standing:
        """Return the standing with a site elsewhere; it gets the last row (通いの場を移す)."""
        return self.remove_site(row).add_site(site)

    def mend_edge(self, edge: int, *, forward: float, backward: float) -> Standing:
        """Return the standing with an edge that costs otherwise (道を直す).

        Parameters
        ----------
        forward, backward
            Its new costs from u to v and back, flat-equivalent metres, finite, spread evenly.
        """
        graph = mend_graph(self.graph, edge, forward=forward, backward=backward)
        chain = self.graph.chain[edge]
        mended = replace(
            self,
            graph=graph,
            cells=graph.ends(self.cell_snaps),
            sites=graph.ends(self.site_snaps),
        )
        on_chain = np.flatnonzero(self.open & self.sites.on & (self.sites.chain == chain))
        u, v = int(self.graph.end_u[edge]), int(self.graph.end_v[edge])
        freed = _maybe_longer(self.field, np.array([u, v]), on_chain)
        field = _search_again(mended, self.field, freed)
        nearer, field = _better(mended, field, on_chain, freed)
        better, field = _spread(mended, field, np.array([u, v]), np.union1d(freed, nearer))
        changed = np.concatenate([freed, nearer, better])
        return _settle(mended, field, changed, on_chain, chain=int(chain))


def make_standing(graph: WalkGraph, cells: Snaps, sites: Snaps, *, way: Way = "there") -> Standing:
    """Return the standing of cells and sites (いまの届き方を求める)."""
    homes, ends = graph.ends(cells), graph.ends(sites)
    field = walk_field(graph, ends, way=way)
    return Standing(
        graph=graph,
        cell_snaps=cells,
        cells=homes,
        site_snaps=sites,
        sites=ends,
        open=np.ones(sites.edge.size, dtype=bool),
        field=field,
        nearest=walk_nearest(graph, homes, ends, field),
    )


def _better(standing: Standing, field: Field, sites: Ints, moved: Ints) -> tuple[Ints, Field]:
    """Return the nodes that some sites better, and the field with them."""
    rows = sites[np.isin(sites, standing.sites.rows)]
    return _pour(standing, field, links_of(standing.sites, rows, field.way), rows, moved)


def _pour(
    standing: Standing, field: Field, links: tuple[Ints, Ints, Floats], label: Ints, moved: Ints
) -> tuple[Ints, Field]:
    """Return the nodes that new ways in better, and the bettered field.

    The search is widened until no node it betters has a neighbour beyond it that it might
    better too: what it betters hangs together, as each such node's way in leads over others,
    or over those of `moved`, which were bettered just before.
    """
    point, node, cost = links
    if not node.size:
        return np.zeros(0, dtype=np.int64), field
    graph, old = _inwards(standing.graph, field.way), field.metres
    joined = join_points(graph, point, node, cost)
    count, new = graph.shape[0], int(point[-1]) + 1
    limit = max(_FIRST_LIMIT_M, float(cost.max()) + 1.0)
    while True:
        found, _, source = dijkstra(
            joined, directed=True, indices=np.arange(count, count + new), min_only=True,
            return_predecessors=True, limit=limit,
        )  # fmt: skip
        better = np.flatnonzero(found[:count] < old)
        inner = np.concatenate([better, moved[np.isfinite(found[moved])]])
        begin = graph.indptr[inner].astype(np.int64)
        at = gather_runs(begin, graph.indptr[inner + 1] - begin)
        beyond = graph.indices[at]
        beyond = beyond[np.isinf(found[beyond])]
        if np.isinf(limit) or not (old[beyond] > limit).any():
            break
        limit = limit * _WIDER if limit < 1e5 else np.inf  # noqa: PLR2004 - 100 km: no end in sight
    metres, site = old.copy(), field.site.copy()
    metres[better] = found[better]
    site[better] = label[source[better] - count]
    return better, replace(field, metres=metres, site=site)


def _spread(standing: Standing, field: Field, nodes: Ints, moved: Ints) -> tuple[Ints, Field]:
    """Return what the present costs of some nodes better around them."""
    seeds = np.unique(nodes[nodes >= 0])
    seeds = seeds[np.isfinite(field.metres[seeds])]
    if not seeds.size:
        return seeds, field
    graph = _inwards(standing.graph, field.way)
    begin = graph.indptr[seeds].astype(np.int64)
    which, nth = number_runs(graph.indptr[seeds + 1] - begin)
    at = begin[which] + nth
    cost = field.metres[seeds[which]] + graph.data[at]
    order = np.argsort(which, kind="stable")
    links = (which[order], graph.indices[at][order].astype(np.int64), cost[order])
    better, field = _pour(standing, field, links, field.site[seeds], moved)
    return better, field


def _maybe_longer(field: Field, nodes: Ints, sites: Ints) -> Ints:
    """Return the nodes whose way may have led along the mended chain.

    Those served by a site on it, and those of the chain's ends' own sites that lie not nearer
    than the end: a superset is as good, as it is all searched again.
    """
    longer = np.isin(field.site, sites) if sites.size else np.zeros(field.site.size, dtype=bool)
    for node in nodes[nodes >= 0].tolist():
        longer |= (field.site == field.site[node]) & (field.metres >= field.metres[node])
    return np.flatnonzero(longer & np.isfinite(field.metres))


def _search_again(standing: Standing, field: Field, freed: Ints) -> Field:
    """Return the field with some nodes searched anew from those around them and from the sites."""
    if not freed.size:
        return field
    graph = _inwards(standing.graph, field.way)
    number = np.full(graph.shape[0], -1, dtype=np.int64)
    number[freed] = np.arange(freed.size)
    outwards = standing.graph.out if field.way == "there" else standing.graph.back
    begin = outwards.indptr[freed].astype(np.int64)
    tail, nth = number_runs(outwards.indptr[freed + 1] - begin)
    at = begin[tail] + nth
    head, cost = outwards.indices[at].astype(np.int64), outwards.data[at]
    inner = number[head] >= 0
    edge = ~inner & np.isfinite(field.metres[head])
    rows = standing.sites.rows
    rows = rows[standing.open[rows]]
    point, node, entry = links_of(standing.sites, rows, field.way)
    mine = number[node] >= 0 if node.size else np.zeros(0, dtype=bool)
    seed_at = np.concatenate([tail[edge], number[node[mine]]])
    seed_cost = np.concatenate([field.metres[head[edge]] + cost[edge], entry[mine]])
    seed_site = np.concatenate([field.site[head[edge]], rows[point[mine]]])
    ends = (number[head[inner]], tail[inner])
    part = csr_array((cost[inner], ends), shape=(freed.size, freed.size))
    found, site = _search_part(part, seed_at, seed_cost, seed_site)
    metres, sites = field.metres.copy(), field.site.copy()
    metres[freed], sites[freed] = found, site
    return replace(field, metres=metres, site=sites)


def _search_part(
    part: csr_array, seed_at: Ints, seed_cost: Floats, seed_site: Ints
) -> tuple[Floats, Ints]:
    """Return cost and site of the nodes of a part, from what leads into it."""
    size = part.shape[0]
    if not seed_at.size:
        return np.full(size, np.inf), np.full(size, -1, dtype=np.int64)
    joined = join_points(part, np.arange(seed_at.size), seed_at, seed_cost)
    found, _, source = dijkstra(
        joined, directed=True, indices=np.arange(size, joined.shape[0]), min_only=True,
        return_predecessors=True,
    )  # fmt: skip
    reached = np.isfinite(found[:size])
    site = np.full(size, -1, dtype=np.int64)
    site[reached] = seed_site[source[:size][reached] - size]
    return found[:size], site


def _inwards(graph: WalkGraph, way: Way) -> csr_array:
    """Return the links along which the search goes: against the walk on the way there."""
    return graph.back if way == "there" else graph.out


def _settle(
    standing: Standing,
    field: Field,
    changed: Ints,
    sites: Ints,
    *,
    served_by: int | None = None,
    chain: int | None = None,
) -> Standing:
    """Return the standing with the cells looked at again that stand by what changed."""
    touched = np.zeros(standing.graph.node_count, dtype=bool)
    touched[changed] = True
    cells = standing.cells
    again = touched[cells.a] | touched[cells.b]
    for one in np.unique(standing.sites.chain[sites]):
        again |= cells.chain == one
    if served_by is not None:
        again |= standing.nearest.site == served_by
    if chain is not None:
        again |= cells.chain == chain
    rows = np.flatnonzero(again & cells.on)
    still = np.flatnonzero(standing.open)
    row_of = np.append(still, -1)  # -1 stays -1
    part = walk_nearest(
        standing.graph, cells.take(rows), standing.sites.take(still), _field_rows(field, still)
    )
    metres, site = standing.nearest.metres.copy(), standing.nearest.site.copy()
    metres[rows] = part.metres
    site[rows] = row_of[part.site]
    return replace(standing, field=field, nearest=Nearest(metres=metres, site=site))


def _field_rows(field: Field, rows: Ints) -> Field:
    """Return the field with sites numbered as in a part of them."""
    number = np.full(
        int(max(rows.max(initial=0), field.site.max(initial=0))) + 1, -1, dtype=np.int64
    )
    number[rows] = np.arange(rows.size)
    return replace(field, site=np.where(field.site >= 0, number[np.maximum(field.site, 0)], -1))
