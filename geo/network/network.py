"""The streets a walker may use, as arrays (歩く道のネットワーク)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from geo.base.sound import check_finite
from geo.base.words import Words

if TYPE_CHECKING:
    from geo.base.arrays import Floats, Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkNetwork:
    """Streets as nodes, edges and their polylines, in metres (歩行ネットワーク).

    N nodes, E edges, V vertices of all polylines together. Edges are undirected: a walker
    ignores one-way signs. Every island is kept and has its number.

    Attributes
    ----------
    node_x_m, node_y_m
        (N,) coordinates on the town's plane.
    node_id
        (N,) identifiers in the source (OSM node ids); a node nobody may pass stands as often as
        ways end there.
    edge_u, edge_v
        (E,) row numbers of the end nodes; a loop has both alike.
    edge_m
        (E,) length along the polyline, metres, > 0.
    edge_start
        (E + 1,) first vertex of each edge in `vertex_x_m`; the polyline runs from u to v.
    vertex_x_m, vertex_y_m
        (V,) polyline vertices.
    edge_kind
        (E,) row numbers into `kinds`.
    kinds
        The OSM ``highway`` values in use, sorted.
    edge_way
        (E,) identifiers of the way in the source.
    edge_flags
        (E,) bits: 1 steps, 2 bridge, 4 tunnel, 8 mountain path.
    island
        (N,) number of the connected part, 0 = the one with the most nodes.
    """

    node_x_m: Floats
    node_y_m: Floats
    node_id: Ints
    edge_u: Ints
    edge_v: Ints
    edge_m: Floats
    edge_start: Ints
    vertex_x_m: Floats
    vertex_y_m: Floats
    edge_kind: Ints
    kinds: tuple[str, ...]
    edge_way: Ints
    edge_flags: Ints
    island: Ints

    @property
    def node_count(self) -> int:
        """Number of nodes (節点の数)."""
        return int(self.node_x_m.size)

    @property
    def edge_count(self) -> int:
        """Number of edges (辺の数)."""
        return int(self.edge_u.size)

    @property
    def length_m(self) -> float:
        """Total length of all edges in metres (総延長)."""
        return float(self.edge_m.sum())

    def polyline(self, edge: int) -> Floats:
        """Return the (n, 2) vertices of one edge, from u to v, metres (辺の形)."""
        part = slice(int(self.edge_start[edge]), int(self.edge_start[edge + 1]))
        return np.column_stack([self.vertex_x_m[part], self.vertex_y_m[part]])


STEPS, BRIDGE, TUNNEL, TRAIL = 1, 2, 4, 8
# What some walkers cannot use.
BARRING = STEPS | TRAIL


def make_network(  # noqa: PLR0913 - one argument an array of the network
    *,
    node_x_m: Floats,
    node_y_m: Floats,
    edge_u: Ints,
    edge_v: Ints,
    edge_start: Ints,
    vertex_x_m: Floats,
    vertex_y_m: Floats,
    node_id: Ints | None = None,
    edge_kind: Ints | None = None,
    kinds: tuple[str, ...] = ("residential",),
    edge_way: Ints | None = None,
    edge_flags: Ints | None = None,
) -> WalkNetwork:
    """Return a network from nodes and polylines, with lengths and islands worked out (組み立て).

    Parameters are those of `WalkNetwork`; what is not given is filled with row numbers,
    the first kind, and no flags. Cost: linear in vertices and edges.

    Raises
    ------
    ValueError
        When the arrays do not fit each other, or an edge has no length.
    InputError
        When a coordinate is no number.
    """
    edges, nodes = edge_u.size, node_x_m.size
    if edge_v.size != edges or edge_start.size != edges + 1 or node_y_m.size != nodes:
        raise ValueError(
            f"arrays do not fit: {edges} edges, {edge_start.size - 1} polylines, {nodes} nodes"
        )
    for numbers in (node_x_m, node_y_m, vertex_x_m, vertex_y_m):
        check_finite(numbers, Words("道の節点の座標", "the coordinates of the streets"))
    edge_m = polyline_lengths(edge_start, vertex_x_m, vertex_y_m)
    if edges and not edge_m.min() > 0:
        raise ValueError(f"edge {int(edge_m.argmin())} has no length")
    return WalkNetwork(
        node_x_m=node_x_m,
        node_y_m=node_y_m,
        node_id=np.arange(nodes) if node_id is None else node_id,
        edge_u=edge_u,
        edge_v=edge_v,
        edge_m=edge_m,
        edge_start=edge_start,
        vertex_x_m=vertex_x_m,
        vertex_y_m=vertex_y_m,
        edge_kind=np.zeros(edges, dtype=np.int64) if edge_kind is None else edge_kind,
        kinds=kinds,
        edge_way=np.arange(edges) if edge_way is None else edge_way,
        edge_flags=np.zeros(edges, dtype=np.int64) if edge_flags is None else edge_flags,
        island=number_islands(nodes, edge_u, edge_v),
    )


def polyline_lengths(start: Ints, x_m: Floats, y_m: Floats) -> Floats:
    """Return the length of each polyline in metres (折れ線の長さ).

    `start` (E + 1,) indexes the vertices `x_m`, `y_m` (V,).

    Examples
    --------
    >>> polyline_lengths(np.array([0, 3]), np.array([0.0, 3, 3]), np.array([0.0, 4, 5]))
    array([6.])
    """
    step = np.hypot(np.diff(x_m), np.diff(y_m))
    step[start[1:-1] - 1] = 0.0  # from the end of one polyline to the start of the next
    return np.add.reduceat(step, start[:-1]) if start.size > 1 else np.zeros(0)


def number_islands(nodes: int, edge_u: Ints, edge_v: Ints) -> Ints:
    """Return each node's island, numbered from the one with the most nodes (つながりの番号).

    Ties go to the island that holds the lowest node number.
    """
    if nodes == 0:
        return np.zeros(0, dtype=np.int64)
    graph = coo_array((np.ones(edge_u.size), (edge_u, edge_v)), shape=(nodes, nodes))
    count, label = connected_components(csr_array(graph), directed=False)
    size = np.bincount(label, minlength=count)
    first = np.full(count, nodes)
    np.minimum.at(first, label, np.arange(nodes))
    rank = np.empty(count, dtype=np.int64)
    rank[np.lexsort((first, -size))] = np.arange(count)
    numbers: Ints = rank[label]
    return numbers


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
