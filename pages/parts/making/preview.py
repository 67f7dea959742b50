"""The town before it is built: what was given, in one picture (下見)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.words import Words
from geo.sources.roles import ROLES
from layers.making.sketch import draw, sketch_of
from layers.maps.popup import entity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geo.base.words import Lang
    from layers.making.choose import Chosen

_WIDTH, _HEIGHT = 1040, 520
_SIGNS: Final = {
    "border": "border:2px solid #17325F", "division": "background:#E6ECF5;border:1px solid #8B8677",
    "streets": "border-top:2px solid #8B8677;height:0", "sites": "background:#B8431A;border-radius:50%",
    "addresses": "background:#8B8677;border-radius:50%",
}  # fmt: skip


def show_preview(folder: Path, chosen: Sequence[Chosen], lang: Lang) -> None:
    """Show where everything that will be used lies (下見の地図)."""
    used = [one for one in chosen if one.state == "used" and one.use is not None]
    placed = [one for one in used if one.use is not None and one.use.id in _SIGNS]
    if not placed:
        return
    with st.spinner(Words("下見の図をかいています…", "drawing the preview…").say(lang)):
        sketches = [(one.use.id, sketch_of(folder, one)) for one in placed if one.use is not None]
        art = draw(sketches, None, width=_WIDTH, height=_HEIGHT)
    if not art:
        return
    with st.container(border=True, key="card_mk_preview"):
        st.subheader(Words("つくる前の下見", "Before it is made").say(lang), anchor=False)
        alt = Words(
            "置いたファイルを重ねた図。北が上", "The files, one over the other; north is up"
        )
        st.html(
            f"<img src=\"{art}\" alt='{alt.say(lang)}' width='{_WIDTH}' height='{_HEIGHT}' "
            "style='width:100%;height:auto;border:1px solid #DCD6C8'>"
        )
        st.html(f"<div class='kz-legend'>{_legend(used, lang)}</div>")


def _legend(used: Sequence[Chosen], lang: Lang) -> str:
    items = []
    for one in used:
        assert one.use is not None  # noqa: S101 - only what is used comes here
        sign = _SIGNS.get(one.use.id)
        name = one.division or ROLES[one.use.id].words.say(lang)
        said = f"{entity(name)} {entity(one.use.found.say(lang))}" if sign is None else entity(name)
        mark = f"<i style='display:inline-block;width:16px;height:12px;{sign}'></i>" if sign else ""
        items.append(f"<span style='white-space:normal'>{mark}{said}</span>")
    return "".join(dict.fromkeys(items))
