"""Which days a line without its hours names: words of the table, then days as dates (いつの日か)."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Any

from geo.base.dates import parse_date
from geo.schedule.grammar import GRAMMAR, compile_pattern, date_pattern
from geo.schedule.rules import DAYS_JA, Rule, month_day, months_of

Tokens = list[tuple[str, re.Pattern[str], dict[str, Any]]]


def compile_tokens(table: list[dict[str, Any]]) -> Tokens:
    """Return words of the table with their patterns ready (ことばの表)."""
    return [(one["kind"], compile_pattern(one["pattern"]), one.get("gives", {})) for one in table]


_TOKENS = compile_tokens(GRAMMAR["tokens"])
_SHAPES = [(compile_pattern(one["of"]), one) for one in GRAMMAR["shapes"]]
_RANGE = compile_pattern("(?<from>«D»)«YO»(?: ?«TO» ?(?<until>«D»)«YO»)?")
_ORDINAL = compile_pattern("(?<n>«N»|最)(?: ?[~〜] ?第? ?(?<until>«N»))?")
_NUMBER = re.compile("[0-9]+")
_MONTHS = compile_pattern("(?<from>[0-9]{1,2})月?(?: ?«TO» ?翌?(?<until>[0-9]{1,2})月?)?")
_YEAR = range(1, 13)
_KANJI: str = GRAMMAR["kanji"]
_TIMES = ("times_per_week", "times_per_month")
_OF_DAYS = ("weekdays", "nth", "by_week")


def read_head(head: str, *, timed: bool) -> list[Rule]:
    """Return the rules of a text of days alone; none if any of it is not understood (日を読む).

    Parameters
    ----------
    timed
        Whether hours stood beside it: then 9/2 is a day and no fraction.
    """
    words = read_words(head, _TOKENS, GRAMMAR["between"])
    if words is None:
        return read_dates(head, timed=timed) if head else []
    kinds = "".join(f"{kind} " for kind, _ in words if kind not in GRAMMAR["anywhere"])
    there = {kind for kind, _ in words}
    for pattern, shape in _SHAPES:
        if pattern.fullmatch(kinds) and shape.get("needs", kinds) in {kinds, *there}:
            return _make_rules([gives for _, gives in words], shape["gives"])
    return []


def read_words(head: str, tokens: Tokens, between: str) -> list[tuple[str, Rule]] | None:
    """Return a text's words with what they give; ``None`` if one is not in the table (ことばを読む)."""
    words: list[tuple[str, Rule]] = []
    parting = compile_pattern(between)
    at = 0
    while at < len(head):
        for kind, pattern, gives in tokens:
            found = pattern.match(head, at)
            if found:
                words.append((kind, _fill(gives, found)))
                after = parting.match(head, found.end())
                at = after.end() if after else found.end()
                break
        else:
            return None
    return words


def _fill(gives: dict[str, Any], found: re.Match[str]) -> Rule:
    out: Rule = {}
    for key, told in gives.items():
        value = told
        if isinstance(told, str):
            reader, _, group = told[1:].partition(":")
            text = found[group] if group else found[0]
            value = None if text is None else _read_value(reader, text)
        if value is not None:
            out[key] = value
    return out


def _read_value(reader: str, text: str) -> object:  # noqa: PLR0911 - one reader a line
    match reader:
        case "number":
            return _KANJI.index(text) if text in _KANJI else int(text)
        case "numbers":
            return [int(one) for one in _NUMBER.findall(text)]
        case "ordinals":
            return _ordinals(text)
        case "weekdays":
            return _weekdays(text)
        case "months":
            return _months(text)
        case "about":
            return GRAMMAR["about"][text]
        case "flag":
            return True
        case _:
            return text


def _ordinals(text: str) -> list[int]:
    ordinals: list[int] = []
    for found in _ORDINAL.finditer(text):
        first = _ordinal(found["n"])
        last = _ordinal(found["until"] or found["n"])
        # From the fourth to the second is nothing, and so no rule.
        ordinals += range(first, last + 1) if first <= last and first * last > 0 else [0]
    return ordinals


def _ordinal(mark: str) -> int:
    if mark == "最":
        return -1
    return _KANJI.index(mark) if mark in _KANJI else int(mark)


