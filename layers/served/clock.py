"""Japan's clock (時計)."""

from __future__ import annotations

from datetime import UTC, datetime

from geo.base.dates import parse_past_day
from surveys.record.as_of import JAPAN


def now_in_japan() -> datetime:
    """Return the time on Japan's clock (いまの日本の時刻)."""
    return datetime.now(JAPAN)


def today_in_japan() -> str:
    """Return the day it is in Japan, ``2026-11-21`` (日本の今日)."""
    return now_in_japan().date().isoformat()


def asked_day(text: str) -> str:
    """Return a day that may be asked of, at every door alike: up to today (たずねられる日).

    Raises
    ------
    InputError
        As `geo.base.dates.parse_past_day`.
    """
    return parse_past_day(text, today_in_japan())


def now_in_utc() -> str:
    """Return the moment in UTC, to the millisecond, as versions carry it (いま)."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
