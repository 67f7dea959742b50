"""GeoPackage: a layer a type, a layer a kind of item, labels as QGIS shows them (GeoPackage)."""

from __future__ import annotations

import sqlite3
import struct
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import shapely

from geo.base.words import Words
from surveys.formats.parts.columns import item_columns, sheet_names, site_columns
from surveys.formats.parts.declare import Format, Reading, say_homes
from surveys.formats.parts.gpkg_schema import CORE, Layer, describe_layer, quoted
from surveys.formats.parts.table import (
    Row,
    item_row,
    listed_items,
    shown_columns,
    site_row,
    split_long,
)  # fmt: skip
from surveys.formats.raw.gpkg import read_gpkg
from surveys.formats.xlsx import site_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.words import Lang
    from surveys.declaration.field import Field
    from surveys.declaration.record_type import RecordType
    from surveys.formats.parts.cells import Written
    from surveys.formats.parts.columns import Column
    from surveys.formats.parts.declare import Sites
    from surveys.record.portable import Portable

# OGC 12-128r18 §2.1.3: "GP", version 0, little-endian with or without an envelope, the SRS.
_PLAIN, _BOXED = 0b001, 0b011
_WGS84: Final = 4326


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A layer with its rows (中身のあるレイヤ).

    Attributes
    ----------
    places
        A shape a row in degrees, ``None`` for a row without one; all ``None`` in a table without.
    rows
        Cells in the order of the layer's columns.
    """

    layer: Layer
    places: Sequence[shapely.Geometry | None]
    rows: Sequence[Sequence[Written]]


def dump_gpkg(type_: RecordType, portables: Sequence[Portable], lang: Lang, made_at: str) -> bytes:
    """Return one type's sites as a GeoPackage (GeoPackageを書く)."""
    return dump_gpkg_many({type_: portables}, lang, made_at)


def dump_gpkg_many(sites: Sites, lang: Lang, made_at: str) -> bytes:
    """Return several types' sites as one GeoPackage in EPSG:4326 (まとめてGeoPackageを書く).

    Columns are called by their ids and hold ids of choices; what both are called in `lang` stands
    in the schema extension, which GDAL reads, and in ``layer_styles``, which QGIS reads. Columns
    of numbers and days cannot hold 不明: ``unknown_answers`` lists such questions.
    """
    with closing(begin_gpkg()) as db:
        for type_, portables in sites.items():
            write_layer(db, site_layer(type_, portables, lang, made_at))
            for field in (one for one in type_.fields if one.item):
                write_layer(db, item_layer(type_, field, portables, lang, made_at))
        return end_gpkg(db)


def begin_gpkg() -> sqlite3.Connection:
    """Return an empty GeoPackage in memory; what is written to it is one transaction (始める)."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.execute("PRAGMA application_id=0x47504B47")  # "GPKG"
    db.execute("PRAGMA user_version=10300")
    db.executescript("BEGIN;" + CORE)
    return db


def end_gpkg(db: sqlite3.Connection) -> bytes:
    """Return a GeoPackage's bytes, the same for the same layers (終える)."""
    db.execute("COMMIT")
    return bytes(db.serialize())


def site_layer(
    type_: RecordType, portables: Sequence[Portable], lang: Lang, made_at: str
) -> Filled:
    """Return one type's sites as a layer (地点のレイヤ)."""
    rows = [
        site_row(one, type_, lang, "code") | {"@id": site_key(one, at)}
        for at, one in enumerate(portables, start=1)
    ]
    table = split_long(shown_columns(site_columns(type_), "code"), rows)
    layer = Layer(
        name=sheet_names(type_)["id"], title=sheet_names(type_)[lang], geometry="GEOMETRY",
        columns=table.columns, made_at=made_at, lang=lang, about=say_homes(portables).say(lang),
    )  # fmt: skip
    places = [one.place for one in portables]
    return Filled(layer=layer, places=places, rows=[table.cells(row) for row in table.rows])


def item_layer(
    type_: RecordType, field: Field, portables: Sequence[Portable], lang: Lang, made_at: str
) -> Filled:
    """Return all items of one kind as a layer, without shapes where they have none (物のレイヤ)."""
    columns: Sequence[Column] = shown_columns(item_columns(field), "code")
    point = geometry_field(field)
    if point:
        columns = [one for one in columns if one.key not in (f"{point}@lon", f"{point}@lat")]
    rows: list[Row] = []
    places: list[shapely.Geometry | None] = []
    for at, portable in enumerate(portables, start=1):
        for order, item in enumerate(listed_items(portable, field), start=1):
            rows.append(
                item_row(field, item, order, lang, "code") | {"@id": site_key(portable, at)}
            )
            where = item.get(point) if point else None
            places.append(None if where is None else shapely.Point(where))
    table = split_long(columns, rows)
    layer = Layer(
        name=sheet_names(type_, field)["id"], title=sheet_names(type_, field)[lang],
        geometry="POINT" if point else None, columns=table.columns, made_at=made_at, lang=lang,
    )  # fmt: skip
    return Filled(layer=layer, places=places, rows=[table.cells(row) for row in table.rows])


def geometry_field(field: Field) -> str | None:
    """Return the question of an item that becomes its shape (物の場所の項目)."""
    asked = field.item.fields if field.item else ()
    return next((one.id for one in asked if one.kind == "point"), None)


def write_layer(db: sqlite3.Connection, filled: Filled) -> None:
    """Write a layer with all that tells what is in it (レイヤを書く)."""
    layer = filled.layer
    describe_layer(db, layer, _bounds(filled.places))
    names = [*(["geom"] if layer.geometry else []), *(one.name for one in layer.columns)]
    marks = ", ".join("?" * len(names))
    # Names come from declarations, and are quoted.
    db.executemany(
        f"INSERT INTO {quoted(layer.name)} ({', '.join(map(quoted, names))}) VALUES ({marks})",  # noqa: S608
        [
            [_blob(place), *row] if layer.geometry else list(row)
            for place, row in zip(filled.places, filled.rows, strict=True)
        ],
    )


def _bounds(places: Sequence[shapely.Geometry | None]) -> tuple[float, float, float, float] | None:
    found = [one for one in places if one is not None and not one.is_empty]
    if not found:
        return None
    west, south, east, north = shapely.total_bounds(found)
    return float(west), float(south), float(east), float(north)


def _blob(place: shapely.Geometry | None) -> bytes | None:
    if place is None:
        return None
    head = b"GP" + struct.pack("<BBi", 0, _PLAIN if place.geom_type == "Point" else _BOXED, _WGS84)
    if place.geom_type != "Point":
        west, south, east, north = place.bounds
        head += struct.pack("<4d", west, east, south, north)
    return head + bytes(shapely.to_wkb(place, byte_order=1))


FORMAT: Final = Format(
    id="gpkg", words=Words("GeoPackage（QGIS で開く形）", "GeoPackage (QGIS)"), suffix=".gpkg",
    mime="application/geopackage+sqlite3", order=4, dump=dump_gpkg, dump_many=dump_gpkg_many,
    reading=Reading(
        words=Words("GeoPackage（.gpkg）", "GeoPackage (.gpkg)"), endings=(".gpkg",),
        read=read_gpkg, mark=lambda data: data.startswith(b"SQLite format 3\x00"),
    ),
)  # fmt: skip
