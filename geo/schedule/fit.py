"""Whether a schedule meets on a weekday, in the morning, often enough (曜日・午前午後・回数に合うか)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from geo.schedule.count import WEEKLY, count_rules
from geo.schedule.doubt import are_counted
from geo.schedule.read import read_again
from geo.schedule.rules import month_day, without_hours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.schedule.rules import Rule

Half = Literal["am", "pm", "night"]
Often = Literal["weekly", "twice", "monthly"]
# "maybe": what is told does not say.
Fits = Literal["yes", "maybe", "no"]
Doubt = Literal["weekday", "half", "often"]

NOON: Final = "12:00"
# An evening begins where offices close, and day services with them; it is a part of the afternoon.
NIGHT: Final = "18:00"
# Sessions in a mean month; a weekday comes 4.348 times in one, so four a month are not weekly.
LEAST: Final[dict[Often, float]] = {"weekly": WEEKLY, "twice": 2.0, "monthly": 1.0}
_WEEK: Final = 7
_TRUE_TO: Final = 1e-9  # sums of a few counts in doubles


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """When and how often one wishes a 通いの場 to meet (いつ・どれくらい).

    Attributes
    ----------
    weekday
        0 for Monday … 6 for Sunday; None for any.
    half
        ``am`` begins before noon, ``pm`` at noon or later, ``night`` at 18:00 or later; None for
        any.
    at_least
        As often as this in a mean month, counting what meets on that weekday and half of the
        day alone; None for any.
    """

    weekday: int | None = None
    half: Half | None = None
    at_least: Often | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is wished (何も望まないか)."""
        return self == Times()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Whether a schedule is as wished (合うか).

    Attributes
    ----------
    fits
        Whether it is.
    per_month
        Sessions in a mean month that are as wished, or may be where none surely is; NaN where
        they cannot be counted.
    doubt
        The first wish of which it is not told, with ``maybe``; None else.
    """

    fits: Fits
    per_month: float
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One rule of a schedule, as far as it is as wished."""

    day: Fits
    hour: Fits
    least: float
    most: float
    count: float | None

    @property
    def fits(self) -> Fits:
        return worse(self.day, self.hour)


def worse(*several: Fits) -> Fits:
    """Return no where any is no, maybe where any is maybe, else yes (悪い方).

    Examples
    --------
    >>> worse("yes", "maybe"), worse("maybe", "no"), worse()
    ('maybe', 'no', 'yes')
    """
    return "no" if "no" in several else "maybe" if "maybe" in several else "yes"


def fit_schedule(rules: Sequence[Rule], times: Times) -> Fit:
    """Return whether a schedule meets as wished (望む時に開くか).

    One rule must meet on the weekday and in the half of the day at once. A rule of weekdays
    meets on each of them (第2・4火曜 on Tuesdays), a daily one on all; dates meet on theirs. A
    day of the month (毎月20日) falls on any weekday, now on this and now on that: whether one
    can go on Tuesdays is not told, as of 月1回 or 不定期, or where a remark leaves it open on which
    days it meets at all (休止中, 冬期休み; `doubt`). Without a time of beginning the half
    of the day is not told; nor where summer's and winter's differ. Holidays off are not taken
    away, weekdays and months off are.

    Examples
    --------
    >>> from geo.schedule.read import parse_schedule
    >>> tuesday = Times(weekday=1, half="am")
    >>> fit_schedule(parse_schedule("第2・4火曜 10:00"), tuesday)
    Fit(fits='yes', per_month=2.0, doubt=None)
    >>> fit_schedule(parse_schedule("毎週火曜 13:00"), tuesday).fits
    'no'
    >>> fit_schedule(parse_schedule("毎週火曜"), tuesday)
    Fit(fits='maybe', per_month=4.348214285714286, doubt='half')
    """
    told = read_again(rules)
    counts = count_rules(told)
    parts = [
        _part(rule, told, count, times) if known else _unclear(times)
        for rule, count, known in zip(told, counts, are_counted(told), strict=True)
    ]
    sure = [one for one in parts if one.fits == "yes"]
    may = [one for one in parts if one.fits != "no"]
    if not told:
        return Fit(fits="yes" if times.empty else "maybe", per_month=math.nan,
                   doubt=_first_wish(times))  # fmt: skip
    fits: Fits = "yes" if sure else "maybe" if may else "no"
    doubt: Doubt | None = None
    if fits == "maybe":
        doubt = "weekday" if any(one.day == "maybe" for one in may) else "half"
    if times.at_least is not None and fits != "no":
        need = LEAST[times.at_least] - _TRUE_TO
        if sum(one.least for one in sure) < need:
            fits = "maybe" if sum(one.most for one in may) >= need else "no"
            doubt = (doubt or _doubt_of(may)) if fits == "maybe" else None
    counted = [one.count for one in (sure if fits == "yes" else may) if one.count is not None]
    return Fit(fits=fits, per_month=sum(counted) or math.nan, doubt=doubt)


