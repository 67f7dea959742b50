"""Walks, tracks and records of the register, as what somebody looked at."""

import numpy as np
import pytest
from sheet_fixtures import put
from surveyed_toy import NETWORK, PLANE, TOWN, degrees

from layers.surveyed.read import last_looked, order_stops, read_looked, track_lines
from layers.surveyed.streets import surveyed_edges
from surveys.record.history import Origin, Version
from surveys.store.devices import Track, drop_track, keep_track


def surveyed(book):
    days = surveyed_edges(
        NETWORK, read_looked(book, TOWN), snap_limit_m=50.0, snapper=TOWN.snapper
    )  # fmt: skip
    return {int(edge): str(days[edge]) for edge in np.flatnonzero(days != "")}


def shop(book, id_, x, y):
    """A site nobody has seen: it tells of no street by itself."""
    put(book, "shop", id_, {"name": id_}, place=degrees((x, y)), kind="import", source="osm", on="")


def outing(book, places, *, line=None, on="2026-11-21"):
    put(book, "walk", "w", {"name": "踏査", "on": on, "places": places}, place=line)


def came(book, id_, kind="confirm", **more):
    status = {"status": {"is": "not_found", "on": "2026-11-21"}} if kind == "absent" else {}
    put(book, "shop", id_, None, kind=kind, walk_id="w", **status, **more)


def three(book):
    for id_, x in (("a", 0), ("b", 100), ("c", 300)):
        shop(book, id_, x, 0)


def test_a_walk_that_is_planned_has_looked_at_nothing(book):
    three(book)
    outing(book, ["a", "b", "c"], line=degrees((0, 0), (300, 0)))
    assert surveyed(book) == {}


def test_a_walk_looked_along_the_way_between_what_it_saw(book):
    three(book)
    outing(book, ["a", "b", "c"])
    came(book, "a")
    came(book, "b", "absent")  # somebody stood there, and it was gone
    assert surveyed(book) == {0: "2026-11-21"}
    came(book, "c", on="2026-11-21")
    assert surveyed(book) == dict.fromkeys([0, 1, 2], "2026-11-21")


def test_places_added_on_the_way_are_on_the_way(book):
    three(book)
    shop(book, "off", 0, 100)
    outing(book, ["a", "c"])
    came(book, "a")
    came(book, "off")
    assert set(surveyed(book)) == {20}


def test_what_was_told_by_telephone_was_not_walked_to(book):
    three(book)
    outing(book, ["a", "b", "c"])
    came(book, "a")
    came(book, "c", source="told")
    assert surveyed(book) == {}


def test_a_place_that_lost_its_place_parts_the_way(book):
    three(book)
    put(book, "resource", "r", {"name": "r"}, place=None)
    outing(book, ["a", "r", "b"])
    came(book, "a")
    put(book, "resource", "r", None, kind="confirm", walk_id="w")
    came(book, "b")
    assert surveyed(book) == {}


def test_a_drawn_way_counts_once_all_its_places_were_come_to(book):
    three(book)
    around = degrees((0, 0), (0, 100), (100, 100), (100, 0), (300, 0))
    outing(book, ["a", "b", "c"], line=around)
    came(book, "a")
    came(book, "b")
    assert set(surveyed(book)) == {0}  # c was missed: the line may be the plan still
    came(book, "c")
    assert set(surveyed(book)) == {0, 1, 2, 4, 20, 21}


def test_a_bench_and_a_slope_tell_of_their_own_street(book):
    put(book, "bench", "b", {}, place=degrees((50, 5)), on="2023-04-01")
    put(book, "slope", "p", {}, place=degrees((250, 5)), on="2026-01-02")
    put(book, "slope", "s", {}, place=degrees((0, 100), (100, 100), (200, 100)), on="2026-01-03")
    put(book, "shop", "x", {}, place=degrees((50, 405)), on="2026-11-21")
    assert surveyed(book) == {0: "2023-04-01", 2: "2026-01-02", 4: "2026-01-03", 5: "2026-01-03"}


@pytest.mark.parametrize(
    ("more", "day", "why"),
    [
        ({"on": "2026-10-02"}, "2026-10-02", "seen"),
        ({"source": "told", "on": "2026-10-02"}, None, "asked by telephone"),
        ({"kind": "import", "source": "imported", "on": "2026-10-02"}, None, "a file's own day"),
        ({"kind": "import", "source": "osm", "on": ""}, None, "taken from the map"),
    ],
)
def test_a_bench_nobody_stood_at_tells_nothing(book, more, day, why):
    put(book, "bench", "b", {}, place=degrees((50, 5)), **more)
    assert surveyed(book) == ({} if day is None else {0: day}), why


