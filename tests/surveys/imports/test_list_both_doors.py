"""A list of salons that is read at either door alike: its numbers, days and hours."""

import pytest
from import_fixtures import counts, diff, row_of, site_named
from register_fixtures import LATER, new_version

from surveys.imports.plan import say_plan
from surveys.imports.say_rows import say_rows

HEAD = "id,名称,種別,会場,曜日,時間,緯度,経度,備考\n"
LIST = (
    HEAD + "S01,本町体操,体操,公民館,毎週火曜,10:00～11:30,34.86,138.31,\n"
    "S03,仲町茶話会,茶話会,仲町会館,第1・3水曜,13:30～15:30,34.87,138.32,雨の日は休み\n"
    "S06,西町クラブ,体操,公会堂,毎週金曜,9:30～11:00,34.88,138.33,\n"
)
NEWER = (
    LIST.replace("34.87,", "34.871,").replace("西町クラブ", "西町クラブ改")
    + "S30,川向サロン,茶話会,集会所,毎週木曜,13:30～15:00,34.89,138.34,\n"
)
TUESDAY = {"freq": "weekly", "weekdays": [1], "start": "10:00", "end": "11:30"}


@pytest.fixture
def salons(take):
    def give(text, **more):
        return take(text, type_id="salon", file="一覧.csv", **more)

    return give


def test_days_and_hours_in_two_columns_are_one_schedule(salons, book):
    salons(LIST)
    (group,) = site_named(book, "本町体操").answers["activities"]
    assert group["schedule"] == [TUESDAY]
    assert group["state"] == "active"
    assert site_named(book, "仲町茶話会").answers["about"] == "雨の日は休み"


def test_start_and_end_beside_a_weekday_are_hours_of_meeting(salons, book):
    salons("名称,曜日,開始時間,終了時間,緯度,経度\n本町体操,毎週火曜,10:00,11:30,34.86,138.31\n")
    site = site_named(book, "本町体操")
    assert site.answers["activities"][0]["schedule"] == [TUESDAY]
    assert "open_at" not in site.answers


def test_hours_of_opening_without_days_of_meeting_stay_the_venues(salons, book):
    salons("名称,利用可能曜日,開始時間,終了時間,緯度,経度\n公民館,月火,10:00,11:30,34.86,138.31\n")
    answers = site_named(book, "公民館").answers
    assert (answers["open_at"], "activities" in answers) == ("10:00", False)


def test_moved_and_renamed_salons_are_met_by_the_lists_own_numbers(salons):
    assert counts(salons(LIST)) == {"new": 3}
    assert counts(salons(LIST, now=LATER)) == {"same": 3}
    made = salons(NEWER, now=LATER)
    assert counts(made) == {"new": 1, "change": 2, "same": 1}
    assert diff(row_of(made, "西町クラブ改")) == {"name": "西町クラブ改"}


def test_another_list_that_counts_from_one_as_well_is_not_taken_for_the_first(salons):
    salons("No,名称,曜日,緯度,経度\n1,あ,毎週火曜,34.86,138.31\n2,い,毎週水曜,34.87,138.32\n")
    made = salons("No,名称,曜日,緯度,経度\n1,う,毎週火曜,34.9,138.41\n2,え,毎週水曜,34.91,138.42\n")
    assert counts(made) == {"new": 2}


def test_a_number_that_stands_twice_is_its_first_rows(salons):
    made = salons(LIST + "S01,別の集い,茶話会,どこか,毎週月曜,,34.9,138.4,\n")
    assert counts(made) == {"new": 4}
    assert len({row.site_id for row in made.rows}) == 4


def test_a_bare_number_is_no_id_another_record_type_can_meet(take, book):
    take("No,名称,緯度,経度\n1,西町公園,34.86,138.31\n")
    made = take("No,名称,曜日,緯度,経度\n1,本町体操,毎週火曜,34.86,138.31\n", type_id="salon")
    assert counts(made) == {"new": 1}
    assert book.site("1") is None


def test_a_list_without_hours_says_what_would_be_lost(salons, plan):
    salons(LIST)
    made = plan(
        "id,名称,曜日,緯度,経度\nS01,本町体操,毎週火曜,34.86,138.31\n",
        type_id="salon",
        file="b.csv",
    )
    assert any("時刻がなくなります" in one.reason.ja for one in made.problems)


def test_a_state_a_list_does_not_say_leaves_a_paused_group_paused(salons, book):
    salons(LIST)
    site = site_named(book, "本町体操")
    paused = [{**site.answers["activities"][0], "state": "paused"}]
    book.save(
        new_version(
            site.id, {**site.answers, "activities": paused}, before=site.state, type="salon",
            made_at=LATER, kind="import",
        )
    )  # fmt: skip
    made = salons(LIST, now=LATER)
    assert [one.after for one in row_of(made, "本町体操").changes if one.taken] == []
    assert site_named(book, "本町体操").answers["activities"][0]["state"] == "paused"


def test_two_numbers_of_one_name_at_one_place_are_one_site(salons):
    text = HEAD + "".join(f"T{n},本町体操,体操,,毎週火曜,,34.86,138.31,\n" for n in (1, 2))
    assert counts(salons(text)) == {"new": 1, "problem": 1}
    assert counts(salons(text, now=LATER)) == {"same": 1, "problem": 1}


def test_what_is_inferred_is_named(salons):
    (said,) = [one for one in say_plan(salons(LIST)) if "推定」と記します" in one.ja]
    assert "本町体操の「サロン・活動（団体）：いまのようす」" in said.ja


def test_each_row_that_changes_is_told_in_a_line(salons):
    salons(LIST)
    lines = say_rows(salons(NEWER, now=LATER), "ja")
    assert [line.partition("　")[0] for line in lines] == ["3行目", "4行目", "5行目"]
    assert "名前 西町クラブ → 西町クラブ改" in lines[1]
    assert say_rows(salons(LIST.replace("S0", "X0"), now=LATER), "en", most=0)[-1].endswith("rows")


def test_a_salon_there_again_whose_group_is_paused_is_told_by_name(salons, book):
    paused = LIST.replace("備考\n", "備考,状態,いまのようす\n").replace(",\n", ",,休止,休止中\n", 1)
    salons(paused)
    assert site_named(book, "本町体操").state.status["is"] == "paused"
    made = salons(paused.replace("休止,休止中", "いまもある,休止中"), now=LATER)
    (said,) = [one.reason for one in made.problems if "数えません" in one.reason.ja]
    assert said.ja.startswith("本町体操：状態は「いまもある」")
