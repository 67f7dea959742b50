"""One more 通いの場: the toy town by hand, and every candidate's gain against a fresh answer."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from toy_town import toy_town
from unknown_towns import rests_at, unknown_town
from wished_groups import two_areas

from geo.analysis.siting import RUNS, check_candidates, site_gains, with_candidate
from geo.base.problems import InputError
from geo.base.words import Words
from geo.coverage.asking import parse_question
from geo.say.siting import ALONE, say_beyond, say_gains
from geo.town import ask
from geo.toy import toy_sites

SEEDS = st.integers(0, 10_000_000)


def candidates_at(points, kind="hall"):
    return pd.DataFrame(
        {
            "candidate_id": [f"k{i}" for i in range(len(points))],
            "kind": [kind] * len(points),
            "name": [f"集会所{i}" for i in range(len(points))],
            "x_m": [float(x) for x, _ in points],
            "y_m": [float(y) for _, y in points],
            "source": ["toy"] * len(points),
        }
    )


def asked(rng):
    return parse_question(
        division="町",
        people="65",
        walker=str(rng.choice(["elderly", "cane", "scooter", "custom:speed=0.7,bar=9"])),
        within=str(rng.choice(["350m", "500m", "1000m", "20min"])),
        heights=bool(rng.random() < 0.7),
        trip=str(rng.choice(["there", "back", "worse", "round"])),
        rest=str(rng.choice(["100", "200", "400"])) if rng.random() < 0.6 else "",
        toilet=str(rng.choice(["300", "600"])) if rng.random() < 0.4 else "",
    )


def within(town, question, sites, rests, **more):
    found = ask(town, question, sites, rests=rests, **more)
    return found.totals["within"], found.areas.set_index("area_id")["within"]


def same_as_fresh(town, question, candidates, *, rests, eligible, surveyed, runs):
    """Every candidate's gain, in these runs, is the difference of two fresh answers, by area too."""
    sites = town.salons
    found = site_gains(
        town, question, candidates, sites, rests=rests, eligible=eligible, surveyed=surveyed,
        ends=len(runs) > 1,
    )  # fmt: skip
    runs = runs if found.unsure else ("known",)
    free = ~surveyed if question.rest_m is not None else None
    own = {
        unknown: {"unknown": unknown, "free": free if unknown == "good" else None}
        for unknown in runs
    }
    was = {one: within(town, question, sites, rests, eligible=eligible, **own[one]) for one in runs}
    for row in found.table.itertuples():
        more, seats = with_candidate(town, sites, rests, pd.Series(row._asdict()))
        now = {
            one: within(town, question, more, seats, eligible=eligible, **own[one]) for one in runs
        }
        gains = {one: now[one][0] - was[one][0] for one in runs}
        told = row.gained, row.gained_low, row.gained_high
        assert told == (gains["known"], min(gains.values()), max(gains.values())), question
        told = found.areas[found.areas["candidate_id"] == row.candidate_id]
        mine = told.set_index("area_id")["gained"]
        expected = now["known"][1] - was["known"][1]
        assert mine[mine > 0].to_dict() == expected[expected > 0].to_dict()
        assert row.seated <= row.gained
    order = list(zip(-found.table["gained"], found.table["candidate_id"], strict=True))
    assert order == sorted(order) and found.table["rank"].tolist() == [*range(1, len(order) + 1)]


@settings(max_examples=25)
@given(SEEDS)
def test_every_gain_is_the_difference_of_two_answers_in_random_towns(seed):
    rng = np.random.default_rng(seed)
    town, question = two_areas(unknown_town(rng)), asked(rng)
    rests = rests_at(rng, 12)
    eligible = None
    if rng.random() < 0.4:
        eligible = {"s0": rng.random(len(town.cells)) < 0.5}
    places = candidates_at(rng.uniform(0, 1000, (2, 2)))
    surveyed = rng.random(town.network.edge_count) < 0.3
    runs = RUNS if rng.random() < 0.3 else ("known",)
    same_as_fresh(
        town, question, places, rests=rests, eligible=eligible, surveyed=surveyed, runs=runs
    )


# Homes of ten people at (0,100), (400,0), (400,400) and (0,400); a salon at (0,0); 300 m reach the
# first home alone. Two homes are 200 m from each of k0 and k1; of k2, ten metres north of k0, one is
# 210 m off; from k3 only (0,100) is near, which has a salon; k4 lies off the network.
TOY = [(400, 200), (200, 400), (400, 210), (0, 0), (1000, 1000)]
NEAR = parse_question(division="町", people="65", walker="elderly", within="300m")


