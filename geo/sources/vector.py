"""Map files from other hands, read without letting them reach anything else (地図ファイル)."""

from __future__ import annotations

import json
import re
import tempfile
import warnings
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from shapely.geometry import shape

from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.flat import lay_flat
from geo.sources.tabular import MAX_BYTES, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_FEATURES: Final = 1_000_000
# The first bytes of each kind. GDAL guesses its driver from the content, so a file that says
# .shp and holds a VRT would read other files: nothing is opened before its bytes agree.
_MAGIC: Final[dict[str, bytes]] = {
    ".shp": b"\x00\x00\x27\x0a",
    ".gpkg": b"SQLite format 3\x00",
    ".fgb": b"fgb\x03fgb",
    ".parquet": b"PAR1",
}
_PARTS: Final = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_EPSG = re.compile(r"(?:urn:ogc:def:crs:)?EPSG:[0-9.]*:?(\d{4,6})", re.IGNORECASE)
_CRS84 = re.compile(r"(?:urn:ogc:def:crs:)?OGC:[0-9.]*:?CRS84", re.IGNORECASE)

# An escaped half of a sign outside the basic plane, without its other half: no text at all.
_HALF_SIGN = re.compile(
    r"(?<!\\)\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})(?<!\\)\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)


def load_vector(path: Path, layer: str | None = None) -> gpd.GeoDataFrame:
    """Return the features of a map file, in the CRS it names (地図ファイルを読む).

    Parameters
    ----------
    path
        ``.geojson .json .gpkg .shp`` (with ``.prj .cpg``; without ``.cpg`` UTF-8 if it is
        that, else cp932) ``.fgb .parquet .geoparquet``, or a ``.zip`` holding one shapefile.
    layer
        The layer of a GeoPackage; ``None`` is the only one, and refused when there are more.

    Returns
    -------
    GeoDataFrame
        Default index in the file's order; ``crs`` is ``None`` when the file names none.
        A missing geometry stays missing.

    Raises
    ------
    InputError
        Not there, too large, another kind of file, or broken.
    """
    path = Path(path).resolve()
    suffix = path.suffix.casefold()
    reader = _READERS.get(suffix)
    if reader is None:
        raise _refusal(
            path.name,
            "この形式は読めません。GeoJSON、GeoPackage（.gpkg）、シェープファイル（.shp か .zip）で用意してください",
            "this format is not read; use GeoJSON, GeoPackage (.gpkg) or a shapefile (.shp or .zip)",
        )
    return lay_flat(_read_gpkg(path, layer) if suffix == ".gpkg" else reader(path), path.name)


def parse_geojson(data: bytes, *, file: str) -> gpd.GeoDataFrame:
    """Return the features of GeoJSON text (GeoJSON を読む).

    EPSG:4326 unless a ``crs`` member of the 2008 kind names another EPSG code.

    Raises
    ------
    InputError
        Not JSON, nested too deep, no features, a geometry that cannot be built.
    """
    try:
        tree = json.loads(_HALF_SIGN.sub("", data.decode("utf-8-sig")))
        features = _features(tree)
        shapes = [_shape(f.get("geometry")) for f in features]
    except RecursionError as error:
        raise _refusal(file, "入れ子が深すぎて読めません", "nested too deep to be read") from error
    except UnicodeDecodeError as error:
        raise _refusal(
            file,
            "UTF-8 の文字ではありません。UTF-8 で保存し直してください",
            "is not UTF-8; save it as UTF-8",
        ) from error
    except (ValueError, TypeError, KeyError, AttributeError, shapely.errors.ShapelyError) as error:
        raise _refusal(
            file,
            "GeoJSON として読めません。こわれているか、別の形式です",
            "is not GeoJSON: broken, or of another kind",
        ) from error
    if not features:
        raise _refusal(file, "地物がひとつもありません", "holds no features")
    _check_features(len(features), file)
    rows = [f.get("properties") if isinstance(f.get("properties"), dict) else {} for f in features]
    frame = pd.DataFrame(rows, index=pd.RangeIndex(len(rows)))
    frame.columns = pd.Index([str(c) for c in frame.columns], dtype="str")
    frame = frame.drop(columns="geometry", errors="ignore")
    found = gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(shapes), crs=_legacy_crs(tree, file))
    return lay_flat(found, file)


def _refusal(file: str, ja: str, en: str) -> InputError:
    return InputError(Words(f"ファイル {file}: {ja}。", f"{file}: {en}."))


def _check_features(count: int, file: str) -> None:
    if count > MAX_FEATURES:
        raise _refusal(
            file,
            f"地物が多すぎます（{MAX_FEATURES:,} まで）。必要な範囲だけにしてください",
            f"too many features (at most {MAX_FEATURES:,}); keep only the part you need",
        )


def _features(tree: dict[str, object]) -> list[dict[str, object]]:
    kind = tree["type"]
    if kind == "FeatureCollection":
        features = tree["features"]
        if not isinstance(features, list) or not all(isinstance(f, dict) for f in features):
            raise TypeError("features")
        return features
    if kind == "Feature":
        return [tree]
    return [{"type": "Feature", "geometry": tree, "properties": {}}]


def _shape(geometry: object) -> shapely.Geometry | None:
    return None if geometry is None else shape(geometry)


