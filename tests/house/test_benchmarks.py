"""The benchmarks' city is what it says, their oracle is right, and the whole run runs."""

import json
import re
import subprocess
import sys

import numpy as np
import pytest
from where import ROOT

from geo.network.lay import build_network
from geo.network.network import BRIDGE, STEPS
from geo.sources.streets.osm import load_osm

BENCHMARKS = ROOT / "benchmarks"


@pytest.fixture(scope="module")
def bench():
    """The benchmarks' modules, which are scripts and no package."""
    import importlib

    sys.path.insert(0, str(BENCHMARKS))
    try:
        names = (
            "attack", "attackers", "city", "city_pbf", "demand", "judge", "networkx_oracle", "plan",
            "store",
        )  # fmt: skip
        yield {name: importlib.import_module(name) for name in names}
    finally:
        sys.path.remove(str(BENCHMARKS))


@pytest.fixture(scope="module")
def city(bench):
    return bench["city"].make_city(2_000, 7)


@pytest.fixture(scope="module")
def network(city):
    return city.network()


def arms(network):
    return np.bincount(
        np.concatenate([network.edge_u, network.edge_v]), minlength=network.node_count
    )


def test_the_city_has_the_arms_and_dead_ends_of_a_real_one(network):
    junction = arms(network)[arms(network) != 2]
    assert 1_600 <= junction.size <= 2_400
    assert 2.55 <= junction.mean() <= 2.95
    assert 0.15 <= (junction == 1).mean() <= 0.3
    assert 60 <= network.length_m / (junction.sum() / 2) <= 140


def test_a_third_of_its_nodes_only_join_two_streets_as_in_raw_data(network):
    assert 0.25 <= (arms(network) == 2).mean() <= 0.45


def test_its_streets_bend_at_about_four_vertices(network):
    count = np.diff(network.edge_start)
    assert count.min() >= 3
    assert 3.8 <= count.mean() <= 4.2
    ends = np.hypot(
        network.node_x_m[network.edge_u] - network.node_x_m[network.edge_v],
        network.node_y_m[network.edge_u] - network.node_y_m[network.edge_v],
    )
    assert (network.edge_m > ends).mean() > 0.99


def test_its_polylines_begin_and_end_at_their_nodes(network):
    first, last = network.edge_start[:-1], network.edge_start[1:] - 1
    for axis in ("x", "y"):
        vertex, node = (getattr(network, f"{kind}_{axis}_m") for kind in ("vertex", "node"))
        assert np.array_equal(vertex[first], node[network.edge_u])
        assert np.array_equal(vertex[last], node[network.edge_v])


def test_rivers_cut_it_into_three_large_islands_and_bridges_cross_one(network):
    size = np.bincount(network.island)
    assert (size > 0.1 * network.node_count).sum() >= 3
    bridges = network.edge_flags & BRIDGE > 0
    assert 2 <= bridges.sum() <= 10
    assert (network.island[network.edge_u[bridges]] == 0).all()


def test_steps_stand_on_slopes_only(city, network):
    steps = network.edge_flags & STEPS > 0
    height = city.vertex_height_m
    rise = np.abs(height[city.edge_start[1:] - 1] - height[city.edge_start[:-1]])
    assert 0.002 < steps.mean() < 0.05
    assert (rise / network.edge_m)[steps].min() > 0.05


def test_the_same_seed_gives_the_same_city_and_another_another(bench, city):
    again, other = (bench["city"].make_city(2_000, seed) for seed in (7, 8))
    for name in type(city).__slots__:
        assert np.array_equal(getattr(city, name), getattr(again, name)), name
    assert not np.array_equal(city.node_x_m[:100], other.node_x_m[:100])


def test_people_live_beside_streets_by_their_length(bench, network):
    people = bench["demand"].scatter(network, 20_000, 2)
    from geo.network.snap import Snapper

    snaps = Snapper(network).snap(*people.T)
    # Half of a normal spread of 15 m lies within 10.1 m; another street is sometimes nearer.
    assert 7.5 < np.median(snaps.off_m) < 10.1
    half = network.edge_m.cumsum() <= network.length_m / 2
    assert half[snaps.edge].mean() == pytest.approx(0.5, abs=0.03)


