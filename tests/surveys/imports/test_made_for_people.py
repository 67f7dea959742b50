"""Lists made for people, brought into a register: each trap in its smallest made-up file, nothing in silence."""

import io
import zipfile

import openpyxl
import pytest
from import_fixtures import counts, export, site_named
from old_books import cell, pack, stream

from geo.base.problems import InputError
from geo.sheets.choose import ManySheetsError
from surveys.imports.asked import find_asked
from surveys.imports.unused import count_unused, list_unused
from surveys.types import RECORD_TYPES

SALON = RECORD_TYPES["salon"]
TOP = "名称,緯度,経度,定員\n"
ONE = "西町の会,34.86,138.31,20\n"
HEADS = ["名前", "緯度", "経度"]
ROW = ["西町の会", 34.86, 138.31]
TOILETS = "名称,緯度,経度,男性トイレ数（小便器）,オストメイト設置トイレ有無\n駅前,34.8,138.3,2,有\n"
WHENS = "名称,緯度,経度,曜日,時間"


def sheets(*given):
    out, made = io.BytesIO(), openpyxl.Workbook()
    made.remove(made.active)
    for name, rows, *merged in given:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for one in merged:
            sheet.merge_cells(one)
    made.save(out)
    return out.getvalue()


def packed(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def read(desk, data, *, type_id="salon", file="list.csv", **more):
    return desk.read(data, type_id=type_id, file=file, on="", **more)


def titles(plan):
    return [row.title for row in plan.rows]


def said(reading, type_=SALON):
    return [one.ja for one in list_unused(type_, reading)]


# Columns that vanish: what is read is read, and what is not is named.
@pytest.mark.parametrize(
    ("header", "cell", "told"),
    [
        ("天体", "月", "列「天体」: 当てはまる項目がありません"),
        ("事業所の正式名称", "西町会館", "列「事業所の正式名称」: 「名前」のことなら --map '事業所の正式名称=name'"),
        ("窓口のメール", "a@example.jp", "列「窓口のメール」: 当てはまる項目がありません"),
    ],
)  # fmt: skip
def test_every_unused_column_is_named_with_what_it_may_be(desk, header, cell, told):
    plan, reading = read(
        desk,
        f"{WHENS},{header}\n西町の会,34.86,138.31,毎週火曜,10:00～11:30,{cell}\n",
    )
    assert said(reading) == [told]
    assert count_unused(reading).ja == "使わなかったもの: 列 1"
    assert reading.samples["list"][header] == (cell,)
    assert plan.rows[0].action == "new"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("合計,,,20\n", "合計の行"),
        ("※ 祝日は休み,,,\n", "注の行"),
        ("【記入例】,34.8,138.3,10\n", "記入例の行"),
    ],
)
def test_a_row_that_is_no_place_is_told_and_left_out(desk, row, told):
    plan, reading = read(desk, TOP + ONE + row)
    assert titles(plan) == ["西町の会"]
    (line,) = said(reading)
    assert "3行目" in line and told in line


@pytest.mark.parametrize(
    ("merged", "want"),
    [
        ("A2:A3", ["西町のベンチ", "西町のベンチ", "東町のベンチ"]),
        ("A2:A4", ["西町のベンチ", "西町のベンチ", "西町のベンチ"]),
        ("A3:A4", ["西町のベンチ", "", ""]),
    ],
)
def test_merged_names_stand_in_all_their_rows(desk, merged, want):
    rows = [
        ["名前", "緯度", "経度"],
        ["西町のベンチ", 34.86, 138.31],
        [None, 34.861, 138.31],
        ["東町のベンチ", 34.862, 138.31],
    ]
    data = sheets(("ベンチ一覧", rows, merged))
    plan, reading = read(desk, data, type_id="bench", file="b.xlsx")
    assert titles(plan) == want
    assert len(find_asked(plan).names) == want.count("")
    assert len(reading.mended) == (merged != "A3:A4")


@pytest.mark.parametrize(
    "heads", ["_場所_latitude,_場所_longitude", "場所-Latitude,場所-Longitude", "lat,lng"]
)
def test_places_under_headings_of_other_tools_are_read(desk, heads):
    plan, _ = read(desk, f"名前,{heads},背もたれ\nベンチK,34.729,138.0896,あり\n", type_id="bench")
    place = plan.rows[0].version.patch["@place"]
    assert (place.y, place.x) == (34.729, 138.0896)


