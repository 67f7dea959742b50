"""Which municipality the town is of, typed by name, kana or code (市区町村を選ぶ)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.marks import shown
from geo.base.municipal.listed import LISTED_ON, listed, municipality_of
from geo.base.text import tidy
from geo.base.words import Words
from layers.making.cities import told_cities
from layers.making.draft import changing
from pages.parts.frame.frame import no_markdown
from pages.parts.frame.office import now_text

if TYPE_CHECKING:
    from pathlib import Path

    from geo.base.municipal.listed import Listed
    from geo.base.words import Lang
    from geo.sources.recipe import Recipe
    from layers.making.draft import Draft

_KEY: Final = "mk_city"
_NAME_KEY: Final = "mk_name"
_LONGEST: Final = 60
_FEW: Final = 4


def ask_city(
    folder: Path, draft: Draft, city: Listed | None, lang: Lang, *, standing: Recipe | None
) -> None:
    """Ask for the municipality and the town's name (どこの街か)."""
    with st.container(border=True, key="card_mk_city"):
        st.subheader(Words("どこの街か", "Which municipality").say(lang), anchor=False)
        left, right = st.columns(2, vertical_alignment="bottom")
        codes, at = [one.code for one in listed()], city.code if city is not None else ""
        chosen = left.selectbox(
            Words("市区町村（漢字・かな・番号でさがせます）", "Municipality (name, kana or code)").say(lang),
            codes, index=codes.index(at) if at else None, key=f"{_KEY}_{at}",
            format_func=_say_city, placeholder=Words("選ぶ", "Choose").say(lang),
        )  # fmt: skip
        usual = standing.name if standing is not None else (city.name if city is not None else "")
        name = right.text_input(
            Words("街の名前（画面と紙に出ます）", "The town's name (on screens and papers)").say(lang),
            value=draft.name or usual, key=f"{_NAME_KEY}_{at}", max_chars=_LONGEST,
        )  # fmt: skip
        if city is not None and not draft.city and standing is None:
            words = Words(
                f"ファイルから見て、{city.full_name}としました。ちがうときは選び直してください。",
                f"By its files taken to be {city.full_name}; choose another if it is not.",
            )
        else:
            day = LISTED_ON
            words = Words(
                f"一覧は{day.year}年{day.month}月{day.day}日のもの（1,741市区町村）。",
                f"The list is of {day:%Y-%m-%d} (1,741 municipalities).",
            )
        st.html(f"<p class='kz-note'>{words.say(lang)}</p>")
        if city is None:
            _ask_told(folder, draft, lang)
    own = tidy(name or "")
    own = "" if own == usual else own
    picked = chosen or ""
    guessed = not draft.city and city is not None and picked == city.code
    if (picked != draft.city and not guessed) or own != draft.name:
        with changing(folder, now_text()) as held:
            held[0] = replace(held[0], city="" if guessed else picked, name=own)
        st.rerun()


def _ask_told(folder: Path, draft: Draft, lang: Lang) -> None:
    """Let one of the municipalities that the files name be chosen by a press."""
    told = told_cities(draft.files)[:_FEW]
    if not told:
        return
    words = Words(
        "いくつかの街のファイルがまじっています。どこの街をつくりますか。",
        "The files are of several municipalities. Which one is to be made?",
    )
    st.html(f"<p><b>{words.say(lang)}</b></p>")
    for one, column in zip(told, st.columns(_FEW), strict=False):
        if column.button(no_markdown(one.full_name), key=f"mk_told_{one.code}", width="stretch"):
            with changing(folder, now_text()) as held:
                held[0] = replace(held[0], city=one.code)
            st.rerun()


def _say_city(code: str) -> str:
    one = municipality_of(code)
    return code if one is None else shown(f"{one.full_name}（{one.kana}）{one.code}")
