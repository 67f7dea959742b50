"""A walk to a place left out; what it comes to on a page is in tests/pages/test_gaps.py."""

import pytest
from toy_town import toy_town

from geo.analysis.gap_figures import Known
from geo.analysis.gaps import find_gaps
from geo.base.problems import InputError
from geo.coverage.asking import parse_question
from geo.town import ask
from layers.walks.gap_walk import walk_to_gap
from layers.walks.places import spot_id, spot_of

NEAR = parse_question(division="町", people="65", walker="elderly", within="300m")


def test_a_place_that_is_not_there_any_more_is_said_to_be_gone():
    town = toy_town(homes=[(400.0, 0.0)])
    gaps = find_gaps(town, NEAR, ask(town, NEAR), Known())
    with pytest.raises(InputError, match="not there any more"):
        walk_to_gap(None, None, NEAR, gaps, "nowhere")


@pytest.mark.parametrize("percent", [None, 8, 12])
def test_steps_and_slopes_without_a_record_are_told_by_their_ids(percent):
    town = toy_town(homes=[(400.0, 0.0)])
    lon, lat = (float(one) for one in town.plane.to_lonlat(375.0, 0.0))
    place = spot_of(town, spot_id(percent, lon, lat))
    assert (round(place.x_m, 1), round(place.y_m, 1), place.kind) == (375.0, 0.0, "slope")
    assert not place.recorded and (
        f"{percent}％" in place.title if percent else "階段" in place.title
    )


@pytest.mark.parametrize("said", ["", "look-steps", "look-steps-1-2-3", "look-slope8-9999999999-1",
                                  "look-steps-<b>-1", "look-slope１-1-1"])  # fmt: skip
def test_what_is_no_such_id_is_no_place(said):
    assert spot_of(toy_town(homes=[(400.0, 0.0)]), said) is None
