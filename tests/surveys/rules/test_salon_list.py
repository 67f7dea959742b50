"""Lists of 通いの場 as municipalities print them, of their layouts and with rows of our own."""

import pytest
from import_fixtures import counts, held, site_named, survey
from register_fixtures import LATER

from surveys.formats.format import dump_type
from surveys.formats.parts.interpret import interpret
from surveys.formats.upload import read_upload
from surveys.rules.salon_list import RULE
from surveys.store.portables import portables_of
from surveys.types import RECORD_TYPES

HALLS = (
    "会場名,開催日時\n"
    "梅町３丁目会館,毎週月曜日 10:00〜11:30\n"
    "松町内会館,毎月２回／15日、25日 10:00〜11:30\n"
    "高齢者コミセン（市街広域）,毎月２回／５日、20日 10:00〜11:30\n"
    "あしぶみカフェ（〇〇町全域）,毎月２回／第２、第４金曜日10:00〜11:30\n"
)
# Cells are broken where the print's columns are narrow.
SALONS = (
    "サロン名,開催日時,内容,場所\n"
    "Kocoサロン,毎週火曜日 13:00〜16:00,オリジナルコーヒー 100円,Koco\n"
    'うた茶論,"毎週木曜日 夏期15:00〜16:30\n冬期14:00〜15:30",'
    '"うたごえ・脳トレ・交流等\n参加費100円／月、ノート代実費",Koco\n'
    '"梅３丁目ほの\nぼのサロン","毎月２回／第２、第4月曜日\n13:00〜15:30",'
    '"楽しい遊具で過ごす\n参加費100円","３丁目町\n内会館"\n'
    'ひさサロン,"毎月２回／第２、第４月曜日\n11:30〜14:00",'
    '"手作り感いっぱいの居宅サロン\n参加費200円（イベント時の食費は別途）",'
    '"山田宅\n（梅町１\n丁目）"\n'
)


@pytest.fixture
def salons(take):
    def give(text, *, file="一覧.csv", **more):
        return take(text, type_id="salon", file=file, **more)

    return give


def groups_of(book, name):
    return site_named(book, name).answers["activities"]


def group_of(book, name, called=None):
    return next(
        one for one in groups_of(book, name) if called is None or one.get("group") == called
    )


def told(made):
    return {(one.row, one.column) for one in made.problems if one.column != "緯度"}


def test_a_printed_table_of_halls_comes_in_whole_its_places_still_to_be_put_on_the_map(
    salons, book
):
    made = salons(HALLS)
    assert counts(made) == {"new": 4}
    assert all(row.version.patch.get("@place") is None for row in made.rows)
    group = group_of(book, "梅町３丁目会館")
    assert group["schedule"] == [
        {"freq": "weekly", "weekdays": [0], "start": "10:00", "end": "11:30"}
    ]
    assert group_of(book, "松町内会館")["schedule"][0]["days"] == [15, 25]
    hall = site_named(book, "高齢者コミセン")
    assert hall.answers["venue"] == "community_centre"
    assert hall.answers["activities"][0]["area"] == ["市街広域"]
    assert group_of(book, "あしぶみカフェ")["area"] == ["〇〇町全域"]
    assert group_of(book, "あしぶみカフェ")["schedule"][0]["nth"] == [2, 4]
    assert counts(salons(HALLS, now=LATER)) == {"same": 4}


def test_a_printed_table_of_salons_is_its_venues_with_their_groups_and_fees(salons, book):
    made = salons(SALONS)
    assert counts(made) == {"new": 3}
    coffee, song = groups_of(book, "Koco")
    assert (coffee["group"], coffee["fee_yen"], coffee["fee_unit"]) == ("Kocoサロン", 100, "goods")
    assert (song["group"], song["fee_yen"], song["fee_unit"]) == ("うた茶論", 100, "month")
    assert "ノート代実費" in song["fee_note"] and song["content"] == ["dementia"]
    assert [one["season"] for one in song["schedule"]] == ["summer", "winter"]
    hall = group_of(book, "３丁目町内会館")
    assert (hall["group"], hall["fee_yen"]) == ("梅３丁目ほのぼのサロン", 100)
    home = site_named(book, "山田宅").answers
    assert (home["address"], home["private_home"]) == ("梅町1丁目", "yes")
    assert home["activities"][0]["fee_yen"] == 200
    assert "楽しい遊具" in hall["content_note"]
    origins = made.rows[0].version.origins
    assert origins["activities/1/fee_yen"] == {"sure": "inferred"}
    assert counts(salons(SALONS, now=LATER)) == {"same": 3}


