"""Read when a salon meets or a bus runs from what people write (開催日時を読む)."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING

from geo.base.dates import DASHES, parse_date, parse_window
from geo.base.problems import InputError
from geo.base.text import tidy
from geo.schedule.rules import DAYS_JA, Rule, check_schedule, months_of, sessions_per_month

if TYPE_CHECKING:
    from datetime import date

_SEP = "[ 、,・と/&]*"
# Possessive (?+): a 日 is either the end of 曜日 or Sunday, and never tried as both.
_W = rf"[月火水木金土日](?:曜日?+)?+(?:{_SEP}[月火水木金土日](?:曜日?+)?+)*"
_N = "[1-5一二三四五]"
_NTH = re.compile(
    rf"(?P<nth>(?:第 ?{_N}|最終|最後の?)(?:{_SEP}(?:(?:第 ?)?{_N}|最終))*)[ の]*(?P<days>{_W}){_SEP}"
)
_WEEKLY = re.compile(
    rf"(?:(?P<every>毎?週(?P<times>[1-7])[回日]|毎週|隔週)[ の:/・]*)?(?P<days>{_W}|平日)?"
)
_MONTHLY = re.compile("(?:毎?月 ?(?P<times>[0-9]{1,2})回|毎月の?)[ :/、,・]*")
_MONTHDAYS = re.compile(rf"[0-9]{{1,2}}日?(?:{_SEP}[0-9]{{1,2}}日?)*(?<=日)")
_TO = "(?:[~〜-]|から|より)"
_TIME = (
    "(?<![0-9:])(?:正午|(?:午前|午後|[AaPp][Mm])? ?[0-9]{1,2} ?"
    "(?::[0-9]{2}(?![0-9:])|時(?: ?[0-9]{1,2} ?分|半)?))"
)
_SEASON = (
    rf"(?:(?P<{{0}}from>[0-9]{{{{1,2}}}}) ?月? ?{_TO} ?(?P<{{0}}until>[0-9]{{{{1,2}}}}) ?月(?!曜)"
    "(?: ?の間)?[は:の]?|(?P<{0}only>[0-9]{{1,2}}) ?月は)[ 、,]*"
)
_LEAD = re.compile(_SEASON.format(""))
_SLOT = re.compile(
    rf"(?:{_SEASON.format('')})?(?:(?P<both>{_TIME} ?{_TO} ?{_TIME}) ?(?:まで)?"
    rf"|(?:[~〜-] ?(?P<end>{_TIME})(?: ?まで)?|(?P<till>{_TIME}) ?まで)|(?P<start>{_TIME}) ?{_TO}?)"
)
_VENUE = re.compile(r"【([^【】]*)】|[ 　、,]?(?:会場|場所) *[:：](.+)$")
_NO_VENUE = re.compile("休|曜|[毎隔]週|毎[月日]|[0-9][:時]|午[前後]|中止|対象|予約|参加|持ち物")
_BRACKET = re.compile("[（(]([^（()）]*)[)）]")
_EXCEPT = re.compile("(?:ただし|但し)?[、, ]*+(.+?)(?:を?除く|は?(?:お?休み|休))")
_OFF = "(?:祝祭日|祝日|祭日|休日|年末年始|お盆|盆)"
_TAIL_EXCEPT = re.compile(
    rf"[、, 　]*({_OFF}(?:[・、,や及びと]*{_OFF})*)(?:を?除く|は?(?:お?休み|休))[。 ]*$"
)
_TIMING = re.compile(
    "[0-9][:時月日回]|第|最終|[毎隔]|週|曜|のみ|だけ|奇数|偶数|[夏冬春秋][期季]|場合"
)
# When people meet is told in a line; the searches below take the square of its length.
_LONGEST = 1000
_PARTS = re.compile("[、,/。] *(?=毎[週月日]|第|隔週)")


def parse_schedule(text: str) -> list[Rule]:
    """Return the rules a text tells, one or more a line (開催日時を読む).

    Lines end at a line break, ; or ；. A line not understood as a whole becomes
    ``{"freq": "text", "text": line}``, exact but for blanks at its ends; nothing is guessed or
    lost, and no text raises. 夏期, 第3週 and 週2回 without weekdays are such lines.

    Examples
    --------
    >>> parse_schedule("第1・3木曜 13時半〜15時")
    [{'freq': 'nth', 'weekdays': [3], 'nth': [1, 3], 'start': '13:30', 'end': '15:00'}]
    >>> parse_schedule("気が向いた日")
    [{'freq': 'text', 'text': '気が向いた日'}]
    """
    rules: list[Rule] = []
    for line in map(str.strip, re.split("[\r\n;；]", text)):
        try:
            found, faults = check_schedule(_read_line(line))
        except InputError:
            found, faults = [], []
        if line:
            rules += found if found and not faults else [{"freq": "text", "text": line}]
    return rules


def parse_sessions(text: str) -> float:
    """Return how often a month a text tells people to meet, NaN if it does not (月の回数を読む).

    Of several rules those that can be counted are; a text of which none can is not known,
    never once and never zero. Days off are not taken away.

    Examples
    --------
    >>> round(parse_sessions("第2・4木曜 10:00～11:30"), 2), parse_sessions("お問い合わせください")
    (2.0, nan)
    """
    return sessions_per_month(parse_schedule(text)).per_month or math.nan


def _read_line(line: str) -> list[Rule]:
    if line.startswith('原文"'):
        return [{"freq": "text", "text": _unquote(line[2:])}]
    extra: Rule = {}
    body, mark, note = line.partition("※")
    if mark:
        extra["note"] = _unquote(note)
        if not extra["note"]:
            return []
    venues = list(_VENUE.finditer(body))
    if venues:
        raw = (venues[0][1] or venues[0][2] or "").strip()
        extra["venue"] = _unquote(raw)
        if len(venues) > 1 or not raw or (raw[0] != '"' and _NO_VENUE.search(tidy(raw))):
            return []
        body = _VENUE.sub(" ", body)
    plain = _take_brackets(body, extra)
    if plain is None:
        return []
    rules = _read_body(plain)
    parts = _PARTS.split(plain)
    if not rules and len(parts) > 1 and not extra:
        each = [_read_body(part) for part in parts]
        # An hour told once may hold for all parts or for one, so all must tell theirs.
        if all(found and all("start" in rule for rule in found) for found in each):
            rules = [rule for found in each for rule in found]
    return [rule | extra for rule in rules]


def _take_brackets(body: str, extra: Rule) -> str | None:
    """Move days off and remarks in brackets to `extra`; return the rest, ``None`` if unclear."""
    clear = True

    def take(found: re.Match[str]) -> str:
        nonlocal clear
        inside, before = found[1].strip(), body[: found.start()].rstrip()
        off = _EXCEPT.fullmatch(inside)
        key = "except" if off else "note"
        if not off and inside and inside in DAYS_JA and before.endswith("日"):
            return " "
        if not off and (_TIMING.search(tidy(inside)) or re.fullmatch(_W, tidy(inside))):
            return f" {inside} "
        clear = clear and bool(inside) and key not in extra
        extra[key] = _unquote(off[1]) if off else inside
        return " "

    body = _BRACKET.sub(take, body)
    if len(body) > _LONGEST:
        return None
    tail = _TAIL_EXCEPT.search(body)
    if tail:
        clear = clear and "except" not in extra
        extra["except"] = tail[1]
        body = body[: tail.start()]
    return tidy(body).translate(DASHES) if clear else None


def _read_body(body: str) -> list[Rule]:
    """Return the rules of a line freed of venue, days off and notes; none if any of it is unclear."""
    slots = [_read_slot(found) for found in _SLOT.finditer(body)]
    head = _SLOT.sub(" ", body).strip(" 、,:/")
    lead = _LEAD.match(head)
    if lead:
        if any("from_month" in slot for slot in slots):
            return []
        slots = [_read_season(lead) | slot for slot in slots or [{}]]
        head = head[lead.end() :]
    months = [month for slot in slots for month in months_of(slot)]
    if len(months) > len(set(months)):  # two spans of hours in one month: one session or two?
        return []
    head = re.sub("[のは]?(?:に?(?:開催|実施))?[。 ]*$", "", head.strip(" 、,:/"))
    return [rule | slot for rule in _read_head(head) for slot in slots or [{}]]


def _read_season(found: re.Match[str]) -> Rule:
    if not (found["from"] or found["only"]):
        return {}
    first, last = found["from"] or found["only"], found["until"] or found["only"]
    return {"from_month": int(first), "until_month": int(last)}


def _read_slot(found: re.Match[str]) -> Rule:
    slot = _read_season(found)
    if found["both"]:
        slot["start"], slot["end"] = parse_window(found["both"])
    elif found["start"]:
        slot["start"] = parse_window(f"{found['start']}~24:00")[0]
    else:
        slot["end"] = parse_window(f"0:00~{found['end'] or found['till']}")[1]
    return slot


def _read_head(head: str) -> list[Rule]:
    for words, freq in (("毎日", "daily"), ("年中無休", "daily"), ("不定期", "irregular")):
        if head == words:
            return [{"freq": freq}]
    weekly = _WEEKLY.fullmatch(head)
    if head and weekly:
        return _read_weekly(weekly)
    monthly = _MONTHLY.match(head)
    rest, times = (head[monthly.end() :], monthly["times"]) if monthly else (head, None)
    if times and not rest:
        return [{"freq": "monthly", "times_per_month": int(times)}]
    rules = _read_nth(rest)
    told = sum(len(rule["nth"]) * len(rule["weekdays"]) for rule in rules)
    if not rules and monthly and _MONTHDAYS.fullmatch(rest):
        days = [int(day) for day in re.findall("[0-9]+", rest)]
        rules, told = [{"freq": "monthly", "days": days}], len(days)
    if rules:
        return rules if not times or int(times) == told else []
    return [] if monthly else _read_dates(head)


def _read_weekly(found: re.Match[str]) -> list[Rule]:
    days = list(range(5)) if found["days"] == "平日" else _weekdays(found["days"] or "")
    if found["times"] and len(days or [0]) != int(found["times"]):
        return []
    if not found["every"] and len(days) == 1 and "曜" not in found[0]:
        return []
    return [{"freq": "fortnightly" if found["every"] == "隔週" else "weekly", "weekdays": days}]


def _weekdays(text: str) -> list[int]:
    return [DAYS_JA.index(day) for day in re.sub("曜日?", "", text) if day in DAYS_JA]


def _read_nth(text: str) -> list[Rule]:
    rules: list[Rule] = []
    place = 0
    while found := _NTH.match(text, place):
        marks = re.findall(f"{_N}|最", found["nth"])
        nth = [-1 if m == "最" else "一二三四五".find(m) + 1 or int(m) for m in marks]
        days = _weekdays(found["days"])
        same = next((rule for rule in rules if rule["weekdays"] == days), None)
        if same:
            same["nth"] += nth
        else:
            rules.append({"freq": "nth", "weekdays": days, "nth": nth})
        place = found.end()
    return rules if place == len(text) else []


def _read_dates(text: str) -> list[Rule]:
    days: list[date] = []
    for word in re.split("[、,・ と]+", text):
        short = re.fullmatch("(?:([0-9]{1,2})[月/])?([0-9]{1,2})日?", word) if days else None
        if short:
            day = parse_date(f"{days[-1].year:04}/{short[1] or days[-1].month}/{short[2]}")
            if day <= days[-1]:  # perhaps of the next year, perhaps a slip
                return []
        else:
            day = parse_date(word)
        days.append(day)
    return [{"freq": "dates", "dates": [day.isoformat() for day in days]}]


def _unquote(text: str) -> str:
    plain = text.strip()
    if plain.startswith('"') and plain.endswith('"'):
        try:
            return str(json.loads(plain))
        except ValueError:
            return plain
    return plain
