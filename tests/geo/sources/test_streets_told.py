"""What a street file says of itself is heeded, from the file to the figure of a question."""

import json
import re

import geopandas as gpd
import numpy as np
import pytest
import shapely
from osm_towns import at, build, osm

from geo.base.problems import InputError
from geo.coverage.asking import parse_question
from geo.say.assumptions import say_assumptions
from geo.sources.streets.osm import load_osm
from geo.sources.town_folder import load_town, save_town
from geo.town import ask

# A straight way of 400 m from a home to a salon, and a way round of 1,000 m.
NODES = {1: (0, 0), 2: (200, 0), 3: (400, 0), 4: (0, 300), 5: (400, 300)}
ROUND = {20: ([1, 4, 5, 3], "highway=residential")}
HOME, SALON = [(0, -5)], [(400, -5)]


def answer(town, walker="elderly", division="全域", within="500m"):
    question = parse_question(division=division, people="all", walker=walker, within=within)
    return ask(town, question)


def walk_m(folder, nodes, ways, walker="elderly"):
    town, _ = build(folder, osm(nodes, ways), HOME, SALON)
    return answer(town, walker).cells["metres"].iloc[0]


STRAIGHT, AROUND = 410, 1010
GATES = [
    ("barrier=gate foot=no", AROUND, "forbidden at the gate"),
    ("barrier=lift_gate access=private", AROUND, "the owner's gate"),
    ("barrier=gate locked=yes", AROUND, "nobody opens it"),
    ("barrier=fence", AROUND, "drawn through a fence"),
    ("barrier=gate locked=yes foot=permissive", STRAIGHT, "feet before the lock"),
    ("barrier=gate", STRAIGHT, "a gate is opened"),
    ("barrier=bollard", STRAIGHT, "cars only"),
]


@pytest.mark.parametrize(("tags", "metres", "reason"), GATES, ids=[case[0] for case in GATES])
def test_a_closed_node_sends_people_round(tmp_path, tags, metres, reason):
    nodes = {**NODES, 2: (200, 0, tags)}
    found = walk_m(tmp_path, nodes, {10: ([1, 2, 3], "highway=footway"), **ROUND})
    assert found == pytest.approx(metres, abs=0.1), reason


def test_a_gate_at_a_crossing_shuts_every_way_through_it(tmp_path):
    nodes = {**NODES, 2: (200, 0, "barrier=gate foot=no"), 6: (200, 300)}
    ways = {
        10: ([1, 2], "highway=path"),
        11: ([2, 3], "highway=path"),
        12: ([2, 6], "highway=path"),
    }
    found = walk_m(tmp_path, nodes, {**ways, 20: ([1, 4, 6, 5, 3], "highway=residential")})
    assert found == pytest.approx(AROUND, abs=0.1)


KINDS = [
    ("highway=bridleway", "elderly", AROUND, "not said to be walked"),
    ("highway=bridleway foot=designated", "elderly", STRAIGHT, "said to be walked"),
    ("highway=busway foot=yes", "cane", STRAIGHT, "said to be walked"),
    ("highway=cycleway foot=no", "elderly", AROUND, "bicycles only"),
    ("highway=path sac_scale=alpine_hiking foot=yes", "general", AROUND, "T4 is walked by nobody"),
    ("highway=path sac_scale=mountain_hiking", "elderly", STRAIGHT, "T2 on one's own feet"),
    ("highway=path sac_scale=mountain_hiking foot=yes", "cane", AROUND, "T2 is none for a cane"),
    ("highway=path sac_scale=mountain_hiking", "scooter", AROUND, "nor for wheels"),
    ("highway=path trail_visibility=horrible foot=yes", "elderly", AROUND, "no path to see"),
]


@pytest.mark.parametrize(
    ("tags", "walker", "metres", "reason"), KINDS, ids=[f"{c[0]} {c[1]}" for c in KINDS]
)
def test_the_straight_way_is_for_whom_its_tags_allow(tmp_path, tags, walker, metres, reason):
    found = walk_m(tmp_path, NODES, {10: ([1, 2, 3], tags), **ROUND}, walker)
    assert found == pytest.approx(metres, abs=0.1), reason


