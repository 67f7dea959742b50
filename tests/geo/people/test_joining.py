"""Names written differently, sums among the rows, rows of other municipalities."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box

from geo.base.text import variant_key
from geo.people.joining import join_people
from geo.people.table import PeopleTable


def areas(*names, ids=None):
    shapes = [box(n, 0, n + 1, 1) for n in range(len(names))]
    return gpd.GeoDataFrame(
        {"area_id": list(ids or names), "area_name": list(names)}, geometry=shapes, crs="EPSG:6677"
    )


def join(keys, counts, where, **more):
    frame = pd.DataFrame(
        {
            "key": keys, "name": "", "people_all": counts, "people_65": [n // 2 for n in counts],
            "people_75": [n // 4 for n in counts], "people_unknown": 0,
            "row": range(2, 2 + len(keys)),
        }
    )  # fmt: skip
    return join_people(PeopleTable(file="a.csv", kind="area", frame=frame), where, **more)


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("霞ケ丘町", "霞ヶ丘町"), ("霞が丘町", "霞ヶ丘町"), ("桜ヵ丘", "桜ケ丘"), ("一の宮", "一ノ宮"),
        ("一之宮", "一の宮"), ("三ッ木", "三ツ木"), ("三つ木", "三ツ木"), ("南町第1号", "南町第一号"),
        ("大字三ッ木第１号", "三ツ木第一号"), ("髙砂町", "高砂町"), ("⻄町１丁目", "西町一丁目"), ("⻩金町", "黄金町"),
        ("千﨑2番町", "千崎二番町"),
    ],
)  # fmt: skip
def test_spellings_of_one_place_meet_and_it_is_told(written, drawn):
    joined = join([written], [10], areas(drawn, "別の町"))
    assert joined.frame["key"].tolist() == [drawn] and joined.problems == ()
    assert joined.left_out.all_ == 0 and variant_key(written) == variant_key(drawn)


def test_names_that_begin_with_the_city_meet_those_that_do_not():
    there = areas("塩屋町", "西町一丁目", "西町二丁目")
    joined = join(["高松市塩屋町", "高松市西町1丁目", "高松市西町２丁目"], [10, 20, 30], there)
    assert joined.frame["key"].tolist() == ["塩屋町", "西町一丁目", "西町二丁目"]
    other = join(
        ["塩屋町", "西町一丁目"], [10, 20], areas("香川県高松市塩屋町", "香川県高松市西町1丁目")
    )
    assert len(other.frame) == 2 and other.left_out.all_ == 0
    assert "書き方が地図とちがう" in other.notices[0].ja
    # 本町 is not 東本町, and the 栄町 of a name is no city.
    assert join(["栄町本町", "栄町東"], [10, 20], areas("本町", "西町")).left_out.all_ == 30


def test_codes_of_another_list_are_not_taken_for_the_maps():
    there = areas("東町", "西町", "南町", ids=["1", "2", "3"])
    frame = pd.DataFrame(
        {
            "key": ["1", "2", "3"], "name": ["西町", "南町", "東町"], "people_all": [10, 20, 30],
            "people_65": 0, "people_75": 0, "people_unknown": 0, "row": [2, 3, 4],
        }
    )  # fmt: skip
    joined = join_people(PeopleTable(file="a.csv", kind="area", frame=frame), there)
    assert joined.frame[["key", "people_all"]].to_numpy().tolist() == [
        ["2", 10],
        ["3", 20],
        ["1", 30],
    ]
    assert "町の名前で結びました" in joined.notices[0].ja
    # One name that means another area is told, and the code is believed.
    one = frame.assign(name=["東町", "南町", "南町"])
    told = join_people(PeopleTable(file="a.csv", kind="area", frame=one), there)
    assert told.frame["key"].tolist() == ["1", "2", "3"]
    assert "コードと名前が別の地区" in told.notices[0].ja and "南町 → 西町" in told.notices[0].ja


def test_where_two_areas_fit_nobody_guesses():
    joined = join(["霞が丘"], [10], areas("霞ヶ丘", "霞ケ丘"))
    assert joined.frame.empty and joined.left_out.all_ == 10
    assert "2つ" in joined.problems[0].reason.ja and joined.no_data == ("霞ヶ丘", "霞ケ丘")


def test_an_exact_name_goes_before_a_variant_in_any_order():
    for keys in (["霞が丘", "霞ヶ丘"], ["霞ヶ丘", "霞が丘"]):
        joined = join(keys, [7, 7], areas("霞ヶ丘"))
        assert len(joined.frame) == 1 and len(joined.problems) == 1
        assert joined.frame["row"].tolist() == [2 + keys.index("霞ヶ丘")]


def test_sums_among_the_rows_are_told_and_not_missed():
    names = ("中央一丁目", "中央二丁目", "東町")
    keys = ["中央", *names, "東部地区計", "潮来市"]
    joined = join(keys, [30, 10, 20, 8, 99, 38], areas(*names))
    assert joined.left_out.all_ == 0 and joined.problems == ()
    assert "3行（中央、東部地区計、潮来市）" in joined.notices[0].ja
    lost = join(["中央", *names], [31, 10, 20, 8], areas(*names))
    assert lost.left_out.all_ == 31 and len(lost.problems) == 1  # 31 are nobody's sum


def test_rows_of_other_municipalities_are_no_fault():
    codes = ("12227001001", "12227001002")
    own = areas("東", "西", ids=codes)
    joined = join([*codes, "12101001001", "01101001001"], [1, 2, 50, 60], own)
    assert joined.left_out.all_ == 0 and "2行" in joined.notices[0].ja
    named = join(["東", "海の町"], [1, 9], areas("東", "西"), outside=[("海の町", "海の町")])
    assert named.left_out.all_ == 0 and "境の外" in named.notices[0].ja
