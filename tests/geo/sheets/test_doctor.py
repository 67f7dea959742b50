"""Every trap of a table made for people, each in its smallest made-up file."""

import io

import openpyxl
import pytest

from geo.base.delimited import Limits
from geo.base.problems import InputError
from geo.sheets.book import open_book
from geo.sheets.doctor import SUB_HEADING, find_table
from geo.sheets.mending import lost_zero, mend_columns

LIMITS = Limits(rows=99_999, columns=200, cells=999_999)
KNOWN = (
    "名称",
    "サロン名",
    "緯度",
    "経度",
    "定員",
    "曜日",
    "町丁目名",
    "総人口",
    "65歳以上",
    "75歳以上",
    "備考",
)


def read(data, *, file="a.csv", known=KNOWN, **more):
    data = data.encode() if isinstance(data, str) else data
    return find_table(open_book(data, file=file, limits=LIMITS), known=known, most=200, **more)


def book(*sheets):
    out, made = io.BytesIO(), openpyxl.Workbook()
    made.remove(made.active)
    for name, rows, *more in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for change in more:
            change(sheet)
    made.save(out)
    return out.getvalue()


def merge(*ranges):
    return lambda sheet: [sheet.merge_cells(one) for one in ranges]


def told(found):
    return [(one.row, one.reason.ja) for one in (*found.aside, *found.mended)]


def test_a_ditto_mark_is_what_stands_above_and_a_mark_of_nothing_is_blank():
    found = read("名称,備考,定員\n東,〃,20\n西,松,〃\n南,〃,〃\n")
    assert [cells for _, cells in found.rows] == [
        ("東", None, "20"), ("西", "松", "20"), ("南", "松", "20"),
    ]  # fmt: skip
    assert [(one.row, one.column) for one in found.mended] == [
        (2, "備考"),
        (4, "備考"),
        (3, "定員"),
    ]


LIST = "名称,緯度,経度,定員\n"
HALL = "西町会館,34.7,138.0,20\n"


@pytest.mark.parametrize(
    ("text", "row", "says"),
    [
        (LIST + HALL + "合計,,,20\n", 3, "合計の行"),
        (LIST + HALL + "合　計,,,２０人\n", 3, "合計の行"),
        (LIST + HALL + "計,1か所\n", 3, "合計の行"),
        (LIST + "東部小計,,,20\n" + HALL, 2, "小計の行"),
        (LIST + "（例）○○会館,34.1,138.1,10\n" + HALL, 2, "記入例の行"),
        (LIST + "記入例,○○会館,,\n" + HALL, 2, "記入例の行"),
        (LIST + HALL + "※定員は目安です\n", 3, "注の行"),
        (LIST + HALL + "注1,祝日は休み\n", 3, "注の行"),
        (LIST + HALL + ",\n変更の時は市へ\n", 4, "注の行"),
        (LIST + HALL + LIST, 3, "見出しがもう一度"),
        ("令和8年度 一覧,試験市\n" + LIST + HALL, 1, "表の上"),
        ("令和8年4月1日現在\n\n一覧,,(人)\n" + LIST + HALL, 1, "表の上"),
    ],
)
def test_a_row_that_is_none_of_the_table_is_set_aside_and_told(text, row, says):
    found = read(text)
    assert [cells[0] for _, cells in found.rows] == ["西町会館"]
    (one,) = [one for one in told(found) if one[0] == row]
    assert says in one[1]


@pytest.mark.parametrize(
    "row",
    [
        "日時計,34.7,138.0,20", "合計,34.7,138.0,20", "例会の家,34.7,138.0,20", "西町会館,,,",
        "小計算教室,34.7,138.0,20", "※西町,34.7,138.0,20", "中央地区会館,34.7,138.0,", "総合計画課,,,電話",
    ],
)  # fmt: skip
def test_a_place_is_never_taken_for_a_sum_or_a_note(row):
    found = read(LIST + f"{row}\n" + HALL)
    assert [cells[0] for _, cells in found.rows] == [row.split(",")[0], "西町会館"]
    assert told(found) == []


def test_sub_headings_stand_beside_the_rows_under_them():
    found = read(LIST + "■東部\n" + HALL + "西部地区\n南会館,34.6,138.1,9\n")
    assert found.columns[-1] == SUB_HEADING
    assert [(at, cells[0], cells[-1]) for at, cells in found.rows] == [
        (3, "西町会館", "■東部"), (5, "南会館", "西部地区"),
    ]  # fmt: skip
    assert [row for row, why in told(found) if "小見出し" in why] == [2, 4]
    empty = read(LIST + "■東部\n■西部\n" + HALL)
    assert [cells[-1] for _, cells in empty.rows] == ["■西部"]
    assert "下に行がありません" in told(empty)[0][1]


