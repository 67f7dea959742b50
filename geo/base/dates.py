"""Days, months and hours as people in Japan write them (日付と時刻の読み書き)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from geo.base.problems import InputError
from geo.base.text import tidy
from geo.base.words import Words

if TYPE_CHECKING:
    from geo.base.words import Lang


@dataclass(frozen=True, slots=True, kw_only=True)
class _Era:
    name: str
    marks: str
    first: date
    last: date


# 明治 and 大正 ended on the very day the next era began, so that day has two right names; days
# before 1873 were counted by the moon and cannot be turned into today's calendar by rule.
_ERAS = (
    _Era(name="令和", marks="令和|令|R", first=date(2019, 5, 1), last=date.max),
    _Era(name="平成", marks="平成|平|H", first=date(1989, 1, 8), last=date(2019, 4, 30)),
    _Era(name="昭和", marks="昭和|昭|S", first=date(1926, 12, 25), last=date(1989, 1, 7)),
    _Era(name="大正", marks="大正|大|T", first=date(1912, 7, 30), last=date(1926, 12, 25)),
    _Era(name="明治", marks="明治|明|M", first=date(1868, 1, 25), last=date(1912, 7, 30)),
)
# Nobody who keeps or reads a register was there before; such a year is a slip of the pen.
FIRST_DAY = "1900-01-01"
_SOLAR_FROM = date(1873, 1, 1)
_LONGEST = 99  # years of an era; beyond it only the Western year is clear
_LONGEST_TOLD = 80  # signs of a text a fault repeats: a cell may hold a whole page
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー", "-"))
_KANJI = re.compile("[〇一二三四五六七八九十]+(?=[年月日])")
_CLOCK = re.compile(r"[ T](?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?$")
_WEEKDAY = re.compile(
    r" ?(?:\([月火水木金土日](?:曜日?)?(?:[・,]?祝日?)?\)|(?<=[0-9日])[月火水木金土日]曜日?)$"
)
_YEAR = "|".join(one.marks for one in _ERAS)
_DAY = re.compile(
    rf"(?:(?P<era>{_YEAR}) ?(?P<short>元|[0-9]{{1,2}})|(?P<year>[0-9]{{4}}))"
    r"(?: ?年 ?(?P<m1>[0-9]{1,2}) ?月 ?(?P<d1>[0-9]{1,2}) ?日"
    r"| ?(?P<sep>[./-]) ?(?P<m2>[0-9]{1,2}) ?(?P=sep) ?(?P<d2>[0-9]{1,2}))",
    re.IGNORECASE,
)
_MONTH = re.compile(
    rf"(?:(?P<era>{_YEAR}) ?(?P<short>元|[0-9]{{1,2}})|(?P<year>[0-9]{{4}}))"
    r" ?(?:年?|年 ?(?P<m1>[0-9]{1,2}) ?月|[./-](?P<m2>[0-9]{1,2})|\.0)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?P<half>午前|午後|[AaPp]\.?[Mm]\.?)? ?(?P<hour>[0-9]{1,2}) ?"
    r"(?::(?P<m1>[0-9]{2})(?::00)?|時 ?(?:(?P<m2>[0-9]{1,2}) ?分|(?P<halfpast>半))?)"
)
_BETWEEN = re.compile(r" ?(?:[~〜-]|から|より) ?")
_AMBIGUOUS = re.compile(r" ?[1-4] ?[:時]")
_DIGITS = "〇一二三四五六七八九"
_NOON, _DAY_HOURS, _HOUR_MINUTES = 12, 24, 60


def parse_date(text: str) -> date:
    """Return the day a text names (日付を読む).

    Reads 2026-11-21, 2026/11/21, 2026.11.21, 20261121, 2026年11月21日, 令和8年11月21日, R8.11.21
    and the like, in any width; a weekday or an hour after it is left aside.

    Raises
    ------
    InputError
        No such day, a day outside its era, a year of two digits, or no date at all.

    Examples
    --------
    >>> parse_date("令和８年１１月２１日（土）"), parse_date("H31/4/30 00:00:00")
    (datetime.date(2026, 11, 21), datetime.date(2019, 4, 30))
    """
    plain = _WEEKDAY.sub("", _CLOCK.sub("", _plain_date(text)))
    if re.fullmatch("[0-9]{8}", plain):
        plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
    found = _DAY.fullmatch(plain)
    if found is None:
        raise _unread_date(text, plain)
    era, year = _year(found)
    try:
        day = date(year, int(found["m1"] or found["m2"]), int(found["d1"] or found["d2"]))
    except ValueError:
        ja = "という日は暦にありません。日付を確かめてください。"
        raise _fault(text, ja, "is not a day of the calendar; check the date.") from None
    if era and not era.first <= day <= era.last:
        raise _outside(text, era)
    if era and day < _SOLAR_FROM:
        ja = "は旧暦の日付です。西暦の日付で書いてください。"
        raise _fault(text, ja, "is a day of the old lunar calendar; write it in Western years.")
    return day


def parse_day(text: str) -> str:
    """Return a day as the tool keeps it, ``2026-11-21`` (日を読む).

    Raises
    ------
    InputError
        When it is no day (`parse_date`).

    Examples
    --------
    >>> parse_day("令和8年11月21日")
    '2026-11-21'
    """
    return parse_date(text).isoformat()


def parse_past_day(text: str, today: str) -> str:
    """Return a day that has come, of which a record may tell, ``2026-11-21`` (来た日を読む).

    Raises
    ------
    InputError
        When it is no day, is after today, or before `FIRST_DAY`.

    Examples
    --------
    >>> parse_past_day("R8.11.21", "2026-11-21")
    '2026-11-21'
    """
    day = parse_day(text)
    if day > today:
        raise InputError(
            Words(
                f"{day} は、まだ来ていない日です。きょう（{today}）までの日にしてください。"
                "これからのことは、検討案で数えられます",
                f"{day} is still to come: name a day up to today ({today}); what is planned is "
                "counted as a plan",
            )
        )
    if day < FIRST_DAY:
        raise InputError(
            Words(
                f"{day} は古すぎます。{FIRST_DAY} からの日にしてください",
                f"{day} is too long ago: name a day from {FIRST_DAY} on",
            )
        )
    return day


def find_day(text: str) -> date | None:
    """Return a day, ``None`` for a text that is none: nothing, a year, a span (日なら読む).

    Examples
    --------
    >>> find_day("令和8年11月21日"), find_day("2026"), find_day("")
    (datetime.date(2026, 11, 21), None, None)
    """
    try:
        return parse_date(text)
    except InputError:
        return None


def parse_month(text: str) -> tuple[int, int | None]:
    """Return the year, and the month if told, of 供用開始年 and the like (年月を読む).

    Raises
    ------
    InputError
        As `parse_date`; also for 年度, which is no calendar year.

    Examples
    --------
    >>> parse_month("昭和55年"), parse_month("S55.4")
    ((1980, None), (1980, 4))
    """
    plain = _plain_date(text)
    found = _MONTH.fullmatch(plain)
    if found is None:
        day = parse_date(text)
        return day.year, day.month
    era, year = _year(found)
    month = int(found["m1"] or found["m2"] or 0) or None
    if year < 1 or (month or 1) not in range(1, 13) or (found["m1"] or found["m2"]) in {"0", "00"}:
        if plain.endswith(".0"):  # a year that went through a spreadsheet as a number
            return year, None
        raise _unread_date(text, plain)
    if era:
        early = (year, month or era.first.month) < (era.first.year, era.first.month)
        late = (year, month or era.last.month) > (era.last.year, era.last.month)
        if early or late:
            raise _outside(text, era)
    return year, month


def say_date(day: date, lang: Lang) -> str:
    """Return a day in words, by era in Japanese (日付を言う).

    Examples
    --------
    >>> say_date(date(2019, 5, 1), "ja"), say_date(date(2026, 11, 21), "en")
    ('令和元年5月1日', '21 Nov 2026')
    """
    if lang == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    era = next((one for one in _ERAS if one.first <= day), None)
    year = day.year - era.first.year + 1 if era else 0
    if era is None or day < _SOLAR_FROM or year > _LONGEST:
        return f"{day.year:04}年{day.month}月{day.day}日"
    return f"{era.name}{'元' if year == 1 else year}年{day.month}月{day.day}日"


def parse_time(text: str) -> str:
    """Return an hour as ``HH:MM`` of the 24-hour clock, up to 24:00 (時刻を読む).

    Raises
    ------
    InputError
        No such time; 午前12時 and 午後12時, which some read as noon and some as midnight.

    Examples
    --------
    >>> parse_time("午後1時半"), parse_time("９：０５")
    ('13:30', '09:05')
    """
    plain = tidy(text).translate(DASHES)
    if plain == "正午":
        return "12:00"
    found = _TIME.fullmatch(plain)
    if found is None:
        raise _unread_time(text)
    hour = int(found["hour"])
    minute = 30 if found["halfpast"] else int(found["m1"] or found["m2"] or 0)
    half = (found["half"] or "").lower()
    if half:
        if hour >= _NOON:
            ja = "は昼か夜中か決められません。12:00、0:00、24:00のように書いてください。"
            raise _fault(text, ja, "may be noon or midnight; write 12:00, 0:00 or 24:00.")
        hour += _NOON if half[0] in "午p" and half != "午前" else 0
    if minute >= _HOUR_MINUTES or hour * _HOUR_MINUTES + minute > _DAY_HOURS * _HOUR_MINUTES:
        raise _unread_time(text)
    return f"{hour:02}:{minute:02}"


def parse_window(text: str) -> tuple[str, str]:
    """Return start and end, each ``HH:MM``, of a span of hours (時間帯を読む).

    午後 before the first hour also holds for the second unless that says its own.

    Raises
    ------
    InputError
        An hour that cannot be read, an end not after the start, or hours from 1 to 4 written
        without 午前, 午後 or a leading zero (1:30～3:00 is nearly always the afternoon).

    Examples
    --------
    >>> parse_window("午後1時〜3時半"), parse_window("8:10～8:20")
    (('13:00', '15:30'), ('08:10', '08:20'))
    """
    plain = tidy(text).translate(DASHES).removesuffix("まで").strip()
    ends = _BETWEEN.split(plain)
    if len(ends) != len(("start", "end")):
        raise _unread_time(text)
    if any(_AMBIGUOUS.match(one) for one in ends) and not re.match("午|[AaPp]", ends[0]):
        ja = "は午前か午後か決められません。13:30のように書いてください。"
        raise _fault(text, ja, "may be morning or afternoon; write it like 13:30.")
    start, end = (parse_time(one) for one in ends)
    if ends[0].startswith("午後") and re.match("[0-9]", ends[1]) and end < f"{_NOON}:00":
        end = parse_time(f"午後{ends[1]}")
    if end <= start:
        ja = "は終わりが始まりより後ではありません。午前・午後を確かめてください。"
        raise _fault(text, ja, "does not end after it starts; check morning and afternoon.")
    return start, end


def say_age(since: date, today: date, lang: Lang) -> str:
    """Return how long ago a day was, in whole days, months or years (どれくらい前か).

    Examples
    --------
    >>> say_age(date(2025, 7, 20), date(2026, 11, 21), "ja")
    '1年4か月前'
    """
    early, late = sorted((since, today))
    months = (late.year - early.year) * 12 + late.month - early.month - (late.day < early.day)
    days = (late - early).days
    if days == 0:
        return "今日" if lang == "ja" else "today"
    years, rest = divmod(months, 12)
    if lang == "ja":
        span = f"{years}年" if years else ""
        span += f"{rest}か月" if rest else ""
        return f"{span or f'{days}日'}{'前' if since < today else '後'}"
    parts = [(years, "year"), (rest, "month")] if months else [(days, "day")]
    told = " ".join(f"{n} {unit}{'s' if n > 1 else ''}" for n, unit in parts if n)
    return f"{told} ago" if since < today else f"in {told}"


def _plain_date(text: str) -> str:
    """Return a date's text in narrow signs, kanji numbers of years, months and days in digits."""

    def digits(found: re.Match[str]) -> str:
        tens, ten, ones = found[0].rpartition("十")
        if not ten:
            return "".join(str(_DIGITS.index(sign)) for sign in ones)
        if max(len(tens), len(ones)) > 1 or "十" in tens:
            return found[0]
        return str(_DIGITS.index(tens or "一") * 10 + _DIGITS.index(ones or "〇"))

    return _KANJI.sub(digits, tidy(text).translate(DASHES))


