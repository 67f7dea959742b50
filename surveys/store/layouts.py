"""What columns of a layout were taken for, kept among the town's choices (列の読み方を控える)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, insert, select

from surveys.store.engine import reading, writing
from surveys.store.tables import SETTING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surveys.store.register import Register

_KEY: Final = "layout-{type}-{layout}"


def find_layout(register: Register, type_id: str, layout: str) -> dict[str, str | None]:
    """Return what is kept of a layout by tidy heading, nothing for none (控えを読む)."""
    with reading(register.engine) as connection:
        kept = connection.scalar(
            select(SETTING.c.value).where(SETTING.c.key == _KEY.format(type=type_id, layout=layout))
        )
    if not isinstance(kept, dict):
        return {}
    return {str(head): None if key is None else str(key) for head, key in kept.items()}


def keep_layout(
    register: Register, type_id: str, layout: str, choices: Mapping[str, str | None]
) -> None:
    """Keep what a layout's columns are taken for, in place of what was kept (控える)."""
    key = _KEY.format(type=type_id, layout=layout)
    with writing(register.engine) as connection:
        connection.execute(delete(SETTING).where(SETTING.c.key == key))
        connection.execute(insert(SETTING).values(key=key, value=dict(choices)))


def forget_layout(register: Register, type_id: str, layout: str) -> None:
    """Keep nothing of a layout (控えを消す)."""
    key = _KEY.format(type=type_id, layout=layout)
    if find_layout(register, type_id, layout):
        with writing(register.engine) as connection:
            connection.execute(delete(SETTING).where(SETTING.c.key == key))
