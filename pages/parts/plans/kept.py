"""The plan a page is of, and every step of it kept at once (画面の検討案)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from layers.served.plans import plan_of
from pages.parts.frame.office import new_id, now_text, role_now
from pages.parts.question.picking import show_unread
from pages.parts.question.visit import is_step_back, visit_now, write_address
from surveys.record.plan import LONGEST_TITLE, Plan
from surveys.store.plans import list_plans, save_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from pages.parts.frame.office import Office
    from surveys.record.plan import Change

PLAN: Final = "plan"
_SHOWN: Final = "plans:shown"  # the visit, and the plan it showed last
_FAILED: Final = "plans:failed"


def plan_now(office: Office) -> Plan | None:
    """Return the version of the plan that is shown: the address's, else the last of this visit (いまの検討案)."""
    said = st.query_params.get(PLAN, "")
    visit, last = st.session_state.get(_SHOWN, (None, ""))
    if not said and last and visit != visit_now() and not is_step_back():
        said = last
        write_address({PLAN: said})
    st.session_state[_SHOWN] = visit_now(), said
    if not said:
        return None
    try:
        return plan_of(said)
    except InputError as error:
        show_unread(outside(error.words), office.lang)
        return None


def open_plan(plan: Plan | None) -> None:
    """Show a plan from now on, None for none; one step Back goes over (開く)."""
    said = "" if plan is None else f"{plan.id}.{plan.number}"
    st.session_state[_SHOWN] = visit_now(), said
    write_address({PLAN: said})


def change_plan(office: Office, plan: Plan | None, changes: tuple[Change, ...]) -> None:
    """Keep what a plan changes from now on; without a plan one is begun (変えることを残す)."""
    begun = plan or Plan(
        id=new_id(), number=0, parent=0, title=free_title(office), changes=(), by="", made_at=""
    )
    keep(office, replace(begun, changes=changes, parent=begun.number, redo=0))


def keep(office: Office, plan: Plan) -> None:
    """Keep a version and show it; say in the page why where it cannot be kept (版を残す)."""
    try_to(
        lambda: save_plan(
            office.register, replace(plan, by=role_now(office.lang), made_at=now_text())
        )
    )


def try_to(act: Callable[[], Plan]) -> None:
    """Do what makes a version, show it, or say why it cannot be (試す)."""
    try:
        open_plan(act())
    except InputError as error:
        fail(error.words)


def fail(words: Words) -> None:
    """Say something on the page the next time it is drawn (できなかったわけ)."""
    st.session_state[_FAILED] = words


def show_failed(office: Office) -> None:
    """Say what could not be done, once (できなかったわけを出す)."""
    words = st.session_state.pop(_FAILED, None)
    if words is not None:
        st.error(outside(words).say(office.lang))


def free_title(office: Office) -> str:
    """Return what a new plan is called until somebody says: the first number that is free (はじめの名前)."""
    taken = {one.title for one in list_plans(office.register)}
    names = (
        Words(f"検討案{number}", f"Plan {number}").say(office.lang)
        for number in range(1, len(taken) + 2)
    )
    return next(name for name in names if name not in taken)


def begin_with(office: Office, title: str, change: Change) -> Plan | None:
    """Begin a plan with one change and return it; None, and say why, where it cannot be kept (案をはじめる)."""
    made = Plan(
        id=new_id(), number=0, parent=0, title=title[:LONGEST_TITLE].strip() or free_title(office),
        changes=(change,), by=role_now(office.lang), made_at=now_text(),
    )  # fmt: skip
    try:
        return save_plan(office.register, made)
    except InputError as error:
        fail(error.words)
        return None
