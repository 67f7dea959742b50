"""What is told from a point is what coverage tells a home there; and nothing keeps the point."""

import gc
import types
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from register_fixtures import new_version
from shapely.geometry import Point
from unknown_towns import rests_at, unknown_town
from wished_groups import answers_of, random_groups, two_areas

from geo.coverage.asking import TRIPS, parse_question
from geo.tables.rests import merge_rests
from geo.tables.tables import check_sites
from geo.town import OTHER_KINDS, snap_cells
from geo.toy import toy_cells, toy_sites
from layers.day.day import Day
from layers.day.near import near_salons
from layers.day.near_places import near_places
from layers.day.salons import When
from layers.day.spot import stand_at, ways_to
from layers.day.told import Told
from surveys.record.wanted import parse_wanted
from surveys.store.register import open_register

NOW = When(on="2026-11-21")
TOWNS, POINTS, WISHES = range(5), 40, 5  # 200 points in all
# What was read of the register, which a town of one home shares.
READ = ("rests", "joined", "looked", "slopes", "inside")


@pytest.fixture(scope="module", params=TOWNS)
def drawn(request, tmp_path_factory):
    """A random town with heights, seats, toilets and a register of 通いの場, some for some areas."""
    rng = np.random.default_rng(request.param)
    town = two_areas(unknown_town(rng))
    kinds = toy_sites([tuple(at) for at in rng.uniform(0, 1000, (12, 2))])
    kinds = kinds.assign(site_id=[f"k{row}" for row in range(12)], kind=rng.choice(OTHER_KINDS, 12))
    town = replace(town, sites=check_sites(kinds.reset_index(drop=True)))
    register = open_register(tmp_path_factory.mktemp("near"))
    for number in range(9):
        lon, lat = town.plane.to_lonlat(*rng.uniform(0, 1000, (2, 1)))
        answers = answers_of(random_groups(rng))
        lendable = str(rng.choice(["", "anyone", "members", "no"]))
        register.save(
            new_version(
                f"v{number}", answers | ({"lendable": lendable} if lendable else {}), type="salon",
                place=Point(float(lon[0]), float(lat[0])), made_at="2026-05-01T09:00:00Z",
            )
        )  # fmt: skip
    told = Told(town=town, register=register)
    told.__dict__["rests"] = merge_rests(told.rests, rests_at(rng, 20))
    yield rng, told
    register.engine.dispose()


def home_at(told, at):
    """The same town and register with one home, there, and nobody else."""
    cells = toy_cells([tuple(at)], people=1)
    snaps = snap_cells(told.town.snapper, cells, limit_m=told.town.snap_limit_m)
    home = Told(town=replace(told.town, cells=cells, cell_snaps=snaps), register=told.register)
    home.__dict__.update({name: getattr(told, name) for name in READ})
    return home


def drawn_question(rng):
    walker = str(rng.choice(["general", "elderly", "cane", "scooter"]))
    return parse_question(
        division="町", people="65", walker=walker,
        within=str(rng.choice(["250m", "500m", "10min"])),
        heights=bool(rng.random() < 0.5), trip=str(rng.choice(TRIPS)),
        rest=str(rng.choice(["", "", "150", "300"])), toilet=str(rng.choice(["", "", "500"])),
    )  # fmt: skip


def drawn_wishes(rng):
    return parse_wanted(
        weekday=str(rng.choice(["", "", "火"])), half=str(rng.choice(["", "", "am"])),
        content=str(rng.choice(["", "", "exercise"])), eligible=bool(rng.random() < 0.5),
    )  # fmt: skip


def check_salons(found, home, question, coverage):
    told = coverage.cells.iloc[0]
    if told["status"] == "off_network":
        assert found.counted == found.maybe == ()
        return
    reached = [one for one in found.counted if np.isfinite(one.metres)]
    if not reached:
        assert np.isinf(told["metres"]) and told["site"] == -1
    else:
        first = reached[0]
        assert first.metres == pytest.approx(told["metres"], abs=1e-6)
        assert first.minutes == pytest.approx(told["minutes"], abs=1e-6)
        named = home.salons.sort_values("site_id")["site_id"].iloc[told["site"]]
        assert named in {one.listed.site_id for one in reached if one.metres <= first.metres + 1e-6}
        assert first.status == "within" or told["status"] != "within"
    assert len(found.within) == round(coverage.areas["sites_within"].max())
    best = {one.status for one in found.counted} | {"outside"}
    expected = next(one for one in ("within", "no_rest", "outside") if one in best)
    assert told["status"] == expected


