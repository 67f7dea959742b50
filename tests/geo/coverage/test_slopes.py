"""A question with slopes tells the minutes on the flat too."""

from dataclasses import replace

import numpy as np
import pytest
from random_towns import random_relief
from toy_town import toy_town

from geo.coverage.asking import parse_question
from geo.town import ask


@pytest.mark.parametrize(("heights", "rest"), [(True, None), (True, "200"), (False, "200")])
def test_the_minutes_on_the_flat_are_those_of_the_question_without_slopes(heights, rest):
    town = toy_town()
    rng = np.random.default_rng(1)
    town = replace(town, relief=random_relief(rng, town.network, told=1.1, rough=0.3))
    said = {"division": "町", "people": "65", "walker": "elderly", "within": "1000m"}
    level = ask(town, parse_question(**said))
    steep = ask(town, parse_question(**said, heights=heights, rest=rest))
    assert steep.areas["minutes_flat_p50"][0] == pytest.approx(level.areas["minutes_p50"][0])
    assert level.areas["slope_cost_minutes"].isna().all()
    if not heights:
        assert steep.areas["slope_cost_minutes"].isna().all(), "what a rest adds is no slope"
    else:
        bare = ask(town, parse_question(**said, heights=True))
        cost = bare.areas["minutes_p50"][0] - level.areas["minutes_p50"][0]
        assert 0 < steep.areas["slope_cost_minutes"][0] == bare.areas["slope_cost_minutes"][0]
        assert steep.areas["slope_cost_minutes"][0] == pytest.approx(cost, rel=0.5)
    if rest is None:
        assert steep.areas["minutes_p50"][0] > level.areas["minutes_p50"][0]
