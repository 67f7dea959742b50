"""The tables of a GeoPackage that describe its layers (GeoPackageの決まりの表).

OGC 12-128r18, with the schema extension (Annex F.9) and the ``layer_styles`` table of QGIS.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from surveys.declaration.field import UNKNOWN, UNKNOWN_WORDS
from surveys.formats.parts.labels import code_of
from surveys.record.history import SOURCE_WORDS, STATUS_WORDS, SURE_WORDS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from geo.base.words import Lang, Words
    from surveys.formats.parts.columns import Column

_WKT: Final = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,'
    'AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,'
    'AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],'
    'AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]'
)
_SCHEMA: Final = "http://www.geopackage.org/spec121/#extension_schema"
_SYSTEM: Final = {
    "@status": STATUS_WORDS, "@source": SOURCE_WORDS, "@sure": SURE_WORDS,
}  # fmt: skip

CORE: Final = f"""
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,
 organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL,
 description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES
 ('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', NULL),
 ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL),
 ('WGS 84 geodetic', 4326, 'EPSG', 4326, '{_WKT}', 'longitude and latitude in degrees');
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,
 identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL,
 min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
 CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
 geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
 CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
 CONSTRAINT uk_gc_table_name UNIQUE (table_name),
 CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
 CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,
 definition TEXT NOT NULL, scope TEXT NOT NULL,
 CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
INSERT INTO gpkg_extensions VALUES
 ('gpkg_data_columns', NULL, 'gpkg_schema', '{_SCHEMA}', 'read-write'),
 ('gpkg_data_column_constraints', NULL, 'gpkg_schema', '{_SCHEMA}', 'read-write');
CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT,
 title TEXT, description TEXT, mime_type TEXT, constraint_name TEXT,
 CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
 CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT NOT NULL,
 constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN, max NUMERIC,
 max_is_inclusive BOOLEAN, description TEXT,
 CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
 f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30),
 styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
 update_time DATETIME);
INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change)
 VALUES ('layer_styles', 'attributes', 'layer_styles', '1970-01-01T00:00:00.000Z');
"""  # noqa: S608 - our own words


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One layer to be written (レイヤ).

    Attributes
    ----------
    geometry
        The kind of its shapes, ``None`` for a table without.
    about
        What whoever opens it must know.
    drawn
        How QGIS draws it: elements of a QML file, "" for as it likes.
    """

    name: str
    title: str
    geometry: str | None
    columns: tuple[Column, ...]
    made_at: str
    lang: Lang
    about: str = ""
    drawn: str = ""


def quoted(name: str) -> str:
    """Return a name as SQL takes it (SQLの名前).

    Examples
    --------
    >>> quoted('a"b')
    '"a""b"'
    """
    return '"' + name.replace('"', '""') + '"'


def describe_layer(
    db: sqlite3.Connection, layer: Layer, bounds: tuple[float, float, float, float] | None
) -> None:
    """Create a layer's table, and all that tells what is in it (レイヤを用意する).

    Parameters
    ----------
    bounds
        West, south, east, north in degrees, ``None`` when there are no shapes.
    """
    shape = [f"geom {layer.geometry}"] if layer.geometry else []
    typed = [f"{quoted(one.name)} {_sql_type(one)}" for one in layer.columns]
    columns = ", ".join(["fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL", *shape, *typed])
    db.execute(f"CREATE TABLE {quoted(layer.name)} ({columns})")
    changed = re.sub(r"(?:\.\d+)?(?:Z|\+00:00)?$", ".000Z", layer.made_at, count=1)
    db.execute(
        "INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            layer.name, "features" if layer.geometry else "attributes", layer.title,
            layer.about, changed,
            *(bounds or (None,) * 4), 4326 if layer.geometry else None,
        ],
    )  # fmt: skip
    if layer.geometry:
        db.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, 4326, 0, 0)",
            [layer.name, layer.geometry],
        )
    for column in layer.columns:
        _describe_column(db, layer, column)
    db.execute(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,"
        " f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner,"
        " update_time) VALUES ('', '', ?, ?, ?, ?, '', 1, '', '', ?)",
        [layer.name, "geom" if layer.geometry else "", layer.name[:30], _qml(layer), changed],
    )


def _sql_type(column: Column) -> str:
    if column.key in ("@number", "@order", "@head"):
        return "INTEGER"
    if column.key.endswith(("@lon", "@lat")):
        return "REAL"
    field = column.field
    if field is None:
        return "TEXT"
    if field.kind == "number":
        return "REAL" if field.decimals else "INTEGER"
    return {"items": "INTEGER", "date": "DATE"}.get(field.kind, "TEXT")


def _values(column: Column) -> Mapping[str, Words]:
    if column.key in _SYSTEM:
        return dict(_SYSTEM[column.key].items())  # type: ignore[attr-defined]
    field = column.field
    if field is None or field.kind != "choice":
        return {}
    return {code_of(field, one.id): one.words for one in field.choices} | {UNKNOWN: UNKNOWN_WORDS}


def _describe_column(db: sqlite3.Connection, layer: Layer, column: Column) -> None:
    values = _values(column)
    rule = f"{layer.name}_{column.name}" if values else None
    about = column.field.help.say(layer.lang) if column.field and column.field.help else None
    title = column.head(layer.lang)
    db.execute(
        "INSERT INTO gpkg_data_columns VALUES (?, ?, ?, ?, ?, NULL, ?)",
        [layer.name, column.name, title, title, about, rule],
    )
    db.executemany(
        "INSERT INTO gpkg_data_column_constraints VALUES (?, 'enum', ?, NULL, NULL, NULL, NULL, ?)",
        [[rule, id_, words.say(layer.lang)] for id_, words in values.items()],
    )


def _qml(layer: Layer) -> str:
    """Return the style that gives fields their labels, and choices a list, in QGIS."""
    fields, aliases = [], []
    for index, column in enumerate(layer.columns, start=1):  # 0 is fid
        name = escape(column.name)
        fields.append(
            f'<field name="{name}" configurationFlags="NoFlag"><editWidget type="{_widget(column)}">'
            f"<config>{_config(column, layer.lang)}</config></editWidget></field>"
        )
        aliases.append(
            f'<alias field="{name}" index="{index}" name="{escape(column.head(layer.lang))}"/>'
        )
    drawn = ' styleCategories="Fields|Forms"'
    if layer.drawn:
        drawn = ' labelsEnabled="1" styleCategories="Fields|Forms|Symbology|Labeling"'
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
        f'<qgis version="3.34.0"{drawn}>{layer.drawn}'
        f"<fieldConfiguration>{''.join(fields)}</fieldConfiguration>"
        f"<aliases>{''.join(aliases)}</aliases></qgis>"
    )


def _widget(column: Column) -> str:
    if _values(column):
        return "ValueMap"
    return "DateTime" if column.field and column.field.kind == "date" else "TextEdit"


def _config(column: Column, lang: Lang) -> str:
    values = _values(column)
    if not values:
        lines = column.field is not None and column.field.kind in ("note", "schedule", "photos")
        if not lines:
            return "<Option/>"
        return '<Option type="Map"><Option name="IsMultiline" type="bool" value="true"/></Option>'
    pairs = "".join(
        f'<Option type="Map"><Option name="{escape(words.say(lang))}" type="QString"'
        f' value="{escape(id_)}"/></Option>'
        for id_, words in values.items()
    )
    return f'<Option type="Map"><Option name="map" type="List">{pairs}</Option></Option>'
