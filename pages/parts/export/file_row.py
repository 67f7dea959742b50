"""One file offered: what it is, what it is called, the button (ファイルの一行)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.base.words import Words
from geo.walk.walkers import CUSTOM

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.base.words import Lang
    from geo.coverage.question import Question


def show_file(
    head: Words, body: Words, make: Callable[[], str | bytes], name: str, mime: str, lang: Lang
) -> None:
    """Show a file with its button; it is made when the button is pressed (ファイルの一行を出す)."""
    with st.container(border=True, key=f"card_{name}"):
        text, button = st.columns([0.72, 0.28], vertical_alignment="center")
        text.html(f"<b>{head.say(lang)}</b><br><span class='kz-note'>{body.say(lang)}</span>")
        button.download_button(
            Words("書き出す", "Export").say(lang),
            make,
            file_name=name,
            mime=mime,
            key=f"get_{name}",
            width="stretch",
            on_click="ignore",
        )


def tag_of(question: Question) -> str:
    """Return the question as a part of a file's name (名前の中の問い)."""
    walker = CUSTOM if question.walker.id.startswith(CUSTOM) else question.walker.id
    parts = [question.division, question.people, question.within.text, walker]
    parts += [f"slope_{question.trip}"] if question.heights else []
    for name, metres in (("rest", question.rest_m), ("toilet", question.toilet_m)):
        parts += [] if metres is None else [f"{name}{metres:g}m"]
    told = {} if question.chosen is None else question.chosen.parts
    parts += [_chosen_tag(name, said) for name, said in told.items()]
    return "_".join(parts)


def _chosen_tag(name: str, said: object) -> str:
    if isinstance(said, list):
        return "-".join(map(str, said))
    return name if said is True else str(said)
