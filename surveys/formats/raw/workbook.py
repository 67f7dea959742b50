"""XLSX as plain tables (Excelのブックを素の表に)."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal, NoReturn, Protocol, cast

# With it openpyxl reads XML without entities; imported so that it cannot be missing unseen.
import defusedxml  # noqa: F401
import openpyxl
from openpyxl.cell.cell import ERROR_CODES

from geo.base.delimited import find_header, name_columns, refusal, too_many_cells
from geo.base.problems import InputError, Problem
from geo.base.words import Words
from geo.sheets.archive import unpack_workbook
from surveys.formats.raw.table import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_SHEETS,
    RawFile,
    RawRow,
    RawSheet,
    check_row,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HEAD_ROWS: Final = 200  # where a header is looked for
_EXCEL_ROWS: Final = 1_048_576
_MAX_WIDTHS: Final = 30_000_000  # empty cells too: a formatted row counts to its end
_DAY: Final = timedelta(days=1)
_MIDNIGHT: Final = datetime(2000, 1, 1, tzinfo=UTC)
# A cell that holds a formula and no value: a program wrote it and no spreadsheet has saved it.
_UNCOUNTED = re.compile(
    rb'<c\b[^<>]*\br="([A-Z]{1,3}[0-9]{1,7})"[^<>]*>\s*<f\b(?:[^<>]*/>|[^<>]*>[^<]*</f>)\s*'
    rb"(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_NO_VALUE = Words(
    "計算式だけで値がありません。Excel で開いて上書き保存してから渡してください",
    "holds a formula without its value; open it in Excel, save it, and give it again",
)
_ERROR = Words(
    "計算の誤りが入っています。値を直してください", "holds a spreadsheet error; mend the value"
)


class _Sheet(Protocol):
    """What openpyxl's read-only sheets offer; its published types do not say."""

    title: str
    sheet_state: str
    _worksheet_path: str

    def reset_dimensions(self) -> None: ...
    def iter_rows(self, *, values_only: Literal[True]) -> Iterator[tuple[object, ...]]: ...


def read_workbook(data: bytes, *, file: str) -> RawFile:
    """Return the sheets of an XLSX workbook's bytes (ブックを読む).

    Cells are what openpyxl gives: dates and times by their format, numbers whole or not as
    they stand. Of formulas only the last value is read. Hidden sheets, empty ones and those
    whose name begins with ``_`` (our own notes) are left out.

    Raises
    ------
    InputError
        Broken, locked, no sheet to read, too large (also once unpacked), hostile XML.
    """
    members = unpack_workbook(data, file=file)
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    sheets: list[RawSheet] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions it leaves out
            book = openpyxl.load_workbook(plain, read_only=True, data_only=True, keep_links=False)
            left = MAX_CELLS
            for sheet in cast("list[_Sheet]", book.worksheets)[:MAX_SHEETS]:
                if sheet.sheet_state != "visible" or sheet.title.startswith("_"):
                    continue
                missing = _uncounted(members.get(sheet._worksheet_path, b""))  # noqa: SLF001 - not public
                read = _read_sheet(sheet, missing, file, left)
                if read is not None:
                    left -= len(read.rows) * len(read.columns)
                    sheets.append(read)
    except InputError:
        raise
    except Exception as error:  # a parser raises anything on a forged file
        raise refusal(
            file,
            "Excel のブックとして読めません。Excel で開いて保存し直してください",
            "cannot be read as a workbook; open it in Excel and save it again",
        ) from error
    if not sheets:
        raise refusal(file, "読める表がありません", "holds no table that can be read")
    return RawFile(name=file, kind="xlsx", sheets=tuple(sheets))


def _uncounted(xml: bytes) -> list[tuple[int, str]]:
    cells = [found[1].decode() for found in _UNCOUNTED.finditer(xml)]
    return [(int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), cell) for cell in cells]


def _refuse_size(file: str) -> NoReturn:
    raise refusal(
        file,
        f"表が大きすぎます（{MAX_ROWS:,} 行、{MAX_COLUMNS:,} 列、{MAX_CELLS:,} 欄まで）。分けて保存してください",
        f"too large (at most {MAX_ROWS:,} rows, {MAX_COLUMNS:,} columns, {MAX_CELLS:,} cells); save it in parts",
    )


def _read_sheet(
    sheet: _Sheet, missing: Sequence[tuple[int, str]], file: str, left: int
) -> RawSheet | None:
    records = _filled_rows(sheet, file, left)
    if not records:
        return None
    where = f"{file} {sheet.title}"
    head = [["" if v is None else str(v) for v in values] for _, values in records[:_HEAD_ROWS]]
    header, body = find_header(head, file=where)
    columns = name_columns(head[header], file=where, most=MAX_COLUMNS)
    width, rows = len(columns), []
    problems = [
        Problem(file=where, row=number, column=cell, value="", reason=_NO_VALUE)
        for number, cell in missing
        if number > records[header][0]
    ]
    for number, values in records[body:]:
        if any(value is not None for value in values[width:]):
            extra = ["" if value is None else str(value) for value in values[width:]]
            problems.append(too_many_cells(where, number, extra, width))
        padded = [*values[:width], *[None] * (width - len(values))]
        for at, value in enumerate(padded):
            if isinstance(value, str) and value in ERROR_CODES:
                padded[at] = None
                problems.append(
                    Problem(file=where, row=number, column=columns[at], value=value, reason=_ERROR)
                )
        cells, wrong = check_row(padded, file=where, number=number, columns=columns)
        problems += wrong
        rows.append(RawRow(number=number, cells=cells))
    problems.sort(key=lambda one: one.row or 0)
    return RawSheet(name=sheet.title, columns=columns, rows=tuple(rows), problems=tuple(problems))


def _filled_rows(sheet: _Sheet, file: str, left: int) -> list[tuple[int, list[object]]]:
    sheet.reset_dimensions()  # what a sheet says of its own size may be a lie
    out: list[tuple[int, list[object]]] = []
    widths = 0
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        widths += len(values)
        filled = [_plain(value) for value in values]
        while filled and filled[-1] is None:
            filled.pop()
        left -= len(filled)
        over = len(filled) > MAX_COLUMNS or len(out) > MAX_ROWS or left < 0
        if over or widths > _MAX_WIDTHS or number > _EXCEL_ROWS:
            _refuse_size(file)
        if filled:
            out.append((number, filled))
    return out


def _plain(value: object) -> object:
    if isinstance(value, str):
        # Excel's own way to keep a carriage return (ECMA-376 22.9.2.19).
        return value.replace("_x000D_", "\r") or None
    if isinstance(value, timedelta):
        inside = timedelta(0) <= value < _DAY
        return (_MIDNIGHT + value).time() if inside else str(value)
    return value
