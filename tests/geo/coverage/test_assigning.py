"""Which area a home belongs to."""

import pytest
from asked_coverage import areas_of, ask

from geo.coverage.coverage import assign_cells
from geo.toy import toy_cells, toy_network, toy_sites

AREAS = areas_of((0, 0, 100, 100), (100, 0, 200, 100))


@pytest.mark.parametrize(
    ("place", "named", "own_people", "row", "why"),
    [
        ((50, 50), "", False, 0, "inside the first"),
        ((150, 50), "", False, 1, "inside the second"),
        ((100, 50), "", False, 0, "on the border: the first"),
        ((250, 50), "", False, -1, "in none"),
        ((50, 50), "1", True, 1, "counted in the second, wherever its point stands"),
        ((50, 50), "1", False, 0, "counted in areas of another division"),
        ((150, 50), "elsewhere", True, 1, "an area this division does not have"),
    ],
)
def test_a_home_belongs_to_an_area(place, named, own_people, row, why):
    cells = toy_cells([place]).assign(area_id=named)
    assert assign_cells(cells, AREAS, own_people=own_people).tolist() == [row], why


def test_a_salon_on_the_first_street_counts_as_any_other():
    on_first = toy_sites([(50, 0)])
    answer = ask(toy_network(), toy_cells([(0, 0)]), on_first)
    assert answer.areas["share_straight"][0] == 1.0
    assert answer.left_out["sites_off_network"] == 0
