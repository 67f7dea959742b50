"""Place ways by their nodes; cut them where a node is missing (道の節点に位置を付ける)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geo.base.arrays import gather_runs, running_start

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from geo.sources.pbf.varints import Ints

    Bools = npt.NDArray[np.bool_]
    Units = npt.NDArray[np.int32]
    UnitBox = tuple[int, int, int, int]


class Places(NamedTuple):
    """Nodes ascending by id, in ten-millionths of a degree (節点の位置)."""

    id: Ints
    x: Units
    y: Units


class Parts(NamedTuple):
    """Runs of ways whose nodes all have a place (つながった部分).

    Part p is of way ``way[p]`` (a row number) and has the nodes ``start[p]:start[p + 1]``.
    """

    way: Ints
    start: Ints
    node_id: Ints
    x: Units
    y: Units

    def take(self, wanted: Bools) -> Parts:
        """Return the parts where `wanted` (P,) is true (選ぶ)."""
        if wanted.all():
            return self
        begin, count = self.start[:-1][wanted], np.diff(self.start)[wanted]
        at = gather_runs(begin, count)
        return Parts(
            self.way[wanted], running_start(count), self.node_id[at], self.x[at], self.y[at]
        )


def join_places(parts: Sequence[Places]) -> Places:
    """Return nodes of several blocks as one table (節点をまとめる)."""
    none = np.empty(0, dtype=np.int32)
    places = Places(
        np.concatenate([none.astype(np.int64), *(part.id for part in parts)]),
        np.concatenate([none, *(part.x for part in parts)]),
        np.concatenate([none, *(part.y for part in parts)]),
    )
    if (places.id[1:] > places.id[:-1]).all():
        return places
    order = np.argsort(places.id)  # negative ids stand in descending order
    return Places(places.id[order], places.x[order], places.y[order])


def find_rows(places: Places, node_id: Ints) -> Ints:
    """Return the row of each node in `places`, -1 where it is not there (節点を探す).

    Examples
    --------
    >>> none = np.zeros(2, dtype=np.int32)
    >>> places = Places(np.array([3, 7]), none, none)
    >>> find_rows(places, np.array([7, 5, 3])).tolist()
    [1, -1, 0]
    """
    if not places.id.size:
        return np.full(node_id.size, -1, dtype=np.int64)
    at = np.searchsorted(places.id, node_id) if _has_gaps(places.id) else node_id - places.id[0]
    at[(at < 0) | (at >= places.id.size)] = 0
    return np.where(places.id[at] == node_id, at, -1)


def _has_gaps(ids: Ints) -> bool:
    """Say whether ids are missing between the first and the last; a renumbered file has all."""
    return bool(ids[-1] - ids[0] != ids.size - 1)


def cut_ways(
    start: Ints, node_id: Ints, places: Places, keep: UnitBox | None
) -> tuple[Parts, Bools]:
    """Return the parts of ways that are in the box, and which ways lack a node (道を切り分ける).

    Parameters
    ----------
    start, node_id
        (W + 1,) where each way begins, and the (K,) nodes of all.
    keep
        West, south, east, north in ten-millionths of a degree.

    Returns
    -------
        A way counts as lacking a node if a part of it is in the box or nothing of it is known.
    """
    count = np.diff(start)
    at = find_rows(places, node_id)
    known = at >= 0
    begins = known.copy()
    begins[1:] &= ~known[:-1]
    begins[start[:-1][count > 0]] = True
    begins &= known
    way = np.repeat(np.arange(count.size), count)
    lacking = np.zeros(count.size, dtype=bool)
    if not known.all():
        lacking[way[~known]] = True
        at, way, begins, node_id = at[known], way[known], begins[known], node_id[known]
    begin = np.flatnonzero(begins)
    parts = Parts(way[begin], np.append(begin, way.size), node_id, places.x[at], places.y[at])
    near = _is_near(parts, keep)
    far = np.zeros(count.size, dtype=bool)
    far[parts.way] = True
    far[parts.way[near]] = False
    return parts.take(near), lacking & ~far


def _is_near(parts: Parts, keep: UnitBox | None) -> Bools:
    if keep is None or not parts.way.size:
        return np.ones(parts.way.size, dtype=bool)
    west, south, east, north = keep
    begin = parts.start[:-1]
    inside = (np.maximum.reduceat(parts.x, begin) >= west) & (
        np.minimum.reduceat(parts.x, begin) <= east
    )
    inside &= np.maximum.reduceat(parts.y, begin) >= south
    inside &= np.minimum.reduceat(parts.y, begin) <= north
    return np.asarray(inside)
