"""The page of reports: a number opens its entries and may be written by hand, texts are kept, kinds are mapped.

Through `pages.reports`, `pages.parts.reports.asked`, `pages.parts.reports.behind`,
`pages.parts.reports.keeping`, `pages.parts.reports.mapping`, `pages.parts.reports.shown`
and `pages.parts.reports.texts`.
"""

import shutil

import pytest
from register_fixtures import new_version
from streamlit.testing.v1 import AppTest
from where import ROOT

from layers.served.register import register_now
from layers.served.town import VARIABLE
from pages.parts.frame.office import today
from pages.parts.reports.shown import table_html
from surveys.reports.parts.days import cut_days
from surveys.reports.parts.made import Cell, MadeTable
from surveys.store.report_words import list_words

HALF = cut_days(today(), today(), "half_year")[0]


@pytest.fixture
def register(small_town, tmp_path, monkeypatch):
    made = tmp_path / "town"
    shutil.copytree(small_town, made, ignore=shutil.ignore_patterns("register"))
    monkeypatch.setenv(VARIABLE, str(made))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    found = register_now()
    for id_, kind in (("a", "consult"), ("b", "consult"), ("c", "local_body")):
        answers = {"name": f"{id_}<b>の相談", "on": today().isoformat(), "kind": kind}
        found.save(new_version(id_, answers, type="activity"))
    found.save(new_version("d", {"on_text": "5月", "name": "いつか"}, type="activity"))
    yield found
    found.engine.dispose()


def opened(**asked):
    page = AppTest.from_file(str(ROOT / "pages" / "reports.py"), default_timeout=120)
    for key, value in {"lang": "ja", **asked}.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception, page.exception
    return page


def said(page):
    return "".join(one.proto.body for one in page.get("html"))


def press(page, label):
    next(one for one in page.button if one.label == label).click()
    page.run()
    assert not page.exception, page.exception
    return page


def test_a_number_opens_what_it_counts_and_is_that_many(register):
    assert "数を押すと、元になった記録が出ます" in said(opened(form="half_year"))
    page = opened(form="half_year", cell="three/advice/count")
    text = said(page)
    assert "個別の相談への対応・件数　2件" in text
    assert text.count("entry=") == text.count("の相談</a>") == 2 and "<b>の" not in text
    assert "日のはっきりしない活動記録 1件は、入っていません</p>" in text
    assert "どの欄にも数えていないもの：地域・関係機関との情報共有・支援 1" in text


def test_a_number_by_hand_needs_a_reason_and_goes_back(register):
    page = opened(form="half_year", cell="three/advice/count")
    page.number_input[0].set_value(5)
    press(page, "この数にする")
    assert page.error and not list_words(register, "half_year", "")
    next(one for one in page.text_input if one.label == "直すわけ").set_value("紙の記録が3件")
    press(page, "この数にする")
    text = said(page)
    assert (
        "数えた数 2" in text
        and "手で直した数：個別の相談への対応・件数 5（数えた数 2）紙の記録が3件" in text
    )
    press(page, "数えた数に戻す")
    assert "手で直した数：" not in said(page)


def test_a_text_is_kept_and_undone_and_what_names_somebody_is_noticed(register):
    page = opened(form="quarter")
    page.text_area[0].set_value("田中さんに声をかけた")
    page.run()
    assert "人の名前のようです" in said(page)
    page.text_area[0].set_value("企業に声をかけた")
    page.run()
    (word,) = list_words(register, "quarter", register_division(page))
    assert word.value == "企業に声をかけた" and word.key == "told/a/doing"
    press(page, "書く前に戻す")
    assert [one.value for one in list_words(register, "quarter", word.ground)] == [
        "田中さんに声をかけた"
    ]


def test_what_another_wrote_meanwhile_is_shown_and_what_was_typed_stays(register):
    mine, theirs = opened(form="quarter"), opened(form="quarter")
    theirs.text_area[0].set_value("ほかの人の文")
    theirs.run()
    mine.text_area[0].set_value("自分の文")
    mine.run()
    assert "ほかの画面で、ここが変わりました" in said(mine) and "ほかの人の文" in said(mine)
    assert mine.text_area[0].value == "自分の文"
    press(mine, "自分の文に替える")
    (word,) = list_words(register, "quarter", register_division(mine))
    assert word.value == "自分の文"
    theirs.run()
    assert theirs.text_area[0].value == "自分の文", "nothing was typed since"


def test_after_an_undo_to_nothing_one_can_write_again(register):
    page = opened(form="quarter")
    page.text_area[0].set_value("はじめの文")
    page.run()
    assert "残っている文：" in said(page)
    press(page, "書く前に戻す")
    assert page.text_area[0].value == "" and "残っている文：" not in said(page)
    for text in ("次の文", "その次の文"):
        page.text_area[0].set_value(text)
        page.run()
        assert "ほかの画面で" not in said(page)
        (word,) = list_words(register, "quarter", register_division(page))
        assert word.value == text
        page = opened(form="quarter")


