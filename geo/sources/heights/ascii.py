"""ESRI ASCII grids of heights (ASCII グリッドの標高)."""

from __future__ import annotations

import re
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from geo.base.place import LONLAT
from geo.base.problems import InputError
from geo.base.words import Words
from geo.relief.grid import HeightGrid, Heights, Window, cut_grid, possible_heights
from geo.sources.declare import HeightFormat

if TYPE_CHECKING:
    from geo.sources.heights.sheet import HeightSheet

_HEAD: Final = re.compile(r"\s*([A-Za-z_]+)[ \t]+(\S+)[^\S\n]*\r?\n")
_MOST_PIXELS: Final = 1 << 25


def parse_ascii_grid(
    name: str, content: bytes, frame: bytes | None, window: Window
) -> list[HeightGrid]:
    """Return the heights of an ``.asc`` file within a window, or none (ASCII グリッドを読む).

    Parameters
    ----------
    content
        ``ncols nrows xllcorner yllcorner cellsize NODATA_value`` (``xllcenter``, ``dx``,
        ``dy`` too), then the rows from the north.
    frame
        The ``.prj`` beside it; without one, its coordinates must be degrees.
    window
        West, south, east, north in degrees.

    Raises
    ------
    InputError
        When the head or the numbers do not fit, or the frame is not known.
    """
    head, at = _head(content.decode("ascii", errors="replace"))
    try:
        columns, rows = int(head["ncols"]), int(head["nrows"])
        dx = float(head.get("dx", head.get("cellsize", "")))
        dy = float(head.get("dy", head.get("cellsize", "")))
        x0 = float(head["xllcenter"]) if "xllcenter" in head else float(head["xllcorner"]) + dx / 2
        y0 = float(head["yllcenter"]) if "yllcenter" in head else float(head["yllcorner"]) + dy / 2
        nothing = float(head.get("nodata_value", "nan"))
    except (KeyError, ValueError) as error:
        raise _refuse(name, f"はじめの行: {error}", f"head: {error}") from None
    if not (dx > 0 and dy > 0 and rows > 0 and columns > 0 and np.isfinite([x0, y0, dx, dy]).all()):
        raise _refuse(
            name,
            "はじめの行の数が使えません。書き出し直してください",
            "the numbers of its head cannot be used; export it again",
        )
    if rows * columns > _MOST_PIXELS:
        raise _refuse(
            name,
            "大きすぎます。街のまわりだけを切り出してください",
            "too large; cut out the surroundings of the town",
        )
    crs = _frame(name, frame, (x0, y0, x0 + dx * columns, y0 + dy * rows))
    values = _numbers(name, content[at:], rows * columns).reshape(rows, columns)
    values = possible_heights(np.where(values == np.float32(nothing), np.float32(np.nan), values))
    grid = HeightGrid(height_m=values, x0=x0, y0=y0 + dy * (rows - 1), dx=dx, dy=-dy, crs=LONLAT)
    if crs is not None:
        grid = replace(grid, crs=crs.to_wkt())
        window = _window_in(name, crs, window)
    cut = cut_grid(grid, window)
    return [] if cut is None else [cut]


def _head(text: str) -> tuple[dict[str, str], int]:
    head: dict[str, str] = {}
    at = 0
    while (match := _HEAD.match(text, at)) and len(head) < 16:  # noqa: PLR2004 - it has six
        head[match[1].lower()] = match[2]
        at = match.end()
    return head, at


def _numbers(name: str, content: bytes, count: int) -> Heights:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # numpy only warns of what is no number
        try:
            values = np.fromstring(content, dtype=np.float32, sep=" ", count=-1)
        except (ValueError, DeprecationWarning):
            raise _refuse(
                name,
                "数字でないものがあります。書き出し直してください",
                "holds what is not a number; export it again",
            ) from None
    if values.size != count:
        raise _refuse(
            name,
            f"数字が{count:,}個あるはずですが、{values.size:,}個です。途中で切れていないか確かめ、書き出し直してください",
            f"should hold {count:,} numbers, not {values.size:,}; see that it is whole, and export it again",
        )
    return values


def _frame(name: str, frame: bytes | None, extent: Window) -> CRS | None:
    """Return the frame of coordinates, None for plain degrees."""
    if frame is not None:
        try:
            return CRS.from_wkt(frame.decode("utf-8", errors="replace"))
        except CRSError as error:
            raise _refuse(name, f".prj が読めません（{error}）", f".prj: {error}") from None
    west, south, east, north = extent
    if -180 <= west < east <= 181 and -90 <= south < north <= 91:  # noqa: PLR2004 - degrees
        return None
    raise _refuse(
        name,
        "座標の決め方がわかりません。同じ名前の .prj を横に置くか、GeoTIFF で用意してください",
        "the frame of its coordinates is not known: put its .prj beside it, or use GeoTIFF",
    )


def _window_in(name: str, crs: CRS, window: Window) -> Window:
    try:
        turned = Transformer.from_crs(LONLAT, crs, always_xy=True).transform_bounds(*window)
    except ProjError as error:
        raise _refuse(name, f"座標を変えられません（{error}）", f"coordinates: {error}") from None
    west, south, east, north = (float(each) for each in turned)
    return west, south, east, north


def _refuse(name: str, ja: str, en: str) -> InputError:
    return InputError(
        Words(f"標高の {name} が読めません: {ja}", f"cannot read the heights {name}: {en}")
    )


def _read(sheet: HeightSheet, window: Window) -> list[HeightGrid]:
    return parse_ascii_grid(sheet.name, sheet.load(), sheet.load_beside(".prj"), window)


SOURCE: Final = HeightFormat(
    id="ascii", words=Words("ESRI ASCII グリッド", "ESRI ASCII grid"), endings=(".asc",),
    read=_read,
    origin=Words(
        "GIS から書き出す。度でなければ .prj をとなりに",
        "exported by a GIS; with its .prj beside it unless it is in degrees",
    ),
)  # fmt: skip
