"""Moments as the register keeps them (時刻の書き方)."""

from __future__ import annotations

from datetime import UTC, datetime


def say_time(at: datetime) -> str:
    """Return a moment in UTC; texts have the order moments have (時刻を書く).

    Examples
    --------
    >>> say_time(datetime(2026, 11, 21, 9, tzinfo=UTC))
    '2026-11-21T09:00:00.000Z'
    """
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def read_time(text: str) -> datetime:
    """Return the moment `say_time` wrote (時刻を読む)."""
    return datetime.fromisoformat(text)
