"""Delimited text in any encoding offices use, as plain rows (区切り文字の表).

Nothing heavy is imported here, so that light floors can read tables as well.
"""

from __future__ import annotations

import csv
import re
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from geo.base.guesses import NOT_TEXT, find_delimiter, likely_encodings
from geo.base.long_cells import find_long_cell, say_long_cell
from geo.base.no_text import say_not_text
from geo.base.problems import InputError, Problem
from geo.base.text import tidy
from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_TITLE_LEAST: Final = 3  # a single cell above a table at least this wide is its title


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Guards against a wrong or hostile file (大きさの上限).

    Attributes
    ----------
    rows, columns
        Of the table, empty rows and those above the header counted.
    cells
        Of the whole file, a delimiter within quotes counted as one more.
    """

    rows: int
    columns: int
    cells: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Delimited:
    """One table as it was typed (打たれたままの表).

    Attributes
    ----------
    columns
        Tidied, unique, in the file's order.
    rows
        The row number in the file, counted from 1 as Excel does, and one cell a column, each
        exactly as it stands in the file ("" when absent). Empty rows are left out.
    problems
        Rows that hold more cells than the header names.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    problems: tuple[Problem, ...]


def parse_delimited(data: bytes, *, file: str, limits: Limits) -> Delimited:
    r"""Return the table in the bytes of a CSV or TSV file called `file` (表に直す).

    Parameters
    ----------
    data
        UTF-8 with or without a mark, Shift_JIS (cp932), EUC-JP where it can be nothing else, or
        UTF-16 with a mark; commas, TABs or semicolons.
        Empty rows, ``#LINK``-like rows and one-cell titles above the header are skipped.

    Raises
    ------
    InputError
        A workbook, an unknown encoding, quotes left open, no header, too large.

    Examples
    --------
    >>> limits = Limits(rows=9, columns=9, cells=99)
    >>> parse_delimited("名 称,人数\n西町,３\n".encode("cp932"), file="a.csv", limits=limits).rows
    ((2, ('西町', '３')),)
    """
    records = split_rows(decode_text(data, file), file=file, limits=limits)
    header, body = find_header([cells for _, cells in records], file=file)
    columns = name_columns(records[header][1], file=file, most=limits.columns)
    width, rows = len(columns), []
    problems: list[Problem] = []
    for number, cells in records[body:]:
        if not any(map(tidy, cells)):
            continue
        if any(map(tidy, cells[width:])):
            problems.append(too_many_cells(file, number, cells[width:], width))
        rows.append((number, tuple((cells + [""] * (width - len(cells)))[:width])))
    return Delimited(columns=columns, rows=tuple(rows), problems=tuple(problems))


def decode_text(data: bytes, file: str, encoding: str = "") -> str:
    """Return the text of a table's bytes, in the encoding a person chose or any (文字に直す).

    Raises
    ------
    InputError
        A workbook or zip, or bytes that are text in none of the encodings.
    """
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise refusal(
            file,
            "Excel のブックか圧縮ファイルです。Excel で開いて「CSV UTF-8」で保存し、それを読みこんでください",
            "an Excel workbook or a zip; open it and save it as “CSV UTF-8”, then read that",
        )
    for name in [encoding] if encoding else likely_encodings(data):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if not NOT_TEXT[name].search(text):
            return text
    if encoding:
        raise refusal(
            file,
            f"選んだ文字コード（{encoding}）では読めません。ほかの文字コードを選んでください",
            f"cannot be read as {encoding}; choose another encoding",
        )
    why = say_not_text(data)
    raise refusal(file, why.ja, why.en)


def split_rows(text: str, *, file: str, limits: Limits) -> list[tuple[int, list[str]]]:
    """Return each row's number, counted from 1, and its cells as typed (行と欄に分ける).

    Raises
    ------
    InputError
        Quotes wrong or left open, a cell above the csv module's limit (131,072 characters),
        told by its row and column, or more rows or cells than `limits`.
    """
    delimiter = find_delimiter(text)
    ends = [0]  # of the rows that were read, in the text
    lines = _lines(text, delimiter, file, limits, ends)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    records: list[tuple[int, list[str]]] = []
    begin = 0
    try:
        for number, record in enumerate(reader, start=1):
            if number > limits.rows:
                raise refusal(
                    file,
                    f"行が多すぎます（{limits.rows:,} まで）",
                    f"too many rows (at most {limits.rows:,})",
                )
            records.append((number, record))
            begin = ends[0]
    except csv.Error as error:
        row = len(records) + 1
        at = find_long_cell(text, begin, delimiter)
        if at is not None:
            words = say_long_cell(row, _column_at(records, at))
            raise refusal(file, words.ja, words.en) from error
        raise refusal(
            file,
            f'{row}行目からあとで、引用符（"）が正しく閉じていません。その行を直してください',
            f"quotation marks are wrong at or after row {row}; mend that row",
        ) from error
    return records


