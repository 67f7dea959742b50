"""Walks from one point are those of a town with one home there; the way drawn is as long as they say."""

import numpy as np
import pytest
from random_towns import random_ground

from geo.coverage.asking import TRIPS
from geo.network.network import points_along
from geo.toy import toy_network
from geo.walk.from_here import walks_from
from geo.walk.ground import make_ground
from geo.walk.path import find_path
from geo.walk.rules import Rules, walk_each

GROUNDS, POINTS = range(6), 6


def put(ground, points, limit_m=100.0):
    return ground.snapper.snap(points[:, 0], points[:, 1], limit_m=limit_m)


def drawn_rules(rng, ground):
    """Every rule or none of them, with stretches that often decide."""
    rests, toilets = (put(ground, rng.uniform(0, 400, (n, 2))) for n in (12, 6))
    return Rules(
        trip=str(rng.choice(TRIPS)),
        rest_m=float(rng.uniform(80, 300)) if rng.random() < 0.5 else None,
        toilet_m=float(rng.uniform(150, 500)) if rng.random() < 0.4 else None,
        rests=rests,
        toilets=toilets,
    )


@pytest.fixture(params=GROUNDS)
def drawn(request):
    rng = np.random.default_rng(request.param)
    ground = random_ground(rng)
    return rng, ground, put(ground, rng.uniform(-20, 420, (8, 2)))


def each_of(ground, here, places, rules):
    return np.array([walked[0] for walked in walk_each(ground, here, places, rules)])


def test_from_a_point_every_place_is_as_far_as_from_a_home_there(drawn):
    rng, ground, places = drawn
    for at in rng.uniform(-30, 430, (POINTS, 2)):
        here, rules = put(ground, at[None]), drawn_rules(rng, ground)
        found = walks_from(ground, here, places, rules)
        if here.edge[0] < 0:
            assert np.isnan(found).all()
            continue
        np.testing.assert_allclose(found, each_of(ground, here, places, rules), rtol=0, atol=1e-6)
        assert np.isinf(found[places.edge < 0]).all()


def test_the_way_drawn_keeps_the_rules_and_is_as_long_as_the_walk(drawn):
    rng, ground, places = drawn
    for at in rng.uniform(0, 400, (POINTS, 2)):
        here, rules = put(ground, at[None]), drawn_rules(rng, ground)
        for way in ("there", "back"):
            one_way = Rules(
                trip=way, rest_m=rules.rest_m, toilet_m=rules.toilet_m, rests=rules.rests,
                toilets=rules.toilets,
            )  # fmt: skip
            metres = walks_from(ground, here, places, one_way)
            for row, walked in enumerate(metres):
                place = places.take(np.array([row]))
                path = find_path(ground, here, place, rules, way=way)
                if not np.isfinite(walked):
                    assert path is None
                    continue
                assert path.metres == pytest.approx(walked, abs=1e-6)
                check_line(ground, path, here, place, way)


def check_line(ground, path, here, place, way):
    """It begins and ends at the two doors' streets, and no piece of it is left out."""
    first, last = (here, place) if way == "there" else (place, here)
    for point, snap in ((path.points_m[0], first), (path.points_m[-1], last)):
        there = points_along(ground.network, snap.edge, snap.along_m)[0]
        assert point == pytest.approx(there, abs=1e-6)
    length = np.hypot(*np.diff(path.points_m, axis=0).T).sum()
    assert length == pytest.approx(path.street_m - path.off_m, abs=1e-6)
    if ground.costs.symmetric and ground.costs.profile is None:
        assert path.street_m == pytest.approx(path.metres, abs=1e-6)


def test_on_the_toy_town_by_head():
    ground = make_ground(toy_network())
    here, place = put(ground, np.array([[0.0, 150.0]])), put(ground, np.array([[250.0, 0.0]]))
    path = find_path(ground, here, place, Rules())
    assert path.metres == path.street_m == 400.0
    assert path.points_m[0].tolist() == [0.0, 150.0] and path.points_m[-1].tolist() == [250.0, 0.0]
    along = put(ground, np.array([[0.0, 120.0]]))
    assert find_path(ground, here, along, Rules()).points_m.tolist()[0] == [0.0, 150.0]
    assert find_path(ground, here, along, Rules()).metres == pytest.approx(30.0)
    rests = put(ground, np.array([[150.0, 200.0]]))
    seated = Rules(rest_m=300.0, rests=rests)
    around = find_path(ground, here, place, seated)
    assert around.metres == pytest.approx(500.0) and [150.0, 200.0] in around.points_m.tolist()
    assert find_path(ground, here, place, Rules(rest_m=150.0, rests=rests)) is None
