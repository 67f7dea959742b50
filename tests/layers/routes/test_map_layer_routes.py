"""What the one map fetches of its own layers: states of places, ways with their days, refusals."""

import json

import pytest
import shapely
from geojson_rules import faults
from sheet_fixtures import HOSTILE, point, put
from starlette.applications import Starlette
from starlette.testclient import TestClient
from town_fixtures import at
from whole_app import whole_app

from layers.layered.parts.outings import looked_classes
from layers.layered.parts.signs import list_signs
from layers.routes.map_layers import make_map_routes
from layers.served import clock
from layers.served.register import register_now
from layers.served.town import VARIABLE
from surveys.store.devices import Track, keep_track

TRACK = Track(
    id="ae" * 16, device_id="d" * 32, account_id=None, walk_id=None, day="2026-11-21",
    received_at="2026-11-21T09:00:00.000Z",
    points=[[138.6 + at / 1e4, 35.0009, 5.0, "2026-11-21T09:00:00+09:00"] for at in range(9)],
)  # fmt: skip


@pytest.fixture(scope="module")
def client(small_town):
    patch = pytest.MonkeyPatch()
    patch.setenv(VARIABLE, str(small_town))
    patch.delenv("DATABASE_URL", raising=False)
    patch.setattr(clock, "now_in_japan", lambda: clock.datetime(2026, 11, 25, tzinfo=clock.JAPAN))
    fill(register_now())
    with TestClient(Starlette(routes=make_map_routes())) as made:
        yield made
    register_now().engine.dispose()
    patch.undo()


def fill(register):
    put(register, "park", "p1", {"name": HOSTILE[3]}, place=point(1, 2))
    put(register, "park", "p2", {"name": "東公園"}, place=point(7, 2), on="2020-01-01")
    put(register, "park", "p3", {"name": "だれも"}, place=point(3, 3), kind="import", source="osm")
    put(register, "park", "p4", {"name": "ない", "toilet": "usable"}, place=point(4, 4))
    seen = register.site("p4").state.head
    for toilet in ("none", "hard"):
        put(register, "park", "p4", {"name": "ない", "toilet": toilet}, seen=seen)
    put(register, "park", "p5", {"name": "閉じた"}, place=point(5, 5))
    retire(register, "p5", "closed")
    put(register, "park", "p6", {"name": "さがした"}, place=point(6, 6))
    retire(register, "p6", "not_found")
    put(register, "park", "p7", {"name": "海の上"}, place=point(60, 60))
    put(register, "park", "p8", {"name": "休み"}, place=point(2, 6))
    retire(register, "p8", "paused")
    for id_, state in (("g1", "paused"), ("g2", "active")):
        group = {"_id": "1", "state": state}
        put(register, "salon", id_, {"name": id_, "activities": [group]}, place=point(2, 4))
    put(register, "slope", "s1", {"name": "坂"}, place=shapely.LineString([at(1, 1), at(2, 2)]))
    line = shapely.LineString([at(1, 1), at(1, 4)])
    put(
        register,
        "walk",
        "w1",
        {"name": "これから", "on": "2026-12-01", "places": ["p2"]},
        place=line,
    )
    put(
        register, "walk", "w2", {"name": "歩いた", "on": "2026-11-21", "places": ["p1"]}, place=line
    )
    put(register, "park", "p1", {"name": HOSTILE[3]}, kind="confirm", walk_id="w2")
    keep_track(register, TRACK)


def retire(register, id_, is_):
    put(register, "park", id_, None, kind="retire", status={"is": is_, "on": "2026-11-21"})


def fetch(client, path):
    found = client.get(path)
    assert found.status_code == 200, found.text
    document = json.loads(found.content)
    assert faults(document) == []
    return document["features"]


def states(client, path):
    return {one["id"]: one["properties"]["state"] for one in fetch(client, path)}


def test_a_place_tells_whether_it_is_known_to_be_asked_again_or_in_doubt(client):
    assert states(client, "/map/signs.geojson?kind=park") == {
        "site:p1": "fresh", "site:p2": "due", "site:p3": "never", "site:p4": "doubt",
        "site:p6": "doubt", "site:p7": "fresh", "site:p8": "paused",
    }  # fmt: skip


