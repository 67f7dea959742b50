"""Given files become plain tables: what was typed, where it stood, and what was wrong."""

import io
import json
import sqlite3
import struct
import subprocess
import sys
from contextlib import closing
from datetime import UTC, date, datetime, time

import openpyxl
import pytest
import shapely

from geo.base.problems import InputError
from surveys.formats.raw.wkb import parse_gpkg_geometry
from surveys.formats.upload import read_upload

POINT = {"type": "Point", "coordinates": [139.9, 35.6]}


def geojson(*features, **members):
    tree = {"type": "FeatureCollection", **members, "features": list(features)}
    return json.dumps(tree).encode()


def feature(geometry=POINT, properties=None, **members):
    return {"type": "Feature", "geometry": geometry, "properties": properties, **members}


def xlsx(fill):
    book = openpyxl.Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def blob(shape, flags=1, envelope=b"", **options):
    return b"GP\x00" + struct.pack("<Bi", flags, 0) + envelope + shapely.to_wkb(shape, **options)


def gpkg(script, rows=(), epsg=4326):
    with closing(sqlite3.connect(":memory:")) as db, db:
        db.executescript(f"""
            CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT);
            CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);
            CREATE TABLE gpkg_spatial_ref_sys
                (srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER);
            INSERT INTO gpkg_spatial_ref_sys VALUES (9, 'epsg', {epsg});
            INSERT INTO gpkg_geometry_columns VALUES ('bench', 'geom', 9);
            INSERT INTO gpkg_contents VALUES ('bench', 'features');
            {script}""")  # noqa: S608 - our own
        for row in rows:
            db.execute(f"INSERT INTO bench VALUES ({','.join('?' * len(row))})", row)  # noqa: S608
        db.commit()
        return db.serialize()


BENCH = "CREATE TABLE bench (fid INTEGER PRIMARY KEY, geom BLOB, 名称 TEXT, 日 DATE, 有 BOOLEAN);"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_csv_cells_are_exactly_as_typed_under_a_tidied_header(encoding):
    text = '一覧,,,\r\n　名 称 ,メモ,数,\r\n西町,"　一行目\r\n２行目 ",３,\r\n,,,\r\n東町,,４,はみ出し\r\n'
    (sheet,) = read_upload(text.encode(encoding), file="bench.csv").sheets
    assert (sheet.name, sheet.columns) == ("bench", ("名 称", "メモ", "数"))
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (3, ("西町", "　一行目\r\n２行目 ", "３")), (5, ("東町", None, "４"))]  # fmt: skip
    assert [(one.row, one.value) for one in sheet.problems] == [(5, "はみ出し")]


def test_a_text_longer_than_any_cell_is_a_problem_of_its_row():
    (sheet,) = read_upload(b"a,b\n1," + b"x" * 100_001 + b"\n", file="a.csv").sheets
    assert sheet.rows[0].cells == ("1", None)
    assert [(one.row, one.column) for one in sheet.problems] == [(2, "b")]


def test_geojson_gives_columns_ids_shapes_and_the_rest():
    data = geojson(
        feature(properties={"名称": "西町\n", "数": 3, "可": True, "表": [1, {"a": None}]}, id=7),
        feature(geometry=None, properties={"数": 1.0, "後": "x"}, note="外"),
        feature(properties=None, geometry={"type": "Point", "coordinates": [139.9, 35.6, 4]}),
        title="台帳",
    )
    (sheet,) = read_upload(data, file="park.json").sheets
    assert sheet.columns == ("名称", "数", "可", "表", "後")
    first, second, third = sheet.rows
    assert first.cells == ("西町\n", 3, True, [1, {"a": None}], None)
    assert (first.id, first.geometry, first.number) == ("7", shapely.Point(139.9, 35.6), 1)
    assert second.cells == (None, 1.0, None, None, "x")
    assert (second.geometry, second.id, second.extra) == (None, None, {"note": "外"})
    assert third.geometry == shapely.Point(139.9, 35.6) and not third.geometry.has_z
    assert (sheet.extra, sheet.problems) == ({"title": "台帳"}, ())