def test_a_bench_that_was_not_there_was_looked_for(book):
    put(book, "bench", "b", {}, place=degrees((50, 5)), kind="import", source="osm", on="")
    status = {"is": "not_found", "on": "2026-11-05"}
    put(book, "bench", "b", None, kind="absent", on="2026-11-05", status=status)
    assert surveyed(book) == {0: "2026-11-05"}


def test_a_bench_back_from_a_file_was_seen_when_the_file_says():
    def version(seen_on):
        origin = Origin(source="imported", sure="sure", by="x", on="")
        return Version(
            seq=1, id="v", record_id="r", site_id="b", type="bench", kind="import",
            made_at="2026-11-21T10:00:00Z", origin=origin, patch={}, seen_on=seen_on,
        )  # fmt: skip

    assert last_looked([version("2025-06-07"), version("")]) == "2025-06-07"
    assert last_looked([]) == ""


def entry(seq, id_, made_at, on="2026-11-21", kind="visit"):
    origin = Origin(source="surveyed", sure="sure", by="x", on=on)
    return Version(
        seq=seq, id=f"v{seq}", record_id=f"r{seq}", site_id=id_, type="shop", kind=kind,
        made_at=made_at, origin=origin, patch={},
    )  # fmt: skip


DAY = "2026-11-21"
ORDERS = [
    (
        [(1, "b", "2026-11-21T02:00:00Z"), (2, "a", "2026-11-21T01:00:00Z")],
        ["a", "b"],
        "by the device's clock, not by when it was sent",
    ),
    (
        [(1, "b", "2026-11-21T10:00:00+09:00"), (2, "a", "2026-11-21T02:00:00Z")],
        ["b", "a"],
        "moments, whatever the zone they are written in",
    ),
    (
        [(1, "b", "2026-11-21T15:30:00Z"), (2, "a", "2026-11-21T15:31:00Z")],
        ["a", "b"],
        "half past midnight in Japan: written the day after, so the list's order",
    ),
    (
        [(1, "c", "2026-11-22T01:00:00Z"), (2, "x", "2026-11-22T02:00:00Z"),
         (3, "a", "2026-11-22T03:00:00Z")],
        ["a", "c"],
        "typed from paper: the list's order, and what is not on it has no turn",
    ),
    (
        [(1, "a", "2026-11-21T01:00:00Z"), (2, "x", "2026-11-21T02:00:00Z"),
         (3, "a", "2026-11-21T03:00:00Z")],
        ["a", "x", "a"],
        "back at the first",
    ),
    ([(1, "a", "昼"), (2, "b", "2026-11-21T02:00:00Z")], ["a", "b"], "a moment that is none"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "ids", "why"), ORDERS, ids=[one[2] for one in ORDERS])
def test_places_stand_in_the_order_they_were_seen(rows, ids, why):
    stops = order_stops(["a", "b", "c"], [entry(*row) for row in rows])
    assert stops == [(id_, DAY) for id_ in ids], why


def test_a_correction_is_no_visit_and_a_visit_without_a_day_has_the_day_it_was_written():
    versions = [
        entry(1, "a", "2026-11-21T01:00:00Z", on=""),
        entry(2, "b", "2026-11-21T02:00:00Z", kind="correct"),
        entry(3, "c", "2026-11-20T20:00:00Z", on=""),
    ]
    assert order_stops(["a", "b", "c"], versions) == [("c", DAY), ("a", DAY)]


def track(*points, id_="t", day="2026-11-20"):
    rows = [
        [*(float(at) for at in PLANE.to_lonlat(x, y)), float(vague[0] if vague else 5), "x"]
        for x, y, *vague in points
    ]
    return Track(
        id=id_, device_id="d", account_id=None, walk_id=None, day=day,
        received_at="2026-11-21T00:00:00Z", points=rows,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("points", "edges", "why"),
    [
        ([(0, 4), (50, -3), (100, 2)], {0}, "a few metres beside the street"),
        ([(0, 0), (50, 60, 31), (99, 0)], {0}, "a vague fix is no bend"),
        ([(0, 0), (50, 60, 30), (99, 0)], set(), "one that is not vague is"),
        ([(0, 0), (90, 0), (200, 0), (290, 0)], {0, 2}, "110 m without a fix: nobody knows"),
        ([(0, 0), (99, 0), (198, 0)], {0, 1}, "99 m are still one line"),
        ([(0, 0)], set(), "one fix"),
        ([], set(), "none"),
    ],
)
def test_a_track_covers_the_streets_it_went_along(book, points, edges, why):
    keep_track(book, track(*points))
    assert surveyed(book) == dict.fromkeys(edges, "2026-11-20"), why
    drop_track(book, "t")
    assert surveyed(book) == {}


def test_a_track_that_is_no_line_gives_none():
    assert list(track_lines(PLANE, [track((0, 0, 99), (50, 0, 99))])) == []
