"""Measured slopes: what a record tells, and on which streets its line lies."""

import numpy as np
import pytest
import shapely
from sheet_fixtures import put
from surveyed_toy import NETWORK, PLANE, TOWN, degrees

from geo.network.network import make_network
from layers.surveyed.slopes import (
    Slope,
    SlopeFact,
    count_inside,
    match_slopes,
    read_slopes,
    slopes_of,
)
from surveys.declaration.field import UNKNOWN


def slope(*points, id_="a", as_of="2026-11-21", grade=0.08):
    shape = shapely.LineString(points)
    return Slope(site_id=id_, shape=shape, grade=grade, steps=False, as_of=as_of)


def on_edges(*points, network=NETWORK):
    return [one.edge for one in match_slopes(network, [slope(*points)])]


# Edge 4·row + column runs east from (column, row), 20 + 5·row + column runs north.
@pytest.mark.parametrize(
    ("points", "edges", "why"),
    [
        ([(0, 0), (100, 0)], [0], "the whole street"),
        ([(100, 6), (0, 6)], [0], "from the other end, along the footway"),
        ([(10, 0), (290, 0)], [0, 1, 2], "three streets, the last two nearly whole"),
        ([(20, 0), (60, 0)], [0], "a part of one: nearest all along"),
        ([(60, 0), (150, 0)], [1], "40 m of one, 50 m of the next: more than half is on it"),
        ([(0, 0), (100, 0), (100, 100)], [0, 21], "round the corner"),
        ([(0, 50), (100, 50)], [], "through the block"),
        ([(50, 5), (50, 95)], [], "across: half of it is near no street"),
        ([(5, 0), (5, 0)], [0], "a line of no length is on its street"),
    ],
)
def test_a_line_is_on_the_streets_it_runs_along(points, edges, why):
    assert on_edges(*points) == edges, why


def test_the_part_of_the_street_is_told():
    fact = match_slopes(NETWORK, [slope((20, 0), (60, 0))])[0]
    assert (fact.from_m, fact.to_m) == pytest.approx((20, 60), abs=2)
    whole = match_slopes(NETWORK, [slope((0, 0), (100, 0))])[0]
    assert (whole.from_m, whole.to_m) == pytest.approx((0, 100), abs=2)


def test_a_short_side_street_is_not_on_the_slope():
    """It lies within 15 m of the corner, whole, and runs another way."""
    network = make_network(
        node_x_m=np.array([0.0, 100, 200, 100]), node_y_m=np.array([0.0, 0, 0, 14]),
        edge_u=np.array([0, 1, 1]), edge_v=np.array([1, 2, 3]), edge_start=np.array([0, 2, 4, 6]),
        vertex_x_m=np.array([0.0, 100, 100, 200, 100, 100]),
        vertex_y_m=np.array([0.0, 0, 0, 0, 0, 14]),
    )  # fmt: skip
    assert on_edges((0, 0), (200, 0), network=network) == [0, 1]
    assert on_edges((100, 0), (100, 14), network=network) == [2]


def test_of_two_records_of_a_street_the_last_seen_comes_first():
    old, new = slope((0, 0), (100, 0), as_of="2025-01-01"), slope((0, 0), (100, 0), id_="b")
    other = slope((0, 100), (100, 100), id_="c", as_of="")
    facts = match_slopes(NETWORK, [other, old, new])
    assert [(one.edge, one.site_id) for one in facts] == [(0, "b"), (0, "a"), (4, "c")]


def test_a_line_in_parts_is_one_slope():
    shape = shapely.MultiLineString([[(0, 0), (45, 0)], [(50, 0), (100, 0)]])
    one = Slope(site_id="a", shape=shape, grade=0.1, steps=False, as_of="")
    assert [fact.edge for fact in match_slopes(NETWORK, [one])] == [0]
    assert match_slopes(NETWORK, []) == ()


