"""What the town that stands is made of, and what becomes of each part (いまの街のもと)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from geo.base.words import Words
from geo.sources.roles import ROLES
from layers.making.draft import changing
from layers.maps.popup import entity
from pages.parts.frame.office import now_text

if TYPE_CHECKING:
    from pathlib import Path

    from geo.base.words import Lang
    from geo.sources.recipe import SourceFile
    from layers.making.draft import Draft
    from layers.making.sources import Parts


def show_standing(folder: Path, draft: Draft, parts: Parts, lang: Lang) -> None:
    """Show each source of the town with what becomes of it, and let it be left out (いまのもと)."""
    with st.container(border=True, key="card_mk_standing"):
        st.subheader(
            Words("いまの街のもと", "What the town is made of now").say(lang), anchor=False
        )
        for number, source in enumerate((*parts.stays, *parts.goes)):
            _show_source(folder, draft, source, number, lang, goes=source in parts.goes)


def _show_source(
    folder: Path, draft: Draft, source: SourceFile, number: int, lang: Lang, *, goes: bool
) -> None:
    dropped = source.file in draft.dropped
    said, press = st.columns([0.75, 0.25], vertical_alignment="center")
    role = source.division or ROLES[source.role].words.say(lang)
    state = Words("外す", "left out") if dropped else Words("新しいものに替わる", "replaced")
    mark = f" <span class='kz-due'>{state.say(lang)}</span>" if goes else ""
    more = "　".join(filter(None, (source.name, source.date, source.licence)))
    said.html(
        f"<b>{entity(role)}</b>{mark}<br><span class='kz-note' style='overflow-wrap:anywhere'>"
        f"{entity(source.file.rsplit('/', 1)[-1])}　{entity(more)}</span>"
    )
    if goes and not dropped:
        return
    words = Words("戻す", "Put back") if dropped else Words("外す", "Leave out")
    if press.button(words.say(lang), key=f"mk_stand_{number}_{dropped}", width="stretch"):
        with changing(folder, now_text()) as held:
            left = [one for one in held[0].dropped if one != source.file]
            held[0] = replace(held[0], dropped=tuple(left if dropped else [*left, source.file]))
        st.rerun()
