"""What a list of places says of their meetings: when, and for how many (開催日時と定員)."""

from __future__ import annotations

import math
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError, Problem
from geo.base.words import Words
from geo.sources.tabular import find_column, parse_count

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

WHENS: Final = (
    "schedule", "曜日", "開催曜日", "利用可能曜日", "開催日", "開催日時", "日時", "活動日",
    "開催頻度", "頻度", "時間", "開催時間", "活動時間", "利用可能日時特記事項",
    "availableDate", "availableDateNote",
)  # fmt: skip
STARTS: Final = ("開始時間", "開始時刻", "startTime", "start")
ENDS: Final = ("終了時間", "終了時刻", "endTime", "end")
CAPACITIES: Final = ("定員", "定員数", "capacity")
_NO_CAPACITY: Final = frozenset({"", "なし", "無し", "定めなし", "不明", "-", "―"})


def schedule_reader(columns: list[str]) -> Callable[[Mapping[str, str]], str]:
    """Return what joins a row's cells of days and hours, in the columns' order (開催日時の読み方).

    Examples
    --------
    >>> schedule_reader(["曜日", "開始時間", "終了時間"])(
    ...     {"曜日": "毎週火曜", "開始時間": "10:00", "終了時間": "12:00"}
    ... )
    '毎週火曜 10:00～12:00'
    """
    whens = {c for name in WHENS if (c := find_column(columns, [name]))}
    start, end = find_column(columns, STARTS), find_column(columns, ENDS)

    def schedule(cells: Mapping[str, str]) -> str:
        parts: list[str] = []
        for column in columns:
            if column == start:
                span = "～".join([cells[column], cells[end] if end else ""])
                parts.append("" if span == "～" else span)
            elif column in whens:
                parts.append(cells[column])
        return " ".join(filter(None, parts))

    return schedule


def parse_capacity(text: str, file: str, row: int) -> tuple[float, list[Problem]]:
    """Return how many people a session takes, NaN where not told, and any fault (定員を読む).

    Examples
    --------
    >>> parse_capacity("20名", "a.csv", 2), parse_capacity("なし", "a.csv", 2)
    ((20.0, []), (nan, []))
    """
    if text in _NO_CAPACITY:
        return math.nan, []
    with suppress(InputError):
        if (count := parse_count(text)) is not None and count > 0:
            return float(count), []
    reason = Words(
        "定員が人数として読めないので、定員は分からないものとしました",
        "the capacity is no number of people, so it counts as not known",
    )
    return math.nan, [Problem(file=file, row=row, column="定員", value=text, reason=reason)]
