"""What a council reads aloud, word for word."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from random_towns import random_relief
from toy_town import COVERED, toy_town

from geo.analysis.band import Band
from geo.analysis.comparing import Comparison
from geo.analysis.rest_facts import count_rests
from geo.base.words import Words
from geo.coverage.asking import parse_question
from geo.say.rests import say_band, say_benches, say_rests, say_survey
from geo.say.sentence import say_gap, say_walk
from geo.say.sentences import say_change, say_left_out, say_notes


def asked(**more):
    return parse_question(division="町", people="65", walker="elderly", **{"within": "500m"} | more)


@pytest.mark.parametrize(
    ("more", "ja", "en"),
    [
        ({}, "徒歩500m以内", "within 500 m on foot"),
        ({"within": "10min"}, "徒歩10分以内", "within 10 min on foot"),
        (
            {"heights": True},
            "坂の分を足した距離で500m以内",
            "within 500 m on foot, slopes added as level street",
        ),
        (
            {"heights": True, "within": "10min"},  # minutes already are what slopes cost
            "坂も数えて徒歩10分以内",
            "within 10 min on foot, slopes counted",
        ),
        (
            {"heights": True, "trip": "back"},
            "帰りの道で、坂の分を足した距離で500m以内",
            "within 500 m on foot, on the way back, slopes added as level street",
        ),
        (
            {"heights": True, "trip": "worse"},
            "行きも帰りも、坂の分を足した距離で500m以内",
            "within 500 m on foot, there and back alike, slopes added as level street",
        ),
        ({"trip": "back"}, "徒歩500m以内", "within 500 m on foot"),  # level: both ways are one
        (
            {"rest": "150"},
            "150mごとに座れる道で、徒歩500m以内",
            "within 500 m on foot, with a seat at least every 150 m",
        ),
        (
            {"toilet": "1000"},
            "1,000mごとにトイレに寄れる道で、徒歩500m以内",
            "within 500 m on foot, with a toilet at least every 1,000 m",
        ),
        (
            {"rest": "150", "toilet": "800", "heights": True, "trip": "round"},
            "150mごとに座れて、800mごとにトイレに寄れる道で、往復の平均で、坂の分を足した距離で500m以内",
            (
                "within 500 m on foot, the mean of there and back, slopes added as level street, with a "
                "seat at least every 150 m and a toilet every 800 m"
            ),
        ),
    ],
)
def test_how_one_walks_is_said_in_the_sentence(more, ja, en):
    assert say_walk(asked(**more)) == Words(ja, en)
    coverage = replace(COVERED, question=asked(**more))
    assert say_gap(coverage).ja == f"{ja}に通いの場がない65歳以上：30人（75.0％）"
    assert say_gap(coverage).en.endswith(f"with no salon {en}: 30 (75.0%)")


def test_people_who_lack_but_a_seat_are_told_apart():
    rested = replace(COVERED, question=asked(rest="100"), totals=COVERED.totals | {"no_rest": 20})
    told = [words.ja for words in say_left_out(rested)]
    assert "届かない人のうち、座れる所がもっとあれば届く人: 20人" in told
    both = replace(rested, question=asked(rest="100", toilet="500"))
    assert any("座れる所やトイレがもっとあれば届く人" in words.ja for words in say_left_out(both))
    assert not any("もっとあれば" in words.ja for words in say_left_out(COVERED))


def test_streets_without_a_height_are_told_where_slopes_count():
    town = toy_town()
    relief = random_relief(np.random.default_rng(3), town.network, told=0.75)
    known = int(relief.known.sum())
    assert 0 < known < 40
    hilly = replace(town, relief=relief)
    sloped = replace(COVERED, question=asked(heights=True))
    part = f"高さの分からない道 {(40 - known) / 10:,.1f}km（{(40 - known) / 40:.1%}）".replace(
        "%", "％"
    )
    assert any(words.ja.startswith(part) for words in say_left_out(sloped, hilly))
    for coverage, where in ((COVERED, hilly), (sloped, town), (sloped, None)):
        assert not any("高さ" in words.ja for words in say_left_out(coverage, where))


def test_measures_with_one_caution_are_told_in_one_line():
    caution = Words("分かりません", "not known")
    coverage = replace(COVERED, notes={"two_step": caution, "sessions_within": caution})
    told = say_notes(coverage)
    assert len(told) == 1 and told[0].ja.endswith(": 分かりません") and "・" in told[0].ja


def rests(rows):
    frame = pd.DataFrame(rows, columns=["kind", "source", "seat", "toilet", "as_of", "x_m", "y_m"])
    return frame.assign(rest_id=[f"r{i}" for i in range(len(rows))])


def told(question, table, **more):
    town = toy_town()
    facts = count_rests(town, question, table, **more)
    return [(words.ja, words.en) for words in say_rests(facts)]


def test_seats_are_counted_by_source_kind_and_day_and_the_unknown_and_the_far_apart():
    table = rests(
        [
            ("bench", "台帳", "yes", "no", "2026-05-01", 0.0, 0.0),
            ("bench", "地図", "yes", "no", "", 10.0, 0.0),
            ("bench", "地図", "no", "no", "", 10.0, 0.0),
            ("park", "地図", "unknown", "unknown", "", 10.0, 0.0),
            ("bench", "地図", "yes", "no", "", 10.0, 90_000.0),
            ("toilet", "", "no", "yes", "", 10.0, 0.0),
        ]
    )
    seats = told(asked(rest="100"), table)
    assert seats[:3] == [
        (
            (
                "座れる所　3か所。一覧の記録: ベンチ1（令和8年5月1日）／出どころ未記入: トイレ1（日付なし）／"
                "地図: ベンチ1（日付なし）"
            ),
            (
                "Places to sit: 3; the register: bench 1 (1 May 2026); no source given: toilet 1 (no "
                "date); 地図: bench 1 (no date)"
            ),
        ),
        (
            "座れるか分からず、数えていない所　公園1",
            "Not counted, as nobody told of a seat: park 1",
        ),
        (
            "道から遠く、使えないとした休む所 1か所",
            "places too far from a street to be used: 1",
        ),
    ]
    assert not any(
        "見て歩いた" in ja for ja, _ in seats
    )  # nobody said which streets were looked at
    toilets = told(asked(toilet="500"), table)
    assert toilets[0] == (
        "トイレ　1か所。出どころ未記入: トイレ1（日付なし）",
        "Toilets: 1; no source given: toilet 1 (no date)",
    )
    assert told(asked(), table) == []
    assert told(asked(rest="100"), table.head(0))[0][0] == "座れる所　0か所。分かっている所がない"


def test_streets_looked_at_for_benches_are_told_with_their_days():
    days = np.array([""] * toy_town().network.edge_count, dtype="U10")
    assert told(asked(rest="100"), rests([]), days=days)[-1][0].startswith(
        "ベンチを見て歩いた道　0.0km"
    )
    days[0] = "2026-05-01"
    assert "令和8年5月1日" in told(asked(rest="100"), rests([]), days=days)[-1][0]


def a_band(bad, known, good, streets=()):
    runs = [replace(COVERED, totals=COVERED.totals | {"outside": n}) for n in (bad, known, good)]
    columns = ["edges", "name", "metres", "people", "lon", "lat"]
    return Band(
        bad=runs[0],
        known=runs[1],
        good=runs[2],
        streets=pd.DataFrame(list(streets), columns=columns),
    )


def test_a_band_is_told_from_best_to_worst():
    assert say_band(a_band(340, 300, 120)).ja == (
        "分からない所のみかたで、届かない人は120人から340人まで変わる（分かっている所だけで数えると300人）"
    )
    assert "変わらない" in say_band(a_band(7, 7, 7)).ja


def test_streets_to_survey_first_are_told_with_their_place():
    street = ((3, 4), "residential", 123.4, 56, 138.123456, 34.5)
    told = say_survey(a_band(2, 2, 1, [street]))
    assert [words.ja for words in told] == [
        "先に見て歩く道1: 住宅地の道 123m（緯度・経度 34.50000, 138.12346 のあたり）。わからない所で変わる56人が通る"
    ]
    assert say_survey(a_band(2, 2, 1)) == []


def test_a_bench_is_placed_by_what_people_know():
    town = toy_town()  # its only named site stands at node 0
    gains = pd.DataFrame(
        {
            "people": [34, 5], "lon": [138.0, 138.0], "lat": [35.0, 35.0],
            "edge": [1, 0], "along_m": [18.0, 4.0],  # 118 m and 4 m along the first street
        }
    )  # fmt: skip
    assert [words.ja for words in say_benches(town, gains)] == [
        "通いの場1から約120mの道ぞいに1つ置くと、＋34人",
        "通いの場1のすぐ前の道ぞいに1つ置くと、＋5人",
        "どれも1つだけ置いたときの人数。2つ置いたときは足し算にならない",
    ]
    nameless = replace(town, sites=town.sites.assign(name=""))
    assert (
        say_benches(nameless, gains)[0].en
        == "one bench on the street at 35.00000, 138.00000: +34 people"
    )
    stop = replace(town, sites=town.sites.assign(kind="bus_stop"))
    assert say_benches(stop, gains)[0].ja.startswith("停留所「通いの場1」から約120m")
    assert "見つからなかった" in say_benches(town, gains.head(0))[0].ja


def test_a_plan_is_told_area_by_area_and_in_all():
    areas = pd.DataFrame(
        {
            "area_name": ["東", "西"], "within_before": [10, 4], "within_after": [10, 9],
            "gained": [2, 5], "lost": [2, 0],
        }
    )  # fmt: skip
    after = replace(COVERED, totals=COVERED.totals | {"within": 15})
    found = Comparison(before=COVERED, after=after, areas=areas, gained=7, lost=2)
    assert [words.ja for words in say_change(found)] == [
        "全体: 10人 → 15人（新しく届く7人、届かなくなる2人）",
        "東: 10人 → 10人（新しく届く2人、届かなくなる2人）",  # the same number, other people
        "西: 4人 → 9人（新しく届く5人、届かなくなる0人）",
    ]
    same = replace(found, areas=areas.assign(gained=0, lost=0, within_after=[10, 4]))
    assert say_change(same)[1].en == "東: 10 to 10 (no change)"
