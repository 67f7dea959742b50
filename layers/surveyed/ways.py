"""The streets between places visited one after another, many walks at once (歩いた道すじ).

On the streets alone, in real metres: what a walk passed does not hang on who walked it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.base.arrays import Flags, Floats, Ints
    from geo.network.network import WalkNetwork
    from geo.network.snap import Snaps

# Most walks go from place to place within this; the few longer legs are searched again, without it.
_NEAR_M: Final = 1500.0
_LEAST_M: Final = 1e-9  # a place at a corner: a way of no length is none to a sparse matrix
_MOST_NUMBERS: Final = 4_000_000  # of one search's table: sources × nodes


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """Parts of edges that legs pass along (道すじの部分).

    Attributes
    ----------
    leg
        (K,) row of the leg.
    edge
        (K,) edge of the network.
    from_m, to_m
        (K,) metres from the edge's end u, ``from_m < to_m``.
    """

    leg: Ints
    edge: Ints
    from_m: Floats
    to_m: Floats


def find_ways(network: WalkNetwork, one: Snaps, other: Snaps) -> Pieces:
    """Return what the shortest way of each leg passes along (区間の道すじ).

    Parameters
    ----------
    one, other
        (L,) where each leg begins and ends; all on the streets (``edge`` not -1).

    Notes
    -----
    A leg without a way, or from a place to itself, has no pieces. Of ways equally short, one.
    Cost: a search of the streets within 1.5 km of each place a leg begins at; of all streets
    where the leg is longer.
    """
    legs = one.edge.size
    edge = np.concatenate([one.edge, other.edge])
    along = np.clip(np.concatenate([one.along_m, other.along_m]), 0.0, network.edge_m[edge])
    _, first, spot = np.unique(np.column_stack([edge, along]), axis=0, return_index=True, return_inverse=True)  # fmt: skip # noqa: E501
    streets = _cut(network, edge[first], along[first])
    spot = spot.reshape(-1) + network.node_count
    start, goal = spot[:legs], spot[legs:]
    open_ = np.flatnonzero(start != goal)
    found = [np.zeros((0, 2), dtype=np.int64)]
    for limit_m in (_NEAR_M, np.inf):
        left = np.zeros(legs, dtype=bool)
        for sources, rows in _in_parts(streets, start, open_):
            far, before = dijkstra(
                streets.graph, directed=False, indices=sources, limit=limit_m,
                return_predecessors=True,
            )  # fmt: skip
            at = np.searchsorted(sources, start[rows])
            near = np.isfinite(far[at, goal[rows]])
            left[rows[~near]] = True
            found += list(_trace(streets, before, at[near], goal[rows[near]], rows[near]))
        open_ = np.flatnonzero(left)
        if not open_.size:
            break
    leg, piece = np.vstack(found).T
    long = streets.to_m[piece] > streets.from_m[piece]  # from a place at a corner to the corner
    leg, piece = leg[long], piece[long]
    return Pieces(
        leg=leg, edge=streets.edge[piece], from_m=streets.from_m[piece], to_m=streets.to_m[piece]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Streets:
    """The streets cut where places stand; `key` names the two nodes of a piece, sorted."""

    graph: csr_array
    key: Ints
    edge: Ints
    from_m: Floats
    to_m: Floats

    @property
    def nodes(self) -> int:
        return int(self.graph.shape[0])


def _cut(network: WalkNetwork, edge: Ints, along: Floats) -> _Streets:
    """Streets with a node more at each place; of parallel pieces the shortest alone."""
    edges, nodes = network.edge_count, network.node_count + edge.size
    own = np.arange(edges)
    on = np.concatenate([own, edge, own])
    at = np.concatenate([np.zeros(edges), along, network.edge_m])
    node = np.concatenate(
        [network.edge_u, network.node_count + np.arange(edge.size), network.edge_v]
    )
    rank = np.repeat([0, 1, 2], [edges, edge.size, edges])
    order = np.lexsort((rank, at, on))
    on, at, node = on[order], at[order], node[order]
    whole = np.flatnonzero((on[1:] == on[:-1]) & (node[1:] != node[:-1]))
    low, high = np.minimum(node[whole], node[whole + 1]), np.maximum(node[whole], node[whole + 1])
    metres = np.maximum(at[whole + 1] - at[whole], _LEAST_M)
    key, order = low * nodes + high, np.lexsort((whole, metres, low * nodes + high))
    keep = order[np.flatnonzero(_is_first(key[order]))]
    graph = csr_array((metres[keep], (low[keep], high[keep])), shape=(nodes, nodes))
    return _Streets(
        graph=graph, key=key[keep], edge=on[whole[keep]], from_m=at[whole[keep]],
        to_m=at[whole[keep] + 1],
    )  # fmt: skip


def _is_first(values: Ints) -> Flags:
    first = np.ones(values.size, dtype=bool)
    first[1:] = values[1:] != values[:-1]
    return first


def _in_parts(streets: _Streets, start: Ints, open_: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Yield a few sources at a time, sorted, with the rows of the legs that begin there."""
    rows = open_[np.argsort(start[open_], kind="stable")]
    sources = np.unique(start[rows])
    size = max(1, _MOST_NUMBERS // max(1, streets.nodes))
    for at in range(0, sources.size, size):
        part = sources[at : at + size]
        low, high = np.searchsorted(start[rows], [part[0], part[-1] + 1])
        yield part, rows[low:high]


def _trace(streets: _Streets, before: Ints, source: Ints, goal: Ints, leg: Ints) -> Iterator[Ints]:
    """Yield the pieces of the ways back from the goals, (n, 2) of leg and piece."""
    node = goal.astype(np.int64)
    while node.size:
        last = before[source, node].astype(np.int64)
        on = last >= 0
        source, node, leg, last = source[on], node[on], leg[on], last[on]
        key = np.minimum(node, last) * streets.nodes + np.maximum(node, last)
        yield np.column_stack([leg, np.searchsorted(streets.key, key)])
        node = last