@pytest.mark.parametrize(
    "data",
    [
        packed(**{"list.csv": TOP + ONE, "__MACOSX/._list.csv": "x"}),
        packed(**{"readme.md": "x", "t/list.xlsx": sheets(("一覧", [HEADS, ROW]))}),
        packed(**{"一覧.csv": (TOP + ONE).encode("cp932"), ".DS_Store": "x"}),
    ],
)  # fmt: skip
def test_a_zip_with_companions_is_its_one_table(desk, data):
    assert titles(read(desk, data, file="a.zip")[0]) == ["西町の会"]


def test_titles_two_rows_of_headings_and_hidden_sheets_are_seen_through(desk):
    rows = [
        ["令和8年度 通いの場一覧"], [], ["名称", "場所", None, "開催日時"], [None, "緯度", "経度", None],
        ["西町の会", 34.86, 138.31, "毎週火曜 10:00～11:30"],
    ]  # fmt: skip
    data = sheets(
        ("一覧", rows, "B3:C3", "A3:A4", "D3:D4"), ("記入例", [["名称", "緯度"], ["例の会", 35]])
    )
    plan, reading = read(desk, data, file="a.xlsx")
    assert titles(plan) == ["西町の会"]
    assert plan.rows[0].version.patch["@place"].y == 34.86
    assert [one.partition(":")[0] for one in said(reading)] == [
        "a.xlsx 記入例", "a.xlsx 一覧 1行目 （令和8年度 通いの場一覧）",
    ]  # fmt: skip
    assert count_unused(reading).ja == "使わなかったもの: 行 1・シート 1"


def test_an_old_workbook_is_read_as_any_other(desk):
    rows = [["通いの場一覧"], HEADS, ROW, ["合計", None, None]]
    cells = [
        cell(row, at, one) for row, own in enumerate(rows) for at, one in enumerate(own) if one
    ]
    plan, reading = read(desk, pack(stream(("一覧", 0, cells))), file="a.xls")
    assert titles(plan) == ["西町の会"] and plan.rows[0].version.patch["@place"].x == 138.31
    assert count_unused(reading).ja == "使わなかったもの: 行 2"


def test_several_sheets_are_asked_about_and_those_chosen_are_read(desk):
    table = [["名称", "緯度", "経度"], ["会", 34.86, 138.31]]
    data = sheets(("東", table), ("西", table), ("南", table))
    with pytest.raises(ManySheetsError) as told:
        read(desk, data, file="a.xlsx")
    assert told.value.names == ("東", "西", "南")
    plan, reading = read(desk, data, file="a.xlsx", sheets=("東", "南"))
    assert [(row.sheet, row.row) for row in plan.rows] == [("東", 2), ("南", 2)]
    assert [one.file for one in reading.aside] == ["a.xlsx 西"]
    with pytest.raises(InputError, match="no sheet of that name"):
        read(desk, data, file="a.xlsx", sheets=("北",))


def test_all_sheets_of_one_layout_are_read_at_once_and_others_named(desk):
    other = [["電話", "名称", "備考"], ["1", "役場", "x"]]
    east, west = [HEADS, ROW], [[*reversed(HEADS)], [138.32, 34.87, "東町の会"]]
    data = sheets(("東", east), ("西", west), ("別", other), ("記入例", east))
    plan, reading = read(desk, data, file="a.xlsx", sheets=("all",))
    assert [(row.sheet, row.title) for row in plan.rows] == [("東", "西町の会"), ("西", "東町の会")]
    assert {one.file for one in reading.aside} == {"a.xlsx 別", "a.xlsx 記入例"}
    two = sheets(("東", east), ("別", [["名前", "緯度", "経度", "定員"], [*ROW, 3]]))
    with pytest.raises(ManySheetsError):
        read(desk, two, file="a.xlsx", sheets=("all",))


