"""A report as a workbook that prints on A4 across, as it lies (報告のブック)."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from geo.base.words import Words
from surveys.formats.parts.declare import pack_files
from surveys.formats.parts.workbook_text import escape_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.words import Lang
    from surveys.reports.parts.paper import Paper

_NONE: Final = Words("この期間の活動記録はありません", "no entry in this period")
_MARGIN_IN: Final = 0.4  # inches, 10 mm
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def dump_papers(papers: Sequence[Paper], lang: Lang, made_at: str) -> bytes:
    """Return a report's sheets as one workbook (ブックを書く).

    Every text is a cell of type text, so that nothing is run; title and heads are on each printed
    page, and a page is as wide as the table.
    """
    import openpyxl  # noqa: PLC0415 - heavy, and here alone

    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for one in papers:
        _add(book.create_sheet(one.name), one, lang)
    made = datetime.fromisoformat(made_at)
    made = made.astimezone(UTC).replace(tzinfo=None) if made.tzinfo else made
    book.properties.created, book.properties.creator = made, "Kayoi Map"
    out = io.BytesIO()
    book.save(out)
    return _dated(out, made)


def _add(sheet: Any, paper: Paper, lang: Lang) -> None:  # noqa: ANN401 - openpyxl's sheets have no types
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    line = Side(style="thin", color="8B8677")
    border = Border(left=line, right=line, top=line, bottom=line)
    top = Alignment(wrap_text=True, vertical="top")
    _write(sheet.cell(row=1, column=1), paper.title)
    sheet.cell(row=1, column=1).font = Font(bold=True, size=13)
    rows = paper.rows or ((_NONE.say(lang), *(None for _ in paper.heads[1:])),)
    for at, row in enumerate((paper.heads, *rows), start=2):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(row=at, column=column)
            _write(cell, value)
            cell.border, cell.alignment = border, top
            if at == 2:  # noqa: PLR2004 - the heads
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="EDE8DC")
    for number, width in enumerate(paper.widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A3"
    sheet.print_title_rows = "1:2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for side in ("left", "right", "top", "bottom"):
        setattr(sheet.page_margins, side, _MARGIN_IN)


def _write(cell: Any, value: object) -> None:  # noqa: ANN401 - as above
    if value is None:
        return
    if isinstance(value, int | float):
        cell.value = value
        return
    cell.value = ""
    # After the value, which openpyxl would take for a formula or an error.
    cell.value = escape_text(str(value))
    cell.data_type, cell.number_format = "s", "@"


def _dated(out: io.BytesIO, made: datetime) -> bytes:
    told = made.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(out) as archive:
        files = {one: archive.read(one) for one in archive.namelist()}
    core = "docProps/core.xml"
    files[core] = _MODIFIED.sub(rb"\g<1>" + told, files[core])
    return pack_files(files)
