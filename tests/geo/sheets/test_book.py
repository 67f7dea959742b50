"""Any table file is opened as plain cells, and a hostile one is refused in words."""

import io
import zipfile
from datetime import date, time

import openpyxl
import pytest

from geo.base.delimited import Limits
from geo.base.problems import InputError
from geo.sheets.book import open_book

LIMITS = Limits(rows=99_999, columns=200, cells=999_999)
PLAIN = "名称,ところ\r\n西町集会所,かどのいえ\r\n"


def zip_of(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def workbook(fill, **sheets):
    out, made = io.BytesIO(), openpyxl.Workbook()
    fill(made.active)
    made.save(out)
    with zipfile.ZipFile(out) as archive:
        files = {one: archive.read(one) for one in archive.namelist()}
    for name, change in sheets.items():
        path = {"sheet": "xl/worksheets/sheet1.xml", "book": "xl/workbook.xml"}.get(name, name)
        files[path] = change(files.get(path, b""))
    return zip_of(files)


def cells(data, file="a.csv"):
    (sheet,) = open_book(data, file=file, limits=LIMITS).sheets
    return [list(values) for _, values in sheet.rows]


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(), PLAIN.encode("utf-8-sig"), PLAIN.encode("cp932"), PLAIN.encode("euc_jp"),
        PLAIN.replace(",", "\t").encode("utf-16"), PLAIN.replace(",", ";").encode(),
        zip_of({"表.csv": PLAIN.encode("cp932"), "__MACOSX/._表.csv": b"x", "readme.pdf": b"x"}),
    ],
    ids=["utf-8", "a mark", "cp932", "euc-jp", "utf-16", "semicolons", "zip"],
)  # fmt: skip
def test_a_table_opens_alike_however_it_was_saved(data):
    assert cells(data) == [["名称", "ところ"], ["西町集会所", "かどのいえ"]]


@pytest.mark.parametrize(
    "text", ["ｻﾛﾝﾅﾏｴ,ﾊﾞｼｮ\nｱｲｳｴ,ｶｷｸｹ\n", "町名,人口\n髙砂町,１\n", "通いの場\n①体操\n"]
)
def test_short_tables_of_shift_jis_are_never_taken_for_euc(text):
    assert cells(text.encode("cp932")) == [line.split(",") for line in text.splitlines()]


def test_a_workbook_gives_numbers_days_and_times_from_its_first_column_on():
    def fill(sheet):
        sheet["B3"], sheet["C3"], sheet["D3"], sheet["E3"] = (
            "西町",
            20,
            date(2026, 4, 1),
            time(9, 30),
        )

    (sheet,) = open_book(workbook(fill), file="a.xlsx", limits=LIMITS).sheets
    assert sheet.rows == [(3, (None, "西町", 20, date(2026, 4, 1), time(9, 30)))]


def test_a_strict_workbook_is_read():
    def strict(xml):
        return xml.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        )

    data = workbook(lambda sheet: sheet.append(["西町", 3]), sheet=strict, book=strict)
    assert cells(data, "a.xlsx") == [["西町", 3]]


def test_cells_without_a_value_are_told_with_their_place():
    def fill(sheet):
        sheet.append(["名称", "=1+1", "#DIV/0!"])

    (sheet,) = open_book(workbook(fill), file="a.xlsx", limits=LIMITS).sheets
    assert [(one.row, one.column) for one in sheet.problems] == [(1, "B1"), (1, "C1")]


def far(xml):
    return xml.replace(
        b"</sheetData>", b'<row r="900000"><c r="XFD900000"><v>1</v></c></row></sheetData>'
    )


def far_unnumbered(xml):
    row = b'<row r="900000">' + b"<c><v>1</v></c>" * 900 + b"</row>"
    return xml.replace(b"</sheetData>", row + b"</sheetData>")


def hidden_in_quotes(xml):
    cell = b'<row r="1"><c x=">" r="XFD900000"><v>1</v></c></row>'
    return xml.replace(b"</sheetData>", cell + b"</sheetData>")


def many_long_texts(files):
    many = b"".join(b'<row><c t="s"><v>0</v></c></row>' for _ in range(30_000))
    return files.replace(b"<sheetData>", b"<sheetData>" + many)


@pytest.mark.parametrize(
    "change", [far, far_unnumbered, hidden_in_quotes], ids=lambda one: one.__name__
)
def test_a_sheet_that_would_fill_the_memory_is_refused(change):
    with pytest.raises(InputError) as error:
        open_book(
            workbook(lambda sheet: sheet.append(["西町"]), sheet=change),
            file="a.xlsx",
            limits=LIMITS,
        )
    assert "大きすぎ" in error.value.words.ja and "a.xlsx" in error.value.words.ja


def test_one_long_text_shared_by_many_cells_is_refused():
    texts = f"<sst><si><t>{'長' * 10_000}</t></si></sst>".encode()
    data = workbook(
        lambda sheet: sheet.append([1]),
        sheet=many_long_texts, **{"xl/sharedStrings.xml": lambda _: texts},
    )  # fmt: skip
    with pytest.raises(InputError, match="too much"):
        open_book(data, file="a.xlsx", limits=LIMITS)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04rest", "こわれている"),
        (b"\xd0\xcf\x11\xe0rest", ".xlsx"),
        (zip_of({"a.zip.csv": zip_of({"b.csv": PLAIN})}), "zip の中に、さらに zip"),
        (zip_of({"../a.csv": PLAIN}), "外を指す"),
        (zip_of({"a.csv": b"0" * 300_000_000}), "大きすぎ"),
        (workbook(lambda _: None, sheet=lambda x: b'<!DOCTYPE x [<!ENTITY a "b">]>' + x), "宣言"),
        (workbook(lambda _: None, sheet=lambda _: b"<worksheet"), "読めません"),
    ],
    ids=["cut", "old", "zip in zip", "outside", "bomb", "entities", "no XML"],
)
def test_what_cannot_be_opened_is_refused_in_words(data, says):
    with pytest.raises(InputError) as error:
        open_book(data, file="a.xlsx", limits=LIMITS)
    assert says in error.value.words.ja and "a.xlsx" in error.value.words.en


def test_each_table_of_a_zip_is_a_sheet_called_by_its_file():
    inner = {
        "西/a.csv": "名称\n西町\n".encode(),
        "b.csv": "名称\n東町\n".encode(),
        "読.pdf": b"%PDF",
    }
    book = open_book(zip_of(inner), file="a.zip", limits=LIMITS)
    assert [one.name for one in book.sheets] == ["西/a.csv", "b.csv"]
    assert [[cells[0] for _, cells in one.rows] for one in book.sheets] == [
        ["名称", "西町"],
        ["名称", "東町"],
    ]
