"""まちをつくる: from an empty folder to a town, and later changes, as the page shows them."""

import os
import shutil
import sys

import pytest
from given_files import small_files, wait_for
from streamlit.testing.v1 import AppTest
from where import ROOT

from geo.sources.editions import list_editions
from geo.sources.get.town import PARTS
from geo.sources.town_folder import load_town
from layers.making.draft import read_draft
from layers.making.work import Work, read_work, save_work
from layers.served.register import register_now
from layers.served.town import VARIABLE
from surveys.store.accounts import list_users
from surveys.store.backup_place import find_last, read_place


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return small_files(tmp_path_factory.mktemp("files"))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv(VARIABLE, str(tmp_path / "town"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "town").mkdir()
    yield tmp_path / "town"
    register_now().engine.dispose()


def opened(lang="ja"):
    page = AppTest.from_file(str(ROOT / "pages" / "make.py"), default_timeout=120)
    page.query_params["lang"] = lang
    return again(page.run())


def again(page):
    assert not page.exception, page.exception
    return page


def words(page):
    return "\n".join(one.proto.body for one in page.get("html")) + "\n".join(
        one.value for one in page.subheader
    )


def give(page, *files):
    found = [(one.name, one.read_bytes(), "application/octet-stream") for one in files]
    page.file_uploader[0].set_value(found)
    return again(page.run())


def press(page, key):
    page.button(key=key).click()
    return again(page.run())


def key_of(page, start):
    return next(one.key for one in page.button if str(one.key).startswith(start))


def build(page, folder):
    page = press(page, "mk_build")
    wait_for(lambda: read_work(folder).state != "building")
    assert read_work(folder).state in ("done", "ready"), read_work(folder).why
    return again(page.run())


def test_an_empty_folder_says_what_to_do_and_names_no_command(folder):
    for lang in ("ja", "en"):
        page = opened(lang)
        said = words(page)
        assert "kayoi " not in said and " --" not in said
    page = opened()
    assert "市区町村の資料のファイルを置くと" in words(page)
    assert page.button(key="mk_build").disabled
    assert "なくてもつくれます。道のりではなく直線の距離で数え" in words(page)
    assert "届く人の数は、通いの場を入れてから出ます" in words(page)
    codes = page.selectbox[0].options
    assert len(codes) == 1741 and "千葉県浦安市（うらやすし）12227" in codes


def test_files_in_any_order_become_a_town_and_its_sentence(folder, files):
    page = give(opened(), files["people.csv"], files["salons.csv"])
    assert page.button(key="mk_build").disabled, "there is no ground yet"
    page = give(page, files["border.geojson"])
    said = words(page)
    assert "の市の境・通いの場がそろいました" in said, "people count in areas alone"
    assert "人口の表は、まだ数えられません（わけは、そのカードにあります）" in said
    page = give(page, files["cho.geojson"])
    page = give(page, files["streets.osm"])
    said = words(page)
    assert "まだ数えられません" not in said
    assert "道・市の境・地区の分け方・人口・通いの場がそろいました" in said
    assert "届く人の数は、通いの場を入れてから出ます" not in said
    assert [one.name for one in read_draft(folder).files][:2] == ["people.csv", "salons.csv"]
    page = build(page, folder)
    said = words(page)
    assert (
        "街ができました" in said and "65歳以上の" in said and "400" in said and "ここまで" in said
    )
    page = press(page, "mk_done")
    assert "街はできています" in words(page) and not read_draft(folder).files
    assert "いまの街のもと" in words(page)


def test_the_town_is_chosen_by_kana_and_named(folder):
    page = opened()
    page.selectbox[0].select("12227")
    page = again(page.run())
    assert read_draft(folder).city == "12227"
    page.text_input[0].set_value("浦安のまち")
    page = again(page.run())
    assert read_draft(folder).name == "浦安のまち"
    assert "浦安" in opened().text_input[0].value


def test_after_a_build_the_list_that_waits_is_the_first_button(folder, files, tmp_path):
    waits = tmp_path / "通いの場一覧.csv"
    waits.write_text("名称,住所,開催日時\n西の会,西町1-1,毎週火曜 10:00-11:30\n", "utf-8")
    page = give(opened(), files["cho.geojson"], files["border.geojson"], waits)
    assert "届く人の数は、通いの場を入れてから出ます" not in words(page), "a list was given"
    page = build(page, folder)
    said = words(page)
    first = said.index("kz-first")
    assert "を一覧に取りこむ" in said[first:] and first < said.index("地図を見る")
    assert "直線で届く人を見る" in said and "印刷する" not in said


def test_the_card_of_areas_says_which_column_was_chosen(folder, files):
    page = give(opened(), files["cho.geojson"])
    (cho,) = read_draft(folder).files
    column = page.selectbox(key=f"mk_col_{cho.id}")
    other = next(one for one in column.options if one != column.value)
    column.select(other)
    page = again(page.run())
    assert f"「{other}」を地区の名前にします" in words(page)
    assert f"「{cho.seen.columns[0].name}」を名前として" not in words(page)


def test_what_a_file_is_for_can_be_put_right_and_taken_out(folder, files):
    page = give(opened(), files["cho.geojson"], files["school.geojson"])
    cho = read_draft(folder).files[0]
    assert cho.name == "cho.geojson"
    page.selectbox(key=f"mk_use_{cho.id}_").select("none")
    page = again(page.run())
    assert "使わないことにしました" in words(page)
    page.text_input(key=f"mk_div_{read_draft(folder).files[1].id}").set_value("小学校区")
    page = again(page.run())
    assert read_draft(folder).files[1].division == "小学校区"
    page = press(page, f"mk_out_{cho.id}")
    assert [one.name for one in read_draft(folder).files] == ["school.geojson"]


def test_people_that_fit_no_area_are_told_when_they_are_given(folder, files, tmp_path):
    page = give(opened(), files["cho.geojson"], files["people.csv"])
    assert "表の2行のうち2行が、地区（町丁目、2地区）と合いました" in words(page)
    other = tmp_path / "people2.csv"
    text = files["people.csv"].read_text("utf-8-sig")
    other.write_text(text.replace("西町", "遠町").replace("東町", "別町"), "utf-8-sig")
    page = give(page, other)
    said = words(page)
    assert "表の2行のうち、地区と合う行が1つもありません" in said
    assert "このままでは街をつくれません" in said and "2行が" not in said


def test_a_fetch_that_was_cut_is_told_where_its_file_is_missing(folder):
    page = opened()
    page.selectbox[0].select("12227")
    again(page.run())
    part = folder / "making" / "fetched" / "12227" / PARTS / "osm-12227.osm.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"x" * 300_000)
    assert "取り寄せの途中です（0.3 MB まで）" in words(opened())
    assert "Its fetch is not done (0.3 MB so far)" in words(opened("en"))


def test_when_a_file_is_of_and_its_credit_are_printed_with_the_town(folder, files):
    page = give(opened(), files["cho.geojson"], files["people.csv"])
    people = next(one for one in read_draft(folder).files if one.name == "people.csv")
    page.text_input(key=f"mk_date_{people.id}_ja").set_value("令和8年10月1日")
    page = again(page.run())
    page.text_input(key=f"mk_credit_{people.id}_ja").set_value("○○市オープンデータ")
    page = build(again(page.run()), folder)
    credit = next(one for one in load_town(folder).credits if one.role == "people")
    assert (credit.date, credit.credit) == ("2026-10-01", "○○市オープンデータ")


def test_the_day_a_file_says_it_is_of_is_one_press_away(folder, files, tmp_path):
    titled = tmp_path / "people.csv"
    title = "町丁別人口（令和８年４月１日現在）\n\n".encode()
    titled.write_bytes(title + files["people.csv"].read_bytes())
    page = give(opened(), files["cho.geojson"], titled)
    assert "令和8年4月1日現在" in page.button(key=key_of(page, "mk_day_")).label
    page = press(page, key_of(page, "mk_day_"))
    people = next(one for one in read_draft(folder).files if one.name == "people.csv")
    assert people.facts["date"] == "2026-04-01"
    assert page.text_input(key=f"mk_date_{people.id}_ja").value == "令和8年4月1日"
    assert not [one for one in page.button if str(one.key).startswith("mk_day_")]


def test_the_town_keeps_its_municipality_and_another_ones_file_is_refused(folder, files, tmp_path):
    page = opened()
    page.selectbox[0].select("22212")
    page = build(give(again(page.run()), files["border.geojson"], files["streets.osm"]), folder)
    page = press(page, "mk_done")
    other = tmp_path / "n03.geojson"
    text = files["border.geojson"].read_text("utf-8")
    other.write_text(
        text.replace('"properties": {}', '"properties": {"N03_007": "13224"}'), "utf-8"
    )
    assert "13224" in other.read_text("utf-8")
    page = give(page, other)
    assert "東京都多摩市のファイルです。焼津市のものではありません" in words(page)
    assert "mk_build" not in {one.key for one in page.button}


def test_a_newer_table_of_people_is_shown_with_what_it_changes_before_it_is_taken(
    folder, files, tmp_path
):
    first = [files[name] for name in ("streets.osm", "cho.geojson", "people.csv", "salons.csv")]
    page = press(build(give(opened(), *first), folder), "mk_done")
    newer = tmp_path / "people2.csv"
    newer.write_text(files["people.csv"].read_text("utf-8-sig").replace("301", "333"), "utf-8-sig")
    page = give(page, newer)
    assert "新しいものに替わる" in words(page)
    page = build(page, folder)
    said = words(page)
    assert "替えると、こう変わります" in said and "400人" in said and ">432人</span></b>" in said
    page = press(page, "mk_leave")
    assert int(load_town(folder).cells["people_65"].sum()) == 400 and not list_editions(folder)
    page = build(page, folder)
    press(page, "mk_take")
    assert int(load_town(folder).cells["people_65"].sum()) == 432
    (kept,) = list_editions(folder)
    page = press(opened(), f"mk_cmp_{kept.id}")
    assert ">432人</span></b>" in words(page) and "前の版</th>" in words(page)
    press(page, f"mk_del_{kept.id}")
    assert not list_editions(folder)


def test_a_build_that_failed_says_why_and_offers_it_again(folder, files):
    page = give(opened(), files["border.geojson"])
    save_work(folder, Work(state="failed", why=read_words()))
    page = opened()
    assert "つくれませんでした" in words(page) and "人口が読めません" in words(page)
    assert "--people" not in words(page) and not page.button(key="mk_build").disabled


def read_words():
    from geo.base.words import Words

    return Words("人口が読めません。--people で渡してください", "cannot read people; give --people")


def test_somebody_elses_build_is_shown_and_not_begun_again(folder, files):
    give(opened(), files["border.geojson"])
    from layers.making.work import beat

    beat(folder)
    save_work(folder, Work(state="building", began_at=1.0))
    page = opened()
    assert "つくっています" in words(page)
    assert "mk_build" not in {one.key for one in page.button}
    press(page, "mk_stop")
    assert (folder / "making" / "work.stop").exists()


def test_the_first_account_the_folder_and_the_place_for_backups(folder, files, tmp_path):
    page = build(give(opened(), files["border.geojson"], files["streets.osm"]), folder)
    page.text_input(key="mk_backup").set_value(str(folder / "inside"))
    (folder / "inside").mkdir()
    page = press(page, "mk_backup_keep")
    assert "街のフォルダの中には置けません" in words(page) and read_place(register_now()) is None
    stick = tmp_path / "usb"
    stick.mkdir()
    page.text_input(key="mk_backup").set_value(str(stick))
    page = press(page, "mk_backup_keep")
    assert read_place(register_now()) == stick
    page = press(page, "mk_backup_now")
    assert len(list(stick.glob("kayoi-*.zip"))) == 1 and find_last(stick) is not None
    press(page, "mk_backup_now")
    assert len(list(stick.glob("kayoi-*.zip"))) == 2
    name, title, one, two = page.text_input[-4:]
    for field, value in (
        (name, "hanako"),
        (title, "係"),
        (one, "tulip-window-44"),
        (two, "tulip-window-44"),
    ):
        field.set_value(value)
    page = press(page, key_of(page, "FormSubmitter:mk_user"))
    assert [user.name for user in list_users(register_now())] == ["hanako"]


def test_another_folder_is_chosen_before_there_is_a_town(folder, tmp_path):
    page = opened()
    other = tmp_path / "書類" / "街"
    page.text_input(key="mk_folder").set_value(str(other))
    page = press(again(page.run()), "mk_move")
    assert os.environ[VARIABLE] == str(other) and other.is_dir()
    assert str(other) in words(page)
    if sys.platform != "win32":
        assert (tmp_path / "home" / "KayoiMap" / "folder.txt").read_text("utf-8").strip() == str(
            other
        )
    full = tmp_path / "full"
    full.mkdir()
    (full / "x.txt").touch()
    page.text_input(key="mk_folder").set_value(str(full))
    page = press(again(page.run()), "mk_move")
    assert "ほかのものが入っています" in words(page) and os.environ[VARIABLE] == str(other)
    shutil.rmtree(full)


def test_who_is_signed_in_elsewhere_sees_no_paths_to_choose(folder, files, monkeypatch):
    monkeypatch.setattr("pages.parts.making.home.sign_in_needed", lambda: True)
    page = opened()
    keys = {str(one.key) for one in page.text_input}
    assert "mk_folder" not in keys and "mk_backup" not in keys
