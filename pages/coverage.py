"""徒歩圏カバー: how many can walk to a salon, and where the gaps are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st
from streamlit_folium import st_folium

from geo.problems import InputError
from geo.ranges import PRESETS
from geo.sentences import say_left_out, say_people, say_streets_left_out
from geo.words import Lang, Words
from layers.area_table import ORDERS, area_table, say_minutes, say_share
from layers.coverage_map import area_at, count_gaps, coverage_group
from layers.legend import coverage_legend
from layers.live import Asked, answer
from layers.popup import entity
from layers.town_map import map_key, town_map
from pages.frame import ask_question, begin_page, people_words, pick, show_empty, split_page

if TYPE_CHECKING:
    from geo.coverage import Coverage
    from geo.town import Town

TITLE = Words("通いの場まで、歩いて通えるのは何人か", "How many can walk to a salon?")
HEIGHT = 470
FEW = 12


def show_page() -> None:
    """Show the page (画面)."""
    town, lang = begin_page(TITLE)
    if town.salons.empty:
        show_empty(
            Words("通いの場が、まだ入っていません", "there is no salon yet"),
            Words(
                "kayoi build に --sites で通いの場の表（名称・緯度・経度）を渡してください。",
                "give kayoi build a table of salons (name, latitude, longitude) with --sites.",
            ),
            lang,
        )
        return
    controls, main, below = split_page()
    with controls, st.container(key="controls"):
        asked = ask_question(town, lang)
        streets = st.toggle(
            Words("届く道を出す", "Show streets within reach").say(lang),
            value=True,
            key="q_streets",
            persist_state="session",
        )
    try:
        with main, st.spinner(Words("道のりを調べています…", "walking the streets…").say(lang)):
            coverage = answer(asked)
    except InputError as error:
        with main:
            show_empty(Words("まだ数えられません", "cannot count yet"), error.words, lang)
        return
    with main:
        _show_sentence(coverage, lang)
        _show_map(town, coverage, asked, lang, streets=streets)
    with controls:
        _show_assumptions(town, coverage, lang)
    with below:
        _show_table(coverage, lang)


def _show_sentence(coverage: Coverage, lang: Lang) -> None:
    totals, question = coverage.totals, coverage.question
    known = totals["within"] + totals["outside"]
    who, within = people_words(question.people, lang), question.within.words.say(lang)
    share = f"{totals['within'] / known:.1%}" if known else "–"
    if lang == "ja":
        text = (
            f"<span class='nb'>{who}の</span> <span class='nb'><b>{known:,}<small>人</small></b> のうち、</span>"
            f"<span class='nb'><b>{share.replace('%', '')}<small>％</small></b> は、</span>"
            f"<span class='nb'>徒歩{within}以内に</span><span class='nb'>通いの場があります。</span><br>"
            f"<span class='nb'>徒歩{within}以内に通いの場がない{who}：</span>"
            f"<span class='nb'><b class='gap'>{totals['outside']:,}<small>人</small></b>"
            f"（{say_share(_outside(coverage), lang)}）</span>"
        )
    else:
        text = (
            f"Of <b>{known:,}</b> people ({who}), <b>{share}</b> have a salon within {within} on foot.<br>"
            f"<b class='gap'>{totals['outside']:,}</b> ({say_share(_outside(coverage), lang)}) do not."
        )
    st.html(f"<p class='kz-read'>{text}</p>")


@st.fragment
def _show_map(town: Town, coverage: Coverage, asked: Asked, lang: Lang, *, streets: bool) -> None:
    clicked = st_folium(
        town_map(town, named=False),
        feature_group_to_add=coverage_group(asked, map_key(), streets=streets),
        returned_objects=["last_clicked"],
        height=HEIGHT,
        use_container_width=True,
        key=f"coverage-{map_key()}",
    )
    st.html(coverage_legend(lang, streets=streets))
    at = (clicked or {}).get("last_clicked")
    if at:
        _show_area(coverage, area_at(town, asked.division, at["lng"], at["lat"]), lang)


def _show_area(coverage: Coverage, row: int | None, lang: Lang) -> None:
    if row is None:
        return
    area = coverage.areas.iloc[row]
    share = say_share(area["share"], lang)
    lines = [
        Words(f"届く人 {int(area['within']):,}人", f"within reach {int(area['within']):,}"),
        Words(f"届かない人 {int(area['outside']):,}人", f"out of reach {int(area['outside']):,}"),
        Words(
            f"道につながらない人 {int(area['off_network']):,}人",
            f"off the network {int(area['off_network']):,}",
        ),
        Words(f"届く割合 {share}", f"share {share}"),
        Words(
            f"最寄りまで 半数が{say_minutes(area['minutes_p50'], lang)}以内",
            f"half live within {say_minutes(area['minutes_p50'], lang)}",
        ),
        Words(
            f"直線で測ると {say_share(area['share_straight'], lang)}",
            f"by straight line {say_share(area['share_straight'], lang)}",
        ),
    ]
    with st.container(border=True, key="card_area"):
        st.html(
            f"<h3 style='margin:0'>{entity(str(area['area_name']))}</h3><p class='kz-note'>"
            + "　".join(f"<span class='nb'>{entity(words.say(lang))}</span>" for words in lines)
            + "</p>"
        )


def _show_assumptions(town: Town, coverage: Coverage, lang: Lang) -> None:
    question = coverage.question
    walker = question.walker
    speed = f"{walker.metres_per_min:.0f}"
    preset = next((one for one in PRESETS if one.range == question.within), None)
    dates = {one.role: one.date for one in town.credits if one.date}
    unknown = Words("日付未記入", "no date given").say(lang)
    lines = [
        Words(
            f"歩く速さ　分速{speed}m。{walker.source.ja}",
            f"Speed: {speed} m a minute. {walker.source.en}",
        ),
        Words(
            "測り方　道のり（家から道まで、道から通いの場までも足す）",
            "Distance: along the streets, door to door",
        ),
        Words(
            f"範囲　{question.limit_m:,.0f}m ちょうどまで{'。' + preset.source.ja if preset else ''}",
            f"Range: up to exactly {question.limit_m:,.0f} m{'. ' + preset.source.en if preset else ''}",
        ),
        Words(f"人口　{dates.get('people', unknown)}", f"People: {dates.get('people', unknown)}"),
        *say_people(town),
        Words(
            f"通いの場　{len(town.salons)}か所（{dates.get('sites', unknown)}）",
            f"salons: {len(town.salons)} ({dates.get('sites', unknown)})",
        ),
        Words("坂と信号待ちは入れていない", "Slopes and waiting at lights are not counted"),
        Words(
            f"道から{town.snap_limit_m:.0f}mより遠い所は「道につながらない」とした",
            f"Farther than {town.snap_limit_m:.0f} m from a street: off the network",
        ),
        *say_streets_left_out(town),
        *say_left_out(coverage),
    ]
    head = Words("前提", "What this assumes").say(lang)
    body = "<br>".join(entity(words.say(lang)) for words in lines)
    st.html(f"<p class='kz-as'><b>{head}</b><br>{body}</p>")


def _outside(coverage: Coverage) -> float:
    share = coverage.share_outside
    return float("nan") if share is None else share


@st.fragment
def _show_table(coverage: Coverage, lang: Lang) -> None:
    st.subheader(Words("区域ごとの数字", "Figures per area").say(lang), anchor=False)
    orders = {name: words.say(lang) for name, (words, _, _) in ORDERS.items()}
    order = pick(Words("並べかえ", "Sort"), list(orders), orders, "q_order", lang, "outside")
    count = len(coverage.areas)
    every = count <= FEW or st.toggle(
        Words(f"{count}の区域を全部出す", f"Show all {count} areas").say(lang), key="q_every"
    )
    st.html(area_table(coverage, order, None if every else FEW, lang))
    gaps = count_gaps(count)
    words = Words(
        f"番号は地図の番号で、届かない人の多い順の上位{gaps}つです。割合は、道につながる人のうちの割合です。",
        f"Numbers are the map's: the first {gaps} by people out of reach. Shares are of people on the network.",
    )
    st.html(f"<p class='kz-note'>{words.say(lang)}</p>")


show_page()
