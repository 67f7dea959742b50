"""How long a record is trusted before it asks to be confirmed (鮮度)."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Final, Literal

# Sorts before every day: a site nobody has seen comes first.
NEVER: Final = ""

DueState = Literal["fresh", "due", "never"]


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


def due_state(seen_on: str, due_by: str, today: str) -> DueState:
    """Return ``never`` (nobody saw it), ``due`` or ``fresh`` (確認の要り方).

    Parameters
    ----------
    seen_on, due_by
        The day it was last seen, and the day from which it asks to be confirmed; "" for none.

    Examples
    --------
    >>> due_state("", "", "2026-11-21"), due_state("2025-11-21", "2026-11-21", "2026-11-21")
    ('never', 'due')
    """
    if not seen_on:
        return "never"
    return "due" if due_by and due_by <= today else "fresh"
