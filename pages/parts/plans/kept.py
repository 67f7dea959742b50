"""The plan a page is of, and every step of it kept at once (画面の検討案)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from layers.maps.popup import entity
from layers.served.plans import plan_of
from pages.parts.frame.office import new_id, now_text, role_now
from pages.parts.question.picking import no_markdown
from pages.parts.question.visit import is_come_back_to, visit_now, write_address
from surveys.record.plan import LONGEST_TITLE, Plan
from surveys.store.plans import edit_plan, find_plan, list_plans, save_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pages.parts.frame.office import Office
    from surveys.record.plan import Change

    Changes = tuple[Change, ...]

PLAN: Final = "plan"
_SHOWN: Final = "plans:shown"  # the visit, and the plan it showed last
_FAILED: Final = "plans:failed"
_TOLD: Final = "plans:told"
_OLDER: Final = "plans:older"
_OLDER_WORDS: Final = Words(
    "前の版です。変えるには、先に「この版にもどす」か「新しい版へ」を押してください",
    "this is an older version; press “Go back to this one” or “The newest” first",
)
_TAKEN: Final = Words(
    "一覧に入れた案は、もう変えられません。書き出したファイルを取りこむと、写しになります",
    "a plan that was put into the list is not changed any more; export it and bring it in for a copy",
)
_MEANWHILE: Final = Words(
    "ほかの画面で変わった分も入っています", "what was changed elsewhere meanwhile is in it, too"
)


def plan_now(office: Office) -> Plan | None:
    """Return the version of the plan that is shown: the address's, else the last of this visit (いまの検討案)."""
    said = st.query_params.get(PLAN, "")
    visit, last = st.session_state.get(_SHOWN, (None, ""))
    if not said and last and visit != visit_now() and not is_come_back_to():
        said = last
        write_address({PLAN: said})
    st.session_state[_SHOWN] = visit_now(), said
    if not said:
        return None
    try:
        plan = plan_of(said)
    except InputError as error:
        fail(outside(error.words))
        return None
    newest = find_plan(office.register, plan.id) or plan
    st.session_state[_OLDER] = newest.number != plan.number
    return plan


def is_older() -> bool:
    """Say whether a newer version was there when the page was drawn (前の版を見ているか)."""
    return bool(st.session_state.get(_OLDER))


def open_plan(plan: Plan | None) -> None:
    """Show a plan from now on, None for none; one step Back goes over (開く)."""
    said = "" if plan is None else f"{plan.id}.{plan.number}"
    st.session_state[_SHOWN] = visit_now(), said
    write_address({PLAN: said})


def change_plan(
    office: Office, plan: Plan | None, edit: Callable[[Changes], Changes], title: str = ""
) -> None:
    """Keep what an edit makes of what the plan changes now; without a plan one is begun (変えることを残す).

    What somebody else changed meanwhile stays, and is said.
    """
    by, now = role_now(office.lang), now_text()
    if plan is None:
        begun = Plan(
            id=new_id(), number=0, parent=0, title=title or free_title(office), changes=edit(()),
            by=by, made_at=now,
        )  # fmt: skip
        try_to(lambda: save_plan(office.register, begun))
        return
    if is_older() or plan.state == "taken":
        fail(_OLDER_WORDS if is_older() else _TAKEN)
        return

    def edited(newest: Plan) -> Plan:
        if newest.number != plan.number:
            tell(_MEANWHILE)
        return replace(newest, changes=edit(newest.changes), by=by, made_at=now)

    try_to(lambda: edit_plan(office.register, plan.id, edited))


def keep(office: Office, plan: Plan) -> None:
    """Keep a plan as it is shown, over whatever is newest (この版を残す)."""
    by, now = role_now(office.lang), now_text()
    said = replace(plan, by=by, made_at=now)
    try_to(
        lambda: edit_plan(
            office.register, plan.id, lambda newest: replace(said, state=newest.state)
        )
    )


def try_to(act: Callable[[], Plan]) -> None:
    """Do what makes a version, show it, or say why it cannot be (試す)."""
    try:
        open_plan(act())
    except InputError as error:
        fail(outside(error.words))


def fail(words: Words) -> None:
    """Say on the page, the next time it is drawn, what could not be done (できなかったわけ)."""
    st.session_state[_FAILED] = words


def tell(words: Words) -> None:
    """Say on the page, the next time it is drawn, what was done (したこと)."""
    st.session_state[_TOLD] = words


def show_failed(office: Office) -> None:
    """Say what could not be done, and what was, once (できなかったわけと、したこと)."""
    words = st.session_state.pop(_FAILED, None)
    if words is not None:
        st.error(no_markdown(words.say(office.lang)))
    words = st.session_state.pop(_TOLD, None)
    if words is not None:
        st.html(
            f"<div class='kz-saved' role='status'><b>{entity(words.say(office.lang))}</b></div>"
        )


def free_title(office: Office, wish: str = "") -> str:
    """Return a name no plan has: the one wished, or 検討案, with the first number that is free (はじめの名前)."""
    taken = {one.title for one in list_plans(office.register)}
    if wish and wish not in taken:
        return wish
    names = (
        f"{wish[: LONGEST_TITLE - 5]}（{number + 1}）" if wish
        else Words(f"検討案{number}", f"Plan {number}").say(office.lang)
        for number in range(1, len(taken) + 2)
    )  # fmt: skip
    return next(name for name in names if name not in taken)


def names_of(plans: Sequence[Plan]) -> dict[str, str]:
    """Return what each plan is called in a list, by id: no two alike, for a list tells by names (呼び名)."""
    out: dict[str, str] = {}
    for one in sorted(plans, key=lambda plan: (plan.made_at, plan.id)):
        name, number = one.title, 1
        while name in out.values():
            number += 1
            name = f"{one.title}（{number}）"
        out[one.id] = name
    return {one.id: out[one.id] for one in plans}


def begin_with(office: Office, title: str, change: Change) -> Plan | None:
    """Begin a plan with one change and return it; None, and say why, where it cannot be kept (案をはじめる)."""
    made = Plan(
        id=new_id(), number=0, parent=0, title=free_title(office, title[:LONGEST_TITLE].strip()),
        changes=(change,), by=role_now(office.lang), made_at=now_text(),
    )  # fmt: skip
    try:
        return save_plan(office.register, made)
    except InputError as error:
        fail(outside(error.words))
        return None
