"""Streets cut by their steepness, on a street whose heights are made by hand."""

import numpy as np
import pytest

from geo.network.network import STEPS, make_network
from geo.relief.relief import Relief
from layers.layered.parts.steepness import steep_parts
from layers.surveyed.slopes import SlopeFact


@pytest.fixture
def network():
    """Two streets of 40 m one after the other, and steps of 10 m."""
    return make_network(
        node_x_m=np.array([0.0, 40, 80, 90]), node_y_m=np.zeros(4),
        edge_u=np.array([0, 1, 2]), edge_v=np.array([1, 2, 3]), edge_start=np.array([0, 2, 4, 6]),
        vertex_x_m=np.array([0.0, 40, 40, 80, 80, 90]), vertex_y_m=np.zeros(6),
        edge_flags=np.array([0, 0, STEPS]),
    )  # fmt: skip


@pytest.fixture
def relief():
    # 0 %, 3.9 %, 4 %, 8 % down; not known, not known, 20 %, 20 %; steps of 50 %.
    height = [0.0, 0.0, 0.39, 0.79, -0.01, np.nan, np.nan, 5.0, 7.0, 9.0, 9.0, 14.0]
    along = [0.0, 10, 20, 30, 40, 0, 10, 20, 30, 40, 0, 10]
    return Relief(
        start=np.array([0, 5, 10, 12]), along_m=np.array(along), height_m=np.array(height),
        kind=np.array([1, 0, 1], dtype=np.uint8),
    )  # fmt: skip


def told(found):
    parts, kind = found
    rows = zip(parts.edge.tolist(), parts.from_m.tolist(), parts.to_m.tolist(), kind, strict=True)
    return [(edge, low, high, str(one)) for edge, low, high, one in rows]


def stair(edge, low, high):
    return SlopeFact(
        edge=edge, from_m=low, to_m=high, grade=np.nan, steps=True, as_of="2026-11-21", site_id="s"
    )


def test_streets_are_cut_where_their_class_changes_and_neighbours_joined(network, relief):
    assert told(steep_parts(network, relief)) == [
        (0, 0.0, 20.0, "flat"), (0, 20.0, 30.0, "gentle"), (0, 30.0, 40.0, "steep"),
        (1, 0.0, 20.0, "unknown"), (1, 20.0, 40.0, "steep"),
        (2, 0.0, 10.0, "steps"),
    ]  # fmt: skip


def test_stairs_people_measured_take_the_place_of_the_grade_between_their_ends(network, relief):
    found = told(steep_parts(network, relief, [stair(0, 5.0, 25.0), stair(1, 0.0, 40.0)]))
    assert found == [
        (0, 0.0, 5.0, "flat"), (0, 5.0, 25.0, "steps"), (0, 25.0, 30.0, "gentle"),
        (0, 30.0, 40.0, "steep"), (1, 0.0, 40.0, "steps"), (2, 0.0, 10.0, "steps"),
    ]  # fmt: skip


def test_the_classes_together_are_all_the_streets_once(network, relief):
    parts, _ = steep_parts(network, relief, [stair(0, 5.0, 25.0), stair(0, 15.0, 35.0)])
    assert parts.length_m == pytest.approx(network.length_m)
    assert (parts.to_m > parts.from_m).all()
