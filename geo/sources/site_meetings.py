"""What a list of places says of their meetings: when, and for how many (開催日時と定員)."""

from __future__ import annotations

import math
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError, Problem
from geo.base.words import Words
from geo.schedule import is_of_schedule, parse_schedule, say_doubt, sessions_per_month
from geo.sources.tabular import parse_count

if TYPE_CHECKING:
    from datetime import date

_UNREAD: Final = Words(
    "いつ開くか読みとれないので、回数は分からないものとしました。書いたまま残しています",
    "when it meets could not be read, so how often counts as not known; kept as written",
)
_NO_CAPACITY: Final = frozenset({"", "なし", "無し", "定めなし", "不明", "-", "―"})


def count_sessions(
    schedule: str, note: str, on: date | None, file: str, row: int
) -> tuple[float, list[Problem]]:
    """Return how often a month a 通いの場 meets, NaN if not known, and why not (月の回数を数える).

    A note about its days (8月は休み, 休止中) is read with them.

    Examples
    --------
    >>> from datetime import date
    >>> round(count_sessions("第2・4火曜", "8月は休み", date(2026, 12, 1), "a.csv", 2)[0], 2)
    1.83
    >>> count_sessions("毎週火曜", "休止中", date(2026, 12, 1), "a.csv", 2)[1][0].reason.ja
    '「休止中」とあるので（休止）、回数は分からないものとします。'
    """
    beside = note if is_of_schedule(note) else ""
    rules = parse_schedule(f"{schedule} ※{beside}" if schedule and beside else schedule)
    found = sessions_per_month(rules, on)
    if found.per_month or not schedule:
        return found.per_month or math.nan, []
    reason = next(filter(None, map(say_doubt, rules)), None)
    unread = any(rule["freq"] == "text" for rule in rules)
    reason = _UNREAD if unread or reason is None else reason
    told = " / ".join(filter(None, (schedule, beside)))
    return math.nan, [Problem(file=file, row=row, column="開催日時", value=told, reason=reason)]


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
