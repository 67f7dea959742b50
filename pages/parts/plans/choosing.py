"""Choose a plan, begin one, name it, put it away, bring one in from a file (検討案を選ぶ)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from geo.export.homes import Homes
from layers.commands.shared import make_stamp
from layers.day.plan_file import dump_plan, load_plan
from layers.day.planned import find_faults
from pages.parts.frame.frame import no_markdown
from pages.parts.frame.office import new_id, now_text, role_now, say_moment
from pages.parts.plans.kept import (
    fail,
    free_title,
    keep,
    names_of,
    open_plan,
    tell,
    try_to,
)
from surveys.record.plan import Plan
from surveys.store.plans import bring_back, edit_plan, put_away, save_plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.day.day import Day
    from layers.day.plan_file import PlanFile
    from pages.parts.frame.office import Office

_FAULTS: Final = 3
TOOLS_BOX: Final = "pl_tools"
_NO_FILE: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f\u200e\u200f\u202a-\u202e\u2066-\u2069]')


def choose_plan(office: Office, plan: Plan | None, every: Sequence[Plan]) -> None:
    """Ask which plan is shown, of all there are (検討案を選ぶ)."""
    lang = office.lang
    kept = [one for one in every if one.state != "put_away"]
    if plan is not None and plan.id not in {one.id for one in kept}:
        kept.insert(0, plan)
    titles = names_of(kept)
    new = ""
    options = [new, *titles]
    words = {new: Words("（新しい検討案）", "(a new plan)").say(lang), **titles}
    # Drawn anew with every version: a list goes on showing the name it was drawn with.
    key = f"pl_which_{plan.id if plan else new}_{plan.number if plan else 0}"
    chosen = st.selectbox(
        Words("検討案", "Plan").say(lang), options,
        index=options.index(plan.id if plan else new), key=key,
        format_func=lambda id_: words[id_],
    )  # fmt: skip
    if chosen != (plan.id if plan else new):
        open_plan(next((one for one in kept if one.id == chosen), None))
        st.rerun()
    if plan is not None:
        _show_older(office, plan, every)


def _show_older(office: Office, plan: Plan, every: Sequence[Plan]) -> None:
    """Say that an older version is shown, where it is one, and the way to the newest."""
    lang = office.lang
    newest = next((one for one in every if one.id == plan.id), plan)
    if newest.state == "put_away":
        away = Words("この案はしまってあります。", "Put away.").say(lang)
        st.html(f"<p class='kz-note' role='status'>{away}</p>")
    if newest.number == plan.number:
        return
    said = Words(
        f"前の版です（{say_moment(plan.made_at, 'ja')}）。",
        f"An older version ({say_moment(plan.made_at, 'en')}).",
    )
    st.html(f"<p class='kz-note' role='status'>{said.say(lang)}</p>")
    there, back = st.columns(2)
    there.button(
        Words("新しい版へ", "The newest").say(lang), key="pl_newest",
        width="stretch", on_click=open_plan, args=(newest,),
    )  # fmt: skip
    back.button(
        Words("この版にもどす", "Go back to this one").say(lang), key="pl_this", width="stretch",
        on_click=keep, args=(office, plan),
    )  # fmt: skip


def show_plan_tools(office: Office, day: Day, plan: Plan | None, every: Sequence[Plan]) -> None:
    """Show what is done to a plan as a whole: name, file, put away, bring back (案の道具)."""
    lang = office.lang
    name = Words("名前・ファイル・しまう", "Name, file, put away").say(lang)
    box = st.expander(name, key=TOOLS_BOX, on_change="rerun")
    if not box.open:  # made when it is opened: a press on the map waits for all there is
        return
    with box:
        if plan is not None:
            _name(office, plan)
            st.download_button(
                Words("この案を GeoJSON で書き出す", "Export the plan (GeoJSON)").say(lang),
                lambda: dump_plan(
                    day, plan.changes, title=plan.title, note=plan.note,
                    homes=Homes(ids=day.homes), stamp=make_stamp(),
                ),
                file_name=_file_name(office, plan), mime="application/geo+json",
                key="pl_file", width="stretch", on_click="ignore",
            )  # fmt: skip
            st.button(
                Words("この案をしまう", "Put this plan away").say(lang), key="pl_away",
                width="stretch", on_click=_put_away, args=(office, plan),
            )  # fmt: skip
        _bring_in(office, day)
        away = [one for one in every if one.state == "put_away"]
        for one in away:
            st.button(
                no_markdown(Words(f"「{one.title}」をもどす", f"Bring back {one.title}").say(lang)),
                key=f"pl_back_{one.id}", width="stretch", on_click=_bring_back, args=(office, one),
            )  # fmt: skip


def _name(office: Office, plan: Plan) -> None:
    lang, key = office.lang, f"{plan.id}_{plan.number}"
    title = st.text_input(
        Words("案の名前", "Name of the plan").say(lang), plan.title,
        key=f"pl_title_{key}",
    )  # fmt: skip
    note = st.text_area(
        Words("メモ（なぜ、だれと）", "Note (why, with whom)").say(lang), plan.note,
        key=f"pl_note_{key}",
    )  # fmt: skip
    if st.button(
        Words("名前とメモを残す", "Keep name and note").say(lang), key=f"pl_named_{key}",
        width="stretch",
    ):  # fmt: skip
        by, now = role_now(office.lang), now_text()
        try_to(
            lambda: edit_plan(
                office.register, plan.id,
                lambda newest: replace(newest, title=title, note=note, by=by, made_at=now),
            )
        )  # fmt: skip
        st.rerun()


def _file_name(office: Office, plan: Plan) -> str:
    """Return the name of a plan's file, without signs that no file may have."""
    return _NO_FILE.sub("_", f"{office.town.name}_{plan.title}") + ".geojson"


