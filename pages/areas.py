"""地区シート: the sheets of areas, or of a shape drawn by hand, to print and to hand over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words, count_in_english
from geo.town import WHOLE
from layers.areas.figures import row_of
from layers.areas.now import shared_for_shape, shared_of
from layers.maps.popup import entity
from layers.pdf.areas import ids_in_order, places_in_order
from layers.served.answers import answer_stamp, day_for, salon_words
from layers.served.clock import today_in_japan
from layers.served.town import town_folder
from layers.served.walking import day_now
from pages.parts.frame.declared import Page
from pages.parts.frame.frame import ask_question, begin_page, pick, show_empty, split_page
from pages.parts.frame.linked import linked_choice
from pages.parts.frame.office import address, button_link
from pages.parts.frame.where_link import show_make_link, show_where_link
from pages.parts.sheets.choice import AREAS, choice_now, show_choosing
from pages.parts.sheets.making import make_sheets, show_button, show_made
from pages.parts.sheets.paper import READS as PAPER_READS
from pages.parts.sheets.paper import ask_paper
from pages.parts.sheets.rows import show_rows
from pages.parts.sheets.shape import (
    CORNERS,
    NAME,
    ask_file,
    ask_name,
    drawn_now,
    show_drawing,
    show_faults,
)

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from geo.base.words import Lang
    from geo.town import Town
    from layers.areas.place import Place
    from layers.areas.sheets import Shared
    from layers.asked import Asked
    from pages.parts.sheets.choice import Choice
    from pages.parts.sheets.paper import Paper
    from pages.parts.sheets.shape import Drawn

PAGE = Page(
    id="areas", words=Words("地区シート", "Area sheets"), group="give", order=85,
    kinds=("site",),
)  # fmt: skip
TITLE: Final = Words("どの地区の紙をつくるか", "Which areas' sheets are made?")
READS: Final = (AREAS, "mode", CORNERS, NAME, "find", *PAPER_READS)
_MODES: Final = {
    "areas": Words("地区から", "Areas"), "shape": Words("形をかく", "Draw a shape"),
}  # fmt: skip
_LOOK: Final = Words("1枚めを見る", "See the first")
_LOOK_ONE: Final = Words("画面で見る", "See it")
_HIDING: Final = Words(
    "伏せる数を決めています…（地区が多いと1分ほど）",
    "deciding which counts are masked… (a minute where areas are many)",
)
_COUNTING: Final = Words("届く人を数えています…", "counting who is within reach…")
_ONE_AREA: Final = Words(
    "地区の分け方がまだないので、街ぜんたいで1枚です。一部だけの紙は「形をかく」でつくれます。",
    "There is no division yet, so the whole town is one sheet; draw a shape for a part of it.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """The page's head: the place of the first sheet's link, that of what was made, the press."""

    first: DeltaGenerator
    ready: DeltaGenerator
    pressed: bool


def show_page() -> None:
    """Show the page (画面)."""
    town, lang = begin_page(TITLE, reads=READS)
    if not _is_ready(town, lang):
        return
    controls, main, below = split_page()
    with controls, st.container(key="controls"):
        modes = {one: words.say(lang) for one, words in _MODES.items()}
        kept = linked_choice("sh_mode", "mode", modes, first="areas")
        mode = pick(Words("紙にするもの", "What is printed"), [*modes], modes, kept, lang, "areas")
        paper = ask_paper(town, lang, several=mode == "areas")
        asked = replace(ask_question(town, lang), band="")
    show = _show_shape if mode == "shape" else _show_areas
    try:
        show(town, asked, paper, main, below, lang)
    except InputError as error:
        with main:
            show_empty(Words("まだつくれません", "cannot be made yet"), outside(error.words), lang)
        return
    with controls:
        _show_assumed(asked, paper, lang)


def _is_ready(town: Town, lang: Lang) -> bool:
    """Say whether there is anything to tell of an area; else show what is missing."""
    if town.salons.empty:
        show_empty(
            Words("通いの場が、まだ入っていません", "there is no salon yet"),
            Words(
                "「取りこみ」で通いの場の一覧を入れるか、「記録する」で1つずつ書くと、地区シートをつくれます。",
                "Bring a list of salons in, or record them: then sheets are made.",
            ),
            lang,
        )
        button_link(address("imports", lang), Words("通いの場を取りこむ", "Bring salons in"), lang)
        return False
    if not town.cells["people_all"].any():
        show_empty(
            Words("この街には、人口が入っていません", "this town has no people"),
            Words(
                "地区シートは、年齢別の人口の表を入れて街をつくり直すと、つくれます。",
                "Sheets are made once the town is made anew with a table of people by age.",
            ),
            lang,
        )
        show_make_link(lang)
        show_where_link(lang)
        return False
    return True


def _shared(asked: Asked, paper: Paper) -> Shared:
    return shared_of(
        day_now().told, town_folder(), asked, audience=paper.audience, compare=paper.compare, beside=paper.beside,
        today=today_in_japan(),
    )  # fmt: skip


def _show_areas(
    town: Town, asked: Asked, paper: Paper, main: DeltaGenerator, below: DeltaGenerator, lang: Lang
) -> None:
    division = asked.division or town.divisions[0]
    with main:
        choice = choice_now(town, division, lang)
        of = repr((asked, paper, choice.chosen, division, lang, *answer_stamp(asked)))
        head = _show_head(_say_count(choice, paper), len(choice.chosen), lang)
        show_made(head.ready, of, lang)
        show_choosing(town, asked, choice, lang)
        if town.divisions == (WHOLE,):
            st.html(f"<p class='kz-note'>{_ONE_AREA.say(lang)}</p>")
            show_make_link(lang)
    with below, st.container(key="beside"):
        waiting = _HIDING if paper.audience == "council" else _COUNTING
        with st.spinner(waiting.say(lang)):
            shared = _shared(asked, paper)
            _ = shared.run.coverage(), shared.run.masks
        show_rows(shared, choice, paper, asked, lang)
    if choice.chosen:
        id_ = ids_in_order(shared, choice.chosen, paper.order)[0]
        place = f"/print/area/{quote(id_, safe='')}?{paper.query(asked)}&lang={lang}"
        with head.first:
            button_link(place, _LOOK if len(choice.chosen) > 1 else _LOOK_ONE, lang, new_tab=True)
    if head.pressed:
        places = places_in_order(shared, choice.chosen, paper.order)
        what = places[0].name if len(places) == 1 else division
        make_sheets(head.ready, shared, places, paper, what=what, of=of, lang=lang)
        show_made(head.ready, of, lang)


def _show_shape(
    town: Town, asked: Asked, paper: Paper, main: DeltaGenerator, below: DeltaGenerator, lang: Lang
) -> None:
    file = st.session_state.get("sh_shape")
    with main:
        drawn = drawn_now(town, file)
    division = asked.division or town.divisions[0]
    with below, st.container(key="beside"):
        name = ask_name(lang, file)
        ask_file(lang)
    of = repr((asked, paper, drawn.mark, name, lang, *answer_stamp(asked)))
    with main:
        count = int(drawn.shape is not None)
        said = _say_sheets(count, paper)
        head = _show_head(said, count, lang)
        show_made(head.ready, of, lang)
        show_faults(drawn, lang)
        show_drawing(town, asked, division, drawn, lang)
        if drawn.shape is None:
            return
        waiting = _HIDING if paper.audience == "council" else _COUNTING
        with st.spinner(waiting.say(lang)):
            shared, place = _of_shape(asked, paper, drawn, name, of)
            _show_people(shared, place, lang)
    if head.pressed:
        make_sheets(head.ready, shared, [place], paper, what=name, of=of, lang=lang)
        show_made(head.ready, of, lang)


def _of_shape(asked: Asked, paper: Paper, drawn: Drawn, name: str, of: str) -> tuple[Shared, Place]:
    """Return what a shape's sheet is made of, held while nothing else is asked."""
    held = st.session_state.get("sh_shared")
    if held is None or held[0] != of:
        made = shared_for_shape(
            day_now().told, town_folder(), asked, drawn.shape, name, audience=paper.audience,
            compare=paper.compare, beside=paper.beside, today=today_in_japan(),
        )  # fmt: skip
        held = st.session_state["sh_shared"] = (of, made)
    shared: Shared = held[1]
    place = shared.run.drawn
    if place is None:
        raise ValueError("a shape's sheet has no shape")
    return shared, place


