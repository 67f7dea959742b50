"""A report as a workbook that prints on A4 across, as it lies (報告のブック)."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from geo.base.square import OFFICE_ONLY
from geo.base.words import Words
from surveys.formats.parts.declare import pack_files
from surveys.formats.parts.workbook_text import escape_text
from surveys.reports.parts.made import MadeText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.words import Lang
    from surveys.reports.parts.made import Cell, MadeTable, Paper

NONE: Final = Words("この期間の記録はありません", "nothing in this period")
BY_HAND: Final = Words("数えた数 {n}", "counted: {n}")
CARRIED: Final = Words("前の期（{span}）の文", "carried over from {span}")
_MARGIN_IN: Final = 0.4  # inches, 10 mm
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_LINE, _HEAD_FILL = "8B8677", "EDE8DC"
_TEXT_WIDTH, _LINE_POINTS = 110.0, 16.0


def dump_papers(papers: Sequence[Paper], lang: Lang, made_at: str) -> bytes:
    """Return a report's sheets as one workbook (ブックを書く).

    Every text is a cell of type text, so that nothing is run, and every count a number. The heads of a
    sheet with one table are on each printed page, and a page is as wide as the table.
    """
    import openpyxl  # noqa: PLC0415 - heavy, and here alone

    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for one in papers:
        _Sheet(book.create_sheet(one.name), lang).add(one)
    made = datetime.fromisoformat(made_at)
    made = made.astimezone(UTC).replace(tzinfo=None) if made.tzinfo else made
    book.properties.created, book.properties.creator = made, "Kayoi Map"
    out = io.BytesIO()
    book.save(out)
    return _dated(out, made)


class _Sheet:
    """A sheet of the workbook, written downwards."""

    def __init__(self, sheet: Any, lang: Lang) -> None:  # noqa: ANN401 - openpyxl's sheets have no types
        self._sheet, self._lang, self._at = sheet, lang, 1
        self._wide = 1

    def add(self, paper: Paper) -> None:
        """Write a paper's title, its parts, and how it is printed."""
        sheet, tables = self._sheet, paper.tables
        self._wide = max((len(one.heads) for one in tables), default=1)
        self._text(paper.title, bold=True, size=13)
        self._text("　".join((OFFICE_ONLY.say(self._lang), *paper.facts)))
        alone, above = len(paper.parts) == 1, ("", "")
        for part in paper.parts:
            if isinstance(part, MadeText):
                if part.part not in above:
                    self._skip(part.part)
                if part.title not in above:
                    self._skip(part.title)
                above = (part.part, part.title)
                self._written(part)
            else:
                if not alone:
                    self._skip(part.title)
                self._table(part)
        if alone and tables:
            sheet.freeze_panes = "A4"
            sheet.print_title_rows = "1:3"
        self._widths(tables)
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        for side in ("left", "right", "top", "bottom"):
            setattr(sheet.page_margins, side, _MARGIN_IN)

    def _skip(self, title: str) -> None:
        self._at += 1
        self._text(title, bold=True, size=11)

    def _text(self, text: str, *, bold: bool = False, size: int = 10) -> None:
        from openpyxl.styles import Font  # noqa: PLC0415 - as above

        cell = self._sheet.cell(row=self._at, column=1)
        _write(cell, text)
        cell.font = Font(bold=bold, size=size)
        self._at += 1

    def _table(self, table: MadeTable) -> None:
        if table.sentence:
            self._text(table.sentence)
        self._row(table.heads, head=True)
        for number, row in enumerate(table.rows, start=1):
            self._row(row, total=table.total and number == len(table.rows))
        if not table.rows:
            self._row((NONE.say(self._lang), *(None for _ in table.heads[1:])))
        for note in (*table.notes, *hands_of(table, self._lang)):
            self._text(note)

    def _row(self, row: Sequence[Any], *, head: bool = False, total: bool = False) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # noqa: PLC0415

        line = Side(style="thin", color=_LINE)
        for column, value in enumerate(row, start=1):
            cell = self._sheet.cell(row=self._at, column=column)
            _fill(cell, value, self._lang)
            cell.border = Border(left=line, right=line, top=line, bottom=line)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if head or total:
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=_HEAD_FILL)
        self._at += 1

    def _written(self, part: MadeText) -> None:
        """Write one text of the office over the width of the sheet, as high as it needs."""
        from openpyxl.styles import Alignment, Font  # noqa: PLC0415

        head = part.head
        if part.carried:
            head = f"{head}（{CARRIED.fill(span=part.carried).say(self._lang)}）"
        self._text(head, bold=True)
        cell = self._sheet.cell(row=self._at, column=1)
        _write(cell, part.text)
        cell.alignment, cell.font = Alignment(wrap_text=True, vertical="top"), Font(size=10)
        if self._wide > 1:
            self._sheet.merge_cells(
                start_row=self._at, end_row=self._at, start_column=1, end_column=self._wide
            )
        lines = sum(1 + len(one) // 50 for one in part.text.split("\n"))
        self._sheet.row_dimensions[self._at].height = _LINE_POINTS * max(2, lines)
        self._at += 1

    def _widths(self, tables: Sequence[MadeTable]) -> None:
        from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

        widest: dict[int, float] = {1: _TEXT_WIDTH} if not tables else {}
        for table in tables:
            for number, width in enumerate(table.widths, start=1):
                widest[number] = max(width, widest.get(number, 0))
        for number, width in widest.items():
            self._sheet.column_dimensions[get_column_letter(number)].width = width


def say_hand(cell: Cell, lang: Lang) -> str:
    """Return what was counted where a number by hand stands, "" elsewhere (手で直した数のことわり)."""
    return BY_HAND.fill(n=f"{cell.counted:,}").say(lang) if cell.by_hand else ""


def hands_of(table: MadeTable, lang: Lang) -> list[str]:
    """Return of each number by hand what was counted and why it is another (手で直した数の一覧)."""
    out = []
    for row in table.rows:
        name = next((one.text for one in row if one.number is None and not one.text.isdigit()), "")
        for head, cell in zip(table.heads, row, strict=True):
            if cell.by_hand and cell.why:
                told = Words(
                    f"手で直した数：{name}・{head} {cell.text}（数えた数 {cell.counted:,}）{cell.why}",
                    f"By hand: {name}, {head}: {cell.text} (counted {cell.counted:,}): {cell.why}",
                )
                out.append(told.say(lang))
    return out


def _fill(cell: Any, value: Cell | str | None, lang: Lang) -> None:  # noqa: ANN401 - as above
    if value is None or isinstance(value, str):
        _write(cell, value or "")
        return
    if value.number is None:
        _write(cell, value.text)
        return
    cell.value = value.number
    hand = say_hand(value, lang)
    shown = f"{value.unit}（{hand}）" if hand else value.unit
    cell.number_format = '#,##0"' + shown.replace('"', "") + '"' if shown else "#,##0"


def _write(cell: Any, value: str) -> None:  # noqa: ANN401 - as above
    if not value:
        return
    cell.value = ""
    # After the value, which openpyxl would take for a formula or an error.
    cell.value = escape_text(value)
    cell.data_type, cell.number_format = "s", "@"


def _dated(out: io.BytesIO, made: datetime) -> bytes:
    told = made.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(out) as archive:
        files = {one: archive.read(one) for one in archive.namelist()}
    core = "docProps/core.xml"
    files[core] = _MODIFIED.sub(rb"\g<1>" + told, files[core])
    return pack_files(files)
