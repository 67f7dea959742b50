"""How a street's cost adds up along it, worked out by hand and by numpy's own interpolation."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.walk.costs import Costs, Profile

# Two streets: 30 m in three stretches (2, 1 and 3 a metre forward), and 40 m in one.
START = np.array([0, 4, 6])
ALONG = np.array([0.0, 10, 20, 30, 0, 40])
FORWARD = np.array([0.0, 20, 30, 60, 0, 40])
BACKWARD = np.array([0.0, 10, 30, 40, 0, 80])
NETWORK = SimpleNamespace(edge_m=np.array([30.0, 40.0]))


def costs(forward=FORWARD, backward=BACKWARD, *, whole=None, profile=True):
    ends = START[1:] - 1
    one, two = whole or (forward[ends], backward[ends])
    made = Profile(start=START, along_m=ALONG, forward=forward, backward=backward)
    return Costs(forward=one, backward=two, profile=made if profile else None, least_per_m=1.0)


@pytest.mark.parametrize(
    ("made", "same"),
    [
        (costs(FORWARD, FORWARD), True),
        (costs(FORWARD, BACKWARD), False),
        (costs(FORWARD, FORWARD, profile=False), True),
        (costs(FORWARD, BACKWARD, profile=False), False),
        # The ends agree and what lies between does not.
        (costs(FORWARD, np.array([0.0, 10, 30, 60, 0, 40])), False),
        # What lies between agrees, and one end is barred one way.
        (costs(FORWARD, FORWARD, whole=(np.array([60.0, 40]), np.array([60.0, np.inf]))), False),
    ],
)
def test_both_ways_are_the_same_only_where_every_step_is(made, same):
    assert made.symmetric is same


def test_a_part_of_a_street_costs_what_its_stretches_cost():
    edge, along = np.array([0, 0, 0, 0, 1, 1]), np.array([0.0, 5, 20, 25, 10, 40])
    there, back = costs().partial(NETWORK, edge, along)
    assert there.tolist() == [0, 10, 30, 45, 10, 40]
    assert back.tolist() == [0, 5, 30, 35, 20, 80]


def test_where_cost_adds_up_evenly_a_part_is_its_share():
    made, edge = costs(profile=False), np.array([0, 1])
    there, back = made.partial(NETWORK, edge, np.array([15.0, 10]))
    assert there.tolist() == [30, 10] and back.tolist() == [20, 20]
    assert made.along(NETWORK, edge, np.array([20.0, 99]), backward=False).tolist() == [10, 40]
    assert made.along(NETWORK, edge, np.array([-1.0, 40]), backward=True).tolist() == [0, 20]


def test_a_budget_leads_as_far_as_its_stretches_let_it():
    edge, budget = np.array([0, 0, 0, 0, 0, 1]), np.array([0.0, 20, 25, 59, 90, 10])
    there = costs().along(NETWORK, edge, budget, backward=False)
    assert there.tolist() == pytest.approx([0, 10, 15, 20 + 29 / 3, 30, 10])
    back = costs().along(NETWORK, edge, budget, backward=True)
    assert back.tolist() == pytest.approx([0, 15, 17.5, 30, 30, 5])


@given(
    st.lists(st.lists(st.floats(0.1, 50), min_size=1, max_size=9), min_size=1, max_size=5),
    st.data(),
)
def test_a_part_is_what_numpy_finds_between_the_samples(streets, data):
    start = np.concatenate([[0], np.cumsum([len(one) + 1 for one in streets])])
    along = [np.arange(len(one) + 1) * 7.0 for one in streets]
    cost = [np.concatenate([[0.0], np.cumsum(one)]) for one in streets]
    made = Costs(
        forward=np.array([one[-1] for one in cost]), backward=np.array([one[-1] for one in cost]),
        profile=Profile(start=start, along_m=np.concatenate(along),
                        forward=np.concatenate(cost), backward=np.concatenate(cost)),
        least_per_m=0.01,
    )  # fmt: skip
    network = SimpleNamespace(edge_m=np.array([one[-1] for one in along]))
    for edge, (metres, sums) in enumerate(zip(along, cost, strict=True)):
        want = np.array(data.draw(st.lists(st.floats(0, metres[-1]), min_size=1, max_size=4)))
        edges = np.full(len(want), edge)
        there, _ = made.partial(network, edges, want)
        assert there == pytest.approx(np.interp(want, metres, sums))
        back = made.along(network, edges, there, backward=True)
        assert back == pytest.approx(want, abs=1e-6)
