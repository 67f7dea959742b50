"""The orders of a list of sites (一覧の並び)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, get_args

import numpy as np
import shapely
from sqlalchemy import collate, func, literal_column, select, type_coerce
from sqlalchemy.types import Text

from surveys.store.tables import SITE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Connection, Select

Order = Literal["due", "name", "seen", "area", "changed", "number", "day"]
# The last is of logs alone: no list of sites offers it.
ORDERS: Final[tuple[Order, ...]] = get_args(Order)[:-1]


def in_order(connection: Connection, chosen: Select[Any], order: Order) -> Select[Any]:
    """Return a selection of sites in an order; equals go by number (並べる).

    ``due``: never seen first, then by the day they ask to be confirmed. ``name``: by how the
    name is read, sign for sign, the nameless last. ``seen``: the newest look first, never seen
    last. ``changed``: the newest word first. ``area`` is that of names here, within an area:
    where a place lies is not in the register (`number_by_area`). ``day``: those of no known day
    first, then the newest; of logs.
    """
    name = (SITE.c.title == "", _reading(connection))
    columns: dict[Order, tuple[ColumnElement[Any], ...]] = {
        "due": (SITE.c.due_on,),
        "name": name,
        "seen": (SITE.c.seen_on.desc(),),
        "area": name,
        "changed": (SITE.c.changed_at.desc(),),
        "number": (),
        "day": (_day(connection).desc(), SITE.c.number.desc()),
    }
    return chosen.order_by(*columns[order], SITE.c.number)


def number_by_area(
    connection: Connection, where: ColumnElement[bool], areas: Sequence[shapely.Geometry]
) -> list[int]:
    """Return the numbers of all sites of a test, area after area, by name within each (地区順).

    Parameters
    ----------
    areas
        Shapes in degrees, the first first; a site in several is of the first. Those outside all
        come after, those without a place last.
    """
    chosen = select(SITE.c.number, SITE.c.lon, SITE.c.lat).where(where)
    rows = connection.execute(in_order(connection, chosen, "area")).all()
    ranks = np.full(len(rows), len(areas) + 1)
    placed = [at for at, row in enumerate(rows) if row.lon is not None]
    if placed:
        points = shapely.points([(rows[at].lon, rows[at].lat) for at in placed])
        ranks[placed] = len(areas)
        point, area = shapely.STRtree(list(areas)).query(points, predicate="intersects")
        np.minimum.at(ranks, np.asarray(placed)[point], area)
    return [int(rows[at].number) for at in np.argsort(ranks, kind="stable")]


def _day(connection: Connection) -> ColumnElement[str]:
    """Return the day of a log's entry; a text after every day where none is known."""
    if connection.dialect.name == "sqlite":
        sql = "coalesce(nullif(json_extract(site.flat, '$.on'), 'unknown'), '~')"
    else:
        sql = "coalesce(nullif(site.flat ->> 'on', 'unknown'), '~') COLLATE \"C\""
    return literal_column(sql, Text)


def _reading(connection: Connection) -> ColumnElement[str]:
    """Return the first line of the words a site is found by (`surveys.store.rows`)."""
    if connection.dialect.name == "sqlite":
        end = func.instr(SITE.c.search.concat("\n"), "\n")
        return type_coerce(func.substr(SITE.c.search, 1, end - 1), Text)
    return collate(func.split_part(SITE.c.search, "\n", 1), "C")  # sign for sign, as SQLite does