WIDE = (
    "No.,サロン名,第○,曜日,時間,会場,参加費,対象,申込,連絡先,利用できる地区,備考,天体\n"
    "1,花の会,第1・3,火,10:00～11:30,東会館,100円／月,65歳以上,不要,山田花子 0155-11-2222,東町・西町,上靴,\n"
    "2,月の会,,水,13時半～15時,,実費,,要予約（前日まで）,,,,\n"
    "3,風の会,,,思いついた日,西会館,無料,,,,,,\n"
)


def test_hours_in_columns_fees_as_written_and_a_blank_venue_is_the_one_above(salons, book):
    made = salons(WIDE)
    flower, moon = groups_of(book, "東会館")
    assert flower["schedule"] == [
        {"freq": "nth", "weekdays": [1], "nth": [1, 3], "start": "10:00", "end": "11:30"}
    ]
    assert (flower["fee_yen"], flower["fee_unit"], flower["fee_note"]) == (
        100, "month", "100円／月",
    )  # fmt: skip
    assert (flower["target"], flower["booking"], flower["note"]) == ("65歳以上", "no", "上靴")
    assert flower["area"] == ["東町", "西町"]
    assert "fee_yen" not in moon and (moon["fee_unit"], moon["fee_note"]) == ("actual", "実費")
    assert (moon["booking"], moon["booking_note"]) == ("yes", "要予約（前日まで）")
    wind = group_of(book, "西会館")
    assert wind["schedule"] == [{"freq": "text", "text": "思いついた日"}] and wind["fee_yen"] == 0
    assert {(3, "会場"), (3, ""), (4, "第○・曜日・時間")} == told(made)


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("サロン名,会場,開催日時\n花,東会館,火曜\n月,〃,水曜\n星,同　上,木曜\n風,,金曜\n", {"東会館": "花月星風"}),
        (
            "会場,住所,サロン名,開催日時\n東会館,西町1,花,火曜\n〃,〃,月,水曜\n西会館,東町2,星,木曜\n",
            {"東会館": "花月", "西会館": "星"},
        ),
        (
            "会場,住所,開催日時\n東会館,西町1,火曜\n,,水曜\n西会館,東町2,木曜\n",
            {"東会館": [None, None], "西会館": [None]},
        ),
        ("名称,会場,曜日\n花,東会館,火\n月,東会館,水\n", {"東会館": "花月"}),
        # One venue and nine blanks: nobody says that they are its groups.
        ("サロン名,会場,曜日\n花,東会館,火\n" + "".join(f"{n}の会,,水\n" for n in range(9)), {"東会館": "花"}),
    ],
    ids=["marks", "marks of addresses", "blanks of halls", "a name beside a venue", "hardly filled"],
)  # fmt: skip
def test_a_mark_or_a_blank_below_a_venue_is_that_venue_and_a_groups_name_is_no_places(
    salons, book, text, groups
):
    made = salons(text)
    sites = {row.title for row in made.rows}
    assert not sites & {"〃", "同上", "月"}
    for name, called in groups.items():
        assert [one.get("group") for one in groups_of(book, name)] == list(called)


def test_a_name_beside_a_venue_is_told(desk):
    plan, _ = desk.read("名称,会場,曜日\n花,東会館,火\n", type_id="salon")
    assert [one.column for one in plan.problems if "集まりの名前" in one.reason.ja] == ["名称"]


def test_every_heading_that_is_not_used_is_named(desk):
    _, reading = desk.read(WIDE, type_id="salon")
    assert reading.ignored == {"公園": ("天体",)}


def test_whom_to_call_is_kept_in_the_office_alone(salons, book):
    salons(WIDE)
    assert group_of(book, "東会館", "花の会")["contact"] == "山田花子 0155-11-2222"
    type_ = RECORD_TYPES["salon"]
    portables = portables_of(book, type_)
    for format_id in ("csv", "geojson"):
        open_ = dump_type(format_id, type_, portables, made_at=LATER)
        assert "山田".encode() not in open_
    own = dump_type("geojson", type_, portables, made_at=LATER, exact=True)
    assert "山田".encode() in own
    # Brought back as it was written for others, it takes nobody's number away.
    data = dump_type("geojson", type_, portables, made_at=LATER)
    made = salons(data, file="一覧.geojson", now=LATER)
    assert counts(made) == {"same": 2}


