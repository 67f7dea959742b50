"""The page of imports shows the town's own list: taken, undone, and a newer one to decide."""

import io
import os
import shutil

import openpyxl
import pytest
from pyproj import Transformer
from streamlit.testing.v1 import AppTest
from where import ROOT

from geo.sources.editions import DATA
from layers.served.register import register_now
from layers.served.town import VARIABLE, town_now
from pages.parts.imports import own_list
from surveys.store.own_batches import is_own_left, own_batches
from surveys.store.receipt import Batch


@pytest.fixture
def folder(small_town, tmp_path, monkeypatch):
    made = tmp_path / "town"
    shutil.copytree(small_town, made, ignore=shutil.ignore_patterns("register"))
    file = made / DATA / "town.json"
    os.utime(file, (1_790_000_000, 1_790_000_000))  # 令和8年9月21日
    monkeypatch.setenv(VARIABLE, str(made))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield made
    register_now().engine.dispose()


def rename(folder):
    """Build the town anew with another list: one row is called otherwise."""
    sites = town_now().sites.copy()
    sites.loc[sites["site_id"] == "t0", "name"] = "朝の集い"
    sites.to_parquet(folder / DATA / "sites.parquet")
    os.utime(folder / DATA / "town.json", (1_790_000_900, 1_790_000_900))


def opened():
    page = AppTest.from_file(str(ROOT / "pages" / "imports.py"), default_timeout=120)
    page.query_params["lang"] = "ja"
    return again(page)


def again(page):
    page.run()
    assert not page.exception, page.exception
    return page


def press(page, key):
    page.button(key=key).click()
    again(page)


def words(page):
    return " ".join(one.proto.body for one in page.get("html"))


def test_the_list_stands_among_the_imports_with_file_date_and_count(folder):
    page = opened()
    said = words(page)
    assert "街をつくったときの通いの場の表（salons.csv）" in said
    assert "令和8年9月21日" in said and "の内容" in said and "新しい地点 2か所" in said
    (batch,) = register_now().batches()
    press(page, f"in_undo_{batch.id}")
    assert register_now().batches()[0].undone_at
    press(page, f"in_undo_{batch.id}")
    assert register_now().batches()[0].undone_at is None


def test_a_newer_list_is_shown_and_taken_by_a_press(folder):
    register_now()
    rename(folder)
    page = opened()
    assert "新しい 0・変わる 1・なくなった 0" in words(page)
    press(page, "own_take")
    assert register_now().site("t0").title == "朝の集い"
    assert len(own_batches(register_now())) == 2 and "own_take" not in {
        one.key for one in page.button
    }


def test_a_newer_list_is_left_by_a_press_and_may_be_taken_later(folder):
    register_now()
    rename(folder)
    page = opened()
    press(page, "own_leave")
    assert register_now().site("t0").title == "サロン0"
    assert "own_leave" not in {one.key for one in page.button}
    assert sum(is_own_left(register_now(), one) for one in [own_list_digest()]) == 1
    press(page, "own_take")
    assert register_now().site("t0").title == "朝の集い"


def own_list_digest():
    from layers.day.own_list import own_digest

    return own_digest(town_now())


def test_an_import_that_wrote_nothing_has_nothing_to_undo():
    made = {"id": "own-a", "file": "s.csv", "sha256": "", "type": "salon", "by": "", "made_at": ""}
    same = Batch(**made, counts={"same": 19}, undone_at=None)
    assert own_list.brings_nothing(same)
    assert own_list.title_of_batch(same).ja == "街をつくったときの通いの場の表（s.csv）"
    assert not own_list.brings_nothing(Batch(**made, counts={"new": 1}, undone_at=None))
    assert own_list.say_days(("2026-10-01", "2026-11-01"), "ja").startswith(
        "<span class='nb'>令和8年"
    )


LIST = (
    "番号,事業所の正式名称,緯度,経度,天体\n"
    "1,西町の会,{lat},{lon},月\n2,東町の会,{north},{lon},月\n合計,,,,\n"
)


def middle():
    at = town_now().plane.to_degrees(town_now().border.representative_point())
    return {"lat": f"{at.y:.5f}", "north": f"{at.y + 0.001:.5f}", "lon": f"{at.x:.5f}"}


def give(page, text, name="一覧.csv", type_="salon"):
    if type_:
        page.selectbox(key="in_type").set_value(type_)
    page.file_uploader[0].set_value((name, text.encode(), "text/csv"))
    return again(page)


def box(page, header):
    return next(one for one in page.selectbox if one.key.endswith(f":{header}"))


