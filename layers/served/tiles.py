"""Vector tiles: written once by GDAL as PMTiles, read a tile at a time (ベクトルタイル)."""

from __future__ import annotations

import gzip
import operator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pmtiles.reader import MmapSource, Reader, all_tiles
from pmtiles.tile import zxy_to_tileid
from pmtiles.writer import write

from geo.base.place import LONLAT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TILES_TO: Final = 15
_BASE_FROM, _CELLS_FROM = 9, 14
# GDAL thins a tile beyond these; a city's own tiles stay far below.
_MAX_BYTES, _MAX_FEATURES = 2_000_000, 400_000
# Small things are left out of the wide views, where they would be a blur.
_FROM_ZOOM: Final = {"building": 14, "path": 14, "steps": 14, "river": 11, "rail": 9, "place": 12}
_ROAD_FROM: Final = {1: 9, 2: 10, 3: 11, 4: 13, 5: 13}


def save_base_tiles(base: gpd.GeoDataFrame, border: shapely.Geometry, path: Path) -> None:
    """Write the base map's tiles (下絵のタイルを書く).

    Parameters
    ----------
    base
        Columns ``k name rank geometry``, EPSG:4326; `geo.network.extract.BASE_KINDS`.
    border
        The town's polygon, drawn as land.
    """
    land = gpd.GeoDataFrame(
        {"k": ["land"], "name": [""], "rank": [0]}, geometry=[border], crs=LONLAT
    )
    every = pd.concat([land, base[["k", "name", "rank", "geometry"]]], ignore_index=True)
    every["rank"] = every["rank"].astype(np.int64)
    zoom = every["k"].map(_FROM_ZOOM).fillna(_BASE_FROM)
    zoom = zoom.where(every["k"] != "road", every["rank"].map(_ROAD_FROM).fillna(_BASE_FROM))
    _save_bands(gpd.GeoDataFrame(every, crs=LONLAT), zoom.astype(np.int64), path)


def save_cell_tiles(places: pd.DataFrame, path: Path) -> None:
    """Write the tiles of the places where people live (住む所のタイルを書く).

    `places` has ``lon lat`` in degrees; attribute ``i`` is the row number.
    """
    points = shapely.points(places["lon"].to_numpy(), places["lat"].to_numpy())
    frame = gpd.GeoDataFrame({"i": np.arange(len(places))}, geometry=points, crs=LONLAT)
    if frame.empty:
        path.unlink(missing_ok=True)
        return
    _save(frame, path, layer="cells", minzoom=_CELLS_FROM)


def load_tile(path: Path, z: int, x: int, y: int) -> bytes | None:
    """Return one tile as MVT bytes, or None where there is nothing (タイルを読む)."""
    inside = 0 <= z <= TILES_TO and 0 <= x < 2**z and 0 <= y < 2**z
    if not inside or not path.is_file():
        return None
    return _reader(path, path.stat().st_mtime_ns)(z, x, y)


def _save_bands(frame: gpd.GeoDataFrame, zoom: pd.Series[int], path: Path) -> None:
    # GDAL gives a whole layer one least zoom, so each band of zooms is written by itself,
    # with only what is seen from there on, and the bands are then joined.
    starts = sorted({_BASE_FROM, *zoom})
    bands = []
    for start, end in zip(starts, [*starts[1:], TILES_TO + 1], strict=True):
        band = path.with_name(f"band-{start}-{path.name}")
        seen = frame[(zoom <= start).to_numpy()]
        _save(seen, band, layer="base", minzoom=start, maxzoom=end - 1)
        bands.append(band)
    part = path.with_name(f"part-{path.name}")
    _join(bands, part)
    part.replace(path)
    for band in bands:
        band.unlink()


def _join(bands: list[Path], path: Path) -> None:
    with write(str(path)) as writer:
        for band in bands:
            with band.open("rb") as file:
                source = MmapSource(file)  # type: ignore[no-untyped-call]
                reader = Reader(source)  # type: ignore[no-untyped-call]
                head, about = reader.header(), reader.metadata()  # type: ignore[no-untyped-call]
                found = all_tiles(source)  # type: ignore[no-untyped-call]
                tiles = ((zxy_to_tileid(*place), tile) for place, tile in found)
                for number, tile in sorted(tiles, key=operator.itemgetter(0)):
                    writer.write_tile(number, tile)
        writer.finalize(head, about)


def _save(
    frame: gpd.GeoDataFrame, path: Path, *, layer: str, minzoom: int, maxzoom: int = TILES_TO
) -> None:
    part = path.with_name(f"part-{path.name}")
    part.unlink(missing_ok=True)
    frame.to_file(
        part,
        driver="PMTiles",
        layer=layer,
        dataset_options={
            "MINZOOM": minzoom,
            "MAXZOOM": maxzoom,
            "MAX_SIZE": _MAX_BYTES,
            "MAX_FEATURES": _MAX_FEATURES,
        },
    )
    part.replace(path)


@lru_cache(maxsize=8)
def _reader(path: Path, _version: int) -> Callable[[int, int, int], bytes | None]:
    with path.open("rb") as file:
        reader: Any = Reader(MmapSource(file))  # type: ignore[no-untyped-call]

    @lru_cache(maxsize=512)
    def tile(z: int, x: int, y: int) -> bytes | None:
        found: bytes | None = reader.get(z, x, y)
        return gzip.decompress(found) if found and found[:2] == b"\x1f\x8b" else found

    return tile
