"""A plan put into the list: the new as being prepared, the rest to be recorded when it is so (案を一覧に入れる)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.base.words import Words
from layers.cards.plan_words import named, say_change
from layers.day.decided import is_so
from layers.day.take_plan import left_to_confirm, site_of, take_plan
from layers.maps.popup import entity
from pages.parts.frame.office import link, now_text, role_now, today
from pages.parts.plans.changes import name_new
from pages.parts.plans.kept import is_older, try_to
from surveys.record.plan import DO_WORDS

if TYPE_CHECKING:
    from geo.base.words import Lang
    from layers.day.day import Day
    from pages.parts.frame.office import Office
    from surveys.record.plan import Change, Plan
    from surveys.record.site import Site


def offer_to_take(office: Office, plan: Plan) -> None:
    """Offer to take the plan into the list, asked once more before it is done (入れるか聞く)."""
    lang = office.lang
    if not any(one.do == "add" for one in plan.changes) or plan.state == "taken" or is_older():
        return
    nameless = [
        (number, one)
        for number, one in enumerate(plan.changes, 1)
        if one.do == "add" and not one.name.strip()
    ]
    for number, one in nameless:
        _ask_name(office, plan, number, one)
    if nameless:
        return
    sure = st.checkbox(
        Words(
            "ふやす通いの場を「準備中」として一覧に入れる（「取りこみ」の画面から取り消せます）",
            "Put the new salons into the list as being prepared (the page “Bring in” can undo it)",
        ).say(lang),
        key=f"pl_sure_{plan.id}_{plan.number}",
    )  # fmt: skip
    if st.button(
        Words("一覧に入れる", "Put into the list").say(lang), key=f"pl_take_{plan.id}_{plan.number}",
        width="stretch", disabled=not sure, type="primary",
    ):  # fmt: skip
        said = {"by": role_now(lang), "on": today().isoformat(), "now": now_text()}

        def take() -> Plan:
            made = take_plan(office.register, plan, **said)
            done = Words(
                "一覧に入れました。通いの場は「準備中」です。開いたら、カルテに記録してください",
                "Put into the list as being prepared; record it there once it opens",
            )
            st.toast(done.say(lang))  # what stands at the top of the page may be out of sight
            return made

        try_to(take)
        st.rerun()
    if not sure:
        first = Words(
            "「一覧に入れる」は、上に印を付けると押せます。",
            "“Put into the list” can be pressed once the box above is ticked.",
        ).say(lang)
        st.html(f"<p class='kz-note'>{first}</p>")


def _ask_name(office: Office, plan: Plan, number: int, one: Change) -> None:
    """Ask for the name without which a new 通いの場 stands in no list."""
    key = f"pl_called_{plan.id}_{plan.number}_{number}"

    def keep_name() -> None:
        name_new(office, plan, one, str(st.session_state[key]), one.schedule)

    st.text_input(
        Words(
            f"{number}番の通いの場の名前（つけると、一覧に入れられます）",
            f"Name of salon {number} (with a name it can be put into the list)",
        ).say(office.lang),
        key=key, on_change=keep_name,
    )  # fmt: skip


def show_taken(office: Office, day: Day, plan: Plan) -> None:
    """Say what became of a plan that was taken: what is being prepared, what a record has yet to say (入れたあと)."""
    lang = office.lang
    if plan.state != "taken":
        return
    names = named(day, plan.changes)
    lines = []
    added = sum(one.do == "add" for one in plan.changes)
    for number in range(1, added + 1):
        site = office.register.site(site_of(plan, number))
        if site is None:
            continue
        state = _say_where_it_stands(site, lang)
        lines.append(f"{link('karte', site.title, lang, site=site.id)}{state}")
    for one in left_to_confirm(plan):
        what = entity(DO_WORDS[one.do].say(lang))
        site = office.register.site(one.site_id) if one.site_id else None
        if site is not None and is_so(site, one, day.built.plane):
            done = Words("記録でもそうなっている", "so by the records, too").say(lang)
            lines.append(
                f"{link('karte', names[one.site_id], lang, site=site.id)}：{what}（{done}）"
            )
        elif one.site_id:
            words = Words("記録で確かめる", "record it when it is so").say(lang)
            there = link("record", words, lang, site=one.site_id)
            lines.append(f"{entity(names[one.site_id])}：{what}　{there}")
        else:  # no list has benches to come, or streets
            told = say_change(day, one, names, day.built.divisions[0], lang)
            lines.append(entity(told))
    head = Words("一覧に入れた案です。", "This plan was put into the list.").say(lang)
    body = "".join(f"<li>{one}</li>" for one in lines)
    st.html(f"<p class='kz-note' role='status'><b>{head}</b></p><ul class='kz-log'>{body}</ul>")


def _say_where_it_stands(site: Site, lang: Lang) -> str:
    """Return whether a site's groups are still being prepared (準備中か)."""
    groups = site.answers.get("activities")
    states = {one.get("state") for one in groups} if isinstance(groups, list) else set()
    if states == {"planned"}:
        return Words(
            "（準備中。開いたら、記録してください）", " (being prepared; record it when it opens)"
        ).say(lang)
    return ""
