"""The rules of a schedule: what is sound (開催日時の決まり)."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from geo.base.dates import parse_time
from geo.base.problems import InputError
from geo.base.words import Words
from geo.schedule.grammar import GRAMMAR, fault

if TYPE_CHECKING:
    from collections.abc import Sequence

Rule = dict[str, Any]

DAYS_JA: Final = "".join(GRAMMAR["words"]["days_ja"])
_LONGEST_TOLD = 80
_LEAP = 2024  # a year that has every day of the calendar
_KEYS: Final[dict[str, dict[str, Any]]] = {one["key"]: one for one in GRAMMAR["keys"]}
_BUT_TEXT: Final = [freq for freq in GRAMMAR["freqs"] if freq != "text"]
_MONTH_DAY = re.compile(f"([0-9]{{2}})-([0-9]{{2}})(?: ([{DAYS_JA}]))?")


def check_schedule(value: object) -> tuple[list[Rule], list[Words]]:
    """Return the sound rules in canonical form, and every fault of the others (開催日時を確かめる).

    Keys stand in one order, lists are sorted without doubles, empty texts and lists are dropped.
    Without weekdays, weekly means so many times a week on days not told.
    """
    if not isinstance(value, list):
        return [], [fault("no_list")]
    ja, en = GRAMMAR["faults"]["of_rule"]
    rules, faults = [], []
    for number, raw in enumerate(value, start=1):
        rule, wrong = _check_rule(raw)
        faults += [
            Words(ja.format(n=number, fault=w.ja), en.format(n=number, fault=w.en)) for w in wrong
        ]
        if not wrong:
            rules.append(rule)
    return rules, faults


def months_of(rule: Rule) -> list[int]:
    """Return the months of the year a rule holds in, in its own order (どの月の予定か)."""
    first, last = rule.get("from_month", 1), rule.get("until_month", 12)
    held = [(first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1)]
    off, only = rule.get("except_months", ()), rule.get("months", held)
    return [month for month in held if month in only and month not in off]


def is_whole_year(rule: Rule, rules: Sequence[Rule]) -> bool:
    """Return whether a rule's part of the year is known among its schedule's (通年か).

    夏期 and 冬期 of one session are the year together; from when to when one of them lasts alone
    nobody told.
    """
    if "season" not in rule:
        return True
    same = [one.get("season") for one in rules if without_hours(one) == without_hours(rule)]
    return sorted(map(str, same)) == ["summer", "winter"]


def without_hours(rule: Rule) -> Rule:
    """Return a rule without its hours and season: what summer and winter share (時刻のほか)."""
    return {key: rule[key] for key in rule if key not in {"season", "start", "end"}}


def month_day(text: str) -> tuple[int, int, int | None] | None:
    """Return a day without a year: month, day, weekday if told; ``None`` if there is none (年のない日).

    Examples
    --------
    >>> month_day("02-24 水"), month_day("02-30")
    ((2, 24, 2), None)
    """
    found = _MONTH_DAY.fullmatch(text)
    if not found:
        return None
    month, day = int(found[1]), int(found[2])
    try:
        date(_LEAP, month, day)
    except ValueError:
        return None
    return month, day, DAYS_JA.index(found[3]) if found[3] else None


def _check_rule(raw: object) -> tuple[Rule, list[Words]]:
    if not isinstance(raw, dict) or raw.get("freq") not in GRAMMAR["freqs"]:
        return {}, [fault("no_freq", value=_short(raw))]
    rule, freq = {}, raw["freq"]
    faults = [fault("no_key", key=_short(key)) for key in raw if key not in _KEYS]
    for key, told in _KEYS.items():
        given = raw.get(key)
        if given is None or given == [] or (isinstance(given, str) and not given.strip()):
            continue
        value = freq if key == "freq" else _check_value(told, given)
        if value is None:
            faults.append(fault("no_value", key=key, value=_short(given)))
        elif key != "freq" and freq not in told.get("with", _BUT_TEXT):
            faults.append(fault("not_with", key=key, freq=freq))
        else:
            rule[key] = value
    return rule, faults or _check_whole(rule)


def _short(value: object) -> str:
    """Return a faulty value as a message repeats it: never a whole page."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= _LONGEST_TOLD else f"{text[:_LONGEST_TOLD]}…"


def _check_value(told: dict[str, Any], given: object) -> object:  # noqa: PLR0911 - one kind a line
    """Return a key's value in canonical form, ``None`` if it cannot be used."""
    match told["kind"]:
        case "number":
            low, high = told["range"]
            return given if type(given) is int and low <= given <= high else None
        case "flag":
            return True if given is True else None
        case "list":
            return _check_list(told["of"], given)
        case "days" | "month_days":
            one = _check_day if told["kind"] == "days" else _check_month_day
            days = [one(day) for day in given] if isinstance(given, list) else [None]
            return None if None in days else sorted({str(day) for day in days})
        case "day":
            return _check_day(given)
        case "time":
            return _check_time(given)
        case "word":
            return given if isinstance(given, str) and given in told["of"] else None
        case _:
            return given if isinstance(given, str) else None


def _check_list(allowed: list[int], given: object) -> list[int] | None:
    if not isinstance(given, list) or not all(type(n) is int and n in allowed for n in given):
        return None
    return sorted(set(given), key=lambda n: (n < 0, n))


def _check_day(given: object) -> str | None:
    try:
        return date.fromisoformat(given).isoformat() if isinstance(given, str) else None
    except ValueError:
        return None


def _check_month_day(given: object) -> str | None:
    return given if isinstance(given, str) and month_day(given) else None


def _check_time(given: object) -> str | None:
    try:
        return given if isinstance(given, str) and parse_time(given) == given else None
    except InputError:
        return None


def _check_whole(rule: Rule) -> list[Words]:
    faults = []
    freq = rule["freq"]
    if rule.get("start", "00:00") >= rule.get("end", "24:00"):
        faults.append(fault("late"))
    if rule.get("from_date", "") > rule.get("until_date", "9999-12-31"):
        faults.append(fault("late_day"))
    if ("from_month" in rule) != ("until_month" in rule):
        faults.append(fault("half_season"))
    if "season" in rule and not any(key in rule for key in GRAMMAR["season_needs"]):
        faults.append(fault("no_hours"))
    needs = GRAMMAR["needs"].get(freq, ())
    faults += [fault("missing", key=key) for key in needs if key not in rule]
    if freq == "monthly" and ("days" in rule) == ("times_per_month" in rule):
        faults.append(fault("either"))
    apart = [pair for pair in GRAMMAR["apart"] if all(key in rule for key in pair)]
    return faults + [fault("apart", key=one, other=other) for one, other in apart]
