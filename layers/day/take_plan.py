"""A plan taken into the list: what is new as 準備中, the rest as what a record has yet to say (検討案を一覧に入れる).

Nothing the register says of a 通いの場 there is changes by it: that one moves, pauses or meets on other days is a
person's word to give, on the day it is so.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import shapely

from geo.base.problems import InputError
from geo.base.words import Words
from geo.schedule import parse_schedule
from layers.day.own_list import SALON
from surveys.imports.importing import apply_plan, plan_import
from surveys.imports.plan import Taking
from surveys.record.compose import tidy_place
from surveys.record.history import PLACE, Origin
from surveys.record.portable import Incoming, Portable
from surveys.store.plans import edit_plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from surveys.imports.plan import Plan as Import
    from surveys.record.plan import Change, Plan
    from surveys.store.register import Register

_GROUP: Final = "1"
_GIVEN: Final = frozenset({"name", "activities", PLACE})


def plan_taking(register: Register, plan: Plan, *, by: str, on: str, now: str) -> Import:
    """Return what taking a plan would bring into the list (入れる前に見る).

    The same plan's is always the same import: taken twice it is taken once, and undone as any other.

    Parameters
    ----------
    on
        The day the council decided, ``2026-11-21``.

    Raises
    ------
    InputError
        When the plan adds no 通いの場, or one has no name.
    """
    added = [one for one in plan.changes if one.do == "add"]
    if not added:
        raise InputError(_NOTHING)
    if any(not one.name for one in added):
        raise InputError(_NAMELESS)
    batch = f"plan-{plan.id}"
    numbers = itertools.count()

    def new_id() -> str:
        at = next(numbers)
        return f"{batch}-{at}" if at else batch

    taking = Taking(
        file=f"検討案「{plan.title}」", data_sha256=plan.id.ljust(64, "0")[:64], own=False, by=by,
        on=on, now=now, abroad=True,
    )  # fmt: skip
    return plan_import(register, SALON, list(_rows(plan, added, by, on)), taking, new_id=new_id)


def take_plan(register: Register, plan: Plan, *, by: str, on: str, now: str) -> Plan:
    """Take a plan into the register and mark it so (一覧に入れる).

    Raises
    ------
    InputError
        As `plan_taking`; when somebody changed a site meanwhile, or the import was undone.
    """
    apply_plan(register, plan_taking(register, plan, by=by, on=on, now=now))
    return edit_plan(
        register, plan.id, lambda newest: replace(newest, state="taken", by=by, made_at=now)
    )


def left_to_confirm(plan: Plan) -> list[Change]:
    """Return the changes a record has yet to say, once they are so (記録で確かめること)."""
    return [one for one in plan.changes if one.do != "add"]


def site_of(plan: Plan, number: int) -> str:
    """Return the id of the site the plan's n-th added 通いの場 became, from 1 (入れた地点)."""
    return f"plan-{plan.id}-s{number}"


def _rows(plan: Plan, added: list[Change], by: str, on: str) -> Iterator[Incoming]:
    for number, one in enumerate(added, 1):
        group: dict[str, Any] = {"_id": _GROUP, "state": "planned"}
        if rules := parse_schedule(one.schedule):
            group["schedule"] = rules
        place = None if one.at is None else tidy_place(shapely.Point(*one.at))
        yield Incoming(
            sheet=plan.title, row=number, given=_GIVEN,
            site=Portable(
                type=SALON.id, id=site_of(plan, number), place=place,
                answers={"name": one.name, "activities": [group]},
                origin=Origin(source="told", sure="sure", by=by, on=on),
            ),
        )  # fmt: skip


_NOTHING: Final = Words(
    "この案には、ふやす通いの場がありません。うつす・休みにするなどは、そうなった日に記録してください",
    "this plan adds no salon; record a move or a pause on the day it happens",
)
_NAMELESS: Final = Words(
    "ふやす通いの場に、名前をつけてください",
    "give each new salon a name first",
)
