"""Real places for one more salon: which are tried, which are not and why, and the plan's own numbers."""

import json
from dataclasses import replace

import numpy as np
import pytest
from register_fixtures import new_version
from shapely.geometry import Point
from toy_town import toy_town

from geo.base.problems import InputError
from geo.base.words import Words
from geo.coverage.asking import parse_question
from geo.schedule import parse_schedule
from geo.toy import toy_sites
from layers.day.candidate_kinds import CANDIDATE_KINDS, KIND_WORDS, parse_kinds
from layers.day.candidates import day_gains, find_candidates
from layers.day.day import Day
from layers.day.planned import carry_out
from layers.day.salons import When
from layers.day.told import Told
from surveys.record.plan import Change
from surveys.record.wanted import parse_wanted
from surveys.store.register import open_register

NEAR = parse_question(division="町", people="65", walker="elderly", within="300m")
NO_NAME = Words("名のない所", "nameless")
KINDS = parse_kinds("", given=False)
HOME = {"private_home": "yes"}
OVER = {"_id": "a", "state": "ended"}
GROUP = {"_id": "a", "state": "active", "schedule": parse_schedule("毎週火曜 10:00")}
# What the register holds: id, type, place in metres, answers.
RECORDS = [
    ("meets", "salon", (0, 0), {"name": "集いの家", "activities": [GROUP], "lendable": "anyone"}),
    ("rests", "salon", (400, 250), {"name": "北会館", "activities": [OVER], "lendable": "members"}),
    ("home", "salon", (300, 400), {"name": "田中さん宅", "activities": [OVER], "lendable": "anyone"} | HOME),
    ("kept", "salon", (200, 300), {"name": "南会館", "activities": [OVER], "lendable": "no"}),
    ("good", "park", (400, 150), {"name": "よい公園", "bench": "yes", "toilet": "usable"}),
    ("poor", "park", (300, 100), {"name": "椅子だけ公園", "bench": "yes", "toilet": "none"}),
    ("van", "shop", (100, 400), {"name": "移動販売車", "kind": "mobile"}),
    ("tea", "resource", (200, 400), {"name": "茶の間", "category": "gathering"}),
    ("ride", "resource", (100, 205), {"name": "送迎の会", "service": ["outing"]}),
    ("meal", "resource", (200, 100), {"name": "配食", "service": ["meal_delivery"]}),
]  # fmt: skip
MAPPED = [("m1", "resource", "自治会館", (400, 200)), ("m2", "shop", "", (100, 300)),
          ("m4", "resource", "下の会館", (100, 200)), ("m3", "park", "地図の公園", (300, 200))]  # fmt: skip


@pytest.fixture(scope="module")
def day(tmp_path_factory):
    sites = toy_sites([at for *_, at in MAPPED]).assign(
        site_id=[one[0] for one in MAPPED], kind=[one[1] for one in MAPPED],
        name=[one[2] for one in MAPPED], source="OpenStreetMap",
    )  # fmt: skip
    town = toy_town(sites)
    register = open_register(tmp_path_factory.mktemp("candidates"))
    for id_, type_, (x_m, y_m), answers in RECORDS:
        lon, lat = town.plane.to_lonlat([float(x_m)], [float(y_m)])
        register.save(
            new_version(id_, answers, type=type_, place=Point(float(lon[0]), float(lat[0])),
                        made_at="2026-05-01T09:00:00Z")
        )  # fmt: skip
    yield Day(told=Told(town=town, register=register), when=When(on="2026-11-21"))
    register.engine.dispose()


def test_each_kind_is_taken_from_where_it_is_known(day):
    found = find_candidates(day, KINDS)
    assert dict(zip(found.table["candidate_id"], found.table["kind"], strict=True)) == {
        "m1": "hall", "tea": "hall", "ride": "hall", "good": "park", "m2": "shop", "rests": "lent",
    }  # fmt: skip
    named = dict(zip(found.table["candidate_id"], found.table["name"], strict=True))
    assert named["ride"] == "下の会館"  # a service recorded at a hall of the map: the hall is meant
    assert "地区の人だけ" in found.notes["rests"].ja
    out = {why.ja: names for why, names in found.left_out.items()}
    assert out == {
        "集いの場でない地域資源": ("配食",),
        "カルテに座れる所とトイレの両方がそろわない公園": ("地図の公園", "椅子だけ公園"),
        "移動販売": ("移動販売車",),
        "すでに通いの場がある": ("集いの家",),
    }
    told = "\n".join(one.ja for one in found.say())
    assert "候補　6か所（集会所など 3・公園 1・買い物先 1・貸し出しのある会場 1）" in told
    assert "学校は、この街のデータに場所がない" in told and "田中さん" not in told
    assert all(one.en for one in found.say())