def test_sums_of_the_whole_are_left_to_a_door_that_knows_them():
    text = "町丁目名,総人口,65歳以上\n中町,9,3\n東部小計,9,3\n計,9,3\n"
    assert [cells[0] for _, cells in read(text, sums="parts").rows] == ["中町", "計"]
    by_sex = "町丁目名,性別,総人口\n中町,男,4\n,女,5\n,計,9\n"
    assert [cells[1] for _, cells in read(by_sex, sums="parts").rows] == ["男", "女", "計"]


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        (
            "町丁目名,総人口,,\n,男,女,計\n中町,4,5,9\n",
            ("町丁目名", "総人口の男", "総人口の女", "総人口"),
        ),
        ("名称,位置,,備考\n,緯度,経度,\n西町会館,34.7,138.0,\n", ("名称", "緯度", "経度", "備考")),
        (
            "町丁目名,男,,女,\n,0～4歳,5～9歳,0～4歳,5～9歳\n中町,1,2,3,4\n",
            ("町丁目名", "0~4歳の男", "5~9歳の男", "0~4歳の女", "5~9歳の女"),
        ),
        (
            "一覧\n名称,位置,,備考\n,緯度,経度,\n西町会館,34.7,138.0,\n",
            ("名称", "緯度", "経度", "備考"),
        ),
        ("※名称（必須）,緯度\n西町会館,34.7\n", ("名称", "緯度")),
        ('"名\n称",定\u200b員\n西町会館,20\n', ("名 称", "定員")),
    ],
)
def test_headings_of_two_rows_are_joined_and_their_marks_go(text, columns):
    found = read(text)
    assert found.columns == columns
    assert len(found.rows) == 1


@pytest.mark.parametrize(
    "text",
    [
        "名称,住所,,備考\n西町,あ,い,\n東町,う,え,\n",  # a column without a name
        "名称,,名称\n西町,a,b\n",
        "名称,備考\n西町,\n",
    ],
)
def test_a_first_row_of_texts_is_no_second_heading(text):
    assert read(text).rows[0][1][0] == "西町"


def test_merged_cells_are_filled_but_numbers_are_not_counted_twice():
    rows = [
        ["名称", "緯度", "経度", "定員"], ["西町会館", 34.7, 138.0, 20], [None, None, None, None, None],
        ["東町会館", 34.6, 138.1, 9],
    ]  # fmt: skip
    rows[2] = [None, None, None, None, "x"]
    rows[0].append("曜日")
    found = read(book(("一覧", rows, merge("A2:A3", "B2:B3", "C2:C3", "D2:D3"))), file="a.xlsx")
    assert found.rows[1] == (3, ("西町会館", 34.7, 138, None, "x"))
    assert [why for row, why in told(found) if row == 2 and "二重に" in why]
    assert found.rows[2][1][0] == "東町会館"


def test_merged_headings_over_two_rows_are_joined():
    rows = [
        ["名称", "位置", None, "備考"],
        [None, "緯度", "経度", None],
        ["西町会館", 34.7, 138.5, "x"],
    ]
    found = read(book(("一覧", rows, merge("A1:A2", "B1:C1", "D1:D2"))), file="a.xlsx")
    assert found.columns == ("名称", "緯度", "経度", "備考")
    assert found.rows == ((3, ("西町会館", 34.7, 138.5, "x")),)


def test_a_row_merged_across_is_a_sub_heading():
    rows = [["名称", "緯度", "経度"], ["東のほう"], ["西町会館", 34.7, 138.5]]
    found = read(book(("一覧", rows, merge("A2:C2"))), file="a.xlsx")
    assert [cells[-1] for _, cells in found.rows] == ["東のほう"]


def test_other_sheets_are_named_and_two_lists_are_asked_about():
    rows = [["名称", "緯度"], ["西町会館", 34.7]]
    hide = lambda sheet: setattr(sheet, "sheet_state", "hidden")  # noqa: E731 - one line
    found = read(
        book(
            ("一覧", rows), ("記入例", rows), ("控え", rows, hide), ("集計", [["月", "回"], [1, 2]])
        ),
        file="a.xlsx",
    )
    assert found.sheet == "一覧"
    assert [(one.file, one.row) for one in found.aside] == [
        ("a.xlsx 記入例", None), ("a.xlsx 控え", None), ("a.xlsx 集計", None),
    ]  # fmt: skip
    with pytest.raises(InputError) as error:
        read(book(("東部", rows), ("西部", rows)), file="a.xlsx")
    assert "「東部」、「西部」" in error.value.words.ja
    with pytest.raises(InputError, match="no table"):
        read(book(("記入例", rows)), file="a.xlsx")


def test_codes_are_mended_where_the_check_digit_proves_it():
    found = read("市区町村コード,名称\n92011,あ\n92011,い\n122271,う\n")
    assert [cells[0] for _, cells in found.rows] == ["092011", "092011", "122271"]
    assert "検査数字" in told(found)[0][1]
    plain = read("市区町村コード,名称\n12227,あ\n")
    assert plain.rows[0][1][0] == "12227" and told(plain) == []
    both = read("市区町村コード,名称\n12106,あ\n")  # 岩見沢市 without its zero, or a ward of 千葉市
    assert both.rows[0][1][0] == "12106" and "決められません" in told(both)[0][1]


def test_days_of_excel_are_days_and_lost_zeros_of_telephones_are_told():
    found = read("名称,基準日,電話番号\nあ,45383,312345678\nい,,03-1234-5678\n")
    assert [cells[1] for _, cells in found.rows] == ["2024-04-01", ""]
    assert [(one.column, one.value) for one in found.mended] == [
        ("基準日", "45383"), ("電話番号", "312345678"),
    ]  # fmt: skip
    assert read("名称,開始年\nあ,45383\n").rows[0][1][1] == "45383"


def test_two_codes_that_may_both_have_lost_their_zero_are_told():
    codes = [one for one in map(str, range(12_101, 13_000)) if lost_zero(one)][:2]
    rows = [(at, (one,)) for at, one in enumerate(codes, 2)]
    (told,) = mend_columns(rows, ["市区町村コード"], "a.csv")
    assert "決められません" in told.reason.ja and told.value == "、".join(codes)
    assert [cells for _, cells in rows] == [(one,) for one in codes]
