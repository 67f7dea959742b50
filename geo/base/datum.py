"""Which degrees are meant: swapped axes and the old Tokyo datum (座標の取り違え)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from pyproj.exceptions import ProjError

from geo.base.place import JAPAN_LONLAT, LONLAT
from geo.base.problems import InputError
from geo.base.tokyo import SWAPPED, is_tokyo, shift_tokyo
from geo.base.words import Words

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

_MOST_DEGREES: Final = 180.0
_MOST_PLANE_M: Final = 1_000_000.0  # metres in a zone of 平面直角座標系 stay below some 400 km

WAS_TOKYO: Final = Words(
    "日本測地系（旧測地系）のファイルなので、世界測地系に直しました（約450m、北西へ。数mのずれが残ることがあります）",
    "in the old Tokyo datum; moved to the world datum, some 450 m to the north-west (a few metres may remain)",
)
NO_CRS: Final = Words(
    "座標系が書かれていないので、日本の緯度・経度（JGD2011）として読みました",
    "names no coordinate system; read as Japanese degrees (JGD2011)",
)


def notice_axes(frame: gpd.GeoDataFrame) -> Words | None:
    """Return a notice when longitude and latitude are swapped (緯度経度の入れかわりに気づく).

    Parameters
    ----------
    frame
        Geometries in degrees, x meant as longitude. Only a frame whose every bound lies
        outside Japan as given and inside when swapped is called swapped.
    """
    bounds = _bounds(frame)
    if bounds is None or _inside_japan(bounds):
        return None
    xmin, ymin, xmax, ymax = bounds
    west, south, east, north = JAPAN_LONLAT
    apart = xmax < west or xmin > east or ymax < south or ymin > north
    return SWAPPED if apart and _inside_japan((ymin, xmin, ymax, xmax)) else None


def swap_axes(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the frame with x and y exchanged (緯度と経度を入れかえる)."""
    swapped = shapely.transform(frame.geometry.to_numpy(), lambda xy: xy[:, ::-1])
    return frame.set_geometry(swapped, crs=frame.crs)


def to_lonlat(frame: gpd.GeoDataFrame, file: str) -> tuple[gpd.GeoDataFrame, list[Words]]:
    """Return a frame in EPSG:4326, with what had to be supposed (緯度経度に直す).

    Parameters
    ----------
    frame
        Any CRS, or none when its numbers look like degrees in Japan. JGD2000 and JGD2011 are
        taken as WGS 84, the Tokyo datum is converted, swapped degrees are exchanged.
    file
        Its name, for the words.

    Raises
    ------
    InputError
        No CRS and no Japanese degrees; or coordinates that cannot be converted.
    """
    notices: list[Words] = []
    crs = frame.crs
    if crs is None or crs.is_geographic:
        swapped = notice_axes(frame)
        if swapped is not None:
            frame, notices = swap_axes(frame), [swapped]
    if crs is None:
        bounds = _bounds(frame)
        if bounds is not None and not _inside_japan(bounds):
            raise InputError(_no_crs(file, bounds))
        notices.append(NO_CRS)
        frame = frame.set_crs(LONLAT)
    elif is_tokyo(crs):
        notices.append(WAS_TOKYO)
        frame = _from_tokyo(frame)
    else:
        try:
            frame = frame.to_crs(LONLAT)
        except ProjError as error:
            raise InputError(_bad_crs(file)) from error
    bounds = _bounds(frame)
    if bounds is not None and not _on_earth(bounds):
        raise InputError(_bad_crs(file))
    return frame, notices


def _from_tokyo(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    degrees = frame.to_crs(frame.crs.geodetic_crs)
    moved = shapely.transform(
        degrees.geometry.to_numpy(), lambda xy: np.column_stack(shift_tokyo(xy[:, 0], xy[:, 1]))
    )
    return degrees.set_geometry(moved, crs=None).set_crs(LONLAT, allow_override=True)


def _bounds(frame: gpd.GeoDataFrame) -> tuple[float, float, float, float] | None:
    xmin, ymin, xmax, ymax = (float(v) for v in frame.total_bounds)
    return None if np.isnan([xmin, ymin, xmax, ymax]).all() else (xmin, ymin, xmax, ymax)


def _inside_japan(bounds: tuple[float, float, float, float]) -> bool:
    west, south, east, north = JAPAN_LONLAT
    return west <= bounds[0] and south <= bounds[1] and bounds[2] <= east and bounds[3] <= north


def _on_earth(bounds: tuple[float, float, float, float]) -> bool:
    fits = bounds[0] >= -180 and bounds[2] <= 180 and bounds[1] >= -90 and bounds[3] <= 90  # noqa: PLR2004 - degrees
    return bool(np.isfinite(bounds).all() and fits)


def _no_crs(file: str, bounds: tuple[float, float, float, float]) -> Words:
    far = max(map(abs, bounds))
    metres = _MOST_DEGREES < far < _MOST_PLANE_M
    ja = (
        "平面直角座標系のメートルのようですが、何系かわかりません"
        if metres
        else "数値も日本の緯度・経度ではありません"
    )
    en = "seem to be metres of an unknown zone" if metres else "are not Japanese degrees"
    return Words(
        f"ファイル {file} には座標系が書かれておらず、{ja}。"
        "座標系（.prj など）を付けるか、緯度・経度に直してください。",
        f"{file}: names no coordinate system, and its numbers {en}; "
        "add one (.prj) or convert it to longitude and latitude.",
    )


def _bad_crs(file: str) -> Words:
    return Words(
        f"ファイル {file} の座標が、書かれている座標系と合いません。座標系（.prj など）を確かめてください。",
        f"{file}: its coordinates do not fit the coordinate system it names; check it (.prj).",
    )
