"""A table of numbers: each counted from its entries, or kept beside what somebody wrote (数の表をつくる)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from surveys.record.privacy import without_private
from surveys.reports.parts.lines import having, lines_of, of_line
from surveys.reports.parts.made import Cell, MadeTable
from surveys.reports.parts.marks import NOT_TOLD
from surveys.reports.parts.notes import notes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.base.words import Lang
    from surveys.reports.parts.declare import Counted, Line, Number
    from surveys.reports.parts.facts import Fact
    from surveys.reports.parts.lines import Facts, Sheet

TOTAL: Final = Words("計", "Total")
_NO: Final = Words("No.", "No.")
_HEAD_WIDTH, _NUMBER_WIDTH, _TEXT_WIDTH, _NO_WIDTH = 26.0, 11.0, 52.0, 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """A column of numbers: which line of the other axis, and what is counted."""

    id: str
    head: str
    line: Line | None
    number: Number
    unit: str


def make_counted(part: Counted, sheet: Sheet) -> MadeTable:
    """Return a table of numbers for a sheet's days (数の表をつくる)."""
    lang = sheet.job.lang
    facts = _picked(part, sheet)
    rows = lines_of(
        part.rows, part.source, sheet, _every(part, sheet, facts), key=f"{part.id}/rows"
    )
    columns = _columns(part, sheet, facts)
    table = [
        [_cell(part, sheet, row, one, of_line(row, part.rows.by, facts)) for one in columns]
        for row in rows
    ]
    whole = [_whole(part, sheet, one, rows, facts, at, table) for at, one in enumerate(columns)]
    if part.across:
        for line, of in zip(
            table, [of_line(row, part.rows.by, facts) for row in rows], strict=True
        ):
            line.append(_sum_of(of, line, columns[0]))
        whole.append(_sum_of(facts, [line[-1] for line in table], columns[0]))
    out = [
        _row(part, sheet, at, row, line, of_line(row, part.rows.by, facts))
        for at, (row, line) in enumerate(zip(rows, table, strict=True), start=1)
    ]
    if part.total:
        out.append(_total_row(part, whole, lang))
    laid = list(_laid(part, columns, lang))
    return MadeTable(
        id=part.id,
        title=part.words.say(lang),
        heads=tuple(head for head, _ in laid),
        widths=tuple(width for _, width in laid),
        rows=tuple(out),
        total=part.total,
        sentence=_sentence(part, rows, table, whole, lang),
        notes=tuple(notes_of(part, sheet, rows, facts)),
    )


def _every(part: Counted, sheet: Sheet, facts: list[Fact]) -> list[Fact]:
    """Return what any number of a table counts."""
    sources = {one.source for one in part.numbers if one.source is not None} - {part.source}
    return facts + [one for source in sorted(sources) for one in sheet.facts(source)]


def _picked(part: Counted, sheet: Sheet) -> list[Fact]:
    facts = sheet.facts(part.source, every=part.every)
    facts = having(facts, part.where or {})
    if part.only is not None:
        mapped = sheet.job.mapped.get(f"{part.id}/only", {})
        values = mapped.get(part.only.id, part.only.values)
        facts = having(facts, {part.only_by: values})
    return facts


def _columns(part: Counted, sheet: Sheet, facts: Facts) -> list[_Column]:
    lang = sheet.job.lang
    if part.columns is None:
        return [
            _Column(id=one.id, head=one.head.say(lang), line=None, number=one, unit=one.unit.say(lang))
            for one in part.numbers
        ]  # fmt: skip
    lines = lines_of(part.columns, part.source, sheet, facts, key=f"{part.id}/columns")
    (number,) = part.numbers
    return [
        _Column(
            id=one.id,
            head=one.words.say(lang),
            line=one,
            number=number,
            unit=(one.unit or number.unit).say(lang),
        )
        for one in lines
    ]  # fmt: skip


def _cell(part: Counted, sheet: Sheet, row: Line, column: _Column, facts: list[Fact]) -> Cell:
    behind = _behind(part, sheet, row, column, facts)
    counted = _measure(behind, column.number)
    key = f"{part.id}/{row.id}/{column.id}"
    word = sheet.words.get(key)
    number = int(word.value) if word is not None and isinstance(word.value, int) else counted
    return Cell(
        number=number, counted=counted, unit=column.unit, key=key,
        behind=_ids(behind), why=without_private(word.why) if word is not None and number != counted else "",
        text=f"{number:,}",
    )  # fmt: skip


