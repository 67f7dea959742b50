"""Who could come by bus: the story of the stop at the foot of a slope, worked out by hand."""

from dataclasses import replace

import numpy as np
from toy_town import toy_town

from geo.analysis.by_stop import count_by_stop, find_by_stop
from geo.coverage.asking import parse_question
from geo.network.network import STEPS
from geo.toy import toy_sites


def asked(within="100m", walker="elderly"):
    return parse_question(division="町", people="65", walker=walker, within=within)


def stops_at(*places):
    made = toy_sites(list(places)).assign(kind="bus_stop")
    return made.assign(site_id=[f"b{row}" for row in range(len(made))])


def test_a_stop_moved_up_to_the_door_brings_who_could_not_climb_to_it():
    # A hundred metres round the 通いの場 at the corner steps lead down on every street; ten people
    # live at each of two homes.
    town = toy_town(homes=[(400.0, 0.0), (400.0, 400.0)])
    u, v = town.network.edge_u, town.network.edge_v
    steep = (np.isin(u, [1, 5]) | np.isin(v, [1, 5])) & (u != 0)
    flags = np.where(steep, STEPS, 0)
    town = replace(town, network=replace(town.network, edge_flags=flags))
    question = asked(walker="cane", within="200m")
    foot = find_by_stop(town, question, stops_at((200.0, 0.0), (400.0, 0.0), (400.0, 400.0)))
    assert foot.near.tolist() == [True, True]
    assert foot.served == () and not foot.can_come.any()
    up = find_by_stop(town, question, stops_at((0.0, 0.0), (400.0, 0.0), (400.0, 400.0)))
    assert up.served == ("s0",)
    nobody = np.zeros(2, dtype=bool)
    counts = [count_by_stop(one, town, question, nobody) for one in (foot, up)]
    assert [(one.can_come, one.served, one.salons) for one in counts] == [(0, 0, 1), (20, 1, 1)]
    assert count_by_stop(up, town, question, ~nobody).can_come == 0  # who can walk needs no stop


def test_one_stop_alone_takes_nobody_anywhere():
    town = toy_town(homes=[(100.0, 0.0), (400.0, 400.0)])
    alone = find_by_stop(town, asked(), stops_at((0.0, 0.0)))
    assert (alone.near.tolist(), alone.can_come.tolist()) == ([True, False], [False, False])
    # From the second home's stop one rides to the first; from the first there is no other to ride to.
    two = find_by_stop(town, asked(), stops_at((0.0, 0.0), (400.0, 400.0)))
    assert two.can_come.tolist() == [False, True]
    # With a 通いの場 at both, each rides to the other's.
    both = find_by_stop(
        town, asked(), stops_at((0.0, 0.0), (400.0, 400.0)), toy_sites([(0, 0), (400, 400)])
    )
    assert both.can_come.tolist() == [True, True]
    none = find_by_stop(town, asked(), stops_at())
    assert not none.near.any() and none.served == ()
