"""What the figure assumes, always open beside it (前提)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.base.words import Words
from geo.say.assumptions import say_assumptions
from layers.maps.popup import entity
from layers.served.answers import measured_words, rest_facts, salon_words

if TYPE_CHECKING:
    from geo.base.words import Lang
    from geo.coverage.coverage import Coverage
    from geo.town import Town
    from layers.asked import Asked


def show_assumptions(town: Town, asked: Asked, coverage: Coverage, lang: Lang) -> None:
    """Show what the figure assumes, a line each (前提を出す)."""
    lines = say_assumptions(
        town,
        coverage,
        salons=salon_words(asked),
        rests=rest_facts(asked) if asked.with_stops else None,
        measured=measured_words(asked),
        band=bool(asked.band),
    )
    head = Words("前提", "What this assumes").say(lang)
    body = "<br>".join(entity(words.say(lang)) for words in lines)
    st.html(f"<p class='kz-as'><b>{head}</b><br>{body}</p>")
