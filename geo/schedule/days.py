"""The next days a schedule meets, and what was made of it in a sentence (次の開催日)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from geo.base.dates import say_date
from geo.base.words import Words
from geo.schedule.doubt import are_counted, say_doubt
from geo.schedule.grammar import GRAMMAR, sentence
from geo.schedule.read import read_again
from geo.schedule.rules import is_whole_year, month_day, months_of
from geo.schedule.write import dump_schedule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.schedule.rules import Rule

NEXT: Final = 5
_FAR_DAYS: Final = 1100  # three years ahead: a 29 February by its weekday may be farther


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One day it meets, and its hours as far as told (開催の日)."""

    day: date
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextDays:
    """The next days it meets (次の開催日).

    Attributes
    ----------
    undated
        Rules that do not tell which day: 隔週, 月1回, texts not read.
    off
        Days off in words (祝日 …), which are not taken away.
    """

    meetings: tuple[Meeting, ...]
    undated: int
    off: tuple[str, ...]


def next_days(rules: Sequence[Rule], today: date, count: int = NEXT) -> NextDays:
    """Return the next days checked rules meet, today among them (次の開催日).

    Looked for over three years. The hours of 夏期 and 冬期 are left open: their months are not
    told.

    Examples
    --------
    >>> found = next_days([{"freq": "nth", "weekdays": [1], "nth": [-1]}], date(2026, 11, 30), 2)
    >>> [str(one.day) for one in found.meetings]
    ['2026-12-29', '2027-01-26']
    """
    told = read_again(rules)
    dated = [
        rule
        for rule, sure in zip(told, are_counted(told), strict=True)
        if sure and _is_dated(rule) and is_whole_year(rule, told)
    ]
    meetings: list[Meeting] = []
    for step in range(_FAR_DAYS):
        if not dated or len(meetings) >= count or today > date.max - timedelta(days=step):
            break
        day = today + timedelta(days=step)
        there = {_meeting(rule, day) for rule in dated if _meets(rule, day)}
        meetings += sorted(there, key=lambda one: (one.start, one.end))
    off = dict.fromkeys(str(rule["except"]) for rule in dated if "except" in rule)
    return NextDays(
        meetings=tuple(meetings[:count]), undated=len(told) - len(dated), off=tuple(off)
    )


def say_reading(rules: Sequence[Rule], today: date) -> list[Words]:
    """Return what was made of a text: a sentence, what was not read, the next days (読みとった内容).

    Examples
    --------
    >>> for words in say_reading([{"freq": "weekly", "weekdays": [1]}], date(2026, 12, 23)):
    ...     print(words.ja)
    「毎週火曜日」と読みました。
    次は 12月29日（火）、1月5日（火）、1月12日（火）、1月19日（火）、1月26日（火）
    """
    told = read_again(rules)
    read = [rule for rule in told if rule["freq"] != "text"]
    unread = [str(rule["text"]) for rule in told if rule["freq"] == "text"]
    found = next_days(told, today)
    said = []
    if read:
        ja, en = (dump_schedule(read, lang).split("\n") for lang in ("ja", "en"))
        said.append(sentence("read", lines=Words("／".join(ja), " / ".join(en))))
    if unread:
        said.append(sentence("unread", lines=Words("／".join(unread), " / ".join(unread))))
    said += dict.fromkeys(filter(None, map(say_doubt, told)))
    if found.meetings:
        days = [_say_meeting(one) for one in found.meetings]
        joined = Words("、".join(one.ja for one in days), "; ".join(one.en for one in days))
        said.append(sentence("next", days=joined))
    if found.meetings and found.off:
        said.append(sentence("off", off=Words("、".join(found.off), ", ".join(found.off))))
    if undated := found.undated - len(unread):
        said.append(sentence("undated", n=Words(str(undated), str(undated))))
    return said


def _is_dated(rule: Rule) -> bool:
    """Return whether a rule tells on which days it meets (日の決まる予定か)."""
    match rule["freq"]:
        case "daily" | "dates":
            return True
        case "weekly":
            return "weekdays" in rule
        case "nth":
            return "by_week" not in rule and "every_months" not in rule
        case "monthly":
            return "days" in rule and "every_months" not in rule
        case "yearless":
            return all(day[2] is not None for day in map(month_day, rule["month_days"]) if day)
        case _:
            return False


def _meets(rule: Rule, day: date) -> bool:
    if rule["freq"] == "dates":
        return day.isoformat() in rule["dates"]
    if rule["freq"] == "yearless":
        # Without a year a day is one that falls on the weekday written beside it.
        return any(
            month_day(one) == (day.month, day.day, day.weekday()) for one in rule["month_days"]
        )
    return day.month in months_of(rule) and _meets_in_month(rule, day)


def _meets_in_month(rule: Rule, day: date) -> bool:
    match rule["freq"]:
        case "weekly":
            return day.weekday() in rule["weekdays"]
        case "nth":
            last = day.day + 7 > calendar.monthrange(day.year, day.month)[1]
            number = (day.day - 1) // 7 + 1
            found = number in rule["nth"] or (last and -1 in rule["nth"])
            return found and day.weekday() in rule["weekdays"]
        case "monthly":
            return day.day in rule["days"]
        case _:
            return True


def _meeting(rule: Rule, day: date) -> Meeting:
    if "season" in rule:
        return Meeting(day=day)
    return Meeting(day=day, start=rule.get("start", ""), end=rule.get("end", ""))


def _say_meeting(one: Meeting) -> Words:
    names, at = GRAMMAR["words"], one.day.weekday()
    hours = f" {one.start}～{one.end}" if one.start or one.end else ""
    month, day = str(one.day.month), str(one.day.day)
    called = say_date(one.day, "en").split(" ")[1]  # Nov: 7/12 would be two days to two readers
    return sentence(
        "day",
        month=Words(month, called),
        day=Words(day, day),
        name=Words(names["days_ja"][at], names["days_en"][at]),
        hours=Words(hours, hours.replace("～", "–")),
    )
