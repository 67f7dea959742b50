"""GeoJSON as RFC 7946 asks (GeoJSON を書く)."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

DECIMALS = 7  # about a centimetre; RFC 7946 §11.2 advises no more than is meant


def dump_geojson(
    geometries: Sequence[shapely.Geometry],
    properties: Iterable[Mapping[str, object]],
    ids: Iterable[str],
    *,
    foreign: Mapping[str, object],
) -> str:
    """Return a FeatureCollection as text (GeoJSON の文字列).

    Parameters
    ----------
    geometries
        Longitude and latitude in degrees (EPSG:4326); outer rings are turned anticlockwise.
        An empty geometry becomes null.
    properties, ids
        One mapping and one stable id a feature. NaN and infinity become null: JSON has no
        number for them, and unreachable is no number.
    foreign
        Foreign members of the collection, written before the features.
    """
    features = (
        {
            "type": "Feature",
            "id": id_,
            "geometry": _geometry(geometry),
            "properties": _plain(dict(values)),
        }
        for geometry, values, id_ in zip(geometries, properties, ids, strict=True)
    )
    return dump_features(features, foreign=foreign)


def dump_features(
    features: Iterable[Mapping[str, object]], *, foreign: Mapping[str, object]
) -> str:
    """Return features that are made already as a FeatureCollection, one a line (地物を並べる).

    Raises
    ------
    ValueError
        When a feature holds a NaN or an infinity.
    """
    head = json.dumps(
        _plain({"type": "FeatureCollection", **foreign}), ensure_ascii=False, allow_nan=False
    )
    body = ",\n".join(
        json.dumps(feature, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        for feature in features
    )
    return f'{head[:-1]}, "features": [\n{body}\n]}}\n'


def _geometry(geometry: shapely.Geometry) -> object:
    if geometry is None or geometry.is_empty:
        return None
    if geometry.geom_type in ("Polygon", "MultiPolygon"):
        # Snapping to the grid we print keeps a ring valid that plain rounding may cross.
        geometry = shapely.set_precision(geometry, 10.0**-DECIMALS)
        geometry = shapely.orient_polygons(geometry, exterior_cw=False)
    if geometry.is_empty:
        return None
    mapped = shapely.geometry.mapping(geometry)
    return {"type": mapped["type"], "coordinates": _rounded(mapped["coordinates"])}


def _rounded(coordinates: Any) -> Any:  # noqa: ANN401 - nested to any depth
    if coordinates and isinstance(coordinates[0], float):
        return [round(value, DECIMALS) for value in coordinates[:2]]
    return [_rounded(part) for part in coordinates]


def _plain(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
