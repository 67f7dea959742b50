"""A generated city of any size, so that anyone can run the benchmarks without a download.

Streets are a shaken grid of which a share is left out at random. With a share of 0.62 kept, the
four-armed grid has, once nodes of two arms are merged away, 21 % dead ends and 2.8 arms a node:
the figures of real cities (2.6-2.9 arms after merging). The nodes of two arms, a third of all,
stay in the arrays as they do in raw OSM. Nothing here is measured; all of it is seeded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geo.base.place import Plane
from geo.network.network import BRIDGE, STEPS, WalkNetwork, make_network, polyline_lengths

if TYPE_CHECKING:
    from geo.base.arrays import Flags, Floats, Ints

# Where the city is laid, so that it can be told in degrees too.
PLANE: Final = Plane(lon=131.2, lat=33.9)
SPACING_M: Final = 78.0
_SHARE_KEPT: Final = 0.62
_SHAKE: Final = 0.24  # of the spacing, each way
_JUNCTIONS_PER_PLACE: Final = 0.634  # of the grid's places, so many stay once chains are merged
_BEND: Final = 0.12  # of an edge's length: the greatest swing of its curve
_QUARTER_PLACES: Final = 8  # nodes are numbered quarter by quarter, as cities are mapped
_SHORTEST_ISLAND_M: Final = 200.0
_BRIDGE_EVERY_M: Final = 1500.0
_STEEP: Final = 0.07
_SHARE_STEPS: Final = 0.3  # of the steep streets
KINDS: Final = ("residential", "steps")


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """Streets as the arrays `geo.network.network.make_network` takes, on a plane in metres.

    N nodes, E edges, V vertices. `vertex_height_m` (V,) are the heights of the surface at the
    vertices, metres.
    """

    node_x_m: Floats
    node_y_m: Floats
    edge_u: Ints
    edge_v: Ints
    edge_start: Ints
    vertex_x_m: Floats
    vertex_y_m: Floats
    vertex_height_m: Floats
    edge_flags: Ints

    def network(self) -> WalkNetwork:
        """Return the city as a network; steps are of the kind ``steps``."""
        return make_network(
            node_x_m=self.node_x_m,
            node_y_m=self.node_y_m,
            edge_u=self.edge_u,
            edge_v=self.edge_v,
            edge_start=self.edge_start,
            vertex_x_m=self.vertex_x_m,
            vertex_y_m=self.vertex_y_m,
            edge_kind=(self.edge_flags & STEPS > 0).astype(np.int64),
            kinds=KINDS,
            edge_flags=self.edge_flags,
        )


def make_city(nodes: int, seed: int) -> City:
    """Return a city of about `nodes` nodes once chains are merged; half as many more before.

    Two of its three rivers cannot be crossed, which leaves three islands or more; the middle
    one has bridges. Same arguments, same city. Cost: 2 s for 700,000 nodes.

    Examples
    --------
    >>> city = make_city(300, 1)
    >>> city.edge_u.size == city.edge_start.size - 1 == city.edge_flags.size
    True
    """
    rng = np.random.default_rng(seed)
    side = max(6, round((nodes / _JUNCTIONS_PER_PLACE) ** 0.5))
    shake = rng.uniform(-_SHAKE, _SHAKE, (2, side * side))
    row, column = np.divmod(np.arange(side * side), side)
    x, y = (np.stack([column, row]) + shake) * SPACING_M
    u, v = _grid(side)
    keep = rng.random(u.size) < _SHARE_KEPT
    u, v = u[keep], v[keep]
    keep, bridge = _cross_rivers(x, y, u, v, side * SPACING_M, rng)
    u, v, bridge = u[keep], v[keep], bridge[keep]
    start, vertex_x, vertex_y = _curves(x[u], y[u], x[v], y[v], rng)
    keep = _on_long_islands(u, v, polyline_lengths(start, vertex_x, vertex_y), side * side)
    flags = np.where(bridge, BRIDGE, 0) | _steps(x, y, u, v, rng)
    return _number(
        (row // _QUARTER_PLACES) * side + column // _QUARTER_PLACES,
        (x, y, u, v, start, vertex_x, vertex_y, flags),
        keep,
        rng,
    )


def height_m(x_m: Floats, y_m: Floats) -> Floats:
    """Return the height of the ground in metres: hills of 5 km, ridges of 1.5 km, up to 12 %."""
    hills = 45.0 * np.sin(x_m / 900.0) * np.cos(y_m / 1100.0)
    ridges = 14.0 * np.sin(x_m / 240.0 + 1.0) * np.sin(y_m / 310.0)
    surface: Floats = 80.0 + hills + ridges
    return surface


def _grid(side: int) -> tuple[Ints, Ints]:
    place = np.arange(side * side).reshape(side, side)
    u = np.concatenate([place[:, :-1].ravel(), place[:-1].ravel()])
    v = np.concatenate([place[:, 1:].ravel(), place[1:].ravel()])
    return u, v


def _cross_rivers(
    x: Floats, y: Floats, u: Ints, v: Ints, extent_m: float, rng: np.random.Generator
) -> tuple[Flags, Flags]:
    """Say which streets no river cuts, and which of them are bridges."""
    keep, bridge = np.ones(u.size, dtype=bool), np.zeros(u.size, dtype=bool)
    for part, bridged in ((0.25, False), (0.5, True), (0.78, False)):
        course = part * extent_m + 0.04 * extent_m * np.sin(2 * np.pi * x / extent_m + 3 * part)
        north = y > course
        wet = np.flatnonzero(north[u] != north[v])
        if bridged and wet.size:
            count = max(3, round(extent_m / _BRIDGE_EVERY_M))
            chosen = rng.choice(wet, min(count, wet.size), replace=False)
            bridge[chosen] = True
        keep[wet] = bridge[wet]
    return keep, bridge


def _curves(
    ux: Floats, uy: Floats, vx: Floats, vy: Floats, rng: np.random.Generator
) -> tuple[Ints, Floats, Floats]:
    """Return polylines of three to five vertices that swing to one side."""
    inner = rng.integers(1, 4, ux.size)
    start = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(inner + 2)])
    edge = np.repeat(np.arange(ux.size), inner + 2)
    part = (np.arange(start[-1]) - start[:-1][edge]) / (inner + 1)[edge]
    swing = rng.uniform(-_BEND, _BEND, ux.size)[edge] * np.sin(np.pi * part)
    dx, dy = (vx - ux)[edge], (vy - uy)[edge]
    x, y = ux[edge] + part * dx - swing * dy, uy[edge] + part * dy + swing * dx
    last = start[1:] - 1
    x[last], y[last] = vx, vy
    return start, x, y


def _steps(x: Floats, y: Floats, u: Ints, v: Ints, rng: np.random.Generator) -> Ints:
    ground = height_m(x, y)
    grade = np.abs(ground[v] - ground[u]) / np.hypot(x[v] - x[u], y[v] - y[u])
    flags: Ints = np.where((grade > _STEEP) & (rng.random(u.size) < _SHARE_STEPS), STEPS, 0)
    return flags


def _on_long_islands(u: Ints, v: Ints, edge_m: Floats, places: int) -> Flags:
    """Leave out scraps, as the reader of OSM files does."""
    graph = coo_array((np.ones(u.size), (u, v)), shape=(places, places))
    _, label = connected_components(graph, directed=False)
    island_m = np.bincount(label[u], weights=edge_m)
    long: Flags = island_m[label[u]] >= _SHORTEST_ISLAND_M
    return long


def _number(
    quarter: Ints,
    streets: tuple[Floats, Floats, Ints, Ints, Ints, Floats, Floats, Ints],
    keep: Flags,
    rng: np.random.Generator,
) -> City:
    """Return the city with nodes and edges numbered quarter by quarter, at random within."""
    x, y, u, v, start, vertex_x, vertex_y, flags = streets
    turn = rng.permutation(int(quarter.max()) + 1)
    node = np.lexsort((rng.random(x.size), turn[quarter]))
    used = np.zeros(x.size, dtype=bool)
    used[u[keep]] = used[v[keep]] = True
    node = node[used[node]]
    number = np.full(x.size, -1)
    number[node] = np.arange(node.size)
    edge = np.flatnonzero(keep)
    edge = edge[np.argsort(np.minimum(number[u[edge]], number[v[edge]]), kind="stable")]
    count = np.diff(start)[edge]
    begin = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(count)])
    at = np.arange(begin[-1]) + np.repeat(start[:-1][edge] - begin[:-1], count)
    return City(
        node_x_m=x[node],
        node_y_m=y[node],
        edge_u=number[u[edge]],
        edge_v=number[v[edge]],
        edge_start=begin,
        vertex_x_m=vertex_x[at],
        vertex_y_m=vertex_y[at],
        vertex_height_m=height_m(vertex_x[at], vertex_y[at]),
        edge_flags=flags[edge],
    )
