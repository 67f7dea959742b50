"""Who may hold a connection, and how long, by a clock of the test's own."""

import random

import pytest

from layers.door.bounds import Bounds, make_bounds
from layers.door.files import raise_file_limit
from layers.door.visits import Visits

BOUNDS = Bounds(connections=10, known=4, of_one=3)


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def visits(clock):
    return Visits(BOUNDS, clock, proxies=["192.0.2.200"])


def come(visits, address, stage="busy"):
    visit = visits.admit(address)
    if visit is not None:
        visit.was_cut = []
        visit.cut = lambda: visit.was_cut.append(1)
        visit.enter(stage, visits.clock())
    return visit


@pytest.fixture(autouse=True)
def _visits_remember_that_they_were_cut(monkeypatch):
    """A visit with a place for what the test notes of it."""
    import layers.door.visits as room

    monkeypatch.setattr(room, "Visit", type("Noted", (room.Visit,), {}))


def test_one_address_gets_no_more_than_its_own(visits):
    assert [come(visits, "192.0.2.1") is not None for _ in range(5)] == [True] * 3 + [False] * 2
    assert come(visits, "192.0.2.2") is not None


def test_all_addresses_of_one_ipv6_network_are_one(visits):
    came = [come(visits, f"2001:db8::{n:x}") is not None for n in range(1, 5)]
    assert came == [True, True, True, False]
    assert come(visits, "2001:db8:0:1::1") is not None


def test_a_proxy_that_was_named_speaks_for_many(visits):
    assert all(come(visits, "192.0.2.200") for _ in range(6))


def test_places_are_kept_for_addresses_somebody_signed_in_from(visits):
    visits.know(come(visits, "192.0.2.1"))
    for n in range(5):
        assert come(visits, f"198.51.100.{n}")
    assert come(visits, "198.51.100.9") is None
    assert come(visits, "192.0.2.1") is not None
    assert len(visits) == 7


def test_whoever_kept_us_waiting_longest_makes_room(visits, clock):
    for n in range(6):
        come(visits, f"198.51.100.{n}", "head" if n in (2, 4) else "busy")
        clock.now += 0.1
    assert come(visits, "203.0.113.1") is None  # nobody waited for as long as the grace
    silent = [one for one in visits._all if one.stage == "head"]
    clock.now += 3
    assert come(visits, "203.0.113.1") is not None
    assert [one.was_cut for one in silent] == [[1], []]


@pytest.mark.parametrize("seed", range(20))
def test_nobody_is_refused_while_somebody_has_waited_for_as_long_as_the_grace(visits, clock, seed):
    draw = random.Random(seed)  # noqa: S311 - no secret
    for _ in range(400):
        clock.now += draw.choice([0.0, 0.05, 0.4, 2.0])
        for one in list(visits._all):
            if draw.random() < 0.1:
                one.enter(draw.choice(["head", "busy", "body", "socket"]), clock.now)
            elif draw.random() < 0.02:
                visits.leave(one)
        address = f"198.51.100.{draw.randrange(5)}"
        group = [one for one in visits._all if one.group == address]
        own = len(group) >= BOUNDS.of_one
        grace = BOUNDS.own_grace_s if own else BOUNDS.grace_s
        among = group if own else list(visits._all)
        ripe = any(one.waits() and clock.now - one.since >= grace for one in among)
        full = own or len(visits) >= BOUNDS.connections - BOUNDS.known
        assert (come(visits, address, draw.choice(["head", "busy"])) is not None) is (
            ripe or not full
        )
        if draw.random() < 0.1:
            visits.sweep()


def test_of_ones_own_address_only_its_own_make_room(visits, clock):
    other = come(visits, "198.51.100.1", "head")
    clock.now += 1
    own = [come(visits, "192.0.2.1", "head") for _ in range(3)]
    clock.now += 2
    assert come(visits, "192.0.2.1") is not None
    assert (own[0].was_cut, other.was_cut) == ([1], [])


def test_nobody_who_is_at_work_or_signed_in_makes_room(visits, clock):
    signed = come(visits, "192.0.2.1", "body")
    visits.know(signed)
    for stage in ("busy", "socket"):
        come(visits, "192.0.2.1", stage)
    clock.now += 3_000
    assert come(visits, "192.0.2.1") is None


@pytest.mark.parametrize(
    ("stage", "bytes_", "signed_in", "kept", "cut"),
    [
        ("greeting", 0, False, 5, 7), ("head", 0, False, 5, 7), ("head", 1, False, 9, 11),
        ("body", 400, False, 7, 9), ("body", 400, True, 29, 31), ("rest", 9, False, 29, 31),
    ],
)  # fmt: skip
def test_each_stage_has_its_time(visits, clock, stage, bytes_, signed_in, kept, cut):
    visit = come(visits, "192.0.2.1", stage)
    visit.took += bytes_
    visit.signed_in = signed_in
    clock.now = kept
    assert visits.sweep() == 0 and not visit.was_cut
    clock.now = cut
    assert visits.sweep() == 1 and visit.was_cut and not len(visits)


@pytest.mark.parametrize("stage", ["busy", "socket"])
def test_our_own_work_and_a_pages_connection_have_no_end(visits, clock, stage):
    come(visits, "192.0.2.1", stage)
    clock.now = 1e6
    assert visits.sweep() == 0


def test_a_slow_body_that_goes_on_is_never_cut_and_one_byte_a_second_is(visits, clock):
    slow, drip = (come(visits, "192.0.2.1", "body") for _ in range(2))
    visits.know(slow)
    visits.know(drip)
    for second in range(1, 301):
        clock.now = second
        slow.took += 40
        drip.took += 1
        visits.sweep()
    assert not slow.was_cut and drip.was_cut


def test_a_reader_that_takes_nothing_is_cut(visits, clock):
    visit = come(visits, "192.0.2.1")
    visit.stuck_at = 0.0
    clock.now = 61
    assert visits.sweep() == 1


def test_leaving_twice_is_leaving_once(visits):
    visit = come(visits, "192.0.2.1")
    visits.leave(visit)
    visits.leave(visit)
    assert len(visits) == 0
    assert all(come(visits, "192.0.2.1") for _ in range(3))


@pytest.mark.parametrize("files", [16, 64, 256, 1024, 4096, 1_000_000])
def test_there_are_always_fewer_connections_than_files(files):
    bounds = make_bounds(files)
    assert 0 < bounds.known < bounds.connections <= files
    assert 0 < bounds.of_one < bounds.connections - bounds.known


def test_the_limit_of_files_is_raised_and_never_lowered():
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    assert raise_file_limit(1) in (before, 1)
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == before
    assert raise_file_limit(before) == before