def _first_wish(times: Times) -> Doubt | None:
    if times.weekday is not None:
        return "weekday"
    if times.half is not None:
        return "half"
    return None if times.at_least is None else "often"


def _doubt_of(may: Sequence[_Part]) -> Doubt:
    if any(one.day == "maybe" for one in may):
        return "weekday"
    return "half" if any(one.hour == "maybe" for one in may) else "often"


def _part(rule: Rule, told: Sequence[Rule], count: float | None, times: Times) -> _Part:
    day, share = _on_weekday(rule, times.weekday)
    known = None if count is None else count * share
    about = rule.get("about")
    return _Part(
        day=day,
        hour=_in_half(rule, told, times.half),
        least=0.0 if known is None or about == "most" else known,
        most=math.inf if known is None or about == "least" else known,
        count=known,
    )


def _unclear(times: Times) -> _Part:
    """Return a part of which nothing wished is told."""
    day: Fits = "yes" if times.weekday is None else "maybe"
    hour: Fits = "yes" if times.half is None else "maybe"
    return _Part(day=day, hour=hour, least=0.0, most=math.inf, count=None)


def _on_weekday(  # noqa: PLR0911 - one freq a line
    rule: Rule, weekday: int | None
) -> tuple[Fits, float]:
    """Return whether a rule meets on a weekday, and what share of its sessions at most."""
    if weekday is None:
        return "yes", 1.0
    match rule["freq"]:
        case "daily":
            return "yes", 1 / _WEEK
        case "dates":
            return _of_all([date.fromisoformat(day).weekday() for day in rule["dates"]], weekday)
        case "yearless":
            days = [None if one is None else one[2] for one in map(month_day, rule["month_days"])]
            return _of_all(days, weekday)
        case "monthly" if "days" in rule:
            return "maybe", 1 / _WEEK
        case _ if "weekdays" in rule:
            return _of_all(rule["weekdays"], weekday)
        case _:
            return "maybe", 1.0


def _of_all(days: Sequence[int | None], weekday: int) -> tuple[Fits, float]:
    """Return whether some of the days are on a weekday, None being not told, and their share."""
    sure, may = days.count(weekday), days.count(None)
    if sure:
        return "yes", sure / len(days)
    return ("maybe", may / len(days)) if may else ("no", 0.0)


def _in_half(rule: Rule, told: Sequence[Rule], half: Half | None) -> Fits:
    if half is None:
        return "yes"
    same = [rule]
    if "season" in rule:  # summer's and winter's hours of one session
        same = [one for one in told if without_hours(one) == without_hours(rule)]
    found = {_begins_in(one, half) for one in same}
    return found.pop() if len(found) == 1 else "maybe"


def _begins_in(rule: Rule, half: Half) -> Fits:
    start = rule.get("start")
    if not isinstance(start, str):
        return "maybe"
    if half == "night":
        return "yes" if start >= NIGHT else "no"
    return "yes" if (start < NOON) == (half == "am") else "no"
