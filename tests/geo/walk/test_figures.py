"""Figures of walkers and ranges as their sources have them, written down a second time by hand."""

from dataclasses import asdict

import pytest

from geo.walk.ranges import PRESETS
from geo.walk.walkers import STEP_S_PER_M, WALKERS

# id: m/s, slope, downhill, steps, mountain paths, warning from, barred above, sits down after m
FIGURES = {
    "general": (1.33, "tobler", True, "walk", "walk", 0.08, None, None),
    "elderly": (1.0, "tobler", False, "walk", "walk", 0.08, None, None),
    "slow": (0.8, "tobler", False, "walk", "walk", 0.08, None, 200.0),
    "cane": (0.6, "energy", False, "bar", "bar", 0.08, None, 150.0),
    "scooter": (6_000 / 3_600, "none", False, "bar", "bar", 0.08, None, None),
}


@pytest.mark.parametrize("id_", FIGURES)
def test_a_walkers_figures_are_its_sources(id_):
    one = asdict(WALKERS[id_])
    names = (
        "speed_m_s",
        "slope",
        "downhill_bonus",
        "steps",
        "trails",
        "warn_grade",
        "bar_grade",
        "rest_m",
    )
    figures = [one[name] for name in names]
    assert [
        pytest.approx(was) if isinstance(was, float) else was for was in FIGURES[id_]
    ] == figures


def test_a_metre_of_rise_on_steps_is_ten_seconds():
    assert STEP_S_PER_M == WALKERS["elderly"].step_s_per_m == 10.0


def test_the_ranges_offered_are_those_sources_name():
    told = [one.range.text for one in PRESETS]
    assert told == ["250m", "350m", "500m", "800m", "1000m", "5min", "10min", "15min"]
