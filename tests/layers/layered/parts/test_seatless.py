"""Streets without a seat near, on the toy town beside an oracle that walks every metre."""

import numpy as np
import pytest
from toy_town import toy_town

from geo.tables.rests import rests_of_sites
from geo.town import ground_of
from geo.toy import toy_sites
from layers.layered.parts.seatless import seatless_parts

SEAT, MAYBE = (0.0, 0.0), (400.0, 400.0)


def rests(known=(SEAT,), maybe=()):
    sites = toy_sites([*known, *maybe]).assign(
        kind=["bench"] * len(known) + ["park"] * len(maybe),
        site_id=lambda table: table.index.astype(str),
    )
    return rests_of_sites(sites)


def found(table, looked, metres=150.0):
    town = toy_town()
    ground = ground_of(town)
    flags = np.zeros(town.network.edge_count, dtype=bool)
    flags[list(looked)] = True
    return town.network, seatless_parts(town, ground, table, metres=metres, looked=flags)


def along(network, parts, step_m=1.0):
    """The middles of every metre of the parts, as (edge, place)."""
    return {
        (edge, round(place, 3))
        for edge, low, high in zip(parts.edge.tolist(), parts.from_m, parts.to_m, strict=True)
        for place in np.arange(low + step_m / 2, high, step_m)
    }


def walk_m(network, edge, place, goal):
    """How far a point of a street is from a place on the grid: streets alone, so corner to corner."""
    (x0, y0), (x1, y1) = network.polyline(edge)
    part = place / network.edge_m[edge]
    x, y = x0 + (x1 - x0) * part, y0 + (y1 - y0) * part
    return abs(x - goal[0]) + abs(y - goal[1])


@pytest.mark.parametrize("metres", [60.0, 150.0, 430.0])
def test_a_street_somebody_looked_at_has_none_just_where_no_seat_is_so_near(metres):
    every = range(40)
    network, (none, unknown) = found(rests(), every, metres)
    want = {
        (edge, place + 0.5)
        for edge in every
        for place in range(100)
        if walk_m(network, edge, place + 0.5, SEAT) > metres
    }
    assert along(network, none) == want and unknown.length_m == pytest.approx(0.0)


def test_where_nobody_looked_it_is_not_known():
    network, (none, unknown) = found(rests(), range(20))
    assert set(none.edge) <= set(range(20)) and set(unknown.edge) <= set(range(20, 40))
    # Within 150 m of the corner: 100 m of two streets, and 50 m of the two at the end of each.
    assert none.length_m + unknown.length_m == pytest.approx(network.length_m - 400.0)


def test_where_a_place_near_may_have_a_seat_it_is_not_known_either():
    network, (none, unknown) = found(rests(maybe=(MAYBE,)), range(40))
    assert none.length_m == pytest.approx(network.length_m - 800.0)
    assert unknown.length_m == pytest.approx(400.0)
    assert all(walk_m(network, *one, MAYBE) < 150 for one in along(network, unknown))


def test_one_more_seat_never_leaves_more_streets_without_one():
    few, more = rests(), rests(known=(SEAT, (200.0, 200.0)))
    lengths = [sum(part.length_m for part in found(table, range(20))[1]) for table in (few, more)]
    assert lengths[1] < lengths[0]
