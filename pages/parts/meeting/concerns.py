"""Concerns and their answers, as a council may see them (課題と答え)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.dates import parse_date, say_date
from geo.base.words import Words
from layers.maps.popup import entity
from pages.parts.frame.frame import label
from surveys.record.privacy import without_private
from surveys.record.risen import (
    LEVEL_WORDS,
    TYPE,
    answer_of,
    level_of,
    may_be_shown,
    meeting_of,
    steps_of,
    waits,
)
from surveys.store.listing import SiteQuery, each_site

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.words import Lang
    from surveys.record.site import Site
    from surveys.store.register import Register

ASKED: Final = Words(
    "課題は、どこまで上がり、何と答えがあったか",
    "How far has each concern risen, and what was answered?",
)
_SHOWN: Final = 6
_LONGEST: Final = 80


def shown_concerns(register: Register) -> list[Site]:
    """Return the concerns a council may see, those answered first, then the newest step (映せる課題)."""
    every = each_site(register, SiteQuery(types=(TYPE,), order="changed"))
    told = [one for one in every if may_be_shown(one.answers) and one.title]
    told.sort(key=_last_day, reverse=True)
    return sorted(told, key=lambda one: not answer_of(one.answers))


def show_concerns(concerns: Sequence[Site], lang: Lang) -> None:
    """Show title, level, state and answer of each; nothing of whose it is, nor what is private (課題を映す)."""
    body = "".join(_row(one, lang) for one in concerns[:_SHOWN])
    rest = len(concerns) - _SHOWN
    head = f"<th>{Words('課題', 'Concern').say(lang)}</th><th>{Words('層・ようす', 'Level, state').say(lang)}</th>"
    st.html(
        f"<table class='kz-table kz-council-table'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
    if rest > 0:
        more = Words(f"ほか {rest:,}件", f"{rest:,} more").say(lang)
        st.html(f"<p class='kz-council-note'>{more}</p>")


def _row(one: Site, lang: Lang) -> str:
    answers = one.answers
    level = level_of(answers)
    state = one.type.field("state").choice(str(answers.get("state") or ""))
    at = [
        label(LEVEL_WORDS[level], lang) if level else "",
        label(state.words, lang) if state else "",
    ]
    if waits(answers):
        at.append(Words("答え待ち", "waits for an answer").say(lang))
    small = []
    named = answers.get("area")
    areas = "、".join(_safe(str(one)) for one in named) if isinstance(named, list) else ""
    if areas:  # by area alone: where it stands on the map may tell whose it is
        small.append(Words(f"地区：{areas}", f"Area: {areas}").say(lang))
    meeting = _safe(meeting_of(answers))
    if meeting:
        small.append(Words(f"出た会議：{meeting}", f"Raised at: {meeting}").say(lang))
    answer = _safe(answer_of(answers))
    if answer:
        on = next((step.on for step in reversed(steps_of(answers)) if step.what == "answered"), "")
        day = (
            Words(
                f"（{say_date(parse_date(on), 'ja')}）", f" ({say_date(parse_date(on), 'en')})"
            ).say(lang)
            if on
            else ""
        )
        small.append(Words("答え", "Answer").say(lang) + day + Words("：", ": ").say(lang) + answer)
    below = "".join(f"<br><small>{entity(part)}</small>" for part in small)
    said = "<br>".join(entity(part) for part in at if part)
    return f"<tr><td>{entity(_safe(one.title))}{below}</td><td style='white-space:nowrap'>{said}</td></tr>"


def _safe(text: str) -> str:
    """Return a text as a council may read it: in one line, shortened, and of nobody."""
    plain = " ".join(without_private(text).split())
    return plain[:_LONGEST] + ("…" if len(plain) > _LONGEST else "")


def _last_day(one: Site) -> str:
    steps = steps_of(one.answers)
    return steps[-1].on if steps else ""
