"""Bring what follows from the declarations up to date when a release changed them (宣言に合わせる)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, insert, select, update

from surveys.record.found_by import FORM
from surveys.record.freshness import DUE_RULE
from surveys.record.walk import WALK
from surveys.store.engine import reading, writing
from surveys.store.own_types import types_in
from surveys.store.queries import find_fresh_months
from surveys.store.read_alone import reads_alone
from surveys.store.rows import read_site, state_values
from surveys.store.tables import SETTING, SITE
from surveys.types import EVERY_TYPE

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

DECLARED_KEY: Final = "declared"
# What a site's row says by the declaration of today: its name, the words that find it, its day.
_FOLLOWING: Final = ("title", "search", "due_on", "photos")


def follow_declaration(engine: Engine) -> None:
    """Write anew what sites are called, found by and due on, once a release (宣言に合わせる).

    What people wrote is not touched. A register without sites, or one that can only be read, is
    left as it is.

    Raises
    ------
    InputError
        When the database cannot be read or written.
    """
    if engine.dialect.name == "sqlite" and reads_alone(engine.url.database):
        return
    with reading(engine) as connection:
        if connection.scalar(select(SITE.c.id).limit(1)) is None:
            return
        mark = hashlib.sha256(repr((EVERY_TYPE, WALK, FORM, DUE_RULE)).encode()).hexdigest()
        if _mark(connection) == mark:
            return
    with writing(engine) as connection:
        months: dict[str, int] = {}
        find = types_in(connection)
        for row in connection.execute(select(SITE)).mappings().all():
            type_ = find(row["type"])
            if type_.id not in months:
                months[type_.id] = find_fresh_months(connection, type_)
            values = state_values(
                type_, read_site(row, find).state,
                fresh_months=months[type_.id], changed_at=row["changed_at"],
            )  # fmt: skip
            new = {name: values[name] for name in _FOLLOWING if values[name] != row[name]}
            if new:
                connection.execute(update(SITE).where(SITE.c.id == row["id"]).values(new))
        connection.execute(delete(SETTING).where(SETTING.c.key == DECLARED_KEY))
        connection.execute(insert(SETTING).values(key=DECLARED_KEY, value=mark))


def _mark(connection: Connection) -> object:
    return connection.scalar(select(SETTING.c.value).where(SETTING.c.key == DECLARED_KEY))
