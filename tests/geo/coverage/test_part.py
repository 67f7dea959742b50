"""A part of an answer is the area's own row, and parts add up to the whole."""

import numpy as np
import pytest
from toy_town import toy_town

from geo.coverage.asking import parse_question
from geo.coverage.coverage import COUNTED
from geo.coverage.part import count_cells, part_of
from geo.say.sentence import lines_of
from geo.town import ask


@pytest.mark.parametrize("within", ["100m", "300m", "500m"])
def test_each_areas_part_is_its_own_row_and_all_parts_are_the_town(within):
    town = toy_town()
    question = parse_question(division="町", people="65", walker="elderly", within=within)
    coverage = ask(town, question)
    row = coverage.cells["area"].to_numpy()
    sums = dict.fromkeys(COUNTED, 0)
    for at, area in enumerate(coverage.areas.to_dict("records")):
        part = part_of(coverage, row == at)
        assert part.totals == {name: area[name] for name in COUNTED}
        assert lines_of(part, "ja")
        sums = {name: sums[name] + part.totals[name] for name in COUNTED}
    assert sums == coverage.totals
    assert count_cells(coverage, np.zeros(row.size, dtype=bool)) == dict.fromkeys(COUNTED, 0)
    with pytest.raises(ValueError, match="flags"):
        part_of(coverage, np.ones(row.size + 1, dtype=bool))
