"""What is near on foot, against a brute-force walk."""

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oracle import nearest_by_brute_force, split_graph
from sheet_fixtures import put

from geo.base.place import Plane
from geo.network.snap import Snapper
from geo.town import Town
from geo.toy import toy_cells, toy_network, toy_sites
from geo.walk.walkers import WALKERS
from layers.cards.on_foot import (
    NO_PLACE,
    NONE_HERE,
    OFF_STREET,
    NearPlace,
    NoNearPlace,
    nearest_on_foot,
)
from layers.sheets.parts.way import find_legs
from surveys.store.register import open_register

PLANE = Plane(lon=138.6, lat=35.0)
NETWORK = toy_network()
ELDERLY = WALKERS["elderly"]


def toy_town(sites=None, limit_m=50.0):
    snapper = Snapper(NETWORK)
    cells = toy_cells([])
    areas = gpd.GeoDataFrame(
        {"area_id": ["a"], "area_name": ["西町"], "division": ["町丁目"], "tier": [""]},
        geometry=[shapely.box(0, 0, 400, 400)], crs=PLANE.crs,
    )  # fmt: skip
    return Town(
        name="toy", plane=PLANE, network=NETWORK, border=shapely.box(0, 0, 400, 400), areas=areas,
        cells=cells, sites=toy_sites([]) if sites is None else sites, credits=(),
        people_division="", snap_limit_m=limit_m, facts={}, snapper=snapper,
        cell_snaps=snapper.snap(np.zeros(0), np.zeros(0)),
    )  # fmt: skip


def lonlat(x, y):
    lon, lat = PLANE.to_lonlat(x, y)
    return [float(lon), float(lat)]


def place(*points):
    found = [lonlat(x, y) for x, y in points]
    return shapely.Point(found[0]) if len(found) == 1 else shapely.LineString(found)


def bench(register, id_, x, y, **more):
    put(register, "bench", id_, {"name": id_}, place=place((x, y)), **more)


@pytest.fixture
def register(tmp_path):
    made = open_register(tmp_path)
    yield made
    made.engine.dispose()


def only(town, register, site_id, kind="bench"):
    site = register.site(site_id)
    return nearest_on_foot(town, register, site, walker=ELDERLY, kinds=(kind,))[0]


def test_the_walk_follows_the_streets_and_counts_both_doors(register):
    put(register, "concern", "here", {"name": "x"}, place=place((0, 10)))
    bench(register, "across", 310, 100)  # straight 323 m
    found = only(toy_town(), register, "here")
    # 0 m off the left street, down it 90, right 310: the bench stands on its street.
    assert found.site_id == "across" and found.metres == pytest.approx(400, abs=0.03)
    assert found.minutes == pytest.approx(400 / 60, abs=0.001)


def test_a_line_is_walked_from_its_middle(register):
    put(register, "slope", "here", {"name": "x"}, place=place((0, 0), (200, 0)))
    bench(register, "b", 130, 0)
    assert only(toy_town(), register, "here").metres == pytest.approx(30, abs=0.03)


def test_a_site_is_not_its_own_nearest_but_what_is_inside_is_here(register):
    bench(register, "here", 0, 0)
    bench(register, "other", 100, 0)
    assert only(toy_town(), register, "here").site_id == "other"
    put(register, "park", "park", {"name": "p", "benches": [{"_id": "a"}]}, place=place((200, 0)))
    found = only(toy_town(), register, "park")
    assert found.metres == 0 and found.site_id == "park"


def test_a_parks_bench_stands_at_its_own_place_else_at_the_parks(register):
    put(register, "concern", "here", {"name": "x"}, place=place((0, 0)))
    benches = [{"_id": "a", "point": lonlat(100, 0)}]
    put(register, "park", "p", {"name": "p", "benches": benches}, place=place((300, 0)))
    assert only(toy_town(), register, "here").metres == pytest.approx(100, abs=0.03)
    put(register, "park", "p", {"name": "p", "benches": [{"_id": "a"}]})
    assert only(toy_town(), register, "here").metres == pytest.approx(300, abs=0.03)


