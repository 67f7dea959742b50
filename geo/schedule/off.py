"""Days off: what a text takes away, and rules without it (休みの日を引く).

The field app's schedule_off.js is its twin.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.base.dates import DASHES
from geo.base.text import tidy
from geo.schedule.grammar import GRAMMAR, compile_pattern
from geo.schedule.heads import compile_tokens, read_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.schedule.rules import Rule

_TOKENS = compile_tokens(GRAMMAR["off"])
_BETWEEN = GRAMMAR["off_between"]
_LONGEST: int = GRAMMAR["off_longest"]
_HOLIDAYS = compile_pattern("«OFF»[^()。]{0,12}?«AWAY»")
_ALL_WEEK = [0, 1, 2, 3, 4, 5, 6]
_ALL_NTH = [1, 2, 3, 4, 5]
_LAST = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Off:
    """What a text takes away (休みの日).

    Attributes
    ----------
    holidays
        Days off that have no weekday (祝日 …), in words; "" for none. They are not taken away.
    months
        Months off; 0 for one that is none.
    cuts
        Weekdays off: ``weekdays``, or ``nth`` of them, or ``nth`` of those a rule has.
    """

    holidays: str
    months: list[int]
    cuts: list[dict[str, Any]]


def read_off(text: str) -> Off | None:
    """Return the days off a text tells; ``None`` unless all of it is understood (休みを読む).

    Examples
    --------
    >>> read_off("日曜・祝日")
    Off(holidays='祝日', months=[], cuts=[{'weekdays': [6]}])
    >>> read_off("冬期")
    """
    plain = tidy(text).translate(DASHES)
    words = read_words(plain, _TOKENS, _BETWEEN) if len(plain) <= _LONGEST else None
    if not words:
        return None
    named = [str(gives["except"]) for _, gives in words if "except" in gives]
    months = [month for kind, gives in words if kind == "months" for month in gives["months"]]
    cuts = [gives for kind, gives in words if kind == "cut"]
    whole = len(named) == len(words)
    return Off(holidays=text.strip() if whole else "・".join(named), months=months, cuts=cuts)


def tells_holidays_off(text: str) -> bool:
    """Return whether a text says that holidays are off, which are not taken away (祝日を除くか).

    Examples
    --------
    >>> tells_holidays_off("毎週火曜（祝日・年末年始を除く）"), tells_holidays_off("祝日も開催")
    (True, False)
    """
    return bool(_HOLIDAYS.search(tidy(text)))


def take_off(rules: Sequence[Rule], off: Off, *, within: bool) -> list[Rule] | None:
    """Return rules without what is off; ``None`` if it cannot be told what is left (休みを引く).

    Parameters
    ----------
    within
        Whether only days the rules have may be off: 火、木曜休み is no Tuesday with a day off.

    Examples
    --------
    >>> tue = {"freq": "weekly", "weekdays": [1]}
    >>> take_off([tue], read_off("第5火曜・8月"), within=True)
    [{'freq': 'nth', 'weekdays': [1], 'nth': [1, 2, 3, 4], 'except_months': [8]}]
    """
    left = list(rules)
    for cut in off.cuts:
        met = {day for rule in left for day in _weekdays(rule)}
        if within and not set(cut.get("weekdays", ())) <= met:
            return None
        found = [_cut(rule, cut) for rule in left]
        if "nth" in cut and all(one == [rule] for one, rule in zip(found, left, strict=True)):
            return None  # an ordinal off that none of them has is a slip, or something else
        if any(one is None for one in found):
            return None
        left = [rule for one in found for rule in one or ()]
    if off.holidays and any("except" in rule for rule in left):
        return None
    more: Rule = {"except": off.holidays} if off.holidays else {}
    out = []
    for rule in left:
        months = [*rule.get("except_months", ()), *off.months]
        out.append(rule | ({"except_months": months} if off.months else {}) | more)
    return out or None


def _weekdays(rule: Rule) -> list[int]:
    return _ALL_WEEK if rule["freq"] == "daily" else list(rule.get("weekdays", ()))


def _cut(rule: Rule, cut: dict[str, Any]) -> list[Rule] | None:
    """Return one rule without days off: none, one or two rules; ``None`` if unclear."""
    days = _weekdays(rule)
    if not days or rule["freq"] == "monthly":
        return None
    gone = [day for day in days if day in cut.get("weekdays", days)]
    kept = [day for day in days if day not in gone]
    if not gone:
        return [rule]
    base = {**rule, "freq": "weekly"} if rule["freq"] == "daily" else dict(rule)
    rest = [{**base, "weekdays": kept}] if kept else []
    if "nth" not in cut:
        return rest
    held = _nth_left(rule, cut)
    if held is None:
        return None
    if not held["nth"]:
        return rest
    return [*rest, {**base, **held, "weekdays": gone}]


def _nth_left(rule: Rule, cut: dict[str, Any]) -> Rule | None:
    """Return which of a month's weekdays are left; ``None`` if that cannot be told."""
    if _LAST in cut["nth"]:
        return None
    week: Rule = {"by_week": True} if "by_week" in cut else {}
    if rule["freq"] in {"daily", "weekly"}:
        return {"freq": "nth", "nth": [n for n in _ALL_NTH if n not in cut["nth"]], **week}
    if rule["freq"] != "nth" or _LAST in rule["nth"]:
        return None
    # 第1 alone is of the kind the rule has; with a weekday, or as a week, it must be the same.
    alone = "weekdays" not in cut and not week
    if not alone and ("by_week" in rule) != ("by_week" in cut):
        return None
    if not set(cut["nth"]) & set(rule["nth"]):
        return None
    return {"nth": [n for n in rule["nth"] if n not in cut["nth"]]}
