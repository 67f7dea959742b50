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
    from collections.abc import Callable

    from sqlalchemy import Connection, RowMapping

    from surveys.record.plan import State
    from surveys.store.register import Register

_NO_PARENT: Final = Words("もとの検討案がありません", "there is no such plan to go on from")
_MEANWHILE: Final = Words(
    "ほかの画面で、この案が変わりました。いまの案を開いてから、もう一度押してください",
    "this plan was changed elsewhere meanwhile; open it as it is now, and press again",
)
_TITLE: Final = Words(
    f"検討案の名前を {LONGEST_TITLE}字までで書いてください",
    f"give the plan a name of at most {LONGEST_TITLE} characters",
)
_NOTE: Final = Words(
    f"メモは {LONGEST_NOTE}字までにしてください",
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
    checked = _check(plan)
    with writing(register.engine) as connection:
        return _keep(connection, checked)


def edit_plan(register: Register, plan_id: str, edit: Callable[[Plan], Plan]) -> Plan:
    """Keep what an edit makes of a plan's newest version, in one transaction (いまの版を直す).

    So nobody's change made meanwhile is lost: it is edited, too.

    Parameters
    ----------
    edit
        Returns the version to keep; its ``number``, ``parent`` and ``redo`` are not looked at.

    Raises
    ------
    InputError
        When there is no such plan, or as `save_plan`; what `edit` raises goes on.
    """
    with writing(register.engine) as connection:
        newest = _newest(connection, plan_id)
        made = _check(edit(newest))
        return _keep(connection, replace(made, id=plan_id, parent=newest.number, redo=0))


def undo_plan(register: Register, plan: Plan, *, by: str, now: str) -> Plan:
    """Go back to what the newest version was made of, in a version that redoing leaves (元に戻す).

    What the first version changed is undone to no change.

    Parameters
    ----------
    plan
        As it is shown; it must be the newest.

    Raises
    ------
    InputError
        When somebody changed it meanwhile, or there is nothing to go back to.
    """
    with writing(register.engine) as connection:
        newest = _must_be_newest(connection, plan)
        if newest.parent:
            before = _version(connection, plan.id, newest.parent)
        elif newest.changes:
            before = replace(newest, changes=(), parent=0)
        else:
            raise InputError(_NO_PARENT)
        return _keep(
            connection,
            replace(before, redo=newest.number, state=newest.state, by=by, made_at=now),
        )


def redo_plan(register: Register, plan: Plan, *, by: str, now: str) -> Plan:
    """Bring back what was undone (やり直す); `plan` as `undo_plan`.

    Raises
    ------
    InputError
        When somebody changed it meanwhile, or nothing was undone.
    """
    with writing(register.engine) as connection:
        newest = _must_be_newest(connection, plan)
        if not newest.redo:
            raise InputError(_NO_PARENT)
        undone = _version(connection, plan.id, newest.redo)
        return _keep(
            connection,
            replace(undone, parent=newest.number, state=newest.state, by=by, made_at=now),
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
    """Show a plan again that was put away, as it was then: one that was taken stays taken (検討案をもどす).

    Raises
    ------
    InputError
        When there is no such plan.
    """
    last = find_plan(register, plan_id)
    before = find_plan(register, plan_id, last.parent) if last and last.parent else None
    state: State = before.state if before is not None and before.state != "put_away" else ""
    return _again(register, plan_id, state=state, now=now, by=by)


def _again(register: Register, plan_id: str, *, state: State, now: str, by: str) -> Plan:
    return edit_plan(
        register,
        plan_id,
        lambda last: replace(last, state=state, by=by or last.by, made_at=now or last.made_at),
    )


def _check(plan: Plan) -> Plan:
    changes, title = check_changes(plan.changes), plan.title.strip()
    if not title or len(title) > LONGEST_TITLE or not is_clean(title):
        raise InputError(_TITLE)
    if len(plan.note) > LONGEST_NOTE or not is_clean(plan.note):
        raise InputError(_NOTE)
    return replace(plan, title=title, changes=changes)


def _newest(connection: Connection, plan_id: str) -> Plan:
    chosen = select(PLAN).where(PLAN.c.id == plan_id).order_by(PLAN.c.number.desc()).limit(1)
    row = connection.execute(chosen).mappings().first()
    if row is None:
        raise InputError(_NO_PARENT)
    return _plan(row)


def _version(connection: Connection, plan_id: str, number: int) -> Plan:
    chosen = select(PLAN).where(PLAN.c.id == plan_id, PLAN.c.number == number)
    row = connection.execute(chosen).mappings().first()
    if row is None:
        raise InputError(_NO_PARENT)
    return _plan(row)


def _must_be_newest(connection: Connection, plan: Plan) -> Plan:
    newest = _newest(connection, plan.id)
    if newest.number != plan.number:
        raise InputError(_MEANWHILE)
    return newest


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
