"""A list's question as it stands in an address (一覧の条件とアドレス)."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from geo.base.problems import InputError
from geo.base.text import tidy
from geo.base.words import Words
from layers.cards.list_asked import choices_known, kinds_known
from surveys.record.history import STATUSES
from surveys.store.answered import OpenWhen
from surveys.store.listing import SiteQuery
from surveys.store.site_order import ORDERS
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from surveys.store.answer_sql import Edge, Limits

FIELD: Final = "f."
RANGE: Final = "r."
AREA: Final = "area"
DIVISION: Final = "areas"
DAYS: Final = "days"
HOURS: Final = "hours"
UNCLEAR: Final = "unclear"
OPEN: Final = "open"
PLACELESS: Final = "noplace"
_ALL: Final = "all"
_LONGEST: Final = 200
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PARTS: Final = frozenset({
    "type", "q", "status", "due", "differing", "batch", "walk", "order", AREA, DIVISION, DAYS, HOURS,
    UNCLEAR, OPEN, PLACELESS,
})  # fmt: skip
_DOTS: Final = ".."
_DAY: Final = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?")
_WHOLE_DAY: Final = len("2026-11-21")
_TIME: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")


def is_part(name: str) -> bool:
    """Say whether a part of an address is of a list's question, its order among it (一覧の条件か).

    None is called as a part of the question of walking is (`layers.asked`): both stand in one
    address.

    Examples
    --------
    >>> is_part("f.toilet"), is_part("days"), is_part("weekday")
    (True, True, False)
    """
    return name in _PARTS or name.startswith((FIELD, RANGE))


def parse_query(params: Mapping[str, str]) -> SiteQuery:
    """Return the question an address asks (条件を読む).

    Parameters
    ----------
    params
        ``type`` (ids, parted by commas), ``q`` (words), ``f.<field>`` (choices),
        ``r.<field>=<least>..<most>`` (numbers, dates and times; one end may be open),
        ``days`` (``mon`` … ``sun``, parted by commas), ``hours`` (``am``, ``pm``),
        ``unclear=1`` (also where the days are not told), ``open`` (the name of the area whose
        people may come), ``status`` (ids or ``all``), ``due`` (a
        day), ``differing=1``, ``noplace=1`` (still to be put on a map), ``batch``, ``walk``,
        ``order``. Other keys, ``area`` and ``areas`` among them, are left to the caller: an area
        becomes a shape only with the
        town (`layers.cards.list_area`).

    Raises
    ------
    InputError
        When a value is not known: a list that silently asked less would show too much.

    Examples
    --------
    >>> parse_query({"type": "park,bench", "f.toilet": "usable", "q": "中央"}).types
    ('park', 'bench')
    """
    status = params.get("status", "")
    usual = SiteQuery()
    statuses = () if status == _ALL else _known("status", status, STATUSES) or usual.statuses
    order = _known("order", params.get("order", ""), ORDERS)
    return SiteQuery(
        types=_known("type", params.get("type", ""), RECORD_TYPES),
        words=params.get("q", "")[:_LONGEST],
        choices=_choices(params),
        limits=_limits(params),
        when=_when(params),
        open_to=tidy(params.get(OPEN, ""))[:_LONGEST],
        statuses=statuses,
        due_by=_day(params.get("due", "")),
        differing=params.get("differing", "") == "1",
        placeless=params.get(PLACELESS, "") == "1",
        batch_id=params.get("batch", ""),
        walk_id=params.get("walk", ""),
        order=ORDERS[ORDERS.index(order[0])] if order else usual.order,
    )


def parse_area(params: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the division and area id of ``area=<division>/<area_id>``, if asked (地区を読む).

    Raises
    ------
    InputError
        When it is longer than any name.

    Examples
    --------
    >>> parse_area({"area": "町丁目/99001"}), parse_area({})
    (('町丁目', '99001'), None)
    """
    # Ids hold no slash where a division's name might.
    text = params.get(AREA, "")
    if len(text) > _LONGEST:
        raise _unknown(AREA, text)
    division, slash, area_id = text.rpartition("/")
    return (division, area_id) if slash and division and area_id else None


