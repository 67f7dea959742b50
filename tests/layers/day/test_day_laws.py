"""Laws of the list that counts, on registers with invented histories and any pair of days."""

from itertools import combinations

import numpy as np
import pytest
from salon_histories import day_at, write_histories
from unknown_towns import unknown_town

from geo.analysis.ledger import COUNTS, Ends, make_ledger
from geo.coverage.asking import parse_question
from layers.day.day import Day
from layers.day.salons import When
from layers.day.told import Told
from surveys.store.register import open_register

QUESTION = parse_question(division="町", people="65", walker="elderly", within="400m")
# Days between which every pair is looked at, and registers: 570 pairs a run.
DAYS, SEEDS = 14, range(3)
PARTS = ("gained", "lost", "unchanged_in", "unchanged_out", "off_network")


@pytest.fixture(params=SEEDS)
def told(request, tmp_path):
    with_histories = tell(np.random.default_rng(request.param), tmp_path)
    yield with_histories
    with_histories.register.engine.dispose()


def tell(rng, folder):
    """A town whose register has seen a year."""
    town, register = unknown_town(rng), open_register(folder)
    write_histories(register, town, rng, 8)
    return Told(town=town, register=register)


def ends_of(told, when):
    day = Day(told=told, when=when)
    low, high = day.ends()
    return Ends(low=within(low), known=day.ask(QUESTION), high=within(high))


def within(day):
    return (day.ask(QUESTION).cells["status"] == "within").to_numpy()


def days(count=DAYS):
    return [day_at(offset) for offset in np.linspace(-20, 340, count)]


def check_pairs(told, known):
    """Every pair of days: the ledger adds up to the person, and its ends hold what is known."""
    answers = [ends_of(told, When(on=day, known=known)) for day in days()]
    people = int(told.town.cells["people_65"].sum())
    for before, after in combinations(answers, 2):
        ledger = make_ledger(before, after, [])
        totals = ledger.totals
        assert sum(totals[part] for part in PARTS) == people == totals["people"]
        for part in ("gained", "lost"):
            assert totals[f"{part}_low"] <= totals[part] <= totals[f"{part}_high"]
        was, now = (one.known.totals["within"] for one in (before, after))
        assert now - was == totals["gained"] - totals["lost"]
        back = make_ledger(after, before, []).totals
        for one, other in (
            ("gained", "lost"),
            ("gained_low", "lost_low"),
            ("lost_high", "gained_high"),
        ):
            assert totals[one] == back[other]
        assert (ledger.areas[list(COUNTS)].sum() == [totals[name] for name in COUNTS]).all()
    check_between(answers[::4])
    return len(answers) * (len(answers) - 1) // 2


def check_between(answers):
    """The ledgers to a day between and from it on come to the ledger of the whole time."""
    for first, middle, last in combinations(answers, 3):
        whole, *parts = (
            make_ledger(before, after, []).totals
            for before, after in ((first, last), (first, middle), (middle, last))
        )
        net = [one["gained"] - one["lost"] for one in (whole, *parts)]
        assert net[0] == net[1] + net[2]
        # Whoever surely came within reach by the last day may have before the middle one or after.
        assert whole["gained_low"] <= sum(one["gained_high"] for one in parts)
        assert whole["lost_low"] <= sum(one["lost_high"] for one in parts)


@pytest.mark.parametrize("known", [False, True])
def test_the_ledger_of_any_two_days_adds_up_and_lies_between_its_ends(told, known):
    assert check_pairs(told, known) == DAYS * (DAYS - 1) // 2


@pytest.mark.parametrize("known", [False, True])
def test_what_is_known_of_a_day_is_not_forgotten_on_a_later_one(told, known):
    seen: dict[str, str] = {}
    reopened = 0
    for day in days(60):
        for one in Day(told=told, when=When(on=day, known=known)).listed.listed:
            if one.venue.counts == "early":
                assert one.site_id not in seen, (one.site_id, seen[one.site_id], day)
            elif one.site_id not in seen and day < _first_seen(told, one.site_id):
                reopened += 1
            if one.venue.counts != "early":
                seen.setdefault(one.site_id, day)
    assert reopened or known  # what is known that day is never of before the first record


def _first_seen(told, site_id):
    return min((one.origin.on for one in told.register.versions(site_id)), default="")


def test_what_was_known_on_a_day_is_what_a_register_frozen_then_says(tmp_path):
    rng = np.random.default_rng(7)
    told = tell(rng, tmp_path / "whole")
    versions = sorted(told.register.all_versions(), key=lambda one: one.seq)
    frozen = Told(town=told.town, register=open_register(tmp_path / "frozen"))
    at = 0
    for day in days():
        while at < len(versions) and versions[at].made_at[:10] <= day:
            frozen.register.save(versions[at])
            at += 1
        now = Day(told=frozen, when=When(on=day)).listed
        then = Day(told=told, when=When(on=day, known=True)).listed
        assert [one.site_id for one in now.listed] == [one.site_id for one in then.listed]
        for one, other in zip(now.listed, then.listed, strict=True):
            assert (one.venue, one.at_m, one.name) == (other.venue, other.at_m, other.name)
    assert at == len(versions)
    for one in (told, frozen):
        one.register.engine.dispose()