def find_header(records: Sequence[Sequence[str]], *, file: str) -> tuple[int, int]:
    """Return the places of the header and of the first row below it (見出しの行を探す).

    The second is the number of records when nothing is below.

    Raises
    ------
    InputError
        When there is no header.
    """
    widest = max((sum(map(bool, cells)) for cells in records[:50]), default=0)
    header: int | None = None
    for at, record in enumerate(records):
        cells = [cell for cell in map(tidy, record) if cell]
        if not cells:
            continue
        first = tidy(record[0])
        if first.startswith("#") and first not in {"#", "#property"}:
            continue
        if header is not None:
            return header, at
        if len(cells) == 1 and widest >= _TITLE_LEAST:
            continue
        header = at
    if header is None:
        raise refusal(file, "見出しの行がありません", "has no header row")
    return header, len(records)


def name_columns(cells: Sequence[str], *, file: str, most: int) -> tuple[str, ...]:
    """Return a header's cells as tidied names, each only once (列の名前).

    Raises
    ------
    InputError
        When there are more than `most`.

    Examples
    --------
    >>> name_columns(["名称 ", "", "名称"], file="a.csv", most=9)
    ('名称', '（2列目）', '名称_2')
    """
    if len(cells) > most:
        raise refusal(
            file, f"列が多すぎます（{most:,} まで）", f"too many columns (at most {most:,})"
        )
    names = [tidy(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    out: dict[str, None] = {}
    turns: dict[str, int] = {}
    for at, name in enumerate(names, start=1):
        unique = base = name or f"（{at}列目）"
        while unique in out:
            turns[base] = turns.get(base, 1) + 1
            unique = f"{base}_{turns[base]}"
        out[unique] = None
    return tuple(out)


def column_key(name: str) -> str:
    """Return a column name's form for comparing (列名の照合形).

    Folds width, case, spaces and a leading ``#``, and drops a unit such as （人）.

    Examples
    --------
    >>> column_key("６５歳以上 人口（人）") == column_key("65歳以上人口")
    True
    """
    return (_folded.__wrapped__ if name[100:] else _folded)(name)  # a long cell is not kept


@lru_cache(maxsize=1 << 13)
def _folded(name: str) -> str:
    return re.sub(r"(\((人|名)\)|_人)$", "", tidy(name).casefold().replace(" ", "").lstrip("#"))


def find_column(columns: Sequence[str], names: Iterable[str]) -> str | None:
    """Return the column called by the first of `names` that is there (別名から列を探す)."""
    by_key: dict[str, str] = {}
    for column in columns:
        by_key.setdefault(column_key(column), column)
    return next((by_key[key] for key in map(column_key, names) if key in by_key), None)


def refusal(file: str, ja: str, en: str) -> InputError:
    """Return the error that refuses the whole of `file` (ファイルを断る)."""
    return InputError(Words(f"ファイル {file}: {ja}。", f"{file}: {en}."))


def too_many_cells(file: str, row: int, extra: Sequence[str], width: int) -> Problem:
    """Return the problem of a row wider than its header (見出しより長い行)."""
    return Problem(
        file=file,
        row=row,
        column="",
        value="、".join(filter(None, map(tidy, extra[:80])))[:80],
        reason=Words(
            f"見出しは{width}列ですが、それより右にも値があります。右の値は使いませんでした",
            f"the header has {width} columns, but there are values further right; they were not used",
        ),
    )


def _column_at(records: Sequence[tuple[int, list[str]]], at: int) -> str:
    """Return what the file calls a column, its place where it has no name."""
    with suppress(InputError):
        rows = [cells for _, cells in records]
        head = rows[find_header(rows, file="")[0]]
        named = tidy(head[at]) if at < len(head) else ""
        return named or f"（{at + 1}列目）"
    return f"（{at + 1}列目）"


def _lines(text: str, delimiter: str, file: str, limits: Limits, ends: list[int]) -> Iterator[str]:
    # Counted before the csv module makes a cell of each delimiter: a line of nothing but
    # commas would else cost many times its size.
    cells = 0
    for match in _LINE.finditer(text):
        line = match[0]
        ends[0] = match.end()
        cells += line.count(delimiter) + 1
        if cells > limits.cells:
            raise refusal(
                file,
                f"列か行が多すぎます（合わせて {limits.cells:,} 欄まで）。分けて保存してください",
                f"too many columns or rows (at most {limits.cells:,} cells); save it in parts",
            )
        yield line
