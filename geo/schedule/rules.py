"""The rules of a schedule: what is sound, and how often it meets (開催日時の決まり)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from geo.base.dates import parse_time
from geo.base.problems import InputError
from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

Rule = dict[str, Any]

WEEKLY = 365.25 / 7 / 12  # times a weekday comes in a month, on average
_DAILY = 365.25 / 12
_LEAST = 0.05  # a month; below it one decimal would say 0.0
_LATE_DAYS = {29: 11.25, 30: 11, 31: 7}  # months of a year that have the day
DAYS_JA = "月火水木金土日"
_LONGEST_TOLD = 80

# The keys of a rule in their order, and the freqs that may hold them ("" is all but text).
_KEYS = {
    "freq": "daily weekly fortnightly nth monthly dates irregular text",
    "weekdays": "weekly fortnightly nth",
    "nth": "nth",
    "times_per_month": "monthly",
    "dates": "dates",
    "days": "monthly",
    "start": "",
    "end": "",
    "from_month": "daily weekly fortnightly nth monthly irregular",
    "until_month": "daily weekly fortnightly nth monthly irregular",
    "except": "",
    "venue": "",
    "note": "",
    "text": "text",
}
_RANGES = {
    "weekdays": range(7),
    "nth": (-1, 1, 2, 3, 4, 5),
    "days": range(1, 32),
    "times_per_month": range(1, 32),
    "from_month": range(1, 13),
    "until_month": range(1, 13),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sessions:
    """How often a schedule meets (開催回数).

    Attributes
    ----------
    per_month
        Sessions in a mean month of those rules that can be counted.
    uncounted
        Rules left out of it: irregular ones and those that could not be read.
    before_exceptions
        Whether a counted rule has days off (祝日 …), which are not taken away.
    """

    per_month: float
    uncounted: int
    before_exceptions: bool


def check_schedule(value: object) -> tuple[list[Rule], list[Words]]:
    """Return the sound rules in canonical form, and every fault of the others (開催日時を確かめる).

    Keys stand in one order, lists are sorted without doubles, empty texts and lists are dropped.
    Without weekdays, weekly means once a week on a day not told.
    """
    if not isinstance(value, list):
        return [], [Words("開催日時が予定の並びではありません。", "The schedule is not a list.")]
    rules, faults = [], []
    for number, raw in enumerate(value, start=1):
        rule, wrong = _check_rule(raw)
        faults += [Words(f"予定{number}: {w.ja}", f"Rule {number}: {w.en}") for w in wrong]
        if not wrong:
            rules.append(rule)
    return rules, faults


def sessions_per_month(rules: Sequence[Rule]) -> Sessions:
    """Return how often checked rules meet in a mean month (月の開催回数).

    A weekday comes 365.25 / 7 / 12 = 4.348 times a month, its fifth 0.348 times; a day of the
    month as often as months have it (the 31st 7 in 12); dates count over 12 months, or over the
    months they span if more; a seasonal rule counts for its months. Days off are not taken away.

    Examples
    --------
    >>> round(sessions_per_month([{"freq": "weekly", "weekdays": [1, 3]}]).per_month, 2)
    8.7
    """
    counts = [(_count(rule), "except" in rule) for rule in rules]
    known = [(count, off) for count, off in counts if count is not None]
    return Sessions(
        per_month=sum(count for count, _ in known),
        uncounted=len(counts) - len(known),
        before_exceptions=any(off for _, off in known),
    )


def say_sessions(sessions: Sessions) -> Words:
    """Return the monthly count in words, with what it leaves out (開催回数を言う)."""
    left = sessions.uncounted
    if not sessions.per_month:
        return Words("回数は分かりません", "how often is not known")
    count = sessions.per_month
    said = Words(f"月およそ{count:.1f}回", f"about {count:.1f} times a month")
    if count < _LEAST:
        said = Words("月0.1回未満", "less than 0.1 times a month")
    notes = []
    if sessions.before_exceptions:
        notes.append(Words("休みの日を引く前", "before days off"))
    if left:
        notes.append(
            Words(f"ほかに数えられない予定{left}件", f"{left} more that cannot be counted")
        )
    if notes:
        ja, en = "、".join(n.ja for n in notes), "; ".join(n.en for n in notes)
        said = Words(f"{said.ja}（{ja}）", f"{said.en} ({en})")
    return said


def months_of(rule: Rule) -> list[int]:
    """Return the months of the year a rule holds in, in its own order (どの月の予定か)."""
    first, last = rule.get("from_month", 1), rule.get("until_month", 12)
    return [(first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1)]


def _check_rule(raw: object) -> tuple[Rule, list[Words]]:
    if not isinstance(raw, dict) or raw.get("freq") not in _KEYS["freq"].split():
        return {}, [
            Words(f"「freq」がありません（{_short(raw)}）。", f"No known freq ({_short(raw)}).")
        ]
    rule, faults = {}, []
    freq = raw["freq"]
    unknown = [key for key in raw if key not in _KEYS]
    faults += [
        Words(f"「{_short(key)}」という項目はありません。", f"No such key: {_short(key)}.")
        for key in unknown
    ]
    for key, freqs in _KEYS.items():
        given = raw.get(key)
        if given is None or given == [] or (isinstance(given, str) and not given.strip()):
            continue
        value = _check_value(key, given)
        if value is None:
            faults.append(
                Words(
                    f"「{key}」の値{_short(given)}は使えません。",
                    f"{key} cannot be {_short(given)}.",
                )
            )
        elif freq not in freqs.split() and (freqs or freq == "text"):
            faults.append(
                Words(f"「{key}」は{freq}には付けられません。", f"{key} does not go with {freq}.")
            )
        else:
            rule[key] = value
    return rule, faults or _check_whole(rule)


def _short(value: object) -> str:
    """Return a faulty value as a message repeats it: never a whole page."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= _LONGEST_TOLD else f"{text[:_LONGEST_TOLD]}…"


