"""How often a schedule meets in a mean month (開催回数)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from geo.schedule.doubt import are_counted
from geo.schedule.read import parse_schedule, read_again
from geo.schedule.rules import is_whole_year, month_day, months_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.schedule.rules import Rule

WEEKLY: Final = 365.25 / 7 / 12  # times a weekday comes in a month, on average
_DAILY: Final = 365.25 / 12
_LEAST: Final = 0.05  # a month; below it one decimal would say 0.0
_MONTH_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NEAR_DAYS: Final = 365
_LEAP_DAY: Final = (2, 29)  # one year in four has it


@dataclass(frozen=True, slots=True, kw_only=True)
class Sessions:
    """How often a schedule meets (開催回数).

    Attributes
    ----------
    per_month
        Sessions in a mean month of those rules that can be counted.
    uncounted
        Rules left out of it: irregular ones and those that could not be read.
    before_exceptions
        Whether a counted rule has holidays off (祝日 …), which are not taken away.
    at_least
        Whether a counted rule says 以上.
    open_days
        Whether a counted rule is a place that is open, not a session held.
    """

    per_month: float
    uncounted: int
    before_exceptions: bool
    at_least: bool = False
    open_days: bool = False


def sessions_per_month(rules: Sequence[Rule], on: date | None = None) -> Sessions:
    """Return how often checked rules meet in a mean month (月の開催回数).

    A weekday comes 365.25 / 7 / 12 = 4.348 times a month, its fifth 0.348 times; a day of the
    month as often as months have it (the 31st 7 in 12); dates count over 12 months, or over the
    months they span if more; a seasonal rule counts for its months. 夏期 and 冬期 together are
    the whole year, one of them alone is not known. Weekdays and months off are taken away,
    holidays are not; where it is not known when it is off, or whether it meets at all (`doubt`),
    nothing is counted. A text kept before it could be read is read again.

    Parameters
    ----------
    on
        The day it is asked. A day without a year whose weekday fits no date within a year of it
        is a slip or of long ago, and not counted; ``None`` believes it.

    Examples
    --------
    >>> round(sessions_per_month([{"freq": "weekly", "weekdays": [1, 3]}]).per_month, 2)
    8.7
    """
    told = read_again(rules)
    counts = count_rules(told, on)
    known = [(rule, count) for rule, count in zip(told, counts, strict=True) if count is not None]
    return Sessions(
        per_month=sum(count for _, count in known),
        uncounted=len(counts) - len(known),
        before_exceptions=any("except" in rule for rule, _ in known),
        at_least=any(rule.get("about") == "least" for rule, _ in known),
        open_days=any("open" in rule for rule, _ in known),
    )


def count_rules(told: Sequence[Rule], on: date | None = None) -> list[float | None]:
    """Return how often each rule of a schedule meets in a mean month, None where not told (規則ごとの回数).

    Of 夏期 and 冬期 of one session the year is counted with its summer.
    """
    counts = [
        _count(rule) if sure and is_whole_year(rule, told) and _is_near(rule, on) else None
        for rule, sure in zip(told, are_counted(told), strict=True)
    ]
    for at, rule in enumerate(told):
        if rule.get("season") == "winter" and counts[at] is not None:
            counts[at] = 0.0
    return counts


def parse_sessions(text: str, on: date | None = None) -> float:
    """Return how often a month a text tells people to meet, NaN if it does not (月の回数を読む).

    Of several rules those that can be counted are; a text of which none can is not known,
    never once and never zero. Holidays off are not taken away.

    Examples
    --------
    >>> round(parse_sessions("第2・4木曜 10:00～11:30"), 2), parse_sessions("お問い合わせください")
    (2.0, nan)
    """
    return sessions_per_month(parse_schedule(text), on).per_month or math.nan


def say_sessions(sessions: Sessions) -> Words:
    """Return the monthly count in words, with what it leaves out (開催回数を言う)."""
    left = sessions.uncounted
    if not sessions.per_month:
        return Words("回数は分かりません", "how often is not known")
    count = sessions.per_month
    said = Words(f"月およそ{count:.1f}回", f"about {count:.1f} times a month")
    if count < _LEAST:
        said = Words("月0.1回未満", "less than 0.1 times a month")
    notes = []
    if sessions.at_least:
        notes.append(Words("これ以上", "or more"))
    if sessions.open_days:
        notes.append(Words("開いている日の数", "days it is open"))
    if sessions.before_exceptions:
        notes.append(Words("休みの日を引く前", "before days off"))
    if left:
        notes.append(
            Words(f"ほかに数えられない予定{left}件", f"{left} more that cannot be counted")
        )
    if notes:
        ja, en = "、".join(n.ja for n in notes), "; ".join(n.en for n in notes)
        said = Words(f"{said.ja}（{ja}）", f"{said.en} ({en})")
    return said


def _count(rule: Rule) -> float | None:  # noqa: PLR0911 - one freq a line
    days = len(rule.get("weekdays", ())) or rule.get("times_per_week", 1)
    match rule["freq"]:
        case "daily":
            return _DAILY * _share(rule)
        case "weekly":
            return WEEKLY * days * _share(rule)
        case "fortnightly":
            return WEEKLY * days / 2 * _share(rule)
        case "nth" if "by_week" in rule and not set(rule["nth"]) <= {1, 2, 3, 4}:
            return None  # whether a month has a fifth week depends on where weeks begin
        case "nth":
            return days * _count_nth(set(rule["nth"])) * _share(rule)
        case "monthly":
            return _count_monthly(rule)
        case "dates" | "yearless" | "yearly":
            return _count_yearly(rule)
        case _:
            return None


def _is_near(rule: Rule, on: date | None) -> bool:
    """Return whether days without a year fall on the weekdays told within a year of a day."""
    if on is None or rule["freq"] != "yearless":
        return True
    told = [month_day(one) for one in rule["month_days"]]
    return all(_falls(*one, on) for one in told if one and one[2] is not None)


def _falls(month: int, day: int, weekday: int | None, on: date) -> bool:
    near = (on + timedelta(days=step) for step in range(-_NEAR_DAYS, _NEAR_DAYS + 1))
    return any((one.month, one.day, one.weekday()) == (month, day, weekday) for one in near)


def _share(rule: Rule) -> float:
    """Return the share of the year's months a rule holds in."""
    return float(len(months_of(rule)) / 12 / rule.get("every_months", 1))


def _count_monthly(rule: Rule) -> float:
    if "days" not in rule:
        return float(rule["times_per_month"] * _share(rule))
    held = sum(_has_day(month, day) for month in months_of(rule) for day in rule["days"])
    return float(held / 12 / rule.get("every_months", 1))


def _count_yearly(rule: Rule) -> float:
    if rule["freq"] == "yearly":  # so many a year, whichever months they fall in
        return float(rule["times_per_year"] / 12)
    if rule["freq"] == "yearless":
        return len(rule["month_days"]) / 12
    first, last = (date.fromisoformat(rule["dates"][n]) for n in (0, -1))
    span = (last.year - first.year) * 12 + last.month - first.month + 1
    return float(len(rule["dates"]) / max(12, span))


def _count_nth(nth: set[int]) -> float:
    fifth = WEEKLY - 4
    with_five = len(nth - {5, -1}) + bool(nth & {5, -1})
    without = len({4 if n < 0 else n for n in nth} - {5})
    return fifth * with_five + (1 - fifth) * without


def _has_day(month: int, day: int) -> float:
    if (month, day) == _LEAP_DAY:
        return 0.25
    return float(day <= _MONTH_DAYS[month - 1])
