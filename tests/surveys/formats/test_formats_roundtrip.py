"""What is written is read back equal: every record type in every format."""

import csv
import io
import json
import sqlite3
import struct
import zipfile
from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime

import defusedxml.ElementTree
import openpyxl
import pyogrio
import pytest
import shapely
from geojson_rules import faults
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from register_strategies import HOSTILE, ORDINARY, READ_BACK, files

from geo.base.problems import InputError
from surveys.formats.format import FORMATS, dump_all, dump_type
from surveys.formats.parts.interpret import interpret
from surveys.formats.upload import read_upload
from surveys.record.answers import check_answers
from surveys.record.portable import Portable
from surveys.record.walk import WALK
from surveys.types import EVERY_TYPE

AT = "2026-11-21T07:00:00Z"
TYPES = [*EVERY_TYPE.values(), WALK]
LAW = settings(max_examples=12, suppress_health_check=list(HealthCheck), derandomize=True)


def kept(site):
    """Everything of a site that must come back, in a form that compares."""
    place = None if site.place is None else site.place.wkt
    return {
        "id": site.id, "type": site.type, "answers": site.answers, "place": place,
        "status": dict(site.status), "origin": site.origin, "seen_on": site.seen_on,
        "origins": {path: dict(one) for path, one in site.origins.items()},
        "number": site.number,
    }  # fmt: skip


def read(data, format_id, type_, **more):
    return interpret(read_upload(data, file=f"x{FORMATS[format_id].suffix}"), type_, **more)


@pytest.mark.parametrize("format_id", READ_BACK)
@pytest.mark.parametrize("type_", TYPES, ids=lambda one: one.id)
def test_every_site_comes_back_equal(type_, format_id):
    @LAW
    @given(sites=files(type_), lang=st.sampled_from(("ja", "en")))
    def law(sites, lang):
        data = dump_type(format_id, type_, sites, lang=lang, made_at=AT, exact=True)
        if not sites:
            with suppress(InputError):  # a file of nothing may be refused as one
                assert read(data, format_id, type_).rows == ()
            return
        reading = read(data, format_id, type_)
        assert list(reading.problems) == []
        assert [kept(row.site) for row in reading.rows] == [kept(one) for one in sites]
        assert all(not headers for headers in reading.ignored.values())

    law()


PARK = EVERY_TYPE["park"]
PLACE = shapely.Point(139.7, 35.7)


def park(**answers):
    checked, faults = check_answers(PARK, answers)
    assert faults == []
    return Portable(type="park", id="p1", answers=checked, place=PLACE, seen_on="2026-11-21")


def full_park():
    return park(
        name="富士見公園",
        area_m2=1234.5,
        opened="1980-04",
        shelter="unknown",
        toilets=[],
        equipment="unknown",
        exercise_schedule=[{"freq": "weekly", "weekdays": [1], "start": "09:30"}],
        benches=[
            {"_id": "a1", "back": "yes", "seat_cm": 42, "point": [139.7001, 35.7001]},
            {"_id": "b2", "note": "-5\n=1"},
        ],
    )


@pytest.mark.parametrize("format_id", READ_BACK)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_hostile_text_comes_back_sign_by_sign(format_id, lang):
    sites = [
        replace(
            park(name=text, note=text, kana=text, benches=[{"_id": "1", "note": text}]), id=f"s{n}"
        )
        for n, text in enumerate((*HOSTILE, *ORDINARY))
    ]
    reading = read(dump_type(format_id, PARK, sites, lang=lang, made_at=AT), format_id, PARK)
    assert list(reading.problems) == []
    assert [kept(row.site) for row in reading.rows] == [kept(one) for one in sites]


@pytest.mark.parametrize("format_id", READ_BACK)
def test_texts_longer_than_a_cell_come_back_whole(format_id):
    photos = [{"id": f"{n:064x}", "caption": f"=写真{n}" * 60} for n in range(150)]
    site = park(photos=photos, benches=[{"_id": "1", "photos": photos}])
    reading = read(dump_type(format_id, PARK, [site], made_at=AT), format_id, PARK)
    assert [kept(row.site) for row in reading.rows] == [kept(site)]
    assert list(reading.problems) == []


@pytest.mark.parametrize("format_id", FORMATS)
def test_the_same_sites_make_the_same_bytes(format_id):
    once, again = (dump_type(format_id, PARK, [full_park()], made_at=AT) for _ in range(2))
    assert once == again
    later = dump_type(format_id, PARK, [full_park()], made_at="2027-01-01T00:00:00Z")
    assert (later != once) == FORMATS[format_id].tells_time, "say so by tells_time"