def dump_query(query: SiteQuery, area: tuple[str, str] | None = None, division: str = "") -> str:
    """Return the question as a query string, the inverse of `parse_query` (条件を書く).

    Parameters
    ----------
    area
        Division and area id that `query.within` stands for; the shape itself is not written.
    division
        Whose areas are told and go before one another; "" for that of `area`, else the first.

    Examples
    --------
    >>> dump_query(SiteQuery(types=("park",), choices={"toilet": ("usable", "hard")}, order="name"))
    'type=park&f.toilet=usable%2Chard&order=name'
    """
    usual = SiteQuery()
    parts: dict[str, str] = {"type": ",".join(query.types), "q": query.words}
    parts |= {FIELD + key: ",".join(ids) for key, ids in query.choices.items()}
    parts |= {
        RANGE + key: f"{say_edge(low)}{_DOTS}{say_edge(high)}"
        for key, (low, high) in query.limits.items()
    }
    parts[DAYS] = ",".join(WEEKDAYS[day] for day in query.when.weekdays)
    parts[HOURS] = query.when.half or ""
    parts[UNCLEAR] = "1" if query.when.unclear else ""
    parts[OPEN] = query.open_to
    if query.statuses != usual.statuses:
        parts["status"] = ",".join(query.statuses) or _ALL
    parts["due"] = query.due_by
    parts["differing"] = "1" if query.differing else ""
    parts[PLACELESS] = "1" if query.placeless else ""
    parts |= {"batch": query.batch_id, "walk": query.walk_id, AREA: "/".join(area or ())}
    parts[DIVISION] = "" if area else division
    parts["order"] = "" if query.order == usual.order else query.order
    return urlencode({key: value for key, value in parts.items() if value})


def _choices(params: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for key, value in params.items():
        if key.startswith(FIELD) and value:
            field_id, ids = key.removeprefix(FIELD), tuple(filter(None, value.split(",")))
            # Each id is a search of its own through every site: only what some type asks.
            if not choices_known().get(field_id, frozenset()).issuperset(ids):
                raise _unknown(key, value)
            out[field_id] = tuple(dict.fromkeys(ids))
    return out


def _limits(params: Mapping[str, str]) -> dict[str, Limits]:
    out: dict[str, Limits] = {}
    for key, value in params.items():
        if key.startswith(RANGE) and value:
            kind = kinds_known().get(key.removeprefix(RANGE), "")
            low, dots, high = value.partition(_DOTS)
            if not kind or not dots or not (low or high):
                raise _unknown(key, value)
            try:
                out[key.removeprefix(RANGE)] = (read_edge(kind, low), read_edge(kind, high))
            except ValueError:
                raise _unknown(key, value) from None
    return out


def read_edge(kind: str, text: str) -> Edge:
    """Return one end of a range from its text, None for an open one (端を読む).

    Parameters
    ----------
    kind
        Of the question: ``number``, ``date``, ``month`` or ``time``.

    Raises
    ------
    ValueError
        When it is no such thing.

    Examples
    --------
    >>> read_edge("number", "8"), read_edge("date", "2027-03"), read_edge("time", "")
    (8.0, '2027-03', None)
    """
    if not text:
        return None
    if kind == "number":
        value = float(text)
        if not math.isfinite(value):
            raise ValueError(text)
        return value
    if not (_TIME if kind == "time" else _DAY).fullmatch(text):
        raise ValueError(text)
    if kind != "time" and len(text) == _WHOLE_DAY:
        date.fromisoformat(text)
    return text


def say_edge(edge: Edge) -> str:
    """Return one end of a range as an address has it (端を書く)."""
    if edge is None:
        return ""
    return (
        f"{edge:g}" if isinstance(edge, int | float) and float(f"{edge:g}") == edge else str(edge)
    )


def _when(params: Mapping[str, str]) -> OpenWhen:
    days = _known(DAYS, params.get(DAYS, ""), WEEKDAYS)
    half = params.get(HOURS, "")
    if half not in ("", "am", "pm"):
        raise _unknown(HOURS, half)
    return OpenWhen(
        weekdays=tuple(sorted(map(WEEKDAYS.index, days))),
        half="am" if half == "am" else "pm" if half else None,
        unclear=params.get(UNCLEAR, "") == "1",
    )


def _known(key: str, text: str, known: Iterable[str]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(filter(None, text.split(","))))
    allowed = set(known)
    if not allowed.issuperset(names):
        raise _unknown(key, text)
    return names


def _day(text: str) -> str:
    if not text:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise _unknown("due", text) from None


def _unknown(key: str, value: str) -> InputError:
    key, short = key[:_LONGEST], value[:_LONGEST]
    return InputError(
        Words(
            f"一覧の条件「{key}」の値「{short}」は分かりません。一覧のページから開き直してください",
            f"the list cannot be asked {key}={short!r}; open it again from the list's page",
        )
    )
