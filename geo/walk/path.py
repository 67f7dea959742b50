"""The way a walk goes, to be drawn: the shortest, from rest to rest where it must be (歩く道すじ)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse.csgraph import dijkstra

from geo.base.arrays import running_start
from geo.network.network import points_along
from geo.walk.reach import Parts, part_lines
from geo.walk.search import join_points
from geo.walk.stops_between import cheapest, stops_between

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from geo.base.arrays import Floats, Ints
    from geo.network.network import WalkNetwork
    from geo.network.snap import Snaps
    from geo.walk.ground import Ground
    from geo.walk.rules import Rules
    from geo.walk.search import Way


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Path:
    """The way of one walk (道すじ).

    Attributes
    ----------
    metres
        Flat-equivalent, the ways between door and street included.
    street_m
        Metres of ground it goes along, these ways included: what a tape would measure.
    off_m
        Those of them that lead off the streets, to doors and to the rests beside them; not drawn.
    points_m
        (n, 2) on the town's plane, from where one sets out to where one comes to.
    pieces
        The parts of edges it goes along: edge, from and to in metres from the edge's end u, in
        the order they are walked.
    """

    metres: float
    street_m: float
    off_m: float
    points_m: Floats
    pieces: tuple[Piece, ...] = ()


Piece = tuple[int, float, float]


def find_path(
    ground: Ground,
    here: Snaps,
    place: Snaps,
    rules: Rules,
    *,
    way: Way = "there",
    limit_m: float = np.inf,
    drawn: bool = True,
) -> Path | None:
    """Return the way from here to a place, or back, that keeps the rules; None for no way (道すじ).

    Parameters
    ----------
    here, place
        One point each, as they meet the streets of `ground`.
    rules
        Its `trip` is not looked at: `way` says which is drawn.
    limit_m
        No piece from stop to stop is looked for that is longer.
    drawn
        Whether its points are wanted; without them it is found far sooner.

    Notes
    -----
    Of ways equally long, one. Cost: a search of the streets for each piece from stop to stop;
    with rules what `geo.walk.rules.walk_each` costs, too.
    """
    if here.edge[0] < 0 or place.edge[0] < 0 or here.at_m is not None:
        return None  # without streets there is no way to draw
    stops = stops_between(ground, here, place, rules, way)
    if stops is None:
        return None
    if way == "back":
        stops = stops.take(np.arange(stops.edge.size)[::-1])
    streets = _streets(ground)
    every = [stops.take(np.array([at])) for at in range(stops.edge.size)]
    legs = [_leg(ground, streets, one, other, limit_m) for one, other in pairwise(every)]
    found = [leg for leg in legs if leg is not None]
    if len(found) < len(legs):
        return None
    return Path(
        metres=sum(leg.metres for leg in found),
        street_m=sum(leg.street_m for leg in found),
        off_m=sum(leg.off_m for leg in found),
        points_m=_points(ground.network, every, found) if drawn else np.zeros((0, 2)),
        pieces=tuple(piece for leg in found for piece in leg.pieces),
    )


# ---- along the streets ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Point:
    """A point on an edge, and the cost between it and the edge's ends u and v."""

    edge: int
    along_m: float
    off_m: float
    to_end: tuple[float, float]
    from_end: tuple[float, float]


def _point(ground: Ground, snap: Snaps) -> _Point:
    costs, edge = ground.costs, int(snap.edge[0])
    ahead, back = (
        float(part[0]) for part in costs.partial(ground.network, snap.edge, snap.along_m)
    )
    forward, backward = float(costs.forward[edge]), float(costs.backward[edge])
    return _Point(
        edge=edge, along_m=float(snap.along_m[0]), off_m=float(snap.off_m[0]),
        to_end=(back, max(forward - ahead, 0.0)), from_end=(ahead, max(backward - back, 0.0)),
    )  # fmt: skip


@lru_cache(maxsize=4)
def _streets(ground: Ground) -> csr_array:
    """Return the cheapest edge from node to node of the network, both ways."""
    network, costs = ground.network, ground.costs
    edges = np.flatnonzero(costs.usable)
    u, v = network.edge_u[edges], network.edge_v[edges]
    cost = np.concatenate([costs.forward[edges], costs.backward[edges]])
    return cheapest(np.concatenate([u, v]), np.concatenate([v, u]), cost, network.node_count)


@lru_cache(maxsize=4)
def _edges_at(ground: Ground) -> tuple[Ints, Ints]:
    """Return where each node's edges start in a list of edges, and that list."""
    network = ground.network
    ends = np.concatenate([network.edge_u, network.edge_v])
    edge = np.tile(np.arange(network.edge_count), 2)[np.argsort(ends, kind="stable")]
    return running_start(np.bincount(ends, minlength=network.node_count)), edge


