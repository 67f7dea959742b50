"""Collect ways one by one, give them as arrays (道を集めて配列にする)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from pyproj import Geod

from geo.base.arrays import gather_runs, running_start
from geo.network.extract import StreetWays

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    LonLat = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]

_GEOD = Geod(ellps="GRS80")


class Lines(NamedTuple):
    """Lines in degrees, one after another; `start` (P + 1,) says where each begins (線の並び)."""

    start: npt.NDArray[np.int64]
    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]


@dataclass(slots=True, kw_only=True)
class WayBook:
    """Walkable ways in the order met, and what was left out (道の控え).

    Attributes
    ----------
    left_out, left_out_m, kinds_left_out
        As in `geo.network.extract.Extract`.
    closed
        Nodes that nobody may pass, also of other ways than those noted.
    gaps_m
        Ways that lack a node between others, and the metres between those, straight.
    """

    left_out: dict[str, int] = field(default_factory=dict)
    left_out_m: dict[str, float] = field(default_factory=dict)
    kinds_left_out: dict[tuple[str, str], tuple[int, float]] = field(default_factory=dict)
    closed: list[int] = field(default_factory=list)
    gaps_m: dict[int, float] = field(default_factory=dict)
    _whole: list[StreetWays] = field(default_factory=list)
    _way_id: list[int] = field(default_factory=list)
    _highway: list[str] = field(default_factory=list)
    _flags: list[int] = field(default_factory=list)
    _storey: list[str] = field(default_factory=list)
    _count: list[int] = field(default_factory=list)
    _node_id: list[int] = field(default_factory=list)
    _lon: list[float] = field(default_factory=list)
    _lat: list[float] = field(default_factory=list)

    def add(
        self,
        *,
        way_id: int,
        highway: str,
        flags: int,
        storey: str = "",
        node_id: Sequence[int],
        lon: Sequence[float],
        lat: Sequence[float],
    ) -> None:
        """Note one walkable way of two nodes or more (歩ける道を控える)."""
        self._way_id.append(way_id)
        self._highway.append(highway)
        self._flags.append(flags)
        self._storey.append(storey)
        self._count.append(len(node_id))
        self._node_id.extend(node_id)
        self._lon.extend(lon)
        self._lat.extend(lat)

    def __bool__(self) -> bool:
        """Say whether any walkable way was noted (歩ける道があるか)."""
        return bool(self._way_id or self._whole)

    def add_all(self, ways: StreetWays) -> None:
        """Note walkable ways of two nodes or more, met before those of `add` (まとめて控える)."""
        if ways.way_id.size:
            self._whole.append(ways)

    def leave_out_all(
        self, reason: npt.NDArray[np.str_], highway: npt.NDArray[np.str_], line: Lines
    ) -> None:
        """Count things not used, with their lengths (使わない道をまとめて数える).

        `reason`, `highway` (P,); their nodes are ``line.start[p]:line.start[p + 1]``.
        """
        if not reason.size:
            return
        inner = np.ones(line.lon.size, dtype=bool)
        inner[line.start[1:] - 1] = False
        at = np.flatnonzero(inner)
        _, _, step_m = _GEOD.inv(line.lon[at], line.lat[at], line.lon[at + 1], line.lat[at + 1])
        of_line = np.repeat(np.arange(reason.size), np.diff(line.start))[at]
        reasons, kind = np.unique(reason, return_inverse=True)
        counts = np.bincount(kind).tolist()
        lengths_m = np.bincount(kind[of_line], weights=step_m, minlength=len(counts)).tolist()
        for name, count, length_m in zip(reasons.tolist(), counts, lengths_m, strict=True):
            self.left_out[name] = self.left_out.get(name, 0) + count
            self.left_out_m[name] = self.left_out_m.get(name, 0.0) + length_m
        each_m = np.bincount(of_line, weights=step_m, minlength=reason.size).tolist()
        for name, kind_of, length_m in zip(reason.tolist(), highway.tolist(), each_m, strict=True):
            self._leave_out_kind(name, kind_of, length_m)

    def note_gaps(self, way_id: npt.NDArray[np.int64], here: LonLat, there: LonLat) -> None:
        """Note ways cut between two places in degrees, (lon, lat) each (途中で切れた道を控える)."""
        if not way_id.size:
            return
        _, _, gap_m = _GEOD.inv(*here, *there)
        for one, metres in zip(way_id.tolist(), np.atleast_1d(gap_m).tolist(), strict=True):
            self.gaps_m[one] = self.gaps_m.get(one, 0.0) + metres

    def _leave_out_kind(self, reason: str, highway: str, length_m: float) -> None:
        count, metres = self.kinds_left_out.get((reason, highway), (0, 0.0))
        self.kinds_left_out[reason, highway] = count + 1, metres + length_m

    def leave_out(
        self,
        reason: str,
        lon: Sequence[float] | None = None,
        lat: Sequence[float] | None = None,
        *,
        highway: str = "",
    ) -> None:
        """Count one thing not used, with its length if it has one (使わない道を数える)."""
        self.left_out[reason] = self.left_out.get(reason, 0) + 1
        if lon is not None and lat is not None:
            length_m = float(_GEOD.line_length(lon, lat)) if len(lon) > 1 else 0.0
            self.left_out_m[reason] = self.left_out_m.get(reason, 0.0) + length_m
            self._leave_out_kind(reason, highway, length_m)

    def finish(self) -> StreetWays:
        """Return the ways in ascending order of id; equal ids stay as met (まとめる)."""
        met = [*self._whole, self._one_by_one()]
        count = np.concatenate([np.diff(ways.start) for ways in met])
        found = StreetWays(
            way_id=np.concatenate([ways.way_id for ways in met]),
            highway=np.concatenate([ways.highway for ways in met]),
            flags=np.concatenate([ways.flags for ways in met]),
            start=running_start(count),
            node_id=np.concatenate([ways.node_id for ways in met]),
            lon=np.concatenate([ways.lon for ways in met]),
            lat=np.concatenate([ways.lat for ways in met]),
            storey=np.concatenate([ways.storey for ways in met]),
        )
        closed = np.unique(np.array(self.closed, dtype=np.int64))
        found = replace(found, closed=closed[np.isin(closed, found.node_id)])
        if (found.way_id[1:] >= found.way_id[:-1]).all():
            return found
        order = np.argsort(found.way_id, kind="stable")
        source = gather_runs(found.start[:-1][order], count[order])
        return StreetWays(
            way_id=found.way_id[order],
            highway=found.highway[order],
            flags=found.flags[order],
            start=running_start(count[order]),
            node_id=found.node_id[source],
            lon=found.lon[source],
            lat=found.lat[source],
            closed=found.closed,
            storey=found.storey[order],
        )

    def _one_by_one(self) -> StreetWays:
        return StreetWays(
            way_id=np.array(self._way_id, dtype=np.int64),
            highway=np.array(self._highway, dtype=np.str_),
            flags=np.array(self._flags, dtype=np.int64),
            start=np.cumsum([0, *self._count]),
            node_id=np.array(self._node_id, dtype=np.int64),
            lon=np.array(self._lon, dtype=np.float64),
            lat=np.array(self._lat, dtype=np.float64),
            storey=np.array(self._storey, dtype=np.str_),
        )
