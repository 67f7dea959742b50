"""How near the town wants a 通いの場 to everybody, as it was chosen (町の目標)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, insert, select

from surveys.store.engine import reading, writing
from surveys.store.tables import SETTING

if TYPE_CHECKING:
    from surveys.store.register import Register

_KEY: Final = "target"


def find_target(register: Register) -> str:
    """Return the range the town aims at, ``10min`` or ``500m``; "" where none was chosen (町の目標)."""
    with reading(register.engine) as connection:
        found = connection.scalar(select(SETTING.c.value).where(SETTING.c.key == _KEY))
    return found if isinstance(found, str) else ""


def keep_target(register: Register, text: str) -> None:
    """Choose the range the town aims at, "" for none; it stays until another is chosen (町の目標を決める)."""
    with writing(register.engine) as connection:
        connection.execute(delete(SETTING).where(SETTING.c.key == _KEY))
        if text:
            connection.execute(insert(SETTING).values(key=_KEY, value=text))
