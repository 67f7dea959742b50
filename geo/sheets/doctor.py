"""The table in a file made for people, and everything of the file that is not it (表の診断).

Nothing is left out unseen: each row and sheet that is set aside stands in what is told, with its
number and why.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from geo.base.delimited import column_key, refusal, too_many_cells
from geo.base.list_heads import BOTHS, LATS, LONS
from geo.base.problems import Problem
from geo.base.text import tidy
from geo.base.words import Words
from geo.sheets.cells import say_cell
from geo.sheets.choose import ALL_SHEETS, alike_sheets, choose_sheet
from geo.sheets.ditto import fill_dittos
from geo.sheets.heads import find_heads, plain_head
from geo.sheets.kinds import REASONS, kind_of, may_be_other
from geo.sheets.mending import mend_columns
from geo.sheets.merged import fill_merged, say_across

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from geo.sheets.cells import Book, Cell, Sheet
    from geo.sheets.heads import Heads
    from geo.sheets.kinds import Kind

SUB_HEADING: Final = "小見出し"
_ABOVE: Final = Words(
    "表の上にある行（題や注）なので、使いませんでした",
    "above the table (a title or a note); not used",
)
_EMPTY_SUB: Final = Words("小見出しですが、下に行がありません", "a sub-heading without rows below")
_NOT_CHOSEN: Final = Words(
    "選ばなかったシートなので、使いませんでした", "a sheet that was not chosen; not used"
)
_NARROW: Final = 3  # columns; in a narrower table one cell may be a whole row
_COORDINATES: Final = frozenset(map(column_key, (*LATS, *LONS, *BOTHS)))
_SHOWN: Final = 80

Rows = list[tuple[int, "tuple[Cell, ...]"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The table of a file (見つけた表).

    Attributes
    ----------
    sheet
        Its sheet's name, "" of a text file.
    columns
        Tidied and unique, in the file's order; last `SUB_HEADING` where rows had one.
    rows
        The row's number in the file, and one cell a column. No empty rows.
    aside
        What is not used, each with its place and why.
    mended
        What was read otherwise than it stands, or should be looked at, told the same way.
    problems
        Cells that cannot be read, and rows longer than their headings.
    """

    sheet: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    aside: tuple[Problem, ...]
    mended: tuple[Problem, ...]
    problems: tuple[Problem, ...]


def find_tables(
    book: Book, *, known: Collection[str] = (), sheets: Collection[str] = (), most: int
) -> tuple[Found, ...]:
    """Return the tables of a file's sheets (表を見つける).

    Parameters
    ----------
    sheets
        The names of those that a person chose; none takes the one that can be meant, `ALL_SHEETS`
        every one with the headings that most of those have.

    Raises
    ------
    InputError
        As `find_table`, or no sheet of that name.
    """
    if not sheets:
        return (find_table(book, known=known, most=most),)
    if ALL_SHEETS in sheets and not any(one.name == ALL_SHEETS for one in book.sheets):
        alike, others = alike_sheets(book, frozenset(map(column_key, known)), most=most)
        first, *more = find_tables(book, known=known, sheets=alike, most=most)
        aside = [one for one in first.aside if one.reason is not _NOT_CHOSEN]
        return (replace(first, aside=(*others, *aside)), *more)
    chosen = [one for one in book.sheets if one.name in sheets]
    if len(chosen) < len(set(sheets)):
        names = "、".join(f"「{one.name}」" for one in book.sheets)
        raise refusal(
            book.file,
            f"その名前のシートはありません。あるシート: {names}",
            f"has no sheet of that name; it has: {names}",
        )
    found = [
        find_table(replace(book, sheets=(one,)), known=known, most=most, chosen=True)
        for one in chosen
    ]
    beside = [one for one in book.sheets if one not in chosen and one.rows]
    told = tuple(_problem(f"{book.file} {one.name}", None, "", _NOT_CHOSEN) for one in beside)
    return (replace(found[0], aside=(*told, *found[0].aside)), *found[1:])


def find_table(
    book: Book,
    *,
    known: Collection[str] = (),
    sums: Literal["all", "parts"] = "all",
    most: int,
    chosen: bool = False,
) -> Found:
    """Return the table in a file's sheets (表を見つける).

    Parameters
    ----------
    known
        Headings that the asking door knows, in any spelling of `column_key`.
    sums
        Which rows of sums are set aside: "parts" leaves those of the whole to the asking door.
    most
        Columns.
    chosen
        Whether a person chose the one sheet there is, hidden or not.

    Raises
    ------
    InputError
        No table, no rows below its headings, several sheets that could be meant
        (`geo.sheets.choose.ManySheetsError`), too wide.
    """
    keys = frozenset(map(column_key, known))
    if chosen:
        sheet, told = book.sheets[0], list[Problem]()
        heads = find_heads(sheet, keys, file=f"{book.file} {sheet.name}", most=most)
    else:
        sheet, heads, told = choose_sheet(book, keys, most=most)
    where = f"{book.file} {sheet.name}".strip()
    for number, cells in sheet.rows[: heads.first]:
        text = "、".join(filter(None, map(tidy, map(say_cell, cells))))
        if text and not text.startswith("#"):
            told.append(_problem(where, number, text, _ABOVE))
    rows, aside, problems, subs = _read_rows(sheet, heads, where, sums)
    told += aside
    if not rows:
        raise refusal(book.file, "見出しの下に行がありません", "has no rows below its header")
    columns = tuple(map(plain_head, heads.columns))
    if len(set(columns)) < len(columns):
        columns = heads.columns
    mended = fill_merged(rows, columns, sheet.spans, where)
    mended += fill_dittos(rows, columns, where)
    mended += mend_columns(rows, columns, where)
    if any(subs):
        columns = (*columns, SUB_HEADING)
        rows = [(at, (*cells, sub)) for (at, cells), sub in zip(rows, subs, strict=True)]
    problems += [one for one in sheet.problems if (one.row or 0) >= rows[0][0]]
    problems.sort(key=lambda one: one.row or 0)
    return Found(
        sheet=sheet.name, columns=columns, rows=tuple(rows), aside=tuple(told),
        mended=tuple(mended), problems=tuple(problems),
    )  # fmt: skip


