"""The areas' figures: the table, and the card of the area pressed on the map (区域の数字)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.base.words import Words
from geo.export.facts import WHY_MEANS
from geo.say.sentence import say_lacking, say_share
from geo.say.sentences import NO_STREETS
from geo.say.why import WHY_TITLE, say_why, say_why_area
from geo.tables.tables import each_row
from layers.cards.area_table import (
    FIRST_MORE,
    ORDERS,
    area_table,
    more_measures,
    say_more,
)
from layers.maps.coverage_map import count_gaps
from layers.maps.popup import entity
from layers.served.answers import answer_why
from pages.parts.frame.frame import label, pick
from pages.parts.frame.linked import linked_choice, linked_switch

if TYPE_CHECKING:
    from geo.base.words import Lang
    from geo.coverage.coverage import Coverage
    from geo.measures.measure import Measure
    from layers.asked import Asked

FEW = 12
_ON_CARD = "area_card_shows"  # the measure on the open card


def chosen_measure(coverage: Coverage) -> Measure:
    """Return the further measure last chosen, or minutes (選んだもう一つの数字)."""
    offered = more_measures(coverage)
    return offered.get(str(st.session_state.get("q_more"))) or offered[FIRST_MORE]


def show_area(asked: Asked, coverage: Coverage, row: int | None, lang: Lang) -> None:
    """Show one area's figures (区域のカード)."""
    st.session_state[_ON_CARD] = None
    if row is None:
        return
    area, more = coverage.areas.iloc[row], chosen_measure(coverage)
    st.session_state[_ON_CARD] = more.id
    lines = [
        Words(f"届く人 {int(area['within']):,}人", f"within reach {int(area['within']):,}"),
        Words(f"届かない人 {int(area['outside']):,}人", f"out of reach {int(area['outside']):,}"),
    ]
    if area["no_people"]:
        lines[:] = [Words("人口のデータなし", "people: no data")]
    if area["no_streets"]:
        lines.insert(0, NO_STREETS)
    lacking = say_lacking(seat=bool(asked.rest), toilet=bool(asked.toilet))
    if lacking is not None:
        count = f"{int(area['no_rest']):,}"
        lines.append(
            Words(
                f"うち{lacking.ja}届く人 {count}人", f"of these, within reach {lacking.en} {count}"
            )
        )
    lines += [
        Words(
            f"道につながらない人 {int(area['off_network']):,}人",
            f"off the network {int(area['off_network']):,}",
        ),
        Words(
            f"届く割合 {say_share(area['share'], 'ja')}", f"share {say_share(area['share'], 'en')}"
        ),
    ]
    ja, en = say_more(area, more, "ja"), say_more(area, more, "en")
    lines += [
        Words(f"{head.ja} {ja[column]}", f"{head.en} {en[column]}")
        for column, head in more.heads.items()
    ]
    with st.container(border=True, key="card_area"):
        st.html(
            f"<h3 style='margin:0'>{entity(str(area['area_name']))}</h3><p class='kz-note'>"
            + "　".join(f"<span class='nb'>{entity(words.say(lang))}</span>" for words in lines)
            + "</p>"
        )
        if area["outside"] > 0:
            why = answer_why(asked)
            (kept,) = each_row(why.areas.iloc[[row]])
            said = say_why_area(why, kept, coverage.question)
            head = entity(WHY_TITLE.say(lang))
            st.html(f"<p class='kz-note'><b>{head}</b><br>{entity(said.say(lang))}</p>")


def show_why(asked: Asked, coverage: Coverage, lang: Lang) -> None:
    """Offer what keeps people out of reach, an area a line, most people first (なぜ届かないか)."""
    if not coverage.totals["outside"]:
        return
    if not st.toggle(WHY_TITLE.say(lang), persist_state="session", **linked_switch("q_why", "why")):
        return
    every = len(coverage.areas) <= FEW or bool(st.session_state.get("q_every"))
    with st.spinner(Words("わけを調べています…", "looking for reasons…").say(lang)):
        lines = say_why(answer_why(asked), coverage.question, first=None if every else FEW)
    body = "".join(f"<li>{entity(words.say(lang))}</li>" for words in lines)
    st.html(f"<ul class='kz-note'>{body}</ul><p class='kz-note'>{entity(WHY_MEANS.say(lang))}</p>")


def show_areas(coverage: Coverage, lang: Lang) -> None:
    """Show the table of areas, and what it is sorted by (区域の表を出す)."""
    st.subheader(Words("区域ごとの数字", "Figures per area").say(lang), anchor=False)
    orders = {name: words.say(lang) for name, words in ORDERS.items()}
    kept = linked_choice("q_order", "order", orders, first="outside")
    order = pick(Words("並べかえ", "Sort"), list(orders), orders, kept, lang, "outside")
    offered = more_measures(coverage)
    names = {id_: label(measure.words, lang) for id_, measure in offered.items()}
    more = offered[_pick_more(Words("もう一つの数字", "Further figure").say(lang), names)]
    if st.session_state.get(_ON_CARD) not in (None, more.id):
        st.rerun()  # the open card stands in another part of the page
    count = len(coverage.areas)
    every = count <= FEW or st.toggle(
        Words(f"{count}の区域を全部出す", f"Show all {count} areas").say(lang),
        persist_state="session",
        **linked_switch("q_every", "every"),
    )
    st.html(area_table(coverage, order, more, None if every else FEW, lang))
    _explain(coverage, more, count_gaps(count), lang)


def _pick_more(title: str, names: dict[str, str]) -> str:
    chosen = st.selectbox(
        title, list(names), format_func=names.__getitem__, persist_state="session",
        **linked_choice("q_more", "more", names, first=FIRST_MORE),
    )  # fmt: skip
    return str(chosen or FIRST_MORE)


def _explain(coverage: Coverage, more: Measure, gaps: int, lang: Lang) -> None:
    lines = [
        Words(
            f"番号は地図の番号で、届かない人の多い順の上位{gaps}つです。割合は、道につながる人のうちの割合です。",
            f"Numbers are the map's: the first {gaps} by people out of reach. Shares are of people on the network.",
        ),
        Words(
            f"「{more.words.ja}」は、{more.source.ja}。",
            f"{more.words.en[:1].upper()}{more.words.en[1:]}: {more.source.en}.",
        ),
    ]
    if more.falls_on_people:
        lines.append(
            Words(
                "「行けない」は、その割合までの人のだれかに、歩いて行ける道がないことです。",
                "“No way”: among that share of the people are some without any way on foot.",
            )
        )
    note = coverage.notes.get(more.id)
    lines += [note] if note is not None else []
    text = "<br>".join(entity(words.say(lang)) for words in lines)
    st.html(f"<p class='kz-note'>{text}</p>")
