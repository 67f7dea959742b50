"""XLSX, strict too, as plain cells (Excelのブックを素の欄に).

Calamine lays a sheet out from its first to its last cell, empty ones too, and copies a shared
text into each cell that names it: what a sheet will need is counted in its XML before.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, NoReturn

from defusedxml.ElementTree import fromstring
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from geo.base.delimited import refusal
from geo.base.problems import InputError, Problem
from geo.base.words import Words
from geo.sheets.archive import unpack_workbook
from geo.sheets.cells import Book, Sheet, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.base.delimited import Limits
    from geo.sheets.cells import Cell, Row

_MAX_SHEETS: Final = 100
_MAX_LAID: Final = 10_000_000  # cells of all sheets laid out, empty ones too, at 32 bytes
_MAX_TEXT: Final = 200_000_000  # bytes of shared texts, once for each cell that names one
_EXCEL_COLUMNS: Final = 16_384
_WHOLE: Final = 1e15
_DAY: Final = timedelta(days=1)
_MIDNIGHT: Final = datetime(2000, 1, 1, tzinfo=UTC)
_TAG: Final = re.compile(
    rb"<(?:\w{1,9}:)?(row|c)((?:\s+[\w:.-]{1,40}\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*)\s*(/?)>"
)
_ANY_TAG: Final = re.compile(rb"<(?:\w{1,9}:)?(?:row|c)[\s/>]")
_PLACE: Final = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{0,3})([0-9]{1,10})[\"']")
_SHARED: Final = re.compile(rb"\st\s*=\s*[\"']s[\"'][^<>]*>\s*<(?:\w{1,9}:)?v>\s*([0-9]{1,9})\s*</")
_TEXT_TYPE: Final = re.compile(rb"\st\s*=\s*[\"']s[\"']")
_ERROR: Final = re.compile(
    rb"<(?:\w{1,9}:)?c\b[^<>]*\br=\"([A-Z]{1,3}[0-9]{1,7})\"[^<>]*\bt=\"e\"[^<>]*>"
)
# A cell that holds a formula and no value: a program wrote it and no spreadsheet has saved it.
_UNCOUNTED: Final = re.compile(
    rb'<c\b[^<>]*\br="([A-Z]{1,3}[0-9]{1,7})"[^<>]*>\s*<f\b(?:[^<>]*/>|[^<>]*>[^<]*</f>)\s*'
    rb"(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_FAULTS: Final = (
    (
        _UNCOUNTED,
        Words(
            "計算式だけで値がありません。Excel で開いて上書き保存してから渡してください",
            "holds a formula without its value; open it in Excel, save it, and give it again",
        ),
    ),
    (
        _ERROR,
        Words(
            "計算の誤りが入っています。値を直してください",
            "holds a spreadsheet error; mend the value",
        ),
    ),
)


def read_workbook(data: bytes, *, file: str, limits: Limits) -> Book:
    """Return every sheet of an XLSX workbook's bytes, hidden ones marked (ブックを読む).

    Raises
    ------
    InputError
        Broken, locked, too large (also once unpacked or laid out), XML that declares entities.
    """
    members = unpack_workbook(data, file=file)
    paths = {name.casefold(): name for name in members}
    shared = next((one for key, one in paths.items() if key.startswith("xl/sharedstrings")), "")
    lengths = [len(part) for part in re.split(rb"<(?:\w{1,9}:)?si[\s>]", members.get(shared, b""))]
    for name, content in members.items():
        if name.casefold().startswith("xl/worksheets/"):
            _check_sheet(content, lengths[1:], file)
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    plain.seek(0)
    try:
        xml_of = _sheet_paths(members)
        book = CalamineWorkbook.from_filelike(plain)
        left, sheets = _MAX_LAID, []
        for one in book.sheets_metadata[:_MAX_SHEETS]:
            if one.typ != SheetTypeEnum.WorkSheet:
                continue
            hidden = one.visible != SheetVisibleEnum.Visible
            xml = members.get(paths.get(xml_of.get(one.name, "").casefold(), ""), b"")
            sheet, used = _read_sheet(book, one.name, _faults(xml, file, one.name), file, limits)
            left -= used
            if left < 0:
                _refuse_size(file, limits)
            sheets.append(
                Sheet(
                    name=one.name, rows=sheet.rows, spans=sheet.spans, hidden=hidden,
                    problems=sheet.problems,
                )
            )  # fmt: skip
    except InputError:
        raise
    except Exception as error:  # a parser raises anything on a forged file
        raise refusal(
            file,
            "Excel のブックとして読めません。Excel で開いて保存し直すか、「CSV UTF-8」で保存してください",
            "cannot be read as a workbook; open it in Excel and save it again, or as “CSV UTF-8”",
        ) from error
    return Book(file=file, sheets=tuple(sheets))


def _refuse_size(file: str, limits: Limits) -> NoReturn:
    raise refusal(
        file,
        f"表が大きすぎます（{limits.rows:,} 行、{limits.columns:,} 列まで）。分けて保存してください",
        f"too large (at most {limits.rows:,} rows, {limits.columns:,} columns); save it in parts",
    )


def _check_sheet(xml: bytes, lengths: list[int], file: str) -> None:
    """Refuse a sheet that would need far more memory than its XML."""
    row = column = bottom = right = cells = texts = 0
    tags = 0
    for found in _TAG.finditer(xml):
        tags += 1
        place = _PLACE.search(found[2])
        if found[1] == b"row":
            row, column = (int(place[2]) if place else row + 1), 0
            continue
        column = _column(place[1]) if place and place[1] else column + 1
        if found[3]:
            continue
        row = int(place[2]) if place and place[1] else row
        cells += 1
        texts += bool(_TEXT_TYPE.search(found[2]))
        bottom, right = max(bottom, row), max(right, column)
    named = [int(found[1]) for found in _SHARED.finditer(xml)]
    size = sum(lengths[one] for one in named if one < len(lengths))
    size += max(texts - len(named), 0) * max(lengths, default=0)
    wrong = tags != sum(1 for _ in _ANY_TAG.finditer(xml)) or right > _EXCEL_COLUMNS
    if wrong or bottom * right > max(_MAX_LAID, cells) or size > _MAX_TEXT:
        raise refusal(
            file,
            "開くと大きすぎるか、こわれたブックです。必要な行だけにして保存し直してください",
            "unpacks to too much, or is broken; keep only the rows you need and save it again",
        )


def _column(letters: bytes) -> int:
    number = 0
    for one in letters.upper():
        number = number * 26 + one - 64
    return number


def _sheet_paths(members: Mapping[str, bytes]) -> dict[str, str]:
    """Return the file of each sheet by the sheet's name."""
    book = next((one for one in members if re.fullmatch(r"xl/workbook[^/]*\.xml", one)), "")
    rels = members.get(f"xl/_rels/{book.rpartition('/')[2]}.rels", b"")
    if not book or not rels:
        return {}
    targets = {
        one.get("Id", ""): one.get("Target", "").removeprefix("/xl/")
        for one in fromstring(rels).iter()
        if one.tag.endswith("}Relationship")
    }
    out: dict[str, str] = {}
    for one in fromstring(members[book]).iter():
        if one.tag.endswith("}sheet"):
            at = next((v for k, v in one.attrib.items() if k.endswith("}id")), "")
            out[one.get("name", "")] = f"xl/{targets.get(at, '')}"
    return out


