"""XLSX: a sheet a type, a sheet a kind of item, with lists to choose from (Excelのブック)."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from geo.base.square import TOLD_WORDS
from geo.base.words import Words
from geo.sheets.compound import OLD
from surveys.declaration.field import UNKNOWN_WORDS
from surveys.formats.parts.columns import item_columns, sheet_names, site_columns
from surveys.formats.parts.declare import Format, Reading, pack_files
from surveys.formats.parts.labels import say_choice
from surveys.formats.parts.table import item_row, listed_items, shown_columns, site_row, split_long
from surveys.formats.parts.workbook_notes import note_rows
from surveys.formats.parts.workbook_text import escape_text
from surveys.formats.raw.sheets import read_sheets
from surveys.record.history import SOURCE_WORDS, STATUS_WORDS, SURE_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.words import Lang
    from surveys.declaration.record_type import RecordType
    from surveys.formats.parts.cells import Written
    from surveys.formats.parts.columns import Column
    from surveys.formats.parts.declare import Sites
    from surveys.formats.parts.table import Table
    from surveys.record.portable import Portable

_HEAD_FONT: Final = Font(bold=True)
_HEAD_FILL: Final = PatternFill("solid", fgColor="EDE8DC")
_HEAD_ALIGN: Final = Alignment(wrap_text=True, vertical="top")
_TEXT, _DAY = "@", "yyyy-mm-dd"
# Excel counts days from 1900 and holds a day that never was, 29 February of that year.
_FIRST_DAY: Final = date(1900, 3, 1)
_SPARE_ROWS: Final = 500  # below the last row lists are offered too
_LISTS: Final = {
    "@status": STATUS_WORDS, "@source": SOURCE_WORDS, "@sure": SURE_WORDS, "@told": TOLD_WORDS,
}  # fmt: skip
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_CHOICES_SHEET: Final = Words("_選択肢", "_choices")
_NOTES_SHEET: Final = Words("_説明", "_about")


def dump_xlsx(type_: RecordType, portables: Sequence[Portable], lang: Lang, made_at: str) -> bytes:
    """Return one type's sites as a workbook (ブックを書く)."""
    return dump_xlsx_many({type_: portables}, lang, made_at)


def dump_xlsx_many(sites: Sites, lang: Lang, made_at: str) -> bytes:
    """Return several types' sites as one workbook (まとめてブックを書く).

    Every text is a cell of type text in a column of format text, so that nothing is run and
    ``0012`` stays; numbers are numbers and days are days.
    """
    book = openpyxl.Workbook(write_only=True)
    lists: dict[tuple[str, ...], int] = {}
    for type_, portables in sites.items():
        rows = [
            site_row(one, type_, lang, "sheet") | {"@id": site_key(one, at)}
            for at, one in enumerate(portables, start=1)
        ]
        columns = shown_columns(site_columns(type_), "sheet")
        _add_sheet(book, sheet_names(type_)[lang], split_long(columns, rows), lists, lang)
        for field in (one for one in type_.fields if one.item):
            rows = [
                item_row(field, item, order, lang, "sheet") | {"@id": site_key(one, at)}
                for at, one in enumerate(portables, start=1)
                for order, item in enumerate(listed_items(one, field), start=1)
            ]
            columns = shown_columns(item_columns(field), "sheet")
            _add_sheet(
                book, sheet_names(type_, field)[lang], split_long(columns, rows), lists, lang
            )
    _add_lists(book, lists, lang)
    notes = book.create_sheet(_NOTES_SHEET.say(lang))
    for number, width in enumerate((24, 26, 30, 70), start=1):
        notes.column_dimensions[get_column_letter(number)].width = width
    for cells in note_rows(sites, lang, made_at):
        notes.append([_text_cell(notes, one) for one in cells])
    return _save(book, made_at)


def site_key(portable: Portable, number: int) -> str:
    """Return what rows of items call their site: its id, or its place in this file (地点の記号).

    Examples
    --------
    >>> from surveys.record.portable import Portable
    >>> site_key(Portable(type="park"), 3)
    '~3'
    """
    return portable.id or f"~{number}"


