"""How long a record is trusted before it asks to be confirmed (鮮度)."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

# The rule of `due_of` in words: with another, the registers of before take it up when they are opened.
DUE_RULE: Final = "seen, or being prepared: told or opening"
# Sorts before every day: a site nobody has seen comes first.
NEVER: Final = ""
_MONTH: Final = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")

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


def due_of(seen_on: str, told_on: str, answers: Mapping[str, Any], months: int) -> str:
    """Return the day a site asks to be confirmed, one that is being prepared too (確認の期日).

    Where all groups are being prepared there is nothing to see yet, and nobody need be sent there at
    once: it asks when the first is said to begin, else as long after it was decided or told of as
    any other after it was seen.

    Parameters
    ----------
    seen_on, months
        As `due_on`.
    told_on
        The day the register last heard of it.

    Examples
    --------
    >>> planned = {"activities": [{"state": "planned"}]}
    >>> due_of("", "2026-11-21", planned, 12), due_of("", "2026-11-21", {}, 12)
    ('2027-11-21', '')
    >>> due_of("", "2026-11-21", {"activities": [{"state": "planned", "started": "2027-04"}]}, 12)
    '2027-04-01'
    """
    groups = answers.get("activities")
    told = [one for one in groups if isinstance(one, dict)] if isinstance(groups, list) else []
    if not told or any(one.get("state") != "planned" for one in told):
        return due_on(seen_on, months)
    begins = [one["started"] for one in told if _MONTH.fullmatch(str(one.get("started") or ""))]
    return f"{min(begins)}-01" if begins else due_on(seen_on or told_on, months)


def due_state(seen_on: str, due_by: str, today: str) -> DueState:
    """Return ``never`` (nobody saw it), ``due`` or ``fresh`` (確認の要り方).

    What is being prepared and does not ask yet is ``never`` too: whether it asks, its day says.

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
