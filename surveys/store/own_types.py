"""Record types as the office has them: its own choices in place of those declared (役所の調査票).

One row of the town's choices holds a list whole, and the list before it. What is cached goes by the
row's text, so that a change is seen at the next question, whichever process made it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from surveys.record.own_choices import (
    Own,
    declared_choices,
    parse_choices,
    with_choices,
)
from surveys.record.site import find_type
from surveys.store.tables import SETTING
from surveys.types import EVERY_TYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy import Connection

    from surveys.declaration.field import Field
    from surveys.declaration.record_type import RecordType

    FindType = Callable[[str], RecordType]

KEY: Final = "choices/{type}/{field}"
# By record type, the questions whose choices are the office's.
EDITED: Final = {
    id_: tuple(one.id for one in type_.fields if one.own)
    for id_, type_ in EVERY_TYPE.items()
    if any(one.own for one in type_.fields)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptChoices:
    """A question's choices as they are kept (控えてある選択肢).

    Attributes
    ----------
    before
        Those before the last change; ``None`` where there was none.
    mark
        Changes with the list; a change says by it what it was made from.
    """

    choices: Own
    before: Own | None
    mark: str


def types_in(connection: Connection, ahead: Iterable[str] = ()) -> FindType:
    """Return what finds a record type by its id, as the office has it in this transaction (調査票を探す).

    The row is read once at most, and only for a type the office may edit.

    Parameters
    ----------
    ahead
        Types to be read at once: before rows come in a stream, beside which nothing is asked.
    """
    found: dict[str, RecordType] = {}

    def find(id_: str) -> RecordType:
        if id_ not in EDITED:
            return find_type(id_)
        if id_ not in found:
            texts = tuple(_text(_value(connection, id_, one)) for one in EDITED[id_])
            found[id_] = _made(id_, texts)
        return found[id_]

    for id_ in ahead:
        if id_ in EDITED:
            find(id_)
    return find


def edited_field(type_id: str, field_id: str) -> Field:
    """Return a question whose choices are the office's, as it is declared (役所が決める項目).

    Raises
    ------
    KeyError
        When it is none.
    """
    if field_id not in EDITED.get(type_id, ()):
        raise KeyError(field_id)
    return EVERY_TYPE[type_id].field(field_id)


def read_choices(connection: Connection, type_id: str, field_id: str) -> KeptChoices:
    """Return the choices of a question the office may edit, in a transaction (選択肢を読む)."""
    field = edited_field(type_id, field_id)
    value = _value(connection, type_id, field_id)
    if not isinstance(value, dict):
        return KeptChoices(choices=declared_choices(field), before=None, mark="")
    before = value.get("before")
    return KeptChoices(
        choices=parse_choices(field, value.get("choices")),
        before=None if before is None else parse_choices(field, before),
        mark=hashlib.sha256(_text(value).encode()).hexdigest()[:16],
    )


def _value(connection: Connection, type_id: str, field_id: str) -> object:
    key = KEY.format(type=type_id, field=field_id)
    return connection.scalar(select(SETTING.c.value).where(SETTING.c.key == key))


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, sort_keys=True)


@lru_cache(maxsize=64)
def _made(type_id: str, texts: tuple[str, ...]) -> RecordType:
    """Return a type with the lists its rows hold, one text a question."""
    type_ = EVERY_TYPE[type_id]
    for field_id, text in zip(EDITED[type_id], texts, strict=True):
        value: Any = json.loads(text)
        if isinstance(value, dict):
            own = parse_choices(edited_field(type_id, field_id), value.get("choices"))
            type_ = with_choices(type_, field_id, own)
    return type_
