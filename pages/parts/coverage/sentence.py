"""The sentence above the map, and what the figure would be otherwise (地図の上の文)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from geo.base.words import Words
from geo.say.sentence import lines_of, say_share
from layers.maps.popup import entity
from layers.served.answers import answer_totals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.analysis.band import Band
    from geo.base.words import Lang
    from geo.coverage.coverage import Coverage
    from geo.say.sentence import Line, Part
    from layers.asked import Asked


def share_within(totals: Mapping[str, int], *, without_rests: bool = False) -> float:
    """Return the share of those on the network within reach, NaN of nobody (届く割合).

    Parameters
    ----------
    totals
        Of a `geo.coverage.coverage.Coverage`.
    without_rests
        Whether every walk is taken to have its rests.
    """
    known = totals["within"] + totals["outside"]
    if not known:
        return float("nan")
    if not without_rests:
        return 1.0 - totals["outside"] / known  # as `geo.say.sentence.share_within`
    return (totals["within"] + totals["no_rest"]) / known


def show_sentence(asked: Asked, coverage: Coverage, band: Band | None, lang: Lang) -> None:
    """Show the sentence a council reads aloud, and the line of comparison (読み上げる文)."""
    lines = lines_of(coverage, lang, band)
    st.html(f"<p class='kz-read'>{'<br>'.join(draw_line(line) for line in lines)}</p>")
    others = say_otherwise(asked, coverage)
    if others:
        head = Words("同じ範囲で、", "The same range: ").say(lang)
        text = Words("・", " · ").say(lang).join(words.say(lang) for words in others)
        st.html(f"<p class='kz-note'>{entity(head + text)}</p>")


def draw_line(line: Line) -> str:
    """Return a line of the sentence as HTML: figures large, no break inside a part (文を描く)."""
    return "".join(_draw(part) for part in line)


def _draw(part: Part) -> str:
    text, unit = entity(part.text), entity(part.unit)
    if not part.mark:
        # An English part begins or ends with its own blank: it breaks there as any text does.
        return text if part.text.isascii() else f"<span class='nb'>{text}</span>"
    name = "gap" if part.mark == "missed" else part.mark  # both are people the town must not forget
    kind = "" if name == "figure" else f" class='{name}'"
    small = f"<small>{unit}</small>" if unit else ""
    return f"<span class='nb'><b{kind}>{text}{small}</b></span>"


def say_otherwise(asked: Asked, coverage: Coverage) -> list[Words]:
    """Return the share without slopes, without the rules, without both (入れないときの割合)."""
    lines = []
    plain = replace(asked, slopes="", trip="", band="")
    if asked.slopes:
        share = share_within(answer_totals(plain))
        lines.append((Words("坂を入れないと", "without slopes"), share))
    if asked.with_stops:
        what = Words("休む所を考えないと", "without the rule of rests")
        if not asked.rest:
            what = Words("トイレを考えないと", "without the rule of toilets")
        elif asked.toilet:
            what = Words("休む所とトイレを考えないと", "without the rules of rests and toilets")
        lines.append((what, share_within(coverage.totals, without_rests=True)))
    if asked.slopes and asked.with_stops:
        share = share_within(answer_totals(plain), without_rests=True)
        lines.append((Words("どちらも入れないと", "without either"), share))
    return [
        Words(f"{what.ja} {say_share(share, 'ja')}", f"{what.en} {say_share(share, 'en')}")
        for what, share in lines
    ]
