"""The map of an area's sheet calls what it counts by its name."""

import pytest

from layers.areas.map import out_words


@pytest.mark.parametrize("office", [True, False])
def test_nobody_walks_where_a_line_is_straight(office):
    told = out_words(office=office, straight=True)
    assert told.ja.startswith("直線で届かない人") and "straight line" in told.en
    assert out_words(office=office, straight=False).ja.startswith("歩いて届かない人")
