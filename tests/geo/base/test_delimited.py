"""A cell that is too long is told by its row and column, wherever a table is read."""

import csv

import pytest

from geo.base.delimited import Limits, parse_delimited
from geo.base.problems import InputError
from geo.sources.tabular import load_table
from surveys.formats.raw.sheets import read_sheets

MOST = csv.field_size_limit()
LONG = "長" * (MOST + 1)
LIMITS = Limits(rows=99, columns=9, cells=99_999)
# File → row and column that its refusal must name.
CASES = {
    "a plain cell": (f"名称,メモ\n西町,x\n東町,{LONG}\n", 3, "メモ"),
    "a quoted cell of several lines": (f'名称,メモ\n"西\n町","{LONG}\nx""y"\n', 2, "メモ"),
    "after a quoted cell with a comma": (f'名称,メモ\n"西,町",{LONG}\n', 2, "メモ"),
    "the first column": (f"名称,メモ\n{LONG},x\n", 2, "名称"),
    "a column with no name": (f"名称,,メモ\nx,{LONG},y\n", 2, "（2列目）"),
    "a column beyond the header": (f"名称,メモ\nx,y,{LONG}\n", 2, "（3列目）"),
    "the header itself": (f"名称,{LONG}\nx,y\n", 1, "（2列目）"),
    "below a title": (f"一覧表\n名称,所在地,メモ\nx,y,{LONG}\n", 3, "メモ"),
    "tabs": (f"名称\tメモ\nx\t{LONG}\n", 2, "メモ"),
}


@pytest.mark.parametrize(("text", "row", "column"), CASES.values(), ids=CASES)
def test_a_cell_that_is_too_long_is_told_by_row_and_column(tmp_path, text, row, column):
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    readers = [
        lambda: parse_delimited(text.encode(), file="a.csv", limits=LIMITS),
        lambda: read_sheets(text.encode(), file="a.csv"),
        lambda: load_table(path),
    ]
    for read in readers:
        with pytest.raises(InputError) as told:
            read()
        assert (
            f"{row}行目の列「{column}」" in told.value.words.ja and "a.csv" in told.value.words.ja
        )
        assert f"row {row}, column {column!r}" in told.value.words.en
        assert len(told.value.words.ja) < 300


@pytest.mark.parametrize(
    "text",
    [f'名称,メモ\nx,"{LONG}\n', f'名称,メモ\nx,"a"b,{LONG}\n', f'名称,メモ\n"x,{LONG}'],
    ids=["left open", "a sign after the quote", "open from the first cell"],
)
def test_quotes_that_are_wrong_are_still_what_is_told(text):
    with pytest.raises(InputError, match="quotation marks"):
        parse_delimited(text.encode(), file="a.csv", limits=LIMITS)


def test_a_cell_just_short_enough_is_read():
    text = f"名称,メモ\nx,{LONG[:MOST]}\n"
    found = parse_delimited(text.encode(), file="a.csv", limits=LIMITS)
    assert found.rows == ((2, ("x", LONG[:MOST])),)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("名称,緯度\n西町,34.8\n".encode("utf-16-le"), "--encoding UTF-16"),
        (
            "名称,緯度\n西町,34.8\n".encode("utf-16-be"),
            "UTF-16（目印のBOMなし）のようです。「CSV UTF-8」",
        ),
        ("名称,備考\n西町,あ\n東\0町,い\n".encode(), "3行目に、文字でない印"),
        (b"\x00\x01\x00\x00" * 200, "別の種類のファイル"),
    ],
    ids=["UTF-16 without its mark", "the other way round", "a stray zero", "no text at all"],
)
def test_zero_bytes_are_told_by_what_they_come_from(data, told):
    with pytest.raises(InputError) as refused:
        parse_delimited(data, file="a.csv", limits=LIMITS)
    assert told in refused.value.words.ja