def test_a_sheet_of_another_kind_in_our_own_workbook_is_named(desk):
    ours = ["地点ID", "名前", "緯度", "経度"]
    data = sheets(
        ("通いの場", [ours, ["", "合計", 34.86, 138.31]]), ("公園", [ours, ["", "東", 34.8, 138.3]])
    )
    plan, reading = read(desk, data, file="a.xlsx")
    assert titles(plan) == ["合計"], "a row of ours is a place, whatever it is called"
    assert said(reading) == [
        "a.xlsx 公園: 「公園」のシートです。取りこむときに「公園」を選ぶと読みます"
    ]


def test_a_text_is_read_in_the_encoding_that_is_chosen(desk):
    data = (TOP + "中央会館,34.86,138.31,20\n").encode("euc_jp")
    assert titles(read(desk, data, encoding="euc_jp")[0]) == ["中央会館"]
    with pytest.raises(InputError, match="cannot be read as utf-8-sig"):
        read(desk, data, encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("text", "type_id", "file", "want"),
    [
        ("公園名,緯度,経度,面積,遊具,ベンチ\n東,34.8,138.3,900,あり,2\n", "salon", "a.csv", "park"),
        (TOILETS, "bench", "a.csv", "toilet"),
        ("名称,緯度,経度\n東,34.8,138.3\n", "salon", "公園一覧.csv", "park"),
        ("名称,緯度,経度,曜日,時間\n公園体操の会,34.8,138.3,毎週火曜,10:00～11:00\n", "salon", "公園体操.csv", None),
        ("名称,緯度,経度\n東,34.8,138.3\n", "salon", "一覧.csv", None),
        ("名称,緯度,経度\n東公園,34.8,138.3\n西公園,34.8,138.31\n遊園,34.8,138.32\n", "salon", "一覧.csv", "park"),
        ("名称,緯度,経度\n東公園,34.8,138.3\n公園の会,34.8,138.31\n", "salon", "一覧.csv", None),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_asked_about(desk, text, type_id, file, want):
    plan, _reading = read(desk, text, type_id=type_id, file=file)
    found = find_asked(plan).kind
    assert (found and found.type.id) == want


def test_places_outside_the_town_are_asked_about_and_those_within_are_not(desk):
    plan, _reading = read(desk, TOP + ONE + "札幌の会,43.06,141.35,9\n場所なし,,,9\n")
    asked = find_asked(plan, lambda place: place.y < 40)
    assert [row.title for row in asked.places] == ["札幌の会"]
    assert asked.left(()) == ["places"] and asked.left(("places",)) == []


def test_what_is_not_used_of_a_list_is_told_and_the_rest_taken(desk):
    plan = desk.take(TOP + ONE + "合計,,,20\n", type_id="salon", file="list.csv")
    assert counts(plan) == {"new": 1}
    assert site_named(desk.book, "西町の会").place.y == 34.86


def test_of_a_zip_of_several_tables_is_asked_which_and_all_of_one_layout_may_be_taken(desk):
    def packed(*names):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name in names:
                archive.writestr(f"{name}.csv", f"名称,住所\n{name}公園,{name}町1\n")
        return out.getvalue()

    with pytest.raises(ManySheetsError) as asked:
        desk.plan(packed("西", "東"), file="公園.zip")
    assert asked.value.names == ("西.csv", "東.csv")
    for sheets, titles in ((("東.csv",), ["東公園"]), (("all",), ["西公園", "東公園"])):
        made = desk.plan(packed("西", "東"), file="公園.zip", sheets=sheets)
        assert [row.title for row in made.rows] == titles


def test_a_zip_of_our_exports_is_asked_about_and_takes_the_file_that_is_chosen(desk):
    desk.take("名称,住所\n西公園,西町1\n", file="a.csv")
    desk.take("名称,住所\n朝の会,西町2\n", type_id="salon", file="b.csv")
    files = {f"{one}.csv": export(desk.book, one) for one in ("park", "salon")}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    for sheets in ((), ("all",)):
        with pytest.raises(ManySheetsError):
            desk.plan(out.getvalue(), file="控え.zip", sheets=sheets)
    made = desk.plan(out.getvalue(), file="控え.zip", sheets=("park.csv",))
    assert [(row.title, row.action) for row in made.rows] == [("西公園", "same")]