def test_what_was_closed_is_shown_when_it_is_asked_for(client):
    asked = states(client, "/map/signs.geojson?kind=park&closed=1")
    assert asked.pop("site:p5") == "closed"
    assert asked == states(client, "/map/signs.geojson?kind=park")


def test_the_map_s_own_places_nobody_recorded_are_told_apart(client):
    (bench,) = fetch(client, "/map/signs.geojson?kind=bench")
    assert bench["id"].startswith("place:") and bench["properties"]["state"] == "map"
    assert bench["geometry"]["coordinates"] == pytest.approx(at(2.5, 2.4), abs=1e-6)


def test_what_no_street_is_near_of_is_ringed_and_names_come_as_they_are_shown(client):
    signs = {one["id"]: one["properties"] for one in fetch(client, "/map/signs.geojson?kind=park")}
    assert [id_ for id_, one in signs.items() if one["off"]] == ["site:p7"]
    assert signs["site:p1"]["name"] == HOSTILE[3]
    assert len(list_signs("park")) == len(signs)


def test_what_rests_is_told_by_its_sign_whether_the_place_does_or_all_its_groups(client):
    signs = states(client, "/map/signs.geojson?kind=salon")
    assert (signs["site:g1"], signs["site:g2"]) == ("paused", "fresh")


def test_lines_come_beside_their_signs(client):
    (line,) = fetch(client, "/map/shapes.geojson?kind=slope")
    assert line["id"] == "site:s1" and line["geometry"]["type"] == "LineString"
    assert fetch(client, "/map/shapes.geojson?kind=park") == []


def test_ways_say_whether_they_were_walked_and_their_day(client):
    ways = {one["id"]: one["properties"] for one in fetch(client, "/map/walks.geojson")}
    assert {id_: one["class"] for id_, one in ways.items()} == {"w1": "planned", "w2": "walked"}
    assert ways["w1"]["label"] == "令和8年12月1日"
    english = fetch(client, "/map/walks.geojson?lang=en")
    assert "2026" in english[0]["properties"]["label"]
    (track,) = fetch(client, "/map/tracks.geojson")
    assert track["properties"]["class"] == "track" and track["properties"]["label"]


def test_streets_looked_at_are_all_streets_once(client):
    found = fetch(client, "/map/looked.geojson")
    metres = {one["properties"]["class"]: one["properties"]["metres"] for one in found}
    assert set(metres) == {"never", "older", "year"} and metres["year"] > 0
    both = fetch(client, "/map/seatless.geojson?seat=10")
    assert sum(one["properties"]["metres"] for one in both) <= sum(metres.values()) + 2


def test_a_year_ago_today_is_within_a_year_and_a_leap_day_has_one_too():
    assert looked_classes_of("2025-11-25", "2026-11-25") == "year"
    assert looked_classes_of("2025-11-24", "2026-11-25") == "older"
    assert looked_classes_of("2027-02-28", "2028-02-29") == "year"


def looked_classes_of(day, today):
    import numpy as np

    return str(looked_classes(np.array([day]), today)[0])


@pytest.mark.parametrize(
    "path",
    [
        "/map/signs.geojson", "/map/signs.geojson?kind=walk", "/map/shapes.geojson?kind=<script>",
        "/map/seatless.geojson?seat=0", "/map/seatless.geojson?seat=1e9", "/map/seatless.geojson?seat=",
        "/map/seatless.geojson?walker=<script>",
    ],
)  # fmt: skip
def test_what_is_not_known_is_refused_in_words(client, path):
    found = client.get(path)
    assert found.status_code == 400 and found.text and "<script>" not in found.text


def test_a_long_answer_is_packed_for_who_can_unpack_it_and_known_again_by_its_mark(
    client, monkeypatch
):
    monkeypatch.setenv("KAYOI_SIGN_IN", "off")
    whole = TestClient(whole_app(), base_url="http://127.0.0.1")
    first = whole.get("/map/looked.geojson", headers={"Accept-Encoding": "gzip"})
    plain = whole.get("/map/looked.geojson", headers={"Accept-Encoding": "identity"})
    assert first.headers["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain.headers
    assert first.content == plain.content
    assert int(first.headers["Content-Length"]) < len(first.content) / 2
    again = whole.get("/map/looked.geojson", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and not again.content
