"""What an address may ask a walk in an area to begin with; what it comes to is in tests/pages/test_walks.py."""

import pytest

from geo.base.problems import InputError
from layers.walks.area import MOST, choose_in_area


@pytest.mark.parametrize("params", [{}, {"area": "x"}, {"kind": "bench"}])
def test_what_is_no_area_is_refused_before_anything_is_read(params):
    with pytest.raises(InputError, match="is no area and no kind"):
        choose_in_area(None, None, params, today="2026-11-21")


def test_a_walk_begins_with_what_half_a_day_comes_to():
    assert MOST == 15