def _read_rows(
    sheet: Sheet, heads: Heads, where: str, sums: Literal["all", "parts"]
) -> tuple[Rows, list[Problem], list[Problem], list[str]]:
    """Return the table's rows, what is aside, what is wrong, and each row's sub-heading."""
    width = len(heads.columns)
    places = [at for at, one in enumerate(heads.columns) if column_key(one) in _COORDINATES]
    across = say_across(sheet.spans, width)
    rows: Rows = []
    subs: list[str] = []
    told: list[Problem] = []
    problems: list[Problem] = []
    sub, waiting = "", None
    for number, cells in sheet.rows[heads.body :]:
        lead = _lead(cells)
        if not lead:
            continue
        kind = _kind(lead, cells, heads, places, across=number in across)
        if kind == "sum" and sums == "parts":
            kind = ""
        if kind in ("sub", "") and waiting is not None:
            at, text = waiting
            told.append(_problem(where, at, text, REASONS["sub"] if not kind else _EMPTY_SUB))
            sub, waiting = text, None
        if kind == "sub":
            waiting = (number, lead[0][1])
            continue
        if kind:
            shown = "、".join(filter(None, (tidy(say_cell(one)) for one in cells)))
            told.append(_problem(where, number, shown, REASONS[kind]))
            continue
        if len(cells) > width and any(tidy(say_cell(one)) for one in cells[width:]):
            extra = [say_cell(one) for one in cells[width:]]
            problems.append(too_many_cells(where, number, extra, width))
        rows.append((number, (*cells[:width], *[""] * (width - len(cells)))))
        subs.append(sub)
    if waiting is not None:  # at the end of the list it is a row with a name alone
        rows.append((waiting[0], (waiting[1], *[""] * (width - 1))))
        subs.append(sub)
    for number, text in _notes_below(rows, width):
        del rows[-1], subs[-1]
        told.append(_problem(where, number, text, REASONS["note"]))
    return rows, told, problems, subs


def _lead(cells: Sequence[Cell]) -> list[tuple[int, str]]:
    """Return the first two filled cells of a row, tidied."""
    out: list[tuple[int, str]] = []
    for at, cell in enumerate(cells):
        if cell is None or cell == "":
            continue
        text = tidy(say_cell(cell))
        if text:
            out.append((at, text))
            if len(out) > 1:
                break
    return out


def _kind(
    lead: list[tuple[int, str]],
    cells: Sequence[Cell],
    heads: Heads,
    places: Sequence[int],
    *,
    across: bool,
) -> Kind:
    same = lead[0][0] < len(heads.columns) and lead[0][1] == heads.columns[lead[0][0]]
    alone = len(lead) == 1
    if not (same or (alone and across) or any(may_be_other(text) for _, text in lead)):
        return ""
    texts = [(at, text) for at, one in enumerate(cells) if (text := tidy(say_cell(one)))]
    if same and all(at < len(heads.columns) and text == heads.columns[at] for at, text in texts):
        return "head"
    placed = bool(places) and all(at < len(cells) and say_cell(cells[at]) for at in places)
    kind = kind_of(texts, len(heads.columns), placed=placed)
    return "sub" if not kind and alone and across else kind


def _notes_below(rows: Rows, width: int) -> list[tuple[int, str]]:
    """Return single texts that stand below a gap at the end of a list, the last first."""
    notes: list[tuple[int, str]] = []
    at = len(rows)
    while width >= _NARROW and at > 1:
        texts = [text for one in rows[at - 1][1] if (text := tidy(say_cell(one)))]
        if len(texts) != 1:
            break
        notes.append((rows[at - 1][0], texts[0]))
        at -= 1
    apart = [n for n, (row, _) in enumerate(notes) if row - rows[len(rows) - n - 2][0] > 1]
    return notes[: apart[-1] + 1] if apart else []


def _problem(where: str, row: int | None, value: str, reason: Words) -> Problem:
    return Problem(file=where, row=row, column="", value=value[:_SHOWN], reason=reason)
