"""Tiles of a town, made once and kept beside its data (地図タイルの用意)."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from geo.base.files import save_text
from geo.base.place import LONLAT
from geo.base.words import Words
from geo.sources.town_folder import load_base, load_town
from layers.served.tiles import save_base_tiles, save_cell_tiles
from layers.served.town import stamp

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CACHE = "cache"


_LOCK = threading.Lock()


def follow_town(folder: Path) -> None:
    """Make the tiles anew when the town was built anew under a running server (作り直しに追いつく)."""
    with _LOCK:
        prepare_tiles(folder, lambda _: None)


def prepare_tiles(folder: Path, say: Callable[[Words], None]) -> None:
    """Make the base map's and the cells' tiles when they are missing or older than the data (用意する)."""
    cache = folder / CACHE
    mark, now = cache / "tiles.txt", stamp(folder)
    if mark.is_file() and mark.read_text(encoding="utf-8") == now:
        return
    say(Words("地図の下絵をつくっています", "drawing the base map"))
    town = load_town(folder)
    cache.mkdir(exist_ok=True)
    border = gpd.GeoSeries([town.border], crs=town.plane.crs).to_crs(LONLAT).iloc[0]
    save_base_tiles(load_base(folder), border, cache / "base.pmtiles")
    lon, lat = town.plane.to_lonlat(town.cells["x_m"], town.cells["y_m"])
    save_cell_tiles(pd.DataFrame({"lon": lon, "lat": lat}), cache / "cells.pmtiles")
    save_text(mark, now)
