"""Areas rolled up by geometry: sums to the person, nobody lost; n of N by whole numbers."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import box
from unknown_towns import unknown_town

from geo.analysis.gap_areas import count_areas as count_gaps
from geo.analysis.masked_areas import IN, family_of_areas, key_of
from geo.analysis.masking import mask
from geo.analysis.n_of_n import (
    age_share,
    by_share,
    count_areas,
    has_site,
    meets_target,
    reach_share,
)
from geo.analysis.roll_up import COUNTS, roll_up
from geo.coverage.asking import parse_question
from geo.say.roll_up import say_counted, say_share_of_age, say_straddling
from geo.town import ask
from geo.walk.ranges import parse_range


def two_divisions(town, rng, *, holes=True):
    """Six areas by three cuts, and three larger ones cut elsewhere; some land is in neither."""

    def strips(name, cuts, axis):
        edges = [-200.0, *sorted(cuts), 1200.0]
        shapes = [
            box(lo, -200, hi, 1200) if axis == "x" else box(-200, lo, 1200, hi)
            for lo, hi in pairwise(edges)
        ]
        keep = shapes[1:] if holes and rng.random() < 0.5 else shapes
        ids = [f"{name}{at}" for at in range(len(keep))]
        return gpd.GeoDataFrame(
            {"area_id": ids, "area_name": ids, "division": name, "tier": ""},
            geometry=keep, crs=town.plane.crs,
        )  # fmt: skip

    frames = [
        strips("区", rng.uniform(0, 1000, 5), "x"),
        strips("館", rng.uniform(0, 1000, 2), rng.choice(["x", "y"])),
    ]
    return replace(town, areas=pd.concat(frames, ignore_index=True))


def town_of(seed):
    rng = np.random.default_rng(seed)
    town = two_divisions(unknown_town(rng), rng)
    cells = town.cells.copy()
    cells["people_75"] = rng.integers(0, cells["people_75"] + 1)
    if rng.random() < 0.5:  # counted by the areas' own table, wherever the homes were found
        ids = town.division("区")["area_id"].to_numpy()
        cells["area_id"] = rng.choice([*ids, ""], len(cells))
        town = replace(town, people_division="区")
    return replace(town, cells=cells)


def asked(division, people="65", walker="elderly"):
    return parse_question(division=division, people=people, walker=walker, within="300m")


@given(st.integers(0, 2**32))
@settings(max_examples=15, deadline=None)
def test_rows_add_up_to_both_divisions_own_answers_to_the_person(seed):
    town = town_of(seed)
    parts, larger = (ask(town, asked(one)) for one in ("区", "館"))
    rolled = roll_up(town, parts, "区", "館")
    assert roll_up(town, larger, "区", "館").pairs.equals(rolled.pairs)
    for id_, row in larger.areas.set_index("area_id").iterrows():
        table = rolled.rows_of(id_)
        for column in COUNTS:
            assert table[column].sum() == row[column], (id_, column)
        assert not (table["part_id"] == "").to_numpy()[:-1].any()
    by_part = rolled.pairs[rolled.pairs["part_id"] != ""].groupby("part_id")[[*COUNTS]].sum()
    for id_, row in parts.areas.set_index("area_id").iterrows():
        assert (by_part.loc[id_] == row[[*COUNTS]].astype(int)).all()
        own = rolled.areas.set_index("area_id").loc[id_]
        here = rolled.pairs.query("part_id == @id_ and large_id == @own.large_id")["people"].sum()
        assert (
            own["elsewhere"] == row["people"] - here == sum(n for _, n in rolled.elsewhere_of(id_))
        )
        assert (say_straddling(rolled, id_) is None) == (own["elsewhere"] == 0)
    states = np.ones(len(rolled.areas), dtype=np.int64)
    each = [count_areas(rolled, states, one).of for one in (*rolled.larger_names, "")]
    assert sum(each) == len(rolled.areas) == count_areas(rolled, states).of


def test_who_straddles_is_told_and_land_without_people_goes_by_land():
    town = two_divisions(
        unknown_town(np.random.default_rng(1)), np.random.default_rng(0), holes=False
    )
    frame = town.areas.copy()
    frame = pd.concat([frame.iloc[:3], frame.iloc[6:8]], ignore_index=True)
    frame.geometry = [box(0, 0, 100, 100), box(100, 0, 200, 100), box(200, 0, 300, 100),
                      box(0, 0, 120, 100), box(120, 0, 280, 100)]  # fmt: skip
    cells = town.cells.iloc[:4].copy().reset_index(drop=True)
    cells[["x_m", "y_m"]] = [(50, 50), (110, 50), (150, 50), (160, 50)]
    for name in ("people_all", "people_65", "people_75"):
        cells[name] = [30, 4, 20, 1]
    town = replace(town, areas=frame, cells=cells, cell_snaps=town.cell_snaps.take(np.arange(4)))
    rolled = roll_up(town, ask(town, asked("館")), "区", "館")
    assert rolled.areas["large_id"].tolist() == ["館0", "館1", "館1"]
    assert rolled.areas["elsewhere"].tolist() == [0, 4, 0]
    assert rolled.areas["straddles"].tolist() == [False, True, False]
    assert say_straddling(rolled, "区1").ja == "区1は、館をまたいでいます（ほかに館0に4人）"
    first = rolled.rows_of("館0")
    assert first["part_id"].tolist() == ["区0", "区1"] and first["people"].tolist() == [30, 4]
    assert first["counted_here"].tolist() == [True, False] and first["elsewhere"].tolist() == [
        0,
        21,
    ]
    assert count_areas(rolled, np.array([1, 1, -1]), "館0").yes == ("区0",)
    counted = count_areas(rolled, np.array([1, 1, -1]), "館1")
    assert (counted.yes, counted.no_figure, counted.of) == (("区1",), ("区2",), 1)
    said = say_counted(counted, say_share_of_age("65", Fraction(1, 2)), "館1")
    assert said[0].ja == "館1の1地区のうち1地区（100.0％）で、65歳以上が半分を超えています"
    assert "区2" in said[1].ja
    with pytest.raises(ValueError, match="states for 3"):
        count_areas(rolled, np.array([1]))


def test_facts_of_areas_agree_with_the_answers_they_are_of():
    town = town_of(5)
    coverage = ask(town, asked("区"))
    rows = coverage.areas
    half = Fraction(1, 2)
    reach = reach_share(town, coverage, "区", half)
    on = rows["within"] + rows["outside"]
    assert (
        reach.tolist() == by_share(rows["within"].to_numpy(), on.to_numpy(), half, "least").tolist()
    )
    target = parse_range("300m")
    gaps = count_gaps(town, coverage, "区", target)
    assert [meets_target(gaps).tolist().count(one) for one in (1, 0)] == [
        gaps.meets,
        gaps.judged - gaps.meets,
    ]
    there, none = (has_site(town, town.salons, "区", none=one) for one in (False, True))
    assert (there + none).tolist() == [1] * len(rows) and there.any()
    ages = age_share(town, "区", "75", half)
    assert set(ages.tolist()) <= {1, 0, -1}
    exact = by_share(np.array([50, 51, 49]), np.array([100, 100, 100]), half)
    assert exact.tolist() == [0, 1, 0]
    assert by_share(np.array([50]), np.array([100]), half, "under").tolist() == [0]
    assert by_share(np.array([50]), np.array([100]), half, "most").tolist() == [1]


def test_the_family_of_a_roll_up_holds_every_place_and_is_masked():
    town = town_of(3)
    rolled = {
        (age, walker): roll_up(town, ask(town, asked("区", age, walker)), "区", "館")
        for age in ("65", "75")
        for walker in ("elderly", "cane")
    }
    family = family_of_areas(rolled)
    hidden = mask(family)
    assert all(
        name in hidden
        for name, n in family.counts.items()
        if 0 < n < 10 and name not in family.unseen
    )
    coverage = ask(town, asked("館", "65", "cane"))
    for id_, row in coverage.areas.set_index("area_id").iterrows():
        for column in ("people", *IN):
            name = key_of(column, "65", "cane", division="館", area_id=id_)
            assert family.counts[family.also.get(name, name)] == row[column]
        rows = rolled["65", "cane"].rows_of(id_)
        for part, within in zip(rows["part_id"], rows["within"], strict=True):
            name = key_of("within", "65", "cane", division="区", area_id=part, within=f"館/{id_}")
            assert family.counts[family.also.get(name, name)] == within
    every = key_of("outside", "65", "cane", division="館")
    assert family.counts[family.also.get(every, every)] == coverage.totals["outside"]


def test_the_same_people_have_one_name_and_are_hidden_under_every_other():
    town = town_of(3)
    answer = ask(town, asked("区", "65", "elderly"))
    family = family_of_areas({("65", "elderly"): roll_up(town, answer, "区", "館")})
    first = len(family.counts)
    family_of_areas({("65", "elderly"): roll_up(town, answer, "区", "区")}, into=family)
    assert family.also and all(own in family.counts for own in family.also.values())
    hidden = mask(family)
    assert all((name in hidden) == (own in hidden) for name, own in family.also.items())
    # The rows of the division in itself are its areas: nothing is told a second time.
    assert len(family.counts) == first
