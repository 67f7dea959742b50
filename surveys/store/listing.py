"""Find sites: search, filters, order, a page at a time (地点をさがす)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import shapely
from sqlalchemy import and_, bindparam, case, false, func, or_, select, text

from geo.base.text import tidy
from surveys.record.answers import clean_text
from surveys.record.site import find_type
from surveys.store.answered import ANY_TIME, OpenWhen, answers_test, something_told
from surveys.store.engine import reading
from surveys.store.own_types import types_in
from surveys.store.rows import read_site, search_key
from surveys.store.site_order import in_order, number_by_area
from surveys.store.tables import SITE, VERSION
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import BindParameter, ColumnElement, Connection

    from surveys.record.site import Site
    from surveys.store.answer_sql import Limits
    from surveys.store.register import Register
    from surveys.store.site_order import Order

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteQuery:
    """Which sites are wanted (さがす条件).

    Attributes
    ----------
    types
        Ids of record types; none means all.
    words
        Every word, parted by spaces, must be found; width, case and kana do not matter.
    choices
        By field id, or ``activities/content`` for a question inside an item: choices any of
        which the site must have.
    limits
        By the same keys, of numbers, dates, months and times: the least and the most, each
        itself included, None for open.
    when
        On which weekdays and in which half of the day it meets.
    open_to, open_names
        Only those the people of the area of this name may come to; other names that hold for
        them, as the areas theirs lies in.
    statuses
        None means all, and with them what undone imports left.
    due_by
        Only sites that ask to be confirmed by this day, or were never seen.
    differing
        Only sites on which people differ.
    placeless
        Only sites whose place is still to be put on a map; not those that need none.
    within
        Only sites whose point lies in this shape, in degrees.
    batch_id, walk_id
        Only sites of an import, or written on a walk.
    order, areas
        As `surveys.store.site_order`; `areas` are the shapes in degrees the order ``area`` goes by.
    """

    types: tuple[str, ...] = ()
    words: str = ""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    limits: Mapping[str, Limits] = field(default_factory=dict)
    when: OpenWhen = ANY_TIME
    open_to: str = ""
    open_names: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ("active", "paused", "not_found")
    due_by: str = ""
    differing: bool = False
    placeless: bool = False
    within: shapely.Geometry | None = None
    batch_id: str = ""
    walk_id: str = ""
    order: Order = "due"
    areas: tuple[shapely.Geometry, ...] = ()


def list_sites(
    register: Register, query: SiteQuery, *, limit: int = 50, offset: int = 0
) -> tuple[list[Site], int]:
    """Return one page of sites and how many there are in all (一覧を読む)."""
    with reading(register.engine) as connection:
        where = _where(connection, query)
        total = connection.scalar(select(func.count()).select_from(SITE).where(where)) or 0
        return _page(connection, where, query, limit, offset), int(total)


def list_page(register: Register, query: SiteQuery, *, limit: int, offset: int) -> list[Site]:
    """Return one page of sites, where their number is known already (一ページを読む)."""
    with reading(register.engine) as connection:
        return _page(connection, _where(connection, query), query, limit, offset)


def each_site(register: Register, query: SiteQuery) -> Iterator[Site]:
    """Yield every site of a query in its order, for files (すべて読む)."""
    with reading(register.engine) as connection:
        where = _where(connection, query)
        if query.order == "area":
            numbers = number_by_area(connection, where, query.areas)
            for at in range(0, len(numbers), _AT_ONCE):
                yield from _sites_of(connection, numbers[at : at + _AT_ONCE])
            return
        find = types_in(connection, query.types)
        chosen = in_order(connection, select(SITE).where(where), query.order)
        for row in connection.execute(chosen.execution_options(yield_per=_AT_ONCE)).mappings():
            yield read_site(row, find)


def count_sites(register: Register, query: SiteQuery, *, due_by: str = "") -> tuple[int, int]:
    """Return how many sites a query finds, and how many of them ask to be confirmed by a day (数える)."""
    with reading(register.engine) as connection:
        due = func.sum(case((SITE.c.due_on <= due_by, 1), else_=0))
        found = select(func.count(), due).select_from(SITE).where(_where(connection, query))
        total, asking = connection.execute(found).one()
    return int(total), int(asking or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """What a map needs of a site (地図のしるし)."""

    id: str
    number: int
    type: str
    title: str
    lon: float
    lat: float
    shape: shapely.Geometry
    due_on: str
    status: str
    seen_on: str


def list_pins(register: Register, query: SiteQuery) -> list[Pin]:
    """Return the signs of all sites of a query that have a place (しるしの一覧)."""
    columns = [SITE.c[name] for name in Pin.__dataclass_fields__]
    with reading(register.engine) as connection:
        chosen = select(*columns).where(_where(connection, query), SITE.c.lon.is_not(None))
        rows = connection.execute(in_order(connection, chosen, query.order)).mappings()
        return [Pin(**row) for row in rows]


def count_types(register: Register) -> dict[str, int]:
    """Return how many sites of each record type the register holds (種類ごとの数)."""
    with reading(register.engine) as connection:
        rows = connection.execute(
            select(SITE.c.type, func.count()).where(SITE.c.hidden.is_(False)).group_by(SITE.c.type)
        ).all()
    counts = {str(row[0]): int(row[1]) for row in rows}
    return {id_: counts[id_] for id_ in RECORD_TYPES if counts.get(id_)}


def list_walks(register: Register) -> list[Site]:
    """Return all walks, the newest day first (踏査の一覧)."""
    with reading(register.engine) as connection:
        rows = connection.execute(
            select(SITE).where(SITE.c.type == "walk", SITE.c.hidden.is_(False))
        )
        walks = [read_site(row, find_type) for row in rows.mappings()]
    return sorted(walks, key=lambda walk: str(walk.answer("on") or ""), reverse=True)


def _where(connection: Connection, query: SiteQuery) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [
        SITE.c.hidden.is_(False),
        SITE.c.type.in_(query.types or tuple(RECORD_TYPES)),
    ]
    if query.statuses:
        parts.append(SITE.c.status.in_(query.statuses))
        parts.append(something_told(connection))
    # A sign no text can hold is in none; PostgreSQL does not take it as a question either.
    words = search_key(clean_text(query.words, lines=False)).split(" ")
    parts += [_has_word(connection, word) for word in words if word]
    names = (query.open_to, *query.open_names) if query.open_to else ()
    answered = answers_test(
        connection, query.choices, query.limits, query.when, frozenset(map(tidy, names))
    )
    if answered is not None:
        parts.append(answered)
    if query.due_by:
        parts.append(SITE.c.due_on <= query.due_by)
    if query.differing:
        parts.append(SITE.c.differs.is_(True))
    if query.placeless:
        pinned = [id_ for id_, one in RECORD_TYPES.items() if one.pin_needed]
        parts += [SITE.c.lon.is_(None), SITE.c.type.in_(pinned)]
    for column, value in ((VERSION.c.batch_id, query.batch_id), (VERSION.c.walk_id, query.walk_id)):
        if value:
            parts.append(SITE.c.id.in_(select(VERSION.c.site_id).where(column == value)))
    if query.within is not None:
        parts.append(_is_within(connection, query.within))
    return and_(*parts)


def _page(
    connection: Connection, where: ColumnElement[bool], query: SiteQuery, limit: int, offset: int
) -> list[Site]:
    if query.order == "area":
        numbers = number_by_area(connection, where, query.areas)
        return _sites_of(connection, numbers[offset : offset + limit])
    chosen = in_order(connection, select(SITE).where(where), query.order)
    find = types_in(connection, query.types)
    rows = connection.execute(chosen.limit(limit).offset(offset)).mappings()
    return [read_site(row, find) for row in rows]


def _sites_of(connection: Connection, numbers: list[int]) -> list[Site]:
    """Return sites in the order of their numbers as given."""
    rows = connection.execute(select(SITE).where(SITE.c.number.in_(numbers))).mappings().all()
    find = types_in(connection)
    found = {int(row["number"]): read_site(row, find) for row in rows}
    return [found[number] for number in numbers]


def _has_word(_connection: Connection, word: str) -> ColumnElement[bool]:
    found = SITE.c.search.contains(word, autoescape=True)
    # A short number is found as a number.
    return or_(found, SITE.c.number == int(word)) if word.isdecimal() and len(word) < 9 else found  # noqa: PLR2004


def _is_within(connection: Connection, area: shapely.Geometry) -> ColumnElement[bool]:
    west, south, east, north = area.bounds
    if connection.dialect.name == "sqlite":
        # The boxes are 32-bit and a little too large: the exact test follows.
        box = text(
            "site.number IN (SELECT number FROM site_box "
            "WHERE west <= :e AND east >= :w AND south <= :n AND north >= :s)"
        )
    else:
        box = text("site.shape && ST_MakeEnvelope(:w, :s, :e, :n, 4326)")
    rows = connection.execute(
        select(SITE.c.number, SITE.c.lon, SITE.c.lat).where(
            box.bindparams(w=west, s=south, e=east, n=north)
        )
    ).all()
    if not rows:
        return false()
    shapely.prepare(area)
    inside = shapely.contains_xy(area, [row.lon for row in rows], [row.lat for row in rows])
    numbers = [row.number for row, hit in zip(rows, inside, strict=True) if hit]
    # Written out: a database takes only so many (32,766) values by themselves.
    chosen: BindParameter[int] = bindparam("inside", numbers, expanding=True, literal_execute=True)
    return SITE.c.number.in_(chosen) if numbers else false()
