"""A list with a column for each weekday: its marks and hours as one column of days (曜日ごとの列)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.base.delimited import column_key
from geo.base.problems import Problem
from geo.base.text import tidy
from geo.base.words import Words
from surveys.formats.parts.cells import say_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surveys.declaration.record_type import RecordType
    from surveys.formats.raw.table import RawFile, RawSheet

_DAYS: Final = "月火水木金土日"
_HEAD: Final = re.compile(
    r"(?:(?:開催|実施|活動)?曜日|開催日|実施日)?\(?([月火水木金土日])(?:曜日?)?\)?"
)
_LEAST: Final = 3  # columns; 年・月・日 are no weekdays
_INNER: Final = frozenset("火水木金")
_MARKS: Final = frozenset(
    ("○", "◯", "〇", "●", "◎", "◉", "o", "O", "レ", "✓", "✔", "☑", "■", "有", "あり", "開催")
)
_NONE: Final = frozenset(
    (
        "",
        "×",
        "✕",
        "✖",
        "x",
        "X",
        "-",
        "−",
        "ー",
        "―",
        "‐",
        "–",
        "—",
        "休",
        "休み",
        "無",
        "なし",
        "/",
    )
)
_ONE: Final = "1"
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_NTH: Final = re.compile(r"((?:第? ?[1-5](?!時|[0-9:])(?: ?週)?[ ・,、]*)+|最終)[ 、]*(.*)")
_NAMES: Final = ("曜日", "開催曜日", "実施曜日", "活動曜日")


def join_weekdays(raw: RawFile, type_: RecordType) -> RawFile:
    """Return a file whose columns of weekdays are one column of days and hours, and told (曜日の列をまとめる).

    Only of a type whose things meet at times, and where no cell of them is a number: of trips or
    people. A mark is that weekday every week, hours are that weekday's, 第2 is its week; other
    texts stand behind their weekday.
    """
    if not any(field.item and field.item.often_one for field in type_.fields):
        return raw
    sheets, told = [], []
    for sheet in raw.sheets:
        found = _find_days(sheet)
        sheets.append(_joined(sheet, found) if found else sheet)
        if found:
            heads = "・".join(sheet.columns[at] for at in found)
            where = f"{raw.name} {sheet.name}" if raw.kind == "xlsx" else raw.name
            told.append(Problem(file=where, row=None, column=heads, value="", reason=_READ))
    return replace(raw, sheets=tuple(sheets), mended=(*raw.mended, *told)) if told else raw


def say_days(days: Sequence[tuple[str, str]]) -> str:
    r"""Return the words of days and hours that a row's weekdays tell (曜日を文にする).

    Parameters
    ----------
    days
        A weekday and what stands in its column, of those with something in it.

    Examples
    --------
    >>> say_days([("火", "○"), ("木", "○")]), say_days([("火", "10:00～11:30"), ("木", "第2・4")])
    ('火・木曜日', '火曜日 10:00~11:30\n第2・4木曜日')
    """
    same: dict[str, list[str]] = {}
    for day, cell in days:
        text = tidy(cell.replace("\n", "、"))
        if text not in _NONE:
            same.setdefault("" if text in _MARKS or text == _ONE else text, []).append(day)
    lines: list[str] = []
    for text, found in same.items():
        nth = _NTH.fullmatch(text)
        alone = nth is not None or len(re.findall("[~〜～]", text)) > 1
        for part in [[one] for one in found] if alone else [found]:
            weekdays = f"{'・'.join(part)}曜日"
            lines.append(
                f"{_ordinal(nth[1])}{weekdays} {nth[2]}".strip()
                if nth
                else f"{weekdays} {text}".strip()
            )
    return "\n".join(lines)


_READ: Final = Words(
    "曜日の列として読みました。印は毎週その曜日に、時刻はその曜日に集まるものとします",
    "columns of weekdays: a mark is that weekday every week, hours are that weekday's",
)


def _ordinal(text: str) -> str:
    plain = text.strip(" ・,、")
    return plain if plain.startswith(("第", "最")) else f"第{plain}"


def _find_days(sheet: RawSheet) -> dict[int, str]:
    """Return the columns of weekdays by their places, none where they hold something else."""
    found: dict[int, str] = {}
    for at, head in enumerate(sheet.columns):
        day = _HEAD.fullmatch(column_key(head))
        if day and day[1] not in found.values():
            found[at] = day[1]
    if len(found) < _LEAST or not _INNER & set(found.values()):
        return {}
    texts = [tidy(say_cell(row.cells[at])) for row in sheet.rows for at in found]
    numbers = {one for one in texts if _NUMBER.fullmatch(one)}
    return found if numbers <= {_ONE} and any(one not in _NONE for one in texts) else {}


def _joined(sheet: RawSheet, found: dict[int, str]) -> RawSheet:
    first = min(found)
    keys = set(map(column_key, sheet.columns))
    name = next((one for one in _NAMES if column_key(one) not in keys), "曜日（列ごと）")
    kept = [at for at in range(len(sheet.columns)) if at not in found or at == first]
    order = sorted(found, key=lambda at: _DAYS.index(found[at]))
    rows = []
    for row in sheet.rows:
        days = [(found[at], say_cell(row.cells[at])) for at in order]
        text = say_days([(day, cell) for day, cell in days if cell.strip()]) or None
        cells = tuple(text if at == first else row.cells[at] for at in kept)
        rows.append(replace(row, cells=cells))
    columns = tuple(name if at == first else sheet.columns[at] for at in kept)
    return replace(sheet, columns=columns, rows=tuple(rows))
