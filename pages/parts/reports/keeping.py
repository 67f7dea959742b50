"""What is written into a report, kept by a press, and never over another's unseen (報告に書いたことを残す)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from pages.parts.frame.frame import no_markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from geo.base.words import Lang


def keep(
    what: Callable[[int], object],
    lang: Lang,
    *,
    place: str,
    newest: int,
    forget: Iterable[str] = (),
) -> None:
    """Do what a press asks, say so, and draw the page anew; or say why it was refused (残す).

    Parameters
    ----------
    what
        Told the version that was seen; refuses where there is a newer.
    place
        Names the widgets the press is of: what was seen is remembered by it (`seen_at`).
    newest
        The version there is now. Once refused it counts as seen: it stands on the page.
    forget
        Keys of widgets that are drawn anew.
    """
    try:
        what(seen_at(place, newest))
    except InputError as error:
        st.session_state[_key(place)] = newest
        st.error(no_markdown(outside(error.words).say(lang)))
        return
    for key in (_key(place), *forget):
        st.session_state.pop(key, None)
    st.toast(Words("残しました", "Kept").say(lang))
    st.rerun()


def seen_at(place: str, newest: int) -> int:
    """Return the version that was there when widgets were first drawn (見ていた版)."""
    seen: int = st.session_state.setdefault(_key(place), newest)
    return seen


def _key(place: str) -> str:
    return f"{place}:seen"
