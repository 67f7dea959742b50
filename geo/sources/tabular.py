"""Tables that offices hand out: CSV and TSV in any of their encodings (表の読み込み)."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.problems import InputError, Problem
from geo.text import tidy
from geo.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Guards against a wrong or hostile file, far above what a town publishes (the largest real
# one, the address list of all Japan, has 277,543 rows).
MAX_BYTES: Final = 200_000_000
MAX_ROWS: Final = 2_000_000
MAX_COLUMNS: Final = 2_000

_COUNT = re.compile(r"[+-]?\d{1,12}(\.0+)?")
_NUMBER = re.compile(r"[+-]?(\d{1,12}(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?")
# e-Stat's signs: "-" is a true zero, "X" and "*" are kept secret (DOMAIN: 国勢調査 小地域).
_SECRET = frozenset({"", "X", "x", "*"})
# A zero byte, and what Python makes of bytes that Shift_JIS does not have.
_NOT_TEXT = re.compile("[\x00\x80\uf8f0-\uf8f3]")
_DASHES = frozenset("-‐‑‒–—―−")


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
        Rows that hold more cells than the header names.
    """

    file: str
    frame: pd.DataFrame
    rows: tuple[int, ...]
    problems: tuple[Problem, ...] = ()

    def find_column(self, names: Iterable[str]) -> str | None:
        """Return the first of `names` that the table has, by `column_key` (列を探す)."""
        return find_column([str(c) for c in self.frame.columns], names)


def column_key(name: str) -> str:
    """Return a column name's form for comparing (列名の照合形).

    Folds width, case, spaces and a leading ``#``, and drops a unit such as （人）.

    Examples
    --------
    >>> column_key("６５歳以上 人口（人）") == column_key("65歳以上人口")
    True
    """
    text = tidy(name).casefold().replace(" ", "").lstrip("#")
    return re.sub(r"(\((人|名)\)|_人)$", "", text)


def find_column(columns: Sequence[str], names: Iterable[str]) -> str | None:
    """Return the column called by the first of `names` that is there (別名から列を探す)."""
    by_key: dict[str, str] = {}
    for column in columns:
        by_key.setdefault(column_key(column), column)
    return next((by_key[key] for key in map(column_key, names) if key in by_key), None)


def load_table(path: Path) -> Table:
    """Return the table in a CSV or TSV file (表を読む).

    Parameters
    ----------
    path
        UTF-8 with or without a mark, Shift_JIS (cp932) or UTF-16; commas or TABs. Empty rows,
        ``#LINK``-like rows and one-cell titles above the header are skipped.

    Raises
    ------
    InputError
        Not there, too large, a workbook, an unknown encoding, quotes left open, no rows.
    """
    path = Path(path)
    return parse_table(read_bytes(path), file=path.name)


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
    if not path.is_file():
        raise _refusal(
            path.name,
            "見つかりません。場所と名前を確かめてください",
            "not found; check its place and name",
        )
    if path.stat().st_size > MAX_BYTES:
        raise _refusal(
            path.name,
            f"大きすぎます（{MAX_BYTES // 1_000_000} MB まで）。必要な範囲だけにしてください",
            f"too large (at most {MAX_BYTES // 1_000_000} MB); keep only the part you need",
        )
    return path.read_bytes()


def parse_table(data: bytes, *, file: str) -> Table:
    r"""Return the table in the bytes of a CSV or TSV file called `file` (表に直す).

    Examples
    --------
    >>> table = parse_table("#LINK\n名称,人数\n西町,３\n".encode("cp932"), file="a.csv")
    >>> table.frame.to_dict("records"), table.rows
    ([{'名称': '西町', '人数': '3'}], (3,))
    """
    text = _decode(data, file)
    records = _split(text, file)
    header, body = _find_header(records, file)
    if len(records[header][1]) > MAX_COLUMNS:
        raise _refusal(
            file,
            f"列が多すぎます（{MAX_COLUMNS} まで）",
            f"too many columns (at most {MAX_COLUMNS})",
        )
    columns = _name_columns(records[header][1])
    width, rows, cells = len(columns), [], []
    problems: list[Problem] = []
    for number, record in body:
        values = [tidy(cell) for cell in record]
        if not any(values):
            continue
        if any(values[width:]):
            problems.append(_too_many_cells(file, number, values[width:], width))
        rows.append(number)
        cells.append((values + [""] * width)[:width])
    if not rows:
        raise _refusal(file, "見出しの下に行がありません", "has no rows below its header")
    frame = pd.DataFrame(cells, columns=pd.Index(columns, dtype="str"), dtype="str")
    return Table(file=file, frame=frame, rows=tuple(rows), problems=tuple(problems))


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
    if value in _DASHES:
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


def _refusal(file: str, ja: str, en: str) -> InputError:
    return InputError(Words(f"ファイル {file}: {ja}。", f"{file}: {en}."))


def _decode(data: bytes, file: str) -> str:
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise _refusal(
            file,
            "Excel のブックか圧縮ファイルです。Excel で開いて「CSV UTF-8」で保存し、それを読み込んでください",
            "an Excel workbook or a zip; open it and save it as “CSV UTF-8”, then read that",
        )
    names = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp932")
    for name in names:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if not _NOT_TEXT.search(text):
            return text
    raise _refusal(
        file,
        "文字として読めません。「CSV UTF-8」で保存し直してください",
        "cannot be read as text; save it again as “CSV UTF-8”",
    )


def _split(text: str, file: str) -> list[tuple[int, list[str]]]:
    head = text[:20_000]
    delimiter = "\t" if head.count("\t") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[tuple[int, list[str]]] = []
    try:
        for number, record in enumerate(reader, start=1):
            if number > MAX_ROWS:
                raise _refusal(
                    file,
                    f"行が多すぎます（{MAX_ROWS:,} まで）",
                    f"too many rows (at most {MAX_ROWS:,})",
                )
            records.append((number, record))
    except csv.Error as error:
        row = len(records) + 1
        raise _refusal(
            file,
            f'{row}行目からあとで、引用符（"）が正しく閉じていません。その行を直してください',
            f"quotation marks are wrong at or after row {row}; mend that row",
        ) from error
    return records


def _find_header(
    records: list[tuple[int, list[str]]], file: str
) -> tuple[int, list[tuple[int, list[str]]]]:
    widest = max((sum(map(bool, r)) for _, r in records[:50]), default=0)
    header: int | None = None
    for at, (_, record) in enumerate(records):
        cells = [cell for cell in map(tidy, record) if cell]
        if not cells:
            continue
        first = tidy(record[0])
        if first.startswith("#") and first not in {"#", "#property"}:
            continue
        if header is not None:
            return header, records[at:]
        if len(cells) == 1 and widest > 2:  # noqa: PLR2004 - a title above a table
            continue
        header = at
    if header is None:
        raise _refusal(file, "見出しの行がありません", "has no header row")
    return header, []


def _name_columns(cells: list[str]) -> list[str]:
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
    return list(out)


def _too_many_cells(file: str, row: int, extra: list[str], width: int) -> Problem:
    return Problem(
        file=file,
        row=row,
        column="",
        value="、".join(filter(None, extra))[:80],
        reason=Words(
            f"見出しは{width}列ですが、それより右にも値があります。右の値は使いませんでした",
            f"the header has {width} columns, but there are values further right; they were not used",
        ),
    )