def _leg(
    ground: Ground, streets: csr_array, one: Snaps, other: Snaps, limit_m: float
) -> Path | None:
    """Return the shortest way along the streets between two points, without its points."""
    costs = ground.costs
    if not (costs.usable[one.edge[0]] and costs.usable[other.edge[0]]):
        return None
    start, goal = _point(ground, one), _point(ground, other)
    pieces, metres = _round(ground, streets, start, goal, limit_m)
    if start.edge == goal.edge:
        begin, end = start.along_m, goal.along_m
        direct = (
            goal.from_end[0] - start.from_end[0]
            if end >= begin
            else start.to_end[0] - goal.to_end[0]
        )
        if direct <= metres:
            pieces, metres = [(start.edge, begin, end)], max(direct, 0.0)
    if not np.isfinite(metres):
        return None
    off = start.off_m + goal.off_m
    return Path(
        metres=off + metres,
        off_m=off,
        street_m=off + sum(abs(end - begin) for _, begin, end in pieces),
        points_m=np.zeros((0, 2)),
        pieces=tuple(pieces),
    )


def _points(network: WalkNetwork, stops: list[Snaps], legs: list[Path]) -> Floats:
    """Return the points of a way from stop to stop."""
    lines = []
    for (one, other), leg in zip(pairwise(stops), legs, strict=True):
        lines.append(points_along(network, one.edge, one.along_m))
        lines += [_line(network, piece) for piece in leg.pieces]
        lines.append(points_along(network, other.edge, other.along_m))
    return np.vstack(lines)


def _round(
    ground: Ground, streets: csr_array, start: _Point, goal: _Point, limit_m: float
) -> tuple[list[Piece], float]:
    """Return the way by the ends of both points' edges, and its cost; infinite for none."""
    network = ground.network
    leave, enter = _nodes(network, start, start.to_end), _nodes(network, goal, goal.from_end)
    source = network.node_count
    joined = join_points(
        streets, np.zeros(len(leave), dtype=np.int64), np.array(list(leave)),
        np.array([cost for cost, _ in leave.values()]),
    )  # fmt: skip
    far, before = dijkstra(
        joined, directed=True, indices=source, return_predecessors=True, limit=limit_m
    )
    node = min(enter, key=lambda one: far[one] + enter[one][0])
    metres = float(far[node] + enter[node][0])
    if not np.isfinite(metres):
        return [], metres
    nodes = [node]
    while before[nodes[-1]] != source:
        nodes.append(int(before[nodes[-1]]))
    nodes.reverse()
    pieces: list[Piece] = [(start.edge, start.along_m, leave[nodes[0]][1])]
    pieces += [_edge(ground, tail, head) for tail, head in pairwise(nodes)]
    return [*pieces, (goal.edge, enter[node][1], goal.along_m)], metres


def _nodes(
    network: WalkNetwork, point: _Point, costs: tuple[float, float]
) -> dict[int, tuple[float, float]]:
    """Return the nodes at the ends of a point's edge: what they cost, and where on it they are."""
    u, v = int(network.edge_u[point.edge]), int(network.edge_v[point.edge])
    by_u, by_v = (costs[0], 0.0), (costs[1], float(network.edge_m[point.edge]))
    return {u: min(by_u, by_v)} if u == v else {u: by_u, v: by_v}


def _edge(ground: Ground, tail: int, head: int) -> Piece:
    """Return the cheapest edge from node to node, as it is walked."""
    network, costs = ground.network, ground.costs
    start, edge = _edges_at(ground)
    mine = np.unique(edge[start[tail] : start[tail + 1]])
    ahead = mine[(network.edge_u[mine] == tail) & (network.edge_v[mine] == head)]
    back = mine[(network.edge_v[mine] == tail) & (network.edge_u[mine] == head)]
    rows = np.concatenate([ahead, back])
    best = int(np.argmin(np.concatenate([costs.forward[ahead], costs.backward[back]])))
    length = float(network.edge_m[rows[best]])
    return (int(rows[best]), 0.0, length) if best < ahead.size else (int(rows[best]), length, 0.0)


def _line(network: WalkNetwork, piece: Piece) -> Floats:
    """Return the points of a piece in the order they are walked."""
    edge, begin, end = piece
    low, high = min(begin, end), max(begin, end)
    if high - low <= 0:
        return np.zeros((0, 2))
    part = Parts(edge=np.array([edge]), from_m=np.array([low]), to_m=np.array([high]))
    points = np.asarray(part_lines(network, part)[0].coords, dtype=float)
    return points if begin <= end else points[::-1]
