"""検討案: what one change would do, seen at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from geo.say.plan import say_plan, say_rides
from geo.say.siting import REACH_IS_NOT_GOING
from geo.town import check_people
from layers.asked import make_question
from layers.cards.plan_table import ages_table, moved_table, shares_table
from layers.cards.plan_words import SHARES_MEAN, number_changes
from layers.day.planned import find_faults
from layers.maps.moved_legend import plan_legend
from layers.maps.plan_map import plan_group
from layers.maps.popup import entity
from layers.maps.town_map import map_key, town_map
from layers.pictures.figures import plan_figure
from layers.served.answers import answer_key, day_for, salon_words
from layers.served.plans import effect_now, shares_now
from pages.parts.frame.declared import Page
from pages.parts.frame.frame import asked_before, show_empty, split_page
from pages.parts.frame.linked import linked_switch
from pages.parts.frame.office import begin_office
from pages.parts.frame.picture import offer_meeting, show_picture
from pages.parts.frame.show_map import show_map
from pages.parts.plans.changes import show_changes
from pages.parts.plans.choosing import choose_plan, show_plan_tools
from pages.parts.plans.compare import BESIDE, COMPARED, show_compared
from pages.parts.plans.kept import plan_now, show_failed
from pages.parts.plans.taking import offer_to_take, show_taken
from pages.parts.plans.tools import (
    ask_tool,
    picked_now,
    place_of,
    say_tool,
    use_tool,
)
from surveys.store.plans import list_plans

if TYPE_CHECKING:
    from geo.base.words import Lang
    from geo.coverage.question import Question
    from layers.asked import Asked
    from layers.day.day import Day
    from layers.day.plan_effect import Effect
    from pages.parts.frame.office import Office
    from pages.parts.frame.show_map import Tap
    from surveys.record.plan import Change, Do, Plan

PAGE = Page(
    id="plans", words=Words("検討案", "Plans"), group="think", order=14,
    kinds=("plan", "site"), types=("salon",),
)  # fmt: skip
TITLE: Final = Words(
    "ここを変えたら、だれに届くようになるか", "Who would be reached if this changed?"
)
HEIGHT: Final = 470
_TO_COME: Final = Words(
    "地図を押すと、年齢ごと・地区ごとの増えた人と減った人が、ここに出ます。",
    "Press the map: who is gained and lost, by age and by area, is told here.",
)
_UNDO: Final = Words(
    "押すとすぐに数えて、ここに人数を出します。あとから「この変更をとりやめる」で戻せます。一覧の記録は変わりません。",
    "It is counted at once and told here, and can be taken out again. No record is changed.",
)
_FIGURE: Final = re.compile(r"[0-9][0-9,]*人?")


def show_page() -> None:
    """Show the page (画面)."""
    office = begin_office(TITLE)
    lang, asked = office.lang, asked_before(office.town)
    day = day_for(asked)
    question = make_question(asked, day.built)
    controls, main, below = split_page()
    plan, every = plan_now(office), list_plans(office.register)
    try:
        check_people(day.built, question)
        with main, st.spinner(Words("数えています…", "counting…").say(lang)):
            effect = effect_now(asked, plan.changes) if plan and plan.changes else None
    except InputError as error:
        with main:
            _show_why_not(day, plan, error, lang)
        effect = None
    with controls, st.container(key="controls"):
        choose_plan(office, plan, every)
        tool = ask_tool(lang, streets=not office.town.streetless)
        show_changes(office, day, plan, question.division)
        if plan is not None:
            offer_to_take(office, plan)
        show_plan_tools(office, day, plan, every)
    with main:
        # As high as it will be: a map that jumped would be pressed elsewhere.
        with st.container(key="pl_said"):
            show_failed(office)
            if plan is not None:
                show_taken(office, day, plan)
            _show_sentence(asked, effect, tool, day, plan, lang)
        _show_map(office, asked, day, plan if effect is not None else None, plan, tool)
    with controls:
        _show_assumptions(asked, lang, taken=plan is not None and plan.state == "taken")
        offer_meeting(lang, plans=",".join(_for_the_meeting(plan)))
    with below, st.container(key="beside"):
        if effect is not None:
            _show_tables(effect, lang)
            if plan is not None:
                _show_shares(asked, day, plan, question, lang)
                asking = day.as_asked(question)
                show_picture(
                    lambda: plan_figure(day, plan, effect, asking, lang),
                    f"{office.town.name}_{plan.title}", lang,
                )  # fmt: skip
        else:
            st.html(f"<p class='kz-note'>{_TO_COME.say(lang)}</p>")
    with st.container(key="compared"):
        show_compared(office, asked, every)


def _for_the_meeting(plan: Plan | None) -> list[str]:
    """Return the ids of the plans a council is shown: this one, and those beside which it stands."""
    beside = st.session_state.get(COMPARED, ()) if st.session_state.get(BESIDE) else ()
    return list(dict.fromkeys([*([] if plan is None else [plan.id]), *beside]))


def _show_why_not(day: Day, plan: Plan | None, error: InputError, lang: Lang) -> None:
    """Say which changes cannot be counted, by the numbers of the list, or else why none can."""
    faults = find_faults(day, plan.changes) if plan else []
    if not faults:
        show_empty(Words("まだ数えられません", "cannot count yet"), outside(error.words), lang)
        return
    lines = "<br>".join(entity(outside(one).say(lang)) for one in faults)
    head = Words(
        "この案には、いまの街ではできないことがあります。とりやめると数えられます。",
        "Some of this plan cannot be done in the town as it is; take it out, and it counts again.",
    )
    st.html(f"<p class='kz-read'><b>{head.say(lang)}</b><br>{lines}</p>")


def _say_idle(question: Question, plan: Plan | None, lang: Lang) -> list[str]:
    """Return which changes the question does not look at, so that nobody waits for their effect."""
    does = {one.do for one in plan.changes} if plan else set()
    seats = question.rest_m is not None
    lines = []
    if "bench" in does and not seats:
        lines.append(
            Words(
                "ベンチは、「休む所が要る」を選んだときだけ効きます",
                "A bench counts only with “Rests are needed”",
            )
        )
    if "toilet" in does and not seats and question.toilet_m is None:
        lines.append(
            Words(
                "トイレは、「トイレが要る」か「休む所が要る」を選んだときだけ効きます",
                "A toilet counts only with “Toilets are needed” or “Rests are needed”",
            )
        )
    if "mend" in does and not question.heights:
        lines.append(
            Words(
                "坂は、「坂と階段を入れる」を選んだときだけ効きます（階段は、階段を使えない人のときも）",
                "A slope counts only with “Count slopes and steps” (steps also for a walker who cannot use them)",
            )
        )
    if "days" in does and question.chosen is None:
        lines.append(
            Words(
                "開く日は、曜日や回数を選んだときだけ効きます",
                "Days count only when a weekday or how often is chosen",
            )
        )
    return [one.say(lang) for one in lines]


def _show_sentence(
    asked: Asked, effect: Effect | None, tool: Do, day: Day, plan: Plan | None, lang: Lang
) -> None:
    ask = f"<p class='kz-note' role='status'><b>{entity(say_tool(tool, day, lang))}</b></p>"
    if effect is None:
        st.html(f"{ask}<p class='kz-note'>{_UNDO.say(lang)}</p>")
        return
    question = day.as_asked(make_question(asked, day.built))
    lines = say_plan(effect.known, question, effect.ends)
    if effect.rides is not None:
        lines += say_rides(*effect.rides, straight=question.straight)
    first, second, *more = (entity(one.say(lang)) for one in lines)
    more += [entity(one) for one in _say_idle(question, plan, lang)]
    end = Words("。", ".").say(lang)
    # Only the figures are large: a whole sentence that is would be cut on a phone.
    told = _FIGURE.sub(r"<b>\g<0></b>", second)
    st.html(
        f"<p class='kz-read'>{first}{end}<br>{told}{end}</p>"
        f"<p class='kz-note'>{'<br>'.join(more)}</p>{ask}"
    )


def _show_map(
    office: Office, asked: Asked, day: Day, counted: Plan | None, plan: Plan | None, tool: Do
) -> None:
    lang = office.lang
    signs = [
        (number, one, at)
        for number, one in enumerate(plan.changes if plan else (), 1)
        if (at := _place(day, one)) is not None
    ]
    picked = picked_now(tool)
    stops = tool == "stop" or any(one.do == "stop" for _, one, _ in signs)

    def press(tap: Tap) -> None:
        use_tool(office, day, plan, tool, tap)

    group = plan_group(
        asked, f"{counted.id}.{counted.number}" if counted else "", answer_key(asked),
        signs, stops=stops, picked=place_of(day, picked) if picked else None,
        division="" if office.town.streetless else day.built.divisions[0],
    )  # fmt: skip
    show_map(
        town_map(day.town, named=False, outlined=True), group, key=f"plans-{map_key()}", height=HEIGHT, lang=lang,
        on_tap=press,
    )  # fmt: skip
    does = {one.do for _, one, _ in signs}
    st.html(plan_legend(lang, stops=stops, does=does, counted=counted is not None))


def _place(day: Day, one: Change) -> tuple[float, float] | None:
    """Return latitude and longitude of where a change's number stands."""
    if one.at is not None:
        return one.at[1], one.at[0]
    return place_of(day, one.site_id)


