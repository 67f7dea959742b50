"""The office's own choices: found, changed, and the types that ask by them (役所の選択肢を決める)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.record.own_choices import carry_on, dump_choices
from surveys.record.site import find_type
from surveys.store.engine import reading, writing
from surveys.store.own_types import EDITED, KEY, edited_field, read_choices, types_in
from surveys.store.rows import read_site, state_values
from surveys.store.tables import SETTING, SITE
from surveys.types import EVERY_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from surveys.declaration.record_type import RecordType
    from surveys.record.own_choices import OwnChoice
    from surveys.store.own_types import KeptChoices
    from surveys.store.register import Register


class MovedOnError(InputError):
    """The list is no more the one that was looked at (ほかの人がさきに直した)."""


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
        return read_choices(connection, type_id, field_id)


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
    key = KEY.format(type=type_id, field=field_id)
    field = edited_field(type_id, field_id)
    with writing(register.engine) as connection:
        now = read_choices(connection, type_id, field_id)
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
        return read_choices(connection, type_id, field_id)


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
