"""Write rules as text that reads back the same (開催日時を書く)."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Final

from geo.schedule.grammar import GRAMMAR
from geo.schedule.read import continues, parse_schedule
from geo.schedule.rules import DAYS_JA, month_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.words import Lang
    from geo.schedule.rules import Rule

_WORDS: Final = GRAMMAR["words"]
_STRUCTURE = re.compile("[;；()（）【】※:：]")
_BREAKS = re.compile("[;；]")  # all that ends a line kept as words: people read it in a CSV
_EVEN, _ODD = [2, 4, 6, 8, 10, 12], [1, 3, 5, 7, 9, 11]


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


def in_first_words(rules: Sequence[Rule]) -> list[Rule]:
    """Return rules for an app that knows only the first kinds of them: others as text (前のアプリ向け).

    Examples
    --------
    >>> in_first_words([{"freq": "daily"}, {"freq": "yearly", "times_per_year": 4}])
    [{'freq': 'daily'}, {'freq': 'text', 'text': '年4回'}]
    """
    later = {one["key"] for one in GRAMMAR["keys"] if "since" in one}
    combined = [(one["key"], freq) for one in GRAMMAR["keys"] for freq in one.get("later", ())]
    return [
        {"freq": "text", "text": _dump_rule(rule)}
        if rule["freq"] in GRAMMAR["freqs_since_2"]
        or later & set(rule)
        or any(key in rule and rule["freq"] == freq for key, freq in combined)
        else rule
        for rule in rules
    ]


def _quote(text: str, signs: re.Pattern[str] = _STRUCTURE) -> str:
    return signs.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(text, ensure_ascii=False))


def _dump_rule(rule: Rule) -> str:
    if rule["freq"] == "text":
        plain = str(rule["text"])
        # Hours alone, a bracket or ※ would be read into the line before them.
        same = parse_schedule(plain) == [rule] and not continues(plain)
        return plain if same else f"原文{_quote(plain, _BREAKS)}"
    line = f"{rule['from_month']}月～{rule['until_month']}月は" if "from_month" in rule else ""
    line += _dump_head(rule)
    line += " 出入り自由" if "open" in rule and rule["freq"] != "open" else ""
    line += " 予定" if "planned" in rule else ""
    if "season" in rule:
        line += f" {_WORDS['season_ja'][rule['season']]}"
    if "start" in rule or "end" in rule:
        line += f" {_clock(rule.get('start', ''))}～{_clock(rule.get('end', ''))}"
    if "except_months" in rule:
        line += f"（{_months(rule['except_months'])}を除く）"
    for key, mark in (("except", "（{}を除く）"), ("venue", "【{}】"), ("note", "※{}")):
        if key in rule:
            plain = mark.format(rule[key])
            safe = parse_schedule(f"毎日{plain}") == [{"freq": "daily", key: rule[key]}]
            line += plain if safe else mark.format(_quote(rule[key]))
    return line


def _clock(time: str) -> str:
    # 01:30 keeps its zero: 1:30 would be taken for an afternoon not well written.
    return time[1:] if time[:1] == "0" and time[1] not in "1234" else time


def _months(months: Sequence[int]) -> str:
    return "・".join(f"{month}月" for month in months)


def _dump_head(rule: Rule) -> str:
    weekdays = "・".join(DAYS_JA[day] for day in rule.get("weekdays", ()))
    on = f"{weekdays}曜日" if weekdays else ""
    often, about = _dump_months(rule), str(_WORDS["about_ja"].get(rule.get("about"), ""))
    match rule["freq"]:
        case "daily" | "irregular" | "open":
            return {"daily": "毎日", "irregular": "不定期", "open": "常設"}[rule["freq"]]
        case "weekly":
            return often + (f"毎週{on}" if on else f"週{rule.get('times_per_week', 1)}回{about}")
        case "fortnightly":
            return f"{often}隔週{on}"
        case "nth" | "monthly":
            return _dump_monthly(rule, often, on) + about
        case "yearly":
            return f"年{rule['times_per_year']}回{about}"
        case _:
            return _dump_dates(rule)


def _dump_monthly(rule: Rule, often: str, on: str) -> str:
    if "days" in rule:
        return (often or "毎月") + "・".join(f"{day}日" for day in rule["days"])
    if rule["freq"] == "monthly":
        return often if "every_months" in rule else f"{often}月{rule['times_per_month']}回{on}"
    nth = "・".join("最終" if n < 0 else str(n) for n in rule["nth"])
    week = "週" if "by_week" in rule else ""
    return f"{often or '毎月'}{'' if nth == '最終' else '第'}{nth}{week}{on}"


def _dump_months(rule: Rule) -> str:
    if "every_months" in rule:
        nth = len(rule.get("nth", (0,))) * len(rule.get("weekdays", (0,)))
        told = rule.get("times_per_month") or len(rule.get("days", ())) or nth
        return f"{rule['every_months']}か月に{told}回" + (" " * ("times_per_month" not in rule))
    months = rule.get("months")
    if not months:
        return ""
    known = {str(_EVEN): "偶数月", str(_ODD): "奇数月"}.get(str(months))
    # One month alone is told twice: 8月は would be a season.
    return known or f"{_months(months if len(months) > 1 else months * 2)}の"


def _dump_dates(rule: Rule) -> str:
    if rule["freq"] == "yearless":
        return "、".join(_dump_month_day(day) for day in rule["month_days"])
    if rule["freq"] == "dates":
        return "、".join(_dump_day(day) for day in rule["dates"])
    until = f"{_dump_day(rule['until_date'])}まで" if "until_date" in rule else ""
    return f"{_dump_day(rule['from_date'])}から{until}"


def _dump_day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.year:04}年{day.month}月{day.day}日"


def _dump_month_day(text: str) -> str:
    month, day, weekday = month_day(text) or (0, 0, None)
    return f"{month}月{day}日" + ("" if weekday is None else f"（{DAYS_JA[weekday]}）")


def _say_english(rule: Rule) -> str:
    said = _english_head(rule)
    if "months" in rule:
        said += f", months {', '.join(map(str, rule['months']))}"
    said += ", open to come and go" if "open" in rule and rule["freq"] != "open" else ""
    said += ", planned" if "planned" in rule else ""
    if "season" in rule:
        said += f", {_WORDS['season_en'][rule['season']]}"
    if "start" in rule or "end" in rule:
        said += f" {rule.get('start', '')}–{rule.get('end', '')}"
    if "from_month" in rule:
        said += f", months {rule['from_month']}–{rule['until_month']}"
    if "except_months" in rule:
        said += f" (except months {', '.join(map(str, rule['except_months']))})"
    for key, mark in (("except", " (except {})"), ("venue", " [{}]"), ("note", " * {}")):
        said += mark.format(rule[key]) if key in rule else ""
    return said


def _english_head(rule: Rule) -> str:
    on = ", ".join(_WORDS["days_en"][day] for day in rule.get("weekdays", ()))
    nth = " & ".join(_WORDS["nth_en"][str(n)] for n in rule.get("nth", ()))
    days = ", ".join(str(day) for day in rule.get("days", ()))
    every = f"every {rule['every_months']} months" if "every_months" in rule else ""
    span = f"{rule.get('from_date')} to {rule.get('until_date', '')}".strip()
    return {
        "daily": "every day",
        "weekly": f"every {on}" if on else f"{_often(rule, 'week')} a week",
        "fortnightly": f"every other {on or 'week'}",
        "nth": f"{nth} {'week’s ' if 'by_week' in rule else ''}{on} {every or 'of the month'}",
        "monthly": f"day {days} {every or 'of the month'}"
        if days
        else f"{_often(rule, 'month')} {every or 'a month'}{f', {on}' if on else ''}",
        "yearly": f"{_often(rule, 'year')} a year",
        "dates": ", ".join(rule.get("dates", ())),
        "yearless": ", ".join(_english_day(day) for day in rule.get("month_days", ())),
        "span": span,
        "open": "open",
        "irregular": "irregular",
        "text": str(rule.get("text")),
    }[rule["freq"]]


def _often(rule: Rule, unit: str) -> str:
    times = rule.get(f"times_per_{unit}", 1)
    about = _WORDS["about_en"].get(rule.get("about"), "")
    return f"{about}once" if times == 1 else f"{about}{times} times"


def _english_day(text: str) -> str:
    month, day, weekday = month_day(text) or (0, 0, None)
    return f"{month:02}-{day:02}" + ("" if weekday is None else f" {_WORDS['days_en'][weekday]}")
