"""SRTM heights, a square degree a file (SRTM の標高)."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.base.place import LONLAT
from geo.base.problems import InputError
from geo.base.words import Words
from geo.relief.grid import HeightGrid, Window, cut_grid, possible_heights
from geo.sources.declare import HeightFormat

if TYPE_CHECKING:
    from geo.sources.heights.sheet import HeightSheet

# Three and one arc-seconds; the last row and column are the first of the next file.
_SIDES: Final = (1201, 3601)
_NAME: Final = re.compile(r"([NS])(\d{2})([EW])(\d{3})", re.IGNORECASE)


def parse_hgt(name: str, content: bytes, window: Window) -> list[HeightGrid]:
    """Return the heights of an ``.hgt`` file within a window, or none (SRTM を読む).

    Parameters
    ----------
    name
        ``N35E139.hgt``: the south-west corner in degrees. The file itself does not tell.
    content
        Big-endian 16-bit metres by rows from the north, -32768 where nothing was measured.
    window
        West, south, east, north in degrees.

    Raises
    ------
    InputError
        When the name tells no place, or the size is no square of 1201 or 3601.
    """
    match = _NAME.match(name)
    side = math.isqrt(len(content) // 2)
    if match is None:
        raise InputError(
            Words(
                f"{name} の名前から場所がわかりません。N35E139.hgt のような元の名前にしてください",
                f"the name of {name} tells no place; use its own name, like N35E139.hgt",
            )
        )
    if side not in _SIDES or 2 * side * side != len(content):
        raise InputError(
            Words(
                f"{name} の大きさ（{len(content):,}バイト）が SRTM のものではありません。"
                "もう一度ダウンロードしてください",
                f"{name} has {len(content):,} bytes, not those of an SRTM file; download it again",
            )
        )
    lat = int(match[2]) * (1 if match[1] in "Nn" else -1)
    lon = int(match[4]) * (1 if match[3] in "Ee" else -1)
    step = 1.0 / (side - 1)
    values = np.frombuffer(content, dtype=">i2").reshape(side, side).astype(np.float32)
    grid = HeightGrid(height_m=values, x0=lon, y0=lat + 1.0, dx=step, dy=-step, crs=LONLAT)
    cut = cut_grid(grid, window)
    return [] if cut is None else [replace(cut, height_m=possible_heights(cut.height_m))]


def _read(sheet: HeightSheet, window: Window) -> list[HeightGrid]:
    return parse_hgt(sheet.name, sheet.load(2 * _SIDES[-1] ** 2), window)


SOURCE: Final = HeightFormat(
    id="hgt", words=Words("SRTM の標高", "SRTM heights"), endings=(".hgt",), read=_read,
    origin=Words("NASA・USGS。30m か 90m の格子", "NASA and USGS; cells of 30 or 90 m"),
)  # fmt: skip
