"""徒歩圏カバー as a person uses it: the options, the sentence, the assumptions, the tables."""

import re
import shutil
from urllib.parse import quote

import pytest
from streamlit.testing.v1 import AppTest
from where import ROOT

from layers.asked import Asked
from layers.served.answers import answer, answer_band, best_benches
from layers.served.register import register_now
from layers.served.town import VARIABLE, town_now
from layers.served.walking import day_now
from pages.parts.question.walking import Walking, say_title

PAGE = "pages/coverage.py"
CANE = Asked(people="65", walker="cane", within="500m", division="町丁目", slopes="on", rest="150")


@pytest.fixture
def town(filled_town, tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(shutil.copytree(filled_town, tmp_path / "town")))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield town_now()
    register_now().engine.dispose()


@pytest.fixture
def no_map(monkeypatch):
    groups = []

    def draw(_key, data, _told):
        groups.append(data["layers"])

    monkeypatch.setattr("pages.parts.frame.show_map._mount", draw)
    return groups


def visit(lang="ja", **state):

    page = AppTest.from_file(str(ROOT / PAGE), default_timeout=60)
    page.query_params["lang"] = lang
    for key, value in state.items():
        page.session_state[key] = value
    return again(page)


def again(page):
    page.run()
    assert not page.exception, page.exception
    return page


def put(page, kind, key, value):
    getattr(page, kind)(key=key).set_value(value)
    return again(page)


def texts(page):
    raw = [re.sub(r"<[^>]+>", "", one.proto.body) for one in page.get("html")]
    return [re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), one) for one in raw]


def links(page):
    return "".join(one.proto.body for one in page.get("html") if "href=" in one.proto.body)


def part(page, sign):
    return next(one for one in texts(page) if sign in one)


def expander(page):
    return page.expander[0]


def layers_of(groups):
    return [one["function"] for one in groups[-1] if one["function"] != "base"]


def test_the_first_view_is_as_simple_as_before(town, no_map):
    page = visit()
    assert "坂・休む所は入れていない" in expander(page).label.replace("\\", "")
    sentence = part(page, "通いの場があります")
    assert "坂の分" not in sentence and "分からない" not in sentence and "ベンチ" not in sentence
    assert "坂と信号待ちは入れていない" in part(page, "前提")
    assert not [one for one in texts(page) if "同じ範囲で" in one]
    assert layers_of(no_map) == ["areas", "roads", "lines", "sites"]
    assert [one.value for one in page.subheader] == ["地区ごとの数字"]


def test_switching_rests_on_takes_the_walkers_own_stretch_and_a_new_walker_changes_nothing(
    town, no_map
):
    page = visit(q_who="slow")
    put(page, "toggle", "q_resting", value=True)
    assert page.selectbox(key="q_rest").value == "200"
    put(page, "selectbox", "q_who", "cane")
    assert page.selectbox(key="q_rest").value == "200" and page.toggle(key="q_resting").value
    put(page, "toggle", "q_resting", value=False)
    put(page, "toggle", "q_resting", value=True)
    assert page.selectbox(key="q_rest").value == "150"
    put(page, "selectbox", "q_who", "general")
    put(page, "toggle", "q_resting", value=False)
    put(page, "toggle", "q_resting", value=True)
    assert page.selectbox(key="q_rest").value == "150"


def test_the_sentence_tells_the_figures_of_the_engine_with_bench_and_band(town, no_map):
    page = visit(q_who="cane", q_slopes=True, q_resting=True, q_rest="150", q_band=True)
    coverage, band = answer(CANE), answer_band(CANE)
    known = coverage.totals["within"] + coverage.totals["outside"]
    low, high = (100 * run.totals["within"] / known for run in (band.bad, band.good))
    sentence = part(page, "通いの場があります")
    assert f"{100 * coverage.totals['within'] / known:.1f}％" in sentence
    assert f"分からない所しだいで {low:.1f}〜{high:.1f}％" in sentence
    assert f"ベンチがあれば届く人：{coverage.totals['no_rest']:,}人" in sentence
    assert (
        f"{coverage.totals['outside']:,}人" in sentence
        and "坂の分を足した距離で500m以内" in sentence
    )
    assert "150mごとに座れる道で、" in sentence


def test_the_comparison_line_tells_the_same_range_without_slopes_and_rests(town, no_map):
    page = visit(q_who="cane", q_slopes=True, q_resting=True, q_rest="150")
    line = part(page, "同じ範囲で")
    level = answer(Asked(people="65", walker="cane", within="500m", division="町丁目", rest="150"))
    free = answer(Asked(people="65", walker="cane", within="500m", division="町丁目"))
    slopes = answer(
        Asked(people="65", walker="cane", within="500m", division="町丁目", slopes="on")
    )
    for head, run in (
        ("坂を入れないと", level),
        ("休む所を考えないと", slopes),
        ("どちらも入れないと", free),
    ):
        known = run.totals["within"] + run.totals["outside"]
        assert f"{head} {100 * run.totals['within'] / known:.1f}％" in line


