"""A graph with one edge that costs otherwise, the rest untouched (道を一本だけ変えたグラフ)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from geo.walk.costs import Costs, Profile

if TYPE_CHECKING:
    from geo.base.arrays import Floats, Ints
    from geo.walk.graph import WalkGraph


def mend_graph(graph: WalkGraph, edge: int, *, forward: float, backward: float) -> WalkGraph:
    """Return the graph with new costs of one usable edge (道の負担を変える).

    Only the sums along the edge's own chain and the link between its ends are worked out anew.

    Parameters
    ----------
    forward, backward
        Flat-equivalent metres from u to v and back, finite and above 0.

    Raises
    ------
    ValueError
        When the edge cannot be used, or a cost is not a length. To bar a street, make the
        graph anew.
    """
    if graph.end_u[edge] < 0 or not (0 < forward < np.inf and 0 < backward < np.inf):
        raise ValueError(f"edge {edge}: cannot be given the costs {forward}, {backward}")
    costs = _mend_costs(graph, edge, forward, backward)
    members = np.flatnonzero((graph.chain == graph.chain[edge]) & (graph.end_u >= 0))
    sums = _chain_sums(graph, costs, members)
    moved = replace(
        graph,
        costs=costs,
        leave_u=sums["leave_u"],
        leave_v=sums["leave_v"],
        enter_u=sums["enter_u"],
        enter_v=sums["enter_v"],
    )
    out = _mend_links(moved, graph.out, edge, turned=False)
    back = _mend_links(moved, graph.back, edge, turned=True)
    return replace(moved, out=out, back=back)


def _mend_costs(graph: WalkGraph, edge: int, forward: float, backward: float) -> Costs:
    old = graph.costs
    ahead, behind = old.forward.copy(), old.backward.copy()
    ahead[edge], behind[edge] = forward, backward
    profile = old.profile
    if profile is not None:
        part = slice(int(profile.start[edge]), int(profile.start[edge + 1]))
        along = profile.along_m[part] / graph.network.edge_m[edge]
        one, two = profile.forward.copy(), profile.backward.copy()
        one[part], two[part] = along * forward, along * backward
        profile = Profile(start=profile.start, along_m=profile.along_m, forward=one, backward=two)
    per_m = min(forward, backward) / float(graph.network.edge_m[edge])
    return Costs(
        forward=ahead, backward=behind, profile=profile, least_per_m=min(old.least_per_m, per_m)
    )


def _chain_sums(graph: WalkGraph, costs: Costs, members: Ints) -> dict[str, Floats]:
    """Return what it costs from both ends of each edge of a chain to the chain's ends."""
    flipped = graph.flipped[members]
    # In the chain's direction an edge comes later the less is left to its far end.
    left = np.where(flipped, graph.leave_u[members], graph.leave_v[members])
    order = np.argsort(-left, kind="stable")
    rows, against = members[order], flipped[order]
    with_it = np.where(against, costs.backward[rows], costs.forward[rows])
    counter = np.where(against, costs.forward[rows], costs.backward[rows])
    before = np.cumsum(with_it) - with_it  # from the first end to the edge
    after = with_it[::-1].cumsum()[::-1] - with_it  # from the edge to the last end
    home = np.cumsum(counter) - counter  # from the edge back to the first end
    from_last = counter[::-1].cumsum()[::-1] - counter
    sums = {
        name: getattr(graph, name).copy() for name in ("leave_u", "leave_v", "enter_u", "enter_v")
    }
    sums["enter_u"][rows] = np.where(against, from_last, before)
    sums["leave_u"][rows] = np.where(against, after, home)
    sums["leave_v"][rows] = np.where(against, home, after)
    sums["enter_v"][rows] = np.where(against, before, from_last)
    return sums


def _mend_links(graph: WalkGraph, links: csr_array, edge: int, *, turned: bool) -> csr_array:
    """Return the links with those between the chain's ends set to the cheapest chain between them."""
    a, b = int(graph.end_u[edge]), int(graph.end_v[edge])
    if a == b:
        return links
    data = links.data.copy()
    one = np.flatnonzero((graph.end_u == a) & (graph.end_v == b))
    other = np.flatnonzero((graph.end_u == b) & (graph.end_v == a))
    ab = min(_ahead(graph, one), _behind(graph, other))
    ba = min(_behind(graph, one), _ahead(graph, other))
    for tail, head, cost in ((a, b, ba if turned else ab), (b, a, ab if turned else ba)):
        row = slice(int(links.indptr[tail]), int(links.indptr[tail + 1]))
        at = row.start + int(np.flatnonzero(links.indices[row] == head)[0])
        data[at] = cost
    return csr_array((data, links.indices, links.indptr), shape=links.shape)


def _ahead(graph: WalkGraph, edges: Ints) -> float:
    """Return the cheapest of the edges' whole chains, walked by the edges from u to v."""
    whole = graph.enter_u[edges] + graph.costs.forward[edges] + graph.leave_v[edges]
    return float(whole.min(initial=np.inf))


def _behind(graph: WalkGraph, edges: Ints) -> float:
    whole = graph.enter_v[edges] + graph.costs.backward[edges] + graph.leave_u[edges]
    return float(whole.min(initial=np.inf))
