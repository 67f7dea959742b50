"""Read when a salon meets or a bus runs from what people write (開催日時を読む).

The patterns are the table's (`grammar`); here stands only the order they are met in. The field
app's schedule_read.js is its twin.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from geo.base.dates import DASHES
from geo.base.problems import InputError
from geo.base.text import tidy
from geo.schedule.doubt import without_harmless
from geo.schedule.grammar import GRAMMAR, line_pattern
from geo.schedule.heads import read_head
from geo.schedule.hours import read_season, read_slot, take_slots
from geo.schedule.off import read_off, take_off
from geo.schedule.rules import DAYS_JA, Rule, check_schedule, months_of

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

_ENDS = " 、,:/"
_TWO = 2
_TAIL = 12  # signs before a bracket that may hold the day it belongs to


def parse_schedule(text: str) -> list[Rule]:
    """Return the rules a text tells, one or more a line (開催日時を読む).

    Lines end at a line break, ; or ；; a line of hours alone, in brackets or after ※ belongs to
    the line before it when the two read as one. A line not understood as a whole becomes
    ``{"freq": "text", "text": line}``, exact but for blanks at its ends; nothing is guessed or
    lost, and no text raises.

    Examples
    --------
    >>> parse_schedule("第1・3木曜 13時半〜15時")
    [{'freq': 'nth', 'weekdays': [3], 'nth': [1, 3], 'start': '13:30', 'end': '15:00'}]
    >>> parse_schedule("気が向いた日")
    [{'freq': 'text', 'text': '気が向いた日'}]
    """
    lines = [one for one in map(str.strip, line_pattern("break").split(text)) if one]
    rules: list[Rule] = []
    at = 0
    while at < len(lines):
        after = _end_of_line(lines, at)
        found = _read_sound(" ".join(lines[at:after])) if after > at + 1 else []
        if not found:
            after, found = at + 1, _read_sound(lines[at])
        rules += found or [{"freq": "text", "text": lines[at]}]
        at = after
    return rules


def read_again(rules: Sequence[Rule]) -> list[Rule]:
    """Return rules with texts kept before they could be read in today's reading (読みなおす).

    Examples
    --------
    >>> read_again([{"freq": "text", "text": "隔月"}])
    [{'freq': 'monthly', 'times_per_month': 1, 'every_months': 2}]
    """
    out: list[Rule] = []
    for rule in rules:
        if rule["freq"] != "text":
            out += _take_again(rule)
            continue
        found = parse_schedule(rule["text"])
        read = bool(found) and all(one["freq"] != "text" for one in found)
        out += found if read else [rule]
    return out


def _take_again(rule: Rule) -> list[Rule]:
    """Return a rule kept before days off were taken away, without them."""
    off = read_off(str(rule["except"])) if "except" in rule else None
    if off is None or not (off.months or off.cuts):
        return [rule]
    bare = {key: value for key, value in rule.items() if key != "except"}
    return check_schedule(take_off([bare], off, within=False) or [])[0] or [rule]


def continues(line: str) -> bool:
    """Return whether a line may belong to the one before: hours alone, a bracket, ※ (前の行の続きか)."""
    if line_pattern("continues").match(line):
        return True
    if len(line) > GRAMMAR["longest"]:
        return False
    found, rest = take_slots(_plain(line))
    return bool(found) and not rest.strip(_ENDS)


def _end_of_line(lines: list[str], at: int) -> int:
    """Return where the lines that continue a line end."""
    after = at + 1
    if line_pattern("note").search(lines[at]) or line_pattern("verbatim").match(lines[at]):
        return after
    last = min(len(lines), after + GRAMMAR["continued_lines"])
    while after < last and continues(lines[after]):
        after += 1
        if line_pattern("note").search(lines[after - 1]):
            break  # all that follows a ※ is its remark, the next line is not
    return after


def _read_sound(line: str) -> list[Rule]:
    found = _check_line(line)
    before = None if found else line_pattern("before").fullmatch(line)
    if not before or line_pattern("no_venue").search(tidy(before["venue"])):
        return found
    rules = _check_line(before["rest"])
    text = any("venue" in rule or rule["freq"] == "text" for rule in rules)
    return [] if text else [{**rule, "venue": before["venue"]} for rule in rules]


def _check_line(line: str) -> list[Rule]:
    try:
        rules, faults = check_schedule(_read_line(line))
    except InputError:
        return []
    return [] if faults else rules


def _plain(text: str) -> str:
    return tidy(text).translate(DASHES)


def _read_line(line: str) -> list[Rule]:
    verbatim = line_pattern("verbatim").match(line)
    if verbatim:
        return [{"freq": "text", "text": _unquote(line[verbatim.end() - 1 :])}]
    extra: Rule = {}
    mark = line_pattern("note").search(line)
    body = line[: mark.start()] if mark else line
    label = line_pattern("label").match(body)
    body = body[label.end() :] if label else body
    if mark:
        after = line[mark.end() :].strip()
        extra |= {"note": _unquote(after)} | ({"quoted": True} if after[:1] == '"' else {})
        if not extra["note"]:
            return []
    venues = list(line_pattern("venue").finditer(body))
    if venues:
        raw = (venues[0]["inner"] or venues[0]["rest"] or "").strip()
        extra["venue"] = _unquote(raw)
        told = raw[:1] != '"' and line_pattern("no_venue").search(tidy(raw))
        if len(venues) > 1 or not raw or told:
            return []
        body = line_pattern("venue").sub(" ", body)
    offs: list[str] = []
    plain = _take_brackets(body, extra, offs)
    return [] if plain is None else _take_offs(_read_parts(plain, extra, offs), offs, extra)


def _read_parts(plain: str, extra: Rule, offs: list[str]) -> list[Rule]:
    tail = line_pattern("tail").search(plain)
    if tail and "note" not in extra:
        extra["note"] = tail["note"]
        plain = plain[: tail.start()]
    rules = _read_whole(plain)
    parts = [one for one in line_pattern("parts").split(plain) if one.strip()]
    if rules or len(parts) < _TWO or extra or offs:
        return rules
    each = [_read_body(part) for part in parts]
    rules = [rule for found in each for rule in found]
    timed = sum("start" in rule for rule in rules)
    # An hour told once may hold for all parts or for one, so all tell theirs or none does.
    if not all(each) or timed not in (0, len(rules)):
        return []
    # 火曜、第2木曜: every Tuesday, or the second?
    told = all(line_pattern("part").search(part) for part in parts)
    return rules if timed or (told and not _meet_twice(rules)) else []


def _meet_twice(rules: list[Rule]) -> bool:
    """Return whether two rules may mean one session: 毎週火曜・第1火曜."""
    days = [day for rule in rules for day in rule.get("weekdays", ())]
    ordinals = {
        (day, n)
        for rule in rules
        for day in rule.get("weekdays", ())
        for n in rule.get("nth", ())
        if n > 0 and "by_week" not in rule
    }
    told = all("weekdays" in rule for rule in rules)
    every = sum(len(rule["weekdays"]) * len(rule.get("nth", "-")) for rule in rules if told)
    return not told or (len(set(days)) < len(days) and len(ordinals) < every)


def _take_offs(rules: list[Rule], offs: list[str], extra: Rule) -> list[Rule]:
    """Return rules without the days off of brackets and notes; none if one had no room."""
    left, vague = rules, []
    for raw in offs:
        off = None if raw.startswith('"') else read_off(raw)
        taken = take_off(left, off, within=False) if off else None
        left = taken or left
        vague += [] if taken else [_unquote(raw)]
    note = str(extra.get("note", ""))
    told = None if extra.get("quoted") else line_pattern("except").fullmatch(note)
    off = read_off(told["off"]) if told else None
    taken = take_off(left, off, within=False) if off else None
    more = {key: value for key, value in extra.items() if key != "quoted"}
    if taken:
        left = taken
        del more["note"]
    if len(vague) > 1:
        return []
    more |= {"except": vague[0]} if vague else {}
    # What stands in both would be lost in one of them.
    return [] if any(key in one for one in left for key in more) else [one | more for one in left]


def _take_brackets(line: str, extra: Rule, offs: list[str]) -> str | None:
    """Move days off and remarks in brackets out; return the rest, ``None`` if unclear."""
    clear = True

    def take(found: re.Match[str]) -> str:
        nonlocal clear
        inside, before = found["inside"].strip(), line[: found.start()]
        off = line_pattern("except").fullmatch(inside)
        plain = tidy(inside)
        if off:
            offs.append(off["off"].strip())
            return " "
        day = line_pattern("weekday").fullmatch(plain)
        if day and line_pattern("dated").search(_plain(before[-_TAIL:])):
            return f"({day['day']}) "
        if plain and plain in DAYS_JA and before.rstrip().endswith(("日", "⽇")):
            return " "
        rest = without_harmless(inside)
        if line_pattern("timing").search(rest) or line_pattern("inline").fullmatch(plain):
            clear = clear and not line_pattern("either").fullmatch(plain)
            return f" {inside} "
        clear = clear and bool(inside) and "note" not in extra
        extra["note"] = inside
        return " "

    body = line_pattern("bracket").sub(take, line)
    return _plain(body) if clear and len(body) <= GRAMMAR["longest"] else None


def _read_whole(body: str) -> list[Rule]:
    """Return the rules of a line freed of brackets, days off at its head or its end taken away."""
    first = line_pattern("except_first").match(body)
    off = read_off(first["off"]) if first else None
    rules = _read_body(body[first.end() :]) if first and off else []
    taken = take_off(rules, off, within=True) if off else None
    if taken:
        return taken
    last = line_pattern("except_last").search(body)
    before = body[: last.start()] if last else ""
    for one in line_pattern("except_from").finditer(before):
        off = read_off(before[one.end() :])
        rules = _read_body(before[: one.start()]) if off else []
        taken = take_off(rules, off, within=True) if off else None
        if taken:
            return taken
    return _read_body(body)


def _read_body(body: str) -> list[Rule]:
    """Return the rules of a line freed of venue, days off and notes; none if any of it is unclear."""
    found, rest = take_slots(body)
    slots = [read_slot(one.groupdict()) for one in found]
    head = rest.strip(_ENDS)
    lead = line_pattern("lead").match(head)
    if lead:
        if any("from_month" in slot or "season" in slot for slot in slots):
            return []
        own = read_season(lead.groupdict())
        slots = [own | slot for slot in slots or [{}]]
        head = head[lead.end() :]
    held = [one for slot in slots for one in _held_in(slot)]
    mixed = 0 < sum("season" in slot for slot in slots) < len(slots)
    twice = len(held) > len(set(held))
    if mixed or (twice and not _are_apart(slots)):
        return []
    head = line_pattern("held").sub("", head.strip(_ENDS))
    try:
        rules = read_head(head, timed=bool(found))
    except InputError:
        return []
    if any(key in rule for rule in rules for slot in slots for key in slot):
        return []  # two seasons told
    if twice and (len(rules) > 1 or _count_days(rules) == len(slots)):
        return []  # 月・木 10:00～11:30、13:30～15:00: each day both, or each its own?
    return [rule | slot for rule in rules for slot in slots or [{}]]


def _are_apart(slots: Sequence[Rule]) -> bool:
    """Return whether spans of hours on one day are sessions of their own, no rest at noon between.

    After an hour's rest the same people go on; where more lies between, both are sessions.
    """
    if any(slot.keys() != {"start", "end"} for slot in slots):
        return False
    spans = [(_minutes(slot["start"]), _minutes(slot["end"])) for slot in slots]
    gaps = (later[0] - first[1] for first, later in pairwise(spans))
    return all(gap > GRAMMAR["apart_minutes"] for gap in gaps)


def _minutes(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute)


def _count_days(rules: Sequence[Rule]) -> int:
    """Return how many days the one rule names."""
    rule = rules[0] if rules else {}
    days = len(rule.get("weekdays", "-")) * len(rule.get("nth", "-"))
    return days * len(rule.get("days", "-"))


def _held_in(slot: Rule) -> list[Any]:
    return [slot["season"]] if "season" in slot else list(months_of(slot))


def _unquote(text: str) -> str:
    plain = text.strip()
    if plain.startswith('"') and plain.endswith('"'):
        try:
            return str(json.loads(plain))
        except ValueError:
            return plain
    return plain
