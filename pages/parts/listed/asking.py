"""What a list is asked for: its widgets, which live in the address (一覧でさがす)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from geo.base.marks import shown
from geo.base.words import Words
from layers.cards.list_area import find_area, find_division, place_query
from layers.cards.list_asked import offered
from layers.cards.list_query import (
    AREA,
    FIELD,
    RANGE,
    dump_query,
    parse_area,
    parse_query,
)
from pages.parts.frame.frame import label
from pages.parts.frame.linked import quiet
from pages.parts.listed.bound import ALL, bound, one_of
from pages.parts.listed.more import ask_more, say_more
from pages.parts.question.visit import write_address
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from geo.base.words import Lang
    from pages.parts.frame.office import Office
    from surveys.store.listing import SiteQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the list shows (一覧の条件).

    Attributes
    ----------
    query
        With the shapes of the town.
    area
        Division and id of the area asked for, and its name.
    division
        Whose areas are told.
    """

    query: SiteQuery
    area: tuple[tuple[str, str], str] | None
    division: str
    first: bool

    @property
    def text(self) -> str:
        """The question as a query string (アドレスの文字列)."""
        return dump_query(
            self.query, self.area[0] if self.area else None, "" if self.first else self.division
        )


def ask_list(office: Office, counts: dict[str, int]) -> Wanted:
    """Ask what the list shows, and read it from the address (条件をきく).

    Raises
    ------
    InputError
        When the address asks for what is not known: a list that silently asked less would show
        too much.
    """
    lang = office.lang
    with quiet("filters"):
        words, kinds, areas = st.columns([0.4, 0.28, 0.32])
        words.text_input(
            Words("ことばでさがす", "Search").say(lang), max_chars=200,
            placeholder=Words("名前・住所・内容・曜日・番号", "name, address, content, day, no.").say(lang),
            **bound("l_words", "q", first="", read=str, say=str),
        )  # fmt: skip
        with kinds:
            _ask_kind(counts, lang)
        with areas:
            _ask_area(office, lang)
        type_ = RECORD_TYPES.get(st.query_params.get("type", ""))
        with st.expander(say_more(type_).say(lang)):
            ask_more(office, type_, list(counts), lang)
    params = st.query_params.to_dict()
    asked, (_, name) = parse_area(params), find_area(office.town, params)
    division = find_division(office.town, params)
    return Wanted(
        query=place_query(office.town, parse_query(params), params),
        area=(asked, name) if asked else None,
        division=division,
        first=division == office.town.divisions[0],
    )


def _ask_kind(counts: dict[str, int], lang: Lang) -> None:
    # Without their counts: those of the sentence below follow the other filters too.
    names = {ALL: Words("すべて", "All").say(lang)}
    names |= {id_: label(one.words, lang) for id_, one in RECORD_TYPES.items() if id_ in counts}
    several = st.query_params.get("type", "")  # of a link somebody made
    ids = several.split(",")
    if several not in names and all(id_ in RECORD_TYPES for id_ in ids):
        names[several] = "・".join(label(RECORD_TYPES[id_].words, lang) for id_ in ids)
    found = bound("l_type", "type", first=ALL, read=one_of(list(names)), say=str)
    write = found["on_change"]

    def change() -> None:
        write()
        type_ = RECORD_TYPES.get(st.query_params.get("type", ""))
        asked = {one.key for one in offered(type_)} if type_ else set()
        left = [
            name for name in st.query_params
            if name.startswith((FIELD, RANGE)) and name.partition(".")[2] not in asked
        ]  # fmt: skip
        write_address(dict.fromkeys(left, ""))

    found["on_change"] = change
    kind = Words("種類", "Kind").say(lang)
    st.selectbox(kind, list(names), format_func=names.__getitem__, **found)


def _ask_area(office: Office, lang: Lang) -> None:
    division = find_division(office.town, st.query_params.to_dict())
    areas = {ALL: Words("どこでも", "Anywhere").say(lang)}
    for _, row in office.town.division(division).iterrows():
        areas[f"{division}/{row['area_id']}"] = str(row["area_name"])
    st.selectbox(
        Words("地区", "Area").say(lang), list(areas), format_func=lambda id_: shown(areas[id_]),
        **bound("l_area", AREA, first=ALL, read=one_of(list(areas)), say=str),
    )  # fmt: skip
