"""Days of data as sentences tell them (データの日付のことば)."""

from __future__ import annotations

from contextlib import suppress

from geo.base.dates import parse_date, say_date
from geo.base.problems import InputError
from geo.base.words import Words


def say_span(oldest: str, newest: str) -> Words:
    """Return two days as people read them, one when they are one (日付の幅).

    Examples
    --------
    >>> say_span("2026-04-05", "2026-11-21").ja
    '令和8年4月5日〜令和8年11月21日'
    >>> say_span("", "").ja
    '日付なし'
    """
    if not oldest:
        return Words("日付なし", "no date")
    one, other = _say_day(oldest), _say_day(newest)
    return one if oldest == newest else Words(f"{one.ja}〜{other.ja}", f"{one.en} to {other.en}")


def _say_day(text: str) -> Words:
    with suppress(InputError):  # a year or a period stands as it is
        day = parse_date(text)
        return Words(say_date(day, "ja"), say_date(day, "en"))
    return Words(text, text)
