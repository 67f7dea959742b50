"""GeoJSON and TopoJSON, read by Python alone (GeoJSONとTopoJSON)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry import shape

from geo.base.delimited import refusal
from geo.base.problems import InputError
from geo.sources.flat import lay_flat
from geo.sources.maps.opened import MapFile, check_features
from geo.sources.maps.topology import is_topology, read_topology
from geo.sources.tabular import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

_EPSG = re.compile(r"(?:urn:ogc:def:crs:)?EPSG:[0-9.]*:?(\d{4,6})", re.IGNORECASE)
_CRS84 = re.compile(r"(?:urn:ogc:def:crs:)?OGC:[0-9.]*:?CRS84", re.IGNORECASE)

# An escaped half of a sign outside the basic plane, without its other half: no text at all.
_HALF_SIGN = re.compile(
    r"(?<!\\)\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})(?<!\\)\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)


def read_geojson(path: Path, file: str, layer: str) -> MapFile:
    """Return the features of a GeoJSON or TopoJSON file (GeoJSONを読む)."""
    return MapFile(frame=parse_geojson(read_bytes(path), file=file, layer=layer))


def parse_geojson(data: bytes, *, file: str, layer: str = "") -> gpd.GeoDataFrame:
    """Return the features of GeoJSON text (GeoJSON を読む).

    EPSG:4326 unless a ``crs`` member of the 2008 kind names another EPSG code.

    Parameters
    ----------
    layer
        Of TopoJSON: which of several objects.

    Raises
    ------
    InputError
        Not JSON, nested too deep, no features, a geometry that cannot be built.
    """
    try:
        tree = json.loads(_HALF_SIGN.sub("", data.decode("utf-8-sig")))
        features = read_topology(tree, layer, file) if is_topology(tree) else _features(tree)
        shapes = [_shape(f.get("geometry")) for f in features]
    except RecursionError as error:
        raise refusal(
            file,
            "データが何重にも重なっていて読めません。QGIS などで書き出し直してください",
            "nested too deep to be read; export it again, for example from QGIS",
        ) from error
    except UnicodeDecodeError as error:
        raise refusal(
            file,
            "UTF-8 の文字ではありません。UTF-8 で保存し直してください",
            "is not UTF-8; save it as UTF-8",
        ) from error
    except (
        ValueError, TypeError, LookupError, AttributeError, shapely.errors.ShapelyError,
    ) as error:  # fmt: skip
        if isinstance(error, InputError):
            raise
        raise refusal(
            file,
            "GeoJSON として読めません。こわれているか、別の形式です。QGIS などで書き出し直してください",
            "is not GeoJSON: broken, or of another kind; export it again, for example from QGIS",
        ) from error
    if not features:
        raise refusal(
            file,
            "点・線・面がひとつも入っていません。地図のファイルを書き出し直してください",
            "holds no point, line or polygon; export the map again",
        )
    check_features(len(features), file)
    rows = [f.get("properties") if isinstance(f.get("properties"), dict) else {} for f in features]
    frame = pd.DataFrame(rows, index=pd.RangeIndex(len(rows)))
    frame.columns = pd.Index([str(c) for c in frame.columns], dtype="str")
    frame = frame.drop(columns="geometry", errors="ignore")
    found = gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(shapes), crs=_legacy_crs(tree, file))
    return lay_flat(found, file)


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
    raise refusal(
        file,
        f"座標系「{name[:60]}」がわかりません。緯度・経度（EPSG:4326）で書き出してください",
        f"its coordinate system “{name[:60]}” is not known; export it as EPSG:4326",
    )
