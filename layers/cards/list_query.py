"""A list's question as it stands in an address (一覧の条件とアドレス)."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final, get_args
from urllib.parse import urlencode

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.declaration.field import UNKNOWN
from surveys.record.history import STATUSES
from surveys.store.listing import Order, SiteQuery
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from surveys.declaration.field import Field

FIELD: Final = "f."
AREA: Final = "area"
_ALL: Final = "all"
_LONGEST: Final = 200
_ORDERS: Final[tuple[Order, ...]] = get_args(Order)


def parse_query(params: Mapping[str, str]) -> SiteQuery:
    """Return the question an address asks (条件を読む).

    Parameters
    ----------
    params
        ``type`` (ids, parted by commas), ``q`` (words), ``f.<field>`` (choices), ``status`` (ids
        or ``all``), ``due`` (a day), ``differing=1``, ``batch``, ``walk``, ``order``. Other keys,
        ``area`` among them, are left to the caller: an area becomes a shape only with the town.

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
    order = _known("order", params.get("order", ""), _ORDERS)
    return SiteQuery(
        types=_known("type", params.get("type", ""), RECORD_TYPES),
        words=params.get("q", "")[:_LONGEST],
        choices=_choices(params),
        statuses=statuses,
        due_by=_day(params.get("due", "")),
        differing=params.get("differing", "") == "1",
        batch_id=params.get("batch", ""),
        walk_id=params.get("walk", ""),
        order=_ORDERS[_ORDERS.index(order[0])] if order else usual.order,
    )


def parse_area(params: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the division and area id of ``area=<division>/<area_id>``, if asked (区域を読む).

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


def dump_query(query: SiteQuery, area: tuple[str, str] | None = None) -> str:
    """Return the question as a query string, the inverse of `parse_query` (条件を書く).

    Parameters
    ----------
    area
        Division and area id that `query.within` stands for; the shape itself is not written.

    Examples
    --------
    >>> dump_query(SiteQuery(types=("park",), choices={"toilet": ("usable", "hard")}, order="name"))
    'type=park&f.toilet=usable%2Chard&order=name'
    """
    usual = SiteQuery()
    parts: dict[str, str] = {"type": ",".join(query.types), "q": query.words}
    parts |= {FIELD + key: ",".join(ids) for key, ids in query.choices.items()}
    if query.statuses != usual.statuses:
        parts["status"] = ",".join(query.statuses) or _ALL
    parts["due"] = query.due_by
    parts["differing"] = "1" if query.differing else ""
    parts |= {"batch": query.batch_id, "walk": query.walk_id, AREA: "/".join(area or ())}
    parts["order"] = "" if query.order == usual.order else query.order
    return urlencode({key: value for key, value in parts.items() if value})


def _choices(params: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for key, value in params.items():
        if key.startswith(FIELD) and value:
            field_id, ids = key.removeprefix(FIELD), tuple(filter(None, value.split(",")))
            # Each id is a search of its own through every site: only what some type asks.
            if not _answers_of().get(field_id, set()).issuperset(ids):
                raise _unknown(key, value)
            out[field_id] = tuple(dict.fromkeys(ids))
    return out


@cache
def _answers_of() -> dict[str, set[str]]:
    """Return the choices each question of any type knows; `benches/back` for an item's."""
    out: dict[str, set[str]] = {}

    def add(at: str, fields: Iterable[Field]) -> None:
        for one in fields:
            if one.choices:
                own = {choice.id for choice in one.choices}
                out[at + one.id] = out.get(at + one.id, set()) | own | {UNKNOWN}
            if one.item:
                add(f"{one.id}/", one.item.fields)

    for type_ in RECORD_TYPES.values():
        add("", type_.fields)
    return out


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
