"""標高タイル of 国土地理院 in text, laid together as a GeoTIFF (標高タイルをつなぐ)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.base.problems import InputError
from geo.base.words import Words
from geo.relief.grid import possible_heights

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geo.relief.grid import Heights

SIDE: Final = 256  # numbers in a row of a tile, and rows
_NOTHING: Final = "e"  # 国土地理院: nothing is known there, as at sea
_ROUND_M: Final = 2 * math.pi * 6_378_137.0  # EPSG:3857, once round the equator
_MOST_PIXELS: Final = 1 << 26


def parse_text_tile(name: str, text: str) -> Heights:
    """Return the heights of one tile, metres, from the north-west; NaN where none is known (標高タイルを読む).

    Parameters
    ----------
    text
        256 lines of 256 numbers with commas between; ``e`` for none.

    Raises
    ------
    InputError
        When it is no such tile.
    """
    lines = text.split()
    try:
        rows = [
            [float("nan" if one == _NOTHING else one) for one in line.split(",")] for line in lines
        ]
        tile = np.array(rows, dtype=np.float32)
    except ValueError:
        tile = np.empty(0, dtype=np.float32)
    if tile.shape != (SIDE, SIDE):
        raise InputError(
            Words(
                f"標高タイル {name} が読めません（256行×256個の数ではありません）",
                f"cannot read the tile of heights {name}: it is not 256 lines of 256 numbers",
            )
        )
    return possible_heights(tile)


def save_tiles(tiles: Mapping[tuple[int, int], Heights], zoom: int, path: Path) -> None:
    """Write tiles as one GeoTIFF in EPSG:3857 (GeoTIFF に書く).

    Parameters
    ----------
    tiles
        By x and y; between them nothing is known.

    Raises
    ------
    InputError
        When there is none, or they lie so far apart that the whole is too large.
    """
    from geo.sources.heights.tiff import save_geotiff  # noqa: PLC0415 - 0.4 s, for this alone

    if not tiles:
        raise InputError(Words("標高タイルが一枚もありません", "there is no tile of heights"))
    columns, rows = zip(*tiles, strict=True)
    west, north = min(columns), min(rows)
    across, down = (max(columns) - west + 1) * SIDE, (max(rows) - north + 1) * SIDE
    if across * down > _MOST_PIXELS:
        raise InputError(
            Words("標高タイルの範囲が広すぎます", "the tiles of heights lie too far apart")
        )
    whole = np.full((down, across), np.nan, dtype=np.float32)
    for (x, y), tile in tiles.items():
        at_row, at_column = (y - north) * SIDE, (x - west) * SIDE
        whole[at_row : at_row + SIDE, at_column : at_column + SIDE] = tile
    tile_m = _ROUND_M / (1 << zoom)
    corner = west * tile_m - _ROUND_M / 2, _ROUND_M / 2 - north * tile_m
    save_geotiff(path, whole, crs="EPSG:3857", corner=corner, step=tile_m / SIDE)
