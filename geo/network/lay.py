"""Lay ways on the town's plane and join them into a network (道をつないでネットワークにする)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geo.base.arrays import gather_runs, running_start
from geo.base.problems import InputError
from geo.base.words import Words
from geo.network.network import (
    BARRING,
    WalkNetwork,
    make_network,
    number_islands,
    polyline_lengths,
)
from geo.network.same_place import join_same_place

if TYPE_CHECKING:
    import numpy.typing as npt
    from shapely.geometry.base import BaseGeometry

    from geo.base.place import Plane
    from geo.network.extract import StreetWays

    Bools = npt.NDArray[np.bool_]
    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetReport:
    """What became of the ways (道のまとめ).

    Attributes
    ----------
    ways, nodes, edges, length_m
        Of the source's ways those with an edge in the network; of the network; metres.
    islands
        Connected parts in the network.
    dropped_parts, dropped_parts_m
        Connected parts left out because they are too short, and their length in metres.
    joined_nodes
        Nodes that were on the place of another.
    """

    ways: int
    nodes: int
    edges: int
    length_m: float
    islands: int
    dropped_parts: int
    dropped_parts_m: float
    joined_nodes: int


# A piece of no length that not every walker may use stays a piece, this long: far less than any
# map can tell, far more than the rounding of a coordinate.
_HAIR_M: Final = 1e-6


def build_network(
    streets: StreetWays,
    plane: Plane,
    *,
    keep: BaseGeometry | None = None,
    min_island_m: float = 200.0,
) -> tuple[WalkNetwork, StreetReport]:
    """Return the network of a town's ways, and what became of them (ネットワークを作る).

    Parameters
    ----------
    streets
        Ways in degrees. Two ways meet where they share a node (`join_same_place`) and nowhere else.
    plane
        The town's plane in metres.
    keep
        Shape on the plane, metres; edges wholly outside are left out.
    min_island_m
        Connected parts with less street than this are left out and counted: scraps, roofs.

    Returns
    -------
        Nodes stand at the ends of ways, where a node is used twice and where a way turns back on
        itself, ascending by id; edges ascend by way and by their place on it. Nodes that a piece
        of no length joins are one. At a closed node every way ends by itself. The same piece
        drawn twice is kept once.

    Raises
    ------
    InputError
        When a node has no place on the plane.

    Notes
    -----
    Cost: about 0.25 s for 770,000 way-nodes.
    """
    streets, joined = join_same_place(streets)
    ids, first, rank = np.unique(streets.node_id, return_index=True, return_inverse=True)
    node_x_m, node_y_m = plane.to_m(streets.lon[first], streets.lat[first])
    _refuse_unplaced(streets, ids, first, node_x_m + node_y_m)
    is_closed = np.isin(ids, streets.closed)
    way = np.repeat(np.arange(streets.way_id.size), np.diff(streets.start))
    edges = _cut_at_nodes(way, rank, node_x_m[rank], node_y_m[rank], is_closed)
    edges = _close_gaps(edges, ids.size, is_closed, (streets.flags & BARRING) > 0)
    edges = edges.pick(_first_of_each(edges))
    if keep is not None:
        edges = edges.pick(_touches(edges, keep))
    edges, origin = _end_at_closed(edges, is_closed)
    island = number_islands(origin.size, edges.u, edges.v)
    part_m = np.bincount(island[edges.u], weights=edges.length_m(), minlength=1)
    edges = edges.pick(part_m[island[edges.u]] >= min_island_m)
    network = _number(edges, streets, ids[origin], node_x_m[origin], node_y_m[origin])
    short = (part_m > 0) & (part_m < min_island_m)
    report = StreetReport(
        ways=int(np.count_nonzero(np.bincount(edges.way))),
        nodes=network.node_count,
        edges=network.edge_count,
        length_m=network.length_m,
        islands=int(network.island.max()) + 1 if network.node_count else 0,
        dropped_parts=int(short.sum()),
        dropped_parts_m=float(part_m[short].sum()),
        joined_nodes=joined,
    )
    return network, report


class _Edges(NamedTuple):
    """Edges as arrays: way and end nodes as row numbers, polylines in metres."""

    way: Ints
    u: Ints
    v: Ints
    start: Ints
    x_m: Floats
    y_m: Floats

    def length_m(self) -> Floats:
        """Return the (E,) lengths in metres."""
        return polyline_lengths(self.start, self.x_m, self.y_m)

    def pick(self, wanted: Bools) -> _Edges:
        """Return the edges where `wanted` (E,) is true."""
        return self if wanted.all() else self.take(np.flatnonzero(wanted))

    def take(self, rows: Ints) -> _Edges:
        """Return the edges in `rows`."""
        count = np.diff(self.start)[rows]
        start, source = running_start(count), gather_runs(self.start[:-1][rows], count)
        return _Edges(
            self.way[rows], self.u[rows], self.v[rows], start, self.x_m[source], self.y_m[source]
        )


def _refuse_unplaced(streets: StreetWays, ids: Ints, first: Ints, place: Floats) -> None:
    bad = np.flatnonzero(~np.isfinite(place))
    if bad.size:
        node, at = ids[bad[0]], first[bad[0]]
        where = f"{streets.lat[at]}, {streets.lon[at]}"
        raise InputError(
            Words(
                f"道の点 {node} の緯度・経度（{where}）が、街の平面に置けません（{bad.size}件）。"
                "道のファイルの座標を確かめてください",
                f"point {node} of the streets cannot be placed at {where} ({bad.size} of them); "
                "check the coordinates of the street file",
            )
        )


def _cut_at_nodes(way: Ints, rank: Ints, x_m: Floats, y_m: Floats, is_closed: Bools) -> _Edges:
    """Return the pieces of ways between one node and the next."""
    fresh = np.ones(way.size, dtype=bool)
    fresh[1:] = (way[1:] != way[:-1]) | (rank[1:] != rank[:-1])  # a node told twice in a row
    if not fresh.all():
        way, rank, x_m, y_m = way[fresh], rank[fresh], x_m[fresh], y_m[fresh]
    is_node = (np.bincount(rank, minlength=1)[rank] > 1) | is_closed[rank]
    # A way that turns back on itself is walked from its turning point, not round a loop.
    is_node[1:-1] |= (rank[2:] == rank[:-2]) & (way[2:] == way[:-2])
    border = np.flatnonzero(way[1:] != way[:-1])
    is_node[border] = is_node[border + 1] = True
    is_node[:1] = is_node[-1:] = True
    at = np.flatnonzero(is_node)
    begin, end = at[:-1], at[1:]
    same = way[begin] == way[end]
    begin, end = begin[same], end[same]
    start, source = running_start(end - begin + 1), gather_runs(begin, end - begin + 1)
    return _Edges(way[begin], rank[begin], rank[end], start, x_m[source], y_m[source])


def _close_gaps(edges: _Edges, nodes: int, is_closed: Bools, is_barring: Bools) -> _Edges:
    """Drop edges of no length; the nodes they join become the one of lowest id.

    Not across a closed node; and where not every walker may pass (`is_barring`, a way each),
    the edge stays and gets a hair of length.
    """
    none = ~(edges.length_m() > 0)
    if not none.any():
        return edges
    kept = none & is_barring[edges.way] & (edges.u != edges.v)
    edges.x_m[edges.start[1:][kept] - 1] += _HAIR_M
    none &= ~kept
    joins = none & ~is_closed[edges.u] & ~is_closed[edges.v]
    ends = (edges.u[joins], edges.v[joins])
    graph = coo_array((np.ones(ends[0].size), ends), shape=(nodes, nodes))
    count, label = connected_components(graph, directed=False)
    lowest = np.full(count, nodes)
    np.minimum.at(lowest, label, np.arange(nodes))
    edges = edges._replace(u=lowest[label[edges.u]], v=lowest[label[edges.v]])
    return edges.pick(~none)


def _end_at_closed(edges: _Edges, is_closed: Bools) -> tuple[_Edges, Ints]:
    """Return edges that end by themselves at closed nodes, and the node each number stands for."""
    nodes = np.arange(is_closed.size)
    if not is_closed.any():
        return edges, nodes
    origin, ends = [nodes], []
    for end in (edges.u, edges.v):
        shut = is_closed[end]
        before = sum(part.size for part in origin)
        ends.append(np.where(shut, before + np.cumsum(shut) - 1, end))
        origin.append(end[shut])
    every = np.concatenate(origin)
    order = np.argsort(every, kind="stable")  # nodes ascend by id
    place = np.empty_like(order)
    place[order] = np.arange(order.size)
    return edges._replace(u=place[ends[0]], v=place[ends[1]]), every[order]


def _first_of_each(edges: _Edges) -> Bools:
    """Say which edges are the first of their shape, in either direction."""
    first = np.ones(edges.u.size, dtype=bool)
    low, high = np.minimum(edges.u, edges.v), np.maximum(edges.u, edges.v)
    ends = low * (int(high.max(initial=0)) + 1) + high
    order = np.argsort(ends)
    twin = order[1:][ends[order[1:]] == ends[order[:-1]]]
    if not twin.size:
        return first
    # Few edges share both ends with another; only their shapes need be looked at.
    rows = np.flatnonzero(np.isin(ends, ends[twin]))
    shape, ends = _measure_shape(edges.take(rows)), ends[rows]
    order = np.lexsort((shape, ends))  # stable: the first of each stays first
    again = (np.diff(ends[order]) == 0) & (shape[order[1:]] == shape[order[:-1]])
    first[rows[order[1:][again]]] = False
    return first


def _measure_shape(edges: _Edges) -> npt.NDArray[np.uint64]:
    """Return a number for each edge's shape, the same in either direction."""
    place = _mix(edges.x_m.view(np.uint64)) ^ _mix(_mix(edges.y_m.view(np.uint64)))
    piece = _mix(place[1:] + place[:-1])  # a sum has no direction
    piece[edges.start[1:-1] - 1] = 0  # from the end of one edge to the start of the next
    return np.add.reduceat(piece, edges.start[:-1])


