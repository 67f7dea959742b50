"""Files to upload: a good one of each kind, changed ones, and the largest that are still read."""

import io
import json
import random
import sqlite3
import struct
import zipfile
from contextlib import closing

import openpyxl
import shapely


def good_geojson():
    return json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "id": 7, "properties": {"名称": "西町", "年": 3},
         "geometry": {"type": "Point", "coordinates": [139.9, 35.6]}}]}, ensure_ascii=False).encode()  # fmt: skip


def good_xlsx():
    book = openpyxl.Workbook()
    book.active.append(["名称", "年"])
    book.active.append(["西町", 3])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def gpkg_blob(shape, srs=4326):
    return b"GP\x00\x01" + struct.pack("<i", srs) + shapely.to_wkb(shape, byte_order=1)


def good_gpkg(*more, rows=1, epsg=4326, shape=None):
    with closing(sqlite3.connect(":memory:")) as db, db:
        db.executescript("""
            CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT, srs_id INTEGER);
            CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);
            CREATE TABLE gpkg_spatial_ref_sys
                (srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER);
            CREATE TABLE bench (fid INTEGER PRIMARY KEY, geom BLOB, 名称 TEXT);
            INSERT INTO gpkg_contents VALUES ('bench', 'features', 1);
            INSERT INTO gpkg_geometry_columns VALUES ('bench', 'geom', 1);""")
        db.execute("INSERT INTO gpkg_spatial_ref_sys VALUES (1, 'EPSG', ?)", [epsg])
        blob = gpkg_blob(shape or shapely.Point(139.9, 35.6))
        db.executemany("INSERT INTO bench VALUES (?, ?, ?)",
                       ((n + 1, blob, "西町") for n in range(rows)))  # fmt: skip
        for statement in more:
            db.execute(statement) if isinstance(statement, str) else db.execute(*statement)
        db.commit()
        return db.serialize()


GOOD = {
    "a.geojson": good_geojson(),
    "a.csv": ("名称,年\n" + "西町,3\n" * 20).encode("cp932"),
    "a.xlsx": good_xlsx(),
    "a.gpkg": good_gpkg(),
}


def zip_of(members, base=None, **info):
    out = io.BytesIO(base or b"")
    with zipfile.ZipFile(out, "a" if base else "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name)
            member.compress_type = zipfile.ZIP_DEFLATED
            for key, value in info.items():
                setattr(member, key, value)
            archive.writestr(member, content)
    return out.getvalue()


def xlsx_with(name, change):
    """The good workbook with one member changed."""
    with zipfile.ZipFile(io.BytesIO(GOOD["a.xlsx"])) as archive:
        members = {n: archive.read(n) for n in archive.namelist()}
    members[name] = change(members.get(name, b""))
    return zip_of(members)


SHEET = "xl/worksheets/sheet1.xml"


def large_xlsx():
    chance = random.Random(3)  # noqa: S311 - the same file each run
    head = b"<row>" + b'<c t="inlineStr"><is><t>a</t></is></c>' * 40 + b"</row>"
    cells = [b"<c><v>%d</v></c>" % chance.randrange(10**6) for _ in range(600_000)]
    rows = [b"<row>%b</row>" % b"".join(cells[at : at + 40]) for at in range(0, 600_000, 40)]
    return xlsx_with(SHEET, lambda x: x[: x.index(b"<sheetData>") + 11] + head
                     + b"".join(rows) + x[x.index(b"</sheetData>") :])  # fmt: skip


PLAIN = (
    b'{"type":"Feature","properties":{"a":"xy","b":1.5},"geometry":'
    b'{"type":"Point","coordinates":[139.9,35.6]}}'
)
# The largest of each kind that is still read: the memory's worst.
HEAVY = {
    "csv": lambda: b"a," * 14 + b"b\n" + (b"ab," * 14 + b"cd\n") * 199_000,
    "json": lambda: b'{"type":"FeatureCollection","features":[' + b",".join(
        [PLAIN] * 199_000) + b"]}",
    "objects in json": lambda: good_geojson().replace(b"3}", b"[" + b'{"a":1},' * 990_000 + b"{}]}"),
    "signs in json": lambda: good_geojson().replace(
        b"3}", b'"' + "\U0001f4a9".encode() * 12_400_000 + b'"}'),
    "signs in csv": lambda: b"a,b\n" + (b"x" * 60 + "\U0001f4a9".encode() + b",b\n") * 199_000,
    "long csv": lambda: b"a,b\n" + "\U0001f4a9".encode() + b"x," + (b"x" * 90_000 + b"\n,") * 550,
    "gpkg": lambda: good_gpkg(rows=200_000),
    "xlsx": large_xlsx,
}  # fmt: skip
