"""A value that is not a number stops the run with a sentence, in production as in tests."""

import dataclasses
import warnings

import numpy as np
import pytest
from laid_ways import PLANE, streets
from toy_town import toy_town

from geo.base.problems import InputError
from geo.base.sound import check_finite, sound_numbers
from geo.base.words import Words
from geo.coverage.asking import parse_question
from geo.network.lay import build_network
from geo.network.network import make_network
from geo.network.snap import Snapper
from geo.town import ask
from geo.toy import toy_network
from geo.walk.search import check_walks

DOING = Words("計算", "the count")
NONE = np.array([0.0, np.inf])

UNSOUND = [
    (lambda: np.zeros(1) / np.zeros(1), "nothing by nothing"),
    (lambda: np.ones(1) / np.zeros(1), "one by nothing"),
    (lambda: NONE - NONE, "infinity from infinity"),
    (lambda: np.full(1, 1e308) * 10, "more than a double holds"),
    (lambda: np.log(np.array([-1.0])), "no such logarithm"),
]


@pytest.mark.parametrize(("work", "reason"), UNSOUND, ids=[case[1] for case in UNSOUND])
def test_what_numpy_only_warns_of_is_refused(work, reason):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as in production
        with pytest.raises(InputError, match="the count met a value that is not a number"):
            sound_numbers(DOING)(work)()
        assert work() is not None, reason


def test_infinity_as_no_way_is_sound():
    with sound_numbers(DOING):
        assert np.isinf(np.minimum(NONE + 1.0, np.inf)[1])


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_the_first_number_that_is_none_is_named(bad):
    with pytest.raises(
        InputError, match="number 2 of homes is not a finite number \\(2 of them\\)"
    ):
        check_finite(np.array([[1.0, 2], [bad, 0], [0, bad]]), Words("家", "homes"))
    check_finite(np.zeros((2, 2)), DOING)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_no_point_without_a_place_is_put_on_a_street(bad):
    with pytest.raises(InputError, match="points to be put on streets"):
        Snapper(toy_network()).snap(np.array([0.0, bad]), np.zeros(2))


def test_no_network_has_a_vertex_without_a_place():
    net = toy_network()
    x_m = net.vertex_x_m.copy()
    x_m[3] = np.nan
    with pytest.raises(InputError, match="coordinates of the streets"):
        make_network(
            node_x_m=net.node_x_m, node_y_m=net.node_y_m, edge_u=net.edge_u, edge_v=net.edge_v,
            edge_start=net.edge_start, vertex_x_m=x_m, vertex_y_m=net.vertex_y_m,
        )  # fmt: skip


def test_a_street_node_off_the_earth_is_named():
    given = streets([1, 2, 3], at={1: (0, 0), 2: (100, 0), 3: (200, 0)})
    lat = np.array([35.6, np.inf, 35.6])
    with pytest.raises(InputError, match="point 2 of the streets cannot be placed"):
        build_network(dataclasses.replace(given, lat=lat), PLANE)


@pytest.mark.parametrize(
    ("metres", "on"),
    [([np.nan], [True]), ([5.0], [False]), ([-1.0], [True])],
    ids=["no figure on the network", "a figure off it", "less than nothing"],
)
def test_no_walk_is_told_that_is_no_length(metres, on):
    with pytest.raises(InputError, match="walk from home number 1 is no length"):
        check_walks(np.array(metres), np.array(on))


def test_a_home_whose_place_was_lost_stops_the_question():
    town = toy_town()
    question = parse_question(division="町", people="65", walker="elderly", within="500m")
    broken = np.array([np.nan, 0.0, 0.0, 0.0])
    lost = dataclasses.replace(town, cell_snaps=dataclasses.replace(town.cell_snaps, off_m=broken))
    with pytest.raises(InputError, match="no length"):
        ask(lost, question)
