"""まちをつくる: a town from the files an office has, without a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.own_folder import holds_town
from layers.making.choose import choose
from layers.making.cities import city_of, name_of, told_cities
from layers.making.draft import read_draft
from layers.making.matching import leave_waiting, match_parts
from layers.making.partly import say_cover
from layers.making.sources import join_parts, standing_recipe
from layers.making.work import read_work
from layers.maps.popup import entity
from layers.served.register import register_now
from layers.served.town import town_folder
from pages.parts.frame.declared import Page
from pages.parts.frame.frame import begin_words, show_empty
from pages.parts.making.building import show_build, show_building
from pages.parts.making.city import ask_city
from pages.parts.making.editions import show_editions
from pages.parts.making.files import ask_files, show_files
from pages.parts.making.finished import show_ended
from pages.parts.making.home import show_home
from pages.parts.making.missing import say_lead, show_missing
from pages.parts.making.preview import show_preview
from pages.parts.making.standing import show_standing
from surveys.store.listing import count_types

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geo.base.municipal.listed import Listed
    from geo.base.words import Lang
    from geo.sources.people_match import Matched
    from layers.making.choose import Chosen
    from layers.making.draft import Draft
    from layers.making.sources import Parts

PAGE = Page(id="make", words=Words("まちをつくる", "Make a town"), group="town", order=81)
TITLE: Final = Words("どんな街をつくるか", "What town is to be made?")


def show_page() -> None:
    """Show the page (画面)."""
    _, lang = begin_words(TITLE)
    try:
        folder = town_folder()
    except InputError as error:
        show_empty(Words("街がまだありません", "there is no town yet"), outside(error.words), lang)
        return
    work = read_work(folder)
    if work.state == "building":
        show_building(folder, work, lang)
    elif work.state != "none":
        show_ended(folder, work, lang)
    if work.state in ("none", "failed", "stopped", "fetched"):
        _show_steps(folder, lang, failed=work.state == "failed" and work.doing == "build")
    show_home(folder, lang)


def _show_steps(folder: Path, lang: Lang, *, failed: bool) -> None:
    """Show what to say and to give, in any order; each step stands as it was left."""
    try:
        standing = standing_recipe(folder)
    except InputError as error:
        st.html(f"<p class='kz-note'>{entity(outside(error.words).say(lang))}</p>")
        standing = None
    draft = read_draft(folder)
    city = city_of(draft, standing.name if standing is not None else "")
    chosen = choose(draft, city)
    parts = join_parts(draft, chosen, standing)
    stands = holds_town(folder)
    matched = _matched(folder, draft, parts, city, lang)
    used = leave_waiting(parts, matched)
    say_lead(
        used,
        draft,
        city,
        lang,
        stands=stands,
        failed=failed,
        waiting=len(used.new) < len(parts.new),
    )
    ask_city(folder, draft, city, lang, standing=standing)
    ask_files(folder, lang)
    show_files(folder, chosen, matched, lang)
    if standing is not None:
        show_standing(folder, draft, parts, lang)
        show_editions(folder, lang)
    salons = _has_salons(parts, chosen, stands=stands)
    show_missing(folder, draft, used, city, lang, salons=salons)
    show_preview(folder, chosen, lang)
    show_build(folder, draft, used, city, lang, stands=stands)


def _has_salons(parts: Parts, chosen: Sequence[Chosen], *, stands: bool) -> bool:
    """Say whether a list of 通いの場 is among the files, or the register has one."""
    given = any(one.use is not None and one.use.id == "salon" for one in chosen)
    listed = stands and bool(count_types(register_now()).get("salon"))
    return given or listed or "sites" in parts.roles()


def _matched(
    folder: Path, draft: Draft, parts: Parts, city: Listed | None, lang: Lang
) -> dict[str, Matched]:
    if city is None and told_cities(draft.files):
        return {}  # first whose files they are
    words = Words("ファイルを合わせています…", "matching the files…")
    with st.spinner(words.say(lang)):
        name = name_of(draft, city, "")
        return match_parts(folder, parts, name) | say_cover(folder, parts, name)


show_page()
