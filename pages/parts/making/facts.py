"""When a file is of, and what is to be printed with it (いつのもので、どこのものか)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.dates import parse_date, say_date
from geo.base.problems import InputError
from geo.base.text import tidy
from geo.base.words import Words
from layers.inspected.written_day import written_day
from layers.making.draft import changing
from pages.parts.frame.office import now_text

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from geo.base.words import Lang
    from layers.making.draft import Given

_LONGEST: Final = 200
_ASKED: Final = {
    "date": Words("いつのものか（令和8年4月1日 など）", "As of (2026-04-01)"),
    "name": Words("資料の名前（画面と紙の「出典」に出ます）", "Its name (printed as the source)"),
    "credit": Words(
        "書くことになっている一行（クレジット）", "The line that must be printed (credit)"
    ),
    "licence": Words("利用条件（CC BY 4.0 など）", "Terms (CC BY 4.0)"),
}


def ask_facts(folder: Path, given: Given, lang: Lang) -> None:
    """Ask for a file's day, name, credit and terms, folded (出典を書く)."""
    told = given.facts
    said_day = _say(told.get("date", ""), lang)
    head = Words("いつのもの・出典を書く", "Write its day and source")
    if said_day:
        head = Words(f"{head.ja}（{said_day}）", f"{head.en} ({said_day})")
    elif (day := written_day(given.seen)) is not None:
        _offer_day(folder, given, day, lang)
    with st.expander(head.say(lang)):
        said = {}
        for (id_, words), column in zip(
            _ASKED.items(), (*st.columns(2), *st.columns(2)), strict=True
        ):
            shown = said_day if id_ == "date" else told.get(id_, "")
            said[id_] = column.text_input(
                words.say(lang), value=shown, max_chars=_LONGEST, key=f"mk_{id_}_{given.id}_{lang}"
            )
    found = {id_: _read(id_, tidy(text or "")) for id_, text in said.items()}
    if found != {id_: told.get(id_, "") for id_ in _ASKED}:
        with changing(folder, now_text()) as held:
            held[0] = held[0].with_file(replace(given, facts={**told, **found}))
        st.rerun()


def _offer_day(folder: Path, given: Given, day: date, lang: Lang) -> None:
    """Offer the day that is written in the file itself: a press, since it may be of something else."""
    words = Words(
        f"「{say_date(day, 'ja')}現在」と書いてあります。この日のものとする",
        f"It says “as of {say_date(day, 'en')}”: take it as its day",
    )
    if st.button(words.say(lang), key=f"mk_day_{given.id}", width="stretch"):
        with changing(folder, now_text()) as held:
            facts = {**given.facts, "date": day.isoformat()}
            held[0] = held[0].with_file(replace(given, facts=facts))
        st.session_state.pop(f"mk_date_{given.id}_{lang}", None)
        st.rerun()


def _read(id_: str, text: str) -> str:
    """Return a day as ISO text where it is one; a year or anything else as it was written."""
    if id_ == "date" and text:
        with suppress(InputError):
            return parse_date(text).isoformat()
    return text


def _say(date: str, lang: Lang) -> str:
    if not date:
        return ""
    with suppress(InputError):
        return say_date(parse_date(date), lang)
    return date
