"""どこに増やすか: one more salon, and what each real place alone would bring."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from geo.say.siting import say_beyond, say_gain, siting_means
from geo.say.straight import say_flattered
from geo.tables.tables import each_row
from geo.town import check_people
from layers.asked import make_question
from layers.day.candidate_kinds import CANDIDATE_KINDS, GIVEN, KIND_SIGNS, KIND_WORDS
from layers.maps.browser_layers import site_layer
from layers.maps.moved_legend import siting_legend
from layers.maps.near_layers import NearSign, near_group
from layers.maps.popup import entity
from layers.maps.town_map import map_key, town_map
from layers.pictures.figures import SITING_TITLE, siting_figure
from layers.served.answers import answer_key, day_for, salon_words
from layers.served.plans import gains_now
from pages.parts.frame.declared import Page
from pages.parts.frame.frame import asked_before, show_empty, split_page
from pages.parts.frame.linked import linked_switch
from pages.parts.frame.office import address, begin_office, button_link
from pages.parts.frame.picture import show_picture
from pages.parts.frame.show_map import show_map
from pages.parts.plans.kept import begin_with, show_failed
from surveys.record.plan import Change

if TYPE_CHECKING:
    from geo.analysis.siting import Gains
    from geo.base.words import Lang
    from geo.coverage.question import Question
    from layers.asked import Asked
    from layers.day.day import Day
    from pages.parts.frame.office import Office

PAGE = Page(
    id="siting", words=Words("どこに増やすか", "Where to add"), group="think", order=16,
    kinds=("site",), types=("salon",),
)  # fmt: skip
TITLE: Final = SITING_TITLE
HEIGHT: Final = 430
_FIRST: Final = 10
_NO_PLACE: Final = Words("通いの場にできそうな所が、見つかりません", "no place to meet was found")
_TELL: Final = Words(
    "集会所・公園・店などを地図から、貸し出しのある会場を記録からさがします。"
    "公園は、カルテに座れる所とトイレがあると候補になります。",
    "Halls, parks and shops are taken from the map, venues that are lent from the records; a park "
    "needs a seat and a toilet on record.",
)


def show_page() -> None:
    """Show the page (画面)."""
    office = begin_office(TITLE)
    lang, asked = office.lang, asked_before(office.town)
    day = day_for(asked)
    question = day.as_asked(make_question(asked, day.built))
    controls, main, below = split_page()
    with controls, st.container(key="controls"):
        kinds = _ask_kinds(lang)
    try:
        check_people(day.built, question)
        with main, st.spinner(Words("一か所ずつ数えています…", "trying each place…").say(lang)):
            found, gains = gains_now(asked, kinds)
    except InputError as error:
        with main:
            show_empty(Words("まだ数えられません", "cannot count yet"), outside(error.words), lang)
        return
    with main:
        show_failed(office)
        if gains is None:
            show_empty(_NO_PLACE, _TELL, lang)
            return
        _show_map(asked, day, gains, lang)
    with controls:
        _show_assumed(asked, gains, found.say(), lang)
    with below, st.container(key="beside"):
        _show_list(office, question, gains)
        show_picture(
            lambda: siting_figure(day, gains, question, TITLE, lang),
            f"{office.town.name}_siting", lang,
        )  # fmt: skip


def _ask_kinds(lang: Lang) -> tuple[str, ...]:
    """Ask which kinds of places are tried; all at first, and not those nobody can name here."""
    st.html(
        f"<p class='kz-note'><b>{Words('どんな所をためすか', 'Places to try').say(lang)}</b></p>"
    )
    offered = [one for one in CANDIDATE_KINDS if one in KIND_SIGNS]
    on = [
        one
        for one in offered
        if st.toggle(
            KIND_WORDS[one].say(lang).capitalize(), persist_state="session",
            help=CANDIDATE_KINDS[one].where.say(lang),
            **linked_switch(f"si_{one}", one, first=True),
        )
    ]  # fmt: skip
    return tuple(on) or tuple(one for one in offered if one != GIVEN)


def _show_map(asked: Asked, day: Day, gains: Gains, lang: Lang) -> None:
    rows = [row for row in each_row(gains.table.head(_FIRST)) if row.on_network]
    signs = [
        NearSign(id=row.candidate_id, kind=KIND_SIGNS[row.kind], at_m=(row.x_m, row.y_m),
                 number=row.rank, chosen=False)
        for row in rows
    ]  # fmt: skip
    group = near_group(day.built.plane, None, signs, [])
    which = urlencode({"kind": "salon", **asked.salons})
    url = f"/answer/sites.geojson?{which}&v={answer_key(asked)}"
    site_layer(url, "salon").add_to(group)
    if rows:
        question = day.as_asked(make_question(asked, day.built))
        lines = [say_gain(gains, rows[0], question, KIND_WORDS), *say_flattered(question)]
        text = "<br>".join(entity(one.say(lang)) for one in lines)
        st.html(f"<p class='kz-read'>{text}</p>")
    if (beyond := say_beyond(gains)) is not None:
        told, way = st.columns([0.68, 0.32], vertical_alignment="center")
        told.html(f"<p class='kz-note'>{entity(beyond.say(lang))}{Words('。', '.').say(lang)}</p>")
        with way:
            button_link(
                address("plans", lang), Words("検討案で足してみる", "Try one in Plans"), lang
            )
    show_map(
        town_map(day.town, named=False, outlined=True),
        group,
        key=f"siting-{map_key()}",
        height=HEIGHT,
        lang=lang,
    )
    st.html(siting_legend(lang))


def _show_list(office: Office, question: Question, gains: Gains) -> None:
    lang = office.lang
    st.subheader(Words("ふえる人の多い順", "The largest gain first").say(lang), anchor=False)
    every = len(gains.table)
    shown = gains.table
    if every > _FIRST:
        words = Words(f"全部の候補を出す（{every}か所）", f"Show all {every} places")
        if not st.toggle(
            words.say(lang), persist_state="session", **linked_switch("si_every", "every")
        ):
            shown = gains.table.head(_FIRST)
    for row in each_row(shown):
        _show_row(office, question, gains, row)


def _show_row(office: Office, question: Question, gains: Gains, row: Any) -> None:  # noqa: ANN401
    lang = office.lang
    with st.container(border=True, key=f"card_si_{row.rank}"):
        text, press = st.columns([0.74, 0.26], vertical_alignment="center")
        text.html(
            f"<p class='kz-note'>{entity(say_gain(gains, row, question, KIND_WORDS).say(lang))}</p>"
        )
        if row.on_network and press.button(
            Words("検討案にする", "Make it a plan").say(lang), key=f"si_plan_{row.rank}",
            width="stretch",
        ):  # fmt: skip
            change = Change(do="add", at=(row.lon, row.lat), name=str(row.name)[:80])
            plan = begin_with(office, str(row.name), change)
            if plan is None:
                st.rerun()
            params = {"plan": f"{plan.id}.{plan.number}"} if plan else {}
            st.switch_page(
                "pages/plans.py",
                query_params=params | ({"lang": lang} if lang == "en" else {}),
            )


def _show_assumed(asked: Asked, gains: Gains, found: list[Words], lang: Lang) -> None:
    lines = [*found, *siting_means(gains), *salon_words(replace(asked, band=""))]
    body = "<br>".join(entity(words.say(lang)) for words in lines)
    head = Words("前提", "What this assumes").say(lang)
    st.html(f"<p class='kz-as'><b>{head}</b><br>{body}</p>")


show_page()
