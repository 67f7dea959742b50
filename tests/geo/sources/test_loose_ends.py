"""Where streets hang together less than they seem to is told, with how many and how much."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from laid_ways import PLANE as LAID
from laid_ways import build as lay
from osm_towns import PLANE, at, build, osm

from geo.base.words import Words
from geo.coverage.asking import parse_question
from geo.network.lay import build_network
from geo.say.sentence import say_coverage
from geo.sources.loose_ends import find_loose_ends, tell_gaps, tell_loose_ends
from geo.sources.streets.streets import load_streets
from geo.town import ask

STREET = "highway=residential"
NODES = {1: (-500, 0), 2: (0, 0), 3: (50, 0), 4: (100, 0), 5: (500, 0)}
HOMES, SALON = [(-300, 5), (450, 5)], [(-400, 5)]


def town_of(folder, middle, nodes=NODES):
    ways = {10: ([1, 2], STREET), 11: (middle, STREET), 12: ([4, 5], STREET)}
    return build(folder, osm(nodes, ways), HOMES, SALON)


def said(report):
    return [words.ja for words in report.notices] + [one.say("ja") for one in report.problems]


def reached(town):
    asked = parse_question(division="全域", people="all", walker="elderly", within="1000m")
    return ask(town, asked)


def test_a_street_without_a_fault_says_nothing_of_the_kind(tmp_path):
    town, report = town_of(tmp_path, [2, 3, 4])
    assert not [line for line in said(report) if "切" in line or "つなが" in line or "同じ" in line]
    assert reached(town).totals["within"] == 20


def test_two_nodes_of_a_file_on_one_place_are_one_and_that_is_told(tmp_path):
    town, report = town_of(tmp_path, [6, 3, 4], {**NODES, 6: NODES[2]})
    assert any("重なっていた道の点を1つにまとめました: 1個" in line for line in said(report))
    assert reached(town).totals["within"] == 20
    assert town.facts["streets"]["joined_nodes"] == 1


@pytest.mark.parametrize(
    "level", ["bridge=yes layer=1", "tunnel=yes layer=-1", "layer=2", "level=1"]
)
def test_a_street_above_or_below_is_not_joined_to_the_node_under_it(tmp_path, level):
    """A street north to south, with a node of its own right where the other has one."""
    nodes = {1: (-500, 0), 2: (0, 0), 3: (500, 0), 4: (0, 300), 5: (0, 0), 6: (0, -300)}
    ways = {10: ([1, 2, 3], STREET), 11: ([4, 5, 6], f"{STREET} {level}")}
    town, _ = build(tmp_path, osm(nodes, ways), HOMES, SALON)
    assert town.network.island.max() == 1


def test_a_way_that_lacks_a_node_in_the_middle_is_told_with_its_gap(tmp_path):
    town, report = town_of(tmp_path, [2, 3, 99, 4])
    lines = said(report)
    assert any("そこで切りました: 1本、抜けている長さ 50.0m" in line for line in lines)
    assert [(one.column, one.value) for one in report.problems] == [("", "11")]
    assert ",,11," in (tmp_path / "data" / "problems.csv").read_text("utf-8-sig")
    assert reached(town).totals["within"] == 10


def test_ways_that_lack_their_last_node_are_a_number(tmp_path):
    _, report = town_of(tmp_path, [2, 3, 4, 99])
    assert any("手前までにした道: 1本" in line for line in said(report))
    assert not report.problems


@pytest.mark.parametrize("tags", ["barrier=wall", "access=no", "barrier=gate locked=yes"])
def test_points_nobody_may_pass_are_told_with_the_streets_that_end_there(tmp_path, tags):
    _, report = town_of(tmp_path, [2, 3, 4], {**NODES, 3: (50, 0, tags)})
    told = [one for one in report.problems if one.reason.ja.startswith("通れない点")]
    assert len(told) == 1 and "1か所" in told[0].reason.ja and "100m" in told[0].reason.ja
    assert "通れない点" in (tmp_path / "data" / "problems.csv").read_text("utf-8-sig")


def test_streets_in_pieces_are_told_at_build_and_before_the_figure(tmp_path):
    nodes = {**NODES, 6: (2, 0)}
    town, report = town_of(tmp_path, [6, 3, 4], nodes)
    assert any("道がばらばらです" in line and "50％" in line for line in said(report))
    assert town.facts["streets"]["largest_share"] == pytest.approx(0.501, abs=0.002)
    assert any("1か所" in line and "別の道の端" in line for line in said(report))
    first, second, *_ = say_coverage(reached(town))
    assert first.ja.startswith("すべての年齢の20人のうち、10人（50.0％）は、歩ける道がとぎれていて")
    assert "lead to no salon at all" in first.en
    assert "街ぜんたいの数字として使わないで" in second.ja


ENDS = [
    ({2: (100, 0), 3: (102, 0)}, 1, "two dead ends two metres apart"),
    ({2: (100, 0), 3: (103.1, 0)}, 0, "farther than a slip of the hand"),
    ({2: (100, 0), 3: (100, 0)}, 0, "on one place they are one"),
]


@pytest.mark.parametrize(("places", "count", "reason"), ENDS, ids=[case[2] for case in ENDS])
def test_ends_that_nearly_meet_are_found(places, count, reason):
    net, _ = lay([1, 2], [3, 4], at={1: (0, 0), 4: (300, 0), **places})
    assert len(find_loose_ends(net)[1]) == count, reason


def test_an_end_beside_a_street_it_does_not_share_is_found_but_no_stub_is():
    at_ = {1: (0, 0), 2: (100, 0), 3: (200, 0), 4: (100, 0.8), 5: (100, 90), 6: (200, 0.9)}
    net, _ = lay([1, 2, 3], [2, 6], [4, 5], at=at_)
    pairs, gaps_m = find_loose_ends(net)
    assert gaps_m == pytest.approx([0.8, 0.9], abs=1e-3) or gaps_m == pytest.approx(
        [0.9, 0.8], abs=1e-3
    )
    stub, _ = lay([1, 2, 3], [2, 4], at=at_)
    assert not find_loose_ends(stub)[1].size, "its own junction is no other street"
    told = tell_loose_ends("a.gpkg", net, LAID)
    assert isinstance(told[0], Words) and len(told) == 1 + len(pairs)


def test_the_two_sides_of_a_closed_gate_are_no_loose_ends(tmp_path):
    town, _ = town_of(tmp_path, [2, 3, 4], {**NODES, 3: (50, 0, "barrier=wall")})
    assert not find_loose_ends(town.network)[1].size


def test_nothing_is_told_of_no_gap():
    assert tell_gaps("a.gpkg", {}, numbered=False, what=Words("a", "b")) == []


# Street tables.


def table(folder, rows, **columns):
    lines = [shapely.LineString([at(x, y)[::-1] for x, y in row[3]]) for row in rows]
    frame = gpd.GeoDataFrame(
        {"u": [r[0] for r in rows], "v": [r[1] for r in rows], "highway": [r[2] for r in rows],
         **columns},
        geometry=lines, crs="EPSG:4326",
    )  # fmt: skip
    path = folder / "t.gpkg"
    frame.to_file(path, driver="GPKG", layer="edges")
    return path


ROWS = [
    (1, 2, "residential", [(-500, 0), (0, 0)]),
    (5, 3, "residential", [(0, 0), (100, 0)]),
    (3, 4, "residential", [(100, 0), (500, 0)]),
]


def test_two_nodes_of_a_table_on_one_place_are_one(tmp_path):
    ways = load_streets(table(tmp_path, ROWS)).streets
    net, report = build_network(ways, PLANE, min_island_m=0)
    assert report.islands == 1 and report.joined_nodes == 1
    assert np.isin([1, 2, 3, 4], net.node_id).all() and 5 not in net.node_id


def test_bends_of_a_table_on_one_place_are_no_junction(tmp_path):
    rows = [
        (1, 2, "path", [(-100, 0), (0, 0), (100, 0)]),
        (3, 4, "path", [(0, -100), (0, 0), (0, 100)]),
    ]
    _, report = build_network(load_streets(table(tmp_path, rows)).streets, PLANE, min_island_m=0)
    assert report.islands == 2 and report.joined_nodes == 0


@pytest.mark.parametrize(
    ("columns", "islands"),
    [({"bridge": [None, "yes", "yes"]}, 2), ({"layer": ["0", "1", "1"]}, 2),
     ({"layer": ["東部", "西部", "西部"]}, 1), ({"level": [None, "1", "1"]}, 2)],
    ids=["a bridge", "a layer", "a layer of a drawing, no number", "a level"],
)  # fmt: skip
def test_what_a_table_says_of_levels_is_heeded(tmp_path, columns, islands):
    """The second street goes on over the end of the first."""
    rows = [ROWS[0], (5, 3, "path", [(0, 0), (100, 0)]), (6, 5, "path", [(0, 200), (0, 0)])]
    ways = load_streets(table(tmp_path, rows, **columns)).streets
    assert build_network(ways, PLANE, min_island_m=0)[1].islands == islands
