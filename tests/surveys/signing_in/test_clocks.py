"""A server's clock that was ahead, behind or jumped keeps nobody out and nobody in."""

from datetime import UTC, datetime, timedelta

import pytest
from sign_in_desk import GOOD, OWN, SOCKET
from starlette.websockets import WebSocketDisconnect

from surveys.accounts.moments import say_time
from surveys.signing_in.sessions import AHEAD, LONGEST, UNUSED, find_standing, is_within
from surveys.signing_in.tries import TRIES_OF_NAME, WINDOW
from surveys.store import accounts as store

DAY, YEAR = timedelta(days=1), timedelta(days=366)
MIDNIGHT = datetime(2026, 11, 20, 23, 57, tzinfo=UTC)
JUMPS = {
    "a day ahead": DAY, "a day behind": -DAY, "a year ahead": YEAR, "a year behind": -YEAR,
    "400 days behind": timedelta(days=-400), "over midnight": timedelta(minutes=7),
    "back over midnight": timedelta(minutes=-7), "to the beginning": datetime(1970, 1, 2, tzinfo=UTC) - MIDNIGHT,
}  # fmt: skip
every_jump = pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)


@pytest.fixture
def clock(door):
    """The server's clock, minutes before midnight."""
    door.clock.now = MIDNIGHT
    return door.clock


def wrong(door, times):
    client = door.open()
    return [door.sign_in(client, "not the password") for _ in range(times)]


@every_jump
def test_nobody_waits_longer_than_the_window_whatever_the_clock_did(door, clock, jump):
    clock.now += jump
    assert wrong(door, TRIES_OF_NAME + 1)[-1].status_code == 429
    clock.now = MIDNIGHT + timedelta(minutes=1)
    client = door.open()
    answer = door.sign_in(client)
    if answer.status_code == 429:
        assert int(answer.headers["retry-after"]) <= WINDOW.total_seconds()
        # Asking again meanwhile does not begin the wait anew.
        clock.now += WINDOW / 2
        wrong(door, 1)
        clock.now += WINDOW / 2
        answer = door.sign_in(client)
    assert answer.status_code == 303


@every_jump
def test_tries_are_counted_on_over_a_jump_back(door, clock, jump):
    """Whoever could move the clock back must not get as many tries again."""
    wrong(door, TRIES_OF_NAME)
    clock.now += jump
    told = wrong(door, TRIES_OF_NAME + 1)
    if jump < WINDOW:
        assert told[0].status_code == 429
    assert told[-1].status_code == 429


@every_jump
def test_after_any_jump_one_can_sign_in_and_stays_in(door, clock, jump):
    clock.now += jump
    client = door.open()
    assert door.sign_in(client).status_code == 303
    for _ in range(3):
        clock.now += timedelta(days=20)
        assert client.get("/map").status_code == 200


@every_jump
def test_a_session_of_a_wrong_clock_is_bounded_once_the_clock_is_right(door, clock, jump):
    clock.now += jump
    client = door.open()
    door.sign_in(client)
    clock.now = MIDNIGHT
    lived = timedelta()
    while client.get("/map").status_code == 200:
        clock.now += DAY
        lived += DAY
        assert lived <= LONGEST + 2 * AHEAD
    stands = -UNUSED < jump <= AHEAD
    assert bool(lived) is stands


@every_jump
def test_a_clock_that_is_right_again_gives_everybody_their_session_back(door, clock, jump):
    client = door.open()
    door.sign_in(client)
    clock.now += jump
    client.get("/map")
    other = door.open()
    door.sign_in(other)  # somebody signs in meanwhile: nobody's is swept away
    clock.now = MIDNIGHT
    assert client.get("/map").status_code == 200
    # And it ends as it would have: 30 days unused.
    clock.now += UNUSED + timedelta(hours=1)
    assert client.get("/map").status_code == 401


def test_an_open_page_ends_when_its_session_is_of_a_day_that_never_was(door, clock):
    clock.now += YEAR
    client = door.open()
    door.sign_in(client)
    with client.websocket_connect(SOCKET) as socket:
        socket.send_text("a")
        assert socket.receive_text() == "a"
        clock.now = MIDNIGHT
        with pytest.raises(WebSocketDisconnect):
            socket.receive_text()


@pytest.mark.parametrize(
    ("made", "ends", "stands", "why"),
    [
        (timedelta(0), UNUSED, True, "just made"),
        (-LONGEST + timedelta(seconds=1), DAY, True, "used to the last"),
        (-LONGEST, DAY, False, "as long as any may last"),
        (-DAY, timedelta(0), False, "its own end"),
        (AHEAD, UNUSED, True, "made by a clock a day ahead"),
        (AHEAD + timedelta(seconds=1), UNUSED, False, "made by a clock further ahead"),
        (-DAY, timedelta(days=4000), True, "an end written by a clock far ahead"),
        (-LONGEST, timedelta(days=4000), False, "which lengthens nothing"),
    ],
)
def test_a_session_stands_between_two_bounds(register, made, ends, stands, why):
    session = store.Session(
        id="5e", account_id="u1", made_at=say_time(MIDNIGHT + made), seen_at=say_time(MIDNIGHT),
        ends_at=say_time(MIDNIGHT + ends),
    )  # fmt: skip
    assert is_within(session, MIDNIGHT) is stands, why


def test_of_many_sessions_those_that_stand_are_told_in_one_look(door, clock):
    ids = [f"{number:064x}" for number in range(1200)]
    for number, id_ in enumerate(ids[:4]):
        made = say_time(MIDNIGHT - number * 40 * DAY)
        store.keep_session(
            door.register,
            store.Session(
                id=id_,
                account_id="u1",
                made_at=made,
                seen_at=made,
                ends_at=say_time(MIDNIGHT + DAY),
            ),
        )
    store.end_session(door.register, ids[0], say_time(MIDNIGHT))
    assert find_standing(door.register, ids, now=clock()) == {ids[1], ids[2]}


def test_the_form_of_a_moment_to_come_hurts_no_count(door, clock):
    """A try written by hand, of a year no clock shows."""
    key = "name:x"
    store.count_try(door.register, key, at="9999-12-31T00:00:00.000Z", since="")
    now = say_time(clock())
    assert store.count_try(door.register, key, at=now, since="") == (2, now)
    client = door.open()
    form = {"name": "tanaka", "password": GOOD}
    assert client.post("/auth/login", data=form, headers=OWN).status_code == 303
