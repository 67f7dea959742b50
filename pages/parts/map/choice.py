"""Which layers the map shows, as its address says (地図に出すものとアドレス)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.words import Words
from layers.layered.all import MAP_LAYERS, layers_of
from layers.layered.parts.declare import VIEWS
from layers.maps.town_map import GROUNDS
from pages.parts.question.picking import show_unread
from pages.parts.question.visit import is_come_back_to, visit_now, write_address

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from geo.base.words import Lang
    from geo.town import Town

PARTS: Final = ("view", "show", "borders", "closed", "ground", "at")
_KEPT: Final = "map:choice"
_FIRST_VIEW: Final = "meeting"
_NONE: Final = "none"  # an empty list is said, too: a reload must not bring the first view back


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What one looks at (地図に出すもの).

    Attributes
    ----------
    on
        Ids of layers, in their order.
    divisions
        Whose borders are drawn.
    closed
        Whether what was closed or removed is shown.
    ground
        An id of `layers.maps.town_map.GROUNDS`.
    at
        The sign or area whose card is open: ``site:…``, ``place:…``, ``area:…``; "" for none.
    """

    on: tuple[str, ...]
    divisions: tuple[str, ...]
    closed: bool = False
    ground: str = "town"
    at: str = ""

    @property
    def view(self) -> str:
        """The ready view that shows these very layers, "" for none (いまの見方)."""
        return next((id_ for id_ in VIEWS if layers_of(id_) == self.on), "")


def choice_now(town: Town, lang: Lang) -> Choice:
    """Return what is shown: the address's, else what this visit showed last, else the first view (いま出すもの)."""
    said = {name: st.query_params[name] for name in PARTS if name in st.query_params}
    visit: int | None
    kept: Choice | None
    visit, kept = st.session_state.get(_KEPT, (None, None))
    if not said and kept is not None and visit != visit_now() and not is_come_back_to():
        put_choice(kept, town)
        return kept
    found, faults = read_choice(said, town.divisions)
    for words in faults:
        show_unread(words, lang)
    st.session_state[_KEPT] = visit_now(), found
    return found


def put_choice(choice: Choice, town: Town) -> None:
    """Show something else from now on, and say it in the address (出すものを変える)."""
    st.session_state[_KEPT] = visit_now(), choice
    write_address({**dict.fromkeys(PARTS, ""), **say_choice(choice, town.divisions)})


def first_choice(divisions: Collection[str]) -> Choice:
    """Return what is shown where nothing is said (はじめに出すもの)."""
    return Choice(on=layers_of(_FIRST_VIEW), divisions=tuple(divisions)[:1])


def say_choice(choice: Choice, divisions: Collection[str]) -> dict[str, str]:
    """Return the parts the address has to say (アドレスの文字).

    `read_choice` makes the choice of them again.
    """
    first = first_choice(divisions)
    said: dict[str, str] = {}
    if choice.view and choice.on != first.on:
        said["view"] = choice.view
    elif not choice.view:
        said["show"] = ",".join(choice.on) or _NONE
    if choice.divisions != first.divisions:
        said["borders"] = ",".join(choice.divisions) or _NONE
    if choice.closed:
        said["closed"] = "on"
    if choice.ground != first.ground:
        said["ground"] = choice.ground
    if choice.at:
        said["at"] = choice.at
    return said


def read_choice(said: Mapping[str, str], divisions: Collection[str]) -> tuple[Choice, list[Words]]:
    """Return what an address shows, and why parts of it were not used (アドレスを読む)."""
    found, faults = first_choice(divisions), []

    def known(part: str, names: Iterable[str], text: str) -> tuple[str, ...]:
        asked = [] if text == _NONE else [one for one in text.split(",") if one]
        kept = tuple(one for one in names if one in asked)
        unknown = "・".join(one for one in asked if one not in kept)
        if unknown:
            faults.append(Words(f"{part} の「{unknown}」はありません", f"{part}: no {unknown!r}"))
        return kept

    if said.get("view"):
        chosen = known("view", VIEWS, said["view"])
        found = replace(found, on=layers_of(chosen[0])) if chosen else found
    if said.get("show"):
        found = replace(found, on=known("show", MAP_LAYERS, said["show"]))
    if said.get("borders"):
        found = replace(found, divisions=known("borders", divisions, said["borders"]))
    if said.get("ground"):
        grounds = known("ground", GROUNDS, said["ground"])
        found = replace(found, ground=grounds[0] if grounds else found.ground)
    return replace(found, closed=said.get("closed") == "on", at=said.get("at", "")), faults


def with_layer(choice: Choice, id_: str, *, on: bool) -> Choice:
    """Return the choice with a layer on or off; of layers that say one text, one alone is on (層を入れる)."""
    text = MAP_LAYERS[id_].exclusive
    wanted = {one for one in choice.on if one != id_}
    if on:
        wanted = {one for one in wanted if not text or MAP_LAYERS[one].exclusive != text} | {id_}
    return replace(choice, on=tuple(one for one in MAP_LAYERS if one in wanted))