def test_a_number_of_another_is_not_written_over_unseen(register):
    mine, theirs = (opened(form="half_year", cell="three/advice/count") for _ in range(2))
    for page, number in ((theirs, 7), (mine, 5)):
        page.number_input[0].set_value(number)
        next(one for one in page.text_input if one.label == "直すわけ").set_value("紙から")
    press(theirs, "この数にする")
    press(mine, "この数にする")
    assert "ほかの画面で、ここが変わりました" in mine.error[0].value
    assert [one.value for one in list_words(register, "half_year", "")] == [7]
    assert mine.number_input[0].value == 5, "what was typed stays"
    press(mine, "この数にする")
    assert [one.value for one in list_words(register, "half_year", "")] == [5]
    press(mine, "数えた数に戻す")
    assert mine.number_input[0].value == 2
    mine.number_input[0].set_value(9)
    next(one for one in mine.text_input if one.label == "直すわけ").set_value("もう一度")
    press(mine, "この数にする")
    assert not mine.error and "・件数　9件" in said(mine)


def test_what_another_says_to_count_is_not_written_over_unseen(register):
    mine, theirs = opened(form="half_year"), opened(form="half_year")
    theirs.multiselect[1].set_value(["consult", "local_body"])
    mine.multiselect[1].set_value([])
    press(theirs, "このように数える")
    press(mine, "このように数える")
    assert "ほかの画面で、ここが変わりました" in mine.error[0].value
    assert mine.multiselect[1].value == []
    (word,) = list_words(register, "half_year", "")
    assert "local_body" in word.value["advice"]


def test_a_period_of_another_report_is_taken_for_the_one_it_lies_in(register):
    page = opened(form="quarter", since="2026-11-16")
    assert "アドレスの一部" not in said(page)
    chosen = next(one for one in page.selectbox if one.label == "期間")
    assert chosen.value == "2026-10-01"


def test_a_text_too_long_is_told_and_stays(register):
    page = opened(form="quarter")
    page.text_area[0].set_value("字" * 10_001)
    page.run()
    assert "文は 10,000字まで" in said(page) and len(page.text_area[0].value) == 10_001


def register_division(page):
    chosen = [one for one in page.selectbox if one.label == "地区の分け方"]
    return chosen[0].value if chosen else ""


def test_the_office_says_what_counts_where(register):
    page = opened(form="half_year", cell="three/advice/count")
    page.multiselect[1].set_value(["consult", "local_body"])
    press(page, "このように数える")
    assert "個別の相談への対応・件数　3件" in said(page)
    press(page, "はじめの数え方に戻す")
    assert "個別の相談への対応・件数　2件" in said(page)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"form": "half_year", "cell": "<script>"}, "何を、いつの分"),
        ({"form": "half_year", "cell": "three/nothing/count"}, "その数は、この期間にはありません"),
        ({"form": "castle"}, "castle"),
        ({"form": "quarter", "since": "2003-04-01"}, "平成15年4月1日"),
        ({"form": "quarter", "since": "1803-04-01"}, "「1803-04-01」は 2000-04-01～"),
        ({"form": "half_month", "since": "0001-01-01"}, "「0001-01-01」は 2000-04-01～"),
        ({"form": "half_month", "since": "きのう"}, "「きのう」は日付として読めません"),
        ({"form": "meetings", "since": "2030-01-01", "until": "2026-01-01"}, "日ではありません"),
        (
            {"form": "meetings", "since": "2026-12-02", "until": "2026-12-01"},
            "はじめの日（2026-12-02）より前です",
        ),
    ],
)
def test_what_cannot_be_is_said_and_nothing_breaks(register, asked, told):
    page = opened(**asked)
    everything = said(page) + "".join(
        one.value for one in [*page.title, *page.caption, *page.warning]
    )
    assert told in everything and "<script>" not in everything


def test_an_empty_period_says_so():
    table = MadeTable(id="t", title="表", heads=("a",), widths=(1,), rows=())
    assert "この期間の記録はありません" in table_html(table, "ja", {}, chosen="")
    row = (Cell(text="<i>"), Cell(text="3", number=3, counted=3, key="t/<i>/n"))
    table = MadeTable(id="t", title="<表>", heads=("a", "<b>"), widths=(1, 1), rows=(row,))
    made = table_html(table, "ja", {"form": "x"}, chosen="t/<i>/n")
    assert "<i>" not in made and "<b>" not in made and "kz-chosen" in made


def test_an_area_of_the_map_tells_its_needs_beside_its_resources(register):
    answers = {"name": "ごみ", "tag": ["rubbish"]}
    area = next(
        one for one in opened(form="needs_resources").selectbox if one.label == "地区の分け方"
    )
    town = register_town()
    name = str(town.division(area.value)["area_name"].iloc[0])
    register.save(new_version("n", {**answers, "area": [name]}, type="concern"))
    text = said(opened(form="needs_resources", on=name))
    assert "課題 1件・資源 0件" in text and "資源がない" in text
    assert "地区を押すと" in said(opened(form="needs_resources", on="ない"))


def register_town():
    from layers.served.town import town_now

    return town_now()
