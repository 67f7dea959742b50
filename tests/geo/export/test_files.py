"""What an exported file holds (`geo.export.files`, `geo.export.rows`), and what it says of itself."""

import csv
import io
import json
from dataclasses import replace

import numpy as np
import pytest
from geojson_rules import faults
from random_towns import random_relief
from toy_town import toy_town

from geo.analysis.band import ask_band
from geo.analysis.bench_gain import bench_gains
from geo.analysis.near_places import name_places
from geo.base.words import Words
from geo.coverage.asking import parse_question
from geo.export.facts import Stamp
from geo.export.files import (
    export_areas,
    export_benches,
    export_cells,
    export_reach,
    export_table,
)
from geo.export.keys import (
    AREA_KEYS,
    BENCH_KEYS,
    CELL_KEYS,
    CHANGE_KEYS,
    REACH_KEYS,
    SITE_KEYS,
    STATUS_WORDS,
    WHY_KEYS,
)
from geo.measures import MEASURES
from geo.tables.rests import rests_of_sites
from geo.town import Credit, ask
from geo.toy import toy_sites
from geo.walk.ranges import parse_range
from geo.walk.walkers import WALKERS

STAMP = Stamp(version="1", made_at="2026-11-21T00:00:00Z")
# What files held before: these stay, in this order, whatever measures come.
OLD = [
    "area_id", "area_name", "division", "tier", "people", "within", "outside", "off_network", "share",
    "minutes_p50", "minutes_p75", "minutes_p90", "sites_within", "share_straight",
]  # fmt: skip
OLD_JA = [
    "地区コード", "地区名", "地区の分け方", "層", "人数", "届く人", "届かない人", "道につながらない人", "届く割合",
    "分_半分の人", "分_4人に3人", "分_10人に9人", "範囲内の通いの場_1人平均", "直線で測った割合",
]  # fmt: skip


def asked(**more):
    parts = {"division": "町", "people": "65", "walker": "elderly", "within": "500m"}
    return parse_question(**parts | more)


def areas_of(town, coverage, keys="en", **more):
    text = export_areas(town, coverage, keys=keys, stamp=STAMP, **more)
    document = json.loads(text)
    assert faults(document) == []
    return document


def hilly_town():
    town = toy_town()
    relief = random_relief(np.random.default_rng(5), town.network, told=0.8)
    heights = Credit(role="heights", name="標高", date="", licence="", credit="測った人")
    return replace(town, relief=relief, credits=(heights,))


def test_old_columns_keep_their_names_and_order():
    assert [AREA_KEYS[key] for key in OLD] == OLD_JA
    assert [key for key in AREA_KEYS if key in OLD] == OLD


def test_every_column_has_a_name_of_its_own_in_both_languages():
    for keys in (AREA_KEYS | WHY_KEYS, CELL_KEYS, SITE_KEYS, REACH_KEYS, BENCH_KEYS, CHANGE_KEYS):
        assert len(set(keys.values())) == len(keys)


def test_every_measure_is_in_the_areas_file():
    town = toy_town()
    row = areas_of(town, ask(town, asked()))["features"][0]["properties"]
    assert list(row) == list(AREA_KEYS)
    assert {column for one in MEASURES.values() for column in one.columns} <= set(row)


def test_people_are_whole_and_figures_have_the_decimals_of_their_unit():
    town = toy_town()
    row = areas_of(town, ask(town, asked(within="350m")))["features"][0]["properties"]
    # Homes at 100, 400, 400 and 800 m: one of four is within.
    assert (row["within"], row["outside"], row["share"]) == (10, 30, 0.25)
    assert row["minutes_p50"] == 6.667 and row["minutes_p90"] == 13.333
    assert row["no_way"] == 0 and isinstance(row["no_way"], int)
    assert row["minutes_bench_p50"] is None  # there is no bench: no number


def test_no_figure_is_an_empty_cell_of_the_table():
    coverage = ask(toy_town(), asked())
    rows = list(csv.DictReader(io.StringIO(export_table(coverage, keys="ja"))))
    assert list(rows[0]) == list(AREA_KEYS.values())
    assert rows[0]["ベンチまでの分_半分の人"] == "" and rows[0]["休む所があれば届く人"] == "0"


def test_a_home_that_lacks_but_a_seat_says_so():
    town = toy_town()
    coverage = ask(town, asked(rest="150"))
    document = json.loads(export_cells(town, coverage, town.salons, keys="ja", stamp=STAMP))
    found = {row["properties"]["地点コード"]: row["properties"] for row in document["features"]}
    assert {code: row["届くか"] for code, row in found.items()} == {
        "c0": "届く",  # 100 m
        "c1": "休む所があれば届く",  # 400 m, no bench on the way
        "c2": "届かない",  # 800 m
        "c3": "休む所があれば届く",
    }
    assert found["c1"]["道のりm"] is None and found["c1"]["最寄りの通いの場コード"] is None
    row = areas_of(town, coverage)["features"][0]["properties"]
    assert (row["within"], row["outside"], row["no_rest"]) == (10, 30, 20)


