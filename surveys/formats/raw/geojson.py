"""GeoJSON (RFC 7946) as plain tables (GeoJSONを素の表に)."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Final, NoReturn

import shapely
from shapely.geometry import shape

from geo.base.delimited import name_columns, refusal
from geo.base.problems import Problem
from geo.base.words import Words
from surveys.formats.raw.table import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    RawFile,
    RawRow,
    RawSheet,
    check_cell,
    check_degrees,
    check_row,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# A parsed value costs up to about 80 bytes and an object three times that, however few
# bytes the text spends on it: counted before the text is parsed.
_MAX_VALUES: Final = 4_000_000
_MAX_DIGITS: Final = 18  # all that fit 64 bits
# How deep the positions lie in each kind's coordinates (RFC 7946 §3.1).
_DEPTH: Final = {
    "Point": 0, "MultiPoint": 1, "LineString": 1,
    "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3,
}  # fmt: skip
# WGS 84, JGD2011 and JGD2000: apart by less than 1 m in a town, below any phone's fix.
_DEGREES_CRS = re.compile(
    r"(?:urn:ogc:def:crs:)?(?:OGC:[0-9.]*:?CRS84|EPSG:[0-9.]*:?(?:4326|6668|4612))",
    re.IGNORECASE,
)
_NOT_A_SHAPE = Words(
    "地図の形が読めません。QGIS などで書き出し直してください",
    "its shape cannot be read; export it again, for example from QGIS",
)


def read_geojson(data: bytes, *, file: str) -> RawFile:
    """Return the features of GeoJSON bytes (GeoJSONを読む).

    Columns are all the names under ``properties`` in order of first appearance; a name that a
    feature lacks reads as ``None``, as null does.

    Raises
    ------
    InputError
        Not UTF-8, not JSON, a name given twice in one object, NaN or a number beyond 18
        digits, nested too deep, no features, a ``crs`` other than degrees, too large.
    """
    tree = _parse(data, file)
    features = _features(tree, file)
    _check_crs(tree.get("crs"), file)
    keys = list(dict.fromkeys(key for f in features for key in _properties(f)))
    columns = name_columns(keys, file=file, most=MAX_COLUMNS)
    keys = keys[: len(columns)]
    if len(features) > MAX_ROWS or len(features) * len(keys) > MAX_CELLS:
        raise refusal(
            file,
            f"点・線・面や項目が多すぎます（{MAX_ROWS:,} 件、{MAX_CELLS:,} 欄まで）。分けて書き出してください",
            f"too many features or fields (at most {MAX_ROWS:,}, {MAX_CELLS:,} cells); export in parts",
        )
    rows: list[RawRow] = []
    problems: list[Problem] = []
    for number, feature in enumerate(features, start=1):
        row, wrong = _read_feature(feature, keys, columns, file=file, number=number)
        rows.append(row)
        problems += wrong
    sheet = RawSheet(
        name=file.rpartition(".")[0],
        columns=columns,
        rows=tuple(rows),
        problems=tuple(problems),
        extra=_foreign(tree, {"type", "features", "crs", "bbox"}) if "features" in tree else {},
    )
    return RawFile(name=file, kind="geojson", sheets=(sheet,))


def _parse(data: bytes, file: str) -> dict[str, object]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refusal(
            file,
            "UTF-8 の文字ではありません。UTF-8 で保存し直してください",
            "is not UTF-8; save it as UTF-8",
        ) from error
    if text.count(",") + text.count("[") + 3 * text.count("{") > _MAX_VALUES:
        raise refusal(
            file,
            "値が多すぎます。分けて書き出してください",
            "holds too many values; export it in parts",
        )
    hooks = _Hooks(file)
    try:
        tree = json.loads(
            text,
            object_pairs_hook=hooks.pairs,
            parse_int=hooks.whole,
            parse_float=hooks.decimal,
            parse_constant=hooks.constant,
        )
    except RecursionError as error:
        raise refusal(
            file,
            "データが何重にも重なっていて読めません。QGIS などで書き出し直してください",
            "nested too deep to be read; export it again, for example from QGIS",
        ) from error
    except json.JSONDecodeError as error:
        raise refusal(
            file,
            f"JSON として読めません（{error.lineno}行目の{error.colno}文字目）。途中で切れていないか確かめてください",
            f"is not JSON (line {error.lineno}, column {error.colno}); check that it is whole",
        ) from error
    if not isinstance(tree, dict):
        _refuse_other(file)
    return tree


class _Hooks:
    """What Python's JSON lets through and RFC 8259 does not."""

    __slots__ = ("file",)

    def __init__(self, file: str) -> None:
        self.file = file

    def pairs(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        out = dict(pairs)
        if len(out) == len(pairs):
            return out
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        shown = twice[:40].encode(errors="replace").decode()
        raise refusal(
            self.file,
            f"同じ名前「{shown}」が1つのもの（点・線・面）に2度あります。どちらかを除いてください",
            f"the name “{shown}” stands twice in one object; remove one",
        )

    def whole(self, text: str) -> int:
        if len(text.lstrip("-")) > _MAX_DIGITS:
            self._refuse_number(text)
        return int(text)

    def decimal(self, text: str) -> float:
        value = float(text)
        if not math.isfinite(value):
            self._refuse_number(text)
        return value

    def constant(self, text: str) -> float:
        self._refuse_number(text)

    def _refuse_number(self, text: str) -> NoReturn:
        raise refusal(
            self.file,
            f'「{text[:40]}」は数として扱えません。空（null）か文字列（"…"）にしてください',
            f"“{text[:40]}” cannot be kept as a number; make it null or a text in quotes",
        )


def _refuse_other(file: str) -> NoReturn:
    raise refusal(
        file,
        "GeoJSON の点・線・面（Feature）の集まりではありません。QGIS などから GeoJSON で書き出してください",
        "is no GeoJSON collection of features; export GeoJSON, for example from QGIS",
    )


def _features(tree: dict[str, object], file: str) -> list[dict[str, object]]:
    found = tree.get("features") if tree.get("type") == "FeatureCollection" else [tree]
    if not isinstance(found, list):
        _refuse_other(file)
    for feature in found:
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            _refuse_other(file)
        if not isinstance(feature.get("properties"), dict | None):
            _refuse_other(file)
    return found


def _properties(feature: Mapping[str, object]) -> dict[str, object]:
    found = feature.get("properties")
    return found if isinstance(found, dict) else {}


def _check_crs(member: object, file: str) -> None:
    if member is None:
        return
    properties = member.get("properties") if isinstance(member, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if isinstance(name, str) and _DEGREES_CRS.fullmatch(name):
        return
    shown = str(name)[:60].encode(errors="replace").decode()
    raise refusal(
        file,
        f"座標系が「{shown}」です。緯度・経度（WGS 84、EPSG:4326）で書き出し直してください",
        f"its coordinate system is “{shown}”; export it again in WGS 84 (EPSG:4326)",
    )


def _foreign(members: Mapping[str, object], known: set[str]) -> dict[str, Cell]:
    return {key: check_cell(value)[0] for key, value in members.items() if key not in known}


def _read_feature(
    feature: Mapping[str, object],
    keys: Sequence[str],
    columns: Sequence[str],
    *,
    file: str,
    number: int,
) -> tuple[RawRow, list[Problem]]:
    values = _properties(feature)
    cells, problems = check_row(
        [values.get(key) for key in keys], file=file, number=number, columns=columns
    )
    geometry, reason = _geometry(feature.get("geometry"))
    if reason is not None:
        problems.append(Problem(file=file, row=number, column="geometry", value="", reason=reason))
    given = feature.get("id")
    row = RawRow(
        number=number,
        cells=cells,
        geometry=geometry,
        id=str(given) if isinstance(given, (str, int, float)) else None,
        extra=_foreign(feature, {"type", "id", "geometry", "properties", "bbox"}),
    )
    return row, problems


def _geometry(value: object) -> tuple[shapely.Geometry | None, Words | None]:
    if value is None:
        return None, None
    try:
        if not isinstance(value, dict):
            return None, _NOT_A_SHAPE
        kind, coordinates = value["type"], value["coordinates"]
        if coordinates == []:
            return None, None
        _check_positions(coordinates, _DEPTH[kind])
        geometry = shapely.force_2d(shape({"type": kind, "coordinates": coordinates}))
    except (ValueError, TypeError, LookupError, AttributeError, shapely.errors.ShapelyError):
        return None, _NOT_A_SHAPE
    if geometry.is_empty:
        return None, None
    wrong = check_degrees(geometry.bounds)
    return (None, wrong) if wrong else (geometry, None)


def _check_positions(value: object, depth: int) -> None:
    if not isinstance(value, list):
        raise TypeError("coordinates")
    if depth:
        for one in value:
            _check_positions(one, depth - 1)
    elif len(value) < 2 or not all(type(number) in (int, float) for number in value):  # noqa: PLR2004 - a position is a pair
        raise ValueError("position")
