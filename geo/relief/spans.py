"""Heights of bridges and tunnels: straight between where they meet the ground (橋とトンネル)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import spsolve

if TYPE_CHECKING:
    from geo.base.arrays import Flags, Floats, Ints
    from geo.network.network import WalkNetwork


def span_heights(
    network: WalkNetwork, spans: Flags, *, ground: Flags, node: Floats, node_raw: Floats
) -> Floats:
    """Return the heights of all nodes, those of bridges and tunnels filled in (節点の高さ).

    Parameters
    ----------
    spans, ground
        (E,) edges of bridges and tunnels; edges on the ground. The others are steps.
    node
        (N,) smoothed heights of nodes where an edge on the ground meets; NaN elsewhere.
    node_raw
        (N,) heights of the model at nodes.

    Returns
    -------
        (N,) metres. Where a span meets the ground, or simply ends, it has the ground's height;
        in between it is straight over the whole run, and where spans branch each branch is,
        as a stretched string would be. A run that nowhere meets the ground, or meets it where
        nothing was measured, is NaN. A node of steps alone has the model's height.
    """
    degree, at_span, on_ground = (
        _count(network, edges) for edges in (np.ones_like(spans), spans, ground)
    )
    tip = (at_span == 1) & (degree == 1)
    height = np.where((on_ground == 0) & ((at_span == 0) | tip), node_raw, node)
    free = (at_span > 0) & (on_ground == 0) & ~tip
    if not free.any():
        return height
    u, v = network.edge_u[spans], network.edge_v[spans]
    run = _runs(network.node_count, u, v, free)
    # A run is known when it has an end, and every end has a height.
    ends = np.concatenate([u[~free[u] & free[v]], v[~free[v] & free[u]]])
    inner = np.concatenate([v[~free[u] & free[v]], u[~free[v] & free[u]]])
    told = np.bincount(run[inner], minlength=run.max() + 1) > 0
    told[run[inner[np.isnan(height[ends])]]] = False
    solve = np.flatnonzero(free & told[run])
    if solve.size:
        height[solve] = _stretch(network, spans, solve, height)
    return height


def _count(network: WalkNetwork, edges: Flags) -> Ints:
    ends = np.concatenate([network.edge_u[edges], network.edge_v[edges]])
    return np.bincount(ends, minlength=network.node_count)


def _runs(nodes: int, u: Ints, v: Ints, free: Flags) -> Ints:
    """Return the number of each part, that is of nodes that hang together off the ground."""
    both = free[u] & free[v]
    graph = coo_array((np.ones(int(both.sum())), (u[both], v[both])), shape=(nodes, nodes))
    _, run = connected_components(graph, directed=False)
    numbers: Ints = run.astype(np.int64)
    return numbers


def _stretch(network: WalkNetwork, spans: Flags, solve: Ints, height: Floats) -> Floats:
    """Heights at which the slopes of the spans at each node balance: Σ (h − hₖ) / length = 0."""
    place = np.full(network.node_count, -1)
    place[solve] = np.arange(solve.size)
    u = np.concatenate([network.edge_u[spans], network.edge_v[spans]])
    v = np.concatenate([network.edge_v[spans], network.edge_u[spans]])
    pull = np.tile(1.0 / network.edge_m[spans], 2)
    row, column = place[u], place[v]
    from_free, to_free = row >= 0, (row >= 0) & (column >= 0)
    fixed = from_free & ~to_free
    size = solve.size
    weight = np.bincount(row[from_free], pull[from_free], size)
    given = np.bincount(row[fixed], pull[fixed] * height[v[fixed]], size)
    places = np.arange(size)
    matrix = coo_array(
        (
            np.concatenate([weight, -pull[to_free]]),
            (
                np.concatenate([places, row[to_free]]),
                np.concatenate([places, column[to_free]]),
            ),
        ),
        shape=(size, size),
    ).tocsc()
    solved: Floats = np.atleast_1d(spsolve(matrix, given))
    return solved
