"""Answers as people read them (答えをことばにする)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

from geo.base.dates import say_date
from geo.base.words import Words
from geo.schedule import dump_schedule
from surveys.declaration.field import (
    KINDS_WITHOUT_UNKNOWN,
    NO_ITEMS_WORDS,
    NOT_ASKED_WORDS,
    UNKNOWN,
)
from surveys.declaration.field import UNKNOWN_WORDS as UNKNOWN_SAID

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.base.words import Lang
    from surveys.declaration.field import Field
    from surveys.declaration.paths import Answers
    from surveys.declaration.record_type import RecordType

State = Literal["told", "unknown", "not_asked"]

NO_TITLES: Final[Mapping[str, str]] = MappingProxyType({})
# Counters are Japanese; English says what is counted, or nothing where the question says it.
_UNITS_EN: Final = {
    "％": " %", "㎡": " m²", "人": " people", "円": " yen", "段": " steps", "本": " a day", "畳": " mats",
    "台": "", "基": "", "脚": "", "か所": "", "つ": "", "回": " times", "分": " min", "年": " years",
}  # fmt: skip
# The calendar before it was another: no month of it can be turned into an era.
_FIRST_SOLAR_YEAR: Final = 1873
_PHOTOS: Final = Words("{n}枚", "{n} photos")
_PLACED: Final = Words("地図にある", "on the map")
_GONE_SITE: Final = Words("（一覧にない地点）", "(not in the register)")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """One question and its answer in words (答えの一行).

    Attributes
    ----------
    field
        The question.
    label, text
        As they are printed; 「未確認」 where it was not asked.
    state
        ``told``, ``unknown`` (looked, and it could not be told) or ``not_asked``.
    """

    field: Field
    label: str
    text: str
    state: State


def say_value(  # noqa: C901, PLR0911, PLR0912 - one kind a line
    field: Field,
    value: Any,  # noqa: ANN401 - an answer is any JSON value
    lang: Lang,
    *,
    titles: Mapping[str, str] = NO_TITLES,
    with_point: bool = False,
) -> str:
    r"""Return one answer in words; ``None`` is 「未確認」, which is not 「なし」 (答えを言う).

    Parameters
    ----------
    value
        As `surveys.record.answers` keeps it.
    titles
        What sites are called, by id, for answers that name sites.
    with_point
        Say the latitude and longitude of a point; else only that there is one.

    Returns
    -------
    str
        Plain text, never markup; notes and schedules may hold ``\n``.

    Examples
    --------
    >>> from surveys.declaration.field import Field
    >>> seat = Field(id="x", words=Words("広さ", "area"), kind="number", unit="㎡")
    >>> say_value(seat, 1240, "ja"), say_value(seat, None, "ja"), say_value(seat, "unknown", "en")
    ('1,240㎡', '未確認', 'not known')
    """
    if value is None:
        return NOT_ASKED_WORDS.say(lang)
    if is_unknown(field, value):
        return UNKNOWN_SAID.say(lang)
    match field.kind:
        case "choice":
            return _say_choice(field, value, lang)
        case "choices":
            return _join([_say_choice(field, one, lang) for one in value], lang)
        case "number":
            return say_number(value, field.unit, lang)
        case "date":
            return say_date(date.fromisoformat(value), lang)
        case "month":
            return say_month(value, lang)
        case "time":
            return str(value).removeprefix("0")
        case "schedule":
            return dump_schedule(value, lang) if value else NO_ITEMS_WORDS.say(lang)
        case "areas":
            return _join(value, lang)
        case "sites":
            return _join([titles.get(one) or _GONE_SITE.say(lang) for one in value], lang)
        case "photos":
            return _PHOTOS.fill(n=len(value)).say(lang)
        case "point":
            return say_point(value, lang) if with_point else _PLACED.say(lang)
        case "items":
            return say_count(field, value, lang)
        case _:
            return str(value)


def answer_rows(
    type_: RecordType,
    answers: Answers,
    lang: Lang,
    *,
    first_only: bool = False,
    titles: Mapping[str, str] = NO_TITLES,
) -> list[AnswerRow]:
    """Return every question of a type with its answer, in declared order (答えの一覧).

    Parameters
    ----------
    answers
        As `surveys.record.answers` keeps them, items as lists.
    first_only
        Only what is asked first.
    titles
        As `say_value`.
    """
    return [
        make_row(field, answers.get(field.id), lang, titles=titles)
        for field in type_.fields
        if field.first or not first_only
    ]


def make_row(
    field: Field,
    value: Any,  # noqa: ANN401 - an answer is any JSON value
    lang: Lang,
    *,
    titles: Mapping[str, str] = NO_TITLES,
) -> AnswerRow:
    """Return one question with its answer (答えの一行にする)."""
    state: State = "told"
    if value is None:
        state = "not_asked"
    elif is_unknown(field, value):
        state = "unknown"
    text = say_value(field, value, lang, titles=titles)
    return AnswerRow(field=field, label=field.words.say(lang), text=text, state=state)


def is_unknown(field: Field, value: object) -> bool:
    """Say whether an answer is 「不明」; a text that happens to read so is not (不明か)."""
    return value == UNKNOWN and field.kind not in KINDS_WITHOUT_UNKNOWN


def say_count(field: Field, value: object, lang: Lang) -> str:
    """Return how many items an answer lists, 「なし」 for none (物の数を言う)."""
    if value is None or is_unknown(field, value):
        return say_value(field, value, lang)
    count = len(value) if isinstance(value, list) else 0
    if not count:
        return NO_ITEMS_WORDS.say(lang)
    counter = field.item.counter.ja if field.item and lang == "ja" else ""
    return f"{count:,}{counter}"


def say_number(value: float, unit: str, lang: Lang) -> str:
    """Return a number with thousands and its unit (数を言う).

    Examples
    --------
    >>> say_number(33077, "人", "ja"), say_number(18.2, "%", "ja"), say_number(42, "cm", "en")
    ('33,077人', '18.2％', '42 cm')
    """
    unit = "％" if unit == "%" else unit
    if lang == "en":
        unit = _UNITS_EN.get(unit, f" {unit}" if unit else "")
    return f"{value:,}{unit}"


def say_month(text: str, lang: Lang) -> str:
    """Return a year, or a year and month, by era in Japanese (年月を言う).

    A year in which an era began is said as that era; the Western year stands beside it.

    Examples
    --------
    >>> say_month("1980-04", "ja"), say_month("1989", "ja"), say_month("1980-04", "en")
    ('昭和55年4月', '平成元年（1989年）', 'Apr 1980')
    """
    year, _, month = text.partition("-")
    if lang == "ja" and int(year) < _FIRST_SOLAR_YEAR:
        return f"{int(year)}年" + (f"{int(month)}月" if month else "")
    if not month:
        era = say_date(date(int(year), 12, 31), "ja").partition("年")[0] + "年"
        return f"{era}（{int(year)}年）" if lang == "ja" else year
    last = calendar.monthrange(int(year), int(month))[1]
    said = say_date(date(int(year), int(month), last), lang)
    return said.partition("月")[0] + "月" if lang == "ja" else said.partition(" ")[2]


def say_point(value: list[float], lang: Lang) -> str:
    """Return a place as latitude and longitude, the order people read (緯度経度を言う).

    Examples
    --------
    >>> say_point([139.8956, 35.6449], "ja")
    '緯度35.644900 経度139.895600'
    """
    lon, lat = value
    said = Words(f"緯度{lat:.6f} 経度{lon:.6f}", f"{lat:.6f}, {lon:.6f} (lat, lon)")
    return said.say(lang)


def _say_choice(field: Field, id_: str, lang: Lang) -> str:
    choice = field.choice(id_)
    return choice.words.say(lang) if choice else str(id_)


def _join(parts: list[str], lang: Lang) -> str:
    return ("、" if lang == "ja" else ", ").join(parts)
