"""Where people are left out: the toy town by hand, and laws on random towns."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely.geometry import LineString, box
from toy_town import toy_town
from unknown_towns import rests_at, unknown_town

from geo.analysis.by_stop import ByStop
from geo.analysis.gap_areas import count_areas
from geo.analysis.gap_figures import Known
from geo.analysis.gap_names import STREET_M
from geo.analysis.gap_places import FEW, join_homes, smallest_division
from geo.analysis.gap_reasons import find_reasons
from geo.analysis.gap_ways import put_seats, way_facts
from geo.analysis.gaps import find_gaps, left_out
from geo.analysis.some_homes import coverage_of_homes, eligible_of_homes, town_of_homes
from geo.analysis.why import CAUSES, Otherwise, make_why
from geo.coverage.asking import parse_question
from geo.network.network import STEPS
from geo.network.snap import Snapper
from geo.relief.relief import Relief, lay_samples
from geo.say.gap_why import say_place, say_why_here
from geo.say.gaps import gaps_mean, say_each_gap, say_gaps, say_target, say_worst
from geo.tables.rests import rests_of_sites
from geo.town import ask, ground_of, ordered_sites, put_places, snap_cells
from geo.toy import toy_cells, toy_sites
from geo.walk.ranges import parse_range

NEAR = parse_question(division="町", people="65", walker="elderly", within="300m")
PACE = NEAR.walker.metres_per_min


def gaps_of(town, question=NEAR, **known):
    return find_gaps(town, question, ask(town, question), Known(**known))


def sites(*rows):
    """Sites by (x, y), kind, name; the first is the salon at the corner."""
    table = toy_sites([(0.0, 0.0), *(at for at, _, _ in rows)])
    kinds, names = (["salon", *(r[1] for r in rows)], ["会館", *(r[2] for r in rows)])
    return table.assign(kind=kinds, name=names)


def test_each_figure_of_the_toy_town_is_that_of_the_head():
    # Homes 100, 400, 800 and 400 m from the corner; the last with one beside it, 500 m off.
    homes = [(0.0, 100.0), (400.0, 0.0), (400.0, 400.0), (0.0, 400.0), (100.0, 400.0)]
    park = ((0.0, 300.0), "park", "北公園")
    bench = ((200.0, 0.0), "bench", "")
    town = toy_town(sites(park, bench), homes)
    cells = town.cells.assign(people_65=[9, 8, 7, 6, 5], people_75=[5, 1, 4, 3, 2])
    town = replace(town, cells=cells)
    lines = gpd.GeoDataFrame(
        {"name": ["北通り"]}, geometry=[LineString([(0, 400), (300, 400)])], crs=town.plane.crs
    )
    found = gaps_of(town, streets=lines)
    table = found.table
    assert table["rank"].tolist() == [1, 2, 3]
    assert table["people"].tolist() == [11, 8, 7]  # the two beside each other are one place
    assert table["people_75"].tolist() == [5, 1, 4] and table["people_all"].tolist() == [20, 10, 10]
    half, least, most = (table[f"minutes_{one}"] * PACE for one in ("half", "least", "most"))
    assert half.round(6).tolist() == [400, 400, 800]  # six of eleven walk 400 m
    assert least.round(6).tolist() == [400, 400, 800] and most.round(6).tolist() == [500, 400, 800]
    assert table["nearest_name"].tolist() == ["会館"] * 3 and table["nearest_id"][0] == "s0"
    assert table["why_far"].tolist() == [11, 8, 7]
    assert not table[[*CAUSES[:-1], "no_way", "unknown", "off_network", "stop_near"]].any(axis=None)
    # From (400, 0) one passes the bench half-way; from (0, 400) there is no seat but the salon's.
    assert table["way_m"].tolist() == [400, 400, 800]
    assert table["way_seatless_m"].round(6).tolist()[:2] == [400, 200]
    assert table["way_steps"].tolist() == [0, 0, 0] and np.isnan(table["way_rise_m"]).all()
    assert table["street"].tolist() == ["北通り", "", "北通り"] and STREET_M == 100
    # The nearest with a name: the park, but for the home whose nearest is the salon itself.
    assert table["near"].tolist() == ["北公園", "会館", "北公園"]
    assert table["near_m"].tolist() == [100, 400, 500]
    assert say_place(table.iloc[0]).ja == "町（北通り・北公園の近く）"
    first, why, total = say_worst(found, NEAR)
    assert (
        first.ja.startswith("歩いて通えない人がいちばん多いのは、町（北通り") and "11人" in first.ja
    )
    assert "会館" in why.ja and "半分の人が歩いて7分以内（7〜9分）" in why.ja
    assert total.ja == "徒歩300m以内に通いの場がない65歳以上は、あわせて 26人、3か所に分かれます"
    assert len(say_gaps(found, NEAR, first=1)) == len(say_gaps(found, NEAR)) - 1  # ほかに…か所
    assert set(say_each_gap(found, NEAR)) == set(table["gap_id"])
    assert all(one.en for one in [*say_gaps(found, NEAR), *gaps_mean(found)])


def test_homes_of_two_areas_are_two_places_and_those_off_the_streets_stand_beside():
    town = toy_town(homes=[(400.0, 300.0), (400.0, 400.0), (350.0, 350.0), (50.0, 150.0)])
    areas = pd.concat([town.areas.assign(area_id=one, area_name=name, division="丁目")
                       for one, name in (("n", "北"), ("s", "南"))])  # fmt: skip
    areas = areas.set_geometry([box(-50, 320, 450, 450), box(-50, -50, 450, 320)])
    snaps = snap_cells(town.snapper, town.cells, limit_m=20.0)
    town = replace(
        town, areas=pd.concat([town.areas, areas], ignore_index=True), cell_snaps=snaps,
        snap_limit_m=20.0,
    )  # fmt: skip
    assert smallest_division(town) == "丁目"
    found = gaps_of(town)
    assert found.table["area_name"].tolist() == ["北", "南"]
    assert found.table["division_area"].tolist() == ["町", "町"]
    # Of the two in the middle of a block one is 71 m from the home in the north; none is near the other.
    assert found.table["off_network"].tolist() == [10, 0] and found.off_rest == 10
    assert found.coverage.totals["off_network"] == 20
    assert shapely.area(shapely.intersection(*found.shapes)) == pytest.approx(0, abs=1e-6)


def test_a_place_of_few_is_told_by_the_larger_square_and_no_middle_is_a_door():
    town = toy_town(homes=[(433.0, 17.0)])
    wide, few = gaps_of(town), gaps_of(replace(town, cells=toy_cells([(433.0, 17.0)], FEW - 1)))
    assert wide.shapes[0].area < few.shapes[0].area
    assert few.shapes[0].intersects(shapely.Point(433, 17))
    # 17 m along its street is told as 0 m.
    assert wide.table[["x_m", "y_m"]].to_numpy().round(6).tolist() == [[400, 0]]


def steep_town():
    """A flight of steps from (100, 0) to (300, 0), and a slope of ten per cent from (350, 0) east."""
    town = toy_town(homes=[(400.0, 0.0)])
    flags = np.zeros(town.network.edge_count, dtype=np.int64)
    flags[[1, 2]] = STEPS  # from (100, 0) to (300, 0): one flight
    network = replace(town.network, edge_flags=flags)
    start, along = lay_samples(network, np.full(network.edge_count, 10))
    edge = np.repeat(np.arange(network.edge_count), np.diff(start))
    x = network.node_x_m[network.edge_u[edge]] + np.where(edge < 20, along, 0)
    relief = Relief(start=start, along_m=along, height_m=np.where(x > 350, 60 - 0.1 * x, 25 - 0.0 * x),
                    kind=np.ones(network.edge_count, dtype=np.uint8))  # fmt: skip
    return replace(town, network=network, snapper=Snapper(network), relief=relief)


def test_the_streets_that_are_the_reasons_of_a_place():
    town = steep_town()
    rests = rests_of_sites(toy_sites([(350.0, 20.0)]))
    asked = {"steep": 0.04, "seatless_m": 200.0, "rests": rests}
    found = find_reasons(town, NEAR, (400.0, 0.0), "s0", **asked)
    assert found.way.length == pytest.approx(400)
    told = [(round(one.x_m), one.y_m, round(one.grade, 2)) for one in found.spots]
    assert told[0] == (375, 0.0, 0.1) and told[1][:2] == (200, 0.0) and np.isnan(told[1][2])
    lengths = [one.length for one in found.lines.geoms]
    assert lengths == pytest.approx(
        [50, 200, 350]
    )  # the slope, the steps, from the bench to the door
    assert find_reasons(town, NEAR, (400.0, 0.0), "nobody", **asked) is None
    plain, asked["seatless_m"] = toy_town(homes=[(400.0, 0.0)]), 1e6
    easy = find_reasons(plain, NEAR, (400.0, 0.0), "s0", **asked)
    assert easy.spots == () and easy.lines.is_empty


def test_steps_and_slopes_on_the_way():
    town = steep_town()
    relief = town.relief
    ground = ground_of(town)
    here, there = (put_places(town, ground, toy_sites([at])) for at in ((400.0, 0.0), (0.0, 0.0)))
    seats = put_seats(town, ground, toy_sites([(350.0, 20.0), (50.0, 30.0)]))
    found = way_facts(ground, here, there, seats=seats, relief=relief, most_m=1.0)
    assert (found.metres, found.steps) == (400, 1)  # found, though farther than was thought
    # 4 m up over 40 m, then from 24 to 25 m above within ten; the bench 30 m off is not passed.
    assert found.rise_m == pytest.approx(5) and found.steepest == pytest.approx(0.1)
    assert found.seatless_m == pytest.approx(350)


def test_what_is_known_beside_is_counted_by_place_and_said():
    town = toy_town(homes=[(400.0, 0.0), (400.0, 400.0), (0.0, 400.0)])
    yes, no = np.array([True, True, False]), np.array([True, False, False])
    often = {"any": yes, "monthly": yes, "twice": no, "weekly": no}
    stops = ByStop(near=yes, can_come=no, served=("s0",))
    found = gaps_of(town, by_stop=stops, often=often, unknown=no, homes=frozenset({"s0"}))
    names = ["stop_near", "stop_can_come", "open_any", "open_twice", "unknown"]
    sums = dict(zip(found.table["gap_id"], found.table[names].to_numpy().tolist(), strict=True))
    assert sorted(sums.values()) == [[0] * 5, [10, 0, 10, 0, 0], [10] * 5]
    assert found.table["to_home"].all()
    told = "\n".join(
        one.ja for row in found.table.itertuples() for one in say_why_here(found, row, NEAR)
    )
    assert "ほかの曜日や回数なら届く人が 10人（うち週1回以上は 10人）" in told
    assert "停留所まで歩ける人が 10人（別の停留所から通いの場へ歩ける人は 0人）" in told
    assert (
        "歩いて行ける停留所もない" in told
        and "数えるか分からない通いの場も数えれば届く人が 10人" in told
    )


def test_walks_to_a_home_are_told_by_the_nearest_that_is_none():
    town = toy_town(toy_sites([(0.0, 0.0), (0.0, 300.0)]), [(400.0, 0.0)])
    out = ask(town, NEAR, town.salons.iloc[1:])
    found = gaps_of(town, homes=frozenset({"s0"}), public=coverage_of_homes(out, np.array([0])))
    (row,) = found.table.itertuples()
    assert row.to_home and (row.nearest_id, row.minutes_half * PACE) == ("s1", pytest.approx(700))
    assert row.way_m == pytest.approx(700) and row.near == "通いの場2"
    assert "個人の家でひらくものを除いて" in say_why_here(found, row, NEAR)[0].ja


def test_nobody_left_out_is_said_and_a_target_is_judged_by_everybody():
    town = toy_town()
    wide = parse_question(division="町", people="65", walker="elderly", within="800m")
    found = gaps_of(town, wide)
    assert found.table.empty and found.shapes == []
    assert say_worst(found, wide)[0].ja == "徒歩800m以内に通いの場がない65歳以上は、いません"
    west = town.areas.assign(area_id="w", area_name="西", division="区")
    east = town.areas.assign(area_id="e", area_name="東", division="区").set_geometry(
        [box(300, -50, 450, 450)], crs=town.plane.crs)  # fmt: skip
    none = east.assign(area_id="x", area_name="外").set_geometry(
        [box(150, 150, 160, 160)], crs=town.plane.crs)  # fmt: skip
    west = west.set_geometry([box(-50, -50, 120, 450)], crs=town.plane.crs)
    town = replace(town, areas=pd.concat([town.areas, west, east, none], ignore_index=True))
    coverage = ask(town, wide)
    areas = count_areas(town, coverage, "区", parse_range("400m"))
    # West: 100 and 400 m; east: 400 and 800 m.
    assert areas.table["state"].tolist() == ["meets", "misses", ""]
    assert areas.table["missing"].tolist() == [0, 10, 0]
    assert (areas.meets, areas.judged, areas.missing, areas.between) == (1, 2, 10, 0)
    told = [one.ja for one in say_target(areas, wide)]
    assert told[0].startswith("「どの区にも徒歩400mに1か所」は、2の区のうち 1で")
    assert "あわせて 10人（東 10人）" in told[1] and "1は、数えていない" in told[2]
    assert say_target(count_areas(town, coverage, "区"), wide) == []


@pytest.mark.parametrize("seed", range(20))
def test_places_hold_everybody_left_out_once_whatever_the_town(seed):
    rng = np.random.default_rng(seed)
    town, rests = unknown_town(rng), rests_at(rng, 12)
    small = [box(x, y, x + 400, y + 400) for x in (-200, 200, 600) for y in (-200, 200, 600)]
    some = rng.random(len(small)) < 0.8
    parts = gpd.GeoDataFrame(
        {"area_id": [f"p{i}" for i in range(9)], "area_name": "丁", "division": "丁目", "tier": ""},
        geometry=small, crs=town.plane.crs,
    )[some]  # fmt: skip
    town = replace(town, areas=pd.concat([town.areas, parts], ignore_index=True))
    question = parse_question(
        division=rng.choice(town.divisions), people=rng.choice(["65", "75", "all"]),
        walker=rng.choice(["elderly", "cane"]), within=rng.choice(["200m", "500m"]),
        heights=bool(rng.random() < 0.6), trip=rng.choice(["there", "worse"]),
        rest=rng.choice(["", "200"]),
    )  # fmt: skip
    coverage = ask(town, question, rests=rests)
    rows = left_out(town, coverage)
    otherwise, whole = Otherwise(), Otherwise()
    if question.heights:
        level = replace(question, heights=False, walker=replace(question.walker, steps="walk"))
        part = town_of_homes(town, rows)
        otherwise = Otherwise(level=ask(part, level, rests=rests)) if rows.size else whole
        whole = Otherwise(level=ask(town, level, rests=rests))
    known = Known(otherwise=otherwise)
    found = find_gaps(town, question, coverage, known, rests=rests)
    table, totals = found.table, coverage.totals
    assert table["people"].sum() == totals["outside"]
    assert (table[list(CAUSES)].sum(axis=1) == table["people"]).all()
    sites_ = ordered_sites(town.salons)
    why = make_why(coverage, whole, salons=sites_, more=sites_)
    assert table[list(CAUSES)].sum().tolist() == why.totals[list(CAUSES)].iloc[0].tolist()
    assert table["off_network"].sum() + found.off_rest == totals["off_network"]
    assert found.off_rest >= 0 and table["people"].is_monotonic_decreasing
    area = sum(shapely.area(one) for one in found.shapes)
    assert area == pytest.approx(shapely.area(shapely.union_all(found.shapes)), rel=1e-6)
    lone = town.cells.iloc[rows][coverage.cells["people"].to_numpy()[rows] > 0]
    points = shapely.points(lone["x_m"], lone["y_m"])
    ground = shapely.buffer(shapely.union_all(found.shapes), 1e-3)
    assert shapely.covers(ground, points).all()
    # The order of homes changes nothing.
    order = rng.permutation(len(town.cells))
    mixed = town_of_homes(town, order)
    if not question.heights:
        again = find_gaps(mixed, question, ask(mixed, question, rests=rests), rests=rests).table
        columns = ["gap_id", "people", "minutes_half", "off_network"]
        pd.testing.assert_frame_equal(again[columns], table[columns])
    for division in town.divisions:
        target = parse_range("300m")
        areas = count_areas(town, coverage, division, target).table
        asked = replace(question, division=division)
        fresh = ask(town, replace(asked, within=target), rests=rests).areas
        assert areas["missing"].tolist() == fresh["outside"].tolist()
        assert areas["outside"].tolist() == ask(town, asked, rests=rests).areas["outside"].tolist()


def test_squares_touch_over_corners_and_never_over_a_border():
    plane = toy_town().plane
    x, y = np.array([0.0, 150.0, 600.0, 610.0]), np.array([40.0, 160.0, 40.0, 40.0])
    one = join_homes(plane, x, y, np.zeros(4, dtype=np.int64))
    assert one.place_of_home.tolist() == [0, 0, 1, 1]
    two = join_homes(plane, x, y, np.array([0, 1, 0, -1]))
    assert two.place_of_home.tolist() == [1, 3, 2, 0]
    assert eligible_of_homes({"s": np.array([True, False])}, np.array([1]))["s"].tolist() == [False]
    assert eligible_of_homes(None, np.array([1])) is None
    assert rests_of_sites(toy_sites([(0, 0)]))["seat"].tolist() == ["yes"]
