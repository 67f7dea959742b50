"""The periods days are cut into: half months to fiscal years (報告の期間)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from geo.base.dates import say_date
from geo.base.problems import InputError
from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.base.words import Lang
    from surveys.reports.parts.declare import Cut

_HALF: Final = 15
_LONGEST_DAYS: Final = 366 * 10
_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)
_APRIL: Final = 4
# Months of a period; each begins with April, as fiscal years do.
_MONTHS: Final[Mapping[str, int]] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_ONE_DAY: Final = timedelta(days=1)


def cut_days(first: date, last: date, cut: Cut = "half_month") -> list[tuple[date, date]]:
    """Return the periods that days lie in, each whole (期間に分ける).

    Raises
    ------
    InputError
        The last day is before the first or more than ten years after it, or they are of another age.

    Examples
    --------
    >>> [(str(a), str(b)) for a, b in cut_days(date(2026, 2, 10), date(2026, 2, 16))]
    [('2026-02-01', '2026-02-15'), ('2026-02-16', '2026-02-28')]
    >>> [(str(a), str(b)) for a, b in cut_days(date(2026, 6, 30), date(2026, 7, 1), "quarter")]
    [('2026-04-01', '2026-06-30'), ('2026-07-01', '2026-09-30')]
    >>> [(str(a), str(b)) for a, b in cut_days(date(2027, 3, 31), date(2027, 3, 31), "year")]
    [('2026-04-01', '2027-03-31')]
    """
    if last < first:
        raise InputError(
            Words(
                f"おわりの日（{last}）が、はじめの日（{first}）より前です",
                f"the last day, {last}, is before the first, {first}",
            )
        )
    if last - first > timedelta(days=_LONGEST_DAYS) or not _EARLIEST <= first <= last <= _LATEST:
        raise InputError(
            Words(
                f"期間（{first}～{last}）は、{_EARLIEST}から{_LATEST}までの、10年以内にしてください",
                f"{first} to {last}: give ten years at most, from {_EARLIEST} to {_LATEST}",
            )
        )
    if cut == "whole":
        return [(first, last)]
    out: list[tuple[date, date]] = []
    day = first
    while day <= last:
        period = _period_of(day, cut)
        out.append(period)
        day = period[1] + _ONE_DAY
    return out


def months_of(first: date, last: date) -> list[str]:
    """Return the months days lie in, as ``2026-04`` (月の並び)."""
    return [f"{one:%Y-%m}" for one, _ in cut_days(first, last, "month")]


def before(first: date, last: date, cut: Cut) -> tuple[date, date]:
    """Return the period before one, of as many days where it is not cut (前の期間).

    Examples
    --------
    >>> [str(one) for one in before(date(2026, 4, 1), date(2026, 6, 30), "quarter")]
    ['2026-01-01', '2026-03-31']
    """
    end = first - _ONE_DAY
    return (end - (last - first), end) if cut == "whole" else _period_of(end, cut)


def say_year(day: date, lang: Lang) -> str:
    """Return the fiscal year of Japan a day lies in, from April on (年度を言う).

    Examples
    --------
    >>> say_year(date(2027, 3, 31), "ja"), say_year(date(2027, 4, 1), "en")
    ('令和8年度', 'fiscal 2027')
    """
    year = day.year if day.month >= _APRIL else day.year - 1
    if lang == "en":
        return f"fiscal {year}"
    return say_date(date(year, _APRIL, 1), "ja").removesuffix("4月1日") + "度"


def say_span(first: date, last: date, lang: Lang) -> str:
    """Return two days as a span (期間を言う)."""
    return f"{say_date(first, lang)}{'～' if lang == 'ja' else ' to '}{say_date(last, lang)}"


def say_period(first: date, last: date, cut: Cut, lang: Lang) -> str:
    """Return a period as one chooses it (期間を短く言う).

    Examples
    --------
    >>> say_period(date(2026, 10, 1), date(2026, 12, 31), "quarter", "ja")
    '令和8年10月～12月'
    >>> say_period(date(2026, 12, 16), date(2026, 12, 31), "half_month", "ja")
    '令和8年12月16日～31日'
    """
    if cut == "year":
        return say_year(first, lang)
    if lang == "en" or cut == "whole":
        return say_span(first, last, lang)
    if cut == "half_month":
        return f"{say_date(first, lang)}～{last.day}日"
    month = say_month(f"{first:%Y-%m}", lang)
    if cut == "month":
        return month
    there = f"{last.month}月" if last.year == first.year else say_month(f"{last:%Y-%m}", lang)
    return f"{month}～{there}"


def say_month(month: str, lang: Lang) -> str:
    """Return a month as it is kept, ``2026-04``, in words (月を言う).

    Examples
    --------
    >>> say_month("2026-04", "ja"), say_month("2026-04", "en")
    ('令和8年4月', 'Apr 2026')
    """
    said = say_date(date.fromisoformat(f"{month}-01"), lang)
    return said.removesuffix("1日") if lang == "ja" else said.removeprefix("1 ")


def _period_of(day: date, cut: Cut) -> tuple[date, date]:
    if cut == "half_month":
        middle = day.replace(day=_HALF)
        if day.day <= _HALF:
            return day.replace(day=1), middle
        return middle + _ONE_DAY, _month_after(day, 1) - _ONE_DAY
    months = _MONTHS[cut]
    first = _month_after(day, -((day.month - _APRIL) % months))
    return first, _month_after(first, months) - _ONE_DAY


def _month_after(day: date, months: int) -> date:
    at = day.year * 12 + day.month - 1 + months
    return date(at // 12, at % 12 + 1, 1)
