"""Old .xls workbooks (Excel 97 to 2003) as plain cells (古いExcelのブックを素の欄に).

[MS-XLS]. Calamine reserves what such a file says of its own size, and copies a shared text into
every cell that names it; here a cell costs what its own record holds, and texts are shared.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NoReturn

from geo.base.delimited import refusal
from geo.base.problems import InputError, Problem
from geo.base.words import Words
from geo.sheets.biff_cells import EPOCH, EPOCH_1904, Awaited, Fault, Looks, read_cells
from geo.sheets.biff_texts import PartedText, short_text
from geo.sheets.cells import Book, Sheet, Span
from geo.sheets.compound import BrokenError, read_streams

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from geo.base.delimited import Limits
    from geo.sheets.cells import Cell, Row

_MAX_BYTES: Final = 60_000_000
_MAX_CELLS: Final = 3_000_000  # some 110 bytes each while they are read
_MAX_TEXT: Final = 200_000_000  # signs, a shared text once for each cell that names it
_MAX_MERGED: Final = 200_000
_MAX_SHEETS: Final = 100
_MAX_LAID: Final = 10_000_000
_COLUMNS: Final = 256
_BIFF8: Final = 0x0600
_BOF, _EOF, _SHEET, _SST, _CONTINUE, _FORMAT, _XF = 0x809, 0x0A, 0x85, 0xFC, 0x3C, 0x41E, 0xE0
_LOCKED, _FROM_1904, _MERGED, _STRING = 0x2F, 0x22, 0xE5, 0x207
_A, _LETTERS = 65, 26
_ERROR: Final = Words(
    "計算の誤りが入っています。値を直してください", "holds a spreadsheet error; mend the value"
)


def read_old_workbook(data: bytes, *, file: str, limits: Limits) -> Book:
    """Return every sheet of an .xls workbook's bytes, hidden ones marked (古いブックを読む).

    Raises
    ------
    InputError
        Broken, locked, too large, older than Excel 97, or no workbook at all.
    """
    if len(data) > _MAX_BYTES:
        _refuse_size(file, limits)
    try:
        found = read_streams(data, ("Workbook", "Book", "EncryptedPackage"))
        if "EncryptedPackage" in found:
            _refuse_locked(file)
        if "Workbook" not in found:
            raise refusal(
                file,
                "Excel 97 より古いか、表のブックではありません。Excel で開いて .xlsx で保存し直してください",
                "too old an Excel file, or no workbook; open it in Excel and save it as .xlsx",
            )
        return _read_stream(found["Workbook"], file, limits)
    except InputError:
        raise
    except (BrokenError, struct.error, IndexError, ValueError, OverflowError) as error:
        raise refusal(
            file,
            "Excel のブックとして読めません。Excel で開いて .xlsx で保存し直してください",
            "cannot be read as a workbook; open it in Excel and save it as .xlsx",
        ) from error


def _refuse_size(file: str, limits: Limits) -> NoReturn:
    raise refusal(
        file,
        f"表が大きすぎます（{limits.rows:,} 行、{limits.columns:,} 列まで）。分けて保存してください",
        f"too large (at most {limits.rows:,} rows, {limits.columns:,} columns); save it in parts",
    )


def _refuse_locked(file: str) -> NoReturn:
    raise refusal(
        file,
        "パスワードがかかっています。外して保存し直してください",
        "is locked by a password; save it without",
    )


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + length]
        if len(body) < length:
            raise BrokenError("record")
        yield kind, body
        at += 4 + length


class _Globals:
    """What stands before the sheets, gathered record by record."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.sheets: list[tuple[int, bool, str]] = []
        self.texts: list[bytes] = []
        self.formats: dict[int, str] = {}
        self.styles: list[int] = []
        self.epoch: datetime = EPOCH

    def take(self, kind: int, body: bytes) -> None:
        if kind == _LOCKED:
            _refuse_locked(self.file)
        elif kind == _SHEET and body[5] == 0:
            at = struct.unpack_from("<I", body)[0]
            self.sheets.append((at, bool(body[4] & 3), short_text(body[6:])))
        elif kind == _FORMAT:
            key = struct.unpack_from("<H", body)[0]
            self.formats[key] = PartedText([body[2:]]).long_text()
        elif kind == _XF:
            self.styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _FROM_1904 and body[:1] == b"\x01":
            self.epoch = EPOCH_1904

    def looks(self) -> Looks:
        texts = _shared_texts(self.texts) if self.texts else []
        return Looks(texts=texts, styles=self.styles, formats=self.formats, epoch=self.epoch)


