"""GeoPackage as plain tables, read as the SQLite file it is (GeoPackageを素の表に).

The bytes stay in memory: no file is written, and SQLite is left nothing but to read plain
tables. Views, virtual tables, triggers and generated columns, all of which run what the file
says, are never touched.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from time import monotonic
from typing import TYPE_CHECKING, Final, NoReturn

import pyproj
import shapely
from pyproj.exceptions import ProjError

from geo.base.delimited import name_columns, refusal
from geo.base.problems import Problem
from geo.base.words import Words
from surveys.formats.raw.table import (
    MAX_BYTES,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_SHEETS,
    RawFile,
    RawRow,
    RawSheet,
    check_degrees,
    check_row,
)
from surveys.formats.raw.wkb import parse_gpkg_geometry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MAX_SECONDS: Final = 6.0
_MAX_VALUE_BYTES: Final = 10_000_000  # one text or shape; a coastline of 600,000 points
_STEPS_BETWEEN_LOOKS: Final = 20_000  # SQLite's own steps, some milliseconds
# SQLite's file format §1.3: bytes 18 and 19 say "with a log file", which memory has not.
_LOG_MARK: Final = slice(18, 20)
_ALLOWED: Final = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})
_PRAGMAS: Final = frozenset({"table_list", "table_xinfo"})
# WGS 84, JGD2011 and JGD2000: apart by less than 1 m in a town, below any phone's fix.
_AS_WGS84: Final = frozenset({4326, 6668, 4612})
_WGS84: Final = 4326
_DATE = re.compile(r"\d{4}-\d\d-\d\d")

_NOT_A_SHAPE = Words(
    "地図の形が読めません（点・線・面だけを読みます）。QGIS などで書き出し直してください",
    "its shape cannot be read (points, lines and areas only); export it again, for example from QGIS",
)
_GENERATED = Words(
    "計算で作られる列は読みません。値にして書き出してください",
    "a generated column is not read; export its values",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layer:
    name: str
    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    key: str | None
    geometry: str | None
    epsg: int
    generated: tuple[str, ...]


def read_gpkg(data: bytes, *, file: str) -> RawFile:
    """Return the layers and tables of a GeoPackage's bytes (GeoPackageを読む).

    Layers whose name begins with ``_`` are notes and left out.

    Raises
    ------
    InputError
        Broken, not a GeoPackage, no tables, an unknown coordinate system, too large or slow.
    """
    image = bytearray(data)
    image[_LOG_MARK] = b"\x01\x01"
    try:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
            db.deserialize(bytes(image))
            _fence(db)
            layers = _list_layers(db, file)
            left = MAX_CELLS
            sheets: list[RawSheet] = []
            for layer in layers:
                sheet = _read_layer(db, layer, file, left)
                left -= len(sheet.rows) * (len(sheet.columns) + 1)
                sheets.append(sheet)
    except (sqlite3.Error, UnicodeError, OverflowError, MemoryError) as error:
        if "interrupted" in str(error):
            _refuse_size(file)
        raise refusal(
            file,
            "GeoPackage として読めません。こわれているか、途中で切れています。書き出し直してください",
            "cannot be read as a GeoPackage: broken or cut short; export it again",
        ) from error
    if not sheets:
        raise refusal(
            file,
            "読める表がありません。地点の表を入れて書き出し直してください",
            "holds no table that can be read; export it again with the places in it",
        )
    return RawFile(name=file, kind="gpkg", sheets=tuple(sheets))


def _refuse_size(file: str) -> NoReturn:
    raise refusal(
        file,
        f"表が大きすぎます（{MAX_ROWS:,} 行、{MAX_CELLS:,} 欄まで）。分けて書き出してください",
        f"too large (at most {MAX_ROWS:,} rows, {MAX_CELLS:,} cells); export it in parts",
    )


def _fence(db: sqlite3.Connection) -> None:
    for pragma in (
        "trusted_schema=OFF", "cell_size_check=ON", "query_only=ON", "temp_store=MEMORY",
        "mmap_size=0",
    ):  # fmt: skip
        db.execute(f"PRAGMA {pragma}")
    for limit, most in (
        (sqlite3.SQLITE_LIMIT_LENGTH, _MAX_VALUE_BYTES),
        (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 1_000_000),
        (sqlite3.SQLITE_LIMIT_COLUMN, MAX_COLUMNS),
        (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
        (sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0),
    ):
        db.setlimit(limit, most)
    until = monotonic() + _MAX_SECONDS
    db.set_progress_handler(lambda: int(monotonic() > until), _STEPS_BETWEEN_LOOKS)
    db.set_authorizer(_allow)


def _allow(action: int, first: str | None, *_: str | None) -> int:
    fine = action in _ALLOWED or (action == sqlite3.SQLITE_PRAGMA and first in _PRAGMAS)
    return sqlite3.SQLITE_OK if fine else sqlite3.SQLITE_DENY


def _list_layers(db: sqlite3.Connection, file: str) -> list[_Layer]:
    listed = db.execute("PRAGMA main.table_list").fetchall()
    plain = {str(row[1]) for row in listed if row[2] == "table"}
    if "gpkg_contents" not in plain:
        raise refusal(
            file,
            "SQLite ですが GeoPackage ではありません。QGIS などから GeoPackage で書き出してください",
            "is SQLite but no GeoPackage; export a GeoPackage, for example from QGIS",
        )
    found = db.execute(
        "SELECT table_name, data_type FROM gpkg_contents"
        " WHERE data_type IN ('features', 'attributes') LIMIT ?",
        [MAX_SHEETS + 1],
    ).fetchall()
    if len(found) > MAX_SHEETS:
        _refuse_size(file)
    layers = []
    for name, kind in found:
        if not isinstance(name, str) or name.startswith(("_", "gpkg_", "sqlite_")):
            continue
        if name in plain:
            layers.append(_describe(db, name, kind, plain, file))
    return layers


def _describe(
    db: sqlite3.Connection,
    name: str,
    kind: str,
    plain: set[str],
    file: str,
) -> _Layer:
    info = db.execute(f"PRAGMA main.table_xinfo({_quoted(name)})").fetchall()
    stored = [row for row in info if row[6] == 0]
    geometry, epsg = None, _WGS84
    if kind == "features":
        geometry, epsg = _geometry_column(db, name, plain, file)
    keys = [row[1] for row in stored if row[5]]
    key = keys[0] if len(keys) == 1 else None
    kept = [row for row in stored if row[1] not in (geometry, key)]
    if geometry is not None and geometry not in {row[1] for row in stored}:
        _refuse_crs(file, name, geometry)
    return _Layer(
        name=name,
        columns=tuple(str(row[1]) for row in kept),
        kinds=tuple(str(row[2]).upper() for row in kept),
        key=key,
        geometry=geometry,
        epsg=epsg,
        generated=tuple(str(row[1]) for row in info if row[6]),
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _geometry_column(
    db: sqlite3.Connection, name: str, plain: set[str], file: str
) -> tuple[str, int]:
    if not {"gpkg_geometry_columns", "gpkg_spatial_ref_sys"} <= plain:
        _refuse_crs(file, name, "")
    found = db.execute(
        "SELECT g.column_name, s.organization, s.organization_coordsys_id"
        " FROM gpkg_geometry_columns g JOIN gpkg_spatial_ref_sys s ON g.srs_id = s.srs_id"
        " WHERE g.table_name = ? LIMIT 1",
        [name],
    ).fetchone()
    column, organization, code = found or ("", "", "")
    known = isinstance(column, str) and str(organization).upper() == "EPSG"
    if not known or not isinstance(code, int):
        _refuse_crs(file, name, f"{organization} {code}".strip())
    return column, code


def _refuse_crs(file: str, layer: str, crs: str) -> NoReturn:
    raise refusal(
        file,
        f"レイヤ「{layer[:40]}」の座標系「{crs[:40]}」がわかりません。緯度・経度（WGS 84）で書き出し直してください",
        f"the coordinate system “{crs[:40]}” of layer “{layer[:40]}” is not known; export it in WGS 84 (EPSG:4326)",
    )


def _read_layer(db: sqlite3.Connection, layer: _Layer, file: str, left: int) -> RawSheet:
    columns = name_columns(layer.columns, file=file, most=MAX_COLUMNS)
    where = f"{file} {layer.name}"
    problems = [
        Problem(file=where, row=None, column=name, value="", reason=_GENERATED)
        for name in layer.generated
    ]
    rows: list[RawRow] = []
    to_degrees = _to_degrees(layer, file)
    for number, (key, blob, values) in enumerate(_stored(db, layer, file), start=1):
        if number > MAX_ROWS or number * (len(columns) + 1) > left:
            _refuse_size(file)
        typed = [_as_typed(v, k) for v, k in zip(values, layer.kinds, strict=True)]
        cells, wrong = check_row(typed[: len(columns)], file=where, number=number, columns=columns)
        shape, reason = _shape(blob, to_degrees)
        if reason is not None:
            wrong.append(
                Problem(file=where, row=number, column="geometry", value="", reason=reason)
            )
        problems += wrong
        id_ = None if key is None else str(key)
        rows.append(RawRow(number=number, cells=cells, geometry=shape, id=id_))
    return RawSheet(name=layer.name, columns=columns, rows=tuple(rows), problems=tuple(problems))


def _stored(
    db: sqlite3.Connection, layer: _Layer, file: str
) -> Iterator[tuple[object, object, Sequence[object]]]:
    names = [_quoted(n) if n is not None else "NULL" for n in (layer.key, layer.geometry)]
    chosen = ", ".join([*names, *map(_quoted, layer.columns)])
    total = 0
    # Names are quoted and come from SQLite's own list of the table's columns.
    for row in db.execute(f"SELECT {chosen} FROM main.{_quoted(layer.name)}"):  # noqa: S608
        # Pages of a forged file may be shared by many rows: what is read is counted.
        total += sum(len(value) for value in row if isinstance(value, (str, bytes)))
        if total > 2 * MAX_BYTES:
            _refuse_size(file)
        yield row[0], row[1], row[2:]


def _as_typed(value: object, kind: str) -> object:
    if kind == "BOOLEAN" and value in (0, 1):
        return bool(value)
    if kind not in ("DATE", "DATETIME") or not isinstance(value, str):
        return value
    try:
        whole = _DATE.fullmatch(value)
        return date.fromisoformat(value) if whole else datetime.fromisoformat(value)
    except ValueError:
        return value


def _to_degrees(layer: _Layer, file: str) -> pyproj.Transformer | None:
    if layer.epsg in _AS_WGS84:
        return None
    try:
        crs = pyproj.CRS.from_epsg(layer.epsg)
        if not (crs.is_geographic or crs.is_projected) or "Tokyo" in (crs.datum or crs).name:
            _refuse_crs(file, layer.name, f"EPSG {layer.epsg}")
        return pyproj.Transformer.from_crs(crs, pyproj.CRS.from_epsg(_WGS84), always_xy=True)
    except (ProjError, OverflowError):
        _refuse_crs(file, layer.name, f"EPSG {layer.epsg}")


def _shape(
    blob: object, to_degrees: pyproj.Transformer | None
) -> tuple[shapely.Geometry | None, Words | None]:
    if blob is None:
        return None, None
    try:
        if not isinstance(blob, bytes):
            return None, _NOT_A_SHAPE
        shape = parse_gpkg_geometry(blob)
        if shape is not None and to_degrees is not None:
            shape = shapely.transform(shape, to_degrees.transform, interleaved=False)
    except (ValueError, ProjError, shapely.errors.ShapelyError):
        return None, _NOT_A_SHAPE
    if shape is None:
        return None, None
    wrong = check_degrees(shape.bounds)
    return (None, wrong) if wrong else (shape, None)