def titles():
    register = register_now()
    return {register.site(one).title for one in register.site_ids()}


def test_a_column_is_mapped_by_hand_kept_for_the_next_list_and_forgotten(folder):
    page = give(opened(), LIST.format(**middle()))
    heads = [one.label for one in page.expander]
    assert "使わなかったもの: 列 2・行 1" in heads
    said = words(page)
    assert "例：西町の会、東町の会" in said and "「名前」のことかもしれません" in said
    assert "合計の行なので、使いませんでした" in said
    assert page.button(key="in_take").disabled and "名前のない地点が 2か所あります" in said
    box(page, "事業所の正式名称").set_value("name")
    again(page)
    again(page)
    assert "名前のない地点" not in words(page) and "次からこの読み方を使います" in words(page)
    press(page, "in_take")
    assert {"西町の会", "東町の会"} <= titles()
    page = give(opened(), LIST.replace("東町", "南町").format(**middle()))
    assert "前に選んだ列の読み方を使いました（事業所の正式名称 → 名前）" in words(page)
    press(page, "in_forget")
    again(page)
    assert "前に選んだ" not in words(page) and "使わなかったもの: 列 2・行 1" in [
        one.label for one in page.expander
    ]


def test_what_came_of_an_import_stands_where_its_button_was_with_the_next_step(folder):
    page = give(opened(), "名称,住所\nどこかの会,どこか町1-1\n")
    press(page, "in_take")
    said = words(page)
    assert "どこかの会" in titles() and "1か所を取りこみました" in said
    assert "場所がまだの所が 1か所あります" in said and "noplace=1" in said
    assert "in_take" not in {one.key for one in page.button}, "an empty plan in place of the answer"
    page = give(page, "名称,緯度,経度\n次の会,{lat},{lon}\n".format(**middle()))
    assert "取りこみました" not in words(page) and not page.button(key="in_take").disabled


def test_what_looks_wrong_is_asked_with_a_tick_that_says_how_many(folder):
    far = "名称,緯度,経度\n札幌の会,43.06,141.35\n"
    page = give(opened(), far)
    assert page.button(key="in_take").disabled
    (tick,) = [one for one in page.checkbox if one.label == "この 1か所も取りこむ"]
    tick.check()
    again(page)
    press(page, "in_take")
    assert "札幌の会" in titles()


def test_an_encoding_is_asked_only_where_it_is_in_doubt(folder):
    text = "名称,緯度,経度\n中央会館,{lat},{lon}\n".format(**middle())
    page = opened()
    page.selectbox(key="in_type").set_value("salon")
    page.file_uploader[0].set_value(("a.csv", text.encode("euc_jp"), "text/csv"))
    again(page)
    (asked,) = [one for one in page.button_group if "文字コード" in one.label]
    asked.set_value("euc_jp")
    again(page)
    assert "新しい地点 1" in words(page)
    page = give(opened(), text)
    assert not [one for one in page.button_group if "文字コード" in one.label]


PARKS = "公園名,緯度,経度,面積(m2)\n北公園,{lat},{lon},200\n"
PEOPLE = "町丁目名,総人口,65歳以上,75歳以上\n北町,100,30,12\n南町,50,20,8\n"


def test_a_file_of_no_chosen_kind_is_told_and_read_by_a_press(folder):
    page = give(opened(), PARKS.format(**middle()), "a.csv", type_=None)
    assert "1件（うち場所のあるもの 1件）" in words(page) and "台帳に取りこめます" in words(page)
    press(page, "in_as_park")
    assert page.selectbox(key="in_type").value == "park" and "新しい地点 1" in words(page)


def test_a_file_of_another_kind_is_answered_before_its_rows_are_shown(folder):
    page = give(opened(), PARKS.format(**middle()), "a.csv")
    assert "「通いの場」の表ではなく、「公園」の表のように見えます" in words(page)
    assert "in_take" not in {one.key for one in page.button}
    (tick,) = page.checkbox
    tick.check()
    again(page)
    assert page.button(key="in_take").disabled, "its sites still have no names"
    page = give(opened(), PARKS.format(**middle()), "a.csv")
    press(page, "in_as_park")
    assert not page.button(key="in_take").disabled


@pytest.mark.parametrize("type_", ["salon", None])
def test_a_table_of_people_is_said_to_be_the_towns(folder, type_):
    page = give(opened(), PEOPLE, "jinko.csv", type_=type_)
    said = words(page)
    assert "地区ごとの2行、150人、65歳以上 50人" in said and "街をつくるときに使います" in said
    assert "in_make_people" in {one.key for one in page.button} and "kayoi build" not in said
    assert "in_take" not in {one.key for one in page.button}