def test_a_workbook_saved_again_by_another_program_comes_back_equal():
    sites = [
        full_park(),
        *(replace(park(name=t, note=t), id=f"s{n}") for n, t in enumerate(HOSTILE)),
    ]
    book = openpyxl.load_workbook(io.BytesIO(dump_type("xlsx", PARK, sites, made_at=AT)))
    out = io.BytesIO()
    book.save(out)
    reading = read(out.getvalue(), "xlsx", PARK)
    assert list(reading.problems) == []
    assert [kept(row.site) for row in reading.rows] == [kept(one) for one in sites]


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("cp932", ","), ("utf-16", "\t"), ("utf-8-sig", ",")]
)
def test_a_csv_saved_again_by_excel_comes_back_equal(encoding, delimiter):
    site = full_park()
    rows = list(
        csv.reader(io.StringIO(dump_type("csv", PARK, [site], made_at=AT).decode("utf-8-sig")))
    )
    # What Excel writes of what it took for a day, an hour, a number or yes.
    typed = {
        "2026-11-21": "2026/11/21",
        "1234.5": "1,234.5",
        "42": "42.0",
        "1980年4月": "1980年4月",
    }
    assert set(typed) <= set(rows[1])
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([[typed.get(cell, cell) for cell in row] for row in rows])
    reading = read(out.getvalue().encode(encoding), "csv", PARK)
    assert list(reading.problems) == []
    assert [kept(row.site) for row in reading.rows] == [kept(site)]


@pytest.mark.parametrize("format_id", READ_BACK)
def test_sites_without_an_id_keep_their_items_in_tables_apart(format_id):
    sites = [replace(full_park(), id=""), replace(park(name="北", benches=[{"_id": "z"}]), id="")]
    reading = read(dump_type(format_id, PARK, sites, made_at=AT), format_id, PARK)
    assert [kept(row.site) for row in reading.rows] == [kept(one) for one in sites]


@pytest.mark.parametrize("format_id", [id_ for id_, one in READ_BACK.items() if one.dump_many])
def test_all_types_in_one_file_are_told_apart(format_id):
    sites = {
        one: [Portable(type=one.id, id=f"{one.id}{n}", answers={"name": one.id}) for n in range(2)]
        for one in EVERY_TYPE.values()
    }
    data, suffix = dump_all(format_id, sites, made_at=AT)
    assert suffix == FORMATS[format_id].suffix
    for type_, mine in sites.items():
        reading = read(data, format_id, type_)
        assert [row.site.id for row in reading.rows] == [one.id for one in mine]
        assert list(reading.problems) == []


@pytest.mark.parametrize("format_id", [id_ for id_, one in FORMATS.items() if not one.dump_many])
def test_all_types_of_a_one_table_format_are_a_zip_of_files(format_id):
    sites = {PARK: [full_park()], EVERY_TYPE["bench"]: []}
    data, suffix = dump_all(format_id, sites, made_at=AT)
    assert suffix == ".zip" and data == dump_all(format_id, sites, made_at=AT)[0]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = f"park{FORMATS[format_id].suffix}"
        assert sorted(archive.namelist()) == [f"bench{FORMATS[format_id].suffix}", name]
        assert archive.read(name) == dump_type(format_id, PARK, [full_park()], made_at=AT)
        assert {one.date_time[0] for one in archive.infolist()} == {1980}


def test_gdal_opens_the_geopackage_with_shapes_rows_and_labels(tmp_path):
    path = tmp_path / "park.gpkg"
    sites = [full_park(), replace(park(name="北"), id="p2", place=None)]
    path.write_bytes(dump_type("gpkg", PARK, sites, made_at=AT))
    frame = pyogrio.read_dataframe(path, layer="park")
    assert list(frame.name) == ["富士見公園", "北"] and frame.crs.to_epsg() == 4326
    assert frame.geometry[0].equals(PLACE) and frame.geometry[1] is None
    assert frame.area_m2[0] == 1234.5 and frame.unknown_answers[0] == "equipment"
    benches = pyogrio.read_dataframe(path, layer="park_benches")
    assert list(benches.item_id) == ["a1", "b2"] and benches.geometry[0].x == 139.7001
    assert benches.back[0] == "yes"
    with closing(sqlite3.connect(path)) as db:
        title, rule = db.execute(
            "SELECT title, constraint_name FROM gpkg_data_columns"
            " WHERE table_name = 'park_benches' AND column_name = 'back'"
        ).fetchone()
        labels = dict(
            db.execute(
                "SELECT value, description FROM gpkg_data_column_constraints"
                " WHERE constraint_name = ?",
                [rule],
            )
        )
        qml = db.execute(
            "SELECT styleQML FROM layer_styles WHERE f_table_name = 'park_benches'"
        ).fetchone()[0]
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert title == "背もたれ" and labels == {"yes": "あり", "no": "なし", "unknown": "不明"}
    assert '<Option name="あり" type="QString" value="yes"' in qml
    # Its declaration names a DTD, as QGIS writes it; nothing is fetched.
    defusedxml.ElementTree.fromstring(qml)


