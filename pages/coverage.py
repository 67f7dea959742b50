"""徒歩圏カバー: how many can walk to a salon, and where the gaps are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Lang, Words
from layers.maps.coverage_map import coverage_group
from layers.maps.legend import coverage_legend, people_legend, rest_note
from layers.maps.town_map import map_key, town_map
from layers.pictures.figures import (
    COVERAGE_STRAIGHT,
    COVERAGE_TITLE,
    coverage_figure,
    coverage_title,
)
from layers.served.answers import answer, answer_band, answer_key, day_for, town_on
from layers.surveyed.areas import area_at
from pages.parts.coverage.areas import show_area, show_areas, show_why
from pages.parts.coverage.assumptions import show_assumptions
from pages.parts.coverage.next_steps import show_benches, show_surveys
from pages.parts.coverage.sentence import show_sentence
from pages.parts.coverage.since_look import show_since_look
from pages.parts.export.file_row import tag_of
from pages.parts.frame.declared import Page
from pages.parts.frame.frame import ask_question, begin_page, show_empty, split_page
from pages.parts.frame.linked import linked_switch
from pages.parts.frame.office import address, button_link
from pages.parts.frame.picture import PICTURE, offer_meeting, show_picture
from pages.parts.frame.show_map import show_map
from pages.parts.frame.where_link import show_where_link
from pages.parts.question.visit import write_address

if TYPE_CHECKING:
    from geo.analysis.band import Band
    from geo.coverage.coverage import Coverage
    from geo.town import Town
    from layers.asked import Asked
    from pages.parts.frame.show_map import Tap

PAGE = Page(
    id="coverage", words=Words("徒歩圏カバー", "Walking reach"), group="think", order=10,
    straight=Words("直線で届く人", "Straight-line reach"),
    kinds=("site", "look"), types=("salon",),
)  # fmt: skip
HEIGHT = 470
_STREETS: Final = Words("届く道を出す", "Show streets within reach")
_CIRCLES: Final = Words("直線の円を出す", "Show straight-line circles")
_AREA: Final = "area:"  # as 地図 has it in its address
READS = ("at", "streets", "order", "figures", "more", "every", "why", "why_area", PICTURE)


def show_page() -> None:
    """Show the page (画面)."""
    town, lang = begin_page(COVERAGE_TITLE, straight=COVERAGE_STRAIGHT, reads=READS)
    if town.salons.empty:
        show_empty(
            Words("通いの場が、まだ入っていません", "there is no salon yet"),
            Words(
                "「取りこみ」に通いの場の一覧（名称・緯度・経度）を置くか、「記録する」で1つずつ書いてください。",
                "Drop a list of salons (name, latitude, longitude) on “Bring in”, or write them one by one.",
            ),
            lang,
        )
        button_link(address("imports", lang), Words("通いの場を取りこむ", "Bring salons in"), lang)
        return
    if not town.cells["people_all"].any():
        show_empty(
            Words("この街には、人口が入っていません", "this town has no people"),
            Words(
                f"何人が{'直線で近いか' if town.streetless else '歩いて通えるか'}は、年齢別の人口の表を入れて街を"
                "つくり直すと数えられます。通いの場と地区は、「地図」で見られます。",
                f"How many {'have one near in a straight line' if town.streetless else 'can walk there'} is "
                "counted once the town is made anew with a table of people by age. The map shows salons "
                "and areas.",
            ),
            lang,
        )
        show_where_link(lang)
        return
    controls, main, below = split_page()
    with controls, st.container(key="controls"):
        asked = ask_question(town, lang)
        streets = st.toggle(
            (_CIRCLES if town.streetless else _STREETS).say(lang),
            persist_state="session",
            **linked_switch("q_streets", "streets", first=True),
        )
    try:
        with main, st.spinner(_say_wait(asked).say(lang)):
            coverage = answer(asked)
            band = answer_band(asked) if asked.band else None
    except InputError as error:
        with main:
            show_empty(Words("まだ数えられません", "cannot count yet"), outside(error.words), lang)
        return
    town = town_on(asked)
    # The map has a place of its own: whatever comes or goes above would have it made anew.
    over, place = main.container(), main.container()
    with over:
        show_sentence(asked, coverage, band, lang)
        if not asked.on:
            show_since_look(lang)
    with place:
        _show_map(town, coverage, asked, lang, streets=streets)
    with controls:
        show_assumptions(town, asked, coverage, lang)
        offer_meeting(lang)
    # Beside the map where there is room (`streamlit.css`).
    title = coverage_title(straight=town.streetless)
    with below, st.container(key="beside"):
        _show_below(town, asked, coverage, band, lang)
        show_picture(
            lambda: coverage_figure(day_for(asked), coverage, title, lang, band),
            f"{town.name}_{tag_of(coverage.question)}", lang,
        )  # fmt: skip


def _say_wait(asked: Asked) -> Words:
    if asked.band:
        return Words("悪い方と良い方を数えています…", "walking the streets at best and at worst…")
    if asked.with_stops:
        return Words("休みながら行ける道を調べています…", "walking the streets from rest to rest…")
    return Words("届く人を数えています…", "counting who is within reach…")


@st.fragment
def _show_map(town: Town, coverage: Coverage, asked: Asked, lang: Lang, *, streets: bool) -> None:
    areas = town.division(coverage.question.division)["area_id"].astype(str).tolist()

    def press(tap: Tap) -> None:
        row = area_at(town, coverage.question.division, tap.lng, tap.lat)
        write_address({"at": "" if row is None else f"{_AREA}{areas[row]}"})

    show_map(
        town_map(town, named=False),
        coverage_group(asked, answer_key(asked), lang, streets=streets),
        key=f"coverage-{map_key()}", height=HEIGHT, lang=lang, on_tap=press,
    )  # fmt: skip
    ringed = coverage.left_out["sites_off_network"] > 0
    st.html(
        coverage_legend(lang, streets=streets, asked=asked, ringed=ringed, straight=town.streetless)
    )
    if asked.with_stops:
        st.html(people_legend(lang, asked=asked, squares=False))
        st.html(rest_note(asked, lang))
    at = st.query_params.get("at", "").removeprefix(_AREA)
    row = areas.index(at) if at in areas else None
    # Over the controls, beside the map; upright over its lower part (`streamlit.css`).
    with st.container(key="areacard"):
        show_area(asked, coverage, row, lang)
        if row is not None and st.button(
            "✕", key="q_shut", help=Words("閉じる", "Close").say(lang)
        ):
            write_address({"at": ""})
            st.rerun(scope="fragment")


@st.fragment
def _show_below(
    town: Town, asked: Asked, coverage: Coverage, band: Band | None, lang: Lang
) -> None:
    show_areas(coverage, lang)
    show_why(asked, coverage, lang)
    if asked.rest:
        show_benches(town, asked, coverage, lang)
    if band is not None:
        show_surveys(town, coverage, band, lang)


show_page()
