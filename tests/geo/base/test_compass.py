"""Eight directions, each over an eighth of the turn."""

import math

import pytest

from geo.base.compass import say_direction

AROUND = ["東", "北東", "北", "北西", "西", "南西", "南", "南東"]


@pytest.mark.parametrize(("eighth", "word"), list(enumerate(AROUND)))
def test_each_word_holds_for_an_eighth_of_the_turn(eighth, word):
    for off in (-0.49, 0.0, 0.49):
        angle = (eighth + off) * math.pi / 4
        assert say_direction(math.cos(angle), math.sin(angle)).ja == word
