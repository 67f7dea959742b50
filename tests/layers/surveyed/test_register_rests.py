"""What the register says of seats and toilets: a line a state, with its reason."""

import pytest
import shapely
from register_fixtures import NOW, READ, new_version
from sheet_fixtures import put

from geo.base.place import Plane
from geo.tables.rests import merge_rests, rests_of_sites, usable
from geo.toy import toy_sites
from layers.surveyed import rests as register_rests
from layers.surveyed.rests import SOURCE, TYPES, make_rests, read_rests
from surveys.declaration.field import UNKNOWN
from surveys.store.receipt import Batch
from surveys.types import RECORD_TYPES

PLANE = Plane(lon=138.6, lat=35.0)
UNUSABLE = {"condition": "unusable"}


def lonlat(x, y):
    lon, lat = PLANE.to_lonlat(x, y)
    return [float(lon), float(lat)]


def spot(x=0.0, y=0.0):
    return shapely.Point(lonlat(x, y))


def rows(book):
    table = read_rests(book, PLANE)
    return {row.rest_id: (row.kind, row.seat, row.toilet) for row in table.itertuples()}


def bench(id_, **more):
    return {"_id": id_, **more}


# type, answers, seat, toilet, why
STATES = [
    ("bench", {}, "yes", "no", "somebody saw a bench"),
    ("bench", {"count": 3, "condition": "good"}, "yes", "no", "three good ones"),
    ("bench", {"condition": "worn"}, "yes", "no", "worn is still sat on"),
    ("bench", {"condition": UNKNOWN}, "yes", "no", "its wear is not known, the bench is there"),
    ("bench", UNUSABLE, "no", "no", "broken"),
    ("bench", {"to_toilet_m": 0}, "yes", "no", "a toilet beside it is a record of its own"),
    ("park", {}, "unknown", "unknown", "nobody asked"),
    ("park", {"benches": []}, "no", "unknown", "counted: none"),
    ("park", {"benches": UNKNOWN}, "unknown", "unknown", "looked, could not tell"),
    ("park", {"bench": "yes"}, "yes", "unknown", "not counted, but there are some"),
    ("park", {"bench": "no"}, "no", "unknown", "not counted, there is none"),
    ("park", {"bench": UNKNOWN}, "unknown", "unknown", "不明"),
    ("park", {"shelter": "yes"}, "unknown", "unknown", "a roof is no seat"),
    ("park", {"benches": [bench("a")]}, "yes", "unknown", "one was counted"),
    ("park", {"benches": [bench("a", **UNUSABLE)]}, "no", "unknown", "the only one is broken"),
    ("park", {"benches": [bench("a", **UNUSABLE), bench("b")]}, "yes", "unknown", "one is left"),
    ("park", {"benches": [], "bench": "yes"}, "no", "unknown", "counting goes before saying"),
    ("park", {"benches": [bench("a")], "bench": "no"}, "yes", "unknown", "as before"),
    ("park", {"toilet": "usable"}, "unknown", "yes", "usable"),
    ("park", {"toilet": "none"}, "unknown", "no", "none"),
    ("park", {"toilet": "hard"}, "unknown", "unknown", "steps, squat, dirt or a lock: for whom?"),
    ("park", {"toilet": UNKNOWN}, "unknown", "unknown", "不明"),
    ("park", {"toilets": []}, "unknown", "no", "asked in detail: none"),
    ("park", {"toilets": [], "toilet": "usable"}, "unknown", "unknown", "two answers against"),
    ("park", {"toilets": [bench("t")]}, "unknown", "yes", "one was seen"),
    ("park", {"toilets": [bench("t", **UNUSABLE)]}, "unknown", "no", "it is shut for good"),
    ("park", {"toilets": [bench("t", kind="none")]}, "unknown", "no", "taken away"),
    ("park", {"toilets": [bench("t")], "toilet": "hard"}, "unknown", "unknown", "hard to use"),
    ("park", {"toilets": [bench("t")], "toilet": "none"}, "unknown", "unknown", "against"),
    (
        "park", {"toilets": [bench("t", **UNUSABLE)], "toilet": "usable"}, "unknown", "unknown",
        "the whole says usable, the one toilet is not",
    ),
    ("bus_stop", {}, "unknown", "no", "nobody asked"),
    ("bus_stop", {"bench_count": 2, "roof": "no"}, "yes", "no", "two benches"),
    ("bus_stop", {"bench_count": 0, "roof": "yes"}, "no", "no", "a roof and nothing to sit on"),
    ("bus_stop", {"bench_count": UNKNOWN}, "unknown", "no", "不明"),
    ("bus_stop", {"roof": "yes"}, "unknown", "no", "a roof tells of no bench"),
    ("bus_stop", {"bench_back": "all"}, "yes", "no", "who has seen its back has seen a bench"),
    ("bus_stop", {"bench_back": "none"}, "unknown", "no", "no back, or no bench?"),
    ("bus_stop", {"bench_count": 1, **UNUSABLE}, "no", "no", "broken"),
    ("shop", {}, "unknown", "unknown", "nobody asked"),
    ("shop", {"rest_seat": "yes", "toilet": "no"}, "yes", "no", "lends a chair, not the toilet"),
    ("shop", {"rest_seat": "no", "toilet": "yes"}, "no", "yes", "the other way round"),
    ("shop", {"rest_seat": UNKNOWN, "toilet": UNKNOWN}, "unknown", "unknown", "不明"),
    ("shop", {"kind": "mobile"}, "no", "no", "a van that comes once a week"),
    ("shop", {"kind": "mobile", "rest_seat": "yes"}, "yes", "no", "it brings a chair"),
    ("toilet", {}, "no", "yes", "somebody saw a toilet"),
    ("toilet", UNUSABLE, "no", "no", "out of order"),
    ("toilet", {"kind": "none"}, "no", "no", "taken away"),
    ("toilet", {"open_at": "09:00", "close_at": "17:00"}, "no", "yes", "open by day"),
    ("toilet", {"open_at": "10:00", "close_at": "15:00"}, "no", "yes", "just so"),
    ("toilet", {"open_at": "10:30", "close_at": "17:00"}, "no", "unknown", "shut on the way there"),
    ("toilet", {"close_at": "14:30"}, "no", "unknown", "shut on the way home"),
    ("toilet", {"open_at": "05:00", "close_at": "00:00"}, "no", "yes", "till midnight"),
    ("toilet", {"open_at": "22:00", "close_at": "06:00"}, "no", "unknown", "at night only"),
    ("toilet", {"open_at": "17:00", "all_day": "yes"}, "no", "yes", "open all day"),
    ("toilet", {"open_at": UNKNOWN, "close_at": UNKNOWN}, "no", "yes", "there, hours not known"),
    ("resource", {}, "unknown", "unknown", "the sheet asks neither"),
    ("salon", {}, "yes", "unknown", "the goal itself"),
    ("salon", {"toilet": "western"}, "yes", "yes", "a seat to sit down on"),
    ("salon", {"toilet": "squat"}, "yes", "unknown", "not for everyone"),
    ("salon", {"toilet": "none"}, "yes", "no", "none"),
    ("salon", {"toilet": "squat", "toilet_wheelchair": "yes"}, "yes", "yes", "the wide one"),
    ("salon", {"activities": [bench("g", state="ended")]}, "unknown", "unknown", "nobody meets"),
    (
        "salon", {"activities": [bench("g", state="ended"), bench("h", state="active")]}, "yes",
        "unknown", "one group goes on",
    ),
    ("salon", {"activities": [bench("g")]}, "yes", "unknown", "its state was not asked"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("type_", "answers", "seat", "toilet", "why"),
    STATES,
    ids=[f"{one[0]}: {one[4]}" for one in STATES],
)
def test_a_record_says_what_it_says_and_no_more(book, type_, answers, seat, toilet, why):
    put(book, type_, "a", answers, place=spot())
    assert rows(book) == {"a": (type_, seat, toilet)}, why


@pytest.mark.parametrize("status", ["paused", "closed", "removed", "not_found"])
@pytest.mark.parametrize("type_", TYPES)
def test_what_is_closed_is_told_as_no(book, type_, status):
    """Left out, the same thing of another source would stand again."""
    put(book, type_, "a", {"toilet": "usable"} if type_ == "park" else {}, place=spot())
    put(book, type_, "a", None, kind="retire", status={"is": status, "on": "2026-11-22"})
    assert rows(book) == {"a": (type_, "no", "no")}


@pytest.mark.parametrize("type_", [id_ for id_ in RECORD_TYPES if id_ not in TYPES])
def test_a_type_that_is_no_place_to_rest_is_never_one(book, type_):
    put(book, type_, "a", {}, place=spot())
    assert rows(book) == {}


def test_slopes_and_concerns_are_no_places_to_rest():
    assert {"slope", "concern"} <= set(RECORD_TYPES) - set(TYPES) and set(TYPES) <= {*RECORD_TYPES}


def test_a_service_without_a_place_is_nowhere_to_rest(book):
    put(book, "resource", "r", {"name": "配食"}, place=None)
    assert rows(book) == {}


def test_a_row_stands_on_the_plane_with_its_day_and_its_origin(book):
    put(book, "bench", "b", {"name": "坂の上"}, place=spot(120, -40), on="2026-10-02")
    put(book, "bench", "b", None, kind="confirm", on="2026-11-05")
    put(book, "bench", "i", {}, place=spot(500, 0), kind="import", source="osm", on="")
    table = read_rests(book, PLANE).set_index("rest_id")
    assert table.loc["b", ["x_m", "y_m"]].tolist() == pytest.approx([120, -40], abs=0.02)
    assert table.loc["b", ["name", "as_of", "source"]].tolist() == ["坂の上", "2026-11-05", SOURCE]
    assert table.loc["i", "as_of"] == ""  # nobody ever saw it


def test_things_of_a_park_with_their_own_place_are_rests_of_their_own(book):
    park = {
        "name": "大公園",
        "benches": [bench("a", point=lonlat(300, 0)), bench("b", point=lonlat(0, 300), **UNUSABLE)],
        "toilets": [bench("t", point=lonlat(200, 0))],
    }  # fmt: skip
    put(book, "park", "p", park, place=spot())
    assert rows(book) == {
        "p": ("park", "no", "no"),  # all it has stands elsewhere
        "p/benches/a": ("bench", "yes", "no"),
        "p/benches/b": ("bench", "no", "no"),
        "p/toilets/t": ("toilet", "no", "yes"),
    }
    table = read_rests(book, PLANE).set_index("rest_id")
    assert table.loc["p/benches/a", "x_m"] == pytest.approx(300, abs=0.02)
    assert table.loc["p/benches/a", "name"] == "大公園"
    put(book, "park", "p", {**park, "toilet": "hard"})
    assert rows(book)["p/toilets/t"] == ("toilet", "no", "unknown")
    put(book, "park", "p", {**park, "benches": [*park["benches"], bench("c")]})
    assert rows(book)["p"] == ("park", "yes", "no")  # one has no place of its own
    put(book, "park", "p", None, kind="retire", status={"is": "closed", "on": "2026-11-22"})
    assert {said[1:] for said in rows(book).values()} == {("no", "no")}


DIFFER = [
    ("bench", {"condition": "good"}, {"condition": "unusable"}, ("bench", "unknown", "no")),
    ("bus_stop", {"bench_count": 1}, {"bench_count": 0}, ("bus_stop", "unknown", "no")),
    ("shop", {"toilet": "yes"}, {"toilet": "no"}, ("shop", "unknown", "unknown")),
    ("park", {"benches": [bench("a")]}, {"benches": []}, ("park", "unknown", "unknown")),
    ("park", {"toilet": "usable"}, {"toilet": "none"}, ("park", "unknown", "unknown")),
    ("toilet", {"close_at": "17:00"}, {"close_at": "12:00"}, ("toilet", "no", "unknown")),
    # They differ about something else.
    ("bench", {"back": "yes"}, {"back": "no"}, ("bench", "yes", "no")),
]


@pytest.mark.parametrize(("type_", "one", "other", "said"), DIFFER)
def test_what_people_differ_on_is_not_known(book, type_, one, other, said):
    head = put(book, type_, "a", {}, place=spot()).head
    put(book, type_, "a", one)
    put(book, type_, "a", other, seen=head)
    assert book.site("a").state.conflicts
    assert rows(book) == {"a": said}


def test_a_bench_of_a_park_people_differ_on_is_not_known_and_another_still_counts(book):
    park = {"benches": [bench("a", condition="good")]}
    head = put(book, "park", "p", park, place=spot()).head
    put(book, "park", "p", {"benches": [bench("a", condition="worn")]})
    put(book, "park", "p", {"benches": [bench("a", **UNUSABLE)]}, seen=head)
    assert "benches/a/condition" in book.site("p").state.conflicts
    assert rows(book)["p"] == ("park", "unknown", "unknown")
    put(book, "park", "p", {"benches": [*book.site("p").answers["benches"], bench("b")]})
    assert rows(book)["p"] == ("park", "yes", "unknown")


def test_people_who_differ_on_whether_it_stands_leave_it_unknown(book):
    head = put(book, "bench", "b", {}, place=spot()).head
    status = {"is": "not_found", "on": "2026-11-22"}
    put(book, "bench", "b", None, kind="absent", status=status)
    assert rows(book)["b"] == ("bench", "no", "no")
    put(book, "bench", "b", None, kind="retire", seen=head, status={**status, "is": "active"})
    assert rows(book)["b"] == ("bench", "unknown", "no")


def test_an_undone_import_says_nothing(book):
    version = new_version("i", {}, type="bench", kind="import", origin=READ, batch_id="b1")
    batch = Batch(
        id="b1", file="x.csv", sha256="0" * 64, type="bench", by="x", made_at=NOW, counts={},
        undone_at=None,
    )  # fmt: skip
    book.save_all([version], batch)
    assert rows(book) == {"i": ("bench", "yes", "no")}
    book.undo_batch("b1", now=NOW)
    assert rows(book) == {} and make_rests([], PLANE).empty


def test_the_registers_word_replaces_the_towns_own(book):
    town = toy_sites([(0, 0), (100, 0), (200, 0), (300, 0)]).assign(
        site_id=["w1", "w2", "w3", "w4"], kind=["bench", "bench", "park", "bench"]
    )
    put(book, "bench", "mine", UNUSABLE, place=spot(8, 0))  # the map's w1, broken
    put(book, "bench", "w2", {}, place=spot(100, 0))
    put(book, "bench", "w2", None, kind="absent", status={"is": "not_found", "on": "2026-11-22"})
    put(book, "park", "p", {"benches": []}, place=spot(210, 0))
    merged = merge_rests(read_rests(book, PLANE), rests_of_sites(town))
    assert merged["rest_id"].tolist() == ["mine", "w2", "p", "w4"]
    assert usable(merged, "seat", "good").tolist() == [False, False, False, True]


def test_one_query_reads_them_all(book, monkeypatch):
    for number in range(30):
        put(book, "bench" if number % 2 else "park", f"s{number}", {}, place=spot(number, 0))
    asked = []
    once = register_rests.each_site
    monkeypatch.setattr(
        register_rests, "each_site", lambda *args: asked.append(args) or once(*args)
    )
    assert len(read_rests(book, PLANE)) == 30 and len(asked) == 1


def test_what_the_owner_told_counts_as_told(book):
    put(book, "shop", "s", {"rest_seat": "yes"}, place=spot(), source="told")
    assert rows(book)["s"] == ("shop", "yes", "unknown")
