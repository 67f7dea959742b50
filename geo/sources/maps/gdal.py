"""Files that GDAL reads, after their bytes have said what they are (GDALで読むファイル)."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pyogrio
import shapely

from geo.base.delimited import refusal
from geo.sources.maps.opened import MapFile, check_features, choose_layer
from geo.sources.maps.surfaces import plain_wkb
from geo.sources.tabular import MAX_BYTES, read_bytes

if TYPE_CHECKING:
    from pathlib import Path

# GML guesses a type for each column: a code that is all digits would lose its first zero.
pyogrio.set_gdal_config_options({"GML_FIELDTYPES": "ALWAYS_STRINGS"})
# The first bytes of each kind. GDAL guesses its driver from the content, so a file that says
# .shp and holds a VRT would read other files: nothing is opened before its bytes agree.
_MAGIC: Final[dict[str, bytes]] = {
    ".shp": b"\x00\x00\x27\x0a",
    ".gpkg": b"SQLite format 3\x00",
    ".fgb": b"fgb\x03fgb",
    ".parquet": b"PAR1",
}
_BROKEN: Final = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FeatureError,
)


def check_magic(path: Path, suffix: str, file: str) -> None:
    """Refuse a file whose first bytes are not of its kind (中身を確かめる)."""
    if not path.is_file() or path.stat().st_size > MAX_BYTES:
        read_bytes(path)
    with path.open("rb") as opened:
        start = opened.read(16)
    if not start.startswith(_MAGIC[suffix]):
        raise refusal(
            file,
            f"中身が {suffix} ではありません。名前と中身を確かめてください",
            f"its content is not {suffix}; check its name and content",
        )


def list_layers(path: Path, file: str) -> list[str]:
    """Return the layers of a file that have shapes (レイヤの名前)."""
    try:
        return [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
    except _BROKEN as error:
        raise refusal(
            file,
            "こわれていて読めません。もう一度もらうか、書き出し直してください",
            "cannot be read: broken; get it again, or export it anew",
        ) from error


def read_gdal(path: Path, file: str, **options: object) -> gpd.GeoDataFrame:
    """Return the features of a file GDAL knows (GDALで読む).

    Parameters
    ----------
    options
        As `pyogrio.read_dataframe` takes them.

    Raises
    ------
    InputError
        Broken, cut short, too many features, no shapes.
    """
    with warnings.catch_warnings(), np.errstate(invalid="ignore"):  # `lay_flat` names the row
        # Cells that do not fit their column's type are common in real dbf files; GDAL keeps 0.
        warnings.simplefilter("ignore")
        try:
            check_features(int(pyogrio.read_info(path, **options)["features"]), file)
            frame = _read(path, options)
        except (*_BROKEN, shapely.errors.ShapelyError, ValueError) as error:
            if isinstance(error, UnicodeDecodeError):
                raise
            raise refusal(
                file,
                "読めません。こわれているか、途中で切れています。もう一度もらうか、書き出し直してください",
                "cannot be read: broken or cut short; get it again, or export it anew",
            ) from error
    if not isinstance(frame, gpd.GeoDataFrame):
        raise refusal(
            file,
            "地図の形がありません。形（点・線・面）のあるファイルを渡してください",
            "holds no shapes; give a file with points, lines or polygons",
        )
    return frame


def _read(path: Path, options: dict[str, object]) -> gpd.GeoDataFrame:
    try:
        return pyogrio.read_dataframe(path, **options)
    except shapely.errors.GEOSException:
        # Shapely knows no TIN and no polyhedral surface: they are read as bytes, and as areas.
        meta, _, shapes, _ = pyogrio.raw.read(path, **options)
        frame = pyogrio.read_dataframe(path, read_geometry=False, **options)
        built = shapely.from_wkb([None if one is None else plain_wkb(one) for one in shapes])
        return gpd.GeoDataFrame(frame, geometry=built, crs=meta["crs"])


def read_gpkg(path: Path, file: str, layer: str) -> MapFile:
    """Return a layer of a GeoPackage (GeoPackageを読む)."""
    check_magic(path, ".gpkg", file)
    names = list_layers(path, file)
    return MapFile(frame=read_gdal(path, file, layer=names[choose_layer(names, layer, file)]))


def read_fgb(path: Path, file: str) -> MapFile:
    """Return the features of FlatGeobuf (FlatGeobufを読む)."""
    check_magic(path, ".fgb", file)
    return MapFile(frame=read_gdal(path, file))


def read_parquet(path: Path, file: str) -> MapFile:
    """Return the features of GeoParquet (GeoParquetを読む)."""
    check_magic(path, ".parquet", file)
    try:
        with np.errstate(invalid="ignore"):  # `lay_flat` names the row
            frame = gpd.read_parquet(path)
    except (ValueError, OSError) as error:
        raise refusal(
            file,
            "GeoParquet として読めません。GeoPackage か GeoJSON で書き出してください",
            "is not GeoParquet; export it as GeoPackage or GeoJSON",
        ) from error
    check_features(len(frame), file)
    return MapFile(frame=frame.reset_index(drop=True))
