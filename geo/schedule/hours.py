"""At which hours a line meets, and in which part of the year (時刻と期間を読む)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.dates import parse_window
from geo.schedule.grammar import GRAMMAR, compile_pattern

if TYPE_CHECKING:
    import re

    from geo.schedule.rules import Rule

_SLOTS = [(compile_pattern(one["pattern"]), one["fresh"]) for one in GRAMMAR["slots"]]


def take_slots(body: str) -> tuple[list[re.Match[str]], str]:
    """Return the hours told in a text, and the text without them (時刻を取りだす)."""
    found: list[re.Match[str]] = []
    rest, at = "", 0
    while at < len(body):
        # An hour never follows a digit or a colon at once: 110:00 is no ten o'clock.
        fresh = at == 0 or body[at - 1] not in "0123456789:"
        slots = (pattern.match(body, at) for pattern, one in _SLOTS if one == fresh)
        slot = next(filter(None, slots), None)
        rest += " " if slot else body[at]
        at = slot.end() if slot else at + 1
        found += [slot] if slot else []
    return found, rest


def read_season(found: dict[str, str | None]) -> Rule:
    """Return the part of the year a match tells, empty for none (期間を読む)."""
    named = found.get("named")
    if named:
        return {"season": GRAMMAR["seasons"][named[0]]}
    first = found.get("from") or found.get("only")
    if not first:
        return {}
    return {"from_month": int(first), "until_month": int(found.get("until") or first)}


def read_slot(found: dict[str, str | None]) -> Rule:
    """Return the hours a match tells, with their part of the year (時刻を読む)."""
    slot = read_season(found)
    both, start, end = found.get("both"), found.get("start"), found.get("end") or found.get("till")
    if both:
        slot["start"], slot["end"] = parse_window(both)
    elif start:
        slot["start"] = parse_window(f"{start}~24:00")[0]
    else:
        slot["end"] = parse_window(f"0:00~{end}")[1]
    return slot