EDITED = [
    ("action='delete' visible='true'", AROUND, "deleted in JOSM"),
    ("visible='false'", AROUND, "gone from the map"),
    ('action="delete"', AROUND, "other quotes"),
    ("action='modify'", STRAIGHT, "changed, and there"),
    ("visible='true'", STRAIGHT, "there"),
]


@pytest.mark.parametrize(("said", "metres", "reason"), EDITED, ids=[case[0] for case in EDITED])
def test_what_an_editor_deleted_is_not_there(tmp_path, said, metres, reason):
    ways = {10: ([1, 2, 3], "highway=footway", said), **ROUND}
    assert walk_m(tmp_path, NODES, ways) == pytest.approx(metres, abs=0.1), reason


def test_a_file_that_is_being_edited_says_so(tmp_path):
    ways = {10: ([1, 2, 3], "highway=footway", "action='delete'"), **ROUND}
    _, report = build(tmp_path, osm(NODES, ways), HOME, SALON)
    assert any("1件は使わず" in words.ja for words in report.notices)


REFUSED = [
    (osm(NODES, ROUND, "<remark> runtime error: Query timed out </remark>"), "timed out"),
    (osm(NODES, ROUND).replace("osm version", "osmChange version").replace("/osm>", "/osmChange>"),
     "osmChange"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "says"), REFUSED, ids=["remark", "changes"])
def test_a_file_that_is_not_whole_is_refused(tmp_path, text, says):
    path = tmp_path / "part.osm"
    path.write_text(text)
    with pytest.raises(InputError, match=says):
        load_osm(path)


def test_a_name_that_only_looks_like_a_mark_is_none(tmp_path):
    ways = {10: ([1, 2, 3], "highway=footway name=action='x'"), **ROUND}
    path = tmp_path / "t.osm"
    path.write_text(osm(NODES, ways).replace("v='action='x''", "v=' action=&apos;delete&apos;'"))
    assert load_osm(path).streets.way_id.tolist() == [10, 20]
    assert load_osm(path).notices == ()


def test_kinds_left_out_stand_in_the_list_of_problems_with_their_metres(tmp_path):
    ways = {
        10: ([1, 2, 3], "highway=motorway"), 11: ([3, 5], "highway=みち"),
        12: ([1, 3], "highway=motorway_link"), **ROUND,
    }  # fmt: skip
    _, report = build(tmp_path, osm(NODES, ways), HOME, SALON)
    text = (tmp_path / "data" / "problems.csv").read_text(encoding="utf-8-sig")
    assert re.search(
        "自動車専用道路を、歩く道として使っていません（自動車だけの道）: 2本、[0-9]{3}m", text
    )
    assert re.search("種別「みち」の道を、歩く道として.*1本、300m", text)
    for one in report.problems:
        assert not re.search("highway|motorway_link|way/|node", one.say("ja") + one.say("en"))


# A deck over the street, reached by steps alone: a cane's door is on the street below.
DECK = {
    1: (0, 0), 2: (100, 0), 3: (200, 0), 4: (600, 0), 5: (110, 6), 6: (190, 6), 7: (110, 200),
}  # fmt: skip
STEPS_UP = {
    10: ([1, 2, 3, 4], "highway=residential"), 11: ([5, 6], "highway=footway bridge=yes"),
    12: ([2, 5], "highway=steps"), 13: ([6, 3], "highway=steps"),
}  # fmt: skip


@pytest.mark.parametrize("walker", ["cane", "scooter"])
def test_a_door_is_not_put_where_the_walker_cannot_get_away(tmp_path, walker):
    town, _ = build(tmp_path, osm(DECK, STEPS_UP), [(150, 8)], [(400, -5)])
    assert answer(town, walker).cells["metres"].iloc[0] == pytest.approx(8 + 250 + 5, abs=0.1)
    assert answer(town).cells["metres"].iloc[0] < 8 + 250 + 5


def test_a_salon_on_a_deck_is_reached_from_the_street_below(tmp_path):
    town, _ = build(tmp_path, osm(DECK, STEPS_UP), [(400, -5)], [(150, 8)])
    assert answer(town, "cane").cells["metres"].iloc[0] == pytest.approx(263, abs=0.1)


