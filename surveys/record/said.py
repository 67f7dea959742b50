"""Days and numbers as people say them in a log: a span, no year, about, counted each time (言ったままの日と数)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from geo.base.dates import parse_date
from geo.base.problems import InputError
from geo.base.text import tidy

_PLANNED: Final = re.compile(r"\(?(?:予定|未定|計画)\)?|\bplanned\b", re.IGNORECASE)
_BETWEEN: Final = re.compile(r" ?(?:[~〜→]|から|(?<=[日)]) ?[-―–—]) ?")
_WEEKDAY: Final = re.compile(r" ?\([月火水木金土日](?:曜日?)?(?:[・,]?祝日?)?\)")
_DAY_OF_MONTH: Final = re.compile(r"([0-9]{1,2}) ?日?")
_MONTH_AND_DAY: Final = re.compile(r"([0-9]{1,2}) ?(?:月|[./]) ?([0-9]{1,2}) ?日?")
_ABOUT: Final = re.compile(r"約|およそ|おおよそ|くらい|ぐらい|ほど|程度|前後|余り|あまり|\babout\b")
_TOTAL: Final = re.compile(r"延べ|のべ|延(?=[0-9 ])|\bin all\b", re.IGNORECASE)
_TIME: Final = re.compile(
    r"(?:([0-9]+(?:\.[0-9]+)?) ?(?:時間|h(?:ours?|rs?)?)(半)?)?(?: ?([0-9]+) ?(?:分(?:間)?|m(?:in(?:utes)?)?))?",
    re.IGNORECASE,
)
_HOUR: Final = 60
_COUNT: Final = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+) ?(?:人|名|people)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidDay:
    """A day as it was said (言ったままの日).

    Attributes
    ----------
    first, last
        ``2015-09-15``; "" where no whole day is told, and `last` where it is one day.
    planned
        Whether it is said to be planned.
    whole
        Whether the first and last day say all of it.
    """

    first: str = ""
    last: str = ""
    planned: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidNumber:
    """A number of people as it was said (言ったままの人数).

    Attributes
    ----------
    number
        ``None`` where no one number is told.
    about
        Whether it was not counted: 約20名.
    total
        Whether it counts a person each time: 延べ.
    """

    number: int | None = None
    about: bool = False
    total: bool = False


def read_said_day(text: str) -> SaidDay:
    """Return what a text says of a day; what it does not say is not guessed (日を読む).

    Examples
    --------
    >>> read_said_day("H27.９.15 〜25").last, read_said_day("H27.11.30~12.2").last
    ('2015-09-25', '2015-12-02')
    >>> read_said_day("令和8年10月3日（予定）")
    SaidDay(first='2026-10-03', last='', planned=True, whole=True)
    >>> read_said_day("9月16日"), read_said_day("未定").planned
    (SaidDay(first='', last='', planned=False, whole=False), True)
    """
    plain = tidy(text)
    planned = _PLANNED.search(plain) is not None
    plain = _WEEKDAY.sub("", _PLANNED.sub("", plain)).strip()
    parts = _BETWEEN.split(plain)
    first = _day(parts[0])
    if first is None or len(parts) > 2:  # noqa: PLR2004 - from and to
        return SaidDay(planned=planned)
    if len(parts) == 1:
        return SaidDay(first=first.isoformat(), planned=planned, whole=True)
    last = _end(parts[1].removesuffix("まで").strip(), first)
    if last is None or last < first:
        return SaidDay(first=first.isoformat(), planned=planned)
    shown = last.isoformat() if last > first else ""
    return SaidDay(first=first.isoformat(), last=shown, planned=planned, whole=True)


def read_said_number(text: str) -> SaidNumber:
    """Return what a text says of how many people there were (人数を読む).

    Examples
    --------
    >>> read_said_number("約２０名"), read_said_number("延べ1,097人")
    (SaidNumber(number=20, about=True, total=False), SaidNumber(number=1097, about=False, total=True))
    >>> read_said_number("計10箇所").number, read_said_number("25～30名").number
    (None, None)
    """
    plain = tidy(text)
    about, total = _ABOUT.search(plain) is not None, _TOTAL.search(plain) is not None
    bare = _TOTAL.sub("", _ABOUT.sub("", plain)).strip()
    found = _COUNT.fullmatch(bare)
    number = int(found[1].replace(",", "")) if found else None
    return SaidNumber(
        number=number, about=about and found is not None, total=total and found is not None
    )


def read_said_minutes(text: str) -> int | None:
    """Return how many minutes a text tells, ``None`` where it tells no one time (時間を読む).

    Examples
    --------
    >>> [read_said_minutes(one) for one in ("1時間30分", "1.5h", "２時間半", "45分", "午前中", "")]
    [90, 90, 150, 45, None, None]
    """
    found = _TIME.fullmatch(tidy(text))
    if found is None or not (found[1] or found[3]):
        return None
    half = _HOUR / 2 if found[2] else 0
    return round(float(found[1] or 0) * _HOUR + half + int(found[3] or 0))


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except InputError:
        return None


def _end(text: str, first: date) -> date | None:
    """Return the last day of a span whose first is known: 25, 12.2, 12月2日, or a whole day."""
    whole = _day(text)
    if whole is not None:
        return whole
    alone = _DAY_OF_MONTH.fullmatch(text)
    if alone:
        return _made(first.year, first.month, int(alone[1]))
    both = _MONTH_AND_DAY.fullmatch(text)
    if both is None:
        return None
    month = int(both[1])
    return _made(first.year + (month < first.month), month, int(both[2]))


def _made(year: int, month: int, day: int) -> date | None:
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:  # noqa: PLR2004 - months
        return None
    return date(year, month, day)
