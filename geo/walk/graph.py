"""The streets as a graph to search: chains merged, both directions, near nodes near in memory (探索グラフ).

Most nodes of a street network only join two pieces of one street. A search needs the places
where there is a choice; so chains of edges between them become one link each way. The edges
stay what points are put on: every point knows what it costs to either end of its chain.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from geo.network.hilbert import hilbert_order
from geo.walk.chains import half_edges, number_chains

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.base.arrays import Flags, Floats, Ints
    from geo.network.network import WalkNetwork
    from geo.network.snap import Snaps
    from geo.walk.chains import Halves
    from geo.walk.costs import Costs


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ends:
    """Points on chains, and what it costs to leave and to reach them (道の上の点).

    P points; ``a`` is the end of the chain behind edge end u, ``b`` the one behind v.

    Attributes
    ----------
    on
        (P,) whether the point is on the network.
    a, b
        (P,) nodes of the graph.
    to_a, to_b, from_a, from_b
        (P,) cost from the point to the node and from the node to the point, the way between
        the point and the street not in it; infinite on a street the walker may not use.
    off_m
        (P,) metres between the point and the street.
    chain
        (P,) chain the point is on.
    ahead, behind
        (P,) cost from the chain's first end to the point, and from the point back to it.
    at_m
        (P, 2) the points on the plane where there are no streets: costs are then straight lines
        (`geo.walk.straight`). None where there are.
    """

    on: Flags
    a: Ints
    b: Ints
    to_a: Floats
    to_b: Floats
    from_a: Floats
    from_b: Floats
    off_m: Floats
    chain: Ints
    ahead: Floats
    behind: Floats
    at_m: Floats | None = None

    @property
    def size(self) -> int:
        """Number of points (点の数)."""
        return int(self.on.size)

    @property
    def rows(self) -> Ints:
        """Rows of the points from which one can walk (歩き出せる点)."""
        return np.flatnonzero(self.on & np.isfinite(self.to_a))

    def take(self, rows: npt.NDArray[np.intp] | npt.NDArray[np.bool_]) -> Ends:
        """Return some of the points (一部の点)."""
        names = (name for name in Ends.__slots__ if getattr(self, name) is not None)
        return Ends(**{name: getattr(self, name)[rows] for name in names})

    def direct(self, other: Ends, mine: Ints, others: Ints) -> Floats:
        """Return the cost along the chain from points to points of the same chain (同じ道での負担).

        Parameters
        ----------
        mine, others
            (n,) rows of these points and of `other`.
        """
        gain = other.ahead[others] - self.ahead[mine]
        back = self.behind[mine] - other.behind[others]
        # Ahead where the other point lies farther along the chain; of two sums that both lie
        # within rounding of nothing, neither may be less than nothing.
        return np.maximum(np.where(gain >= 0, gain, back), 0.0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WalkGraph:
    """Streets prepared for searching (探索グラフ); M nodes, E edges of the network.

    Attributes
    ----------
    network, costs
        What it was made of.
    out, back
        (M, M) cheapest link between two nodes, tail to head, and the same turned round.
    node_x_m, node_y_m
        (M,) places of the nodes.
    end_u, end_v
        (E,) node that is reached when an edge is left by its end u, by its end v; -1 where
        the walker may not use it.
    leave_u, leave_v, enter_u, enter_v
        (E,) cost from that end of the edge on to the node, and from the node to it.
    chain, flipped
        (E,) chain of the edge, and whether it runs against its chain's direction.
    """

    network: WalkNetwork
    costs: Costs
    out: csr_array
    back: csr_array
    node_x_m: Floats
    node_y_m: Floats
    end_u: Ints
    end_v: Ints
    leave_u: Floats
    leave_v: Floats
    enter_u: Floats
    enter_v: Floats
    chain: Ints
    flipped: Flags

    @property
    def node_count(self) -> int:
        """Number of nodes (節点の数)."""
        return int(self.node_x_m.size)

    def ends(self, snaps: Snaps) -> Ends:
        """Return points on the streets as the search needs them (点の両端).

        Parameters
        ----------
        snaps
            From a `geo.network.snap.Snapper` of the same network and the same usable streets.
        """
        on = snaps.edge >= 0
        if snaps.at_m is not None:
            return _open(on, snaps)
        free = on & (self.end_u[np.maximum(snaps.edge, 0)] >= 0) if self.node_count else on & False
        if not free.any():
            return _nowhere(on, snaps.off_m)
        edge = np.where(free, snaps.edge, snaps.edge[np.argmax(free)])  # of the rest: any
        along = np.where(free, snaps.along_m, 0.0)
        shut = np.where(free, 0.0, np.inf)
        out_u, in_u = self.costs.partial(self.network, edge, along)
        out_v = np.maximum(self.costs.forward[edge] - out_u, 0.0)
        in_v = np.maximum(self.costs.backward[edge] - in_u, 0.0)
        from_a, to_a = self.enter_u[edge] + out_u + shut, self.leave_u[edge] + in_u + shut
        to_b, from_b = self.leave_v[edge] + out_v + shut, self.enter_v[edge] + in_v + shut
        against = self.flipped[edge]
        return Ends(
            on=on,
            a=self.end_u[edge],
            b=self.end_v[edge],
            to_a=to_a,
            to_b=to_b,
            from_a=from_a,
            from_b=from_b,
            off_m=snaps.off_m,
            chain=self.chain[edge],
            ahead=np.where(against, from_b, from_a),
            behind=np.where(against, to_b, to_a),
        )


def make_graph(network: WalkNetwork, costs: Costs) -> WalkGraph:
    """Return the graph of the streets a walker may use (探索グラフを作る).

    Nodes where exactly two edge ends meet vanish into chains; an island that is one ring
    keeps its lowest node. Of parallel chains the cheaper counts, each way. Nodes are numbered
    along a Hilbert curve. Cost: linear in edges, times the logarithm of the longest chain.
    """
    half = half_edges(network, costs)
    chain, flipped = number_chains(half)
    kept, number = _number(network, half.end)
    usable = costs.usable
    end = np.where(half.end >= 0, number[np.maximum(half.end, 0)], -1)
    edges = network.edge_count
    graph_end_v, graph_end_u = end[:edges], end[edges:]
    out, back = _links(half, end, chain, flipped, usable, kept.size)
    return WalkGraph(
        network=network,
        costs=costs,
        out=out,
        back=back,
        node_x_m=network.node_x_m[kept],
        node_y_m=network.node_y_m[kept],
        end_u=np.where(usable, graph_end_u, -1),
        end_v=np.where(usable, graph_end_v, -1),
        leave_u=half.leave[edges:],
        leave_v=half.leave[:edges],
        enter_u=half.enter[edges:],
        enter_v=half.enter[:edges],
        chain=chain,
        flipped=flipped,
    )


def _open(on: Flags, snaps: Snaps) -> Ends:
    """Return points on a ground without streets: one may leave them at once, every way."""
    none, cost = np.zeros(on.size, dtype=np.int64), np.zeros(on.size)
    return Ends(
        on=on, a=none, b=none, to_a=cost, to_b=cost, from_a=cost, from_b=cost, off_m=snaps.off_m,
        chain=none, ahead=cost, behind=cost, at_m=snaps.at_m,
    )  # fmt: skip


def _nowhere(on: Flags, off_m: Floats) -> Ends:
    none, cost = np.zeros(off_m.size, dtype=np.int64), np.full(off_m.size, np.inf)
    return Ends(
        on=on, a=none, b=none, to_a=cost, to_b=cost, from_a=cost,
        from_b=cost, off_m=off_m, chain=none, ahead=cost, behind=cost,
    )  # fmt: skip


def _number(network: WalkNetwork, end: Ints) -> tuple[Ints, Ints]:
    """Return the network's nodes that stay, along a Hilbert curve, and each one's new number."""
    used = np.zeros(network.node_count, dtype=bool)
    used[end[end >= 0]] = True
    kept = np.flatnonzero(used)
    x, y = network.node_x_m[kept], network.node_y_m[kept]
    kept = kept[np.argsort(hilbert_order(x, y), kind="stable")]
    number = np.full(network.node_count, -1, dtype=np.int64)
    number[kept] = np.arange(kept.size)
    return kept, number


def _links(
    half: Halves, end: Ints, chain: Ints, flipped: Flags, usable: Flags, count: int
) -> tuple[csr_array, csr_array]:
    edges = usable.size
    # One edge a chain: the one that starts it, seen in the chain's own direction.
    first = np.flatnonzero(
        usable & (chain == np.where(flipped, np.arange(edges) + edges, np.arange(edges)))
    )
    start = np.where(flipped[first], first + edges, first)
    back = np.where(flipped[first], first, first + edges)
    tail, head = end[back], end[start]
    there = half.cost[start] + half.leave[start]
    again = half.cost[back] + half.enter[start]
    tails, heads = np.concatenate([tail, head]), np.concatenate([head, tail])
    cost = np.concatenate([there, again])
    apart = tails != heads
    tails, heads, cost = tails[apart], heads[apart], cost[apart]
    link = tails * count + heads
    order = np.argsort(link)
    link = link[order]
    first = np.flatnonzero(np.diff(link, prepend=-1))
    # Of parallel chains the cheapest counts: CSR would add them.
    least = np.minimum.reduceat(cost[order], first) if first.size else cost
    tails, heads = np.divmod(link[first], max(count, 1))
    start = np.searchsorted(tails, np.arange(count + 1)).astype(np.int32)
    out = csr_array((least, heads.astype(np.int32), start), shape=(count, count))
    return out, csr_array(out.T.tocsr())
