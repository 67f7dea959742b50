"""The shortest way on foot from place to place, as a line to draw (順に歩く道すじ)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.network.network import points_along
from geo.town import ground_of
from geo.walk.reach import Parts, node_metres, part_lines
from geo.walk.search import walk_field, walk_nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.arrays import Floats, Ints
    from geo.network.network import WalkNetwork
    from geo.network.snap import Snaps
    from geo.town import Town
    from geo.walk.ground import Ground


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Leg:
    """The way from one place to the next (区間).

    Attributes
    ----------
    metres
        From door to door along the streets, a straight line where there are none; ``None`` where no
        way is known.
    points_m
        (n, 2) of the way on the town's plane; empty where no way is known.
    """

    metres: float | None
    points_m: Floats


_NO_LEG = Leg(metres=None, points_m=np.zeros((0, 2)))


def find_legs(town: Town, points_m: Sequence[Floats | None]) -> list[Leg]:
    """Return the ways between places in their order, one fewer than places (区間の道のり).

    Parameters
    ----------
    points_m
        Places on the town's plane; ``None`` for one without a place: the legs to and from it are
        not known, and no way is made up around it.

    Notes
    -----
    Cost: one search over all streets a leg.
    """
    if len(points_m) < 2:  # noqa: PLR2004 - said by its name
        return []
    at = np.array([(np.nan, np.nan) if one is None else one for one in points_m], dtype=float)
    known = np.isfinite(at).all(axis=1)
    snaps = town.snapper.snap(
        np.where(known, at[:, 0], 0.0), np.where(known, at[:, 1], 0.0), limit_m=town.snap_limit_m
    )
    known &= snaps.edge >= 0
    ground, edges_at = ground_of(town), _edges_at(town.network)
    legs = []
    for to in range(1, len(at)):
        if not (known[to - 1] and known[to]):
            legs.append(_NO_LEG)
            continue
        if town.streetless:
            line = at[to - 1 : to + 1]
            legs.append(Leg(metres=float(np.hypot(*(line[1] - line[0]))), points_m=line))
            continue
        one, other = snaps.take(np.array([to - 1])), snaps.take(np.array([to]))
        legs.append(_leg(ground, edges_at, one, other, at[to - 1 : to + 1]))
    return legs


def _leg(
    ground: Ground, edges_at: tuple[Ints, Ints], one: Snaps, other: Snaps, ends: Floats
) -> Leg:
    network, start = ground.network, ground.ends(one)
    field = walk_field(ground.graph, start)
    metres = float(walk_nearest(ground.graph, ground.ends(other), start, field).metres[0])
    if not np.isfinite(metres):
        return _NO_LEG
    edge, along = int(other.edge[0]), float(other.along_m[0])
    left = metres - float(other.off_m[0])
    direct = np.inf
    if edge == int(one.edge[0]):
        direct = abs(along - float(one.along_m[0])) + float(one.off_m[0])
    node_m = node_metres(ground, start, field)
    length = float(network.edge_m[edge])
    u, v = int(network.edge_u[edge]), int(network.edge_v[edge])
    if direct <= left + 1e-9:
        pieces = [(edge, along, float(one.along_m[0]))]
    elif node_m[u] + along <= node_m[v] + length - along:
        pieces = [(edge, along, 0.0), *_back(network, edges_at, node_m, one, u)]
    else:
        pieces = [(edge, along, length), *_back(network, edges_at, node_m, one, v)]
    streets = [_piece(network, *piece) for piece in pieces]
    way = np.vstack([ends[1:], *streets, points_along(network, one.edge, one.along_m), ends[:1]])
    return Leg(metres=metres, points_m=way[::-1])


def _back(
    network: WalkNetwork, edges_at: tuple[Ints, Ints], node_m: Floats, start: Snaps, node: int
) -> list[tuple[int, float, float]]:
    """Pieces of edges, each with metres from and to, from a node back to where `start` stands."""
    order, head = edges_at
    edge, along = int(start.edge[0]), float(start.along_m[0])
    off, length = float(start.off_m[0]), float(network.edge_m[edge])
    pieces: list[tuple[int, float, float]] = []
    while True:
        here = float(node_m[node])
        goals = [(along + off, 0.0, network.edge_u), (length - along + off, length, network.edge_v)]
        for cost, end, nodes in goals:
            if int(nodes[edge]) == node and cost <= here + 1e-9:
                return [*pieces, (edge, end, along)]
        near = order[head[node] : head[node + 1]]
        far = np.where(network.edge_u[near] == node, network.edge_v[near], network.edge_u[near])
        best = int(np.argmin(node_m[far] + network.edge_m[near]))
        step = int(near[best])
        long = float(network.edge_m[step])
        pieces.append((step, 0.0, long) if int(network.edge_u[step]) == node else (step, long, 0.0))
        node = int(far[best])


def _edges_at(network: WalkNetwork) -> tuple[Ints, Ints]:
    """Edges in the order of the nodes they touch, and where each node's begin."""
    ends = np.concatenate([network.edge_u, network.edge_v])
    by_node = np.argsort(ends, kind="stable")
    head = np.searchsorted(ends[by_node], np.arange(network.node_count + 1))
    return (by_node % max(network.edge_count, 1)).astype(np.int64), head.astype(np.int64)


def _piece(network: WalkNetwork, edge: int, from_m: float, to_m: float) -> Floats:
    low, high = sorted((from_m, to_m))
    if high - low <= 0:
        return np.zeros((0, 2))
    part = Parts(edge=np.array([edge]), from_m=np.array([low]), to_m=np.array([high]))
    points = np.asarray(part_lines(network, part)[0].coords, dtype=float)
    return points if from_m <= to_m else points[::-1]
