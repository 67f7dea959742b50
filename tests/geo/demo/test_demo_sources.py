"""The invented town is whole, believable, and the same each time (デモの街)."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise

import numpy as np
import osmium
import pandas as pd
import pytest
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree
from shapely.geometry import LineString, Point, Polygon, shape

from geo.demo import save_demo_sources
from geo.demo.place import to_lonlat, to_plan
from geo.demo.plan import HALF_WIDTH_M, RIVER_AREA

NOT_WALKED = {"motorway", "bus_stop"}


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    return save_demo_sources(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def osm(sources):
    """Nodes with tags, ways, and areas as osmium itself reads them."""
    nodes, ways, areas = [], [], []
    for one in osmium.FileProcessor(str(sources.streets)).with_areas().with_locations():
        tags = dict(one.tags)
        if one.is_node() and tags:
            nodes.append((tags, (one.lon, one.lat)))
        elif one.is_way():
            ways.append((tags, [n.ref for n in one.nodes], [(n.lon, n.lat) for n in one.nodes]))
        elif one.is_area():
            rings = [
                (
                    [(n.lon, n.lat) for n in r],
                    [[(n.lon, n.lat) for n in i] for i in one.inner_rings(r)],
                )
                for r in one.outer_rings()
            ]
            areas.append((tags, one.from_way(), rings))
    return nodes, ways, areas


@pytest.fixture(scope="module")
def walk(osm):
    """Street graph: node refs, their plan metres, a symmetric matrix of lengths."""
    place, rows = {}, []
    for tags, refs, lonlat in osm[1]:
        if tags.get("highway", "motorway") in NOT_WALKED:
            continue
        points = to_plan(lonlat)
        place.update(zip(refs, map(tuple, points), strict=True))
        rows += [
            (a, b, np.hypot(*(q - p)))
            for (a, p), (b, q) in pairwise(zip(refs, points, strict=True))
        ]
    refs = np.array(sorted(place))
    u, v = (np.searchsorted(refs, [row[i] for row in rows]) for i in (0, 1))
    length = np.array([row[2] for row in rows])
    # parallel pieces would add up in a sparse matrix; there must be none
    assert len({(min(a, b), max(a, b)) for a, b in zip(u, v, strict=True)}) == len(rows)
    graph = coo_array((length, (u, v)), shape=(refs.size, refs.size)).tocsr()
    return refs, np.array([place[ref] for ref in refs]), graph


@pytest.fixture(scope="module")
def people(sources):
    return pd.read_csv(sources.people, encoding="utf-8-sig", dtype={"KEY_CODE": str})


def load_shapes(path):
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return [one["properties"] for one in features], [shape(one["geometry"]) for one in features]


def building_polygons(osm):
    found = [
        (tags, Polygon(to_plan(rings[0][0]))) for tags, _, rings in osm[2] if "building" in tags
    ]
    return [tags for tags, _ in found], np.array([one for _, one in found])


def test_the_same_bytes_are_written_twice(sources, tmp_path):
    again = save_demo_sources(tmp_path / "again")
    old, new = sources.streets.parent, again.streets.parent
    names = sorted(path.name for path in old.iterdir())
    assert names == sorted(path.name for path in new.iterdir())
    assert len(names) == 7
    for name in names:
        assert (old / name).read_bytes() == (new / name).read_bytes(), name


def test_every_path_is_written_and_the_source_line_says_that_the_town_is_invented(sources):
    paths = [sources.streets, sources.border, sources.people, sources.sites, sources.heights]
    paths += [path for _, path, _, _ in sources.divisions]
    assert all(path.stat().st_size > 0 for path in paths)
    assert (
        "架空" in sources.source_name and "架空" in sources.credit and "invented" in sources.credit
    )
    assert sources.licence.startswith("CC0")
    assert all(
        path.read_bytes().startswith(b"\xef\xbb\xbf") for path in (sources.people, sources.sites)
    )


def test_about_twelve_thousand_people_live_there_and_a_third_are_old(people):
    total = people[["総人口", "65歳以上", "75歳以上"]].sum()
    assert 11_500 <= total["総人口"] <= 12_500
    assert 0.30 <= total["65歳以上"] / total["総人口"] <= 0.34
    assert (people["75歳以上"] <= people["65歳以上"]).all()
    assert (people["65歳以上"] + people["年齢不詳"] <= people["総人口"]).all()
    assert people["総人口"].min() < 40, "one neighbourhood is nearly empty"


def test_ages_fit_the_neighbourhoods(people):
    share = people.set_index("S_NAME").pipe(lambda t: t["65歳以上"] / t["総人口"])
    assert share.loc[["緑ヶ丘一丁目", "緑ヶ丘二丁目", "緑ヶ丘三丁目"]].between(0.44, 0.52).all()
    assert share.loc[["新町一丁目", "新町二丁目"]].between(0.07, 0.11).all()
    assert share.loc[["奥谷", "上野"]].between(0.38, 0.46).all()


def test_dwellings_are_as_many_as_the_people_need(osm):
    kinds = Counter(tags["building"] for tags in building_polygons(osm)[0])
    assert 4_000 <= kinds["house"] <= 4_800
    assert 8 <= kinds["apartments"] <= 12


def test_three_bridges_for_walkers_cross_the_river_and_no_other_street_does(osm):
    bridges = []
    for tags, _, lonlat in osm[1]:
        if "highway" in tags and LineString(to_plan(lonlat)).crosses(RIVER_AREA):
            assert tags.get("bridge") == "yes", tags
            bridges.append(tags["highway"])
    assert sorted(bridges) == ["secondary", "trunk", "unclassified"]


def test_streets_meet_the_railway_at_marked_level_crossings_only(osm):
    rail = {ref for tags, refs, _ in osm[1] if "railway" in tags for ref in refs}
    street = {ref for tags, refs, _ in osm[1] if "highway" in tags for ref in refs}
    marked = [tags for tags, _ in osm[0] if tags.get("railway") == "level_crossing"]
    assert len(rail & street) == len(marked) == 4
    assert sum(tags.get("railway") == "station" for tags, _ in osm[0]) == 1


def test_the_motorway_touches_no_street(osm):
    motorway = {
        ref for tags, refs, _ in osm[1] if tags.get("highway") == "motorway" for ref in refs
    }
    street = {
        ref
        for tags, refs, _ in osm[1]
        if tags.get("highway", "motorway") != "motorway"
        for ref in refs
    }
    assert motorway and not motorway & street


def test_streets_that_cross_on_the_ground_share_a_node(osm):
    ground = [
        (refs, LineString(to_plan(lonlat)))
        for tags, refs, lonlat in osm[1]
        if tags.get("highway", "motorway") != "motorway" and "bridge" not in tags
    ]
    lines = [line for _, line in ground]
    left, right = shapely.STRtree(lines).query(lines, predicate="crosses")
    apart = [
        (i, j)
        for i, j in zip(left, right, strict=True)
        if not set(ground[i][0]) & set(ground[j][0])
    ]
    assert apart == []


def test_all_streets_hang_together_but_for_two_tiny_paths(walk):
    _, place, graph = walk
    count, label = connected_components(graph, directed=False)
    assert count == 3
    main = np.bincount(label).argmax()
    for island in set(range(count)) - {main}:
        x, y = np.ptp(place[label == island], axis=0)
        assert np.hypot(x, y) < 60


def test_there_are_streets_of_every_kind_a_walker_meets(osm):
    kinds = Counter(tags["highway"] for tags, _, _ in osm[1] if "highway" in tags)
    assert set(kinds) == set(HALF_WIDTH_M)
    steps = [tags for tags, _, _ in osm[1] if tags.get("highway") == "steps"]
    assert len(steps) >= 10
    assert all(int(tags["step_count"]) > 0 and tags["handrail"] in {"yes", "no"} for tags in steps)


def test_buildings_keep_clear_of_each_other_and_of_the_streets(osm):
    tags, buildings = building_polygons(osm)
    assert shapely.is_valid(buildings).all()
    left, right = shapely.STRtree(buildings).query(buildings, predicate="intersects")
    assert [(tags[i], tags[j]) for i, j in zip(left, right, strict=True) if i < j] == []
    streets = [LineString(to_plan(c)) for t, _, c in osm[1] if "highway" in t or "railway" in t]
    hit = shapely.STRtree(buildings).query(streets, predicate="intersects")[1]
    assert [tags[i] for i in hit] == []
    assert not shapely.intersects(buildings, RIVER_AREA).any()


def test_osmium_makes_areas_of_closed_ways_and_of_relations_with_holes(osm):
    with_holes = [
        tags for tags, from_way, rings in osm[2] if not from_way and any(r[1] for r in rings)
    ]
    assert any(tags.get("leisure") == "park" for tags in with_holes)
    assert any(tags.get("natural") == "water" for tags in with_holes)


@pytest.mark.parametrize(
    ("key", "value", "least", "most"),
    [
        ("leisure", "park", 8, 12),
        ("amenity", "bench", 30, 40),
        ("amenity", "toilets", 6, 8),
        ("amenity", "community_centre", 10, 16),
        ("shop", "supermarket", 2, 3),
        ("highway", "bus_stop", 15, 24),
        ("place", "hamlet", 4, 6),
    ],
)
def test_the_town_has_what_a_survey_looks_for(osm, key, value, least, most):
    found = [t for t, _ in osm[0] if t.get(key) == value] + [
        t for t, _, _ in osm[2] if t.get(key) == value
    ]
    assert least <= len(found) <= most


def test_a_demand_stop_lies_at_the_foot_of_the_hill_estate(osm):
    stops = {t["name"]: at for t, at in osm[0] if t.get("name", "").startswith("デマンド")}
    assert len(stops) >= 12
    assert 1850 < to_plan([stops["デマンド緑ヶ丘下"]])[0, 1] < 2000


def test_both_divisions_tile_the_border(sources):
    _, (border,) = load_shapes(sources.border)
    to_m = [shapely.transform(border, to_plan)]
    for _, path, column, _ in sources.divisions:
        properties, shapes = load_shapes(path)
        assert len({one[column] for one in properties}) == len(shapes)
        shapes = [shapely.transform(one, to_plan) for one in shapes]
        assert all(one.is_valid for one in shapes)
        assert shapely.union_all(shapes).symmetric_difference(to_m[0]).area < 10
        left, right = np.triu_indices(len(shapes), 1)
        shared = [shapes[i].intersection(shapes[j]).area for i, j in zip(left, right, strict=True)]
        assert max(shared) < 1
    properties, shapes = load_shapes(sources.divisions[0][1])
    assert len(shapes) >= 14 and shapely.coverage_is_valid(shapes)
    assert shapely.coverage_union_all(shapes).equals(border)
    assert all(
        len(one["KEY_CODE"]) == 11 and one["KEY_CODE"].startswith("99") for one in properties
    )


def test_care_areas_cut_across_neighbourhoods(sources):
    _, towns = load_shapes(sources.divisions[0][1])
    _, care = load_shapes(sources.divisions[1][1])
    assert len(care) == 4
    cut = [t for t in towns if sum(t.intersection(c).area > 0.1 * t.area for c in care) > 1]
    assert len(cut) >= 4


def test_the_people_table_joins_the_neighbourhoods(sources, people):
    properties, _ = load_shapes(sources.divisions[0][1])
    codes = {(one["KEY_CODE"], one["S_NAME"]) for one in properties}
    assert codes == set(zip(people["KEY_CODE"], people["S_NAME"], strict=True))


def test_salons_lie_inside_the_border(sources):
    _, (border,) = load_shapes(sources.border)
    sites = pd.read_csv(sources.sites, encoding="utf-8-sig")
    assert len(sites) == 15 and sites["id"].is_unique
    assert all(
        border.contains(Point(lon, lat))
        for lon, lat in zip(sites["経度"], sites["緯度"], strict=True)
    )


def old_people_at_homes(sources, osm, people):
    """Plan metres and people of 65 or over of each dwelling, shared out evenly in each area."""
    tags, buildings = building_polygons(osm)
    homes = np.array([{"house": 1, "apartments": 30}.get(one["building"], 0) for one in tags])
    middles = shapely.get_coordinates(shapely.centroid(buildings[homes > 0]))
    homes = homes[homes > 0]
    properties, shapes = load_shapes(sources.divisions[0][1])
    old = people.set_index("KEY_CODE")["65歳以上"]
    area, home = shapely.STRtree(shapely.points(to_lonlat(middles))).query(
        shapes, predicate="intersects"
    )
    weight = np.zeros(homes.size)
    for number, one in enumerate(properties):
        here = home[area == number]
        weight[here] = old[one["KEY_CODE"]] * homes[here] / homes[here].sum()
    assert weight.sum() == pytest.approx(old.sum())
    return middles, weight


def test_about_half_of_the_old_have_a_salon_within_500_m_on_foot(sources, osm, walk, people):
    _, place, graph = walk
    middles, weight = old_people_at_homes(sources, osm, people)
    sites = pd.read_csv(sources.sites, encoding="utf-8-sig")
    tree = cKDTree(place)
    salon_gap, salon = tree.query(to_plan(sites[["経度", "緯度"]].to_numpy()))
    home_gap, home = tree.query(middles)
    metres = dijkstra(graph, directed=False, indices=salon) + salon_gap[:, None]
    reach = metres.min(axis=0)[home] + home_gap
    straight = cKDTree(to_plan(sites[["経度", "緯度"]].to_numpy())).query(middles)[0]
    assert 0.45 <= weight[reach <= 500].sum() / weight.sum() <= 0.65
    far_but_near = weight[(straight <= 500) & (reach > 900)].sum()
    assert far_but_near > 20, "some see a salon across the river or the rails"