def _weekdays(text: str) -> list[int]:
    days: list[int] = []
    for found in _RANGE.finditer(text):
        first = DAYS_JA.index(found["from"])
        last = DAYS_JA.index(found["until"] or found["from"])
        days += [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    return days


def _months(text: str) -> list[int]:
    """Return the months told, with 0 for one that is none: no such month, and so no such rule."""
    months: list[int] = []
    for found in _MONTHS.finditer(text):
        first, last = int(found["from"]), int(found["until"] or found["from"])
        if first not in _YEAR or last not in _YEAR:
            return [0]
        months += months_of({"from_month": first, "until_month": last})
    return months


def _make_rules(words: list[Rule], shape: Rule) -> list[Rule]:
    """Return the rules words make together; none where a count and the days told disagree."""
    shared: Rule = {}
    days: list[Rule] = []
    for gives in words:
        own = {key: value for key, value in gives.items() if key in _OF_DAYS}
        rest = {key: value for key, value in gives.items() if key not in _OF_DAYS}
        if any(key in shared and shared[key] != value for key, value in rest.items()):
            return []
        shared |= rest
        if own:
            _add_days(days, own)
    if shape.get("freq") == "monthly" and "times_per_year" in shared:
        if shared.pop("times_per_year") != len(shared["months"]):
            return []
        shared = {key: one for key, one in shared.items() if key != "about"} | {
            "times_per_month": 1
        }
    if shape.get("freq") == "monthly" and days:  # so many a month on a weekday, which not told
        return [shape | shared | one for one in days if len(one["weekdays"]) == 1]
    told = sum(len(one["weekdays"]) * len(one.get("nth", [0])) for one in days)
    told += len(shared.get("days", ()))
    times = next((shared[key] for key in _TIMES if key in shared), None)
    if told and times is not None:
        if times != told:
            return []
        shared = {key: one for key, one in shared.items() if key not in (*_TIMES, "about")}
    if shared.get("times_per_week") == 1:
        del shared["times_per_week"]  # once a week is what weekly without days means
    return [shape | shared | one for one in days or [{}]]


def _add_days(days: list[Rule], own: Rule) -> None:
    if "weekdays" not in own:  # 火曜（第1・3）: ordinals of the weekday before
        days[-1] |= own
        return
    same = next(
        (
            one
            for one in days
            if "nth" in own
            and one["weekdays"] == own["weekdays"]
            and one.get("by_week") == own.get("by_week")
        ),
        None,
    )
    if same:
        same["nth"] = same["nth"] + own["nth"]
    else:
        days.append(dict(own))


def read_dates(text: str, *, timed: bool) -> list[Rule]:
    """Return the rule of days written as dates, spans or days without a year (日付を読む).

    Raises
    ------
    InputError
        A day that cannot be read.
    """
    planned = date_pattern("planned").fullmatch(text)
    if planned:
        return [rule | {"planned": True} for rule in read_dates(planned["rest"], timed=timed)]
    for name, read in (("period", _read_period), ("from", _read_from), ("span", _read_span)):
        found = date_pattern(name).fullmatch(text)
        if found:
            return [read(found)]
    words = date_pattern("split").split(text)
    yearless = _read_yearless(words, timed=timed)
    return yearless or _read_days(words)


def _read_period(found: re.Match[str]) -> Rule:
    first = parse_date(f"{found['year']}/{found['month'] or 4}/1")
    if not found["month"]:
        return _span(first, date(first.year + 1, 3, 31))
    return _span(first, first.replace(day=calendar.monthrange(first.year, first.month)[1]))


def _read_from(found: re.Match[str]) -> Rule:
    return {"freq": "span", "from_date": parse_date(found["from"]).isoformat()}


def _read_span(found: re.Match[str]) -> Rule:
    first = parse_date(found["from"])
    short = date_pattern("short").fullmatch(found["until"])
    if short:
        return _span(first, parse_date(f"{first.year:04}/{short['m'] or first.month}/{short['d']}"))
    return _span(first, parse_date(found["until"]))


def _span(first: date, last: date) -> Rule:
    return {"freq": "span", "from_date": first.isoformat(), "until_date": last.isoformat()}


def _read_yearless(words: list[str], *, timed: bool) -> list[Rule]:
    days: list[str] = []
    month = ""
    for word in words:
        found = date_pattern("yearless").fullmatch(word)
        # 26日 after a month is a day of it; 9/2 may be a fraction where nothing says a day.
        month = (found["m"] or (month if found["ri"] else "")) if found else ""
        if not found or not month or (found["slash"] and not timed and not found["w"]):
            return []
        day = f"{int(month):02}-{int(found['d']):02}" + (f" {found['w']}" if found["w"] else "")
        if month_day(day) is None:
            return []
        days.append(day)
    return [{"freq": "yearless", "month_days": days}]


def _read_days(words: list[str]) -> list[Rule]:
    days: list[date] = []
    for word in words:
        short = date_pattern("short").fullmatch(word) if days else None
        if short:
            day = parse_date(f"{days[-1].year:04}/{short['m'] or days[-1].month}/{short['d']}")
            if day <= days[-1]:  # perhaps of the next year, perhaps a slip
                return []
        else:
            day = parse_date(word)
        days.append(day)
    return [{"freq": "dates", "dates": [day.isoformat() for day in days]}]
