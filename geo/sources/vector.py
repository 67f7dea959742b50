"""Map files from other hands, read without letting them reach anything else (地図ファイル)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.base.delimited import refusal
from geo.sources.flat import lay_flat
from geo.sources.maps.gdal import read_fgb, read_gpkg, read_parquet
from geo.sources.maps.geojson import read_geojson
from geo.sources.maps.mapinfo import read_mapinfo
from geo.sources.maps.markup import read_markup
from geo.sources.maps.opened import MapFile
from geo.sources.maps.shapefile import read_shapefile
from geo.sources.maps.zips import read_zip
from geo.sources.tabular import load_display_names

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd

    Reader = Callable[[Path, str, str], MapFile]


def split_layer(text: str) -> tuple[str, str]:
    """Return file and layer of ``FILE#LAYER`` (ファイルとレイヤ).

    Examples
    --------
    >>> split_layer("a.gpkg#町丁目"), split_layer("a.gpkg"), split_layer("#1.shp")
    (('a.gpkg', '町丁目'), ('a.gpkg', ''), ('#1.shp', ''))
    """
    if Path(text).is_file():  # whatever signs its name holds
        return text, ""
    file, mark, layer = text.rpartition("#")
    return (file, layer.strip()) if mark and "." in file else (text, "")


def open_map(path: Path, layer: str = "") -> MapFile:
    """Return a layer of a map file, in the CRS it names (地図ファイルを開く).

    Parameters
    ----------
    path
        ``.geojson .json`` (TopoJSON too) ``.topojson .gpkg .shp .fgb .parquet .geoparquet .kml
        .kmz .gml .tab .mif``, or a ``.zip`` holding one of them.
    layer
        The layer of a GeoPackage, KML, GML or TopoJSON, or the map of a zip (``MAP/LAYER`` where
        that has layers); "" is the only one, and refused when there are more.

    Raises
    ------
    InputError
        Not there, too large, another kind of file, or broken.
    """
    path = Path(path).resolve()
    return _open(path, path.name, layer)


def load_vector(path: Path, layer: str | None = None) -> gpd.GeoDataFrame:
    """Return the features of `open_map` alone (地図ファイルを読む)."""
    return open_map(path, layer or "").frame


def _open(path: Path, file: str, layer: str) -> MapFile:
    reader = _READERS.get(path.suffix.casefold())
    if reader is None:
        raise refusal(
            file,
            "この形式は読めません。GeoJSON、GeoPackage（.gpkg）、シェープファイル（.shp か .zip）で用意してください",
            "this format is not read; use GeoJSON, GeoPackage (.gpkg) or a shapefile (.shp or .zip)",
        )
    made = reader(path, file, layer)
    shown = made.shown or load_display_names(path)
    return MapFile(frame=lay_flat(made.frame, file), told=made.told, shown=shown)


def _zip(path: Path, _file: str, layer: str) -> MapFile:
    return read_zip(path, layer, _open)


_READERS: Final[dict[str, Reader]] = {
    ".geojson": read_geojson,
    ".json": read_geojson,
    ".topojson": read_geojson,
    ".gpkg": read_gpkg,
    ".shp": lambda path, file, _: read_shapefile(path, file),
    ".fgb": lambda path, file, _: read_fgb(path, file),
    ".parquet": lambda path, file, _: read_parquet(path, file),
    ".geoparquet": lambda path, file, _: read_parquet(path, file),
    ".kml": read_markup,
    ".gml": read_markup,
    ".tab": lambda path, file, _: read_mapinfo(path, file),
    ".mif": lambda path, file, _: read_mapinfo(path, file),
    ".kmz": _zip,
    ".zip": _zip,
}
MAP_ENDINGS: Final = tuple(_READERS)
