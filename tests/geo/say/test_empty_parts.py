"""No sentence has brackets round nothing, or names nothing, where a name is not known."""

import re
from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest
from toy_town import toy_town

from geo.analysis.siting import site_gains
from geo.analysis.why import Waiting, Why
from geo.base.words import Words
from geo.coverage.asking import parse_question
from geo.say.gap_why import say_place, say_why_first
from geo.say.siting import say_gains
from geo.say.why import say_why, say_why_sentences
from geo.toy import toy_sites

KINDS = {
    "hall": Words("集会所", "hall"),
    "park": Words("公園", "park"),
    "shop": Words("店", "shop"),
}
EMPTY = re.compile(
    r"（[\s、・。]*(?:など)?）|（\s|「\s*」|\(\s*[,;…]?\s*\)|\(\s|  |のは[のが]| is ,|in [,;]|、[。）]"
)
NEAR = parse_question(division="町", people="65", walker="elderly", within="300m")
FAR = float("nan")


def check(lines):
    found = [one for one in lines if EMPTY.search(one.ja) or EMPTY.search(one.en)]
    assert not found
    return [one.ja for one in lines]


@pytest.mark.parametrize("name", ["", " ", "　"])
def test_places_where_a_salon_could_meet(name):
    places = pd.DataFrame(
        {
            "candidate_id": ["a", "b", "c"], "kind": ["hall", "park", "shop"], "name": name,
            "x_m": [400.0, 400.0, 405.0], "y_m": [400.0, 0.0, 0.0], "source": "x",
        }
    )  # fmt: skip
    gains = site_gains(toy_town(toy_sites([(0, 0)])), NEAR, places)
    said = check(say_gains(gains, NEAR, KINDS))
    assert any(
        "名前のない公園: ＋" in one and "候補「名前のない所」と同じ所" in one for one in said
    )
    nowhere = replace(gains, table=gains.table.assign(area_name=""))
    assert any(
        ": ＋10人。" in one and "いちばん多い" not in one
        for one in check(say_gains(nowhere, NEAR, KINDS))
    )


@pytest.mark.parametrize("name", ["", "集会所"])
def test_why_people_of_a_gap_are_left_out(name):
    row = SimpleNamespace(
        area_name="", street="", near=name, near_kind="", near_m=FAR if not name else 10.0,
        nearest_name=name, minutes_half=12.0, minutes_least=10.0, minutes_most=15.0,
        to_home=False, no_way=3, way_m=FAR, why_slope=0, why_no_rest=0, why_not_open=0,
        why_far=3, why_together=0,
    )  # fmt: skip
    said = check([say_place(row), *say_why_first(row, NEAR)])
    assert any("いちばん近い通いの場まで" in one for one in said) is (not name)


@pytest.mark.parametrize("name", ["", " ", "公会堂"])
def test_why_people_of_an_area_are_left_out(name):
    counts = {
        "off_network": 0, "why_slope": 0, "why_no_rest": 0, "why_not_open": 10, "why_far": 6,
        "why_no_way": 0, "why_together": 0, "nearest_id": "", "nearest_name": name.strip(),
        "nearest_m": FAR if not name.strip() else 820.0, "outside": 16,
    }  # fmt: skip
    waiting = (Waiting(site_id="p", name=name, why=Words("休止", "paused")), 10)
    why = Why(
        areas=pd.DataFrame([{"area_id": "a", "area_name": "西町", **counts}]),
        totals=pd.DataFrame([{"area_id": "", "area_name": "", **counts}]),
        waiting={"": (waiting,), "a": (waiting,)},
    )
    check(say_why(why, NEAR))
    for row in why.areas.itertuples():
        check(say_why_sentences(why, row, NEAR))
