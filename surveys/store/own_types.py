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

from sqlalchemy import delete, insert, select, update

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.record.own_choices import (
    Own,
    carry_on,
    declared_choices,
    dump_choices,
    parse_choices,
    with_choices,
)
from surveys.record.site import find_type
from surveys.store.engine import reading, writing
from surveys.store.rows import read_site, state_values
from surveys.store.tables import SETTING, SITE
from surveys.types import EVERY_TYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy import Connection

    from surveys.declaration.field import Field
    from surveys.declaration.record_type import RecordType
    from surveys.record.own_choices import OwnChoice
    from surveys.store.register import Register

    FindType = Callable[[str], RecordType]

_KEY: Final = "choices/{type}/{field}"
# By record type, the questions whose choices are the office's.
EDITED: Final = {
    id_: tuple(one.id for one in type_.fields if one.own)
    for id_, type_ in EVERY_TYPE.items()
    if any(one.own for one in type_.fields)
}


class MovedOnError(InputError):
    """The list is no more the one that was looked at (ほかの人がさきに直した)."""


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


def type_of(register: Register, id_: str) -> RecordType:
    """Return a record type, a log's too, as the office has it now (いまの調査票).

    Raises
    ------
    KeyError
        When there is none of that id.
    """
    if id_ not in EDITED:
        return find_type(id_)
    with reading(register.engine) as connection:
        return types_in(connection)(id_)


def every_type(register: Register) -> tuple[RecordType, ...]:
    """Return all record types, logs too, as the office has them now (すべての調査票)."""
    with reading(register.engine) as connection:
        return tuple(map(types_in(connection), EVERY_TYPE))


def find_choices(register: Register, type_id: str, field_id: str) -> KeptChoices:
    """Return the choices of a question the office may edit (選択肢を読む)."""
    with reading(register.engine) as connection:
        return _kept(connection, type_id, field_id)


def keep_choices(
    register: Register, type_id: str, field_id: str, wanted: Iterable[OwnChoice], *, made_from: str
) -> KeptChoices:
    """Keep a list in place of the one before, and return what is kept now (選択肢を決める).

    None is lost: what is missing in `wanted` is hidden. Entries whose word changes are found by the
    new one, and by the old, at once.

    Parameters
    ----------
    made_from
        The `KeptChoices.mark` of the list `wanted` was made from.

    Raises
    ------
    MovedOnError
        When it is another by now; nothing is kept then.
    InputError
        A list that cannot be kept.
    """
    key = _KEY.format(type=type_id, field=field_id)
    field = _field(type_id, field_id)
    with writing(register.engine) as connection:
        now = _kept(connection, type_id, field_id)
        if now.mark != made_from:
            raise MovedOnError(
                Words(
                    "直しているあいだに、ほかの人が種類を直して保存しました。まだ何も保存していません",
                    "somebody else saved other kinds meanwhile; nothing of yours is saved yet",
                )
            )
        after = carry_on(field, now.choices, wanted)
        if after == now.choices:
            return now
        old = types_in(connection)(type_id)
        value = {"choices": dump_choices(after), "before": dump_choices(now.choices)}
        connection.execute(delete(SETTING).where(SETTING.c.key == key))
        connection.execute(insert(SETTING).values(key=key, value=value))
        _find_anew(connection, old, types_in(connection)(type_id), field_id)
        return _kept(connection, type_id, field_id)


def _find_anew(connection: Connection, old: RecordType, new: RecordType, field_id: str) -> None:
    """Write anew the words that find entries of choices that are called otherwise now."""
    then = {one.id: (one.words, one.aliases) for one in old.field(field_id).choices}
    changed = {
        one.id
        for one in new.field(field_id).choices
        if one.id in then and then[one.id] != (one.words, one.aliases)
    }
    if not changed:
        return
    rows = connection.execute(select(SITE).where(SITE.c.type == new.id)).mappings().all()
    for row in (one for one in rows if one["flat"].get(field_id) in changed):
        state = read_site(row, lambda _: new).state
        values = state_values(new, state, fresh_months=1, changed_at=row["changed_at"])
        connection.execute(
            update(SITE).where(SITE.c.id == row["id"]).values(search=values["search"])
        )


def _field(type_id: str, field_id: str) -> Field:
    if field_id not in EDITED.get(type_id, ()):
        raise KeyError(field_id)
    return EVERY_TYPE[type_id].field(field_id)


def _kept(connection: Connection, type_id: str, field_id: str) -> KeptChoices:
    field = _field(type_id, field_id)
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
    key = _KEY.format(type=type_id, field=field_id)
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
            own = parse_choices(_field(type_id, field_id), value.get("choices"))
            type_ = with_choices(type_, field_id, own)
    return type_
