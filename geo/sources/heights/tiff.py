"""Heights in GeoTIFF (GeoTIFF の標高)."""

from __future__ import annotations

import math
import warnings
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

import numpy as np
import rasterio
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError
from rasterio.errors import NotGeoreferencedWarning, RasterioError
from rasterio.io import DatasetReader, MemoryFile
from rasterio.windows import Window as PixelWindow

from geo.base.place import LONLAT
from geo.base.problems import InputError
from geo.base.words import Words
from geo.relief.grid import HeightGrid, Heights, Window, possible_heights

if TYPE_CHECKING:
    from pathlib import Path

_DRIVER: Final = "GTiff"  # never guessed: other formats name files and servers to be read
_MOST_PIXELS: Final = 1 << 27  # of the town's window; 50 km square in 5 m pixels is 100 million
_BLOCK: Final = 256
_MOST_BLOCK: Final = 1 << 26  # a block is read whole, however small the window
_ENV: Final = {
    "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",  # no side files
    "GDAL_PAM_ENABLED": "NO",
    "GDAL_CACHEMAX": 256,
}


def load_geotiff(name: str, content: Path | bytes, window: Window) -> list[HeightGrid]:
    """Return the heights of a GeoTIFF within a window, or none (GeoTIFF を読む).

    Parameters
    ----------
    name
        As it is told in an error.
    content
        The file, or its bytes.
    window
        West, south, east, north in degrees; no more is read than that.

    Returns
    -------
        One grid in the raster's own frame. What the file calls no data, masks, or cannot be
        a height is NaN.

    Raises
    ------
    InputError
        When it is no GeoTIFF of one band of numbers, has no frame or a turned one, or holds
        more pixels in the window than fit in memory.
    """
    try:
        with ExitStack() as stack:
            stack.enter_context(rasterio.Env(**_ENV))
            stack.enter_context(warnings.catch_warnings())
            warnings.simplefilter("ignore", NotGeoreferencedWarning)  # told by `_frame`
            if isinstance(content, bytes):
                memory = stack.enter_context(MemoryFile(content))
                raster = stack.enter_context(memory.open(driver=_DRIVER))
            else:
                raster = stack.enter_context(rasterio.open(content.resolve(), driver=_DRIVER))
            return _read(name, raster, window)
    except (RasterioError, MemoryError, OSError) as error:
        raise _refuse(name, str(error), str(error)) from None


def save_geotiff(
    path: Path, height_m: Heights, *, crs: str, corner: tuple[float, float], step: float
) -> None:
    """Write heights as a GeoTIFF, packed and in blocks (GeoTIFF を書く).

    Parameters
    ----------
    height_m
        From the north-west; NaN where none is known.
    corner, step
        The north-west corner and the side of a pixel, in units of `crs`.
    """
    profile = {
        "driver": _DRIVER, "count": 1, "dtype": "float32", "nodata": math.nan, "crs": crs,
        "height": height_m.shape[0], "width": height_m.shape[1], "compress": "deflate",
        "predictor": 3, "tiled": True, "blockxsize": _BLOCK, "blockysize": _BLOCK,
        "transform": rasterio.Affine(step, 0, corner[0], 0, -step, corner[1]),
    }  # fmt: skip
    with rasterio.Env(**_ENV), rasterio.open(path, "w", **profile) as raster:
        raster.write(height_m.astype(np.float32), 1)


def _read(name: str, raster: DatasetReader, window: Window) -> list[HeightGrid]:
    _check_bands(name, raster)
    crs = _frame(name, raster)
    turn = raster.transform
    if turn.b or turn.d or not turn.a or not turn.e:
        raise _refuse(
            name,
            "格子が傾いています。北が上になるように作り直してください",
            "its grid is turned: warp it so that north is up",
        )
    try:
        bounds = Transformer.from_crs(LONLAT, crs, always_xy=True).transform_bounds(*window)
    except ProjError as error:
        raise _refuse(name, f"座標を変えられません（{error}）", f"coordinates: {error}") from None
    if not np.isfinite(bounds).all():  # the window is more than the frame can say
        if not _within(raster, crs, window):
            return []
        bounds = tuple(raster.bounds)
    west, south, east, north = bounds
    left, right = sorted(((west - turn.c) / turn.a, (east - turn.c) / turn.a))
    top, bottom = sorted(((south - turn.f) / turn.e, (north - turn.f) / turn.e))
    first, last = max(0, math.floor(left) - 2), min(raster.width, math.ceil(right) + 2)
    upper, lower = max(0, math.floor(top) - 2), min(raster.height, math.ceil(bottom) + 2)
    if first >= last or upper >= lower:
        return []
    if (last - first) * (lower - upper) > _MOST_PIXELS:
        raise _refuse(name, "街の範囲の画素が多すぎます", "too many pixels in the town's extent")
    values = raster.read(
        1, window=PixelWindow(first, upper, last - first, lower - upper), masked=True
    )
    height = values.astype(np.float32).filled(np.nan)
    scale, offset = np.float32(raster.scales[0]), np.float32(raster.offsets[0])
    return [
        HeightGrid(
            height_m=possible_heights(height * scale + offset),
            x0=turn.c + (first + 0.5) * turn.a,
            y0=turn.f + (upper + 0.5) * turn.e,
            dx=turn.a,
            dy=turn.e,
            crs=_name(crs),
        )
    ]


def _within(raster: DatasetReader, crs: CRS, window: Window) -> bool:
    """Say whether a raster lies in a window of degrees as a whole."""
    try:
        own = Transformer.from_crs(crs, LONLAT, always_xy=True).transform_bounds(*raster.bounds)
    except ProjError:
        return False
    west, south, east, north = window
    return bool(
        np.isfinite(own).all()
        and west <= own[0] <= own[2] <= east
        and south <= own[1] <= own[3] <= north
    )


def _check_bands(name: str, raster: DatasetReader) -> None:
    if raster.count != 1 or np.dtype(raster.dtypes[0]).kind not in "iuf":
        raise _refuse(
            name,
            f"標高だけの1枚ではありません（{raster.count}枚、{raster.dtypes[0]}）",
            f"is not one band of heights ({raster.count} bands, {raster.dtypes[0]})",
        )
    if math.prod(raster.block_shapes[0]) > _MOST_BLOCK:
        raise _refuse(
            name,
            "中の区切りが大きすぎます。タイルに分けて保存し直してください",
            "its blocks are too large; save it tiled",
        )


def _frame(name: str, raster: DatasetReader) -> CRS:
    """Return the horizontal frame of the raster."""
    try:
        if raster.crs is None:
            raise CRSError("-")  # noqa: TRY301 - one refusal for both
        crs = CRS.from_wkt(raster.crs.to_wkt())
    except CRSError:
        raise _refuse(
            name,
            "座標の決め方が書かれていません。座標系つきの GeoTIFF で用意してください",
            "tells no frame of coordinates; use a GeoTIFF with its CRS",
        ) from None
    return crs.sub_crs_list[0] if crs.is_compound else crs.to_2d()


def _name(crs: CRS) -> str:
    code = crs.to_epsg()
    return f"EPSG:{code}" if code else crs.to_wkt()


def _refuse(name: str, ja: str, en: str) -> InputError:
    return InputError(
        Words(
            f"標高の {name} が GeoTIFF として読めません: {ja}",
            f"cannot read the heights {name} as GeoTIFF: {en}",
        )
    )
