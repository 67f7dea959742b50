"""Where on Earth: a town's own flat metres, and longitude/latitude (場所と座標)."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import CRS, Transformer

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.base.arrays import Floats


LONLAT = "EPSG:4326"
TOKYO_DATUM = "EPSG:4301"
# Extreme points of Japan with a margin (沖ノ鳥島 20.4°N, 択捉島 45.6°N, 与那国島 122.9°E,
# 南鳥島 154.0°E), 国土地理院「日本の東西南北端点」.
JAPAN_LONLAT = (122.0, 20.0, 155.0, 46.0)
# Points that take longer than a transformer of one's own: nobody else waits for them.
_MANY = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """A town's own plane in metres (街の平面).

    A transverse Mercator with scale 1 on the town's central meridian, on the GRS 80
    ellipsoid (JGD2011): within 20 km of the middle a length is true to 5 parts in a million,
    where a 平面直角座標系 zone (scale 0.9999) is 100 in a million short.

    Attributes
    ----------
    lon, lat
        The origin in degrees, rounded to 0.1 so that nearby towns share a plane.
    """

    lon: float
    lat: float

    @property
    def crs(self) -> CRS:
        """The plane as a CRS; x east, y north, metres (座標系)."""
        return _crs(self.lon, self.lat)

    def to_m(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> tuple[Floats, Floats]:
        """Return x, y in metres for degrees (度からメートルへ)."""
        return self._transform(lon, lat, back=False)

    def to_lonlat(self, x_m: npt.ArrayLike, y_m: npt.ArrayLike) -> tuple[Floats, Floats]:
        """Return longitude, latitude in degrees for metres (メートルから度へ)."""
        return self._transform(x_m, y_m, back=True)

    def to_degrees(self, shape: shapely.Geometry) -> shapely.Geometry:
        """Return a shape of the plane in degrees (形を度にする)."""
        return shapely.transform(shape, self.to_lonlat, interleaved=False)

    def _transform(
        self, x: npt.ArrayLike, y: npt.ArrayLike, *, back: bool
    ) -> tuple[Floats, Floats]:
        """Transform in a thread that stays: pyproj makes a transformer anew in every thread, for 34 ms."""
        given = (self.lon, self.lat, np.asarray(x), np.asarray(y), back)
        alone = threading.current_thread() is threading.main_thread()
        if alone or given[2].size > _MANY:
            return _transform(*given)
        try:
            answer = _worker(os.getpid()).submit(_transform, *given)
        except RuntimeError:  # Python is ending and starts nothing more
            return _transform(*given)
        return answer.result()


def choose_plane(lon: float, lat: float) -> Plane:
    """Return the plane for a town whose middle is at `lon`, `lat` degrees (街の平面を選ぶ).

    Examples
    --------
    >>> choose_plane(139.8956, 35.6449)
    Plane(lon=139.9, lat=35.6)
    """
    return Plane(lon=round(lon, 1), lat=round(lat, 1))


def in_japan(lon: float, lat: float) -> bool:
    """Say whether a point in degrees lies in Japan's bounds (日本の範囲か).

    Examples
    --------
    >>> in_japan(139.9, 35.6), in_japan(35.6, 139.9)
    (True, False)
    """
    west, south, east, north = JAPAN_LONLAT
    return west <= lon <= east and south <= lat <= north


@lru_cache(maxsize=32)
def _crs(lon: float, lat: float) -> CRS:
    return CRS.from_proj4(
        f"+proj=tmerc +lat_0={lat} +lon_0={lon} +k=1 +ellps=GRS80 +units=m +type=crs"
    )


@lru_cache(maxsize=32)
def _transformer(lon: float, lat: float) -> Transformer:
    return Transformer.from_crs(LONLAT, _crs(lon, lat), always_xy=True)


def _transform(
    lon: float,
    lat: float,
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    back: bool,  # noqa: FBT001 - said by its name
) -> tuple[Floats, Floats]:
    direction = "INVERSE" if back else "FORWARD"
    one, other = _transformer(lon, lat).transform(x, y, direction=direction)
    return np.asarray(one, dtype=float), np.asarray(other, dtype=float)


@lru_cache(maxsize=1)
def _worker(_process: int) -> ThreadPoolExecutor:
    """Return the one thread that transforms for others; a forked process has none of its parent's."""
    return ThreadPoolExecutor(1, thread_name_prefix="plane")
