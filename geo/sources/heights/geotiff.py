"""GeoTIFF as a source of heights; its reader is loaded when there is one to read (GeoTIFF)."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from geo.sources.declare import HeightFormat, HeightTold

if TYPE_CHECKING:
    from geo.relief.grid import HeightGrid, Window
    from geo.sources.heights.sheet import HeightSheet

# What `kayoi get` makes of 標高タイル.
TILES_STEM: Final = "gsi-dem"
TILES_NAME: Final = "地理院タイル 標高タイル"
TILES_CREDIT: Final = "地理院タイル（標高タイル）を加工して作成"


def _read(sheet: HeightSheet, window: Window) -> list[HeightGrid]:
    from geo.sources.heights.tiff import load_geotiff  # noqa: PLC0415 - 0.4 s, GeoTIFF only

    return load_geotiff(sheet.name, sheet.content, window)


def _tell(names: list[str]) -> HeightTold | None:
    if not any(PurePath(one).name.startswith(TILES_STEM) for one in names):
        return None
    return HeightTold(name=TILES_NAME, credit=TILES_CREDIT)


SOURCE: Final = HeightFormat(
    id="geotiff", words=Words("GeoTIFF", "GeoTIFF"), endings=(".tif", ".tiff"), read=_read,
    tell=_tell,
    origin=Words(
        "県や市の航空レーザ測量、衛星の標高など",
        "laser surveys of prefectures and cities, heights from satellites",
    ),
)  # fmt: skip
