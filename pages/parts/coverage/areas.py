"""The areas' figures: the table, and the card of the area pressed on the map (地区の数字)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.base.marks import shown
from geo.base.words import Words
from geo.export.facts import WHY_MEANS
from geo.say.sentence import say_lacking, say_share
from geo.say.sentences import NO_STREETS
from geo.say.straight import say_flattered
from geo.say.why import WHY_TITLE, say_why, say_why_sentences
from geo.tables.tables import each_row
from layers.areas.chosen import say_chosen
from layers.cards.area_table import (
    FIRST_MORE,
    ORDERS,
    area_table,
    more_measures,
    say_more,
)
from layers.maps.area_answer import count_gaps
from layers.maps.popup import entity
from layers.served.answers import answer_why
from pages.parts.frame.frame import label, pick
from pages.parts.frame.linked import linked, linked_choice, linked_switch
from pages.parts.frame.office import address, button_link
from pages.parts.question.visit import write_address

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
    """Show one area's figures (地区のカード)."""
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
    if not coverage.question.straight:
        away = f"{int(area['off_network']):,}"
        lines.append(Words(f"道につながらない人 {away}人", f"off the network {away}"))
    lines += [
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
            said = say_why_sentences(why, kept, coverage.question)
            head = entity(WHY_TITLE.say(lang))
            text = "<br>".join(entity(words.say(lang)) for words in said)
            st.html(f"<p class='kz-note'><b>{head}</b><br>{text}</p>")
            show_walk_link(coverage, str(area["area_id"]), lang)
        if coverage.totals["people"]:
            show_sheet_link(coverage, str(area["area_id"]), lang)


def show_why(asked: Asked, coverage: Coverage, lang: Lang) -> None:
    """Say of an area what keeps its people out of reach, and the way to a walk there (なぜ届かないか)."""
    if not coverage.totals["outside"]:
        return
    if not st.toggle(WHY_TITLE.say(lang), persist_state="session", **linked_switch("q_why", "why")):
        return
    with st.spinner(Words("わけを調べています…", "looking for reasons…").say(lang)):
        why = answer_why(asked)
    rows = {row.area_id: row for row in each_row(why.areas) if row.outside > 0}
    ids = sorted(rows, key=lambda id_: -rows[id_].outside)
    kept = linked("q_why_area", "why_area", first=ids[0], read=lambda id_: id_, say=str)
    # Another question may leave nobody out in the area that was chosen.
    if st.session_state["q_why_area"] not in rows:
        st.session_state["q_why_area"] = ids[0]
    chosen = st.selectbox(
        Words("どの地区か", "Which area?").say(lang), ids,
        format_func=lambda id_: shown(str(rows[id_].area_name)),
        **kept,
    )  # fmt: skip
    said = say_why_sentences(why, rows[str(chosen)], coverage.question)
    body = "".join(f"<li>{entity(words.say(lang))}</li>" for words in said)
    with st.container(border=True, key="card_why"):
        st.html(f"<ul class='kz-why'>{body}</ul>")
        show_walk_link(coverage, str(chosen), lang)
    with st.expander(Words("すべての地区のわけ", "All areas").say(lang)):
        lines = say_why(why, coverage.question, first=None)
        body = "".join(f"<li>{entity(words.say(lang))}</li>" for words in lines)
        means = entity(WHY_MEANS.say(lang))
        st.html(f"<ul class='kz-note'>{body}</ul><p class='kz-note'>{means}</p>")


def show_walk_link(coverage: Coverage, area_id: str, lang: Lang) -> None:
    """Show the way to a walk through an area: what is to look at there, in an order (踏査をつくる)."""
    place = address("walks", lang, area=f"{coverage.question.division}/{area_id}")
    button_link(place, Words("この地区の踏査をつくる", "Plan a walk in this area"), lang)


def show_sheet_link(coverage: Coverage, area_id: str, lang: Lang) -> None:
    """Show the way to the area's own sheet, to print or to hand over (地区シートへ)."""
    ids = list(map(str, coverage.areas["area_id"]))
    place = address("areas", lang, areas=say_chosen([area_id], ids))
    button_link(place, Words("この地区のシート", "This area's sheet"), lang)


def show_areas(coverage: Coverage, lang: Lang) -> None:
    """Show the table of areas, and what it is sorted by (地区の表を出す).

    The two figures a council asks first; the others behind 「もっと」.
    """
    st.subheader(Words("地区ごとの数字", "Figures per area").say(lang), anchor=False)
    count = len(coverage.areas)
    switches = st.container(horizontal=True, gap="medium")
    full = switches.toggle(
        Words("もっと（ほかの数字も）", "More figures").say(lang), persist_state="session",
        **linked_switch("q_figures", "figures"),
    )  # fmt: skip
    every = count <= FEW or switches.toggle(
        Words(f"{count}の地区を全部出す", f"Show all {count} areas").say(lang),
        persist_state="session", **linked_switch("q_every", "every"),
    )  # fmt: skip
    orders = {id_: words.say(lang) for id_, words in ORDERS.items() if full or id_ != "more"}
    if not full and st.session_state.get("q_order") == "more":
        st.session_state["q_order"] = "outside"  # by a column that is no longer shown
        write_address({"order": ""})
    kept = linked_choice("q_order", "order", orders, first="outside")
    order = pick(Words("並べかえ", "Sort"), list(orders), orders, kept, lang, "outside")
    more = None
    if full:
        offered = more_measures(coverage)
        names = {id_: label(measure.words, lang) for id_, measure in offered.items()}
        more = offered[_pick_more(Words("くらべる数字", "Further figure").say(lang), names)]
        if st.session_state.get(_ON_CARD) not in (None, more.id):
            st.rerun()  # the open card stands in another part of the page
    st.html(area_table(coverage, order, more, None if every else FEW, lang))
    _explain(coverage, more, count_gaps(count), lang)


def _pick_more(title: str, names: dict[str, str]) -> str:
    chosen = st.selectbox(
        title, list(names), format_func=names.__getitem__, persist_state="session",
        **linked_choice("q_more", "more", names, first=FIRST_MORE),
    )  # fmt: skip
    return str(chosen or FIRST_MORE)


def _explain(coverage: Coverage, more: Measure | None, gaps: int, lang: Lang) -> None:
    straight = coverage.question.straight
    lines = [
        Words(
            f"番号は地図の番号で、届かない人の多い順の上位{gaps}つです。"
            + ("" if straight else "割合は、道につながる人のうちの割合です。"),
            f"Numbers are the map's: the first {gaps} by people out of reach."
            + ("" if straight else " Shares are of people on the network."),
        ),
        *(Words(f"{one.ja}。", f"{one.en}.") for one in say_flattered(coverage.question)),
    ]
    lines += _explain_more(coverage, more) if more else []
    text = "<br>".join(entity(words.say(lang)) for words in lines)
    st.html(f"<p class='kz-note'>{text}</p>")


def _explain_more(coverage: Coverage, more: Measure) -> list[Words]:
    lines = [
        Words(
            f"「{more.words.ja}」は、{more.source.ja}。",
            f"{more.words.en[:1].upper()}{more.words.en[1:]}: {more.source.en}.",
        )
    ]
    if more.falls_on_people and not coverage.question.straight:
        lines.append(
            Words(
                "「行けない」は、その割合までの人のだれかに、歩いて行ける道がないことです。",
                "“No way”: among that share of the people are some without any way on foot.",
            )
        )
    note = coverage.notes.get(more.id)
    return lines + ([note] if note is not None else [])
