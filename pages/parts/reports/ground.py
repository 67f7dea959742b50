"""Needs beside resources on the map, area by area (課題と資源の地図)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.words import Words, count_in_english
from layers.day.unmet import unmet_of
from layers.maps.needs_map import needs_group, needs_legend
from layers.maps.popup import entity
from layers.maps.town_map import map_key, town_map
from layers.surveyed.areas import area_at
from pages.parts.frame.office import link
from pages.parts.frame.show_map import show_map
from pages.parts.question.visit import write_address
from surveys.record.service_kinds import KIND_WORDS

if TYPE_CHECKING:
    from geo.base.words import Lang
    from layers.day.unmet import Unmet
    from pages.parts.frame.office import Office
    from pages.parts.frame.show_map import Tap
    from pages.parts.reports.asked import AskedReport
    from surveys.reports.parts.made import Paper

_AT: Final = "on"
_HEIGHT: Final = 440
_PRESS: Final = Words(
    "地区を押すと、その地区の課題と資源が出ます。",
    "Press an area to see its concerns and resources.",
)


def show_ground(office: Office, asked: AskedReport, paper: Paper) -> None:
    """Show the map of unmet needs, and the area that was pressed (地図を出す)."""
    lang, town = office.lang, office.town
    names = [str(one) for one in town.division(asked.division)["area_name"]]
    unmet = unmet_of(paper, names)
    version = hashlib.blake2b(repr(unmet).encode(), digest_size=8).hexdigest()

    def press(tap: Tap) -> None:
        row = area_at(town, asked.division, tap.lng, tap.lat)
        write_address({_AT: "" if row is None else names[row]})

    show_map(
        town_map(town, named=False), needs_group(asked.division, version),
        key=f"needs-{map_key()}", height=_HEIGHT, lang=lang, on_tap=press,
    )  # fmt: skip
    st.html(needs_legend(lang))
    at = st.query_params.get(_AT, "")
    one = next((each for each in unmet if each.area == at), None)
    if one is None:
        st.html(f"<p class='kz-note'>{_PRESS.say(lang)}</p>")
        return
    with st.container(border=True, key="card_needs"):
        st.html(_card(one, asked, lang))


def _card(one: Unmet, asked: AskedReport, lang: Lang) -> str:
    here = {"form": asked.report.id, "areas": asked.division, _AT: one.area}
    lines = []
    for kind, words in KIND_WORDS.items():
        needs, resources = one.needs[kind], one.resources[kind]
        if not needs and not resources:
            continue
        said = Words(
            f"課題 {needs}件・資源 {resources}件",
            f"{count_in_english(needs, 'concern')}, {count_in_english(resources, 'resource')}",
        )
        way = link("reports", said.say(lang), lang, **here, cell=f"needs/{one.area}/{kind}")
        lacks = (
            f"　<b class='gap'>{Words('資源がない', 'nothing there').say(lang)}</b>"
            if kind in one.kinds
            else ""
        )
        lines.append(f"<p class='kz-todo'><span>{entity(words.say(lang))}　{way}{lacks}</span></p>")
    none = Words("課題も資源も、まだありません。", "Neither concerns nor resources yet.").say(lang)
    return f"<h3 class='kz-head'>{entity(one.area)}</h3>{''.join(lines) or none}"
