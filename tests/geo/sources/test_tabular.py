"""Tables in every encoding offices use."""

from pathlib import Path

import pytest

from geo.base.problems import InputError
from geo.sources.tabular import (
    MAX_BYTES,
    column_key,
    find_column,
    load_display_names,
    load_table,
    parse_count,
    parse_number,
    parse_table,
)

PLAIN = "名称,人数\r\n西町集会所,12\r\n"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (PLAIN.encode(), "UTF-8"),
        (PLAIN.encode("utf-8-sig"), "UTF-8 with a mark, as Excel saves it"),
        (PLAIN.encode("cp932"), "Shift_JIS, as older systems save it"),
        (PLAIN.replace(",", "\t").encode("utf-16"), "UTF-16 with TABs, as 新宿区 publishes"),
        (PLAIN.replace(",", "\t").encode(), "TABs"),
        (("\n,\n" + PLAIN).encode(), "empty rows above"),
        (("#LINK,\n#lang,ja\n" + PLAIN).encode(), "linked-data rows above"),
        (("通いの場の一覧,,\n名称,人数,備考\n西町集会所,12,\n").encode(), "a title above"),
        ("　名称 ,人数\n西町集会所　,１２\n\n,\n".encode(), "wide spaces and digits, empty rows below"),
        (b'"\xe5\x90\x8d\xe7\xa7\xb0","\xe4\xba\xba\xe6\x95\xb0"\n"\xe8\xa5\xbf\xe7\x94\xba\xe9\x9b\x86\xe4\xbc\x9a\xe6\x89\x80","12"\n', "quotes"),  # noqa: E501 - bytes
    ],
)  # fmt: skip
def test_a_table_reads_alike_however_it_was_saved(data, why):
    table = parse_table(data, file="a.csv")
    assert table.frame[["名称", "人数"]].to_dict("records") == [
        {"名称": "西町集会所", "人数": "12"}
    ], why
    assert table.problems == ()


@pytest.mark.parametrize(
    ("data", "says", "why"),
    [
        (b"PK\x03\x04rest", "CSV", "a workbook"),
        (b"\xd0\xcf\x11\xe0rest", ".xlsx", "a broken old workbook"),
        (b"", "見出し", "nothing at all"),
        (b"\n\n,,\n", "見出し", "only empty rows"),
        ("名称,人数\n".encode(), "行がありません", "only a header"),
        (b"a,b\n\xff\xff\x80,1\n", "文字として", "no known encoding"),
        (b"a,b\nx\x00y,1\n", "文字でない印", "zero bytes"),
        ('名称,人数\n"西町,3\n東町,4\n'.encode(), "2行目", "a quote that never closes"),
        (("a," * 3000 + "b\n1\n").encode(), "列が多すぎ", "too many columns"),
    ],
)
def test_what_is_no_table_is_refused_in_words(data, says, why):
    with pytest.raises(InputError) as error:
        parse_table(data, file="a.csv")
    assert says in error.value.words.ja, why
    assert "a.csv" in error.value.words.ja and "a.csv" in error.value.words.en


def test_row_numbers_are_those_of_the_file():
    table = parse_table(
        '#LINK\n\n名称,備考\n西町,"一行目\n二行目"\n\n東町,\n'.encode(), file="a.csv"
    )
    assert table.rows == (4, 6)  # as Excel counts: a cell with a line break is one row
    assert table.frame["備考"].tolist() == ["一行目 二行目", ""]


def test_a_row_longer_than_the_header_is_told():
    table = parse_table("名称,人数\n西町,3,住所,\n東町\n".encode(), file="a.csv")
    (problem,) = table.problems
    assert (problem.row, problem.value) == (2, "住所")
    assert table.frame["人数"].tolist() == ["3", ""]


def test_columns_without_a_name_or_named_twice_stay_apart():
    table = parse_table("名称,,名称\n西町,a,b\n".encode(), file="a.csv")
    assert list(table.frame.columns) == ["名称", "（2列目）", "名称_2"]


def test_the_property_row_of_linked_data_is_its_header():
    text = "#LINK,,\n#property,name,note\n#object_type_xsd,string,string\n1,西町,\n"
    table = parse_table(text.encode("utf-8-sig"), file="a.csv")
    assert table.find_column(["name"]) == "name"
    assert table.rows == (4,)


def test_a_huge_or_missing_file_is_refused_before_it_is_read(tmp_path):
    with pytest.raises(InputError, match="not found"):
        load_table(tmp_path / "no.csv")
    big = tmp_path / "big.csv"
    with big.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(InputError, match="too large"):
        load_table(big)


@pytest.mark.parametrize(
    ("text", "count", "why"),
    [
        ("32,500 ", 32500, "comma and space, as in 焼津市 公園一覧"), ("１２", 12, "wide digits"),
        ("12.0", 12, "a spreadsheet's whole number"), ("-", 0, "e-Stat's zero"),
        ("－", 0, "the same, wide"), ("X", None, "secret"), ("*", None, "secret"),
        ("", None, "empty"), ("120人", 120, "with its unit"), ("-3", -3, "told by the reader"),
    ],
)  # fmt: skip
def test_counts_are_read_as_offices_write_them(text, count, why):
    assert parse_count(text) == count, why


@pytest.mark.parametrize("text", ["12.5", "多数", "1e3", "9" * 5000, "12/3", "=1+2", "nan"])
def test_what_is_no_whole_number_is_refused(text):
    with pytest.raises(InputError):
        parse_count(text)


@pytest.mark.parametrize("text", ["", "不明", "nan", "inf", "1e999", "35.40.52", "35,6,a"])
def test_what_is_no_number_is_none(text):
    assert parse_number(text) is None


def test_columns_are_found_by_any_spelling():
    assert (
        find_column(["施設名 ", "ＬＡＴ", "６５歳以上（人）"], ["65歳以上"]) == "６５歳以上（人）"
    )
    assert find_column(["緯度", "LAT"], ["lat", "緯度"]) == "LAT"
    assert find_column(["緯度"], ["経度"]) is None
    assert column_key("#property") == "property"


def test_display_names_survive_a_trailing_comma_and_an_empty_file(tmp_path):
    beside = tmp_path / "attributes.csv"
    beside.write_text("original_name,display_name,label_flag\nitem2,名称,1,\nitem3,備考\n", "utf-8")
    assert load_display_names(tmp_path / "a.shp") == {"item2": "名称", "item3": "備考"}
    beside.write_text("original_name,display_name,label_flag\n", "utf-8")
    assert load_display_names(tmp_path / "a.shp") == {}
    assert load_display_names(Path("/nowhere/a.shp")) == {}


@pytest.mark.data
def test_every_real_list_can_be_read(data):
    files = [*data.glob("yaizu/facilities/*/*.csv"), *data.glob("takamatsu/**/*.csv")]
    read = [load_table(f) for f in files if f.name != "attributes.csv"]
    assert len(read) > 20
    assert sum(len(table.rows) for table in read) == 2370
