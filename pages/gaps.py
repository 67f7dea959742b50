"""空白をさがす: where people are left out, and what keeps them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from geo.say.gaps import SAID_FIRST, gaps_mean, say_beside, say_target, say_worst
from geo.town import WHOLE
from layers.asked import make_question
from layers.cards.gap_table import gap_table, target_table
from layers.maps.gap_legend import gap_legend
from layers.maps.gap_map import TAPPED, gap_at, gap_group
from layers.maps.popup import entity
from layers.maps.town_map import map_key, town_map
from layers.pictures.gaps import GAPS_STRAIGHT, GAPS_TITLE
from layers.served.answers import answer_key, day_for, salon_words
from layers.served.gaps import areas_now, gaps_now
from pages.parts.frame.declared import Page
from pages.parts.frame.frame import ask_question, label, pick, show_empty, split_page
from pages.parts.frame.linked import linked_choice, linked_switch
from pages.parts.frame.office import begin_office
from pages.parts.frame.show_map import show_map
from pages.parts.gaps.files import show_files
from pages.parts.gaps.places import CHOSEN, chosen_now, show_chosen, show_places
from pages.parts.gaps.target import ask_target
from pages.parts.plans.kept import show_failed
from pages.parts.question.visit import write_address

if TYPE_CHECKING:
    from geo.analysis.gap_areas import AreaGaps
    from geo.analysis.gaps import Gaps
    from geo.base.words import Lang
    from geo.coverage.question import Question
    from layers.asked import Asked
    from layers.day.day import Day
    from pages.parts.frame.office import Office
    from pages.parts.frame.show_map import Tap

PAGE = Page(
    id="gaps", words=Words("空白をさがす", "Find gaps"), group="think", order=11,
    kinds=("site",), types=("salon",),
)  # fmt: skip
TITLE: Final = GAPS_TITLE
STRAIGHT: Final = GAPS_STRAIGHT
HEIGHT: Final = 430
_FIRST: Final = SAID_FIRST
_FIGURE: Final = re.compile(r"[0-9][0-9,]*(?=人です)|(?<=: )[0-9][0-9,]*")  # not that of an age
_PARTS: Final = re.compile(r"(?<=、)|(?<= )(?=about)")
_CARDS: Final = 40  # more are in the table and the files


def show_page() -> None:
    """Show the page (画面)."""
    office = begin_office(TITLE, straight=STRAIGHT)
    lang, town = office.lang, office.town
    if town.salons.empty:
        show_empty(
            Words("通いの場が、まだ入っていません", "there is no salon yet"),
            Words(
                "「取りこみ」で通いの場の表を入れるか、「記録する」で1つずつ書いてください。",
                "Bring a table of salons in, or record them.",
            ),
            lang,
        )
        return
    controls, main, below = split_page()
    pressed = controls.container()
    with controls, st.container(key="controls"):
        asked = ask_question(town, lang)
        target, other = ask_target(office), _ask_other(town.divisions, asked, lang)
    day = day_for(asked)
    try:
        question = day.as_asked(make_question(asked, day.built))
        with main, st.spinner(Words("届かない人をさがしています…", "looking for gaps…").say(lang)):
            gaps = gaps_now(asked)
            divisions = dict.fromkeys(filter(None, (question.division, other)))
            areas = [areas_now(asked, one, target) for one in divisions]
    except InputError as error:
        with main:
            show_empty(Words("まだ数えられません", "cannot count yet"), outside(error.words), lang)
        return
    chosen = chosen_now(gaps)
    with main:
        show_failed(office)
        every = st.session_state.get("ga_every", False)
        _show_sentence(gaps, areas, question, lang)
        _show_map(asked, day, gaps, lang, every=bool(every))
    if chosen is not None:
        with pressed:
            show_chosen(office, gaps, question, chosen)
    with controls:
        _show_assumed(gaps, question, asked, lang)
    with below, st.container(key="beside"):
        if not gaps.table.empty:
            _show_places(office, gaps, question)
        _show_areas(areas, question, lang)
        show_files(office, gaps, areas, asked)


def _ask_other(divisions: tuple[str, ...], asked: Asked, lang: Lang) -> str:
    """Ask for another division to stand beside; "" for none."""
    others = [one for one in divisions if one not in (asked.division, WHOLE)]
    if not others:
        return ""
    options = ["", *others]
    words = {"": Words("なし", "none").say(lang)} | {one: one for one in others}
    linked = linked_choice("ga_other", "other", options, first="")
    return pick(Words("もう一つの区分", "Another division"), options, words, linked, lang, "")


def _show_sentence(gaps: Gaps, areas: list[AreaGaps], question: Question, lang: Lang) -> None:
    first, *more = say_worst(gaps, question)
    end = Words("。", ".").say(lang)
    targets = [say_target(one, question)[0] for one in areas if one.target]
    rest = [*more, *targets]
    lines = "<br>".join(entity(label(one, lang)) + end for one in rest)
    # A line may break behind a comma and nowhere else.
    parts = [
        f"<span class='nb'>{entity(one.rstrip(' '))}</span>{' ' if one.endswith(' ') else ''}"
        for one in _PARTS.split(first.say(lang) + end)
    ]
    told = _FIGURE.sub(r"<b class='gap'>\g<0></b>", "".join(parts))
    st.html(f"<p class='kz-read'>{told}</p><p class='kz-note'>{lines}</p>")


def _show_map(asked: Asked, day: Day, gaps: Gaps, lang: Lang, *, every: bool) -> None:
    numbered, chosen = len(gaps.table) if every else _FIRST, chosen_now(gaps)
    at = None if chosen is None else (float(chosen.lat), float(chosen.lon))

    def press(tap: Tap) -> None:
        if tap.layer == TAPPED:
            write_address({CHOSEN: tap.id})
        elif not tap.layer:
            write_address({CHOSEN: gap_at(gaps, day.built.plane, tap.lat, tap.lng)})

    show_map(
        town_map(day.town, named=False),
        gap_group(asked, answer_key(asked), gaps.small, numbered, chosen=at),
        key=f"gaps-{map_key()}", height=HEIGHT, lang=lang, on_tap=press, lifts=True,
    )  # fmt: skip
    st.html(gap_legend(lang))


def _show_places(office: Office, gaps: Gaps, question: Question) -> None:
    lang, count = office.lang, len(gaps.table)
    st.subheader(Words("届かない人の多い順", "Most people first").say(lang), anchor=False)
    switches = st.container(horizontal=True, gap="medium")
    every = count > _FIRST and switches.toggle(
        Words(f"全部の所を出す（{count}か所）", f"Show all {count} places").say(lang),
        persist_state="session", **linked_switch("ga_every", "every"),
    )  # fmt: skip
    table = switches.toggle(
        Words("わけを一つずつ列にした表", "A table with a column for each cause").say(lang),
        persist_state="session", **linked_switch("ga_table", "table"),
    )  # fmt: skip
    if table:
        st.html(gap_table(gaps, lang, most=None if every else _FIRST))
    show_places(office, gaps, question, most=_CARDS if every else _FIRST)
    if every and count > _CARDS and not table:
        more = Words(
            f"{_CARDS + 1}番からは、表とファイルにあります",
            f"from number {_CARDS + 1} on they are in the table and the files",
        )
        st.html(f"<p class='kz-note'>{more.say(lang)}</p>")


def _show_areas(areas: list[AreaGaps], question: Question, lang: Lang) -> None:
    title = Words("地区ごとの届かない人と、町の目標", "Out of reach by area, and the town's target")
    st.subheader(title.say(lang), anchor=False)
    longest = max(len(one.table) for one in areas)
    every = longest > _FIRST and st.toggle(
        Words("地区を全部出す", "Show all areas").say(lang), persist_state="session",
        **linked_switch("ga_areas", "areas"),
    )  # fmt: skip
    for place, found in zip(st.columns(len(areas)), areas, strict=True):
        lines = "<br>".join(entity(one.say(lang)) for one in say_target(found, question))
        place.html(target_table(found, lang, most=None if every else _FIRST))
        if lines:
            place.html(f"<p class='kz-note'>{lines}</p>")


def _show_assumed(gaps: Gaps, question: Question, asked: Asked, lang: Lang) -> None:
    lines = [*salon_words(asked), *say_beside(gaps, question), *gaps_mean(gaps)]
    body = "<br>".join(entity(words.say(lang)) for words in lines)
    head = Words("前提", "What this assumes").say(lang)
    st.html(f"<p class='kz-as'><b>{head}</b><br>{body}</p>")


show_page()
