"""Write rules as text that reads back the same (開催日時を書く)."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING

from geo.schedule.read import parse_schedule
from geo.schedule.rules import DAYS_JA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.words import Lang
    from geo.schedule.rules import Rule

_DAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_STRUCTURE = re.compile("[;；()（）【】※:：]")


def dump_schedule(rules: Sequence[Rule], lang: Lang = "ja") -> str:
    """Return checked rules as text, one a line; the Japanese reads back the same (開催日時を書く).

    A venue, note or text that would be read otherwise (it holds a line break, a bracket …)
    stands as a JSON string in quotes; ``原文"…"`` is a text kept as it was. English is for
    reading only.

    Examples
    --------
    >>> dump_schedule([{"freq": "weekly", "weekdays": [1], "start": "09:00", "end": "11:00"}])
    '毎週火曜日 9:00～11:00'
    """
    return "\n".join(_dump_rule(rule) if lang == "ja" else _say_english(rule) for rule in rules)


def _quote(text: str) -> str:
    return _STRUCTURE.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(text, ensure_ascii=False))


def _dump_rule(rule: Rule) -> str:
    if rule["freq"] == "text":
        plain = str(rule["text"])
        return plain if parse_schedule(plain) == [rule] else f"原文{_quote(plain)}"
    season = f"{rule['from_month']}月～{rule['until_month']}月は" if "from_month" in rule else ""
    hours = ""
    if "start" in rule or "end" in rule:
        hours = f" {_clock(rule.get('start', ''))}～{_clock(rule.get('end', ''))}"
    line = f"{season}{_dump_head(rule)}{hours}"
    marks = (("except", "（{}を除く）"), ("venue", "【{}】"), ("note", "※{}"))
    for key, mark in marks:
        if key in rule:
            plain = mark.format(rule[key])
            safe = parse_schedule(f"毎日{plain}") == [{"freq": "daily", key: rule[key]}]
            line += plain if safe else mark.format(_quote(rule[key]))
    return line


def _clock(time: str) -> str:
    # 01:30 keeps its zero: 1:30 would be taken for an afternoon not well written.
    return time[1:] if time[:1] == "0" and time[1] not in "1234" else time


def _dump_head(rule: Rule) -> str:
    weekdays = "・".join(DAYS_JA[day] for day in rule.get("weekdays", ()))
    on = f"{weekdays}曜日" if weekdays else ""
    nth = "・".join("最終" if n < 0 else str(n) for n in rule.get("nth", ()))
    dates = [date.fromisoformat(day) for day in rule.get("dates", ())]
    month = "毎月" + "・".join(f"{day}日" for day in rule.get("days", ()))
    return {
        "daily": "毎日",
        "weekly": f"毎週{on}" if on else "週1回",
        "fortnightly": f"隔週{on}",
        "nth": f"毎月{'' if nth == '最終' else '第'}{nth}{on}",
        "monthly": month if "days" in rule else f"月{rule.get('times_per_month')}回",
        "dates": "、".join(f"{day.year:04}年{day.month}月{day.day}日" for day in dates),
        "irregular": "不定期",
    }[rule["freq"]]


def _say_english(rule: Rule) -> str:
    on = ", ".join(_DAYS_EN[day] for day in rule.get("weekdays", ()))
    names = {-1: "last", 1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 5: "5th"}
    nth = " & ".join(names[n] for n in rule.get("nth", ()))
    days = ", ".join(str(day) for day in (*rule.get("days", ()), *rule.get("dates", ())))
    said = {
        "daily": "every day",
        "weekly": f"every {on}" if on else "once a week",
        "fortnightly": f"every other {on or 'week'}",
        "nth": f"{nth} {on} of the month",
        "monthly": f"day {days} of the month"
        if days
        else f"{rule.get('times_per_month')} times a month",
        "dates": days,
        "irregular": "irregular",
        "text": str(rule.get("text")),
    }[rule["freq"]]
    if "start" in rule or "end" in rule:
        said += f" {rule.get('start', '')}–{rule.get('end', '')}"
    if "from_month" in rule:
        said += f", months {rule['from_month']}–{rule['until_month']}"
    for key, mark in (("except", " (except {})"), ("venue", " [{}]"), ("note", " * {}")):
        said += mark.format(rule[key]) if key in rule else ""
    return said
