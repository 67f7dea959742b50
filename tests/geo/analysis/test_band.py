"""The band of what is not known: its law on random towns, its streets beside a plain search."""

from dataclasses import replace
from itertools import pairwise

import networkx as nx
import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from random_towns import people_of, random_relief, random_town
from unknown_towns import rests_at, unknown_town

from geo.analysis.band import ask_band, people_on_streets
from geo.coverage.asking import parse_question
from geo.network.network import STEPS
from geo.town import ask
from geo.walk.costs import make_costs
from geo.walk.ground import make_ground
from geo.walk.search import walk_nearest
from geo.walk.walkers import WALKERS

SEEDS = st.integers(0, 10_000_000)
HOW = ("within", "outside", "off_network", "no_rest")


def asked(rng):
    return parse_question(
        division="町",
        people="65",
        walker=str(rng.choice(["elderly", "cane", "scooter", "custom:speed=0.7,bar=9"])),
        within=str(rng.choice(["350m", "500m", "1000m", "20min"])),
        heights=bool(rng.random() < 0.7),
        trip=str(rng.choice(["there", "back", "worse", "round"])),
        rest=str(rng.choice(["100", "200", "400"])) if rng.random() < 0.7 else "",
        toilet=str(rng.choice(["300", "600"])) if rng.random() < 0.4 else "",
    )


@settings(max_examples=40)
@given(SEEDS)
def test_nobody_within_at_the_low_end_is_without_at_the_high_end(seed):
    rng = np.random.default_rng(seed)
    town, question = unknown_town(rng), asked(rng)
    rests = rests_at(rng, 12)
    seen = rng.random(town.network.edge_count) < 0.3
    band = ask_band(town, question, rests=rests, surveyed=seen)
    within = [run.cells["status"] == "within" for run in (band.bad, band.known, band.good)]
    assert not (within[0] & ~within[1]).any() and not (within[1] & ~within[2]).any()
    known = ask(town, question, rests=rests)
    pd.testing.assert_frame_equal(band.known.cells, known.cells)
    for run in (band.bad, band.known, band.good):
        totals = run.totals
        assert totals["people"] == sum(totals[name] for name in HOW[:3])
        assert totals["no_rest"] <= totals["outside"]
    dark = ~seen if question.rest_m is not None else np.zeros(seen.size, dtype=bool)
    if question.heights:
        dark |= ~town.relief.known
    assert all(dark[list(row)].any() for row in band.streets["edges"])
    most = band.bad.totals["outside"] - band.good.totals["outside"]
    assert (band.streets["people"] > 0).all() and (band.streets["people"] <= most).all()
    assert band.streets["people"].is_monotonic_decreasing


@settings(max_examples=20)
@given(SEEDS)
def test_where_all_is_known_there_is_no_band(seed):
    rng = np.random.default_rng(seed)
    town = unknown_town(rng)
    town = replace(town, relief=random_relief(rng, town.network, told=1.1, rough=0.3))
    rests = rests_at(rng, 12)
    rests = rests.assign(seat=rests["seat"].replace("unknown", "no"), toilet="yes")
    seen = np.ones(town.network.edge_count, dtype=bool)
    band = ask_band(town, asked(rng), rests=rests, surveyed=seen)
    # Of two salons as far there and back, round one ring, either may be named.
    bad, good = (one.cells.drop(columns="site") for one in (band.bad, band.good))
    pd.testing.assert_frame_equal(bad, good)
    assert band.streets.empty


@settings(max_examples=40)
@given(SEEDS, st.sampled_from(["there", "back"]))
def test_people_on_a_street_are_those_whose_nearest_way_uses_it(seed, way):
    rng = np.random.default_rng(seed)
    network = random_town(rng, nodes=int(rng.integers(4, 16)))
    heights = random_relief(rng, network, told=1.1)  # so that no two ways are as long
    ground = make_ground(network, walker=WALKERS["elderly"], relief=heights)
    homes = ground.snapper.snap(*rng.uniform(0, 1000, (2, 12)), limit_m=100.0)
    sites = ground.snapper.snap(*rng.uniform(0, 1000, (2, 2)), limit_m=100.0)
    people = people_of(rng, 12)
    used = people_on_streets(ground, homes, people, sites, way=way)
    wanted = np.zeros(network.edge_count, dtype=int)
    nearest = walk_nearest(ground.graph, ground.ends(homes), ground.ends(sites), way=way)
    for home in np.flatnonzero((homes.edge >= 0) & np.isfinite(nearest.metres)):
        for edge in edges_walked(ground, homes, home, sites, nearest.site[home], way):
            wanted[edge] += people[home]
    lost = (homes.edge >= 0) & ~np.isfinite(nearest.metres)
    np.add.at(wanted, homes.edge[lost], people[lost])  # they stand on their street all the same
    np.testing.assert_array_equal(used, wanted)


def edges_walked(ground, homes, home, sites, site, way):
    """Return the edges of the one shortest way, by networkx on the streets with both put in."""
    network, costs = ground.network, ground.costs
    graph = nx.MultiDiGraph()
    points = {}
    for name, snaps, row in (("home", homes, home), ("site", sites, site)):
        points.setdefault(int(snaps.edge[row]), []).append((float(snaps.along_m[row]), name))
    for edge in np.flatnonzero(costs.usable).tolist():
        stops = sorted(
            [
                (0.0, int(network.edge_u[edge])),
                *points.get(edge, []),
                (float(network.edge_m[edge]), int(network.edge_v[edge])),
            ],
            key=lambda stop: stop[0],
        )
        ahead, back = costs.partial(
            network, np.full(len(stops), edge), np.array([stop[0] for stop in stops])
        )
        for k in range(len(stops) - 1):
            one, two = stops[k][1], stops[k + 1][1]
            graph.add_edge(one, two, weight=ahead[k + 1] - ahead[k], edge=edge)
            graph.add_edge(two, one, weight=back[k + 1] - back[k], edge=edge)
    ends = ("home", "site") if way == "there" else ("site", "home")
    path = nx.shortest_path(graph, *ends, weight="weight")
    steps = (
        min(graph[one][two].values(), key=lambda link: link["weight"])["edge"]
        for one, two in pairwise(path)
    )
    return {int(homes.edge[home]), *steps}


def test_a_street_without_height_costs_more_the_worse_it_is_taken():
    rng = np.random.default_rng(5)
    network = random_town(rng)
    relief = random_relief(rng, network, told=0.5, rough=0.3)
    bad, known, good = (
        make_costs(network, WALKERS["elderly"], relief, unknown=unknown).forward
        for unknown in ("bad", "known", "good")
    )
    dark = ~relief.known & (network.edge_flags & STEPS == 0)
    assert (bad[dark] > known[dark]).all() and (known[dark] > good[dark]).all()
    np.testing.assert_allclose(bad[~dark], good[~dark])
