"""Find sites: search, filters, order, a page at a time (地点をさがす)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import shapely
from sqlalchemy import and_, bindparam, false, func, or_, select, text

from surveys.record.answers import QUESTION_KEY, clean_text
from surveys.store.engine import reading
from surveys.store.rows import read_site, search_key
from surveys.store.tables import SITE, VERSION
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import BindParameter, ColumnElement, Connection, Select

    from surveys.record.site import Site
    from surveys.store.register import Register

Order = Literal["due", "name", "changed", "number"]


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
    statuses
        None means all.
    due_by
        Only sites that ask to be confirmed by this day, or were never seen.
    differing
        Only sites on which people differ.
    within
        Only sites whose point lies in this shape, in degrees.
    batch_id, walk_id
        Only sites of an import, or written on a walk.
    """

    types: tuple[str, ...] = ()
    words: str = ""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    statuses: tuple[str, ...] = ("active", "paused", "not_found")
    due_by: str = ""
    differing: bool = False
    within: shapely.Geometry | None = None
    batch_id: str = ""
    walk_id: str = ""
    order: Order = "due"


def list_sites(
    register: Register, query: SiteQuery, *, limit: int = 50, offset: int = 0
) -> tuple[list[Site], int]:
    """Return one page of sites and how many there are in all (一覧を読む)."""
    with reading(register.engine) as connection:
        where = _where(connection, query)
        total = connection.scalar(select(func.count()).select_from(SITE).where(where)) or 0
        chosen = _ordered(select(SITE).where(where), query).limit(limit).offset(offset)
        return [read_site(row) for row in connection.execute(chosen).mappings()], int(total)


def each_site(register: Register, query: SiteQuery) -> Iterator[Site]:
    """Yield every site of a query in its order, for files (すべて読む)."""
    with reading(register.engine) as connection:
        chosen = _ordered(select(SITE).where(_where(connection, query)), query)
        for row in connection.execute(chosen.execution_options(yield_per=500)).mappings():
            yield read_site(row)


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
        return [Pin(**row) for row in connection.execute(_ordered(chosen, query)).mappings()]


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
        walks = [read_site(row) for row in rows.mappings()]
    return sorted(walks, key=lambda walk: str(walk.answer("on") or ""), reverse=True)


def _ordered(chosen: Select[Any], query: SiteQuery) -> Select[Any]:
    columns = {
        "due": (SITE.c.due_on, SITE.c.number),
        "name": (SITE.c.title == "", SITE.c.title, SITE.c.number),
        "changed": (SITE.c.changed_at.desc(), SITE.c.number),
        "number": (SITE.c.number,),
    }[query.order]
    return chosen.order_by(*columns)


def _where(connection: Connection, query: SiteQuery) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [
        SITE.c.hidden.is_(False),
        SITE.c.type.in_(query.types or tuple(RECORD_TYPES)),
    ]
    if query.statuses:
        parts.append(SITE.c.status.in_(query.statuses))
    # A sign no text can hold is in none; PostgreSQL does not take it as a question either.
    words = search_key(clean_text(query.words, lines=False)).split(" ")
    parts += [_has_word(connection, word) for word in words if word]
    parts += [_has_choice(connection, key, ids) for key, ids in query.choices.items() if ids]
    if query.due_by:
        parts.append(SITE.c.due_on <= query.due_by)
    if query.differing:
        parts.append(SITE.c.differs.is_(True))
    for column, value in ((VERSION.c.batch_id, query.batch_id), (VERSION.c.walk_id, query.walk_id)):
        if value:
            parts.append(SITE.c.id.in_(select(VERSION.c.site_id).where(column == value)))
    if query.within is not None:
        parts.append(_is_within(connection, query.within))
    return and_(*parts)


def _has_word(_connection: Connection, word: str) -> ColumnElement[bool]:
    found = SITE.c.search.contains(word, autoescape=True)
    # A short number is found as a number.
    return or_(found, SITE.c.number == int(word)) if word.isdecimal() and len(word) < 9 else found  # noqa: PLR2004


def _has_choice(connection: Connection, key: str, ids: tuple[str, ...]) -> ColumnElement[bool]:
    """Return the test for one of some choices; the keys are checked, the ids are bound."""
    field, slash, inner = key.partition("/")
    if not QUESTION_KEY.fullmatch(key):
        return false()
    path = f"f.key LIKE '{field}/%/{inner}'" if slash else f"f.key = '{field}'"
    if connection.dialect.name == "sqlite":
        has = (
            "json_each(site.flat) AS f WHERE {path} AND (f.value = :{name} OR (f.type = 'array' "
            "AND EXISTS (SELECT 1 FROM json_each(f.value) WHERE value = :{name})))"
        )
    else:
        has = "jsonb_each(site.flat) AS f WHERE {path} AND jsonb_exists(f.value, :{name})"
    sides: list[ColumnElement[bool]] = []
    for at, id_ in enumerate(ids):
        name = f"choice_{field}_{inner}_{at}"
        sql = f"EXISTS (SELECT 1 FROM {has.format(path=path, name=name)})"  # noqa: S608 - as said
        sides.append(text(sql).bindparams(**{name: id_}))  # type: ignore[arg-type]
    return or_(*sides)


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