def test_a_deck_of_half_a_kilometre_takes_no_door_either(tmp_path):
    nodes = {**DECK, 4: (1200, 0), 7: (110, 300), 8: (190, 300)}
    ways = {**STEPS_UP, 14: ([5, 7, 8, 6], "highway=footway")}
    town, _ = build(tmp_path, osm(nodes, ways), [(108, 50), (110, 290)], [(400, -5)])
    near, far = answer(town, "cane").cells["metres"]
    assert near == pytest.approx(50 + 292 + 5, abs=0.5)
    assert np.isinf(far), "no other street within 100 m: there is no way, and that is told"


def test_without_a_border_the_town_reaches_as_far_as_a_home_may_be(tmp_path):
    home = [(-60, -60), (460, 360)]
    town, _ = build(tmp_path, osm(NODES, ROUND), home, SALON)
    found = answer(town)
    assert found.left_out["outside_division"] == 0 and found.totals["people"] == 20


def square(west, south, east, north):
    corners = [at(x, y)[::-1] for x, y in [(west, south), (east, south), (east, north),
                                           (west, north), (west, south)]]  # fmt: skip
    return {"type": "Polygon", "coordinates": [corners]}


def features(*rows):
    listed = [{"type": "Feature", "properties": p, "geometry": g} for p, g in rows]
    return json.dumps({"type": "FeatureCollection", "features": listed}, ensure_ascii=False)


def two_halves(folder, homes):
    """A town of 10 km² whose streets are in its western tenth alone."""
    areas = [({"S_NAME": "西町"}, square(-100, -100, 900, 400)),
             ({"S_NAME": "東町"}, square(900, -100, 9900, 400))]  # fmt: skip
    return build(
        folder, osm(NODES, ROUND), homes, SALON,
        border=("border.geojson", features(({"name": "町"}, square(-100, -100, 9900, 400))), {}),
        division=("areas.geojson", features(*areas), {"division": "町丁目", "column": "S_NAME"}),
    )  # fmt: skip


def test_areas_without_streets_are_noticed_and_said_beside_their_figures(tmp_path):
    town, report = two_halves(tmp_path, [(0, -5), (5000, 0)])
    assert any("街の6％" in words.ja for words in report.notices)
    assert any("東町" in words.ja for words in report.notices)
    for asked in (town, load_town(tmp_path)):
        found = answer(asked, division="町丁目")
        assert found.areas["no_streets"].tolist() == [False, True]
        lines = [words.ja for words in say_assumptions(asked, found, salons=[])]
        assert any("数字を使えない地区: 東町（1地区、10人）" in line for line in lines)


def test_the_whole_town_is_a_division_beside_the_others(tmp_path):
    town, _ = two_halves(tmp_path, [(0, -5), (5000, 0)])
    assert town.divisions == ("町丁目", "全域")
    assert answer(town).totals["people"] == 20
    assert answer(town, division="町丁目").totals["people"] == 20


def test_a_town_of_streets_everywhere_says_nothing_of_the_kind(tmp_path):
    town, report = build(tmp_path, osm(NODES, ROUND), HOME, SALON)
    assert not answer(town).areas["no_streets"].any()
    assert not any(
        "足りない" in words.ja or "にしかありません" in words.ja for words in report.notices
    )


def test_a_town_built_before_answers_as_it_did_and_says_so(tmp_path):
    town, _ = build(
        tmp_path / "new", osm(NODES, {10: ([1, 2, 3], "highway=path"), **ROUND}), HOME, SALON
    )
    streets = {
        k: v for k, v in town.facts["streets"].items() if k in ("nodes", "edges", "left_out")
    }
    old = tmp_path / "old" / "data"
    old.mkdir(parents=True)
    told = {**town.facts, "streets": streets}
    base = gpd.GeoDataFrame({"k": ["road"]}, geometry=[shapely.Point(136, 35)], crs="EPSG:4326")
    save_town(old, town, base)
    written = json.loads((old / "town.json").read_text())
    (old / "town.json").write_text(json.dumps({**written, "facts": told}))
    before = load_town(tmp_path / "old")
    one, other = answer(before), answer(town)
    assert one.totals == other.totals
    said = [
        [words.ja for words in say_assumptions(t, c, salons=[])]
        for t, c in ((before, one), (town, other))
    ]
    assert any("読む前につくられた" in line for line in said[0])
    assert not any("読む前につくられた" in line for line in said[1])
