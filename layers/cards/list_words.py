"""What a list was asked, in words: its order, and a chip for each filter (一覧の条件のことば)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from geo.base.dates import say_date
from geo.base.words import Words
from layers.cards.list_asked import find_question
from layers.cards.list_query import (
    AREA,
    DAYS,
    FIELD,
    HOURS,
    OPEN,
    PLACELESS,
    RANGE,
    UNCLEAR,
    WEEKDAYS,
    dump_query,
    say_edge,
)
from layers.cards.say_answer import say_month, say_number
from surveys.declaration.field import UNKNOWN
from surveys.record.found_by import DAY_WORDS, HALF_WORDS
from surveys.record.history import STATUS_WORDS
from surveys.store.answered import ANY_TIME
from surveys.store.listing import SiteQuery
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.cards.list_asked import Question
    from surveys.store.answer_sql import Edge
    from surveys.store.site_order import Order

# As a button calls it, and the sentence above the rows.
ORDER_WORDS: Final[Mapping[Order, Words]] = {
    "due": Words("確認を急ぐ順", "To be confirmed soonest"),
    "name": Words("名前の順（よみがな）", "Name (by its reading)"),
    "seen": Words("新しく見た順", "Seen last first"),
    "area": Words("地区の順", "Area"),
    "changed": Words("新しく書いた順", "Written last first"),
    "number": Words("番号の順", "Number"),
}
ORDER_SAID: Final[Mapping[Order, Words]] = {
    "due": Words(
        "確認を急ぐ順です。まだ見ていない所が先で、次は、確認の時期が早い所です。",
        "Those to be confirmed soonest come first: never seen, then by the day they are due.",
    ),
    "name": Words(
        "名前の順です。よみがなで並べ、よみがなのない所は書いてある名前で並べます。名前のない所は最後です。",
        "In the order of names: by their reading, else as written; those without a name last.",
    ),
    "seen": Words(
        "新しく見た順です。まだ見ていない所は最後です。",
        "Those seen last come first, those never seen at the end.",
    ),
    "area": Words(
        "地区の順です。地区の中は名前の順で、地区の外の所、場所のない所が最後です。",
        "Area after area, by name within each; outside all areas, then without a place, at the end.",
    ),
    "changed": Words("新しく書いた順です。", "Those written last come first."),
    "number": Words("番号の順です。", "In the order of numbers."),
}
_DIFFERING: Final = Words("人によって答えがちがう所", "where people differ")
_PLACELESS: Final = Words("場所がまだの所", "no place yet")
_ONE_IMPORT: Final = Words("一つの取りこみの所", "of one import")
_ONE_WALK: Final = Words("一つの踏査で書いた所", "written on one walk")
_UNCLEAR: Final = Words("日時がはっきりしない所もふくむ", "with unclear times")
_ALL_STATES: Final = Words("閉まった所・撤去した所も", "closed ones too")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One filter that is on (いまの条件ひとつ).

    Attributes
    ----------
    part, value
        Where it stands in the list's address, and what stands there.
    words
        What it says; texts of people among it.
    left
        What stays of that part when it is dropped; "" for nothing.
    """

    part: str
    value: str
    words: Words
    left: str = ""


def list_chips(query: SiteQuery, area: tuple[tuple[str, str], str] | None = None) -> list[Chip]:
    """Return the filters that are on, in the order of the page's widgets (いまの条件).

    Parameters
    ----------
    area
        Division and id of the area asked for, and its name.
    """
    chips = [_chip("q", query.words, Words(f"「{query.words}」", f"“{query.words}”"))]
    chips += [
        _chip("type", id_, RECORD_TYPES[id_].words, [one for one in query.types if one != id_])
        for id_ in query.types
    ]
    if area is not None:
        chips.append(_chip(AREA, "/".join(area[0]), Words(area[1], area[1])))
    chips += _state_chips(query) + _when_chips(query)
    for key, ids in query.choices.items():
        asked = find_question(key, query.types)
        chips += [
            _chip(FIELD + key, id_, _say_choice(asked, id_), [one for one in ids if one != id_])
            for id_ in ids
            if asked is not None
        ]
    for key, (low, high) in query.limits.items():
        asked = find_question(key, query.types)
        if asked is not None:
            value = f"{say_edge(low)}..{say_edge(high)}"
            chips.append(_chip(RANGE + key, value, say_range(asked, low, high)))
    return [one for one in chips if one.value]


