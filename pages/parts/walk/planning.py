"""Plan a walk: who and when, which places, in which order (踏査を計画する)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.base.marks import shown
from geo.base.words import Words
from layers.maps.popup import entity
from pages.parts.form.form import Form
from pages.parts.frame.frame import split_page
from pages.parts.walk.choice_list import name_of, show_choice_list
from pages.parts.walk.choosing import ask_choices, place_at, show_choice_map
from pages.parts.walk.draft import PLAN_KEY, draft_now, plan_draft, put_draft, with_answers
from pages.parts.walk.ends import ask_ends, ask_target, ask_walker, use_tap
from pages.parts.walk.saving import show_save
from pages.parts.walk.stops import show_order
from surveys.record.walk import WALK

if TYPE_CHECKING:
    from geo.walk.walkers import Walker
    from pages.parts.frame.office import Office
    from pages.parts.walk.draft import Planned, Wish
    from surveys.store.drafts import Draft

_ROW: Final = ">[data-testid=stLayoutWrapper]>[data-testid=stHorizontalBlock]"
_COLUMN: Final = ">[data-testid=stColumn]{width:auto!important;min-width:0!important}"
# The map stands on its lists, however long the controls are. Upright, the lists stand one below
# the other and the head in two rows. A name is never cut off.
_STYLE: Final = (
    ".stCheckbox label p{white-space:normal!important;overflow:visible!important}"
    f".st-key-split{_ROW}{{grid-template-rows:auto 1fr}}"
    "[data-testid=stPagination] button{min-width:48px;min-height:48px}"
    "@media(max-width:900px){"
    f".st-key-walk_lists{_ROW}{{display:grid;grid-template-columns:1fr}}"
    f".st-key-card_walk{_ROW}{{display:grid;grid-template-columns:1fr 1fr}}"
    f".st-key-walk_lists{_ROW}{_COLUMN}.st-key-card_walk{_ROW}{_COLUMN}"
    "}"
)


def show_planning(office: Office, draft: Draft) -> None:
    """Show the page of a walk that is planned (計画の画面)."""
    lang = office.lang
    st.html(f"<style>{_STYLE}</style>")
    begun: Words | None = st.session_state.get(f"draft:{draft.id}:begun")
    if begun:
        st.html(f"<p class='kz-note' role='status'>{entity(begun.say(lang))}</p>")
    draft = _ask_head(office, draft)
    said = st.container()
    controls, main, below = split_page()
    with controls, st.container(key="walk_controls"):
        wish = ask_ends(office, draft)
        draft = with_answers(draft, {PLAN_KEY: wish.dump()})
        choices = ask_choices(office, draft, wish)
        walker = ask_walker(office)
        st.html(
            f"<p class='kz-as'>{entity(_assumptions(walker, straight=office.town.streetless).say(lang))}</p>"
        )
    kept = put_draft(office, draft)
    draft = draft_now(draft.id)
    planned = plan_draft(office, draft)
    with said:
        _say_plan(office, planned, wish, walker)
    with main:
        target = ask_target(draft, wish, office)
        tapped = show_choice_map(office, draft, wish, planned, choices)
        if tapped:
            use_tap(office, draft, target, tapped, place_at(office, tapped, planned, choices))
    with below, st.container(key="walk_lists"):
        left, right = st.columns([0.36, 0.64], gap="medium")
        with left:
            show_choice_list(office, draft, choices)
        with right:
            show_order(office, draft, wish, planned, walker)
    show_save(office, draft, planned, kept=kept)


def _assumptions(walker: Walker, *, straight: bool) -> Words:
    pace = f"{walker.metres_per_min:.0f}"
    if straight:
        return Words(
            f"歩く速さ 分速{pace}m（{walker.words.ja}）・測り方 直線（道のデータがないので。道のりはこれより長い）・"
            "見ている時間は入れていない",
            f"Pace {pace} m/min ({walker.words.en}), in straight lines as there are no streets in the data: "
            "real ways are longer; the time spent looking is left out",
        )
    return Words(
        f"歩く速さ 分速{pace}m（{walker.words.ja}）・測り方 道のり・坂と信号待ち、見ている時間は入れていない",
        f"Pace {pace} m/min ({walker.words.en}), along streets; slopes, crossings and the time spent "
        "looking are left out",
    )


def _ask_head(office: Office, draft: Draft) -> Draft:
    """Ask name, day, roles and area."""
    lang, answers = office.lang, draft.answers
    form = Form(draft.id, office.register, lang)
    with st.container(border=True, key="card_walk"):
        one, two, three, four = st.columns([0.2, 0.38, 0.23, 0.19])
        out: dict[str, Any] = {}
        for column, field_id in ((one, "name"), (two, "on"), (three, "surveyors")):
            with column:
                out[field_id] = form.ask(WALK.field(field_id), answers.get(field_id))
        key = form.key("area")
        if key not in st.session_state:
            st.session_state[key] = answers.get("area")
        areas = dict.fromkeys(
            [*office.town.areas["area_name"], *filter(None, [st.session_state[key]])]
        )
        out["area"] = four.selectbox(
            WALK.field("area").words.say(lang), list(areas), index=None, key=key,
            accept_new_options=True, format_func=shown,
            placeholder=Words("選ぶ、または書く", "choose or write").say(lang),
        )  # fmt: skip
    return with_answers(draft, out)


def _say_plan(office: Office, planned: Planned, wish: Wish, walker: Walker) -> None:
    lang, plan = office.lang, planned.plan
    reached = len(plan.order) - len(plan.cut_off)
    minutes = -int(-plan.metres / walker.metres_per_min // 1)
    if not planned.ids:
        said = Words(
            "行く所を、地図か一覧で選んでください。",
            "Choose the places on the map or in the list.",
        )
    elif not plan.legs:
        said = Words(f"<b>{reached}</b>か所です。", f"<b>{reached}</b> place.")
    else:
        ring = wish.end["by"] == "back"
        how = Words("道のり", "along streets")
        if office.town.streetless:
            how = Words("直線で", "in straight lines")
        back = Words("出発にもどるまで ", ", back at the start,") if ring else Words("", ",")
        said = Words(
            f"<span class='nb'><b>{reached}</b>か所を、</span><span class='nb'>{back.ja}{how.ja}</span> "
            f"<span class='nb'><b>{plan.metres:,.0f}m</b>・</span>"
            f"<span class='nb'>歩くだけで <b>{minutes}分</b> で</span><span class='nb'>まわります。</span>",
            f"<b>{reached}</b> places{back.en} <b>{plan.metres:,.0f} m</b> {how.en}, "
            f"<b>{minutes} min</b> of walking.",
        )
    st.html(f"<p class='kz-read' role='status'>{said.say(lang)}</p>")
    if plan.start_fault:
        words = Words(
            f"出発の所は使えません（{plan.start_fault.ja}）。",
            f"The start cannot be used: {plan.start_fault.en}.",
        )
        st.html(f"<p class='kz-fault'>{entity(words.say(lang))}</p>")
    for row, why in sorted(plan.cut_off.items()):
        id_ = planned.ids[plan.order.index(row)]
        name = name_of(planned.places.get(id_), lang)
        words = Words(
            f"「{name}」へは歩いて行けません（{why.ja}）。順の最後に置き、合計に入れていません。",
            f"“{name}” cannot be walked to ({why.en}): it stands last and is in no total.",
        )
        st.html(f"<p class='kz-fault'>{entity(words.say(lang))}</p>")
