"""Keep plans, a row a version; a version is never changed and never lost (検討案をしまう)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from sqlalchemy import func, insert, select

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.record.answers import is_clean
from surveys.record.plan import (
    LONGEST_NOTE,
    LONGEST_TITLE,
    Plan,
    State,
    check_changes,
    dump_changes,
    load_changes,
)
from surveys.store.engine import reading, writing
from surveys.store.tables import PLAN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from sqlalchemy import Connection, RowMapping

    from surveys.record.plan import Change
    from surveys.store.register import Register

_NO_PARENT: Final = Words("もとの検討案がありません", "there is no such plan to go on from")
_TITLE: Final = Words(
    f"検討案の名前を {LONGEST_TITLE}字までで書いてください",
    f"give the plan a name of at most {LONGEST_TITLE} characters",
)
_NOTE: Final = Words(
    f"ことわりは {LONGEST_NOTE}字までにしてください",
    f"a note has at most {LONGEST_NOTE} characters",
)


def save_plan(  # noqa: PLR0913 - the parts of a version, each by name
    register: Register,
    plan_id: str,
    *,
    parent: int,
    title: str,
    changes: Sequence[Change],
    by: str,
    now: str,
    note: str = "",
    state: State = "",
) -> Plan:
    """Keep a new version of a plan and return it (検討案の版を残す).

    Parameters
    ----------
    parent
        The version it goes on from; 0 begins a plan of a new id.

    Raises
    ------
    InputError
        When the parent is not there, or a text or change is out of bounds; nothing is kept then.
    """
    checked = check_changes(changes)
    title = title.strip()
    if not title or len(title) > LONGEST_TITLE or not is_clean(title):
        raise InputError(_TITLE)
    if len(note) > LONGEST_NOTE or not is_clean(note) or state not in get_args(State):
        raise InputError(_NOTE)
    with writing(register.engine) as connection:
        last = _last_number(connection, plan_id)
        if not (0 < parent <= last or parent == last == 0):
            raise InputError(_NO_PARENT)
        row = {
            "id": plan_id, "number": last + 1, "parent": parent, "title": title, "note": note,
            "changes": dump_changes(checked), "state": state, "by": by, "made_at": now,
        }  # fmt: skip
        connection.execute(insert(PLAN).values(row))
    return _plan(row)


def find_plan(register: Register, plan_id: str, number: int = 0) -> Plan | None:
    """Return a version of a plan, its newest for 0; ``None`` where there is none (検討案の版)."""
    chosen = select(PLAN).where(PLAN.c.id == plan_id)
    if number:
        chosen = chosen.where(PLAN.c.number == number)
    with reading(register.engine) as connection:
        row = connection.execute(chosen.order_by(PLAN.c.number.desc()).limit(1)).mappings().first()
    return None if row is None else _plan(row)


def list_plans(register: Register) -> list[Plan]:
    """Return the newest version of every plan, the one last worked at first (検討案の一覧)."""
    newest = select(func.max(PLAN.c.seq)).group_by(PLAN.c.id)
    chosen = select(PLAN).where(PLAN.c.seq.in_(newest)).order_by(PLAN.c.seq.desc())
    with reading(register.engine) as connection:
        return [_plan(row) for row in connection.execute(chosen).mappings()]


def next_of(register: Register, plan: Plan) -> Plan | None:
    """Return the newest version made of this one, which redoing leads to (やり直し)."""
    chosen = select(PLAN).where(PLAN.c.id == plan.id, PLAN.c.parent == plan.number)
    with reading(register.engine) as connection:
        row = connection.execute(chosen.order_by(PLAN.c.number.desc()).limit(1)).mappings().first()
    return None if row is None else _plan(row)


def put_away(register: Register, plan_id: str, *, now: str, by: str = "") -> Plan:
    """Put a plan away; its versions stay, and it can be brought back (検討案をしまう).

    Raises
    ------
    InputError
        When there is no such plan.
    """
    return _again(register, plan_id, state="put_away", now=now, by=by)


def bring_back(register: Register, plan_id: str, *, now: str = "", by: str = "") -> Plan:
    """Weigh a plan again that was put away (検討案をもどす).

    Raises
    ------
    InputError
        When there is no such plan.
    """
    return _again(register, plan_id, state="", now=now, by=by)


def _again(register: Register, plan_id: str, *, state: State, now: str, by: str) -> Plan:
    last = find_plan(register, plan_id)
    if last is None:
        raise InputError(_NO_PARENT)
    return save_plan(
        register, plan_id, parent=last.number, title=last.title, note=last.note,
        changes=last.changes, by=by or last.by, now=now or last.made_at, state=state,
    )  # fmt: skip


def _last_number(connection: Connection, plan_id: str) -> int:
    found = connection.scalar(select(func.max(PLAN.c.number)).where(PLAN.c.id == plan_id))
    return int(found or 0)


def _plan(row: RowMapping | Mapping[str, Any]) -> Plan:
    told = {name: row[name] for name in ("id", "number", "parent", "title", "note", "state", "by")}
    return Plan(**told, made_at=row["made_at"], changes=load_changes(row["changes"]))
