"""Workbooks: nothing in them runs, numbers stay numbers, and no clock is in them."""

import io

import openpyxl

from geo.export.book import Sheet, dump_book

MADE = "2026-11-21T00:00:00Z"


def test_texts_never_run_and_numbers_stay_numbers():
    rows = [["=1+1", -3, 0.5, None], ["坂_x0041_", "鐘\x07", "#N/A", "+81"]]
    sheets = [
        Sheet(name="表", heads=["名", "a", "b", "c"], rows=rows),
        Sheet(name="説明", heads=(), rows=[]),
    ]
    data = dump_book(sheets, made_at=MADE)
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["表"]
    assert sheet["A2"].value == "=1+1" and {sheet[at].data_type for at in ("A2", "C3", "D3")} == {
        "s"
    }
    assert (sheet["B2"].value, sheet["C2"].value, sheet["D2"].value) == (-3, 0.5, None)
    assert sheet["A3"].value == "坂_x005F_x0041_" and sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold and not sheet["A2"].font.bold
    assert data == dump_book(sheets, made_at=MADE)
    assert book.properties.modified.isoformat().startswith("2026-11-21")