def _show_tables(effect: Effect, lang: Lang) -> None:
    st.subheader(
        Words("だれが届くようになり、だれが届かなくなるか", "Who is gained, who is lost").say(lang),
        anchor=False,
    )
    st.html(ages_table(effect.known, lang))
    count = len(effect.known.areas)
    every = st.toggle(
        Words(f"変わらない地区も出す（全部で{count}）", f"Show all {count} areas").say(lang),
        persist_state="session", **linked_switch("pl_every", "every"),
    )  # fmt: skip
    st.html(moved_table(effect.known, lang, every=every))


def _show_shares(asked: Asked, day: Day, plan: Plan, question: Question, lang: Lang) -> None:
    """Say which change brings whom: each taken out in turn, where there are several."""
    if len(plan.changes) < 2:  # noqa: PLR2004 - one change does all there is
        return
    why = Words("なぜ（変更ひとつずつの効き目）", "Why: what each change does")
    if not st.toggle(why.say(lang), persist_state="session", **linked_switch("pl_why", "why")):
        return
    with st.spinner(Words("一つずつ数えています…", "counting each…").say(lang)):
        each, together = shares_now(asked, plan.changes)
    called = number_changes(day, plan.changes, question.division, lang)
    st.html(shares_table(list(zip(called, each, strict=True)), together, lang))
    end = Words("。", ".").say(lang)
    st.html(f"<p class='kz-note'>{SHARES_MEAN.say(lang)}{end}</p>")


def _show_assumptions(asked: Asked, lang: Lang, *, taken: bool) -> None:
    kept = Words("検討案は、一覧の記録を何も変えません。", "A plan changes none of the records.")
    lines = [*salon_words(asked), *([] if taken else [kept]), REACH_IS_NOT_GOING]
    body = "<br>".join(entity(words.say(lang)) for words in lines)
    head = Words("前提", "What this assumes").say(lang)
    st.html(f"<p class='kz-as'><b>{head}</b><br>{body}</p>")
    if st.button(
        Words("歩き方・範囲・年齢を変える", "Change walker, range, age").say(lang), key="pl_question",
        width="stretch",
    ):  # fmt: skip
        params = {"lang": lang} if lang == "en" else {}
        st.switch_page("pages/coverage.py", query_params=params)


show_page()
