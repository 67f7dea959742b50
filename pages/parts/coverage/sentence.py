"""The sentence above the map, and what the figure would be otherwise (地図の上の文)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from geo.base.words import Words
from layers.cards.area_table import say_share
from layers.maps.legend import say_lacking
from layers.maps.popup import entity
from layers.served.answers import answer
from pages.parts.frame.frame import people_words

if TYPE_CHECKING:
    from geo.analysis.band import Band
    from geo.base.words import Lang
    from geo.coverage.coverage import Coverage
    from layers.asked import Asked


def share_within(coverage: Coverage) -> float:
    """Return the share of the people on the network within reach, NaN of nobody (届く割合)."""
    outside = coverage.share_outside
    return float("nan") if outside is None else 1.0 - outside


def share_without_rests(coverage: Coverage) -> float:
    """Return the share within reach if every walk had its rests, NaN of nobody (休む所を考えない割合)."""
    totals = coverage.totals
    known = totals["within"] + totals["outside"]
    return (totals["within"] + totals["no_rest"]) / known if known else float("nan")


def show_sentence(asked: Asked, coverage: Coverage, band: Band | None, lang: Lang) -> None:
    """Show the sentence a council reads aloud, and the line of comparison (読み上げる文)."""
    st.html(f"<p class='kz-read'>{_sentence(asked, coverage, band, lang)}</p>")
    lines = say_otherwise(asked, coverage)
    if lines:
        head = Words("同じ範囲で、", "The same range: ").say(lang)
        text = Words("・", " · ").say(lang).join(words.say(lang) for words in lines)
        st.html(f"<p class='kz-note'>{entity(head + text)}</p>")


def _sentence(asked: Asked, coverage: Coverage, band: Band | None, lang: Lang) -> str:
    totals, question = coverage.totals, coverage.question
    known = totals["within"] + totals["outside"]
    who, within = people_words(question.people, lang), _say_range(coverage).say(lang)
    share = say_share(share_within(coverage), "en").removesuffix("%")
    how = _say_rules(coverage)
    spread = _say_band(band).say(lang) if band is not None else ""
    outside = say_share(1.0 - share_within(coverage), lang)
    lacking = say_lacking(asked)
    if lang == "ja":
        text = (
            f"<span class='nb'>{who}の</span> <span class='nb'><b>{known:,}<small>人</small></b> のうち、</span>"
            f"<span class='nb'><b>{share}<small>％</small></b></span>"
            f"<span class='nb'>{spread} は、</span>{how.ja}"
            f"<span class='nb'>徒歩{within}以内に</span><span class='nb'>通いの場があります。</span><br>"
            f"<span class='nb'>{'そうした' if how.ja else f'徒歩{within}以内に'}通いの場がない{who}：</span>"
            f"<span class='nb'><b class='gap'>{totals['outside']:,}<small>人</small></b>（{outside}）</span>"
        )
        if lacking is not None:
            text += (
                f"<br><span class='nb'>このうち、{lacking.ja}届く人：</span>"
                f"<span class='nb'><b class='rest'>{totals['no_rest']:,}<small>人</small></b></span>"
            )
        return text
    text = (
        f"Of <b>{known:,}</b> people ({who}), <b>{share}%</b>{spread} have a salon within {within} "
        f"on foot{how.en}.<br><b class='gap'>{totals['outside']:,}</b> ({outside}) do not."
    )
    if lacking is not None:
        text += f"<br><b class='rest'>{totals['no_rest']:,}</b> of them would {lacking.en}."
    return text


def _say_range(coverage: Coverage) -> Words:
    words = coverage.question.within.words
    if not coverage.question.heights:
        return words
    return Words(f"{words.ja}（平地換算）", f"{words.en} (flat-equivalent)")


def _say_rules(coverage: Coverage) -> Words:
    """Return the rules of rests and toilets as a part of the sentence, as HTML."""
    question = coverage.question
    rules = [
        Words(f"{name.ja}{metres:.0f}mごと", f"{name.en} every {metres:.0f} m")
        for name, metres in (
            (Words("座れる所が", "a seat"), question.rest_m),
            (Words("トイレが", "a toilet"), question.toilet_m),
        )
        if metres is not None
    ]
    if not rules:
        return Words("", "")
    spans = "、".join(f"<span class='nb'>{rule.ja}</span>" for rule in rules)
    return Words(
        f"{spans}<span class='nb'>にある道で、</span>",
        " along streets with " + " and ".join(rule.en for rule in rules),
    )


def _say_band(band: Band) -> Words:
    low, high = share_within(band.bad), share_within(band.good)
    one, other = f"{100 * low:.1f}", f"{100 * high:.1f}"
    return Words(
        f"（わからない所しだいで {one}〜{other}％）", f" ({one}–{other}%, by what is not known)"
    )


def say_otherwise(asked: Asked, coverage: Coverage) -> list[Words]:
    """Return the share without slopes, without the rules, without both (入れないときの割合)."""
    lines = []
    plain = replace(asked, slopes="", trip="", band="")
    if asked.slopes:
        share = share_within(answer(plain))
        lines.append((Words("坂を入れないと", "without slopes"), share))
    if asked.with_stops:
        what = Words("休む所を考えないと", "without the rule of rests")
        if not asked.rest:
            what = Words("トイレを考えないと", "without the rule of toilets")
        elif asked.toilet:
            what = Words("休む所とトイレを考えないと", "without the rules of rests and toilets")
        lines.append((what, share_without_rests(coverage)))
    if asked.slopes and asked.with_stops:
        share = share_without_rests(answer(plain))
        lines.append((Words("どちらも入れないと", "without either"), share))
    return [
        Words(f"{what.ja} {say_share(share, 'ja')}", f"{what.en} {say_share(share, 'en')}")
        for what, share in lines
    ]
