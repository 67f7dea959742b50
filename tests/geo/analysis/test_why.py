"""Why people are out of reach: every one counted once, under a cause that would do."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy_town import COVERED

from geo.analysis.why import CAUSES, COUNTS, Otherwise, Waiting, make_why
from geo.base.words import Words

PEOPLE = np.array([10, 20, 30, 40, 0, 7])
AREA = np.array([0, 0, 0, 1, 1, -1])
WAITING = [Waiting(site_id="p", name="公会堂", why=Words("休止", "paused"))]
SALONS = pd.DataFrame({"site_id": ["a", "b"], "name": ["甲", "乙"]})
MORE = pd.DataFrame({"site_id": ["a", "b", "p"], "name": ["甲", "乙", "公会堂"]})
OUT, SEAT, IN, OFF = "outside", "no_rest", "within", "off_network"
OUTS = [OUT] * 6


def answer(status, walk_m=(600.0,) * 6, walk_site=(0,) * 6, site=(2,) * 6):
    out = np.isin(status, [OUT, SEAT])
    cells = pd.DataFrame(
        {"people": PEOPLE, "status": status, "area": AREA, "walk_m": walk_m,
         "walk_site": walk_site, "site": site}
    )  # fmt: skip
    areas = pd.DataFrame({"area_id": ["x", "y"], "area_name": ["西町", "東町"]}).assign(
        outside=[int(PEOPLE[out & (at == AREA)].sum()) for at in (0, 1)],
        off_network=[int(PEOPLE[(np.array(status) == OFF) & (at == AREA)].sum()) for at in (0, 1)],
    )
    return replace(COVERED, cells=cells, areas=areas)


def why(known, level=None, opened=None, both=None, **more):
    changed = (None if one is None else answer(one) for one in (level, opened, both))
    otherwise = Otherwise(**dict(zip(("level", "opened", "both"), changed, strict=True)))
    return make_why(known, otherwise, salons=SALONS, more=MORE, waiting=WAITING, **more)


def counts(found):
    return [int(found.totals[name][0]) for name in COUNTS]


def test_with_nothing_tried_all_have_none_within_range():
    found = why(answer(OUTS, walk_m=[600.0, 700.0, np.inf, 800.0, 900.0, 900.0]))
    assert counts(found) == [0, 0, 0, 0, 100, 30]
    assert found.areas["why_no_way"].tolist() == [30, 0]


@pytest.mark.parametrize(
    ("known", "level", "opened", "both", "expected", "reason"),
    [
        (SEAT, IN, IN, IN, "why_no_rest", "what comes first in order, of three that would do"),
        (OUT, IN, IN, IN, "why_slope", "level alone, before an opening alone"),
        (OUT, SEAT, IN, IN, "why_not_open", "one alone before two together"),
        (OUT, SEAT, OUT, OUT, "why_together", "level and with seats"),
        (OUT, OUT, OUT, IN, "why_together", "level and opened"),
        (OUT, OUT, SEAT, SEAT, "why_together", "seats and opened"),
        (OUT, OUT, OUT, SEAT, "why_together", "all three together"),
        (OUT, OUT, OUT, OUT, "why_far", "whatever is put right"),
    ],
)
def test_two_causes_together_count_once(known, level, opened, both, expected, reason):
    found = why(answer([known, *[IN] * 5]), *([one, *[IN] * 5] for one in (level, opened, both)))
    assert found.totals[expected][0] == 10, reason
    assert found.totals[list(CAUSES)].sum(axis=1)[0] == 10


def test_whose_opening_would_do_is_named_with_its_people_by_area():
    found = why(answer(OUTS), opened=[IN, OUT, IN, IN, OUT, IN])
    assert found.waiting == {
        "": ((WAITING[0], 80),),
        "x": ((WAITING[0], 40),),
        "y": ((WAITING[0], 40),),
    }
    nobody = why(answer(OUTS), opened=OUTS)
    assert nobody.waiting == {"": (), "x": (), "y": ()}


def test_the_nearest_is_that_of_most_people_and_half_of_them_have_it_nearer():
    known = answer(
        OUTS, walk_m=[610.0, 640.0, 900.0, np.inf, 5.0, 5.0], walk_site=[0, 0, 1, -1, 1, 1]
    )
    found = why(known)
    assert found.areas["nearest_name"].tolist() == ["甲", ""]  # 30 and 30 people: the first by id
    assert found.areas["nearest_m"][0] == 640.0 and np.isnan(found.areas["nearest_m"][1])
    hidden = why(known, homes=frozenset({"a"}))
    assert hidden.areas["nearest_name"][0] == "甲" and np.isnan(hidden.areas["nearest_m"][0])


STATUS = st.lists(st.sampled_from([OUT, SEAT, IN, OFF]), min_size=6, max_size=6)


@given(STATUS, STATUS, STATUS, STATUS)
def test_causes_add_up_to_the_person(known, level, opened, both):
    answered = answer(known)
    found = why(answered, level, opened, both)
    for table in (found.areas, found.totals):
        assert table[list(CAUSES)].sum(axis=1).tolist() == table["outside"].tolist()
        assert (table["why_no_way"] <= table["why_far"]).all()
    assert found.areas["off_network"].tolist() == answered.areas["off_network"].tolist()
    named = sum(count for _, count in found.waiting[""])
    assert named == int(found.totals["why_not_open"][0])
    lacking = (answered.cells["status"] == SEAT) & (answered.cells["area"] >= 0)
    assert found.totals["why_no_rest"][0] == PEOPLE[lacking].sum()
