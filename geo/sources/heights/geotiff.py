"""GeoTIFF as a source of heights; its reader is loaded when there is one to read (GeoTIFF)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from geo.sources.declare import HeightFormat

if TYPE_CHECKING:
    from geo.relief.grid import HeightGrid, Window
    from geo.sources.heights.sheet import HeightSheet


def _read(sheet: HeightSheet, window: Window) -> list[HeightGrid]:
    from geo.sources.heights.tiff import load_geotiff  # noqa: PLC0415 - 0.4 s, GeoTIFF only

    return load_geotiff(sheet.name, sheet.content, window)


SOURCE: Final = HeightFormat(
    id="geotiff", words=Words("GeoTIFF", "GeoTIFF"), endings=(".tif", ".tiff"), read=_read,
    origin=Words(
        "県や市の航空レーザ測量、衛星の標高など",
        "laser surveys of prefectures and cities, heights from satellites",
    ),
)  # fmt: skip
