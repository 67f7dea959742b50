"""Choose a plan, begin one, name it, put it away, bring one in from a file (検討案を選ぶ)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from geo.base.problems import InputError
from geo.base.words import Words
from geo.export.homes import Homes
from layers.commands.shared import make_stamp
from layers.day.plan_file import dump_plan, load_plan
from pages.parts.frame.frame import no_markdown
from pages.parts.frame.office import new_id, now_text, role_now, say_moment
from pages.parts.plans.kept import fail, free_title, keep, open_plan, try_to
from surveys.record.plan import LONGEST_NOTE, LONGEST_TITLE, Plan
from surveys.store.plans import bring_back, list_plans, put_away

if TYPE_CHECKING:
    from layers.day.day import Day
    from pages.parts.frame.office import Office


def choose_plan(office: Office, plan: Plan | None) -> None:
    """Ask which plan is shown (検討案を選ぶ)."""
    lang = office.lang
    kept = [one for one in list_plans(office.register) if not one.state]
    if plan is not None and plan.id not in {one.id for one in kept}:
        kept.insert(0, plan)
    titles = {one.id: one.title for one in kept}
    new = ""
    options = [new, *titles]
    words = {new: Words("（新しい検討案）", "(a new plan)").say(lang), **titles}
    key = f"pl_which_{plan.id if plan else new}"
    chosen = st.selectbox(
        Words("検討案", "Plan").say(lang), options,
        index=options.index(plan.id if plan else new), key=key,
        format_func=lambda id_: words[id_],
    )  # fmt: skip
    if chosen != (plan.id if plan else new):
        open_plan(next((one for one in kept if one.id == chosen), None))
        st.rerun()
    if plan is not None:
        _show_older(office, plan)


def _show_older(office: Office, plan: Plan) -> None:
    """Say that an older version is shown, where it is one, and the way to the newest."""
    lang = office.lang
    newest = next((one for one in list_plans(office.register) if one.id == plan.id), plan)
    if newest.number == plan.number:
        if newest.state == "put_away":
            st.html(
                f"<p class='kz-note'>{Words('この案はしまってあります。', 'Put away.').say(lang)}</p>"
            )
        return
    said = Words(
        f"前の版です（{say_moment(plan.made_at, 'ja')}）。",
        f"An older version ({say_moment(plan.made_at, 'en')}).",
    )
    st.html(f"<p class='kz-note' role='status'>{said.say(lang)}</p>")
    there, back = st.columns(2)
    there.button(
        Words("いちばん新しい版を開く", "Open the newest").say(lang), key="pl_newest",
        width="stretch", on_click=open_plan, args=(newest,),
    )  # fmt: skip
    back.button(
        Words("この版にもどす", "Go back to this one").say(lang), key="pl_this", width="stretch",
        on_click=keep, args=(office, replace(plan, parent=newest.number, redo=0)),
    )  # fmt: skip


def show_plan_tools(office: Office, day: Day, plan: Plan | None) -> None:
    """Show what is done to a plan as a whole: name, file, put away, bring back (案の道具)."""
    lang = office.lang
    with st.expander(Words("名前・ファイル・しまう", "Name, file, put away").say(lang)):
        if plan is not None:
            _name(office, plan)
            st.download_button(
                Words("この案を GeoJSON で書き出す", "Export the plan (GeoJSON)").say(lang),
                lambda: dump_plan(
                    day, plan.changes, title=plan.title, note=plan.note,
                    homes=Homes(ids=day.homes), stamp=make_stamp(),
                ),
                file_name=f"{office.town.name}_plan.geojson", mime="application/geo+json",
                key="pl_file", width="stretch", on_click="ignore",
            )  # fmt: skip
            st.button(
                Words("この案をしまう", "Put this plan away").say(lang), key="pl_away",
                width="stretch", on_click=_put_away, args=(office, plan),
            )  # fmt: skip
        _bring_in(office)
        away = [one for one in list_plans(office.register) if one.state == "put_away"]
        for one in away:
            st.button(
                no_markdown(Words(f"「{one.title}」をもどす", f"Bring back {one.title}").say(lang)),
                key=f"pl_back_{one.id}", width="stretch", on_click=_bring_back, args=(office, one),
            )  # fmt: skip


def _name(office: Office, plan: Plan) -> None:
    lang, key = office.lang, f"{plan.id}_{plan.number}"
    title = st.text_input(
        Words("案の名前", "Name of the plan").say(lang), plan.title, max_chars=LONGEST_TITLE,
        key=f"pl_title_{key}",
    )  # fmt: skip
    note = st.text_area(
        Words("ことわり（なぜ、だれと）", "Note (why, with whom)").say(lang), plan.note,
        max_chars=LONGEST_NOTE, key=f"pl_note_{key}",
    )  # fmt: skip
    if st.button(
        Words("名前とことわりを残す", "Keep name and note").say(lang), key=f"pl_named_{key}",
        width="stretch",
    ):  # fmt: skip
        keep(office, replace(plan, title=title, note=note, parent=plan.number, redo=0))
        st.rerun()


def _put_away(office: Office, plan: Plan) -> None:
    try_to(lambda: put_away(office.register, plan.id, now=now_text(), by=role_now(office.lang)))
    open_plan(None)


def _bring_back(office: Office, plan: Plan) -> None:
    try_to(lambda: bring_back(office.register, plan.id, now=now_text(), by=role_now(office.lang)))


def _bring_in(office: Office) -> None:
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
        fail(error.words)
    else:
        made = Plan(
            id=new_id(), number=0, parent=0, title=told.title or free_title(office),
            note=told.note, changes=told.changes, by="", made_at="",
        )  # fmt: skip
        keep(office, made)
    st.rerun()