def _read_stream(stream: bytes, file: str, limits: Limits) -> Book:
    told = _Globals(file)
    before = 0
    for at, (kind, body) in enumerate(_records(stream, 0)):
        if at == 0 and (kind != _BOF or struct.unpack_from("<H", body)[0] != _BIFF8):
            raise BrokenError("version")
        if kind == _EOF:
            break
        if kind == _SST or (kind == _CONTINUE and before == _SST):
            told.texts.append(body)
        else:
            told.take(kind, body)
        before = before if kind == _CONTINUE else kind
    looks = told.looks()
    if len({at for at, _, _ in told.sheets}) < len(told.sheets):
        raise BrokenError("sheets")
    sheets: list[Sheet] = []
    size = _Size()
    for at, hidden, name in told.sheets[:_MAX_SHEETS]:
        sheet = _read_sheet(stream, at, looks, f"{file} {name}", size)
        if size.too_large() or len(sheet.rows) > limits.rows:
            _refuse_size(file, limits)
        sheets.append(replace(sheet, name=name, hidden=hidden))
    return Book(file=file, sheets=tuple(sheets))


@dataclass(slots=True)
class _Size:
    """What has been read of all sheets."""

    cells: int = 0
    signs: int = 0
    laid: int = 0
    merged: int = 0

    def too_large(self) -> bool:
        over = self.cells > _MAX_CELLS or self.signs > _MAX_TEXT
        return over or self.laid > _MAX_LAID or self.merged > _MAX_MERGED


def _read_sheet(stream: bytes, at: int, looks: Looks, where: str, size: _Size) -> Sheet:
    cells: dict[int, dict[int, Cell]] = {}
    spans: list[Span] = []
    problems: list[Problem] = []
    waiting: tuple[int, int] | None = None
    for kind, body in _sheet_records(stream, at):
        if kind == _MERGED:
            spans += _spans(body)
            size.merged += len(body) // 8
        elif kind == _STRING and waiting:
            cells.setdefault(waiting[0], {})[waiting[1]] = PartedText([body]).long_text() or None
        for row, column, value in read_cells(kind, body, looks):
            if column >= _COLUMNS:
                raise BrokenError("column")
            if isinstance(value, Awaited):
                waiting = (row, column)
            elif isinstance(value, Fault):
                problems.append(_problem(where, row, column))
            else:
                cells.setdefault(row, {})[column] = value
                size.cells += 1
                size.signs += len(value) if isinstance(value, str) else 0
        if size.too_large():
            return Sheet(name="", rows=())
    size.laid += sum(max(one) + 1 for one in cells.values())
    if size.too_large():
        return Sheet(name="", rows=())
    return Sheet(name="", rows=_rows(cells), spans=tuple(spans), problems=tuple(problems))


def _sheet_records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield a sheet's own records, without those of charts laid into it."""
    depth = 0
    for kind, body in _records(stream, at):
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, body


def _rows(cells: dict[int, dict[int, Cell]]) -> list[Row]:
    rows: list[Row] = []
    for row in sorted(cells):
        filled = [column for column, value in cells[row].items() if value is not None]
        if filled:
            rows.append((row + 1, tuple(cells[row].get(n) for n in range(max(filled) + 1))))
    return rows


def _shared_texts(parts: list[bytes]) -> list[str]:
    count = struct.unpack_from("<I", parts[0], 4)[0]
    reader = PartedText([parts[0][8:], *parts[1:]])
    out: list[str] = []
    while len(out) < count and not reader.ended():
        out.append(reader.rich_text())
    return out


def _spans(body: bytes) -> list[Span]:
    count = struct.unpack_from("<H", body)[0]
    found = [struct.unpack_from("<HHHH", body, 2 + 8 * n) for n in range(count)]
    return [Span(top=a + 1, bottom=b + 1, left=c, right=d) for a, b, c, d in found]


def _problem(where: str, row: int, column: int) -> Problem:
    first = chr(_A - 1 + column // _LETTERS) if column >= _LETTERS else ""
    cell = f"{first}{chr(_A + column % _LETTERS)}{row + 1}"
    return Problem(file=where, row=row + 1, column=cell, value="", reason=_ERROR)