def _year(found: re.Match[str]) -> tuple[_Era | None, int]:
    if found["year"]:
        return None, int(found["year"])
    era = next(one for one in _ERAS if found["era"].upper() in one.marks.split("|"))
    short = 1 if found["short"] == "元" else int(found["short"])
    return era, era.first.year + short - 1 if short else 0


def _fault(text: str, ja: str, en: str) -> InputError:
    short = text if len(text) <= _LONGEST_TOLD else f"{text[:_LONGEST_TOLD]}…"
    return InputError(Words(f"「{short}」{ja}", f"“{short}” {en}"))


def _outside(text: str, era: _Era) -> InputError:
    last = "" if era.last == date.max else era.last.isoformat()
    span = f"{era.first}～{last}"
    ja = f"は{era.name}の期間（{span}）にありません。元号か年を確かめてください。"
    return _fault(text, ja, f"lies outside the era {era.name} ({span}); check the era or the year.")


def _unread_date(text: str, plain: str) -> InputError:
    if re.fullmatch(r"[0-9]{1,2}年?(?:[./-][0-9]{1,2}){0,2}", plain):
        ja = "は年が決められません。西暦4けたか元号（令和8年、R8）で書いてください。"
        return _fault(text, ja, "has no clear year; write four digits or an era (R8).")
    ja = "は日付として読めません。2026-11-21か令和8年11月21日のように書いてください。"
    return _fault(text, ja, "cannot be read as a date; write it like 2026-11-21.")


def _unread_time(text: str) -> InputError:
    ja = "は時刻として読めません。13:30や10:00～12:00のように書いてください。"
    return _fault(text, ja, "cannot be read as a time; write it like 13:30 or 10:00-12:00.")