@pytest.mark.parametrize(
    ("geometry", "says", "why"),
    [
        ({"type": "Point", "coordinates": [35.6, 139.9]}, "入れかわ", "latitude first"),
        ({"type": "Point", "coordinates": [-6000.0, -35000.0]}, "範囲", "metres"),
        ({"type": "Point", "coordinates": ["139", "35"]}, "形が読めません", "text"),
        ({"type": "Point", "coordinates": [True, False]}, "形が読めません", "truth values"),
        ({"type": "Point", "coordinates": [139]}, "形が読めません", "half a position"),
        ({"type": "Point", "coordinates": "/etc/passwd"}, "形が読めません", "a path"),
        ({"type": "Polygon", "coordinates": [[[139, 35], [140, 35]]]}, "形が読めません", "no ring"),
        ({"type": "LineString", "coordinates": [[139, 35]]}, "形が読めません", "one point"),
        ({"type": "GeometryCollection", "geometries": [POINT]}, "形が読めません", "mixed"),
        ({"type": ["Point"], "coordinates": [139, 35]}, "形が読めません", "no kind"),
        ({"type": "Point"}, "形が読めません", "no coordinates"),
        ("POINT (139 35)", "形が読めません", "another notation"),
    ],
)  # fmt: skip
def test_a_shape_that_cannot_stand_is_named_and_its_row_kept(geometry, says, why):
    data = geojson(feature(), feature(geometry=geometry, properties={"a": 1}))
    (sheet,) = read_upload(data, file="a.geojson").sheets
    (problem,) = sheet.problems
    assert (problem.row, problem.column) == (2, "geometry"), why
    assert says in problem.reason.ja, why
    assert sheet.rows[1].geometry is None and sheet.rows[1].cells == (1,)


@pytest.mark.parametrize(
    ("value", "says"), [("\ud83d", "途中で切れた"), (["\udc00"], "途中で切れた"), ("x" * 100_001, "長すぎ")]
)  # fmt: skip
def test_text_that_cannot_be_kept_is_named(value, says):
    (sheet,) = read_upload(geojson(feature(properties={"a": value})), file="a.json").sheets
    assert says in sheet.problems[0].reason.ja
    json.dumps(sheet.rows[0].cells, ensure_ascii=False).encode()
    sheet.problems[0].say("ja").encode()


def test_lists_within_lists_have_a_floor():
    value = []
    for _ in range(30):
        value = [value]
    (sheet,) = read_upload(geojson(feature(properties={"a": value})), file="a.json").sheets
    assert sheet.rows[0].cells == (None,) and "何重にも" in sheet.problems[0].reason.ja


@pytest.mark.parametrize(
    "name",
    ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::6668", "EPSG:4612"],
)
def test_degrees_by_their_old_names_are_read(name):
    crs = {"type": "name", "properties": {"name": name}}
    assert read_upload(geojson(feature(), crs=crs), file="a.json").sheets[0].rows[0].geometry


def test_a_workbook_gives_typed_cells_of_every_visible_sheet():
    def fill(book):
        one = book.active
        one.title = "ベンチ"
        one.append(["ベンチの一覧"])
        one.merge_cells("A1:D1")
        one.append(["名称 ", "日", "数", "時", "可"])
        one.append(["　西町\n２", date(2026, 4, 1), 3, time(9, 30), True])
        one.append([])
        one.append(["=A3", datetime(2026, 4, 1, 9, 0), 2.5, None, "#N/A"])  # noqa: DTZ001 - as Excel
        book.create_sheet("_説明").append(["読まない"])
        book.create_sheet("空")
        hidden = book.create_sheet("隠")
        hidden.append(["a", "b"])
        hidden.sheet_state = "hidden"
        book.create_sheet("公園").append(["名称"])

    out = read_upload(xlsx(fill), file="台帳.xlsx")
    assert [sheet.name for sheet in out.sheets] == ["ベンチ"]
    assert [one.file.rpartition(" ")[2] for one in out.aside] == ["_説明", "隠", "公園", "ベンチ"]
    sheet = out.sheets[0]
    assert sheet.columns == ("名称", "日", "数", "時", "可")
    assert sheet.rows[0].cells == ("　西町\n２", date(2026, 4, 1), 3, time(9, 30), True)
    assert (sheet.rows[1].number, sheet.rows[1].cells[0], sheet.rows[1].cells[4]) == (5, None, None)
    assert [(p.row, p.column, p.value) for p in sheet.problems] == [
        (5, "A5", ""),
        (5, "E5", ""),
    ]


