"""The register's routes, without a browser."""

import io
import json
from datetime import datetime
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
import shapely
from geojson_rules import faults
from hypothesis import given
from hypothesis import strategies as st
from pdf_pages import text_of
from PIL import Image
from sheet_fixtures import point, put
from starlette.applications import Starlette
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient
from town_fixtures import WEST, at

from geo.base.problems import InputError
from layers.cards.list_query import dump_query, parse_area, parse_query
from layers.routes.register import make_register_routes
from layers.routes.sheets import make_sheet_routes
from layers.served.register import areas_of, register_now
from layers.served.town import VARIABLE, town_now
from surveys.api.kinds import KINDS
from surveys.record.history import STATUSES
from surveys.store.answered import OpenWhen
from surveys.store.listing import SiteQuery
from surveys.store.site_order import ORDERS
from surveys.types import RECORD_TYPES

CSP = KINDS["sheet"].headers()["Content-Security-Policy"]


@pytest.fixture(scope="module")
def client(small_town):
    patch = pytest.MonkeyPatch()
    patch.setenv(VARIABLE, str(small_town))
    patch.delenv("DATABASE_URL", raising=False)
    register = register_now()
    put(register, "park", "p1", {"name": "西公園", "toilet": "usable"}, place=point(1, 2))
    put(
        register,
        "park",
        "p2",
        {"name": "東公園", "toilet": "none"},
        place=point(7, 2),
        on="2024-01-01",
    )
    put(register, "bench", "b1", {}, place=point(1.5, 2), kind="import", source="osm")
    put(register, "slope", "s1", {"name": "坂"}, place=shapely.LineString([at(1, 1), at(2, 2)]))
    put(register, "concern", "c1", {"name": "場所なし"}, place=None)
    put(register, "walk", "w1", {"name": "踏査", "places": ["p1", "p2"]}, place=None)
    read_at = datetime(2026, 11, 25, 10, 42)  # noqa: DTZ001 - fixed
    routes = [*make_register_routes(now=lambda: read_at), *make_sheet_routes(now=lambda: read_at)]
    with TestClient(Starlette(routes=routes)) as made:
        yield made
    register.engine.dispose()
    patch.undo()


@pytest.fixture(scope="module")
def photo_id(client):
    data = io.BytesIO()
    Image.new("RGB", (900, 600), (80, 120, 90)).save(data, "JPEG")
    return register_now().photos.take(data.getvalue()).id


@pytest.mark.parametrize("lang", ["", "en"])
@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/print/karte/p1", "西公園"), ("/print/karte/s1", "坂"), ("/print/karte/c1", "場所なし"),
        ("/print/walk/w1", "踏査"), ("/print/karte/w1", "踏査"), ("/print/list", "東公園"),
        ("/print/list?type=park&q=西&f.toilet=usable", "西公園"), ("/print/form/park", ""),
    ],
)  # fmt: skip
def test_sheets_are_printed_with_strict_heads(client, path, said, lang):
    found = client.get(path, params={"lang": lang} if lang and "?" not in path else None)
    assert found.status_code == 200 and said in found.text
    ET.fromstring(found.text)  # noqa: S314 - our own page
    assert found.headers["content-type"] == "text/html; charset=utf-8"
    assert found.headers["content-security-policy"] == CSP
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["cache-control"] == "private, no-store"
    assert found.headers["referrer-policy"] == "no-referrer"
    assert found.headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    ("path", "said", "named"),
    [
        ("/print/karte/p1", "西公園", "公園カルテ_西公園_2026-11-25_庁内用.pdf"),
        ("/print/walk/w1", "踏査", ""), ("/print/list?type=park&q=西", "西公園", ""),
        ("/print/form/park", "見た日", "記入用紙_公園カルテ_2026-11-25.pdf"),
        ("/print/karte/p1?lang=en", "office use only", ""),
    ],
)  # fmt: skip
def test_a_sheet_comes_as_a_pdf_with_a_name_and_the_same_heads(client, path, said, named):
    found = client.get(path + ("&" if "?" in path else "?") + "as=pdf")
    assert found.status_code == 200 and found.headers["content-type"] == "application/pdf"
    assert said in text_of(found.content)
    disposition = found.headers["content-disposition"]
    assert disposition.startswith("inline; filename=") and disposition.isascii()
    assert named in unquote(disposition.partition("UTF-8''")[2])
    assert found.headers["cache-control"] == "private, no-store"
    assert found.headers["content-security-policy"] == CSP
    assert found.headers["x-content-type-options"] == "nosniff"


def test_no_other_file_is_made_of_a_sheet_and_what_is_not_there_is_told_as_a_page(client):
    assert client.get("/print/karte/p1?as=docx").status_code == 400
    missing = client.get("/print/karte/none?as=pdf")
    assert missing.status_code == 404 and missing.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/print/karte/none", 404), ("/print/karte/<script>", 404), ("/print/walk/p1", 404),
        ("/print/form/walk", 404), ("/print/form/..", 404), ("/print/list?type=house", 400),
        ("/print/list?area=町丁目/none", 400), ("/print/list?area=none/99001", 400),
        ("/print/list?due=<script>alert(1)</script>", 400), ("/register/pins.geojson?status=x", 400),
        ("/photos/x.jpg", 404), ("/photos/..%2fregister.db", 404), (f"/photos/{'ab' * 32}.jpg", 404),
        (f"/photos/{'AB' * 32}.jpg", 404), (f"/photos/{'ab' * 32}.png", 404),
    ],
)  # fmt: skip
def test_what_is_not_there_is_said_in_plain_words(client, path, status):
    found = client.get(path)
    assert found.status_code == status
    assert "<script>" not in found.text and "/tmp" not in found.text  # noqa: S108 - a path leaked
    # An address with a step upwards is no route of ours: the server itself refuses it.
    assert ".." in path or found.headers["x-content-type-options"] == "nosniff"
    if path.startswith("/print/karte"):
        assert "一覧にありません" in found.text and found.headers["content-security-policy"] == CSP