def test_the_toy_town_by_hand():
    found = site_gains(toy_town(), NEAR, candidates_at(TOY))
    table = found.table.set_index("candidate_id")
    assert found.table["candidate_id"].tolist() == ["k0", "k1", "k2", "k3", "k4"]  # ties by id
    assert table["gained"].tolist() == [20, 20, 20, 0, 0]
    for name in ("gained_low", "gained_high", "gained_65", "gained_75", "gained_all"):
        assert table[name].tolist() == table["gained"].tolist()
    assert not found.unsure and found.seat_every_m == 200
    assert table["seated"].tolist() == [20, 20, 10, 0, 0]
    pace = NEAR.walker.metres_per_min
    np.testing.assert_allclose(table["minutes_half"][:3], np.array([200, 200, 190]) / pace)
    np.testing.assert_allclose(table["minutes_most"][:3], np.array([200, 200, 210]) / pace)
    assert table["minutes_half"].isna().tolist() == [False] * 3 + [True] * 2
    assert table["on_network"].tolist() == [True] * 4 + [False]
    assert table.loc["k4", "off_m"] == pytest.approx(600 * 2**0.5)
    assert table.loc["k0", "beside"] == ("集会所2",) and table.loc["k1", "beside"] == ()
    assert table["area_name"].tolist() == ["町"] * 3 + [""] * 2
    assert found.areas[["candidate_id", "area_id", "gained"]].to_numpy().tolist() == [
        ["k0", "a", 20], ["k1", "a", 20], ["k2", "a", 20],
    ]  # fmt: skip


def test_the_toy_town_in_words():
    town, question = toy_town(), NEAR
    found = site_gains(town, question, candidates_at(TOY))
    kinds = {"hall": Words("集会所など", "hall")}
    head, *lines = say_gains(found, question, kinds)
    assert head.ja == (
        "1か所増やしたとき、徒歩300m以内に通いの場があるようになる65歳以上（候補 5か所、ふえる人の多い順）"
    )
    # 200 m at 60 m a minute are 3.3 minutes, which is told as 4.
    assert lines[0].ja == (
        "1. 集会所0（集会所など）: ＋20人。75歳以上では 20人。いちばん多いのは町の 20人で、ふえる人の半分は"
        "歩いて4分以内。途中で座れるのは 20人（100.0％）。候補「集会所2」と同じ所"
    )
    assert "新しく届く人はいない" in lines[3].ja
    assert lines[4].ja.endswith("道につながらない（いちばん近い道まで849m）ので、数えられない")
    assert lines[5] == ALONE and "足し算にならない" in ALONE.ja and "do not add up" in ALONE.en
    assert len(say_gains(found, question, kinds, first=2)) == 1 + 2 + 1 + 3


def test_that_no_candidate_helps_where_most_are_left_out_is_told():
    near, off = (site_gains(toy_town(), NEAR, candidates_at([one])) for one in (TOY[0], TOY[3]))
    told = say_beyond(off)
    assert say_beyond(near) is None and told is not None
    assert (
        told.ja == "届かない人のいちばん多い地区は 町（30人）ですが、そこの人に届く候補はありません"
    )
    all_within = site_gains(toy_town(homes=[(0.0, 100.0)]), NEAR, candidates_at(TOY[:1]))
    assert say_beyond(all_within) is None


def test_seats_and_slopes_that_are_not_known_make_low_and_high():
    # A park half way along the 200 m: with a seat two homes come within a rest every 100 m.
    sites = toy_sites([(0.0, 0.0), (400.0, 100.0)]).assign(kind=["salon", "park"])
    town = toy_town(sites)
    question = replace(NEAR, rest_m=100.0)
    found = site_gains(town, question, candidates_at([(400, 200)]))
    (row,) = found.table.itertuples()
    assert found.unsure and found.seat_every_m == 100
    # Known: nobody; at best, with every street unknown to have no seat, both homes.
    assert (row.gained, row.gained_low, row.gained_high) == (0, 0, 20)
    told = " ".join(one.ja for one in say_gains(found, question, {}))
    assert "（0〜20人）" in told and "少ない方と多い方" in told
    (row,) = site_gains(town, question, candidates_at([(400, 200)]), ends=False).table.itertuples()
    assert row.gained_low == row.gained_high == 0


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (candidates_at([]), "候補が1つもありません"),
        (candidates_at([(0, 0)]).drop(columns="kind"), "kind"),
        (pd.concat([candidates_at([(0, 0)])] * 2, ignore_index=True), "二度"),
        (candidates_at([(float("nan"), 0)]), "数ではありません"),
    ],
)
def test_candidates_that_cannot_be_tried_are_refused(table, said):
    with pytest.raises(InputError) as caught:
        check_candidates(table)
    assert said in caught.value.words.ja and caught.value.words.en


def test_nothing_given_is_changed():
    town, places = toy_town(), candidates_at(TOY)
    before = places.copy(), town.sites.copy()
    site_gains(town, NEAR, places)
    pd.testing.assert_frame_equal(places, before[0])
    pd.testing.assert_frame_equal(town.sites, before[1])