def _behind(
    part: Counted, sheet: Sheet, row: Line, column: _Column, facts: list[Fact]
) -> list[Fact]:
    source = (column.line and column.line.source) or column.number.source
    if source is not None:
        facts = of_line(row, part.rows.by, sheet.facts(source))
    if column.line is None:
        return facts
    if column.line.where is not None:
        return having(facts, column.line.where)
    by = part.columns.by if part.columns else ""
    return of_line(column.line, by, facts)


def _whole(
    part: Counted, sheet: Sheet, column: _Column, rows: Sequence[Line], facts: list[Fact],
    at: int, table: Sequence[Sequence[Cell]],
) -> Cell:  # fmt: skip
    """Return the total of a column: everything in any row once, and what was written by hand more."""
    seen: dict[int, Fact] = {}
    for row in rows:
        for one in _behind(part, sheet, row, column, of_line(row, part.rows.by, facts)):
            seen[id(one)] = one
    return _sum_of(list(seen.values()), [line[at] for line in table], column)


def _sum_of(facts: Sequence[Fact], cells: Sequence[Cell], column: _Column) -> Cell:
    counted = _measure(facts, column.number)
    number = counted + sum((one.number or 0) - (one.counted or 0) for one in cells)
    return Cell(
        number=number, counted=counted, unit=column.unit, behind=_ids(facts), text=f"{number:,}"
    )


def _measure(facts: Sequence[Fact], number: Number) -> int:
    if number.measure == "count":
        return len(facts)
    return sum(one.sums.get(number.measure, 0) for one in facts)


def _ids(facts: Iterable[Fact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.site.id for one in facts))


def _row(
    part: Counted, sheet: Sheet, at: int, row: Line, line: Sequence[Cell], facts: Facts
) -> tuple[Cell, ...]:
    lang = sheet.job.lang
    cells = [Cell(text=str(at))] if part.numbered else []
    cells.append(Cell(text=without_private(row.words.say(lang))))
    cells += _with_names(part, sheet, row, line, facts)
    if part.note is not None:
        key = f"{part.id}/{row.id}/note"
        cells.append(Cell(text=sheet.own_text(key), key=key))
    return tuple(cells)


def _with_names(
    part: Counted, sheet: Sheet, row: Line, line: Sequence[Cell], facts: Facts
) -> list[Cell]:
    names = part.names or {}
    out: list[Cell] = []
    for cell, number in zip(line, part.numbers, strict=False):
        out.append(cell)
        if number.id in names:
            found = (
                of_line(row, part.rows.by, sheet.facts(number.source)) if number.source else facts
            )
            titles = dict.fromkeys(one.title for one in found if one.title)
            out.append(Cell(text=without_private("、".join(titles)), behind=_ids(found)))
    return out + list(line[len(part.numbers) :]) if part.columns is None else list(line)


def _total_row(part: Counted, whole: Sequence[Cell], lang: Lang) -> tuple[Cell, ...]:
    cells = [Cell()] if part.numbered else []
    cells.append(Cell(text=TOTAL.say(lang)))
    names = part.names or {}
    for at, one in enumerate(whole):
        cells.append(one)
        if part.columns is None and at < len(part.numbers) and part.numbers[at].id in names:
            cells.append(Cell())
    return (*cells, Cell()) if part.note is not None else tuple(cells)


def _laid(part: Counted, columns: Sequence[_Column], lang: Lang) -> Iterable[tuple[str, float]]:
    """Yield the head and the width of each column, left to right."""
    if part.numbered:
        yield _NO.say(lang), _NO_WIDTH
    yield part.rows.head.say(lang), _HEAD_WIDTH
    names = part.names or {}
    for one in columns:
        yield one.head, _NUMBER_WIDTH
        if one.id in names and part.columns is None:
            yield names[one.id].say(lang), _TEXT_WIDTH
    if part.across:
        yield TOTAL.say(lang), _NUMBER_WIDTH
    if part.note is not None:
        yield part.note.say(lang), _TEXT_WIDTH


def _sentence(
    part: Counted, rows: Sequence[Line], table: Sequence[Sequence[Cell]],
    whole: Sequence[Cell], lang: Lang,
) -> str:  # fmt: skip
    if part.sentence is None or not whole:
        return ""
    filled = sum(
        1 for row, line in zip(rows, table, strict=True) if row.id != NOT_TOLD and line[0].number
    )
    told = {one.id: cell.number for one, cell in zip(part.numbers, whole, strict=False)}
    return part.sentence.say(lang).format(
        rows=f"{filled:,}", **{key: f"{one:,}" for key, one in told.items()}
    )
