"""Put points on the nearest street, exactly (いちばん近い道の上の点)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

from geo.base.sound import check_finite, sound_numbers
from geo.base.words import Words
from geo.network.network import points_along

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.base.arrays import Flags, Floats, Ints
    from geo.network.network import WalkNetwork


# Samples along the streets: no point of a street is farther than half of this from one.
_SPACING_M = 30.0
_HALF_M = _SPACING_M / 2 + 1e-3
_FIRST_CANDIDATES = 6
_CELL_M = 250.0
_CHUNK = 10_000  # small enough for the caches of one core
_THREADS = 4
_SAMPLES_AT_ONCE = 500_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Snaps:
    """Where points meet the streets (道に下ろした点).

    Attributes
    ----------
    edge
        (P,) edge of the network, or -1 when no street lies within the limit.
    along_m
        (P,) metres along the edge's polyline from its end u; NaN where `edge` is -1.
    off_m
        (P,) straight metres from the point to the street; the true distance also where it is
        beyond the limit, infinite only in a network without streets.
    at_m
        (P, 2) the points themselves on the plane, in a town without streets alone
        (`geo.network.straight`): distances are then straight lines between them, ``edge`` says
        nothing but that they are on the ground, and ``off_m`` is 0. None where streets are.
    """

    edge: Ints
    along_m: Floats
    off_m: Floats
    at_m: Floats | None = None

    def take(self, rows: npt.NDArray[np.intp] | npt.NDArray[np.bool_]) -> Snaps:
        """Return the snaps of some rows (一部の行)."""
        return Snaps(
            edge=self.edge[rows],
            along_m=self.along_m[rows],
            off_m=self.off_m[rows],
            at_m=None if self.at_m is None else self.at_m[rows],
        )


def join_snaps(*parts: Snaps) -> Snaps:
    """Return snaps one after another (つなげる)."""
    at_m = [part.at_m for part in parts if part.at_m is not None]
    return Snaps(
        edge=np.concatenate([part.edge for part in parts]),
        along_m=np.concatenate([part.along_m for part in parts]),
        off_m=np.concatenate([part.off_m for part in parts]),
        at_m=np.concatenate(at_m) if len(at_m) == len(parts) else None,
    )


def points_of(network: WalkNetwork, snaps: Snaps) -> Floats:
    """Return the (P, 2) points where snaps meet the streets, all of them on the network (道の上の点)."""
    return points_along(network, snaps.edge, snaps.along_m) if snaps.at_m is None else snaps.at_m


class Snapper:
    """The streets prepared for snapping (道の索引); read-only once made.

    Parameters
    ----------
    network
        Its polylines, in metres. Cost: a sample every 30 m in a kd-tree.
    usable
        (E,) streets to be snapped to; None for all.
    spare
        (E,) further streets that take only those points from which no usable one lies within
        the limit; None for none.

    Attributes
    ----------
    straight
        Whether points stay where they are, for want of streets (`geo.network.straight`).
    """

    straight: bool = False

    def __init__(
        self, network: WalkNetwork, usable: Flags | None = None, spare: Flags | None = None
    ) -> None:
        self._spare = None if spare is None or not spare.any() else Snapper(network, spare)
        self._x, self._y = network.vertex_x_m, network.vertex_y_m
        edge = np.repeat(np.arange(network.edge_count, dtype=np.int32), np.diff(network.edge_start))
        inner = np.ones(edge.size, dtype=bool)
        inner[network.edge_start[1:] - 1] = False  # no segment begins at an edge's last vertex
        if usable is not None:
            inner &= usable[edge]
        inner[:-1] &= _has_length(self._x, self._y)
        self._first = np.flatnonzero(inner).astype(np.int32)
        self._edge = edge[self._first]
        length = np.hypot(*self._steps(self._first))
        before = np.cumsum(length) - length
        head = np.searchsorted(self._edge, self._edge)  # first segment of each one's edge
        self._before = before - before[head]
        count = np.maximum(1, np.ceil(length / _SPACING_M)).astype(np.int64)
        self._segment = np.repeat(np.arange(length.size, dtype=np.int32), count)
        # Samples lie evenly along streets: halving boxes is as good as balancing, and quicker.
        self._tree = (
            cKDTree(self._samples(count), balanced_tree=False, compact_nodes=False)
            if length.size
            else None
        )

    def _steps(self, first: npt.NDArray[np.int32]) -> tuple[Floats, Floats]:
        """Return how far segments lead east and north."""
        return self._x[first + 1] - self._x[first], self._y[first + 1] - self._y[first]

    def _samples(self, count: Ints) -> Floats:
        """Return the middles of the segments' equal parts, made some at a time to spare memory."""
        begin = np.cumsum(count) - count
        samples = np.empty((self._segment.size, 2))
        for at in range(0, self._segment.size, _SAMPLES_AT_ONCE):
            segment = self._segment[at : at + _SAMPLES_AT_ONCE]
            step = np.arange(at, at + segment.size) - begin[segment]
            part = (step + 0.5) / count[segment]
            first = self._first[segment]
            dx, dy = self._steps(first)
            samples[at : at + segment.size, 0] = self._x[first] + part * dx
            samples[at : at + segment.size, 1] = self._y[first] + part * dy
        return samples

    def snap(self, x_m: Floats, y_m: Floats, *, limit_m: float = np.inf) -> Snaps:
        """Return the nearest point on a street for each point, without approximation (道に下ろす).

        A candidate list is complete once its farthest sample lies more than half a sample
        spacing beyond the best street found; until then it is doubled. Of streets equally
        near, the one with the lowest number is taken, so order, chunks and threads change
        nothing.

        Parameters
        ----------
        x_m, y_m
            (P,) metres on the network's plane.
        limit_m
            Points farther from every street get ``edge`` -1; a point at the limit is kept.

        Raises
        ------
        InputError
            When a coordinate is no number.
        """
        points = np.column_stack([x_m, y_m]).astype(float, copy=False)
        check_finite(points, Words("道に下ろす点の座標", "the points to be put on streets"))
        edge = np.full(len(points), -1, dtype=np.int64)
        along, off = np.full(len(points), np.nan), np.full(len(points), np.inf)
        if self._tree is None or not len(points):
            nothing = Snaps(edge=edge, along_m=along, off_m=off)
            return nothing if self._spare is None else self._spare.fill(nothing, points, limit_m)
        order = _by_place(points)
        parts = [order[at : at + _CHUNK] for at in range(0, len(order), _CHUNK)]
        with ThreadPoolExecutor(_THREADS) as threads:
            found = threads.map(lambda rows: self._nearest(points[rows]), parts)
            for rows, (one, two, three) in zip(parts, found, strict=True):
                edge[rows], along[rows], off[rows] = one, two, three
        beyond = off > limit_m
        edge[beyond], along[beyond] = -1, np.nan
        found_all = Snaps(edge=edge, along_m=along, off_m=off)
        return found_all if self._spare is None else self._spare.fill(found_all, points, limit_m)

    def fill(self, snaps: Snaps, points: Floats, limit_m: float) -> Snaps:
        """Return snaps with those points that have no street put on these, where near (残りを下ろす)."""
        rows = np.flatnonzero(snaps.edge < 0)
        mine = self.snap(*points[rows].T, limit_m=limit_m)
        edge, along, off = snaps.edge.copy(), snaps.along_m.copy(), snaps.off_m.copy()
        edge[rows], along[rows] = mine.edge, mine.along_m
        # Off every street, how far the nearest is stays true.
        off[rows] = np.where(mine.edge >= 0, mine.off_m, np.minimum(mine.off_m, off[rows]))
        return Snaps(edge=edge, along_m=along, off_m=off)

    @sound_numbers(Words("点を道に下ろす計算", "putting points on streets"))
    def _nearest(self, points: Floats) -> tuple[Ints, Floats, Floats]:
        assert self._tree is not None  # noqa: S101 - the caller has looked
        edge = np.empty(len(points), dtype=np.int64)
        along, off = np.empty(len(points)), np.empty(len(points))
        todo, wanted = np.arange(len(points)), _FIRST_CANDIDATES
        while todo.size:
            wanted = min(wanted, self._tree.n)
            reach, sample = self._tree.query(points[todo], k=range(1, wanted + 1))
            found = self._measure(points[todo], self._segment[sample])
            complete = (reach[:, -1] > found[2] + _HALF_M) | (wanted == self._tree.n)
            done = todo[complete]
            edge[done], along[done], off[done] = (part[complete] for part in found)
            todo, wanted = todo[~complete], wanted * 2
        return edge, along, off

    def _measure(self, points: Floats, segment: Ints) -> tuple[Ints, Floats, Floats]:
        first = self._first[segment]
        ax, ay = self._x[first], self._y[first]
        dx, dy = self._x[first + 1] - ax, self._y[first + 1] - ay
        px, py = points[:, :1] - ax, points[:, 1:] - ay
        part = np.clip((px * dx + py * dy) / (dx * dx + dy * dy), 0.0, 1.0)
        away = np.hypot(px - part * dx, py - part * dy)
        near = away.min(axis=1, keepdims=True)
        best = np.where(away == near, segment, np.iinfo(np.int32).max).argmin(axis=1)
        row = np.arange(len(points))
        chosen = segment[row, best]
        along = self._before[chosen] + part[row, best] * np.hypot(dx[row, best], dy[row, best])
        return self._edge[chosen].astype(np.int64), along, near[:, 0]


def _has_length(x_m: Floats, y_m: Floats) -> Flags:
    """Say which vertices have the next elsewhere: a piece of no length has no direction."""
    dx, dy = np.diff(x_m), np.diff(y_m)
    return np.asarray(dx * dx + dy * dy > 0)


def _by_place(points: Floats) -> npt.NDArray[np.intp]:
    """Return the rows of points, near ones near each other: a search finds its memory warm."""
    column, row = np.floor((points - points.min(axis=0)) / _CELL_M).astype(np.int64).T
    return np.argsort(row * (column.max() + 1) + column)
