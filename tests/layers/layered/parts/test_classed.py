"""Lines of parts of streets, beside shapely's own cutting one at a time."""

import numpy as np
import pytest
import shapely
from shapely.ops import substring

from geo.network.network import make_network
from geo.walk.reach import Parts
from layers.layered.parts.classed import cut_lines


def crooked(rng, edges=30):
    """Streets of two to nine corners each, all apart from one another."""
    corners = rng.integers(2, 10, edges)
    start = np.concatenate([[0], np.cumsum(corners)])
    x, y = rng.normal(0, 50, start[-1]).cumsum(), rng.normal(0, 50, start[-1]).cumsum()
    first, last = start[:-1], start[1:] - 1
    ends = np.column_stack([first, last]).ravel()
    return make_network(
        node_x_m=x[ends], node_y_m=y[ends], edge_u=np.arange(0, 2 * edges, 2),
        edge_v=np.arange(1, 2 * edges, 2), edge_start=start, vertex_x_m=x, vertex_y_m=y,
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_every_part_is_the_street_between_its_ends(seed):
    rng = np.random.default_rng(seed)
    network = crooked(rng)
    edge = np.sort(rng.integers(0, network.edge_count, 200))
    low, high = np.sort(rng.uniform(0, 1, (2, 200)), axis=0) * network.edge_m[edge]
    low[:20], high[10:30] = 0.0, network.edge_m[edge[10:30]]
    found = cut_lines(network, Parts(edge=edge, from_m=low, to_m=high))
    for line, one, a, b in zip(found, edge.tolist(), low, high, strict=True):
        want = substring(shapely.LineString(network.polyline(one)), a, b)
        assert line.length == pytest.approx(b - a, abs=1e-6)
        assert shapely.hausdorff_distance(line, want) < 1e-6


def test_parts_between_two_corners_and_at_a_corner_are_whole():
    network = crooked(np.random.default_rng(9), edges=1)
    line = network.polyline(0)
    corner = float(np.hypot(*(line[1] - line[0])))
    parts = Parts(
        edge=np.zeros(3, dtype=np.int64), from_m=np.array([1.0, corner, corner / 2]),
        to_m=np.array([2.0, network.edge_m[0], corner]),
    )  # fmt: skip
    counts = [len(one.coords) for one in cut_lines(network, parts)]
    assert counts == [2, len(line) - 1, 2]
