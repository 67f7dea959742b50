"""How long a record is trusted before it asks to be confirmed (鮮度)."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Final

# Sorts before every day: a site nobody has seen comes first.
NEVER: Final = ""


def due_on(seen_on: str, months: int) -> str:
    """Return the day a site asks to be confirmed, or "" when nobody ever saw it (確認の期日).

    Parameters
    ----------
    seen_on
        ``2026-11-21``, or "".
    months
        The type's age; the day is kept, or the month's last where there is none.

    Examples
    --------
    >>> due_on("2026-08-31", 6), due_on("", 6)
    ('2027-02-28', '')
    """
    if not seen_on:
        return NEVER
    day = date.fromisoformat(seen_on)
    years, month = divmod(day.month - 1 + months, 12)
    year = min(day.year + years, 9999)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)).isoformat()