def test_what_is_closed_or_undone_does_not_count(register):
    sites = toy_sites([(100.0, 0.0), (200.0, 0.0)])
    put(register, "concern", "here", {"name": "x"}, place=place((0, 0)))
    assert only(toy_town(sites), register, "here", "salon").site_id == "s0"
    put(register, "salon", "s0", {"name": "終わった"}, place=place((100, 0)))
    put(register, "salon", "s0", status={"is": "closed"})
    # The register knows s0 better than the town's file does.
    assert only(toy_town(sites), register, "here", "salon").site_id == "s1"


@pytest.mark.parametrize(
    ("where", "others", "why"),
    [
        (None, [(100, 0)], NO_PLACE), ((0, 0), [], NONE_HERE),
        ((450.5, 0), [(100, 0)], OFF_STREET), ((0, 0), [(450.5, 0)], OFF_STREET),
    ],
)  # fmt: skip
def test_no_walk_is_no_number_and_has_its_reason(register, where, others, why):
    put(register, "concern", "here", {"name": "x"}, place=place(where) if where else None)
    for number, (x, y) in enumerate(others):
        bench(register, f"b{number}", x, y)
    found = only(toy_town(), register, "here")
    assert found == NoNearPlace(kind="bench", why=why)


# Two streets equally near are both right: the engine takes the lower number, the oracle any.
SPOTS = st.tuples(st.integers(0, 400), st.integers(0, 400)).filter(
    lambda at: (
        at[0] % 100 == at[1] % 100 == 0
        or min(at[0] % 100, -at[0] % 100) != min(at[1] % 100, -at[1] % 100)
    )
)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(here=SPOTS, others=st.lists(SPOTS, min_size=1, max_size=6))
def test_the_nearest_is_the_one_a_brute_force_walk_finds(tmp_path_factory, here, others):
    register = open_register(tmp_path_factory.mktemp("r"))
    put(register, "concern", "here", {"name": "x"}, place=place(here))
    for number, (x, y) in enumerate(others):
        bench(register, f"b{number}", x, y)
    found = only(toy_town(limit_m=np.inf), register, "here")
    register.engine.dispose()
    want = nearest_by_brute_force(NETWORK, [here], others)[0]
    assert isinstance(found, NearPlace) and found.metres == pytest.approx(want, abs=0.05)


@settings(max_examples=40)
@given(stops=st.lists(SPOTS, min_size=2, max_size=4))
def test_a_walks_legs_are_shortest_and_their_lines_as_long_as_they_say(stops):
    legs = find_legs(toy_town(limit_m=np.inf), [np.array(one, dtype=float) for one in stops])
    graph = split_graph(NETWORK, stops)
    for number, leg in enumerate(legs):
        want = nx.shortest_path_length(
            graph, ("door", number), ("door", number + 1), weight="weight"
        )
        assert leg.metres == pytest.approx(want, abs=1e-6)
        drawn = np.hypot(*np.diff(leg.points_m, axis=0).T).sum()
        assert drawn == pytest.approx(want, abs=1e-6)
        assert leg.points_m[0] == pytest.approx(stops[number])
        assert leg.points_m[-1] == pytest.approx(stops[number + 1])


def test_a_leg_to_a_place_without_a_pin_is_not_made_up():
    legs = find_legs(toy_town(), [np.array([0.0, 0]), None, np.array([100.0, 0])])
    assert [leg.metres for leg in legs] == [None, None]
    assert all(len(leg.points_m) == 0 for leg in legs)


def test_an_empty_town_and_register_answer_for_every_kind(register):
    put(register, "concern", "here", {"name": "x"}, place=place((0, 0)))
    empty = toy_town(toy_sites([]).astype({"site_id": pd.StringDtype(na_value=np.nan)}))
    found = nearest_on_foot(empty, register, register.site("here"), walker=ELDERLY)
    assert [one.kind for one in found] == ["bench", "toilet", "bus_stop", "salon"]
    assert {one.why for one in found} == {NONE_HERE}