def _show_people(shared: Shared, place: Place, lang: Lang) -> None:
    row = row_of(shared.run, place)
    lines = [
        Words(f"形の中の人 {row.say('people', 'ja')}", f"people in it {row.say('people', 'en')}"),
        Words(f"届かない人 {row.say('outside', 'ja')}", f"out of reach {row.say('outside', 'en')}"),
    ]
    said = "　".join(f"<span class='nb'>{entity(one.say(lang))}</span>" for one in lines)
    st.html(f"<p class='kz-note'><b>{entity(place.name)}</b>　{said}</p>")


def _show_head(said: Words, count: int, lang: Lang) -> _Head:
    """Show what will be made, and the press that makes it."""
    with st.container(key="sh_head"):
        st.html(f"<p class='kz-read'>{said.say(lang)}</p>")
        first = st.empty()
        pressed = show_button(count, lang)
    return _Head(first=first, ready=st.container(), pressed=pressed)


def _say_sheets(count: int, paper: Paper) -> Words:
    if not count:
        return Words("形ができると、1枚つくれます。", "One sheet is made once there is a shape.")
    pages = paper.count_pages(count)
    return Words(
        f"<span class='nb'><b>{count:,}</b>枚</span>"
        f"<span class='nb'>（{paper.size}で、およそ {pages:,}ページ）</span>",
        f"<b>{count:,}</b> sheet{'s' if count > 1 else ''} ({paper.size}, about {count_in_english(pages, 'page')})",
    )


def _say_count(choice: Choice, paper: Paper) -> Words:
    count, every = len(choice.chosen), len(choice.ids)
    if not count:
        return Words(
            "まだ1つも選んでいません。地図か一覧で選んでください。",
            "No area is chosen: choose some on the map or in the list.",
        )
    said = _say_sheets(count, paper)
    if count == every:
        return said
    return Words(
        f"<span class='nb'>{every:,}地区のうち</span> {said.ja}", f"{said.en} of {every:,} areas"
    )


def _show_assumed(asked: Asked, paper: Paper, lang: Lang) -> None:
    # What they say of people is not masked: for a council the salons alone.
    lines = day_for(asked).say_salons() if paper.audience == "council" else salon_words(asked)
    body = "<br>".join(entity(words.say(lang)) for words in lines)
    head = Words("前提", "What this assumes").say(lang)
    st.html(f"<p class='kz-as'><b>{head}</b><br>{body}</p>")


show_page()