def test_what_is_no_list_at_all_gets_an_answer_not_an_error(folder):
    page = give(opened(), "%PDF-1.7", "広報.pdf", type_=None)
    said = words(page)
    assert "ここでは使いみちがわかりません" in said and "中身はPDFのようです" in said
    assert "場所の一覧なら" not in said, "no choice of a list makes a PDF one"
    page = give(opened(), "何か,ほか\n1,2\n", "表.csv", type_=None)
    assert "場所の一覧なら" in words(page)
    page = give(opened(), "%PDF-1.7", "広報.pdf")
    assert "元のデータは変わっていません" in words(page)


def rows_of(page):
    return page.dataframe[-1].value.to_dict("records")


def test_what_becomes_of_a_row_without_a_place_stands_in_its_line(folder):
    at = middle()
    text = f"名称,緯度,経度,参加者数\n西町の会,{at['lat']},{at['lon']},5\n東町の会,1e309,{at['lon']},99999999\n"
    page = give(opened(), text)
    assert [one["どうなるか"] for one in rows_of(page)] == ["新しい地点", "新しい地点（場所なし）"]
    said = words(page)
    assert "0〜1000人 の範囲" in said.replace("1,000", "1000") and "e+" not in said
    assert "ほかの値は取りこみます" in said


def test_entries_of_a_log_are_told_apart_by_their_days(folder):
    text = "日程,事業・会議名等,対応時間\n2026-12-01,民生委員との打合せ,30\n2026-12-02,民生委員との打合せ,60\n"
    page = give(opened(), text, type_="activity")
    assert [one["日程"] for one in rows_of(page)] == ["令和8年12月1日", "令和8年12月2日"]


def test_metres_without_a_zone_are_asked_about_with_what_fits_the_town(folder):
    town = town_now()
    at = town.plane.to_degrees(town.border.representative_point())
    east, north = Transformer.from_crs(6668, 6677, always_xy=True).transform(at.x, at.y)
    page = give(opened(), f"名称,X座標,Y座標\n角のベンチ,{north:.2f},{east:.2f}\n", type_="bench")
    (asked,) = [one for one in page.button_group if "どの系か" in one.label]
    assert asked.options == ["9系（1か所のうち 1か所が街の中）"]
    assert "場所がありません" in words(page) and page.button(key="in_take").disabled
    asked.set_value(9)
    again(page)
    assert "場所がありません" not in words(page)
    press(page, "in_take")
    (site,) = [
        one
        for one in map(register_now().site, register_now().site_ids())
        if one.title == "角のベンチ"
    ]
    assert (site.place.x, site.place.y) == pytest.approx((at.x, at.y), abs=1e-6)


def test_all_sheets_of_one_layout_are_taken_by_one_press(folder):
    out, book = io.BytesIO(), openpyxl.Workbook()
    book.remove(book.active)
    for name in ("西", "東"):
        sheet = book.create_sheet(name)
        for row in (["公園名", "住所", "面積"], [f"{name}公園", f"{name}町1", 100]):
            sheet.append(row)
    book.save(out)
    page = opened()
    page.selectbox(key="in_type").set_value("park")
    page.file_uploader[0].set_value(("公園.xlsx", out.getvalue(), "application/xlsx"))
    again(page)
    again(page)
    (every,) = [one for one in page.toggle if one.key != "in_by_address"]
    assert every.label == "見出しが同じシートをすべて"
    every.set_value(True)
    again(page)
    assert "新しい地点 2" in words(page)


def test_a_file_of_addresses_beside_the_list_places_its_rows(folder):
    at = town_now().plane.to_degrees(town_now().border.representative_point())
    doors = (
        "緑町,0,0\n=END=\n地番,緑町\nprc_num1,prc_num2,prc_num3,lng,lat\n"
        f"5,,,{at.x:.6f},{at.y:.6f}\n"
    )
    page = opened()
    page.toggle(key="in_by_address").set_value(True)
    again(page)
    page.file_uploader[1].set_value([("a-地番.txt", doors.encode(), "text/plain")])
    again(page)
    page = give(page, "名称,住所\n朝の会,緑町5\n")
    assert "住所から場所を置いた所 1（番地・号まで 1）" in words(page)
    press(page, "in_take")
    (site,) = [
        one for one in map(register_now().site, register_now().site_ids()) if one.title == "朝の会"
    ]
    assert site.place.x == pytest.approx(at.x, abs=1e-6)
