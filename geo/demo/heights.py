"""The invented lie of the land, as a grid of heights (デモの街の標高)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from scipy.spatial import cKDTree

from geo.demo import plan
from geo.demo.estates import RINGS_M, RISE_M, hill_polar
from geo.demo.place import to_lonlat, to_plan

if TYPE_CHECKING:
    from geo.base.arrays import Floats

# A pixel is 0.4 seconds of arc, 9 m by 12 m, as in the 10 m model of 国土地理院.
_PIXELS_A_DEGREE: Final = 9000
_WEST_SOUTH: Final = (-300.0, -300.0)  # every street is within, with room
_EAST_NORTH: Final = (3800.0, 3350.0)
_SEA_SIDE_M: Final = 2.0  # the plain at the southern edge, and how far north it rises a metre
_METRE_EVERY_M: Final = 500.0
# The hill of the estate: as steep as the flights of steps say from its foot to its top street.
_STEEPNESS: Final = RISE_M / (RINGS_M[1] - RINGS_M[0])
_FOOT_M, _TOP_M = 1190.0, 510.0
_SUMMIT_STEEPNESS: Final = 0.06
# The last flight goes down 10 m, where the even slope would fall 6.8 m.
_HOLLOW_M, _HOLLOW_DEG, _HOLLOW_WIDE_DEG = 3.24, 294.7, 1.2
_HOLLOW_FROM_M, _HOLLOW_TO_M = RINGS_M[-1], RINGS_M[-1] + 62.0
# x, y, half width east, half width north, height: 奥谷山, and the orchards of 東山.
_HILLS: Final = ((430.0, 3060.0, 380.0, 300.0, 70.0), (3110.0, 1660.0, 240.0, 240.0, 10.0))
_BED_M: Final = 4.0  # the river's bed below the plain
_FLANK_DEG, _FLANK_SHARE = (195.0, 232.0), (0.3, 1.0)  # west of the estate, where 上野 lies
_FOOT_TO_BANK_M: Final = 260.0  # the hill runs out before the levee
_LEVEE_M, _LEVEE_WIDE_M = 0.8, 40.0


def ground_height(x_m: Floats, y_m: Floats) -> Floats:
    """Return the height of the ground at places of the plan, metres above the sea (地面の高さ).

    Flat by the sea and in the old centre, 2 to 6 m; the estate 緑ヶ丘 climbs a hill of about
    11 %, 6 m from one ring street to the next; woods stand on 奥谷山, and the river runs in its bed.

    Examples
    --------
    >>> station = plan.STATION
    >>> ground_height(np.array([station[0]]), np.array([station[1]])).round(1).tolist()
    [4.4]
    """
    plain = _SEA_SIDE_M + y_m / _METRE_EVERY_M
    height = plain.copy()
    for x, y, wide, high, top in _HILLS:
        height += top * np.exp(-(((x_m - x) / wide) ** 2) - ((y_m - y) / high) ** 2)
    river = shapely.get_coordinates(shapely.segmentize(plan.RIVER_LINE, 5.0))
    off_m, _ = cKDTree(river).query(np.column_stack([x_m, y_m]))
    half_m = plan.RIVER_AREA.area / plan.RIVER_LINE.length / 2
    crest_m = half_m + plan.BANK_PATH_M
    levee = _LEVEE_M * np.exp(-(((off_m - crest_m) / _LEVEE_WIDE_M) ** 2))
    height += levee + _estate_hill(x_m, y_m) * np.clip((off_m - crest_m) / _FOOT_TO_BANK_M, 0, 1)
    return np.where(off_m < half_m, plain - _BED_M, height)


def dump_heights() -> str:
    """Return the heights as an ESRI ASCII grid in degrees (標高のファイル).

    The same text each time.
    """
    corners = to_lonlat([_WEST_SOUTH, _EAST_NORTH]) * _PIXELS_A_DEGREE
    (west, south), (east, north) = np.floor(corners[0]), np.ceil(corners[1])
    lon = np.arange(west, east) + 0.5
    lat = np.arange(south, north)[::-1] + 0.5
    lonlat = np.column_stack([each.ravel() for each in np.meshgrid(lon, lat)]) / _PIXELS_A_DEGREE
    x_m, y_m = to_plan(lonlat).T
    height = ground_height(x_m, y_m).reshape(lat.size, lon.size)
    head = (
        f"ncols {lon.size}\nnrows {lat.size}\n"
        f"xllcorner {west / _PIXELS_A_DEGREE:.12f}\nyllcorner {south / _PIXELS_A_DEGREE:.12f}\n"
        f"cellsize {1 / _PIXELS_A_DEGREE:.15f}\nNODATA_value -9999\n"
    )
    rows = (" ".join(f"{value:.2f}" for value in row) for row in height.tolist())
    return head + "\n".join(rows) + "\n"


def _estate_hill(x_m: Floats, y_m: Floats) -> Floats:
    radius, angle_deg = hill_polar(x_m, y_m)
    climb = _STEEPNESS * np.clip(_FOOT_M - radius, 0.0, _FOOT_M - _TOP_M)
    climb += _SUMMIT_STEEPNESS * np.clip(_TOP_M - radius, 0.0, None)
    deep = np.interp(radius, [_HOLLOW_FROM_M, _HOLLOW_TO_M, _FOOT_M], [0.0, _HOLLOW_M, 0.0])
    near = np.exp(-(((angle_deg - _HOLLOW_DEG) / _HOLLOW_WIDE_DEG) ** 2))
    west = np.interp(angle_deg, _FLANK_DEG, _FLANK_SHARE)
    hill: Floats = climb * west - deep * near
    return hill