def _check_value(key: str, given: object) -> object:
    """Return a key's value in canonical form, ``None`` if it cannot be used."""
    if key in ("weekdays", "nth", "days"):
        good = isinstance(given, list) and all(type(n) is int and n in _RANGES[key] for n in given)
        return (
            sorted(set(given), key=lambda n: (n < 0, n))
            if good and isinstance(given, list)
            else None
        )
    if key in _RANGES:
        return given if type(given) is int and given in _RANGES[key] else None
    try:
        if key == "dates" and isinstance(given, list):
            return sorted({date.fromisoformat(day).isoformat() for day in given})
        if key in ("start", "end") and isinstance(given, str):
            return given if parse_time(given) == given else None
    except (InputError, ValueError, TypeError):
        return None
    return given if isinstance(given, str) and key not in ("dates", "start", "end") else None


def _check_whole(rule: Rule) -> list[Words]:
    faults = []
    freq = rule["freq"]
    if rule.get("start", "00:00") >= rule.get("end", "24:00"):
        faults.append(
            Words("終わりの時刻が始まりより後ではありません。", "The end is not after the start.")
        )
    if ("from_month" in rule) != ("until_month" in rule):
        faults.append(
            Words("期間は始まりと終わりの月が要ります。", "A season needs both its months.")
        )
    needs = {"nth": ("weekdays", "nth"), "dates": ("dates",), "text": ("text",)}.get(freq, ())
    faults += [
        Words(f"「{key}」が要ります。", f"{key} is missing.") for key in needs if key not in rule
    ]
    if freq == "monthly" and ("days" in rule) == ("times_per_month" in rule):
        faults.append(
            Words(
                "月の回数か日のどちらか一つが要ります。", "Give either times or days of the month."
            )
        )
    return faults


def _count(rule: Rule) -> float | None:
    days = len(rule.get("weekdays", ())) or 1
    match rule["freq"]:
        case "daily":
            count = _DAILY
        case "weekly":
            count = WEEKLY * days
        case "fortnightly":
            count = WEEKLY * days / 2
        case "nth":
            nth, fifth = set(rule["nth"]), WEEKLY - 4
            with_five = len(nth - {5, -1}) + bool(nth & {5, -1})
            without = len({4 if n < 0 else n for n in nth} - {5})
            count = days * (fifth * with_five + (1 - fifth) * without)
        case "monthly" if "days" in rule:
            count = sum(_LATE_DAYS.get(day, 12) / 12 for day in rule["days"])
        case "monthly":
            count = rule["times_per_month"]
        case "dates":
            first, last = (date.fromisoformat(rule["dates"][n]) for n in (0, -1))
            span = (last.year - first.year) * 12 + last.month - first.month + 1
            return float(len(rule["dates"]) / max(12, span))
        case _:
            return None
    return float(count * len(months_of(rule)) / 12)
