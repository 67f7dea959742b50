"""Japan's clock (時計)."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Final

# Japan has one clock, and no summer time.
_JAPAN: Final = timezone(timedelta(hours=9))


def now_in_japan() -> datetime:
    """Return the time on Japan's clock (いまの日本の時刻)."""
    return datetime.now(_JAPAN)
