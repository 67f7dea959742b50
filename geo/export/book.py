"""Tables as one Excel workbook: texts never run, numbers stay numbers (Excelのブック)."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_HEAD: Final = (Font(bold=True), PatternFill("solid", fgColor="EDE8DC"))
_TOP: Final = Alignment(wrap_text=True, vertical="top")
# ECMA-376 part 1, 22.9.2.19: what looks like an escaped sign, and signs XML cannot hold.
_NEEDED: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f]")
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_LEAST, _MOST = 9.0, 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    r"""One sheet of a workbook (シート).

    Attributes
    ----------
    name
        At most 31 signs, none of ``[]:*?/\\``.
    heads
        Of the columns; none for a sheet of plain lines.
    rows
        Texts, numbers, and None for an empty cell.
    """

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[object]]


def dump_book(sheets: Iterable[Sheet], *, made_at: str) -> bytes:
    """Return sheets as a workbook, the same bytes for the same sheets (ブックを書く).

    Parameters
    ----------
    made_at
        ISO text, written in place of the clock.
    """
    book = openpyxl.Workbook(write_only=True)
    for one in sheets:
        sheet = book.create_sheet(one.name)
        every = ([one.heads] if one.heads else []) + [*one.rows]
        for number, width in enumerate(_widths(every), start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        if one.heads:
            sheet.freeze_panes = "A2"
        for at, row in enumerate(every):
            cells = [_cell(sheet, value) for value in row]
            for cell in cells if not at and one.heads else ():
                if cell is not None:
                    cell.font, cell.fill, cell.alignment = *_HEAD, _TOP
            sheet.append(cells)
    made = datetime.fromisoformat(made_at)
    made = made.astimezone(UTC).replace(tzinfo=None) if made.tzinfo else made
    book.properties.created, book.properties.creator = made, "Kayoi Map"
    out = io.BytesIO()
    book.save(out)
    return _dated(out, made)


def _cell(sheet: Any, value: object) -> Any:  # noqa: ANN401 - openpyxl's sheets have no types
    if value is None:
        return None
    if isinstance(value, int | float):
        return WriteOnlyCell(sheet, value=value)
    cell = WriteOnlyCell(sheet, value="")
    # After the value, which openpyxl would take for a formula or an error.
    cell.value = _NEEDED.sub(lambda found: f"_x{ord(found[0]):04X}_", str(value))
    cell.data_type, cell.number_format = "s", "@"
    return cell


def _widths(rows: Sequence[Sequence[object]]) -> list[float]:
    count = max(map(len, rows), default=0)
    found = [_LEAST] * count
    for row in rows:
        for at, value in enumerate(row):
            if isinstance(value, str):
                signs = sum(1.0 if one.isascii() else 2.0 for one in value) + 2
                found[at] = min(max(found[at], signs), _MOST)
    return found


def _dated(out: io.BytesIO, made: datetime) -> bytes:
    """Return the workbook with the time it was made in place of the clock openpyxl reads."""
    told, made_zip = made.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), io.BytesIO()
    core, first = "docProps/core.xml", (1980, 1, 1, 0, 0, 0)
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(made_zip, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            data = _MODIFIED.sub(rb"\g<1>" + told, data) if name == core else data
            info = zipfile.ZipInfo(name, date_time=first)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, data)
    return made_zip.getvalue()
