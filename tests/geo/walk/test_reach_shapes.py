"""Shapes within reach: circles without streets, none of them a street."""

import numpy as np
import pytest

from geo.network.straight import no_streets, snapper_of
from geo.walk.ground import make_ground
from geo.walk.reach_shapes import reach_shapes


def test_without_streets_the_ground_within_reach_is_a_circle_and_no_street():
    net = no_streets()
    ground = make_ground(net, snapper=snapper_of(net))
    sites = ground.snapper.snap(np.array([10.0, 900.0]), np.array([20.0, 0.0]))
    for (streets, disc, metres), at in zip(
        reach_shapes(ground, sites, limit_m=500.0), sites.at_m, strict=True
    ):
        assert streets.is_empty and metres == 0
        assert disc.area == pytest.approx(np.pi * 500**2, rel=1e-3)
        assert np.array(disc.centroid.coords[0]) == pytest.approx(at, abs=0.01)
