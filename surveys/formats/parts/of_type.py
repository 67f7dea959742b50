"""The features of one type in a GeoJSON that holds several (一つの種類だけ)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from surveys.formats.parts.columns import site_columns

if TYPE_CHECKING:
    from surveys.declaration.record_type import RecordType
    from surveys.formats.raw.table import RawFile, RawSheet

# The property that tells the type where there are several, and what ``kayoi`` says there.
TYPE: Final = "type"
ALL: Final = "all"


def take_type(raw: RawFile, type_: RecordType) -> RawFile:
    """Return a file with the rows and columns of one type (一つの種類の行と列).

    Any file but our own of several types comes back as it is.
    """
    return replace(raw, sheets=tuple(_take(sheet, type_) for sheet in raw.sheets))


def _take(sheet: RawSheet, type_: RecordType) -> RawSheet:
    told = sheet.extra.get("kayoi")
    if not isinstance(told, dict) or told.get("type") != ALL or TYPE not in sheet.columns:
        return sheet
    at = sheet.columns.index(TYPE)
    heads = {one.head(lang) for one in site_columns(type_) for lang in ("ja", "en", "id")}
    keep = [n for n, column in enumerate(sheet.columns) if column in heads and n != at]
    rows = tuple(
        replace(row, cells=tuple(row.cells[n] for n in keep))
        for row in sheet.rows
        if row.cells[at] == type_.id
    )
    numbers = {row.number for row in rows}
    return replace(
        sheet,
        columns=tuple(sheet.columns[n] for n in keep),
        rows=rows,
        problems=tuple(one for one in sheet.problems if one.row in numbers),
    )