def _add_sheet(
    book: openpyxl.Workbook, name: str, table: Table, lists: dict[tuple[str, ...], int], lang: Lang
) -> None:
    sheet = book.create_sheet(name)
    last = len(table.rows) + 1
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{last}"
    for number, column in enumerate(table.columns, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = _width(column, lang)
        if not _is_numeric(column):
            sheet.column_dimensions[letter].number_format = _TEXT
        offered = _offered(column, lang)
        if offered:
            at = lists.setdefault(offered, len(lists) + 1)
            _offer(sheet, f"{letter}2:{letter}{last + _SPARE_ROWS}", at, len(offered), lang)
    heads = [_text_cell(sheet, one.head(lang)) for one in table.columns]
    for cell in heads:
        cell.font, cell.fill, cell.alignment = _HEAD_FONT, _HEAD_FILL, _HEAD_ALIGN
    sheet.append(heads)
    for row in table.rows:
        sheet.append(
            [_cell(sheet, *pair) for pair in zip(table.columns, table.cells(row), strict=True)]
        )


def _offer(sheet: Any, where: str, at: int, count: int, lang: Lang) -> None:  # noqa: ANN401 - openpyxl's sheets have no types
    letter = get_column_letter(at)
    source = f"{quote_sheetname(_CHOICES_SHEET.say(lang))}!${letter}$1:${letter}${count}"
    # A warning only: more is read than the list offers.
    rule = DataValidation(
        type="list", formula1=source, allow_blank=True, errorStyle="warning", showErrorMessage=True
    )
    rule.add(where)
    sheet.data_validations.append(rule)


def _offered(column: Column, lang: Lang) -> tuple[str, ...]:
    if column.key in _LISTS:
        return tuple(one.say(lang) for one in _LISTS[column.key].values())  # type: ignore[attr-defined]
    if column.field is None or column.field.kind != "choice":
        return ()
    labels = [say_choice(column.field, one.id, lang) for one in column.field.offered]
    return (*labels, UNKNOWN_WORDS.say(lang))


def _add_lists(book: openpyxl.Workbook, lists: dict[tuple[str, ...], int], lang: Lang) -> None:
    sheet = book.create_sheet(_CHOICES_SHEET.say(lang))
    sheet.sheet_state = "hidden"
    columns = sorted(lists, key=lambda one: lists[one])
    for at in range(max(map(len, columns), default=0)):
        sheet.append([_text_cell(sheet, one[at]) if at < len(one) else None for one in columns])


def _is_numeric(column: Column) -> bool:
    return (
        "@lon" in column.key
        or "@lat" in column.key
        or column.key in ("@number", "@order", "@head")
        or (column.field is not None and column.field.kind in ("number", "items"))
    )


def _is_day(column: Column) -> bool:
    days = ("@status_on", "@seen_on", "@due", "@on")
    return column.key in days or (column.field is not None and column.field.kind == "date")


def _cell(sheet: Any, column: Column, value: Written) -> Any:  # noqa: ANN401 - as above
    if isinstance(value, str) and _is_day(column):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            return _text_cell(sheet, value)
        if day >= _FIRST_DAY:
            cell = WriteOnlyCell(sheet, value=datetime(day.year, day.month, day.day))  # noqa: DTZ001 - a day has no zone
            cell.number_format = _DAY
            return cell
    if isinstance(value, str):
        return _text_cell(sheet, value)
    return WriteOnlyCell(sheet, value=value) if isinstance(value, int | float) else None


def _text_cell(sheet: Any, text: str) -> Any:  # noqa: ANN401 - as above
    cell = WriteOnlyCell(sheet, value="")
    # After the value, which openpyxl would take for a formula or an error.
    cell.value = escape_text(text)
    cell.data_type = "s"
    cell.number_format = _TEXT
    return cell


def _width(column: Column, lang: Lang) -> float:
    kind = column.field.kind if column.field else ""
    least = {"note": 40, "text": 18, "photos": 20, "schedule": 26, "choices": 22}.get(kind, 9)
    head = column.head(lang)
    return max(least, min(30, sum(1.0 if one.isascii() else 2.0 for one in head) + 3))


def _save(book: openpyxl.Workbook, made_at: str) -> bytes:
    """Return the workbook's bytes with `made_at` in place of the clock openpyxl reads."""
    made = datetime.fromisoformat(made_at)
    made = made.astimezone(UTC).replace(tzinfo=None) if made.tzinfo else made
    book.properties.created = made
    book.properties.creator = "Kayoi Map"
    out = io.BytesIO()
    book.save(out)
    told = made.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(out) as archive:
        files = {one: archive.read(one) for one in archive.namelist()}
    core = "docProps/core.xml"
    files[core] = _MODIFIED.sub(rb"\g<1>" + told, files[core])
    return pack_files(files)


FORMAT: Final = Format(
    id="xlsx", words=Words("Excelのブック", "Excel workbook"), suffix=".xlsx",
    mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    order=1, dump=dump_xlsx, dump_many=dump_xlsx_many,
    reading=Reading(
        words=Words("Excel（.xlsx、.xls）", "Excel (.xlsx, .xls)"), endings=(".xlsx", ".xls"),
        read=read_sheets, tables=True,
        mark=lambda data: data.startswith(OLD)
        or (data.startswith(b"PK\x03\x04") and b"[Content_Types].xml" in data),
    ),
)  # fmt: skip
