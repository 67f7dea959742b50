"""The words a site is found by: its texts, its choices, its days (さがすことば)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.base.words import Words
from geo.schedule import Times, dump_schedule, fit_schedule
from surveys.declaration.field import UNKNOWN
from surveys.record.answers import say_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from surveys.declaration.field import Field
    from surveys.declaration.record_type import RecordType

# Written anew in every register when this number grows (`surveys.store.declared`).
FORM: Final = 2
DAY_WORDS: Final = (
    Words("月曜日", "Monday"),
    Words("火曜日", "Tuesday"),
    Words("水曜日", "Wednesday"),
    Words("木曜日", "Thursday"),
    Words("金曜日", "Friday"),
    Words("土曜日", "Saturday"),
    Words("日曜日", "Sunday"),
)
HALF_WORDS: Final = {"am": Words("午前", "morning"), "pm": Words("午後", "afternoon")}
# 「あり」 and 「なし」 are answers of every other question: what is there is found by its name,
# and what is not there by nothing.
_THERE: Final = "yes"
_NOT_THERE: Final = frozenset({"no", "none", UNKNOWN})
_LEAST_SIGNS: Final = 2


def say_found_by(type_: RecordType, answers: Mapping[str, Any]) -> Iterator[str]:
    """Yield every text a site is found by, in both languages (さがすことば).

    Free texts; of choices the words and what files call them (カラオケ for 趣味活動); of a thing
    that is there the question (屋根); of schedules the text, each weekday it surely meets on, and
    whether in the morning or the afternoon.

    Examples
    --------
    >>> from surveys.types.salon import TYPE
    >>> "カラオケ" in list(say_found_by(TYPE, {"activities": [{"_id": "1", "content": ["hobby"]}]}))
    True
    """
    yield from say_texts(type_, answers)
    yield from _say_fields(type_.fields, answers)


def reading_of(type_: RecordType, answers: Mapping[str, Any]) -> str:
    """Return how a site's name is read, else the name (よみ)."""
    for key in ("kana", "name"):
        if type_.asks(key) and answers.get(key):
            return str(answers[key])
    return ""


def _say_fields(fields: Iterable[Field], answers: Mapping[str, Any]) -> Iterator[str]:
    for field in fields:
        value = answers.get(field.id)
        if field.item and isinstance(value, list):
            for item in value:
                yield from _say_fields(field.item.fields, item)
        elif field.choices and value is not None:
            for id_ in value if isinstance(value, list) else [value]:
                yield from _say_choice(field, id_)
        elif field.kind == "schedule" and isinstance(value, list):
            yield from _say_days(value)


def _say_choice(field: Field, id_: str) -> Iterator[str]:
    choice = field.choice(id_)
    if choice is None or id_ in _NOT_THERE:
        return
    words = field.words if id_ == _THERE else choice.words
    yield from (words.ja, words.en)
    if id_ != _THERE:
        yield from (one for one in choice.aliases if len(one) >= _LEAST_SIGNS)


def _say_days(rules: list[dict[str, Any]]) -> Iterator[str]:
    yield from (dump_schedule(rules, lang) for lang in ("ja", "en"))
    for day, words in enumerate(DAY_WORDS):
        if rules and fit_schedule(rules, Times(weekday=day)).fits == "yes":
            yield from (words.ja, words.en)
    for half, words in HALF_WORDS.items():
        if rules and fit_schedule(rules, Times(half=half)).fits == "yes":  # type: ignore[arg-type]
            yield from (words.ja, words.en)
