"""会議: a council looks at one map and one question at a time, and decides."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.base.marks import shown
from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from geo.town import check_people
from layers.asked import make_question
from layers.day.decided import is_carried_out
from layers.maps.popup import entity
from layers.pictures.figures import coverage_title, plan_figure
from layers.pictures.gaps import places_figure
from layers.pictures.masked import masked_figure
from layers.pictures.meeting import (
    bare_figure,
    next_figure,
    undecided_figure,
    why_figure,
    worst_area,
)
from layers.served.answers import answer, answer_why, day_for
from layers.served.gaps import gaps_now
from layers.served.plans import effect_now
from pages.parts.frame.declared import Page
from pages.parts.frame.frame import (
    asked_before,
    no_markdown,
    pick,
    show_empty,
)
from pages.parts.frame.linked import linked, linked_choice
from pages.parts.frame.office import address, begin_office, button_link
from pages.parts.meeting.concerns import ASKED, show_concerns, shown_concerns
from pages.parts.meeting.hidden import hidden_now
from pages.parts.meeting.screen import show_screen
from pages.parts.meeting.steps import (
    AREA,
    DECIDED,
    MOST_PLANS,
    NONE,
    PLANS,
    STEP,
    begin,
    first_plans,
    plans_there,
    read_plans,
    read_step,
    say_left,
    say_letter,
    steps_of,
)
from pages.parts.plans.kept import names_of
from pages.parts.question.visit import write_address
from surveys.store.plans import list_plans

if TYPE_CHECKING:
    from geo.analysis.gaps import Gaps
    from geo.base.words import Lang
    from geo.coverage.coverage import Coverage
    from layers.asked import Asked
    from layers.day.day import Day
    from layers.pictures.figure import Figure
    from pages.parts.frame.office import Office
    from pages.parts.meeting.steps import Step
    from surveys.record.plan import Plan

PAGE = Page(
    id="meeting", words=Words("会議", "Meeting"), group="think", order=19,
    kinds=("plan", "site"), types=("salon",),
)  # fmt: skip
TITLE: Final = Words("協議体で、何を映すか", "What does the council look at?")
_SAME_ORDER: Final = Words(
    "番号と順は、「空白をさがす」と同じです。", "Numbers and order are those of “Find gaps”."
)
_CARRIED_OUT: Final = Words(
    "記録でもそうなっているので、いまの人数に入っています。だれに届くようになったかは、「前と後」にあります。",
    "The records say so, too: it is in today's figures. Whom it reached is told by “Before, after”.",
)
_NOT_YET: Final = Words("どの案で進めるか", "Which plan do we go on with?")


def show_page() -> None:
    """Show the page (画面)."""
    shown = bool(read_step(st.query_params.get(STEP, ""), 1))
    office = begin_office(TITLE, titled=not shown)
    lang, asked = office.lang, asked_before(office.town)
    try:
        day = day_for(asked)
        check_people(day.built, make_question(asked, day.built))
        with st.spinner(Words("数えています…", "counting…").say(lang)):
            coverage, gaps = answer(asked), gaps_now(asked)
    except InputError as error:
        if shown:
            st.title(no_markdown(TITLE.say(lang)), anchor=False)
        show_empty(Words("まだ映せません", "nothing to show yet"), outside(error.words), lang)
        return
    every, said = list_plans(office.register), st.query_params.get(PLANS, "")
    plans = [
        replace(one, why=_CARRIED_OUT)
        if one.plan is not None and is_carried_out(office.register, one.plan, day.built.plane)
        else one
        for one in read_plans(said, every)
    ]
    concerns = shown_concerns(office.register)
    steps = steps_of(plans, out=coverage.totals["outside"] > 0, concerns=bool(concerns))
    at = read_step(st.query_params.get(STEP, ""), len(steps))
    if not at:
        _set_up(office, coverage, gaps, every)
        return
    if not said and plans:  # named from now on: none takes the letter of one put away meanwhile
        write_address({PLANS: ",".join(one.plan.id for one in plans if one.plan)})
    _show(office, asked, day, coverage, gaps, steps, at)
    st.stop()  # neither foot nor language: the screen is the council's


def _set_up(office: Office, coverage: Coverage, gaps: Gaps, every: list[Plan]) -> None:
    """Ask what is shown, and begin."""
    lang, said = office.lang, st.query_params.get(PLANS, "")
    order = Words(
        "一つの画面に、問いと地図を一つずつ。どこで届かないか → なぜか → 検討案 → これから何をするか、の順です。"
        "公開範囲を「協議体まで」か「だれでも」にした課題があれば、終わりに答えを映します。",
        "One question and one map a screen: where the gap is, why, the plans, what we do; then the"
        " concerns councils may see, with their answers.",
    )
    st.html(f"<p class='kz-read'>{order.say(lang)}</p>")
    left, right = st.columns(2)
    with left:
        chosen = _ask_plans(every, lang)
        for words in say_left(said, every):
            st.html(f"<p class='kz-note' role='status'>{entity(shown(words.say(lang)))}</p>")
        _ask_area(coverage, gaps, lang)
    with right:
        keys = Words(
            "「次へ」「前へ」のほか、矢印の左右、PageUp・PageDown、スペース、発表用のリモコンで進みます。"
            "Esc か「もどる」で、ここに戻ります。F11 で、画面いっぱいになります。",
            "Next and Back, the arrow keys, PageUp and PageDown, the space bar and a presenter's "
            "remote lead through; Esc or Leave comes back here. F11 fills the screen.",
        )
        st.html(f"<p class='kz-note'>{keys.say(lang)}</p>")
        st.button(
            Words("協議体で映す", "Show it to the council").say(lang), key="mt_start",
            type="primary", width="stretch", on_click=begin, args=(chosen,),
        )  # fmt: skip


def _ask_plans(every: list[Plan], lang: Lang) -> list[str]:
    """Ask which plans are shown, and return their ids."""
    there = plans_there(every)
    if not there:
        none = Words(
            "検討案は、まだありません。なくても映せます。",
            "There is no plan yet; it can do without.",
        )
        st.html(f"<p class='kz-note'>{none.say(lang)}</p>")
        button_link(address("plans", lang), Words("検討案をつくる", "Make a plan"), lang)
        return []
    names = names_of(there)

    def read(text: str) -> list[str]:
        return [one.plan.id for one in read_plans(text, there) if one.plan]

    return st.multiselect(
        Words(f"映す検討案（{MOST_PLANS}つまで）", f"Plans (up to {MOST_PLANS})").say(lang),
        list(names), max_selections=MOST_PLANS, format_func=lambda id_: shown(names[id_]),
        **linked("mt_plans", PLANS, first=first_plans(there), read=read,
                 say=lambda ids: ",".join(ids) or NONE),
    )  # fmt: skip


def _ask_area(coverage: Coverage, gaps: Gaps, lang: Lang) -> None:
    """Ask of which area the screen says why; at first of that of the first place of the list."""
    rows = coverage.areas[coverage.areas["outside"] > 0].sort_values(
        "outside", ascending=False, kind="stable"
    )
    if rows.empty:
        return
    names = dict(zip(rows["area_id"].astype(str), rows["area_name"].astype(str), strict=True))
    st.selectbox(
        Words(
            "「なぜか」を言う地区（届かない人の多い順）",
            "Area whose reasons are told (most out of reach first)",
        ).say(lang),
        list(names), format_func=lambda id_: shown(names[id_]),
        **linked_choice("mt_area", AREA, list(names), first=worst_area(coverage, gaps)),
    )  # fmt: skip


def _show(
    office: Office,
    asked: Asked,
    day: Day,
    coverage: Coverage,
    gaps: Gaps,
    steps: list[Step],
    at: int,
) -> None:
    lang, step = office.lang, steps[at - 1]
    more: Any = None
    try:
        if step.kind == "no_plan":
            figure = bare_figure(day, coverage, _NOT_YET, lang)
            more = _no_plan(lang)
        elif step.kind == "concerns":
            figure = bare_figure(day, coverage, ASKED, lang)
            more = partial(show_concerns, shown_concerns(office.register), lang)
        elif step.why is not None:
            figure = bare_figure(day, coverage, say_letter(step), lang)
            more = _gone(step.why, lang)
        elif step.kind == "next":
            plans = [one for one in steps if one.letter]
            figure, more = _next(asked, day, coverage, plans, lang)
        else:
            figure = _figure(asked, day, coverage, gaps, step, lang)
    except InputError as error:
        figure = bare_figure(day, coverage, say_letter(step), lang)
        words = outside(error.words)
        more = lambda: show_empty(Words("まだ数えられません", "cannot count yet"), words, lang)  # noqa: E731
    with st.spinner(Words("少ない人数を伏せています…", "masking small counts…").say(lang)):
        changed = [one.plan.changes for one in steps if one.kind == "plan" and one.plan is not None]
        figure = masked_figure(figure, hidden_now(asked, changed), lang)
    show_screen(figure, at, len(steps), lang, more, short=step.kind != "next")


def _figure(
    asked: Asked, day: Day, coverage: Coverage, gaps: Gaps, step: Step, lang: Lang
) -> Figure:
    question = day.as_asked(coverage.question)
    if step.kind == "why":
        with st.spinner(Words("わけを調べています…", "looking for reasons…").say(lang)):
            why = answer_why(asked)
        ids = set(coverage.areas["area_id"].astype(str))
        said = st.query_params.get(AREA, "")
        return why_figure(
            day, coverage, why, said if said in ids else worst_area(coverage, gaps), lang
        )
    if step.plan is not None:
        effect = effect_now(asked, step.plan.changes)
        figure = plan_figure(day, step.plan, effect, question, lang)
        called = say_letter(step)
        title = Words(
            f"{called.ja}で、だれに届くようになるか", f"{called.en}: who comes within reach?"
        )
        return replace(figure, title=title)
    figure = places_figure(day, gaps, coverage_title(straight=coverage.question.straight), lang)
    return replace(figure, notes=(*figure.notes, _SAME_ORDER) if figure.rows else figure.notes)


def _next(
    asked: Asked, day: Day, coverage: Coverage, plans: list[Step], lang: Lang
) -> tuple[Figure, Any]:
    """Return what is to be done for the plan decided on, and the choice where there are several."""
    by_id = {one.plan.id: one for one in plans if one.plan is not None and one.why is None}
    said = st.query_params.get(DECIDED, "")
    alone = next(iter(by_id)) if len(by_id) == 1 else ""
    decided = by_id.get(said or alone)

    def ask() -> None:
        options = ["", *by_id]
        words = {
            "": Words("まだ決めない", "Not yet").say(lang),
            **{id_: Words(f"案{one.letter}", f"Plan {one.letter}").say(lang)
               for id_, one in by_id.items()},
        }  # fmt: skip
        pick(
            Words("進める案", "The plan we go on with"), options, words,
            linked_choice("mt_decided", DECIDED, options, first=""), lang, "",
        )  # fmt: skip

    if decided is None or decided.plan is None:
        told = [
            (one.letter, one.plan, effect_now(asked, one.plan.changes).known)
            for one in by_id.values()
            if one.plan is not None
        ]
        return undecided_figure(day, coverage, _NOT_YET, lang, told), ask
    effect = effect_now(asked, decided.plan.changes)
    question = day.as_asked(coverage.question)
    return next_figure(day, decided.plan, effect, question, lang), None if alone else ask


def _gone(why: Words, lang: Lang) -> Any:  # noqa: ANN401 - shows it
    head = Words("この案は映せません", "this plan cannot be shown")
    if why is _CARRIED_OUT:
        head = Words("この案は、もう行われています", "this plan has been carried out")
    return lambda: show_empty(head, why, lang)


def _no_plan(lang: Lang) -> Any:  # noqa: ANN401 - shows it
    def show() -> None:
        show_empty(
            Words("まだ検討案がありません", "there is no plan yet"),
            Words(
                "「検討案」の地図で、ふやす所を押すとできます。つくると、この画面に出ます。",
                "Press a place on the map of Plans: what is made there is shown here.",
            ),
            lang,
        )
        button_link(address("plans", lang), Words("検討案をつくる", "Make a plan"), lang)

    return show


show_page()