def check_kinds(spot, coverage):
    for kind, measure in zip(OTHER_KINDS, ("toilet", "bench", "shop", "stop", "park"), strict=True):
        figure = coverage.whole[f"minutes_{measure}_p50"]
        found = near_places(spot, kind)
        if found:
            assert found[0].minutes == pytest.approx(figure, abs=1e-6)
        else:
            assert np.isnan(figure) or np.isinf(figure)


def test_from_a_point_one_is_told_what_coverage_tells_a_home_there(drawn):
    rng, told = drawn
    seen = set()
    days = [Day(told=told, when=NOW, wanted=drawn_wishes(rng)) for _ in range(WISHES)]
    for row, at in enumerate(rng.uniform(-60, 1060, (POINTS, 2))):
        question, day = drawn_question(rng), days[row % WISHES]
        home = replace(day, told=home_at(told, at))
        home.__dict__["listed"] = day.listed
        coverage = home.ask(question)
        spot = stand_at(day, question, *at)
        found = near_salons(spot)
        check_salons(found, home, question, coverage)
        check_kinds(spot, coverage)
        check_ways(spot, found)
        seen.add(coverage.cells["status"].iloc[0])
    assert {"within", "outside"} <= seen


def check_ways(spot, found):
    """What is drawn is as long as what is told; the harder way is one of the two."""
    for one in found.counted[:2]:
        if not np.isfinite(one.metres) or one.status == "off_network":
            continue
        metres = [path.metres for _, path in ways_to(spot, one.listed.at_m, rules=True)]
        trip = spot.question.trip
        told = sum(metres) / len(metres) if trip == "round" else max(metres)
        assert told == pytest.approx(one.metres, abs=1e-6)


class TheSame:
    """A point written so that nothing that looks for its numbers finds it here."""

    def __init__(self, at):
        self.texts = [float(one).hex() for one in at]

    def take(self):
        return [float.fromhex(one) for one in self.texts]


def answer(day, question, same):
    spot = stand_at(day, question, *same.take())
    found = near_salons(spot, lent=True)
    for kind in OTHER_KINDS:
        near_places(spot, kind)
    for one in found.counted:
        ways_to(spot, one.listed.at_m, rules=True)


def numbers_in(one):
    """The numbers a thing holds itself, in a table or in a tuple that Python does not count."""
    for held in gc.get_referents(one):
        if isinstance(held, float):
            yield held
        elif isinstance(held, np.ndarray):
            yield from held.ravel().tolist() if held.dtype == float and held.size < 1e5 else ()
        elif not gc.is_tracked(held):
            yield from numbers_in(held)


def holders(same):
    """Everything alive that holds a number of the point."""
    numbers = set(same.take())
    gc.unfreeze()  # what was there before the tests began may hold it too
    gc.collect()
    return [
        type(one).__name__
        for one in gc.get_objects()
        if one is not numbers
        and not isinstance(one, types.FrameType | types.GeneratorType)
        and not numbers.isdisjoint(numbers_in(one))
    ]


def test_nothing_holds_the_point_when_it_was_answered(drawn):
    rng, told = drawn
    same = TheSame(rng.uniform(300, 700, 2))
    day = Day(told=told, when=NOW, wanted=parse_wanted(eligible=True))
    questions = [
        parse_question(division="町", people="65", walker=walker, within="500m", **more)
        for walker, more in (
            ("elderly", {}),
            ("cane", {"heights": True, "trip": "round", "rest": "150", "toilet": "500"}),
        )
    ]

    for question in questions:
        answer(day, question, same)
    assert holders(same) == []
    keep = lru_cache(lambda *_at: None)
    keep(*same.take())
    assert holders(same), "this would not see a point that is kept"