def _legacy_crs(tree: dict[str, object], file: str) -> str:
    member = tree.get("crs")
    if not member:
        return "EPSG:4326"
    properties = member.get("properties") if isinstance(member, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if _CRS84.fullmatch(name):
        return "EPSG:4326"
    # Only a code is taken: PROJ would also follow a text that names files.
    if found := _EPSG.fullmatch(name):
        return f"EPSG:{found[1]}"
    raise _refusal(
        file,
        f"座標系「{name[:60]}」がわかりません。緯度・経度（EPSG:4326）で書き出してください",
        f"its coordinate system “{name[:60]}” is not known; export it as EPSG:4326",
    )


def _read_geojson(path: Path) -> gpd.GeoDataFrame:
    return parse_geojson(read_bytes(path), file=path.name)


def _check_magic(path: Path, suffix: str) -> None:
    if not path.is_file():
        read_bytes(path)
    if path.stat().st_size > MAX_BYTES:
        read_bytes(path)
    with path.open("rb") as file:
        start = file.read(16)
    if not start.startswith(_MAGIC[suffix]):
        raise _refusal(
            path.name,
            f"中身が {suffix} ではありません。名前と中身を確かめてください",
            f"its content is not {suffix}",
        )


def _read_gdal(path: Path, file: str, **options: object) -> gpd.GeoDataFrame:
    with warnings.catch_warnings(), np.errstate(invalid="ignore"):  # `lay_flat` names the row
        # Cells that do not fit their column's type are common in real dbf files; GDAL keeps 0.
        warnings.simplefilter("ignore")
        try:
            _check_features(int(pyogrio.read_info(path, **options)["features"]), file)
            frame = pyogrio.read_dataframe(path, **options)
        except (
            pyogrio.errors.DataSourceError,
            pyogrio.errors.DataLayerError,
            pyogrio.errors.FeatureError,
        ) as error:
            raise _refusal(
                file,
                "読めません。こわれているか、途中で切れています",
                "cannot be read: broken or cut short",
            ) from error
    if not isinstance(frame, gpd.GeoDataFrame):
        raise _refusal(file, "地図の形がありません", "holds no geometry")
    return frame


def _read_gpkg(path: Path, layer: str | None = None) -> gpd.GeoDataFrame:
    _check_magic(path, ".gpkg")
    try:
        names = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
    except pyogrio.errors.DataSourceError as error:
        raise _refusal(path.name, "読めません。こわれています", "cannot be read: broken") from error
    if (layer is None and len(names) != 1) or (layer is not None and layer not in names):
        listed = "、".join(names)
        raise _refusal(
            path.name,
            f"レイヤを名前で選んでください（あるもの: {listed}）",
            f"choose a layer by its name (it has: {', '.join(names)})",
        )
    return _read_gdal(path, path.name, layer=layer or names[0])


def _read_fgb(path: Path) -> gpd.GeoDataFrame:
    _check_magic(path, ".fgb")
    return _read_gdal(path, path.name)


def _read_shp(path: Path, file: str | None = None) -> gpd.GeoDataFrame:
    name = file or path.name
    _check_magic(path, ".shp")
    if any(path.with_suffix(s).is_file() for s in (".cpg", ".CPG")):
        return _read_gdal(path, name)
    for encoding in ("utf-8", "cp932"):
        try:
            return _read_gdal(path, name, encoding=encoding)
        except UnicodeDecodeError:
            continue
    raise _refusal(
        name,
        "文字の符号がわかりません。.cpg を付けてください",
        "its text cannot be decoded; add a .cpg",
    )


def _read_parquet(path: Path) -> gpd.GeoDataFrame:
    _check_magic(path, ".parquet")
    try:
        with np.errstate(invalid="ignore"):  # `lay_flat` names the row
            frame = gpd.read_parquet(path)
    except (ValueError, OSError) as error:
        raise _refusal(path.name, "GeoParquet として読めません", "is not GeoParquet") from error
    _check_features(len(frame), path.name)
    return frame.reset_index(drop=True)


def _read_zip(path: Path) -> gpd.GeoDataFrame:
    read_bytes(path)
    try:
        with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
            found = [i for i in archive.infolist() if i.filename.casefold().endswith(".shp")]
            if len(found) != 1:
                raise _refusal(
                    path.name,
                    f"シェープファイル（.shp）がちょうど1つ入っている zip にしてください（今は{len(found)}つ）",
                    f"a zip must hold exactly one shapefile (this has {len(found)})",
                )
            _unpack(archive, found[0].filename[:-4], Path(folder), path.name)
            return _read_shp(Path(folder) / "layer.shp", path.name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise _refusal(path.name, "zip として開けません", "cannot be opened as a zip") from error


def _unpack(archive: zipfile.ZipFile, stem: str, folder: Path, file: str) -> None:
    for info in archive.infolist():
        suffix = Path(info.filename).suffix.casefold()
        if info.filename[: -len(suffix) or None] != stem or suffix not in _PARTS:
            continue
        if info.file_size > MAX_BYTES:
            raise _refusal(file, "中のファイルが大きすぎます", "holds a file that is too large")
        # Under a name of ours: what a zip calls its members is never used as a path.
        with archive.open(info) as source:
            (folder / f"layer{suffix}").write_bytes(source.read(MAX_BYTES))


_READERS: Final[dict[str, Callable[[Path], gpd.GeoDataFrame]]] = {
    ".geojson": _read_geojson,
    ".json": _read_geojson,
    ".gpkg": _read_gpkg,
    ".shp": _read_shp,
    ".fgb": _read_fgb,
    ".parquet": _read_parquet,
    ".geoparquet": _read_parquet,
    ".zip": _read_zip,
}
