"""What a plan changes, by number: put right, taken out, undone and done again (変えることの一覧)."""

from __future__ import annotations

import zlib
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from geo.base.words import Words
from layers.cards.plan_words import named, say_change
from pages.parts.frame.frame import no_markdown
from pages.parts.frame.office import now_text, role_now
from pages.parts.plans.kept import change_plan, is_older, try_to
from pages.parts.plans.tools import renamed
from surveys.store.plans import redo_plan, undo_plan

if TYPE_CHECKING:
    from layers.day.day import Day
    from pages.parts.frame.office import Office
    from surveys.record.plan import Change, Plan


def show_changes(office: Office, day: Day, plan: Plan | None, division: str) -> None:
    """Show the list, and the buttons that change it (一覧を出す)."""
    lang = office.lang
    _show_steps(office, plan)
    changes = () if plan is None else plan.changes
    if not changes:
        none = Words("まだ何も変えていません。", "Nothing is changed yet.")
        st.html(f"<p class='kz-note'>{none.say(lang)}</p>")
        return
    names = named(day, changes)
    for number, one in enumerate(changes, 1):
        title = f"{number}. {say_change(day, one, names, division, lang)}"
        # What is inside is made when it is opened: a press on the map waits for all there is.
        box = st.expander(no_markdown(title), key=_box_key(number, one), on_change="rerun")
        if not box.open:
            continue
        with box:
            if one.do == "add":
                _ask_new(office, plan, number, one)
            st.button(
                Words("この変更をとりやめる", "Take this out").say(lang),
                key=f"pl_out_{plan.number if plan else 0}_{number}", width="stretch",
                on_click=change_plan, args=(office, plan, partial(_put_in, one, ())),
            )  # fmt: skip


def _box_key(number: int, one: Change) -> str:
    """Return the key of what opens a change: another's is not open in its place when one goes."""
    return f"pl_box_{number}_{zlib.crc32(repr(one).encode())}"


def _show_steps(office: Office, plan: Plan | None) -> None:
    lang = office.lang
    back, again = st.columns(2)
    said = {"by": role_now(lang), "now": now_text()}
    back.button(
        Words("元に戻す", "Undo").say(lang), key="pl_undo", width="stretch",
        disabled=plan is None or _is_fixed(plan) or not (plan.parent or plan.changes),
        on_click=lambda: None if plan is None else try_to(
            lambda: undo_plan(office.register, plan, **said)
        ),
    )  # fmt: skip
    again.button(
        Words("やり直す", "Redo").say(lang), key="pl_redo", width="stretch",
        disabled=plan is None or _is_fixed(plan) or not plan.redo,
        on_click=lambda: None if plan is None else try_to(
            lambda: redo_plan(office.register, plan, **said)
        ),
    )  # fmt: skip


def _is_fixed(plan: Plan) -> bool:
    return is_older() or plan.state == "taken"


def _ask_new(office: Office, plan: Plan | None, number: int, one: Change) -> None:
    """Ask what a new 通いの場 is called and when it would meet."""
    lang, key = office.lang, f"{plan.number if plan else 0}_{number}"
    name = st.text_input(Words("名前", "Name").say(lang), one.name, key=f"pl_name_{key}")
    schedule = st.text_input(
        Words("開く日（例: 毎週火曜 10:00〜11:30）", "Days (毎週火曜 10:00〜11:30)").say(lang),
        one.schedule, key=f"pl_when_{key}",
    )  # fmt: skip
    if st.button(
        Words("名前と開く日を残す", "Keep name and days").say(lang),
        key=f"pl_keep_{key}", width="stretch",
    ):  # fmt: skip
        name_new(office, plan, one, name, schedule)
        st.rerun()


def name_new(office: Office, plan: Plan | None, one: Change, name: str, schedule: str) -> None:
    """Keep what a new 通いの場 of a plan is called and when it would meet (名前をつける)."""
    change_plan(office, plan, partial(_put_in, one, (renamed(one, name, schedule),)))


def _put_in(
    old: Change, new: tuple[Change, ...], changes: tuple[Change, ...]
) -> tuple[Change, ...]:
    """Return changes with others in the place of one; as they are where it is gone already."""
    if old not in changes:
        return changes
    at = changes.index(old)
    return (*changes[:at], *new, *changes[at + 1 :])