def test_a_shape_in_the_geopackage_tells_its_box_from_west_to_north(tmp_path):
    slope = EVERY_TYPE["slope"]
    line = shapely.LineString([(139.7, 35.7), (139.9, 35.8)])
    path = tmp_path / "slope.gpkg"
    path.write_bytes(dump_type("gpkg", slope, [Portable(type="slope", place=line)], made_at=AT))
    with closing(sqlite3.connect(path)) as db:
        blob = db.execute("SELECT geom FROM slope").fetchone()[0]
        box = db.execute(
            "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'slope'"
        ).fetchone()
    assert struct.unpack_from("<2sBBi4d", blob) == (b"GP", 0, 3, 4326, 139.7, 139.9, 35.7, 35.8)
    assert box == line.bounds


def test_gdal_opens_the_geojson_with_shapes_and_rows(tmp_path):
    concern = EVERY_TYPE["concern"]
    ring = shapely.Polygon([(139.7, 35.7), (139.7, 35.8), (139.8, 35.8)])  # with the clock
    sites = [
        Portable(type="concern", id=f"c{n}", answers={"name": f"{n}"}, place=place)
        for n, place in enumerate((PLACE, ring, shapely.LineString([(139, 35), (139.1, 35)]), None))
    ]
    data = dump_type("geojson", concern, sites, made_at=AT)
    document = json.loads(data)
    assert faults(document) == []
    assert document["kayoi"] == {"type": "concern", "made_at": AT, "version": 1}
    assert [one["id"] for one in document["features"]] == ["c0", "c1", "c2", "c3"]
    assert document["features"][3]["geometry"] is None
    path = tmp_path / "concern.geojson"
    path.write_bytes(data)
    frame = pyogrio.read_dataframe(path)
    kinds = [None if one is None else one.geom_type for one in frame.geometry]
    assert kinds == ["Point", "Polygon", "LineString", None]


def test_no_cell_of_a_workbook_is_a_formula_and_numbers_stay_numbers():
    sites = [replace(park(name=t, note=t), id=f"s{n}") for n, t in enumerate(HOSTILE)]
    data = dump_type("xlsx", PARK, [full_park(), *sites], made_at=AT)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(n) for n in archive.namelist() if n.startswith("xl/worksheets/")]
    assert not any(b"<f>" in one or b"<f " in one or b't="e"' in one for one in sheets)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames[0] == "公園" and book.sheetnames[-1] == "_説明"
    assert book["_選択肢"].sheet_state == "hidden"
    heads = {cell.value: cell.column for cell in book["公園"][1]}
    first = {head: book["公園"].cell(2, at) for head, at in heads.items()}
    assert first["面積"].value == 1234.5 and first["経度"].value == 139.7
    assert first["確認日"].value == datetime(2026, 11, 21)  # noqa: DTZ001 - a day has no zone
    assert first["名前"].number_format == "@" and first["トイレ（くわしく）"].value == "なし"
    assert book["公園_ベンチ"].freeze_panes == "B2"
    assert book["公園_ベンチ"].data_validations.dataValidation


def test_no_text_of_a_csv_begins_as_a_formula_and_numbers_stay_numbers():
    sites = [replace(park(name=t, note=t), id=f"s{n}") for n, t in enumerate(HOSTILE)]
    west = Portable(type="park", id="w", place=shapely.Point(-122.5, -5.25))
    data = dump_type("csv", PARK, [west, *sites], made_at=AT)
    assert data.startswith(b"\xef\xbb\xbf") and b"\r\n" in data
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    lon, lat = rows[0].index("経度"), rows[0].index("緯度")
    assert (rows[1][lon], rows[1][lat]) == ("-122.5", "-5.25")
    for row in rows[2:]:
        assert not any(cell.lstrip()[:1] in tuple("=+-@＝＋－＠\t\r") for cell in row if cell)