def _mix(bits: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Return well-scattered numbers (the finaliser of SplitMix64, Steele et al. 2014)."""
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))


def _touches(edges: _Edges, keep: BaseGeometry) -> Bools:
    if not edges.u.size:
        return np.zeros(0, dtype=bool)
    coords = np.column_stack([edges.x_m, edges.y_m])
    of_edge = np.repeat(np.arange(edges.u.size), np.diff(edges.start))
    shapely.prepare(keep)
    return np.asarray(shapely.intersects(keep, shapely.linestrings(coords, indices=of_edge)))


def _number(
    edges: _Edges, streets: StreetWays, ids: Ints, node_x_m: Floats, node_y_m: Floats
) -> WalkNetwork:
    """Return the network with its nodes and kinds numbered anew."""
    is_used = np.zeros(ids.size, dtype=bool)
    is_used[edges.u] = is_used[edges.v] = True
    used, number = np.flatnonzero(is_used), np.cumsum(is_used) - 1
    is_next = np.diff(edges.way, prepend=-1) > 0  # edges ascend by way
    kinds, kind = np.unique(streets.highway[edges.way[is_next]], return_inverse=True)
    return make_network(
        node_x_m=node_x_m[used],
        node_y_m=node_y_m[used],
        node_id=ids[used],
        edge_u=number[edges.u],
        edge_v=number[edges.v],
        edge_start=edges.start,
        vertex_x_m=edges.x_m,
        vertex_y_m=edges.y_m,
        edge_kind=kind[np.cumsum(is_next) - 1].astype(np.int64),
        kinds=tuple(str(name) for name in kinds),
        edge_way=streets.way_id[edges.way],
        edge_flags=streets.flags[edges.way],
    )