def test_the_city_read_back_from_its_osm_file_is_the_same(bench, network, tmp_path):
    path = tmp_path / "city.osm.pbf"
    bench["city_pbf"].save_pbf(path, network)
    back, _ = build_network(load_osm(path).streets, bench["city"].PLANE)
    assert (back.node_count, back.edge_count) == (network.node_count, network.edge_count)
    assert back.length_m == pytest.approx(network.length_m, rel=1e-5)
    assert back.island.max() == network.island.max()
    assert (back.edge_flags & STEPS > 0).sum() == (network.edge_flags & STEPS > 0).sum()


def test_the_oracle_knows_walks_that_fit_in_the_head(bench):
    from geo.network.network import make_network

    cross = make_network(
        node_x_m=np.array([0.0, 100, 100]),
        node_y_m=np.array([0.0, 0, 100]),
        edge_u=np.array([0, 1]),
        edge_v=np.array([1, 2]),
        edge_start=np.array([0, 2, 4]),
        vertex_x_m=np.array([0.0, 100, 100, 100]),
        vertex_y_m=np.array([0.0, 0, 0, 100]),
    )
    people, sites = np.array([[10.0, 5], [60, 0], [103, 50]]), np.array([[40.0, 2], [99, 80]])
    truth = bench["networkx_oracle"].find_truth(cross, people, sites, [1, 2])
    assert truth[1].door == pytest.approx([5 + 30 + 2, 20 + 2, 3 + 50 + 60 + 2])
    assert truth[2].street == pytest.approx([30, 20, 30])


def test_an_answer_off_by_two_centimetres_or_out_of_reach_is_a_failure(bench, tmp_path):
    from contest import Row

    judge, plan, store = bench["judge"], bench["plan"], bench["store"]
    engine = plan.Engine(name=plan.OURS, module="ours", task="points", check="door")
    right = np.array([100.0, 499.0, np.inf])
    np.savez(tmp_path / "truth.npz", door_5=right)

    def judged(answer):
        np.save(tmp_path / "answer.npy", np.array(answer))
        row = Row(task="T4", city="tiny", engine=engine, case=store.Case(people=3, sites=5))
        row.answer = tmp_path / "answer.npy"
        return judge.find_faults(row, judge.find_errors([row], tmp_path)[0])

    assert not judged([100.0, 499.004, np.inf])
    assert "off by 0.02" in judged([100.02, 499.0, np.inf])
    assert "1 answers" in judged([100.0, np.inf, np.inf])
    assert "1 answers" in judged([100.0, 499.0, 9_000.0])


@pytest.mark.parametrize(
    ("saves", "slowest", "waited"),
    [
        ([], 0, 10), ([(1, 0.1, 200), (2, 0.2, 200)], 0.2, 8), ([(4, 3, 503), (9, 1, 200)], 1, 9),
        ([(1, 0.1, 200), (31, 30, 0)], 0.1, 30),
    ],
)  # fmt: skip
def test_under_attack_what_was_not_kept_is_waiting(bench, saves, slowest, waited):
    row = bench["attack"].Row(name="", seconds=10, saves=saves)
    assert (row.slowest(), row.waited()) == pytest.approx((slowest, waited))


def test_no_stranger_ever_says_all_of_what_was_begun(bench):
    named = {kind for kind, *_ in bench["attack"].ATTACKS + bench["attack"].OVER_HTTPS}
    assert len(named) == 5
    for kind in named:
        said = bench["attackers"].first_words(kind, 1)
        head, _, body = said.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head)
        assert not body or len(body) < int(length[1])
    with pytest.raises(ValueError, match="loud"):
        bench["attackers"].first_words("loud", 1)


def test_a_quick_run_of_this_project_alone_writes_both_reports(tmp_path):
    told = subprocess.run(
        [sys.executable, BENCHMARKS / "run.py", "--quick", "--only", "ours", "--out", tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    report = (tmp_path / "engine.md").read_text(encoding="utf-8")
    result = json.loads((tmp_path / "engine.json").read_text(encoding="utf-8"))
    assert result["failures"] == []
    tasks = {task["id"]: task for task in result["tasks"]}
    assert list(tasks) == ["T1", "T2", "T3", "T4", "T4b", "T5", "T6", "T7", "T8", "T8b", "T9"]
    for task in tasks.values():
        assert f"## {task['id']} " in report
        for row in task["rows"]:
            assert row["median_s"] > 0, row
    for row in tasks["T4"]["rows"]:
        assert row["errors"]["most_m"] <= 0.01
        assert row["errors"]["held"] == 2_000
    assert 0.1 < result["whole"][0]["share"] < 0.9
