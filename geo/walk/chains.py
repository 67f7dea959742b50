"""Chains of streets: pieces between which there is no choice but to go on (一本道をまとめる)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from geo.base.arrays import Flags, Floats, Ints
    from geo.network.network import WalkNetwork
    from geo.walk.costs import Costs


@dataclass(frozen=True, slots=True, kw_only=True)
class Halves:
    """Each edge as two half-edges: row e from u to v, row E + e from v to u (道の片道ずつ).

    Attributes
    ----------
    last, end
        (2E,) half-edge at the end of the chain one walks along, and its node there, -1 where
        the walker may not use it.
    leave, enter
        (2E,) cost from this half-edge's head to that node, and from the node to the head.
    cost
        (2E,) the half-edge's own.
    """

    last: Ints
    end: Ints
    leave: Floats
    enter: Floats
    cost: Floats


def half_edges(network: WalkNetwork, costs: Costs) -> Halves:
    """Return every half-edge with what lies ahead of it on its chain (片道ごとの行き先).

    A chain ends where other than two edge ends meet; an island that is one ring ends at its
    lowest node. Cost: linear in edges, times the logarithm of the longest chain.
    """
    edges, usable = network.edge_count, costs.usable
    head = np.concatenate([network.edge_v, network.edge_u])
    cost = np.concatenate([costs.forward, costs.backward])
    twin_cost = np.concatenate([costs.backward, costs.forward])
    twin = np.concatenate([np.arange(edges, 2 * edges), np.arange(edges)])
    live = np.concatenate([usable, usable])
    following = _following(network, head, twin, live)
    # Pointer doubling: after k rounds a half-edge knows the sums of the next 2^k.
    nothing = 2 * edges
    jump = np.append(following, nothing)
    own = np.append(np.where(live, cost, 0.0), 0.0)
    other = np.append(np.where(live, twin_cost, 0.0), 0.0)
    leave, enter = own[jump], other[jump]
    last = np.append(np.arange(nothing), nothing)
    step = jump.copy()
    while (step[:-1] != nothing).any():
        last = np.where(step != nothing, last[step], last)
        leave = leave + leave[step]
        enter = enter + enter[step]
        step = step[step]
    end = np.where(live, head[last[:-1]], -1) if edges else head
    return Halves(last=last[:-1], end=end, leave=leave[:-1], enter=enter[:-1], cost=cost)


def _following(network: WalkNetwork, head: Ints, twin: Ints, live: Flags) -> Ints:
    """Return the half-edge one walks on to without a choice, or 2E where there is one."""
    edges = network.edge_count
    nothing = 2 * edges
    rows = np.flatnonzero(live)
    degree = np.bincount(head[rows], minlength=network.node_count)
    inner = degree == 2  # noqa: PLR2004 - two edge ends meet: no choice but to go on
    if edges:
        inner &= ~_ring_nodes(network, inner, live[:edges])
    # Of the two half-edges that arrive at an inner node, each goes on by the other's twin.
    arriving = rows[inner[head[rows]]]
    order = arriving[np.lexsort((arriving, head[arriving]))]
    following = np.full(nothing, nothing, dtype=np.int64)
    one, two = order[0::2], order[1::2]
    following[one], following[two] = twin[two], twin[one]
    return following


def _ring_nodes(network: WalkNetwork, inner: Flags, live: Flags) -> Flags:
    """Return the lowest node of every ring without a junction, and of every lone loop."""
    nodes = network.node_count
    u, v = network.edge_u, network.edge_v
    between = inner[u] & inner[v] & live
    links = csr_array((np.ones(int(between.sum())), (u[between], v[between])), shape=(nodes, nodes))
    count, label = connected_components(links, directed=False)
    # A part of inner nodes is a ring when it has as many edges among them as nodes.
    size = np.bincount(label[inner], minlength=count)
    held = np.bincount(label[u[between]], minlength=count)
    ring = (size > 0) & (held >= size)
    lowest = np.full(count, nodes)
    np.minimum.at(lowest, label, np.arange(nodes))
    flags = np.zeros(nodes, dtype=bool)
    flags[lowest[ring]] = True
    return flags & inner


def number_chains(half: Halves) -> tuple[Ints, Flags]:
    """Return (E,) each edge's chain and whether it runs against it (道ごとの一本道の番号).

    The number is the lower of the two half-edges with which the chain begins.
    """
    edges = half.last.size // 2
    ahead, back = half.last[:edges], half.last[edges:]
    other = np.where(back < edges, back + edges, back - edges)  # first of the edge's direction
    twin = np.where(ahead < edges, ahead + edges, ahead - edges)  # first of the other direction
    flipped = twin < other
    return np.where(flipped, twin, other), flipped