def test_what_is_assumed_stays_true_to_what_is_on(town, no_map):
    lines = part(
        visit(q_who="cane", q_slopes=True, q_resting=True, q_rest="150", q_band=True), "前提"
    )
    assert "坂と信号待ちは" not in lines and "信号待ちは入れていない" in lines
    for said in (
        "坂の分を足した距離", "Minetti", "階段は通れない道", "標高", "座れる所", "一覧の記録: ", "OpenStreetMap",
        "座れるか分からず", "通いの場も休む所", "見て歩いた道", "休む所に寄る道のり", "低い方は",
    ):  # fmt: skip
        assert said in lines, said
    elder = part(visit(q_slopes=True), "前提")
    assert "Tobler" in elder and "高さ1mごとに10秒" in elder and "座れる所" not in elder
    english = part(visit("en", q_slopes=True, q_resting=True), "What this assumes")
    assert "Tobler" in english and "Salons count as rests" in english


def test_tables_of_benches_and_streets_to_survey_stand_below(town, no_map):
    page = visit(q_who="cane", q_slopes=True, q_resting=True, q_rest="150", q_band=True)
    assert [one.value for one in page.subheader][1:] == [
        "ベンチを1つ置くなら",
        "見て歩くと数字がはっきりする道",
    ]
    gains = best_benches(CANE)
    table = part(page, "ふえる人")
    assert f"＋{int(gains['people'][0])}人" in table and len(gains) == table.count("＋")
    assert "足し算できません" in part(page, "2か所の人数")
    assert layers_of(no_map)[-4:] == ["cells", "rests", "sites", "benches"]
    assert "ここにベンチがあれば" in part(page, "届く人の割合")


def test_with_a_rule_of_toilets_alone_nothing_speaks_of_benches(town, no_map):
    page = visit(q_who="cane", q_toilets=True, q_toilet="500")
    said = "".join(texts(page))
    assert "トイレがあれば届く人" in said and "ベンチがあれば" not in said
    assert "benches" not in layers_of(no_map) and "rests" in layers_of(no_map)
    assert "トイレを考えないと" in part(page, "同じ範囲で")


def test_the_further_figure_is_one_measure_with_its_note(town, no_map):
    page = visit()
    table = part(page, "届く\u200b割合")  # what a council asks first, and no more
    assert "届かない\u200b人" in table and "道に" not in table and "分以内" not in table
    put(page, "toggle", "q_figures", value=True)
    names = page.selectbox(key="q_more").options
    assert len(names) >= 8 and not [one for one in names if "坂" in one]
    put(page, "selectbox", "q_more", "sites_within")
    table = part(page, "届く\u200b割合")
    assert "か所" in table and "半分の人" not in table
    sloped = visit(q_slopes=True, q_figures=True)
    assert [one for one in sloped.selectbox(key="q_more").options if "坂" in one]


def test_one_may_set_the_walker_by_hand_and_every_page_keeps_it(town, no_map):
    page = visit(q_who="custom")
    page.number_input(key="q_speed").set_value(0.7)
    put(page, "toggle", "q_steps", value=False)
    assert "分速42m" in part(page, "前提") and "階段は通れない道" in part(page, "前提")
    asked = AppTest.from_function(_ask_before)
    for key in ("q_who", "q_speed", "q_steps"):
        asked.session_state[key] = page.session_state[key]
    asked.run()
    assert asked.text[0].value == "custom:speed=0.70,steps=bar"


def _ask_before():
    import streamlit as st

    from layers.served.town import town_now
    from pages.parts.frame.frame import asked_before

    st.text(asked_before(town_now()).walker)


def test_why_they_are_out_of_reach_is_said_an_area_a_line_when_asked(town, no_map):
    page = visit()
    assert not [one for one in texts(page) if "範囲に通いの場がない人" in one]
    put(page, "toggle", "q_why", value=True)
    hill, area = part(page, "緑ヶ丘三丁目には"), page.selectbox(key="q_why_area")
    assert "歩いて届かない人が 560人います。わけを分けると、" in hill and hill.count("。") >= 3
    assert f"area={quote('町丁目/', safe='')}{area.value}" in links(page)
    west = town.areas.loc[town.areas["area_name"] == "西町", "area_id"].iloc[0]
    put(page, "selectbox", "q_why_area", west)
    assert west in page.query_params["why_area"], "a reload and a link keep it"
    assert "緑ヶ丘三丁目には" not in "".join(texts(page))
    said = part(page, "全体:")
    assert said.startswith("全体: 届かない人 1,216人") and "西町公会堂 休止 103人" in said
    assert "緑ヶ丘三丁目: 届かない人 560人" in said and "足すと、届かない人になる" in said


def test_an_area_of_the_address_whose_people_all_are_in_reach_gives_way_to_the_first(town, no_map):
    page = AppTest.from_file(str(ROOT / PAGE), default_timeout=60)
    page.query_params["why"] = "on"
    page.query_params["why_area"] = "nowhere"
    page.run()
    assert not page.exception
    assert "緑ヶ丘三丁目には" in "".join(texts(page))


