"""Keep plans, a row a version; a version is never changed and never lost (検討案をしまう)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, insert, select

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.record.answers import is_clean
from surveys.record.plan import (
    LONGEST_NOTE,
    LONGEST_TITLE,
    Plan,
    check_changes,
    dump_changes,
    load_changes,
)
from surveys.store.engine import reading, writing
from surveys.store.tables import PLAN

if TYPE_CHECKING:
    from sqlalchemy import Connection, RowMapping

    from surveys.record.plan import State
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


def save_plan(register: Register, plan: Plan) -> Plan:
    """Keep a new version of a plan and return it, with its number (検討案の版を残す).

    Parameters
    ----------
    plan
        Its ``number`` is not looked at. ``parent`` is the version undoing goes back to; 0 begins a
        plan of a new id.

    Raises
    ------
    InputError
        When the parent is not there, or a text or change is out of bounds; nothing is kept then.
    """
    checked = check_changes(plan.changes)
    title = plan.title.strip()
    if not title or len(title) > LONGEST_TITLE or not is_clean(title):
        raise InputError(_TITLE)
    if len(plan.note) > LONGEST_NOTE or not is_clean(plan.note):
        raise InputError(_NOTE)
    with writing(register.engine) as connection:
        return _keep(connection, replace(plan, title=title, changes=checked))


def undo_plan(register: Register, plan: Plan, *, by: str, now: str) -> Plan:
    """Go back to what a version was made of, in a version of its own that redoing leaves (元に戻す).

    Raises
    ------
    InputError
        When there is nothing to go back to.
    """
    before = find_plan(register, plan.id, plan.parent) if plan.parent else None
    if before is None:
        raise InputError(_NO_PARENT)
    return save_plan(
        register, replace(before, redo=plan.number, state=plan.state, by=by, made_at=now)
    )


def redo_plan(register: Register, plan: Plan, *, by: str, now: str) -> Plan:
    """Bring back what was undone (やり直す).

    Raises
    ------
    InputError
        When nothing was undone.
    """
    undone = find_plan(register, plan.id, plan.redo) if plan.redo else None
    if undone is None:
        raise InputError(_NO_PARENT)
    return save_plan(
        register, replace(undone, parent=plan.number, state=plan.state, by=by, made_at=now)
    )


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
        register,
        replace(
            last, parent=last.number, redo=0, state=state, by=by or last.by,
            made_at=now or last.made_at,
        ),
    )  # fmt: skip


def _keep(connection: Connection, plan: Plan) -> Plan:
    last = connection.scalar(select(func.max(PLAN.c.number)).where(PLAN.c.id == plan.id)) or 0
    made = replace(plan, number=int(last) + 1)
    known = range(1, made.number)
    # What was undone to the very first version has no parent, and is not the first itself.
    if (plan.parent and plan.parent not in known) or (plan.redo and plan.redo not in known):
        raise InputError(_NO_PARENT)
    if not plan.parent and last and not plan.redo:
        raise InputError(_NO_PARENT)
    row = {name: getattr(made, name) for name in _NAMES} | {"changes": dump_changes(made.changes)}
    connection.execute(insert(PLAN).values(row))
    return made


_NAMES: Final = ("id", "number", "parent", "redo", "title", "note", "state", "by", "made_at")


def _plan(row: RowMapping) -> Plan:
    return Plan(**{name: row[name] for name in _NAMES}, changes=load_changes(row["changes"]))
