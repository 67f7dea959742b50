"""The door: any table file's bytes as plain cells (表のファイルを開く)."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.base.delimited import decode_text, refusal, split_rows
from geo.sheets.archive import BROKEN, read_tables
from geo.sheets.cells import Book, Sheet
from geo.sheets.compound import OLD
from geo.sheets.old_workbook import read_old_workbook
from geo.sheets.workbook import read_workbook

if TYPE_CHECKING:
    from geo.base.delimited import Limits

_ZIP: Final = b"PK\x03\x04"
TABLE_ENDINGS: Final = (".csv", ".tsv", ".txt", ".xlsx", ".xls")
_MAPS: Final = (".shp", ".geojson", ".json", ".gpkg", ".fgb", ".kml", ".gml", ".xml")


def open_book(data: bytes, *, file: str, limits: Limits, encoding: str = "") -> Book:
    r"""Return the sheets in the bytes of a table file called `file` (表を開く).

    Parameters
    ----------
    data
        Text with commas, TABs or semicolons in any encoding of `decode_text`; an XLSX or .xls workbook;
        or a zip with these in it, each a sheet called by its file, whatever else of no table stands
        beside them.
    encoding
        Of a text, where a person chose one of `ENCODINGS`; "" for what it seems to be.

    Raises
    ------
    InputError
        None of these, broken, locked, or too large.

    Examples
    --------
    >>> from geo.base.delimited import Limits
    >>> limits = Limits(rows=9, columns=9, cells=99)
    >>> open_book("名称;人数\n西町;3".encode(), file="a.csv", limits=limits).sheets[0].rows[1]
    (2, ['西町', '3'])
    """
    if data.startswith(OLD):
        return read_old_workbook(data, file=file, limits=limits)
    if not data.startswith(_ZIP):
        text = decode_text(data, file, encoding)
        return Book(
            file=file, sheets=(Sheet(name="", rows=split_rows(text, file=file, limits=limits)),)
        )
    if not is_table_zip(data):
        return read_workbook(data, file=file, limits=limits)
    tables = read_tables(data, TABLE_ENDINGS, file=file)
    if not tables:
        raise refusal(
            file,
            "zip の中に表がありません。表（CSV・Excel）の入った zip か、表そのものを渡してください",
            "the zip holds no table; give one with a CSV or Excel file in it, or the table itself",
        )
    if any(map(is_table_zip, tables.values())):
        raise refusal(
            file,
            "zip の中に、さらに zip が入っています。中の zip を取り出して渡してください",
            "holds a zip in the zip; take the inner one out and give that",
        )
    books = {
        name: open_book(
            inner, file=f"{file}/{name.rpartition('/')[2]}", limits=limits, encoding=encoding
        )
        for name, inner in tables.items()
    }
    if len(books) == 1:
        return next(iter(books.values()))
    # Each table is a sheet called by its file: which is read is asked as of any workbook.
    sheets = [
        replace(sheet, name=f"{name} {sheet.name}".strip())
        for name, book in books.items()
        for sheet in book.sheets
    ]
    return Book(file=file, sheets=tuple(sheets))


def is_table_zip(data: bytes) -> bool:
    """Say whether bytes are a zip that is neither a workbook nor a map and holds a table (表のzipか)."""
    if not data.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except BROKEN:
        return False
    if "[Content_Types].xml" in names or any(name.casefold().endswith(_MAPS) for name in names):
        return False
    return any(name.casefold().endswith(TABLE_ENDINGS) for name in names)