def test_the_card_of_an_area_says_why_its_people_are_out_of_reach(town, no_map):
    hill = town.areas.loc[town.areas["area_name"] == "緑ヶ丘三丁目", "area_id"].iloc[0]
    page = AppTest.from_file(str(ROOT / PAGE), default_timeout=60)
    page.query_params["at"] = f"area:{hill}"
    said = part(page.run(), "なぜ届かないか")
    assert "緑ヶ丘三丁目には、歩いて届かない人が 560人います。" in said and "緑ヶ丘自治会館" in said


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_town_without_heights_says_why_slopes_cannot_be_chosen(
    lang, small_town, monkeypatch, no_map
):
    monkeypatch.setenv(VARIABLE, str(small_town))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    page = visit(lang, q_slopes=True)
    assert page.toggle(key="q_slopes").disabled and page.toggle(key="q_band").disabled
    where = "資料のありか" if lang == "ja" else "Where to get files"
    assert part(page, where) and not [one for one in texts(page) if "kayoi build" in one]
    assert ("坂と信号待ち" if lang == "ja" else "Slopes and waiting") in "".join(texts(page))
    register_now().engine.dispose()


def test_english_is_whole_with_everything_on(town, no_map):
    page = visit("en", q_who="cane", q_slopes=True, q_resting=True, q_toilets=True, q_band=True,
                 q_trip="worse", q_why=True)  # fmt: skip
    there = day_now().town.sites["name"]  # of the map and of the register, as one list
    names = [*town.sites["name"], *there, *town.areas["area_name"]]
    own = set("".join(names))
    own |= set("".join(town.divisions) + "".join(one.credit + one.name for one in town.credits))
    for text in texts(page):
        left = [sign for sign in text if re.match("[぀-ヿ一-鿿]", sign) and sign not in own]
        assert not left, text


@pytest.mark.parametrize(
    ("walking", "words"),
    [
        (Walking(slopes="on", trip="worse"), "坂（つらい方）"),
        (Walking(rest="300", toilet="800"), "休む所300mごと、トイレ800mごと"),
        (Walking(slopes="on", band="on"), "坂、わからない所"),
    ],
)
def test_the_folded_title_says_what_is_on(walking, words):
    assert words in say_title(walking).ja and "How one walks:" in say_title(walking).en


def test_salons_are_chosen_in_a_folded_part_and_the_address_keeps_it(town, no_map):
    page = visit()
    assert "すべて数えている" in page.expander[1].label
    assert not [name for name in page.query_params if name != "lang"]
    page = put(page, "selectbox", "q_weekday", "tue")
    put(page, "toggle", "q_eligible", value=True)
    assert (
        page.expander[1].label.replace("\\", "") == "通いの場を選ぶ：火曜に開く、利用できる人だけ"
    )
    assert (said(page, "weekday"), said(page, "eligible")) == ("tue", "on")
    asked = Asked(
        people="65",
        walker="elderly",
        within="500m",
        division="町丁目",
        weekday="tue",
        eligible="on",
    )
    sentence, count = part(page, "通いの場があります"), answer(asked).totals["outside"]
    assert (
        "火曜に開く、自分の地区で使える通いの場があります" in sentence
        and f"{count:,}人" in sentence
    )
    lines = part(page, "前提")
    assert "火曜に開く通いの場だけ。利用できる地区の人だけで数える" in lines
    assert "曜日の分からない 1 は数えない" in lines  # 毎月10日
    assert "合うか分からない通いの場 1か所も入れると、届かない人は" in lines
    assert "weekday=tue" in layer_urls(no_map)["sites"]
    put(page, "selectbox", "q_weekday", "any")
    put(page, "toggle", "q_eligible", value=False)
    assert "weekday" not in page.query_params and "eligible" not in page.query_params


def said(page, name):
    told = page.query_params[name]
    return told if isinstance(told, str) else told[0]


def layer_urls(groups):
    return {one["function"]: str(one["options"]) for one in groups[-1]}


def test_an_address_brings_its_wishes_back_and_what_it_cannot_mean_is_none(town, no_map):
    page = AppTest.from_file(str(ROOT / PAGE), default_timeout=60)
    page.query_params["lang"] = "en"
    for name, text in (("half", "am"), ("content", "tea,exercise"), ("weekday", "<b>")):
        page.query_params[name] = text
    again(page)
    label = page.expander[1].label.replace("\\", "")
    assert label == "Choose salons: mornings, exercise or tea and talk"
    assert said(page, "content") == "tea,exercise" and said(page, "weekday") == "<b>"  # as asked
    assert "「&lt;b&gt;」" in "".join(raw for raw in texts(page)) or "'<b>'" in "".join(texts(page))
    put(page, "selectbox", "q_weekday", "tue")
    assert said(page, "content") == "exercise,tea" and said(page, "weekday") == "tue"