def test_photos_are_for_the_reader_alone(client, photo_id):
    whole, thumb = (
        client.get(f"/photos/{photo_id}.jpg"),
        client.get(f"/photos/{photo_id}.thumb.jpg"),
    )
    for found in (whole, thumb):
        assert found.status_code == 200 and found.headers["content-type"] == "image/jpeg"
        assert found.headers["cache-control"] == "private, no-store"
        assert found.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in found.headers["content-security-policy"]
    assert len(thumb.content) < len(whole.content)


def test_pins_are_good_geojson_with_their_due_state(client):
    found = client.get("/register/pins.geojson?order=number")
    assert found.headers["content-type"] == "application/geo+json"
    assert found.headers["cache-control"] == "private, no-cache"
    document = json.loads(found.content)
    assert faults(document) == []
    told = {one["id"]: one for one in document["features"]}
    assert {id_: one["properties"]["due"] for id_, one in told.items()} == {
        "p1": "fresh", "p2": "due", "b1": "never", "s1": "fresh",
        "t0": "never", "t1": "never",  # the town's own list, nobody has seen them
    }  # fmt: skip
    assert told["s1"]["geometry"]["type"] == "LineString" and "c1" not in told
    assert told["p1"]["properties"]["kind"] == "park"
    assert told["p1"]["properties"]["title"] == "西公園"


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("type=park", {"p1", "p2"}), ("f.toilet=usable,hard", {"p1"}), ("q=ひがし", set()),
        ("q=東", {"p2"}), ("due=2026-11-25", {"p2", "b1", "t0", "t1"}),
        ("area=町丁目/99001", {"p1", "b1", "s1", "t0"}),
        ("differing=1", set()), ("status=closed", set()), ("status=all&type=bench", {"b1"}),
    ],
)  # fmt: skip
def test_pins_and_lists_take_the_same_question(client, query, ids):
    document = json.loads(client.get(f"/register/pins.geojson?{query}&v=1").content)
    assert {one["id"] for one in document["features"]} == ids
    listed = client.get(f"/print/list?{query}").text
    assert ("この条件に合う地点はない" in listed) == (not ids)


def test_a_new_record_is_in_the_next_answer(client):
    before = json.loads(client.get("/register/pins.geojson?type=shop").content)["features"]
    put(register_now(), "shop", "shop1", {"name": "八百屋"}, place=point(3, 3))
    after = json.loads(client.get("/register/pins.geojson?type=shop").content)["features"]
    put(register_now(), "shop", "shop1", status={"is": "removed"})
    assert (len(before), len(after)) == (0, 1)


def test_a_site_is_told_the_area_it_lies_in(client):
    sites = list(register_now().sites_of(["p1", "c1"]).values())
    assert areas_of(town_now(), sites) == {"p1": WEST}


NUMBER = st.none() | st.floats(-1e6, 1e6)
DAY = st.none() | st.dates().filter(lambda day: day.year >= 1000).map(str)
LIMITS = {
    "tatami_count": st.tuples(NUMBER, NUMBER).filter(lambda two: two != (None, None)),
    "activities/subsidy_until": st.tuples(DAY, DAY).filter(lambda two: two != (None, None)),
}
WORD = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
CHOICES = {
    key: st.lists(st.sampled_from(ids), min_size=1, unique=True).map(tuple)
    for key, ids in {
        "toilet": ["usable", "hard", "none", "unknown"], "benches/back": ["yes", "no"],
        "surface": ["unknown"],
    }.items()
}  # fmt: skip


@given(
    query=st.builds(
        SiteQuery, types=st.lists(st.sampled_from(list(RECORD_TYPES)), unique=True).map(tuple),
        words=WORD, choices=st.fixed_dictionaries({}, optional=CHOICES),
        statuses=st.lists(st.sampled_from(STATUSES), unique=True).map(tuple),
        due_by=st.sampled_from(["", "2026-11-21"]), differing=st.booleans(), batch_id=WORD,
        walk_id=WORD, order=st.sampled_from(ORDERS),
        limits=st.fixed_dictionaries({}, optional=LIMITS),
        when=st.builds(
            OpenWhen, weekdays=st.sets(st.integers(0, 6)).map(sorted).map(tuple),
            half=st.sampled_from([None, "am", "pm"]), unclear=st.booleans(),
        ),
    )
)  # fmt: skip
def test_a_question_survives_its_address(query):
    params = QueryParams(dump_query(query, ("町丁目", "99/001".replace("/", ""))))
    assert parse_query(params) == query
    assert parse_area(params) == ("町丁目", "99001")


@pytest.mark.parametrize(
    "params",
    [{"type": "house"}, {"status": "x"}, {"order": "price"}, {"due": "明日"}, {"f.a'b": "c"}, {"f.a": "x'"},
        {"f.toilet": "usable,x"}, {"f.name": "x"}, {"f.benches": "x"}, {"f.toilet/x": "usable"}],
)  # fmt: skip
def test_a_question_that_is_not_known_is_refused_not_widened(params):
    with pytest.raises(InputError):
        parse_query(params)