def test_nothing_to_try_and_places_without_a_name_leave_no_empty_brackets(day):
    found = find_candidates(day, KINDS)
    bare = replace(found, table=found.table[:0], left_out={NO_NAME: ("", " ", "会館")}, missing=())
    assert [one.ja for one in bare.say()] == [
        "候補　0か所",
        "名のない所 3か所は候補にしない（名前なし、名前なし、会館）",
    ]
    assert [one.en for one in bare.say()] == [
        "Candidates: 0",
        "nameless, not tried: 3 (unnamed, unnamed, 会館)",
    ]


def test_kinds_can_be_chosen_and_a_place_with_a_salon_asked_for(day):
    assert find_candidates(day, parse_kinds("公園", given=False)).table[
        "candidate_id"
    ].tolist() == ["good"]
    found = find_candidates(day, ("lent",), with_salons=True)
    assert found.table["candidate_id"].tolist() == ["meets+", "rests"]  # the id is the salon's own
    assert found.notes["meets+"].ja == "すでに通いの場がある"
    with pytest.raises(InputError) as caught:
        parse_kinds("hall,castle", given=False)
    assert "castle" in caught.value.words.ja and "hall（集会所など）" in caught.value.words.ja
    assert parse_kinds("hall", given=True) == ("hall", "given") and set(KIND_WORDS) == set(
        CANDIDATE_KINDS
    )


def test_a_gain_is_what_the_plan_says_when_it_is_made(day):
    for question in (
        NEAR,
        parse_question(division="町", people="65", walker="elderly", within="300m", rest="100"),
    ):
        gains = day_gains(day, question, find_candidates(day, KINDS))
        before = day.ask(question).totals["within"]
        for row in gains.table.itertuples():
            after = carry_out(day, [Change(do="add", at=(row.lon, row.lat))]).ask(question)
            assert after.totals["within"] - before == row.gained, row.candidate_id
    gains = day_gains(day, NEAR, find_candidates(day, KINDS)).table.set_index("candidate_id")
    # (400,0) and (400,400) lie 200 m from m1, 150 and 250 from good and from rests; from ride
    # one walks 195 m north and 100 west to (0,400).
    assert gains["gained"].to_dict() == {
        "m1": 20,
        "tea": 20,
        "good": 20,
        "rests": 20,
        "m2": 10,
        "ride": 10,
    }
    assert (
        gains.loc["rests", "note"].ja == "貸し出しは地区の人だけ"
        and gains.loc["m1", "note"] is None
    )


def test_a_given_place_that_is_not_open_then_is_no_candidate(day):
    given = toy_sites([(400.0, 0.0), (400.0, 400.0)]).assign(
        site_id=["g1", "g2"], name=["火曜の家", "水曜の家"], kind="resource",
        schedule=["毎週火曜 10:00", "毎週水曜 10:00"],
    )  # fmt: skip
    tuesday = Day(told=day.told, when=day.when, wanted=parse_wanted(weekday="火"))
    found = find_candidates(tuesday, ("given",), given=given)
    assert found.table["candidate_id"].tolist() == ["g1"]
    assert [(why.ja, names) for why, names in found.left_out.items()] == [
        ("開ける日時が条件に合わない", ("水曜の家",))
    ]
    wednesday = Day(told=day.told, when=day.when, wanted=parse_wanted(weekday="水"))
    found = find_candidates(wednesday, ("lent",))
    assert (
        found.notes["meets+" if "meets+" in found.notes else "meets"].ja
        == "選んだ条件に合わない通いの場がある所"
    )


def test_a_place_off_the_network_is_named_and_has_no_figure(day, tmp_path):
    from geo.export.facts import Stamp
    from geo.export.siting import Shown, export_siting

    given = toy_sites([(3000.0, 0.0)]).assign(site_id=["sea"], name=["沖の島"], kind="resource")
    gains = day_gains(day, NEAR, find_candidates(day, ("given",), given=given))
    stamp = Stamp(version="0", made_at="2026-11-21T00:00:00Z")
    shown = Shown(keys="ja", lang="ja", kinds=KIND_WORDS)
    text = export_siting(day.town, gains, shown, stamp=stamp)
    (one,) = json.loads(text)["features"]
    row = one["properties"]
    assert row["名称"] == "沖の島" and row["新しく届く人"] is None and row["道につながる"] is False
    assert row["道までのm"] == pytest.approx(2600) and np.isnan(gains.table["minutes_half"][0])