SLOPE = {"kind": "slope"}
STAIRS = {"kind": "stairs"}
RECORDS = [
    ({**SLOPE, "grade_percent": 8.5}, (0.085, False), "as measured"),
    ({"grade_percent": 0}, (0.0, False), "measured: level"),
    ({**SLOPE, "height_cm": 300, "length_m": 50}, (0.0601, False), "rise over run"),
    ({**SLOPE, "grade_percent": 8, "height_cm": 300, "length_m": 50}, (0.08, False), "measured"),
    ({**SLOPE, "height_cm": 300}, None, "a rise alone is no grade"),
    ({**SLOPE, "height_cm": 300, "length_m": 2}, None, "higher than long: a slip"),
    (SLOPE, None, "steep, said somebody; how steep, nobody"),
    ({**SLOPE, "grade_percent": UNKNOWN}, None, "could not be measured"),
    (STAIRS, (None, True), "stairs without a number are stairs"),
    ({**STAIRS, "height_cm": 400, "length_m": 8}, (None, True), "no grade is made of stairs"),
    ({**SLOPE, "step_count": 12}, (None, True), "steps were counted"),
    ({**SLOPE, "step_count": 0, "grade_percent": 5}, (0.05, False), "counted: none"),
    ({"kind": "step", "height_cm": 15, "length_m": 1}, None, "a kerb is no grade"),
    ({"kind": "rough"}, None, "the surface tells of no grade"),
    ({**SLOPE, "grade_percent": 8, "state": "mended"}, None, "no more as it was written"),
    ({**SLOPE, "grade_percent": 8, "state": "told"}, (0.08, False), "the keeper only knows"),
]


@pytest.mark.parametrize(("answers", "told", "why"), RECORDS, ids=[one[2] for one in RECORDS])
def test_a_record_tells_a_grade_or_steps(book, answers, told, why):
    put(book, "slope", "s", answers, place=degrees((0, 0), (100, 0)), on="2026-10-02")
    facts = read_slopes(book, TOWN)
    if told is None:
        assert facts == (), why
        return
    assert [(one.edge, one.steps, one.as_of, one.site_id) for one in facts] == [
        (0, told[1], "2026-10-02", "s")
    ]
    grade = facts[0].grade
    assert np.isnan(grade) if told[0] is None else grade == pytest.approx(told[0], abs=1e-4)


def test_a_point_is_on_no_street_and_what_is_gone_is_none(book):
    put(book, "slope", "p", {**STAIRS}, place=degrees((50, 0)))
    put(book, "slope", "n", {**STAIRS, "name": "石段"}, place=None)
    put(book, "slope", "g", {**STAIRS}, place=degrees((0, 0), (100, 0)))
    assert [one.site_id for one in read_slopes(book, TOWN)] == ["g"]
    put(book, "slope", "g", None, kind="retire", status={"is": "removed", "on": "2026-11-22"})
    assert read_slopes(book, TOWN) == () and slopes_of([book.site("g")], PLANE) == []


def test_a_grade_people_differ_on_was_not_measured(book):
    shape = degrees((0, 0), (100, 0))
    head = put(book, "slope", "s", SLOPE, place=shape).head
    put(book, "slope", "s", {**SLOPE, "grade_percent": 5})
    assert isinstance(read_slopes(book, TOWN)[0], SlopeFact)
    put(book, "slope", "s", {**SLOPE, "grade_percent": 15}, seen=head)
    assert read_slopes(book, TOWN) == ()


def test_slopes_inside_a_park_are_counted_apart_and_lie_on_no_street(book):
    inside = {"name": "公園", "slopes": [{"_id": "a", **STAIRS}, {"_id": "b", **STAIRS}]}
    put(book, "park", "p", inside, place=degrees((50, 0)))
    assert read_slopes(book, TOWN) == () and count_inside(book) == 2
    put(book, "park", "p", None, kind="retire", status={"is": "closed", "on": "2026-11-22"})
    assert count_inside(book) == 0
