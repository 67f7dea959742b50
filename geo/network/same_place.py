"""Nodes that stand on one place are one node, unless one lies above the other (同じ場所の節点)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geo.network.extract import SHAPE_BELOW
from geo.network.network import BARRING, BRIDGE, TUNNEL

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.network.extract import StreetWays

    Bools = npt.NDArray[np.bool_]
    Ints = npt.NDArray[np.int64]

_GROUND = "0/0"


class _Use(NamedTuple):
    """What a node is to one way: over, under or on the ground, on which storeys, and at its end."""

    over: int
    storeys: frozenset[str]
    is_end: bool


def join_same_place(streets: StreetWays) -> tuple[StreetWays, int]:
    """Return ways whose nodes on one place are one node, and how many went (同じ場所を1つに).

    A place in a file is one place on the ground: who stands there stands on every street drawn
    to it, whatever numbers an editor, a merge of two files or a program gave. Files hold places
    to the last digit of their own, so only equal digits are one place; nodes a hair apart are
    two, joined where a way joins them and told of where none does
    (`geo.sources.loose_ends`).

    What keeps nodes on one place apart:

    * They are not on one level: all ways of one are on a bridge, in a tunnel, or of another
      ``layer`` or ``level`` than those of the other. A bridge or tunnel that ends there, and
      nowhere goes on, has come down to the ground and is joined to it.
    * One of them may not be passed (`StreetWays.closed`).
    * A piece that not every walker may use, such as steps, joins them: the file says that one
      climbs between them.
    * One is but a bend in a table of lines, whose junctions are its nodes (`SHAPE_BELOW`).

    Parameters
    ----------
    streets
        Unchanged.

    Returns
    -------
        The node of lowest id stays. Nothing moves, as all of them are on one place.
    """
    ids, first, rank = np.unique(streets.node_id, return_index=True, return_inverse=True)
    place = _number_places(ids, streets.lon[first], streets.lat[first], streets.closed)
    if not (place >= 0).any():
        return streets, 0
    way = np.repeat(np.arange(streets.way_id.size), np.diff(streets.start))
    groups: dict[int, list[int]] = defaultdict(list)
    for node in np.flatnonzero(place >= 0).tolist():
        groups[int(place[node])].append(node)
    for split in _find_climbs(streets, way, rank, place):
        del groups[split]
    uses = _list_uses(streets, way, rank, place)
    stays = np.arange(ids.size)
    for nodes in groups.values():
        for one, other in combinations(nodes, 2):  # ascending, so that the lowest id stays
            if stays[one] != stays[other] and _meet(uses[one], uses[other]):
                low, high = sorted((stays[one], stays[other]))
                stays[[node for node in nodes if stays[node] == high]] = low
    gone = int((stays != np.arange(ids.size)).sum())
    return (replace(streets, node_id=ids[stays][rank]) if gone else streets), gone


def _number_places(ids: Ints, lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64],
                   closed: Ints) -> Ints:  # fmt: skip
    """Return a number for each node that shares its place with another, -1 for the others."""
    number = np.full(ids.size, -1, dtype=np.int64)
    some = np.flatnonzero((ids >= SHAPE_BELOW) & ~np.isin(ids, closed))
    order = some[np.lexsort((lat[some], lon[some]))]
    same = (lon[order[1:]] == lon[order[:-1]]) & (lat[order[1:]] == lat[order[:-1]])
    of = np.concatenate([[0], np.cumsum(~same)])[: order.size]
    shared = np.zeros(order.size, dtype=bool)
    shared[1:] = same
    shared[:-1] |= same
    number[order[shared]] = of[shared]
    return number


def _find_climbs(streets: StreetWays, way: Ints, rank: Ints, place: Ints) -> list[int]:
    """Return the places whose nodes are joined by a piece that not every walker may use."""
    here, there = rank[:-1], rank[1:]
    climbs = (way[:-1] == way[1:]) & ((streets.flags[way[1:]] & BARRING) > 0) & (here != there)
    climbs &= (place[here] >= 0) & (place[here] == place[there])
    return [int(number) for number in np.unique(place[here[climbs]])]


def _list_uses(streets: StreetWays, way: Ints, rank: Ints, place: Ints) -> dict[int, list[_Use]]:
    ends = np.zeros(way.size, dtype=bool)
    ends[streets.start[:-1]] = ends[streets.start[1:] - 1] = True
    uses: dict[int, list[_Use]] = defaultdict(list)
    for row in np.flatnonzero(place[rank] >= 0).tolist():
        of = int(way[row])
        told = str(streets.storey[of]) if streets.storey.size else ""
        over = int(streets.flags[of]) & (BRIDGE | TUNNEL)
        uses[int(rank[row])].append(
            _Use(over, frozenset(told.split() or [_GROUND]), bool(ends[row]))
        )
    return uses


def _meet(one: list[_Use], other: list[_Use]) -> bool:
    """Say whether two nodes on one place are on one level."""
    if any(a.over == b.over and a.storeys & b.storeys for a in one for b in other):
        return True
    return _comes_down(one, other) or _comes_down(other, one)


def _comes_down(one: list[_Use], other: list[_Use]) -> bool:
    """Say whether a bridge or tunnel ends at a node that is on the ground of the same storey."""
    if len(one) != 1 or not one[0].over or not one[0].is_end:
        return False
    floors = {told.partition("/")[2] for told in one[0].storeys}
    return any(
        not use.over and floors & {told.partition("/")[2] for told in use.storeys} for use in other
    )
