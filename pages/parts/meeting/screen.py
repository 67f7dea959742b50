"""One screen of a meeting: large type, one question, one map, and the way on (会議の一画面)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.words import Words
from layers.maps.base_map import asset_address
from layers.maps.icons import svg_data_uri
from layers.maps.legend import join_items
from layers.maps.popup import entity
from layers.pictures.area_map import draw_area_map
from layers.pictures.look import NUMBERED
from pages.parts.coverage.sentence import draw_line
from pages.parts.frame.frame import no_markdown
from pages.parts.frame.picture import ground_now
from pages.parts.frame.show_map import mount_part
from pages.parts.meeting.steps import go, leave

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.base.words import Lang
    from layers.pictures.figure import Figure

# As the picture for a slide has it: the same map, the same size of letters.
_WIDE, _HIGH, _SCALE = 1180.0, 930.0, 1.6
_PREFIX: Final = "mt_"


def show_screen(
    figure: Figure,
    at: int,
    count: int,
    lang: Lang,
    more: Callable[[], None] | None = None,
    *,
    short: bool = True,
) -> None:
    """Show a figure as large as a wall needs it, with the buttons that lead on (画面に映す).

    Parameters
    ----------
    at, count
        The number of this screen from 1, and of how many.
    more
        What stands below the sentence, where there is anything.
    short
        Whether a long table is cut: nobody reads ten rows from the back of a room.
    """
    with st.container(key="council"):
        words, picture = st.columns(2)
    with words:
        with st.container(key="mt_words"):
            st.title(no_markdown(figure.title.say(lang)), anchor=False)
            _show_words(figure, lang, short=short)
            if more is not None:
                more()
        _show_bar(at, count, lang)
    with picture:
        _show_map(figure, lang)
    mount_part("mt_keys", {"module": asset_address("kayoi/kayoi_meeting.js"), "prefix": _PREFIX})


def _show_words(figure: Figure, lang: Lang, *, short: bool) -> None:
    if figure.lines:
        lines = "<br>".join(draw_line(one) for one in figure.lines)
        st.html(f"<p class='kz-read'>{lines}</p>")
    if figure.heads is not None and figure.rows:
        st.html(_table(figure, lang, short=short))
    if figure.notes:
        notes = "<br>".join(entity(one.say(lang)) for one in figure.notes)
        st.html(f"<p class='kz-council-note'>{notes}</p>")


def _table(figure: Figure, lang: Lang, *, short: bool) -> str:
    """Return the short table; of a whole one who records it stands below what is to be done."""
    first, second = ("", "") if figure.heads is None else (one.say(lang) for one in figure.heads)
    colon = Words("：", ": ").say(lang)
    body = ""
    for mark, name, told in figure.rows[:NUMBERED] if short else figure.rows:
        below = "" if short else f"<small>{entity(second + colon + told)}</small>"
        figures = f"<td class='n'>{entity(told)}</td>" if short else ""
        kind = " class='gap'" if mark else ""
        body += (
            f"<tr{kind}><td><b>{entity(mark)}</b></td><td>{entity(name)}{below}</td>{figures}</tr>"
        )
    head = f"<th></th><th>{entity(first)}</th>" + (
        f"<th class='n'>{entity(second)}</th>" if short else ""
    )
    return (
        f"<table class='kz-table kz-council-table'><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )


def _show_map(figure: Figure, lang: Lang) -> None:
    ((_, drawn),) = figure.maps
    name = figure.title.say(lang)
    svg = draw_area_map(
        drawn, width_px=_WIDE, height_px=_HIGH, lang=lang, ground=ground_now(), scale=_SCALE,
        window_m=figure.window_m, spoken=name,
    )  # fmt: skip
    foot = "<br>".join(entity(one) for one in (figure.assumed.say(lang), figure.credits))
    st.html(
        f"<div class='kz-council-map'><img alt='{entity(name)}' src='{svg_data_uri(svg)}'>"
        f"{join_items(figure.legend, lang)}<p class='kz-as'>{foot}</p></div>"
    )


def _show_bar(at: int, count: int, lang: Lang) -> None:
    with st.container(key="mt_bar"):
        out, back, on = st.columns([0.24, 0.34, 0.42])
    out.button(
        Words("もどる", "Leave").say(lang), key=f"{_PREFIX}leave", width="stretch", on_click=leave
    )
    back.button(
        Words("前へ", "Back").say(lang), key=f"{_PREFIX}back", width="stretch", disabled=at <= 1,
        on_click=go, args=(-1,),
    )  # fmt: skip
    on.button(
        Words(f"次へ（{at}／{count}）", f"Next ({at} of {count})").say(lang), key=f"{_PREFIX}next",
        width="stretch", type="primary", disabled=at >= count, on_click=go, args=(1,),
    )  # fmt: skip
