"""What somebody last looked at: the 通いの場 that counted then (前に見たとき)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from surveys.store.engine import reading, writing
from surveys.store.tables import LOOK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surveys.store.register import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look at the list that counts (見たときの一覧).

    Attributes
    ----------
    who
        The account's id, "" where nobody need sign in.
    at
        The moment in UTC.
    salons
        Names of those that counted, by id.
    """

    who: str
    at: str
    salons: Mapping[str, str]


def find_look(register: Register, who: str) -> Look | None:
    """Return the look somebody last kept, ``None`` for a first visit (前に見たとき)."""
    with reading(register.engine) as connection:
        row = connection.execute(select(LOOK).where(LOOK.c.who == who)).mappings().first()
    return None if row is None else Look(**row)


def keep_look(register: Register, look: Look) -> None:
    """Keep a look in the place of the one before (見たときを残す).

    Raises
    ------
    InputError
        When the database cannot write.
    """
    with writing(register.engine) as connection:
        connection.execute(delete(LOOK).where(LOOK.c.who == look.who))
        connection.execute(insert(LOOK).values(who=look.who, at=look.at, salons=dict(look.salons)))
