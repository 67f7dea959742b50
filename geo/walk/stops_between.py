"""Which rests and toilets one passes on a walk that needs them (途中で寄る休み場)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo.network.snap import join_snaps
from geo.walk.hops import make_hops, nest_hops, walks_by
from geo.walk.search import TOLERANCE_M

if TYPE_CHECKING:
    from geo.base.arrays import Floats, Ints
    from geo.network.snap import Snaps
    from geo.walk.ground import Ground
    from geo.walk.hops import Hops
    from geo.walk.rules import Rules
    from geo.walk.search import Way

_LEAST_M: Final = 1e-9  # a way of no length is none to a sparse matrix


def stops_between(
    ground: Ground, here: Snaps, place: Snaps, rules: Rules, way: Way
) -> Snaps | None:
    """Return here, the rests and toilets one passes, and the place; None for no such walk (途中の休み場).

    In the order from here to the place, for the way back too.
    """
    seats, toilets = rules.seats, rules.toilets
    if rules.toilet_m is not None and toilets is not None:
        if rules.rest_m is None or seats is None:
            return _between(ground, here, toilets, place, rules.toilet_m, way)
        return _through_both(ground, here, place, rules, way)
    if rules.rest_m is not None and seats is not None:
        return _between(ground, here, seats, place, rules.rest_m, way)
    return join_snaps(here, place)


def _between(
    ground: Ground, one: Snaps, stops: Snaps, other: Snaps, stretch_m: float, way: Way
) -> Snaps | None:
    """Return one, the stops between, and other, none farther from the next than a stretch."""
    ends = (ground.ends(part) for part in (one, stops, other))
    chain = _chain(make_hops(ground.graph, *ends, stretch_m=stretch_m, way=way))
    return None if chain is None else join_snaps(one, stops, other).take(chain)


def _through_both(
    ground: Ground, here: Snaps, place: Snaps, rules: Rules, way: Way
) -> Snaps | None:
    """Return the stops of a walk whose hops between toilets are themselves walks with rests."""
    seats, toilets = rules.seats, rules.toilets
    if rules.rest_m is None or rules.toilet_m is None or seats is None or toilets is None:
        raise ValueError("two rules need two stretches and their places")
    inner = make_hops(
        ground.graph,
        ground.ends(join_snaps(here, toilets)),
        ground.ends(seats),
        ground.ends(join_snaps(toilets, place)),
        stretch_m=rules.rest_m,
        way=way,
    )
    outer = nest_hops(
        walks_by(inner), cells=1, stops=toilets.edge.size, stretch_m=rules.toilet_m + TOLERANCE_M
    )
    chain = _chain(outer)
    if chain is None:
        return None
    toilet = join_snaps(here, toilets, place).take(chain)
    parts = [toilet.take(np.array([0]))]
    for at in range(chain.size - 1):
        one, other = toilet.take(np.array([at])), toilet.take(np.array([at + 1]))
        leg = _between(ground, one, seats, other, rules.rest_m, way)
        if leg is None:
            return None
        parts.append(leg.take(np.arange(1, leg.edge.size)))
    return join_snaps(*parts)


def _chain(hops: Hops) -> Ints | None:
    """Return the rows, of (cell, stops, site), of the shortest chain of hops; None for none."""
    size = hops.stops + 2
    tail = np.concatenate(
        [
            np.zeros(hops.to_stop.cell.size + hops.to_site.cell.size, dtype=np.int64),
            hops.between.cell + 1,
            hops.last.cell + 1,
        ]
    )
    head = np.concatenate(
        [
            hops.to_stop.site + 1,
            np.full(hops.to_site.cell.size, size - 1),
            hops.between.site + 1,
            np.full(hops.last.cell.size, size - 1),
        ]
    )
    parts = (hops.to_stop, hops.to_site, hops.between, hops.last)
    cost = np.concatenate([part.metres for part in parts])
    return _trace(cheapest(tail, head, cost, size), 0, size - 1)


def _trace(links: csr_array, start: int, goal: int) -> Ints | None:
    """Return the nodes of the shortest way from start to goal; None for none."""
    far, before = dijkstra(links, directed=True, indices=start, return_predecessors=True)
    if not np.isfinite(far[goal]):
        return None
    nodes = [goal]
    while nodes[-1] != start:
        nodes.append(int(before[nodes[-1]]))
    return np.array(nodes[::-1], dtype=np.int64)


def cheapest(tail: Ints, head: Ints, cost: Floats, size: int) -> csr_array:
    """Return the least of the links from node to node, none from one to itself (いちばん短い枝)."""
    apart = tail != head
    tail, head, cost = tail[apart], head[apart], cost[apart]
    order = np.lexsort((cost, head, tail))
    tail, head, cost = tail[order], head[order], cost[order]
    first = np.ones(tail.size, dtype=bool)
    first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    least = np.maximum(cost[first], _LEAST_M)
    return csr_array((least, (tail[first], head[first])), shape=(size, size))
