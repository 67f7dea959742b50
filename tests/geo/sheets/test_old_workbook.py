"""Old .xls workbooks: what each cell is, and that no crafted one takes more than it holds."""

import random
import struct
from datetime import date

import pytest
from old_books import (
    BOOL,
    CONTINUE,
    DIMENSION,
    FORMULA,
    MERGED,
    RK,
    SHARED,
    SST,
    STRING,
    cell,
    day,
    pack,
    place,
    record,
    stream,
    text,
)
from python_calamine import CalamineWorkbook

from geo.base.delimited import Limits
from geo.base.problems import InputError
from geo.sheets.biff_texts import PartedText
from geo.sheets.book import open_book

LIMITS = Limits(rows=99_999, columns=200, cells=999_999)
TEXT_NEXT = bytes([0, 0, 0, 0, 0, 0, 0xFF, 0xFF]) + bytes(6)
CELLS = [
    cell(0, 0, "名称"), cell(0, 1, "緯度"), cell(0, 2, "確認日"), cell(0, 3, "定員"),
    cell(1, 0, (SHARED, struct.pack("<I", 1))), cell(1, 1, 34.729), day(1, 2, 46113),
    cell(1, 3, (RK, struct.pack("<i", (20 << 2) | 2))),
    cell(2, 0, (FORMULA, TEXT_NEXT)), record(STRING, text("式の会")),
    cell(2, 1, (BOOL, b"\x01\x00")), cell(2, 3, (BOOL, b"\x07\x01")),
    record(MERGED, struct.pack("<HHHHH", 1, 1, 2, 2, 2)),
]  # fmt: skip


def read(data):
    return open_book(data, file="a.xls", limits=LIMITS)


def test_cells_are_texts_numbers_days_and_faults_told():
    data = pack(stream(("一覧", 0, CELLS), ("隠", 1, [cell(4, 2, 1.5)]), shared=("a", "西町の会")))
    first, second = read(data).sheets
    assert first.rows == [
        (1, ("名称", "緯度", "確認日", "定員")),
        (2, ("西町の会", 34.729, date(2026, 4, 1), 20)),
        (3, ("式の会", True)),
    ]
    assert [(one.row, one.column) for one in first.problems] == [(3, "D3")]
    assert [(one.top, one.bottom, one.left) for one in first.spans] == [(2, 3, 2)]
    assert (second.hidden, second.rows) == (True, [(5, (None, None, 1.5))])


def test_it_reads_what_calamine_reads(tmp_path):
    path = tmp_path / "a.xls"
    path.write_bytes(pack(stream(("一覧", 0, CELLS[:8]), shared=("a", "西町の会"))))
    theirs = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("一覧").to_python()
    assert [list(cells) for _, cells in read(path.read_bytes()).sheets[0].rows] == theirs


def test_a_text_goes_on_in_the_next_record_with_signs_of_another_width():
    parts = [b"\x05\x00\x01" + "西町".encode("utf-16-le"), b"\x00abc"]
    assert PartedText(parts).long_text() == "西町abc"
    rich = b"\x02\x00\x0c\x01\x00\x03\x00\x00\x00ab" + bytes(7) + b"\x01\x00\x00c"
    reader = PartedText([rich[:9], b"\x00" + rich[9:12], rich[12:]])
    assert (reader.rich_text(), reader.rich_text(), reader.ended()) == ("ab", "c", True)


CRAFTED = {
    "a dimension of all there could be": (
        [record(DIMENSION, struct.pack("<IIHHH", 0, 0xFFFFFFF0, 0, 0xFFF0, 0)), cell(0, 0, "あ")], None,
    ),
    "a far column": ([cell(0, 60_000, 1.0)], "読めません"),
    "a shared text that is not there": ([cell(0, 0, (SHARED, struct.pack("<I", 9)))], "読めません"),
    "a record cut short": ([record(RK, b"\0")], "読めません"),
    "a text longer than its record": ([record(0x204, place(0, 0) + b"\xff\x7f\x01a")], "読めません"),
    "every last cell of the sheet": ([cell(row, 255, 1.0) for row in range(45_000)], "大きすぎます"),
    "one long text everywhere": (
        [cell(at % 60_000, at // 60_000, (SHARED, bytes(4))) for at in range(70_000)], "大きすぎます",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("records", "told"), CRAFTED.values(), ids=CRAFTED)
def test_a_crafted_sheet_is_read_or_refused_and_never_believed(records, told):
    data = pack(stream(("一覧", 0, records), shared=("あ" * 3_000,)))
    if told is None:
        assert read(data).sheets[0].rows == [(1, ("あ",))]
        return
    with pytest.raises(InputError) as error:
        read(data)
    assert told in error.value.words.ja


def test_a_table_of_texts_that_counts_more_than_it_holds_is_read_to_its_end():
    lie = struct.pack("<II", 0x7FFFFFFF, 0x7FFFFFFF) + text("西町")
    data = stream(("一覧", 0, [cell(0, 0, (SHARED, bytes(4)))]), before=record(SST, lie))
    assert read(pack(data)).sheets[0].rows == [(1, ("西町",))]
    more = record(SST, lie[:11]) + record(CONTINUE, b"\x01" + lie[11:])
    data = stream(("一覧", 0, [cell(0, 0, (SHARED, bytes(4)))]), before=more)
    assert read(pack(data)).sheets[0].rows == [(1, ("西町",))]


def test_locked_older_and_other_files_are_refused_in_words():
    locked = stream(("一覧", 0, []), before=record(0x2F, b"\x01\x00"))
    for data, told in (
        (pack(locked), "パスワード"),
        (pack(b"x", name="EncryptedPackage"), "パスワード"),
        (pack(stream(("一覧", 0, CELLS)), name="Book"), "Excel 97 より古い"),
        (pack(b"x", name="WordDocument"), "表のブックではありません"),
        (pack(stream(("a", 0, []), ("b", 0, [])).replace(b"\x00\x06", b"\x00\x05")), "読めません"),
    ):
        with pytest.raises(InputError) as error:
            read(data)
        assert told in error.value.words.ja


def test_bytes_changed_at_random_are_read_or_refused_in_words():
    whole = pack(stream(("一覧", 0, CELLS), ("隠", 1, CELLS), shared=("a", "西町の会")))
    rng = random.Random(16)  # noqa: S311 - of tests
    refused = 0
    for _ in range(400):
        data = bytearray(whole[: rng.choice([len(whole), rng.randrange(len(whole))])])
        for _ in range(rng.choice([1, 4, 16])):
            data[rng.randrange(8, len(data) + 8) % len(data)] = rng.choice(
                [0, 255, rng.randrange(256)]
            )
        try:
            read(bytes(data))
        except InputError:
            refused += 1
    assert 0 < refused < 400
