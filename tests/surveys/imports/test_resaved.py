"""Copies of our exports, saved again by other programs, come back as unchanged.

Neither Excel, LibreOffice nor QGIS runs here. What they write is imitated: by openpyxl (LibreOffice
writes a Boolean as the formula =TRUE()), by what Excel makes of a CSV it opens (numbers and dates of
whatever looks like one, Shift_JIS, tabs in UTF-16), and by GDAL itself, which QGIS writes with.
"""

import csv
import io
import re

import openpyxl
import pyogrio
import pytest
from import_fixtures import counts, edit, export, site_named, survey
from register_fixtures import LATER

SALONS = (
    "サロン名,会場,所在地,緯度,経度,電話番号,開催日時,内容,備考\n"
    "花の会,東会館,2-1,34.8612345,138.3112345,0546270000,毎週火曜 10:00～11:30,体操,𠮷野さん\n"
    "月の会,東会館,2-1,34.8612345,138.3112345,,第2・4水曜,お茶,12:30\n"
    "1-2-3,西会館,(1),34.8712345,138.3212345,,不定期,,\n"
)


def excel_csv(data, encoding="utf-8-sig"):
    """Return a CSV as Excel saves it after it has opened it."""
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([list(map(seen, row)) for row in rows])
    return out.getvalue().encode(encoding, "replace")


def seen(cell):
    """Return what Excel makes of a cell that looks like a number or a day."""
    if re.fullmatch(r"0[0-9]+", cell):
        return cell.lstrip("0") or "0"
    if found := re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", cell):
        return "/".join(str(int(one)) for one in found.groups())
    if found := re.fullmatch(r"([0-9]{1,2})-([0-9]{1,2})", cell):
        return f"{int(found[1])}月{int(found[2])}日"
    if found := re.fullmatch(r"\(([0-9]+)\)", cell):
        return f"-{found[1]}"
    return cell


def calc_xlsx(data):
    """Return a workbook as LibreOffice saves it: a Boolean is a formula."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book:
        for cell in (one for row in sheet.iter_rows() for one in row):
            if isinstance(cell.value, bool):
                cell.value = f"={str(cell.value).upper()}()"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def by_gdal(folder, data, suffix, driver, **options):
    """Return the first layer of a map as GDAL writes it into another file."""
    source = folder / f"in{suffix}"
    target = folder / f"out.{driver.casefold()}"
    source.write_bytes(data)
    layer = pyogrio.list_layers(source)[0][0]
    meta, table = pyogrio.read_arrow(source, layer=layer)
    pyogrio.write_arrow(
        table, target, driver=driver, geometry_name=meta["geometry_name"] or "wkb_geometry",
        geometry_type="Unknown", crs=meta["crs"], **options,
    )  # fmt: skip
    return target.read_bytes()


MADE = {
    "Excel: csv": ("csv", "csv", lambda data, _: excel_csv(data)),
    "Excel: Shift_JIS": ("csv", "csv", lambda data, _: excel_csv(data, "cp932")),
    "Excel: Unicode text": (
        "csv", "csv", lambda data, _: data.decode("utf-8-sig").replace(",", "\t").encode("utf-16"),
    ),
    "LibreOffice: xlsx": ("xlsx", "xlsx", lambda data, _: calc_xlsx(data)),
    "QGIS: six digits and a box": (
        "geojson", "geojson",
        lambda data, at: by_gdal(at, data, ".geojson", "GeoJSON", COORDINATE_PRECISION=6, WRITE_BBOX="YES"),
    ),
    "QGIS: a GeoPackage of GeoJSON, lists as JSON": (
        "geojson", "gpkg",
        lambda data, at: by_gdal(at, data, ".geojson", "GPKG", GEOMETRY_NAME="the_geom", FID="ogc_fid"),
    ),
    "QGIS: a CSV with WKT": (
        "geojson", "csv", lambda data, at: by_gdal(at, data, ".geojson", "CSV", GEOMETRY="AS_WKT"),
    ),
    "QGIS: a CSV of our GeoPackage": (
        "gpkg", "csv", lambda data, at: by_gdal(at, data, ".gpkg", "CSV", GEOMETRY="AS_WKT"),
    ),
}  # fmt: skip


@pytest.fixture
def filled(take, book):
    take(SALONS, type_id="salon", file="一覧.csv")
    survey(book, "西会館", {"office_phone": "0546270001", "note": "(3)"})
    return book


@pytest.mark.parametrize(("out", "suffix", "save"), MADE.values(), ids=MADE)
def test_a_copy_that_was_saved_again_is_unchanged(desk, filled, tmp_path, out, suffix, save):
    data = save(export(filled, "salon", out), tmp_path)
    plan = desk.plan(data, type_id="salon", file=f"写し.{suffix}", now=LATER)
    assert counts(plan) == {"same": 2}
    assert not [change for row in plan.rows for change in row.changes]


def test_what_a_spreadsheet_changed_is_told_and_what_a_person_changed_is_taken(desk, filled):
    data = excel_csv(export(filled, "salon")).decode("utf-8-sig").replace("東会館", "東新会館")
    plan = desk.plan(data, type_id="salon", file="写し.csv", now=LATER)
    assert counts(plan) == {"same": 1, "change": 1}
    told = {one.row for one in plan.problems if "表計算" in one.reason.ja}
    assert told == {2, 3}
    assert site_named(filled, "東会館").answers["address"] == "2-1"


def test_a_list_that_was_broken_on_the_way_is_told_and_stays(take, desk, book):
    take(
        "名称,利用できる地区,緯度,経度\n見守り隊,西町、東町,34.86,138.31\n",
        type_id="resource",
        file="a.csv",
    )
    before = site_named(book, "見守り隊").answers["area"]
    data = edit(export(book, "resource"), "見守り隊", 利用できる地区="['西町' '東町']")
    plan = desk.plan(data, type_id="resource", file="写し.csv", now=LATER)
    assert counts(plan) == {"same": 1} and before == ["西町", "東町"]
    assert [one.column for one in plan.problems] == ["利用できる地区"]