@pytest.mark.parametrize(
    ("when", "rules"),
    [
        (
            "第1火曜 東会館　第3火曜 西公民館",
            [[{"freq": "nth", "weekdays": [1], "nth": [1]}], [{"freq": "nth", "weekdays": [1], "nth": [3]}]],
        ),
        (
            "第1・3火曜",
            [[{"freq": "nth", "weekdays": [1], "nth": [1, 3], "note": "会場は持ち回り"}]] * 2,
        ),
    ],
    ids=["by day", "not told which"],
)  # fmt: skip
def test_a_group_of_two_venues_is_split_and_told(salons, book, when, rules):
    made = salons(f"サロン名,会場,開催日時\n旅の会,東会館・西公民館（交互）,{when}\n")
    assert [row.title for row in made.rows] == ["東会館", "西公民館"]
    groups = [group_of(book, row.title) for row in made.rows]
    assert [one["schedule"] for one in groups] == rules
    assert {one["rotation"] for one in groups} == {"turn"}
    assert (2, "会場") in told(made)


def test_a_body_beside_a_venue_is_the_group_and_what_is_no_answer_stays_as_words(salons, book):
    salons(
        "団体名,会場,開催日,開催時間,主催,送迎\n"
        "体操クラブ,本町会館,毎月第1・3火曜,10時〜11時半,本町町内会,要相談\n"
    )
    group = group_of(book, "本町会館")
    assert (group["group"], group["operator"]) == ("体操クラブ", "association")
    assert (group["operator_note"], group["note"]) == ("本町町内会", "送迎：要相談")


def test_two_lists_of_one_venue_are_its_groups_and_neither_takes_the_others_place(salons, book):
    salons("会場名,開催日時\n東会館,毎週月曜 10:00～11:00\n")
    salons("サロン名,会場,開催日時,参加費\n花の会,東会館,毎週火曜,100円\n")
    assert [one.get("group") for one in groups_of(book, "東会館")] == [None, "花の会"]
    # A newer list in another order, with another group above.
    salons("サロン名,会場,開催日時,参加費\n月の会,東会館,毎週水曜,\n花の会,東会館,毎週木曜,200円\n")
    by_name = {one.get("group"): one for one in groups_of(book, "東会館")}
    assert len(by_name) == 3
    assert by_name["花の会"]["schedule"][0]["weekdays"] == [3]
    assert by_name["花の会"]["fee_yen"] == 200
    assert by_name[None]["schedule"][0]["weekdays"] == [0]


def test_what_was_seen_of_a_group_stays_that_groups_whatever_the_order_of_a_newer_list(
    salons, book
):
    salons("サロン名,会場,開催日時\n花の会,東会館,毎週火曜\n")
    (group,) = groups_of(book, "東会館")
    survey(book, "東会館", {"activities": [{**group, "fee_yen": 300}]})
    made = salons(
        "サロン名,会場,開催日時,参加費\n月の会,東会館,毎週水曜,100円\n花の会,東会館,毎週火曜,200円\n"
    )
    by_name = {one["group"]: one.get("fee_yen") for one in groups_of(book, "東会館")}
    assert by_name["花の会"] == 300
    assert 200 in held(made.rows[0]).values()
    # Who saw one group of the hall has not seen the other: it is added, and told by its name.
    assert by_name["月の会"] == 100
    assert [one.value for one in made.problems if "新しい集まり" in one.reason.ja] == ["月の会"]


def test_a_list_does_not_bring_back_a_group_that_somebody_found_to_be_no_more(salons, book):
    salons("サロン名,会場,開催日時\n花の会,東会館,毎週火曜\n月の会,東会館,毎週水曜\n")
    flower, _ = groups_of(book, "東会館")
    survey(book, "東会館", {"activities": [flower]})
    text = "サロン名,会場,開催日時\n星の会,東会館,毎週木曜\n月の会,東会館,毎週水曜\n"
    made = salons(text, now=LATER)
    assert {one["group"] for one in groups_of(book, "東会館")} == {"花の会", "星の会"}
    assert len(held(made.rows[0])) == 1
    none = "サロン名,会場,開催日時\n風の会,西会館,毎週木曜\n"
    salons("会場名,開催日時,住所\n西会館,,西町1\n")
    survey(book, "西会館", {"activities": []})
    assert held(salons(none).rows[0]) and groups_of(book, "西会館") == []


@pytest.mark.parametrize(
    ("remark", "state"),
    [
        ("現在休止中", "paused"), ("活動を休止", "paused"), ("R6.3 解散", None), ("8月は休止", None),
        ("12時解散", None), ("お茶あり", "active"),
    ],
)  # fmt: skip
def test_a_list_that_says_a_group_rests_does_not_make_it_active(remark, state):
    data = f"グループ名,会場,曜日,時間,備考\nあおぞら会,さくら館,毎週月曜,10:00～11:00,{remark}\n"
    raw = read_upload(data.encode(), file="a.csv")
    found, problems = RULE.improve(raw.sheets[0], interpret(raw, RECORD_TYPES["salon"]).rows)
    assert found[0].site.answers["activities"][0].get("state") == state
    assert any("休止や解散とある" in one.reason.ja for one in problems) == (state != "active")
