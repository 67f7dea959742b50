"""The question of a visit and the one in the page's address: one question (問いとアドレス)."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from geo.tables.tables import PEOPLE
from geo.town import check_age
from layers.asked import Asked, check_asked, read_asked
from layers.served.clock import today_in_japan
from pages.parts.question.picking import show_unread
from pages.parts.question.question import asked_before, put_asked
from pages.parts.question.visit import is_come_back_to, visit_now, write_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.base.words import Lang
    from geo.town import Town

PARTS: Final = tuple(one.name for one in fields(Asked))
_SAID: Final = "address:said"  # the question as the address had it: the visit, its parts
_ASKED: Final = "address:asked"  # the question as it was asked then
_FAULTS: Final = "address:faults"
_NO_RELIEF: Final = Words(
    "この街には高さのデータがないので、坂と階段は入れられません",
    "this town has no heights, so slopes and steps cannot be counted",
)


def settle_question(town: Town, lang: Lang) -> None:
    """Make the visit's question and the address's one; say what of the address was not used (問いを合わせる).

    At the beginning of every page. What an address asks is stronger than what was asked on
    another page; a page the navigation opened, which drops the address, puts the visit's question
    into its own. A widget that was changed since is written as one step.
    """
    kept = st.session_state
    said = {name: st.query_params[name] for name in PARTS if name in st.query_params}
    visit, seen = kept.get(_SAID, (visit_now() - 1, {}))
    opened = not said and visit != visit_now() and not is_come_back_to()
    if said != seen and not opened:
        asked, kept[_FAULTS] = read_said(said, town, today_in_japan())
        put_asked(asked)
        kept[_ASKED] = asked_before(town)
    now = asked_before(town)
    if opened or now != kept.get(_ASKED, now):
        said, kept[_FAULTS] = said_of(now, town), []
        write_address({**dict.fromkeys(PARTS, ""), **said})
    kept[_SAID], kept[_ASKED] = (visit_now(), said), now
    for words in kept.get(_FAULTS, ()):
        show_unread(words, lang)


def question_said() -> dict[str, str]:
    """Return the parts of the question as links between our own pages carry them (つなぎの問い)."""
    return dict(st.session_state.get(_SAID, (0, {}))[1])


def first_asked(town: Town) -> Asked:
    """Return what is asked where nothing is said (はじめの問い)."""
    return replace(read_asked({}), division=town.divisions[0])


def said_of(asked: Asked, town: Town) -> dict[str, str]:
    """Return the parts an address has to say, those that are as they first stand left out (アドレスの文字).

    What `layers.asked.read_asked` makes of them is the question again.
    """
    first = asdict(first_asked(town))
    return {name: text for name, text in asdict(asked).items() if text and text != first[name]}


def read_said(said: Mapping[str, str], town: Town, today: str) -> tuple[Asked, list[Words]]:
    """Return the question of an address, and why parts of it were not used (アドレスの問いを読む).

    Parameters
    ----------
    today
        A later day cannot be asked of.
    """
    found, faults = first_asked(town), []
    for name in PARTS:
        if not said.get(name):
            continue
        try:
            found = _check(replace(found, **{name: said[name]}), town, today)
        except InputError as error:
            faults.append(outside(error.words))
    return found, faults


def _check(asked: Asked, town: Town, today: str) -> Asked:
    check_asked(asked, town, today)
    if asked.division not in town.divisions:
        raise InputError(
            Words(
                f"地区の分け方「{asked.division}」は、この街にありません",
                f"this town has no areas called {asked.division!r}",
            )
        )
    if asked.people not in PEOPLE:
        check_age(town, asked.people)
    if asked.slopes and town.relief is None:
        raise InputError(_NO_RELIEF)
    return asked
