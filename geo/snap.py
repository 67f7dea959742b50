"""Put points on the nearest street, exactly (いちばん近い道の上の点)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.arrays import Floats, Ints
    from geo.network import WalkNetwork


# Samples along the streets: no point of a street is farther than half of this from one.
_SPACING_M = 20.0
_HALF_M = _SPACING_M / 2 + 1e-3
_FIRST_CANDIDATES = 6
_CELL_M = 250.0
_CHUNK = 200_000


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
    """

    edge: Ints
    along_m: Floats
    off_m: Floats

    def take(self, rows: npt.NDArray[np.intp] | npt.NDArray[np.bool_]) -> Snaps:
        """Return the snaps of some rows (一部の行)."""
        return Snaps(edge=self.edge[rows], along_m=self.along_m[rows], off_m=self.off_m[rows])


class Snapper:
    """The streets prepared for snapping (道の索引); read-only once made.

    Parameters
    ----------
    network
        Its polylines, in metres. Cost: a sample every 20 m in a kd-tree.
    """

    def __init__(self, network: WalkNetwork) -> None:
        x, y, start = network.vertex_x_m, network.vertex_y_m, network.edge_start
        first = (
            np.delete(np.arange(x.size), start[1:] - 1) if x.size else np.zeros(0, dtype=np.int64)
        )
        edge_of = np.repeat(np.arange(network.edge_count), np.diff(start))
        self._ax, self._ay = x[first], y[first]
        self._dx, self._dy = x[first + 1] - self._ax, y[first + 1] - self._ay
        self._edge = edge_of[first]
        length = np.hypot(self._dx, self._dy)
        before = np.concatenate([[0.0], np.cumsum(length)])[:-1]
        head = np.searchsorted(self._edge, np.arange(network.edge_count))
        self._before = before - before[head][self._edge] if first.size else before[:0]
        self._length = length
        count = np.maximum(1, np.ceil(length / _SPACING_M).astype(np.int64))
        self._segment = np.repeat(np.arange(first.size), count)
        step = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        part = (step + 0.5) / count[self._segment]
        sx = self._ax[self._segment] + part * self._dx[self._segment]
        sy = self._ay[self._segment] + part * self._dy[self._segment]
        self._tree = cKDTree(np.column_stack([sx, sy])) if first.size else None

    def snap(self, x_m: Floats, y_m: Floats, *, limit_m: float = np.inf) -> Snaps:
        """Return the nearest point on a street for each point, without approximation (道に下ろす).

        A candidate list is complete once its farthest sample lies more than half a sample
        spacing beyond the best street found; until then it is doubled. Of streets equally
        near, the one with the lowest number is taken, so order and chunks change nothing.

        Parameters
        ----------
        x_m, y_m
            (P,) metres on the network's plane.
        limit_m
            Points farther from every street get ``edge`` -1; a point at the limit is kept.
        """
        points = np.column_stack([x_m, y_m]).astype(float)
        edge = np.full(len(points), -1, dtype=np.int64)
        along, off = np.full(len(points), np.nan), np.full(len(points), np.inf)
        if self._tree is None or not len(points):
            return Snaps(edge=edge, along_m=along, off_m=off)
        order = np.lexsort(tuple(np.floor(points / _CELL_M).T))
        for at in range(0, len(order), _CHUNK):
            rows = order[at : at + _CHUNK]
            edge[rows], along[rows], off[rows] = self._nearest(points[rows])
        beyond = off > limit_m
        edge[beyond], along[beyond] = -1, np.nan
        return Snaps(edge=edge, along_m=along, off_m=off)

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
        dx, dy = self._dx[segment], self._dy[segment]
        px = points[:, :1] - self._ax[segment]
        py = points[:, 1:] - self._ay[segment]
        part = np.clip((px * dx + py * dy) / (dx * dx + dy * dy), 0.0, 1.0)
        away = np.hypot(px - part * dx, py - part * dy)
        near = away.min(axis=1, keepdims=True)
        best = np.where(away == near, segment, np.iinfo(np.int64).max).argmin(axis=1)
        row = np.arange(len(points))
        chosen = segment[row, best]
        along = self._before[chosen] + part[row, best] * self._length[chosen]
        return self._edge[chosen], along, near[:, 0]
