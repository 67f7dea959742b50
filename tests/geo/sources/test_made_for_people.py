"""Tables of people and of salons as an office lays them out for people to read."""

import io
import zipfile

import openpyxl

from geo.sources.people import load_people
from geo.sources.sites import load_sites


def workbook(path, name, rows, merged=()):
    book = openpyxl.Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    for one in merged:
        book.active.merge_cells(one)
    book.create_sheet("記入例").append(["名称", "緯度", "経度"])
    book.save(path)
    return path


def test_a_salon_list_in_excel_is_read_and_what_is_not_used_is_named(tmp_path):
    rows = [
        ["令和8年度 通いの場 一覧"], [],
        ["No.", "サロン名", "開催日時", None, "位置", None, "定員（人）", "担当係"],
        [None, None, "曜日", "時間", "緯度", "経度", None, None],
        ["■東部"],
        [1, "試験サロン己", "毎週火曜", "10:00～11:30", 34.729, 138.0896, 20, "甲"],
        ["合計", None, None, None, None, None, 20],
        ["※雨天中止"],
    ]  # fmt: skip
    merged = ("A3:A4", "B3:B4", "C3:D3", "E3:F3", "G3:G4", "H3:H4")
    sites, problems = load_sites(workbook(tmp_path / "a.xlsx", "一覧", rows, merged))
    (row,) = sites.to_dict("records")
    assert (row["name"], row["lon"], row["capacity"]) == ("試験サロン己", 138.0896, 20)
    assert row["schedule"] == "毎週火曜 10:00~11:30" and row["sessions_per_month"] > 4
    assert [(one.file, one.row) for one in problems] == [
        ("a.xlsx 記入例", None), ("a.xlsx 一覧", 1), ("a.xlsx 一覧", 5), ("a.xlsx 一覧", 7),
        ("a.xlsx 一覧", 8), ("a.xlsx", None),
    ]  # fmt: skip
    assert problems[-1].reason.ja == "使わなかった列: 担当係、小見出し"


def test_people_in_excel_by_sex_under_merged_headings_are_added_up(tmp_path):
    rows = [
        ["町丁目別人口", None, None, None, None, None, None, "令和8年4月1日現在"],
        ["町丁目名", "総人口", None, "65歳以上", None, "75歳以上", None, "世帯数"],
        [None, "男", "女", "男", "女", "男", "女", None],
        ["中町", 45, 55, 18, 22, 8, 12, 40],
        ["東部小計", 45, 55, 18, 22, 8, 12, 40],
        ["合計", 45, 55, 18, 22, 8, 12, 40],
    ]
    merged = ("A2:A3", "B2:C2", "D2:E2", "F2:G2", "H2:H3")
    table = load_people(workbook(tmp_path / "人口.xlsx", "人口", rows, merged))
    counts = table.frame[["key", "people_all", "people_65", "people_75"]]
    assert counts.to_numpy().tolist() == [["中町", 100, 40, 20]]
    assert [one.row for one in table.problems] == [None, 1, 5]
    said = " ".join(one.ja for one in table.notices)
    assert "1行は" in said and "使わなかった列: 世帯数" in said


def test_a_column_close_to_a_known_heading_is_suggested(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("名称,緯度,経度,開催の曜日\nあ,34.7001,138.0,火\n", "utf-8")
    (told,) = load_sites(path)[1]
    assert "開催の曜日（「開催曜日」のことなら" in told.reason.ja


def test_a_zip_with_one_table_is_a_table(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("一覧.csv", "名称,緯度,経度\nあ,34.7,138.0\n".encode("cp932"))
        archive.writestr("__MACOSX/._一覧.csv", b"x")
    path = tmp_path / "a.zip"
    path.write_bytes(out.getvalue())
    assert load_sites(path)[0]["name"].tolist() == ["あ"]


def test_the_place_of_a_tool_of_surveys_is_read(tmp_path):
    path = tmp_path / "kobo.csv"
    path.write_text(
        "名前,_場所_latitude,_場所_longitude,_場所_precision\nあ,34.729,138.0896,4.9\n", "utf-8"
    )
    sites, (told,) = load_sites(path)
    assert sites[["lat", "lon"]].to_numpy().tolist() == [[34.729, 138.0896]]
    assert told.reason.ja == "使わなかった列: _場所_precision"
