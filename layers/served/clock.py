"""Japan's clock (時計)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Final

# Japan has one clock, and no summer time.
_JAPAN: Final = timezone(timedelta(hours=9))


def now_in_japan() -> datetime:
    """Return the time on Japan's clock (いまの日本の時刻)."""
    return datetime.now(_JAPAN)


def now_in_utc() -> str:
    """Return the moment in UTC, to the millisecond, as versions carry it (いま)."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