def _put_away(office: Office, plan: Plan) -> None:
    try_to(lambda: put_away(office.register, plan.id, now=now_text(), by=role_now(office.lang)))
    open_plan(None)
    tell(
        Words(
            f"「{plan.title}」をしまいました。「名前・ファイル・しまう」から、もどせます",
            f"{plan.title} was put away; bring it back from “Name, file, put away”",
        )
    )


def _bring_back(office: Office, plan: Plan) -> None:
    try_to(lambda: bring_back(office.register, plan.id, now=now_text(), by=role_now(office.lang)))


def _bring_in(office: Office, day: Day) -> None:
    lang = office.lang
    given = st.file_uploader(
        Words("検討案のファイル（GeoJSON）を取りこむ", "Bring in a plan's file (GeoJSON)").say(lang),
        type=["geojson", "json"], key="pl_given",
    )  # fmt: skip
    if given is None or st.session_state.get("plans:given") == given.file_id:
        return
    st.session_state["plans:given"] = given.file_id
    try:
        told = load_plan(given.getvalue())
    except InputError as error:
        fail(outside(error.words))
    else:
        _keep_told(office, day, told)
    st.rerun()


def _keep_told(office: Office, day: Day, told: PlanFile) -> None:
    """Begin a plan of a file's, unless it cannot be carried out in this town."""
    faults = [outside(one) for one in find_faults(day, told.changes)]
    if faults:
        more = Words(" ほか", " …") if len(faults) > _FAULTS else Words("", "")
        fail(
            Words(
                "この街では、そのままにはできない検討案です。"
                + "、".join(one.ja for one in faults[:_FAULTS]) + more.ja,
                "this plan cannot be carried out in this town: "
                + "; ".join(one.en for one in faults[:_FAULTS]) + more.en,
            )
        )  # fmt: skip
        return
    made = Plan(
        id=new_id(), number=0, parent=0, title=free_title(office, told.title), note=told.note,
        changes=told.changes, by=role_now(office.lang), made_at=now_text(),
    )  # fmt: skip
    try_to(lambda: save_plan(office.register, made))
