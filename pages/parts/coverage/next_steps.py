"""What to do next: one bench more, streets to look at (次にすること)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.base.words import Words
from layers.cards.bench_table import bench_table, survey_table
from layers.maps.popup import entity
from layers.served.answers import best_benches

if TYPE_CHECKING:
    from geo.analysis.band import Band
    from geo.base.words import Lang
    from geo.coverage.coverage import Coverage
    from geo.town import Town
    from layers.asked import Asked


def show_benches(town: Town, asked: Asked, coverage: Coverage, lang: Lang) -> None:
    """Show where one more bench would bring most people within reach (ベンチを1つ置くなら)."""
    st.subheader(Words("ベンチを1つ置くなら", "If one bench were put").say(lang), anchor=False)
    with st.spinner(Words("置く所を比べています…", "trying places…").say(lang)):
        benches = best_benches(asked)
    if benches.empty:
        none = Words(
            "ベンチを1つ置くだけで届くようになる人は、いません。",
            "No single bench would bring anybody within reach.",
        )
        _note([none], lang)
        return
    st.html(bench_table(town, coverage.question.division, benches, lang))
    lines = [
        Words(
            "そこに1つだけ置いたときに、新しく届くようになる人数です。2か所の人数は、足し算できません。",
            "How many more people one bench just there would bring within reach. Two places' "
            "figures do not add up.",
        ),
        Words(
            "いま分かっている休む所だけをもとにしています。置く前に、現地を見てください。",
            "It goes by the rests that are known: look at the place before a bench is put.",
        ),
    ]
    if asked.toilet:
        lines.append(
            Words(
                "トイレの決まりは、ここでは考えていません。", "The rule of toilets is left aside."
            )
        )
    if asked.trip in ("worse", "round"):
        lines.append(
            Words("行きの道で数えています。", "Counted on the way there."),
        )
    _note(lines, lang)


def show_surveys(town: Town, coverage: Coverage, band: Band, lang: Lang) -> None:
    """Show the streets whose survey would narrow the band most (見て歩くと数字がはっきりする道)."""
    title = Words("見て歩くと数字がはっきりする道", "Streets to survey that make the figures surer")
    st.subheader(title.say(lang), anchor=False)
    if band.streets.empty:
        none = Words(
            "見て歩いても、数字の変わる道はありません。",
            "No street's survey would change the figures.",
        )
        _note([none], lang)
        return
    st.html(survey_table(town, coverage.question.division, band.streets, lang))
    lines = [
        Words(
            "低い方では届かず、高い方では届く人のうち、いちばん近い道がそこを通る人数です。"
            "同じ人が、いくつもの道を通ります。",
            "Of the people within reach at the high end only, those whose nearest way passes "
            "there; one person passes many streets.",
        ),
        Words(
            "踏査を計画する地図にも、茶色の太い線で出ます。",
            "The map of planning a walk shows them too, as broad brown lines.",
        ),
    ]
    _note(lines, lang)


def _note(lines: list[Words], lang: Lang) -> None:
    text = "<br>".join(entity(words.say(lang)) for words in lines)
    st.html(f"<p class='kz-note'>{text}</p>")
