"""指定暑熱避難施設（クーリングシェルター）: hours day by day, ``-`` for a day off (Yaizu)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.base.dates import parse_time
from geo.base.problems import InputError
from geo.base.words import Words
from geo.schedule import check_schedule
from surveys.rules.rule import Rule, has_columns, read_texts, state, tell
from surveys.types.resource import TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.base.problems import Problem
    from surveys.formats.raw.table import RawSheet
    from surveys.record.portable import Incoming
    from surveys.rules.rule import Improved

_NAME: Final = "指定暑熱避難施設の名称"
_NOTE: Final = "指定暑熱避難施設を開放することができる日及び時間帯特記事項"
_DAYS: Final = "月火水木金土日"
_OFF: Final = frozenset({"", "-", "－", "ー", "―"})
_KIND: Final = "クーリングシェルター（指定暑熱避難施設）"
_NO_HOURS = Words(
    "開く時刻と閉まる時刻として読めません。この曜日は入れませんでした",
    "cannot be read as opening hours; this day was left out",
)


def _fits(sheet: RawSheet) -> bool:
    return has_columns(sheet, (_NAME, "月曜開放開始時刻", "月曜開放終了時刻"))


def _improve(sheet: RawSheet, rows: Sequence[Incoming]) -> Improved:
    texts = read_texts(sheet)
    out, problems = [], []
    for one in rows:
        text = texts[one.row]
        schedule, wrong = _read_hours(sheet, one, text)
        problems += wrong
        answers: dict[str, Any] = {"activity": _KIND}
        answers |= {"name": text[_NAME]} if _NAME in text else {}
        answers |= {"hours_note": text[_NOTE]} if _NOTE in text else {}
        out.append(state(TYPE, one, answers | ({"schedule": schedule} if schedule else {})))
    return out, problems


def _read_hours(
    sheet: RawSheet, one: Incoming, text: Mapping[str, str]
) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Return weekly rules, days of the same hours together."""
    days: dict[tuple[str, str], list[int]] = {}
    problems: list[Problem] = []
    for number, day in enumerate(_DAYS):
        first, last = f"{day}曜開放開始時刻", f"{day}曜開放終了時刻"
        start, end = text.get(first, ""), text.get(last, "")
        if start in _OFF and end in _OFF:
            continue
        try:
            hours = (parse_time(start), parse_time(end))
        except InputError:
            problems.append(tell(sheet, one, first, f"{start}～{end}", _NO_HOURS))
            continue
        days.setdefault(hours, []).append(number)
    rules = []
    for (start, end), numbers in days.items():
        rule = {"freq": "weekly", "weekdays": numbers, "start": start, "end": end}
        found, wrong = check_schedule([rule])
        rules += found
        for day in (_DAYS[number] for number in numbers if wrong):
            first, last = f"{day}曜開放開始時刻", f"{day}曜開放終了時刻"
            problems.append(tell(sheet, one, first, f"{text[first]}～{text[last]}", _NO_HOURS))
    return rules, problems


RULE = Rule(
    id="cooling_shelter",
    words=Words(
        "クーリングシェルターの一覧として読み、曜日ごとの時刻を日時にまとめました",
        "read as a list of cooling shelters; the hours of each day became its days and times",
    ),
    type="resource",
    fits=_fits,
    improve=_improve,
)
