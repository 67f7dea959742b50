"""Sheets of 国土地理院's 数値標高モデル are read as they are meant."""

import io
import zipfile

import numpy as np
import pytest
from height_files import TOWN, at_lonlat, cells, gsi, refused, write_zip

from geo.sources.heights.gsi import GSI_CREDIT
from geo.sources.heights.heights import load_heights, tell_source


def sheet(tmp_path, content, name="FG-GML-5238-67-00-DEM5A-20250908.xml"):
    (tmp_path / name).write_bytes(content)
    return tmp_path / name


@pytest.mark.parametrize("encoding", ["UTF-8", "Shift_JIS"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_sheet_runs_from_the_north_west_row_by_row(tmp_path, encoding, newline):
    path = sheet(tmp_path, gsi(range(12), encoding=encoding, newline=newline))
    assert cells(path) == pytest.approx(np.arange(12.0).reshape(3, 4), abs=1e-3)


def test_a_sheet_told_from_the_south_is_turned(tmp_path):
    path = sheet(tmp_path, gsi(range(12), order="+x+y"))
    assert cells(path) == pytest.approx(np.arange(12.0).reshape(3, 4)[::-1], abs=1e-3)


def test_no_data_is_no_height_whatever_its_type_and_zero_is_one(tmp_path):
    told = ["地表面,0.00", "表層面,3.20", "海水面,-9999.", "内水面,-9999.00", "データなし,-9999.",
            "その他,-9999.", "内水面,1.50", "データなし,0.00", "地表面,-1.25", "地表面,9", "地表面,9",
            "地表面,9"]  # fmt: skip
    n = np.nan
    want = [[0, 3.2, n, n], [n, n, 1.5, n], [-1.25, 9, 9, 9]]
    assert cells(sheet(tmp_path, gsi(told))) == pytest.approx(np.array(want), abs=1e-3, nan_ok=True)


def test_cells_before_the_start_point_and_after_the_last_are_padded(tmp_path):
    n = np.nan
    found = cells(sheet(tmp_path, gsi([1, 2, 3, 4, 5], start="2 1")))
    want = np.array([[n, n, n, n], [n, n, 1, 2], [3, 4, 5, n]])
    assert found == pytest.approx(want, abs=1e-3, nan_ok=True)


def test_the_sheets_of_a_zip_of_zips_are_one_and_the_better_measured_wins(tmp_path):
    five = gsi([5.0] * 12)
    beside = gsi([5.0] * 12, west=138.604)
    photo = gsi([*[7.0] * 11, "データなし,-9999."], west=138.604)
    ten = gsi([9.0] * 16, columns=4, rows=4, step=0.004, west=138.596, south=34.996)
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("FG-GML-5238-67-01-DEM5B-20200101.xml", photo)
        archive.writestr("FG-GML-5238-67-01-DEM5A-20240501.xml", beside)
        archive.writestr("fmdid15-0101.xml", "<Metadata/>")
    path = write_zip(
        tmp_path / "PackDLMap.zip",
        {
            "FG-GML-5238-67-dem10b-20161001.xml": ten,
            "FG-GML-523867-DEM5A-20240501.zip": inner.getvalue(),
            "FG-GML-5238-67-00-DEM5A-20230101.xml": five,
            "readme.txt": "x",
        },
    )
    grids = load_heights(path, TOWN)
    lon = np.array([138.6035, 138.604, 138.6045, 138.598])  # the second in the crack
    assert at_lonlat(grids, lon, np.full(4, 35.0015)) == pytest.approx([5, 5, 5, 9], abs=1e-3)
    told = tell_source(path)
    assert told.credit == GSI_CREDIT == "国土地理院 基盤地図情報（数値標高モデル）を加工して作成"
    assert "DEM5A" in told.name
    assert "DEM10B" in told.name
    assert told.date == "2024-05-01"


def test_a_sheet_outside_the_town_is_not_even_parsed(tmp_path):
    far = gsi(["bad"], west=140.0)
    assert load_heights(sheet(tmp_path, far), TOWN) == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<a>", "読めません"),
        (b"", "読めません"),
        (b"<Dataset/>", "Envelope"),
        (gsi(range(13)), "13 of 4 x 3"),
        (gsi(range(12), start="9 9"), "12 of 4 x 3"),
        (gsi(range(12), start="-1 0"), "4 x 3"),
        (gsi(["地表面,高い"] * 12), "ValueError"),
        (gsi(range(12), order="+y+x"), "sequenceRule"),
        (gsi(range(12), frame="mars.bl"), "mars"),
        (gsi(range(2)).replace(b"<gml:high>3 2<", b"<gml:high>999999 999999<"), "1000000 x 1000000"),
        (gsi(range(12)).replace(b"<Dataset ", b'<!DOCTYPE x [<!ENTITY a "b">]><Dataset '), "読めません"),
    ],
)  # fmt: skip
def test_a_broken_or_hostile_sheet_is_refused_in_words(tmp_path, content, why):
    refused(sheet(tmp_path, content), why)
