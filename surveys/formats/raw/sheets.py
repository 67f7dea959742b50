"""Tables of any kind through the one table doctor, our own exports as they stand (表を素の表に)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.base.delimited import (
    Limits,
    column_key,
    find_header,
    name_columns,
    refusal,
    too_many_cells,
)
from geo.base.problems import Problem
from geo.base.words import Words
from geo.sheets.book import is_table_zip, open_book
from geo.sheets.cells import say_cell
from geo.sheets.choose import ManySheetsError
from geo.sheets.doctor import find_tables
from geo.sheets.unseen import drop_unseen
from surveys.formats.raw.table import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    RawFile,
    RawRow,
    RawSheet,
    check_row,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from geo.sheets.cells import Book, Cell, Row, Sheet
    from geo.sheets.doctor import Found

_LIMITS: Final = Limits(rows=MAX_ROWS, columns=MAX_COLUMNS, cells=MAX_CELLS)
_HEAD_ROWS: Final = 50  # where a header is looked for
# What heads the ids in the tables we write, and in nobody else's.
_OURS: Final = frozenset(map(column_key, ("地点ID", "Site ID")))
# And in our GeoPackage, of which QGIS may make a CSV; site_id alone is others' too.
_OUR_GPKG: Final = frozenset(("site_id", "origin_by_answer"))
_HIDDEN: Final = Words("隠れたシートなので、使いませんでした", "a hidden sheet; not used")


def read_sheets(
    data: bytes,
    *,
    file: str,
    known: Collection[str] = (),
    sheets: Collection[str] = (),
    encoding: str = "",
) -> RawFile:
    r"""Return the tables in the bytes of a CSV, TSV or workbook (表を読む).

    A table headed by our own ids stands as it is written, every row of it, and so does every
    sheet beside it. Of any other `geo.sheets` finds the table, and names what is not in it.

    Parameters
    ----------
    known
        Headings of the record type that is asked for.
    sheets
        Those of a workbook that a person chose; none takes the one that can be meant.
    encoding
        Of a text, where a person chose it; "" for what it seems to be.

    Raises
    ------
    InputError
        Not a table, broken, locked, no header, too large, several sheets that could be meant.

    Examples
    --------
    >>> read_sheets("名称,備考\n西町,\n".encode(), file="bench.csv").sheets[0].rows[0].cells
    ('西町', None)
    """
    book = open_book(data, file=file, limits=_LIMITS, encoding=encoding)
    if sum(len(cells) for one in book.sheets for _, cells in one.rows) > MAX_CELLS:
        raise refusal(
            file,
            f"表が大きすぎます（{MAX_CELLS:,} 欄まで）。分けて保存してください",
            f"too large (at most {MAX_CELLS:,} cells); save it in parts",
        )
    kind = "csv" if [one.name for one in book.sheets] == [""] else "xlsx"
    if any(map(_is_ours, book.sheets)):
        return _as_written(_choose_ours(book, sheets) if is_table_zip(data) else book, kind)
    found = find_tables(book, known=known, sheets=sheets, most=MAX_COLUMNS)
    return RawFile(
        name=file,
        kind=kind,
        sheets=tuple(_from_doctor(one, _where(book.file, one.sheet), file) for one in found),
        aside=tuple(problem for one in found for problem in one.aside),
        mended=tuple(problem for one in found for problem in one.mended),
    )


def _where(file: str, sheet: str) -> str:
    return f"{file} {sheet}".strip()


def _is_ours(sheet: Sheet) -> bool:
    texts = [[say_cell(cell) for cell in cells] for _, cells in sheet.rows[:_HEAD_ROWS]]
    heads = next((one for one in texts if any(one)), [])
    keys = set(map(column_key, heads))
    return not sheet.name.startswith("_") and (bool(_OURS & keys) or keys >= _OUR_GPKG)


def _choose_ours(book: Book, sheets: Collection[str]) -> Book:
    """Return a zip of our exports, a file a type, with those that a person chose.

    Raises
    ------
    InputError
        There are several, and none of these names was chosen.
    """
    chosen = tuple(one for one in book.sheets if one.name in sheets)
    if len(book.sheets) > 1 and not chosen:
        raise ManySheetsError(book.file, [one.name for one in book.sheets])
    return replace(book, sheets=chosen or book.sheets)


def _as_written(book: Book, kind: str) -> RawFile:
    """Return every sheet of a file of ours but its notes, row by row."""
    shown = [one for one in book.sheets if one.rows and not one.name.startswith("_")]
    read = (_read_all(one, book.file) for one in shown if not one.hidden)
    return RawFile(
        name=book.file,
        kind=kind,
        sheets=tuple(read),
        aside=tuple(
            Problem(file=_where(book.file, one.name), row=None, column="", value="", reason=_HIDDEN)
            for one in shown
            if one.hidden
        ),
    )


def _read_all(sheet: Sheet, file: str) -> RawSheet:
    where = _where(file, sheet.name)
    heads = [[say_cell(cell) for cell in cells] for _, cells in sheet.rows[: _HEAD_ROWS * 4]]
    header, body = find_header(heads, file=where)
    columns = name_columns(heads[header], file=where, most=MAX_COLUMNS)
    below = [one for one in sheet.rows[body:] if any(say_cell(cell).strip() for cell in one[1])]
    problems = [one for one in sheet.problems if (one.row or 0) > sheet.rows[header][0]]
    problems += [
        too_many_cells(where, number, list(map(say_cell, cells[len(columns) :])), len(columns))
        for number, cells in below
        if any(say_cell(cell).strip() for cell in cells[len(columns) :])
    ]
    return _raw(sheet.name or file.rpartition(".")[0], columns, below, problems, where)


def _from_doctor(found: Found, where: str, file: str) -> RawSheet:
    rows = [(number, list(map(_seen, cells))) for number, cells in found.rows]
    name = found.sheet or file.rpartition(".")[0]
    return _raw(name, found.columns, rows, list(found.problems), where)


def _seen(cell: Cell) -> Cell:
    return drop_unseen(cell) if isinstance(cell, str) else cell


def _raw(
    name: str, columns: tuple[str, ...], rows: Iterable[Row], problems: list[Problem], where: str
) -> RawSheet:
    width = len(columns)
    out: list[RawRow] = []
    for number, given in rows:
        values = [None if cell == "" else cell for cell in given[:width]]
        values += [None] * (width - len(values))
        cells, wrong = check_row(values, file=where, number=number, columns=columns)
        out.append(RawRow(number=number, cells=cells))
        problems += wrong
    problems.sort(key=lambda one: one.row or 0)
    return RawSheet(name=name, columns=columns, rows=tuple(out), problems=tuple(problems))