def test_a_geopackage_gives_its_layers_ids_dates_and_shapes():
    data = gpkg(
        BENCH + """
        CREATE TABLE _notes (a TEXT); INSERT INTO gpkg_contents VALUES ('_notes', 'attributes');
        CREATE TABLE "say ""hi""; DROP" (a TEXT, b BLOB);
        INSERT INTO gpkg_contents VALUES ('say "hi"; DROP', 'attributes');
        INSERT INTO "say ""hi""; DROP" VALUES ('x', x'00');
        CREATE TABLE unlisted (a TEXT);""",  # noqa: S608 - as above
        [
            (4, blob(shapely.Point(139.9, 35.6)), "　西町", "2026-04-01", 1),
            (5, None, None, "未定", 0),
            (6, blob(shapely.Point(139.9, 35.6, 3), 3, bytes(32), byte_order=0), "b", None, None),
            (7, b"GP\x00\x11" + bytes(4), "empty", None, None),
            (8, b"no", "broken", None, None),
        ],
    )  # fmt: skip
    bench, other = read_upload(data, file="a.gpkg").sheets
    assert bench.columns == ("名称", "日", "有")
    assert [row.id for row in bench.rows] == ["4", "5", "6", "7", "8"]
    assert bench.rows[0].cells == ("　西町", date(2026, 4, 1), True)
    assert bench.rows[1].cells == (None, "未定", False)
    here = shapely.Point(139.9, 35.6)
    assert [row.geometry for row in bench.rows] == [here, None, here, None, None]
    assert [(p.row, p.column) for p in bench.problems] == [(5, "geometry")]
    assert (other.name, other.rows[0].cells) == ('say "hi"; DROP', ("x", None))
    assert "写真" in other.problems[0].reason.ja


def test_a_geopackage_in_metres_comes_out_in_degrees():
    # The origin of 平面直角座標系 IX: 36°00'00" N, 139°50'00" E (国土交通省告示第9号).
    data = gpkg(BENCH, [(1, blob(shapely.Point(0, 0)), "a", None, None)], epsg=6677)
    (row,) = read_upload(data, file="a.gpkg").sheets[0].rows
    assert row.geometry.x == pytest.approx(139 + 50 / 60, abs=1e-6)
    assert row.geometry.y == pytest.approx(36, abs=1e-6)


def test_datetimes_with_a_zone_keep_it():
    data = gpkg(
        "CREATE TABLE bench (geom BLOB, at DATETIME);", [(None, "2026-04-01T09:00:00.000Z")]
    )
    (row,) = read_upload(data, file="a.gpkg").sheets[0].rows
    assert (row.id, row.cells) == (None, (datetime(2026, 4, 1, 9, tzinfo=UTC),))


@pytest.mark.parametrize("text", [
    "POINT (1 2)", "POINT Z (1 2 3)", "LINESTRING (0 0, 1 1)", "MULTIPOINT ((0 0), (1 1))",
    "POLYGON ((0 0, 4 0, 4 4, 0 0), (2 1, 3 1, 3 2, 2 1))",
    "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))",
    "MULTILINESTRING Z ((0 0 1, 1 1 1), (2 2 1, 3 3 1))",
])  # fmt: skip
@pytest.mark.parametrize("flavor", ["iso", "extended"])
@pytest.mark.parametrize("order", [0, 1])
def test_every_plain_shape_is_measured_to_its_last_byte(text, flavor, order):
    shape = shapely.from_wkt(text)
    whole = blob(shape, flavor=flavor, byte_order=order)
    assert parse_gpkg_geometry(whole).equals_exact(shapely.force_2d(shape), 0)
    for cut in range(len(whole)):
        with pytest.raises(ValueError, match=r"header|short|kind|shape"):
            parse_gpkg_geometry(whole[:cut])


def test_no_pandas_and_no_gdal_is_loaded():
    code = (
        "import sys, surveys.formats.upload; print({'pandas', 'pyogrio', 'fiona'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.data
def test_every_real_file_is_read_as_a_whole(data):
    files = [p for p in data.rglob("*") if p.suffix in {".xlsx", ".gpkg"}]
    read = [read_upload(p.read_bytes(), file=p.name) for p in files]
    assert len(read) > 40
    assert all(sheet.rows for one in read if one.kind == "gpkg" for sheet in one.sheets)
    stations = next(one for one in read if one.name == "駅_2022.gpkg").sheets[0]
    assert len(stations.rows) == 7 and all(row.geometry is not None for row in stations.rows)
    with pytest.raises(InputError):
        read_upload(files[0].read_bytes(), file="a.csv")