def test_every_state_of_a_home_has_words():
    assert all(isinstance(words, Words) for words in STATUS_WORDS.values())
    assert set(STATUS_WORDS) == {"within", "no_rest", "outside", "off_network"}


def test_a_plain_file_says_that_nothing_was_ruled():
    town = toy_town()
    told = areas_of(town, ask(town, asked()))["kayoi"]
    assert (told["trip"], told["rest_m"], told["toilet_m"]) == ("there", None, None)
    assert told["rests"] is None and "band" not in told
    assert told["heights"] == {
        "counted": False, "unit": "m", "means": None, "share_of_streets": None, "credit": [],
    }  # fmt: skip


def test_a_file_with_slopes_says_what_its_metres_are():
    town = hilly_town()
    told = areas_of(town, ask(town, asked(heights=True, trip="worse")))["kayoi"]
    assert told["trip"] == "worse" and told["heights"]["unit"] == "flat_equivalent_m"
    assert "平らな道" in told["heights"]["means"]["ja"] and told["heights"]["credit"] == [
        "測った人"
    ]
    share = town.relief.share_known(town.network)
    assert 0 < share < 1 and told["heights"]["share_of_streets"] == round(share, 6)


def test_a_file_with_a_rest_rule_says_which_seats_counted():
    town = toy_town()
    told = areas_of(town, ask(town, asked(rest="150")))["kayoi"]
    assert told["rest_m"] == 150
    seen = {"source": "toy", "kind": "salon", "seat_yes": 1, "seat_no": 0, "seat_unknown": 0}
    assert told["rests"] == [seen | {"toilet_yes": 0, "toilet_no": 0, "toilet_unknown": 1}]
    other = rests_of_sites(toy_sites([(0, 0), (9, 0)]).assign(kind="bench", source="台帳"))
    told = areas_of(town, ask(town, asked(rest="150"), rests=other), rests=other)["kayoi"]
    assert [(one["source"], one["seat_yes"]) for one in told["rests"]] == [("台帳", 2)]


def test_a_band_is_told_when_it_was_asked_for():
    town = toy_town()
    band = ask_band(town, asked(rest="150"))
    told = areas_of(town, band.known, band=band)["kayoi"]["band"]
    assert [told[run]["within"] for run in ("bad", "known", "good")] == [10, 10, 30]
    assert set(told["means"]) == {"ja", "en"}


def test_cautions_stand_in_the_file_in_both_languages():
    town = toy_town()
    told = areas_of(town, ask(town, asked()))["kayoi"]["notes"]
    assert "sessions_within" in told and set(told["sessions_within"]) == {"ja", "en"}


@pytest.mark.parametrize("trip", ["there", "back"])
def test_reach_with_slopes_is_less_street_than_on_the_level(trip):
    town = hilly_town()
    files = [
        json.loads(
            export_reach(
                town, town.salons, within=parse_range("300m"), walker=WALKERS["elderly"],
                keys="en", stamp=STAMP, heights=heights, trip=trip,
            )
        )
        for heights in (False, True)
    ]  # fmt: skip
    level, sloped = (one["features"][0]["properties"]["street_metres"] for one in files)
    # On the level: 2 + 4 + 6 streets of 100 m lead away from the corner within 300 m.
    assert level == pytest.approx(1200)
    assert sloped < level
    assert files[1]["kayoi"]["trip"] == trip and files[1]["kayoi"]["heights"]["counted"]
    assert all(faults(one) == [] for one in files)


def test_bench_places_have_a_rank_a_gain_and_a_place_people_know():
    town = toy_town()
    question = asked(rest="250")
    gains = bench_gains(town, question, count=2)
    text = export_benches(
        town, ask(town, question), name_places(town, gains), keys="en", stamp=STAMP
    )
    document = json.loads(text)
    assert faults(document) == []
    rows = [one["properties"] for one in document["features"]]
    # Both homes are 400 m off, in two directions; a bench 150 to 250 m on helps one of them.
    assert [row["rank"] for row in rows] == [1, 2]
    assert [row["gained"] for row in rows] == [10, 10]
    assert rows[0]["near"] == "通いの場1" and 150 <= rows[0]["near_metres"] <= 250


def test_a_bench_brings_exactly_the_people_it_promises():
    town = toy_town(homes=[(0, 400), (100, 400), (400, 0), (0, 300)])
    question = asked(rest="250", within="500m")
    gains = bench_gains(town, question, count=3)
    assert len(gains)
    before = ask(town, question).totals["within"]
    for _, gain in gains.iterrows():
        bench = toy_sites([(gain["x_m"], gain["y_m"])]).assign(kind="bench", site_id="b")
        seats = rests_of_sites(bench)
        after = ask(town, question, rests=seats).totals["within"]
        assert after - before == gain["people"] > 0
