"""Tables that offices hand out, CSV or Excel, as data frames of text (表の読み込み)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.base.delimited import Limits, column_key, find_column, refusal
from geo.base.problems import InputError
from geo.base.text import tidy
from geo.base.words import Words
from geo.sheets.book import TABLE_ENDINGS, open_book
from geo.sheets.cells import say_cell
from geo.sheets.doctor import find_table
from geo.sheets.unseen import drop_unseen
from geo.sources.how_read import HowRead, load_how, rename_columns

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Literal

    from geo.base.problems import Problem

__all__ = [
    "MAX_BYTES",
    "TABLE_ENDINGS",
    "Table",
    "column_key",
    "find_column",
    "load_display_names",
    "load_table",
    "parse_count",
    "parse_number",
    "parse_table",
    "read_bytes",
]

# Guards against a wrong or hostile file, far above what a town publishes (the largest real
# one, the address list of all Japan, has 277,543 rows).
MAX_BYTES: Final = 200_000_000
MAX_ROWS: Final = 2_000_000
MAX_COLUMNS: Final = 2_000
_AS_IT_SEEMS: Final = HowRead()
_LIMITS: Final = Limits(rows=MAX_ROWS, columns=MAX_COLUMNS, cells=100_000_000)

_COUNT = re.compile(r"[+-]?\d{1,12}(\.0+)?")
_NUMBER = re.compile(r"[+-]?(\d{1,12}(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?")
# e-Stat's signs: "-" is a true zero, "X" and "*" are kept secret (DOMAIN: 国勢調査 小地域).
_SECRET = frozenset({"", "X", "x", "*"})
DASHES = frozenset("-‐‑‒–—―−")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table as text (文字の表).

    Attributes
    ----------
    file
        The file's name, for `Problem.file`.
    frame
        Every cell a tidied ``str`` ("" when empty), columns tidied and unique, default index.
    rows
        The file's row number of each row of `frame`, counted from 1 as Excel does.
    problems
        Rows that hold more cells than the header names, and cells that cannot be read.
    aside
        Rows and sheets that are not used, and what was mended, each with its place and why.
    sheet
        The name of the workbook's sheet it stands in, "" of a text file.
    """

    file: str
    frame: pd.DataFrame
    rows: tuple[int, ...]
    problems: tuple[Problem, ...] = ()
    aside: tuple[Problem, ...] = ()
    sheet: str = ""

    def find_column(self, names: Iterable[str]) -> str | None:
        """Return the first of `names` that the table has, by `column_key` (列を探す)."""
        return find_column([str(c) for c in self.frame.columns], names)


def load_table(
    path: Path, *, known: Iterable[str] = (), sums: Literal["all", "parts"] = "all"
) -> Table:
    """Return the table in a file (表を読む).

    Parameters
    ----------
    path
        CSV, TSV or semicolons in any encoding of `decode_text`, an XLSX workbook, or a zip with
        one of them. Titles and notes around the table, rows of sums and examples, other sheets
        are set aside (`geo.sheets.doctor`).
    known, sums
        As `find_table` takes them.

    Raises
    ------
    InputError
        Not there, too large, an old workbook, an unknown encoding, quotes left open, no rows.
    """
    path = Path(path)
    return parse_table(read_bytes(path), file=path.name, known=known, sums=sums, how=load_how(path))


def load_display_names(path: Path) -> dict[str, str]:
    """Return what ``attributes.csv`` beside a map file calls its columns (列の表示名).

    ``{original_name: display_name}``; empty where there is none, or only a header.
    """
    beside = Path(path).with_name("attributes.csv")
    if not beside.is_file():
        return {}
    try:
        table = load_table(beside)
    except InputError:
        return {}
    original, display = table.find_column(["original_name"]), table.find_column(["display_name"])
    if original is None or display is None:
        return {}
    return dict(zip(table.frame[original], table.frame[display], strict=True))


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes, or say why not (中身を読む).

    Raises
    ------
    InputError
        When there is no such file, or it is larger than `MAX_BYTES`.
    """
    if path.is_dir():
        raise refusal(
            path.name,
            "フォルダです。ファイルを指定してください",
            "is a folder; name a file",
        )
    if not path.is_file():
        raise refusal(
            path.name,
            "見つかりません。場所と名前を確かめてください",
            "not found; check its place and name",
        )
    if path.stat().st_size > MAX_BYTES:
        raise refusal(
            path.name,
            f"大きすぎます（{MAX_BYTES // 1_000_000} MB まで）。必要な範囲だけにしてください",
            f"too large (at most {MAX_BYTES // 1_000_000} MB); keep only the part you need",
        )
    return path.read_bytes()


def parse_table(
    data: bytes,
    *,
    file: str,
    known: Iterable[str] = (),
    sums: Literal["all", "parts"] = "all",
    how: HowRead = _AS_IT_SEEMS,
    sheet: str = "",
) -> Table:
    r"""Return the table in the bytes of a file called `file` (表に直す).

    Parameters
    ----------
    how
        What somebody said of its columns and its encoding (`load_table` finds it beside the file).
    sheet
        The one to read of a workbook; "" for the one that can be meant.

    Examples
    --------
    >>> table = parse_table("#LINK\n名称,人数\n西町,３\n".encode("cp932"), file="a.csv")
    >>> table.frame.to_dict("records"), table.rows
    ([{'名称': '西町', '人数': '3'}], (3,))
    """
    book = open_book(data, file=file, limits=_LIMITS, encoding=how.encoding)
    if sheet:
        book = replace(book, sheets=tuple(one for one in book.sheets if one.name == sheet))
    found = find_table(
        book, known=(*known, *how.columns), sums=sums, most=MAX_COLUMNS, chosen=bool(sheet)
    )
    frame = pd.DataFrame(
        [[tidy(drop_unseen(say_cell(cell))) for cell in cells] for _, cells in found.rows],
        columns=pd.Index(found.columns, dtype="str"),
        dtype="str",
    )
    if how.columns:
        names, places = rename_columns(found.columns, how.columns, file)
        frame = frame.iloc[:, list(places)].set_axis(list(names), axis="columns")
    rows = tuple(number for number, _ in found.rows)
    return Table(
        file=file,
        frame=frame,
        rows=rows,
        problems=found.problems,
        aside=(*found.aside, *found.mended),
        sheet=found.sheet,
    )


def parse_count(text: str) -> int | None:
    """Return a whole number of people as tables write it (人数を読む).

    ``-`` is e-Stat's true zero; ``X``, ``*`` and an empty cell are not known: ``None``.

    Raises
    ------
    InputError
        When the text is no whole number. A number below zero is returned as it is.

    Examples
    --------
    >>> parse_count("32,500 "), parse_count("１２人"), parse_count("－"), parse_count("X")
    (32500, 12, 0, None)
    """
    value = tidy(text).replace(" ", "")
    if value in _SECRET:
        return None
    if value in DASHES:
        return 0
    plain = value.replace(",", "").removesuffix("人").removesuffix("名")
    if not _COUNT.fullmatch(plain):
        raise InputError(
            Words(
                f"「{value[:40]}」は人数（整数）ではありません",
                f"“{value[:40]}” is not a whole number",
            )
        )
    return int(plain.partition(".")[0])


def parse_number(text: str) -> float | None:
    """Return a decimal number, or ``None`` when the text is none (小数を読む).

    Examples
    --------
    >>> parse_number("139.8956"), parse_number("不明")
    (139.8956, None)
    """
    value = tidy(text).replace(" ", "").replace(",", "")
    return float(value) if _NUMBER.fullmatch(value) else None
