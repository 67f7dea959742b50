"""Logs out of the register: asked for by name, by day, kind and area (活動記録をさがす)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select, text

from surveys.declaration.field import UNKNOWN
from surveys.store.engine import reading
from surveys.store.listing import SiteQuery, each_site, list_sites
from surveys.store.tables import SITE
from surveys.types import LOGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from surveys.record.site import Site
    from surveys.store.register import Register

# Steps older than these are no longer told: they were left.
_STEP_DAYS: Final = 366
_MOST_STEPS: Final = 500
_NAMES_LITE: Final = (
    "SELECT DISTINCT site.id FROM site, json_each(site.flat, :key) AS c WHERE site.type = :type"
    " AND NOT site.hidden AND json_type(site.flat, :key) = 'array' AND c.value = :site"
)
_NAMES: Final = (
    "SELECT site.id FROM site WHERE site.type = :type AND NOT site.hidden"
    " AND jsonb_typeof(site.flat -> :key) = 'array' AND (site.flat -> :key) @> to_jsonb(CAST(:site AS text))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogQuery:
    """Which entries of a log are wanted (活動記録の条件).

    Attributes
    ----------
    type
        Id of a log.
    first, last
        Days, ``2026-12-01``, each itself included; "" for open. With either, an entry of no known
        day is left out.
    kind, area
        An id of its kinds, and the name of an area; "" for any.
    words
        As `surveys.store.listing.SiteQuery`.
    """

    type: str = "activity"
    first: str = ""
    last: str = ""
    kind: str = ""
    area: str = ""
    words: str = ""


def list_entries(
    register: Register, query: LogQuery, *, limit: int, offset: int = 0
) -> tuple[list[Site], int]:
    """Return a page of entries and how many there are, those of no known day first, then the newest (一覧).

    Raises
    ------
    KeyError
        When there is no such log.
    """
    return list_sites(register, _asked(query), limit=limit, offset=offset)


def each_entry(register: Register, query: LogQuery) -> Iterator[Site]:
    """Yield every entry of a query in that order, for files (すべて読む)."""
    return each_site(register, _asked(query))


def list_steps(register: Register, today: str, *, days: int) -> list[Site]:
    """Return the entries whose next step is for today, for some days on, or was not taken, the oldest first (次の一手).

    Parameters
    ----------
    today
        ``2026-12-02``.
    days
        How many days ahead are told.
    """
    day = date.fromisoformat(today)
    since, until = day - timedelta(days=_STEP_DAYS), day + timedelta(days=days)
    found: list[Site] = []
    for id_ in LOGS:
        query = SiteQuery(
            types=(id_,), limits={"next_on": (since.isoformat(), until.isoformat())}, order="day"
        )
        found += list_sites(register, query, limit=_MOST_STEPS)[0]
    open_ = [one for one in found if one.answer("next_state") is None]
    return sorted(open_, key=lambda one: (str(one.answer("next_on")), one.number))


def areas_used(register: Register, type_id: str = "activity") -> list[str]:
    """Return the names of areas entries were written of, in the order of their signs (使ったエリア)."""
    with reading(register.engine) as connection:
        if connection.dialect.name == "sqlite":
            sql = (
                "SELECT DISTINCT c.value FROM site, json_each(site.flat, '$.area') AS c"
                " WHERE site.type = :type AND NOT site.hidden AND json_type(site.flat, '$.area') = 'array'"
            )
        else:
            sql = (
                "SELECT DISTINCT c.value FROM site, jsonb_array_elements_text("
                "CASE WHEN jsonb_typeof(site.flat -> 'area') = 'array' THEN site.flat -> 'area'"
                " ELSE '[]'::jsonb END) AS c(value) WHERE site.type = :type AND NOT site.hidden"
            )
        return sorted(map(str, connection.scalars(text(sql), {"type": LOGS[type_id].id})))


def count_choices(register: Register, field_id: str, type_id: str = "activity") -> dict[str, int]:
    """Return how many entries answer each choice of a question, by its id (選択肢ごとの件数)."""
    field = LOGS[type_id].field(field_id)
    value = SITE.c.flat[field.id].as_string()
    with reading(register.engine) as connection:
        rows = connection.execute(
            select(value, func.count())
            .where(SITE.c.type == type_id, SITE.c.hidden.is_(False), value.is_not(None))
            .group_by(value)
        ).all()
    return {str(id_): int(number) for id_, number in rows}


def entries_about(register: Register, site_id: str) -> list[Site]:
    """Return the entries of every log that name a site, a concern or a walk, the newest first (触れた記録).

    An entry of no known day stands last.
    """
    keys = {
        id_: [one.id for one in type_.fields if one.kind == "sites"] for id_, type_ in LOGS.items()
    }
    found: dict[str, None] = {}
    with reading(register.engine) as connection:
        lite = connection.dialect.name == "sqlite"
        for id_, asked in keys.items():
            for key in asked:
                sql = _NAMES_LITE if lite else _NAMES
                told = {"type": id_, "key": f"$.{key}" if lite else key, "site": site_id}
                found |= dict.fromkeys(map(str, connection.scalars(text(sql), told)))
    entries = register.sites_of(found, logs=True).values()
    return sorted(entries, key=lambda one: (_known_day(one), one.number), reverse=True)


def _known_day(entry: Site) -> str:
    on = entry.answer("on")
    return "" if not on or on == UNKNOWN else str(on)


def _asked(query: LogQuery) -> SiteQuery:
    choices = {key: (one,) for key, one in (("kind", query.kind), ("area", query.area)) if one}
    limits = {"on": (query.first or None, query.last or None)} if query.first or query.last else {}
    return SiteQuery(
        types=(LOGS[query.type].id,), words=query.words, choices=choices, limits=limits,
        statuses=(), order="day",
    )  # fmt: skip