def _faults(xml: bytes, file: str, sheet: str) -> tuple[Problem, ...]:
    out = [
        Problem(
            file=f"{file} {sheet}", row=int(re.sub(r"\D", "", found[1].decode())),
            column=found[1].decode(), value="", reason=reason,
        )
        for pattern, reason in _FAULTS
        for found in pattern.finditer(xml)
    ]  # fmt: skip
    return tuple(sorted(out, key=lambda one: one.row or 0))


def _read_sheet(
    book: CalamineWorkbook, name: str, faults: tuple[Problem, ...], file: str, limits: Limits
) -> tuple[Sheet, int]:
    sheet = book.get_sheet_by_name(name)
    # Rows come from the first on, and columns from the first that holds something.
    before = [None] * (sheet.start or (0, 0))[1]
    laid = sheet.total_height * sheet.total_width
    if sheet.total_height > limits.rows or sheet.total_width > _EXCEL_COLUMNS or laid > _MAX_LAID:
        _refuse_size(file, limits)
    rows: list[Row] = []
    for number, values in enumerate(sheet.iter_rows(), start=1):
        cells = [*before, *map(_plain, values)]
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            rows.append((number, tuple(cells)))
    spans = tuple(
        Span(top=a[0] + 1, bottom=b[0] + 1, left=a[1], right=b[1])
        for a, b in sheet.merged_cell_ranges or []
    )
    return Sheet(name=name, rows=rows, spans=spans, problems=faults), laid


def _plain(value: object) -> Cell:
    if isinstance(value, str):
        return value or None
    if isinstance(value, float) and value.is_integer() and abs(value) < _WHOLE:
        return int(value)
    if isinstance(value, timedelta):
        inside = timedelta(0) <= value < _DAY
        return (_MIDNIGHT + value).time() if inside else str(value)
    return value  # type: ignore[return-value]
