"""Streets mended: who could not walk there can, and no other street is touched."""

from dataclasses import replace

import numpy as np
import pytest
from toy_town import toy_town

from geo.analysis.mended import Mend, find_streets, mend_streets
from geo.base.problems import InputError
from geo.coverage.asking import parse_question
from geo.network.network import STEPS, TRAIL
from geo.relief.relief import Relief
from geo.town import ask

# The home is at the second corner of the lowest street, and the 通いの場 at the first: the street
# between them is edge 0. Round the block it is 300 m.
HOME = (100.0, 0.0)


def town_with(flags=0, rise_m=0.0, *, heights=True):
    town = toy_town(homes=[HOME])
    edges = town.network.edge_count
    own = np.zeros(edges, dtype=np.int64)
    own[0] = flags
    height = np.zeros(2 * edges)
    height[1] = rise_m
    relief = Relief(
        start=np.arange(0, 2 * edges + 1, 2),
        along_m=np.tile([0.0, 100.0], edges),
        height_m=height,
        kind=np.ones(edges, dtype=np.uint8),
    )
    network = replace(town.network, edge_flags=own)
    return replace(town, network=network, relief=relief if heights else None)


def metres(town, *, walker="cane", heights=True):
    question = parse_question(
        division="町", people="65", walker=walker, within="400m", heights=heights, trip="back"
    )
    return float(ask(town, question).cells["metres"].iloc[0])


def test_a_street_of_steps_is_opened_for_who_cannot_use_them():
    town = town_with(flags=STEPS, heights=False)
    assert metres(town, heights=False) == pytest.approx(300)
    opened = mend_streets(town, [Mend(edge=0)])
    assert metres(opened, heights=False) == pytest.approx(100)
    assert town.network.edge_flags[0] == STEPS
    assert (opened.network.edge_flags == 0).all()
    # As a ramp of 5 %, where no height is known.
    ramp = mend_streets(town, [Mend(edge=0, grade=0.05)])
    assert metres(ramp, heights=False) == pytest.approx(100)
    trail = mend_streets(town_with(flags=TRAIL, heights=False), [Mend(edge=0)])
    assert metres(trail, heights=False) == pytest.approx(100)


def test_a_gentler_slope_costs_less_and_a_level_one_its_length():
    town = town_with(rise_m=15.0)
    steep = metres(town)
    gentle = metres(mend_streets(town, [Mend(edge=0, grade=0.05)]))
    level = metres(mend_streets(town, [Mend(edge=0, grade=0.0)]))
    assert steep > gentle > level == pytest.approx(100)
    assert town.relief.height_m[1] == 15.0


def test_what_cannot_be_mended_is_said():
    with pytest.raises(InputError, match="open already"):
        mend_streets(town_with(), [Mend(edge=0)])
    with pytest.raises(InputError, match="no slope to mend"):
        mend_streets(town_with(), [Mend(edge=0, grade=0.05)])
    with pytest.raises(InputError, match="no heights"):
        mend_streets(town_with(heights=False), [Mend(edge=0, grade=0.05)])


def test_a_street_is_found_by_a_point_on_it():
    town = toy_town()
    lon, lat = town.plane.to_lonlat(np.array([50.0, 50.0]), np.array([2.0, 98.0]))
    found = find_streets(town, np.column_stack([lon, lat]))
    assert found.tolist() == [0, 4]
    with pytest.raises(InputError, match="no street within"):
        find_streets(town, np.array([[130.0, 30.0]]))
