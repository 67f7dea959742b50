"""Collect ways one by one, give them as arrays (道を集めて配列にする)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from pyproj import Geod

from geo.sources.extract import StreetWays

if TYPE_CHECKING:
    from collections.abc import Sequence

_GEOD = Geod(ellps="GRS80")


@dataclass(slots=True, kw_only=True)
class WayBook:
    """Walkable ways in the order met, and what was left out (道の控え).

    Attributes
    ----------
    left_out, left_out_m
        As in `geo.sources.extract.Extract`.
    """

    left_out: dict[str, int] = field(default_factory=dict)
    left_out_m: dict[str, float] = field(default_factory=dict)
    _way_id: list[int] = field(default_factory=list)
    _highway: list[str] = field(default_factory=list)
    _flags: list[int] = field(default_factory=list)
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
        node_id: Sequence[int],
        lon: Sequence[float],
        lat: Sequence[float],
    ) -> None:
        """Note one walkable way of two nodes or more (歩ける道を控える)."""
        self._way_id.append(way_id)
        self._highway.append(highway)
        self._flags.append(flags)
        self._count.append(len(node_id))
        self._node_id.extend(node_id)
        self._lon.extend(lon)
        self._lat.extend(lat)

    def __bool__(self) -> bool:
        """Say whether any walkable way was noted (歩ける道があるか)."""
        return bool(self._way_id)

    def leave_out(
        self, reason: str, lon: Sequence[float] | None = None, lat: Sequence[float] | None = None
    ) -> None:
        """Count one thing not used, with its length if it has one (使わない道を数える)."""
        self.left_out[reason] = self.left_out.get(reason, 0) + 1
        if lon is not None and lat is not None:
            length_m = float(_GEOD.line_length(lon, lat)) if len(lon) > 1 else 0.0
            self.left_out_m[reason] = self.left_out_m.get(reason, 0.0) + length_m

    def finish(self) -> StreetWays:
        """Return the ways in ascending order of id; equal ids stay as met (まとめる)."""
        count = np.array(self._count, dtype=np.int64)
        begin = np.cumsum(count) - count
        way_id = np.array(self._way_id, dtype=np.int64)
        order = np.argsort(way_id, kind="stable")
        start = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(count[order])])
        source = np.arange(start[-1]) + np.repeat(begin[order] - start[:-1], count[order])
        return StreetWays(
            way_id=way_id[order],
            highway=np.array(self._highway, dtype=np.str_)[order],
            flags=np.array(self._flags, dtype=np.int64)[order],
            start=start,
            node_id=np.array(self._node_id, dtype=np.int64)[source],
            lon=np.array(self._lon, dtype=np.float64)[source],
            lat=np.array(self._lat, dtype=np.float64)[source],
        )
