"""GeoJSON as RFC 7946 asks (GeoJSON を書く)."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_POLYGONS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
DECIMALS = 7  # about a centimetre; RFC 7946 §11.2 advises no more than is meant

_LONG = re.compile(r"\.[0-9]{8,}")


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
    return dump_written(list(write_shapes(geometries)), properties, ids, foreign=foreign)


def dump_written(
    shapes: Sequence[str],
    properties: Iterable[Mapping[str, object]],
    ids: Iterable[str],
    *,
    foreign: Mapping[str, object],
) -> str:
    """Return a FeatureCollection of geometries that are written already (書いてある形の GeoJSON).

    `shapes` are texts of `write_shapes`; the rest is as in `dump_geojson`: what is drawn again and
    again with other figures is written once.
    """
    features = (
        f'{{"type":"Feature","id":{_json(id_)},"geometry":{shape},"properties":{_json(dict(values))}}}'
        for shape, values, id_ in zip(shapes, properties, ids, strict=True)
    )
    return _collection(features, foreign)


def dump_features(
    features: Iterable[Mapping[str, object]], *, foreign: Mapping[str, object]
) -> str:
    """Return features that are made already as a FeatureCollection, one a line (地物を並べる).

    Raises
    ------
    ValueError
        When a feature holds a NaN or an infinity.
    """
    return _collection(
        (
            json.dumps(feature, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
            for feature in features
        ),
        foreign,
    )


def _collection(features: Iterable[str], foreign: Mapping[str, object]) -> str:
    head = json.dumps(
        _plain({"type": "FeatureCollection", **foreign}), ensure_ascii=False, allow_nan=False
    )
    body = ",\n".join(features)
    return f'{head[:-1]}, "features": [\n{body}\n]}}\n'


def _json(value: object) -> str:
    return json.dumps(_plain(value), ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def write_shapes(geometries: Sequence[shapely.Geometry]) -> Iterator[str]:
    """Return geometries as JSON, in the plane and rounded; all at once, as one by one is slow (形を書く)."""
    shapes = np.array([None, *geometries], dtype=object)[1:]  # never taken for a table of points
    shapes = shapely.force_2d(shapes)
    rings = np.isin(shapely.get_type_id(shapes), _POLYGONS)
    # Snapping to the grid we print keeps a ring valid that plain rounding may cross.
    snapped = shapely.set_precision(shapes[rings], 10.0**-DECIMALS)
    shapes[rings] = shapely.orient_polygons(snapped, exterior_cw=False)
    shapes[shapely.is_empty(shapes)] = None
    shapes = shapely.transform(shapes, lambda at: np.round(at, DECIMALS))
    texts = shapely.to_geojson(shapes)
    return ("null" if text is None else _shorten(text) for text in texts)


def _shorten(text: str) -> str:
    """Return numbers as they are meant: one in some hundreds comes as 126.06068140000001.

    Looked for by the point: a pattern that begins with digits is tried at every digit there is.
    """
    parts, end = [], 0
    for long in _LONG.finditer(text):
        begin = long.start()
        while begin > end and text[begin - 1] in "0123456789":
            begin -= 1
        parts += [text[end:begin], repr(round(float(text[begin : long.end()]), DECIMALS))]
        end = long.end()
    return "".join([*parts, text[end:]]) if parts else text


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
