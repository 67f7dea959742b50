"""Whose a file is: by code, by name, by a ward, and by where it lies."""

import pytest

from geo.base.municipal.listed import municipality_of
from geo.base.words import Words
from layers.inspected.seen import Seen
from layers.inspected.whose import is_of, listed_of, say_elsewhere

CHIBA = municipality_of("12100")


def seen(**more):
    return Seen(file="a", size=1, kind=Words("", ""), **more)


@pytest.mark.parametrize(
    "told", ["12100", "12101", "千葉市", "千葉県千葉市", "中央区", "千葉市中央区"]
)
def test_a_city_is_known_by_all_its_names(told):
    assert is_of(told, CHIBA)


def test_a_name_that_several_have_tells_none():
    assert listed_of("府中市") is None and listed_of("大槌町").code == "03461"
    assert listed_of("12101").name == "千葉市" and listed_of("なし市") is None


def test_a_file_is_of_elsewhere_by_its_rows_or_else_by_its_place():
    assert say_elsewhere(seen(cities=("12101",)), CHIBA) is None
    assert "高松市" in say_elsewhere(seen(cities=("37201", "37202")), CHIBA).ja
    assert say_elsewhere(seen(), CHIBA) is None
    assert say_elsewhere(seen(box=(140.0, 35.5, 140.3, 35.7)), CHIBA) is None
    assert "km" in say_elsewhere(seen(box=(134.0, 34.0, 134.1, 34.2)), CHIBA).en
