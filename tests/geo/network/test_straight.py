"""A ground without streets: points stay where they are, and only where there is no street."""

import numpy as np
import pytest

from geo.base.problems import InputError
from geo.network.snap import Snapper
from geo.network.straight import StraightSnapper, no_streets, snapper_of
from geo.toy import toy_network


def test_every_point_stays_where_it_is_however_far_the_limit():
    snaps = snapper_of(no_streets()).snap(np.array([3.0, -9e5]), np.array([4.0, 0.5]), limit_m=1.0)
    assert snaps.at_m.tolist() == [[3.0, 4.0], [-9e5, 0.5]]
    assert (snaps.edge >= 0).all() and snaps.off_m.tolist() == [0.0, 0.0]


def test_a_town_with_streets_has_its_points_on_them():
    assert type(snapper_of(toy_network())) is Snapper
    with pytest.raises(ValueError, match="there are streets"):
        StraightSnapper(toy_network())


def test_points_that_are_no_numbers_are_refused():
    with pytest.raises(InputError, match="the points"):
        snapper_of(no_streets()).snap(np.array([np.nan]), np.array([0.0]))