def say_range(asked: Question, low: Edge, high: Edge) -> Words:
    """Return a range that is asked for in words (範囲を言う).

    Examples
    --------
    >>> from layers.cards.list_asked import find_question
    >>> say_range(find_question("activities/fee_yen"), None, 100.0).ja
    '参加費 100円まで'
    >>> say_range(find_question("activities/subsidy_until"), "2027-04", None).ja
    '補助の終わり 令和9年4月から'
    """
    head = asked.words
    if low == high:
        ja, en = _say_edge(asked, low, "ja"), _say_edge(asked, low, "en")
        return Words(f"{head.ja} {ja}", f"{head.en} {en}")
    ja = (f"{_say_edge(asked, low, 'ja')}から" if low is not None else "") + (
        f"{_say_edge(asked, high, 'ja')}まで" if high is not None else ""
    )
    en = (f" from {_say_edge(asked, low, 'en')}" if low is not None else "") + (
        f" to {_say_edge(asked, high, 'en')}" if high is not None else ""
    )
    return Words(f"{head.ja} {ja}", f"{head.en}{en}")


def cleared(query: SiteQuery, division: str = "") -> str:
    """Return the address of a list without its filters, in the same order (条件をはずした住所)."""
    return dump_query(SiteQuery(order=query.order), None, division)


def _chip(part: str, value: str, words: Words, left: list[str] | None = None) -> Chip:
    return Chip(part=part, value=value, words=words, left=",".join(left or ()))


def _state_chips(query: SiteQuery) -> list[Chip]:
    usual = SiteQuery().statuses
    chips = []
    if not query.statuses:
        chips.append(_chip("status", "all", _ALL_STATES))
    elif query.statuses != usual:
        states = [words for id_, words in STATUS_WORDS.items() if id_ in query.statuses]
        said = Words("・".join(one.ja for one in states), ", ".join(one.en for one in states))
        chips.append(_chip("status", ",".join(query.statuses), said))
    if query.due_by:
        on = date.fromisoformat(query.due_by)
        ja, en = say_date(on, "ja"), say_date(on, "en")
        chips.append(
            _chip("due", query.due_by, Words(f"{ja}までに確認する所", f"to be confirmed by {en}"))
        )
    chips.append(_chip("differing", "1" if query.differing else "", _DIFFERING))
    chips.append(_chip(PLACELESS, "1" if query.placeless else "", _PLACELESS))
    chips.append(_chip("batch", query.batch_id, _ONE_IMPORT))
    chips.append(_chip("walk", query.walk_id, _ONE_WALK))
    return chips


def _when_chips(query: SiteQuery) -> list[Chip]:
    days, when = query.when.weekdays, query.when
    chips = [
        _chip(DAYS, WEEKDAYS[day], DAY_WORDS[day], [WEEKDAYS[o] for o in days if o != day])
        for day in days
    ]
    if when.half:
        chips.append(_chip(HOURS, when.half, HALF_WORDS[when.half]))
    if when.unclear and when != ANY_TIME:
        chips.append(_chip(UNCLEAR, "1", _UNCLEAR))
    own = query.open_to
    chips.append(_chip(OPEN, own, Words(f"{own}の人が利用できる", f"open to people of {own}")))
    return chips


def _say_choice(asked: Question, id_: str) -> Words:
    choice = asked.field.choice(id_)
    own = choice.words if choice is not None else Words(id_, id_)
    if id_ == UNKNOWN or asked.field.kind == "choice":
        return Words(f"{asked.words.ja}：{own.ja}", f"{asked.words.en}: {own.en}")
    return own


def _say_edge(asked: Question, edge: Edge, lang: str) -> str:
    if isinstance(edge, int | float):
        number = int(edge) if float(edge).is_integer() else edge
        return say_number(number, asked.field.unit, "ja" if lang == "ja" else "en")
    text = str(edge)
    if asked.field.kind == "time":
        return text.removeprefix("0")
    if len(text) == len("2026-11-21"):
        return say_date(date.fromisoformat(text), "ja" if lang == "ja" else "en")
    return say_month(text, "ja" if lang == "ja" else "en")
