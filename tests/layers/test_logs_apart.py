"""A log is on its own page and in its own file, and nowhere else: each new place untold.

Through `surveys.types`, `surveys.store.listing` and `surveys.store.register`.
"""

import io
import re
import shutil
import zipfile

import pytest
from sheet_fixtures import fill_texts, point, put
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest
from where import ROOT
from whole_app import whole_app

from geo.cli import main
from layers.field.pack import make_pack
from layers.routes.all import ROUTES
from layers.served.clock import now_in_japan
from layers.served.prepare import prepare_tiles
from layers.served.register import register_now
from layers.served.town import VARIABLE
from layers.sheets.sheet import SHEETS
from pages.parts.frame.declared import find_pages
from surveys.formats.format import FORMATS
from surveys.record.walk import WALK
from surveys.store.listing import (
    SiteQuery,
    count_sites,
    count_types,
    each_site,
    list_pins,
    list_sites,
)
from surveys.store.portables import all_portables
from surveys.types import EVERY_TYPE, LOGS, RECORD_TYPES

CANARY = "鳴禽カナリア"
LOCAL = "http://localhost:8501"
# The log's own page, and the form in which it is written.
OWN_PAGES = {"activities"}
PLACE = point(3.37, 2.61)


@pytest.fixture(scope="module")
def held(small_town, tmp_path_factory):
    """A town with something of each kind, and logs that would be seen anywhere by their words."""
    town = tmp_path_factory.mktemp("logs") / "town"
    shutil.copytree(small_town, town, ignore=shutil.ignore_patterns("register"))
    prepare_tiles(town, lambda _words: None)
    patch = pytest.MonkeyPatch()
    patch.delenv("DATABASE_URL", raising=False)
    patch.setenv(VARIABLE, str(town))
    patch.setenv("KAYOI_SIGN_IN", "off")
    register = register_now()
    for number, type_ in enumerate(RECORD_TYPES.values()):
        put(register, type_.id, f"s{number}", {"name": "名前"}, place=point(1 + number, 2))
    put(
        register,
        WALK.id,
        "walk",
        {"name": "踏査", "on": "2026-11-21", "places": ["s0", "log-activity"]},
    )
    for type_ in LOGS.values():
        answers = fill_texts(type_, CANARY)
        answers.pop("photos", None)
        put(register, type_.id, f"log-{type_.id}", answers, place=PLACE, walk_id="walk")
    yield town, register
    register.engine.dispose()
    patch.undo()


def marks():
    lon, lat = (f"{one:.4f}" for one in (PLACE.x, PLACE.y))
    return [CANARY, f"{lon}", f"{lat}"]


def tells(data):
    """Whether bytes, or what is packed in them, hold the canary."""
    data = data if isinstance(data, bytes) else str(data).encode()
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(tells(archive.read(name)) for name in archive.namelist())
    escaped = CANARY.encode("unicode_escape")
    return any(one in data for one in (CANARY.encode(), escaped, CANARY.encode("utf-16-le")))


def said(page):
    def walk(block):
        for one in getattr(block, "children", {}).values():
            yield from walk(one)
        proto = getattr(block, "proto", None)
        if proto is not None:
            yield proto.SerializeToString()

    return b"".join(walk(page._tree))


def test_there_is_a_log_and_it_is_held(held):
    _, register = held
    for type_ in LOGS:
        assert register.site(f"log-{type_}") is None
        found = register.site(f"log-{type_}", logs=True)
        assert found.answers["name"] == CANARY and found.due_on == ""
        assert [one.id for one in each_site(register, SiteQuery(types=(type_,)))] == [found.id]


@pytest.mark.parametrize(
    "query",
    [SiteQuery(), SiteQuery(statuses=()), SiteQuery(words=CANARY), SiteQuery(due_by="9999-12-31"),
     SiteQuery(walk_id="walk"), SiteQuery(within=PLACE.buffer(0.001))],
)  # fmt: skip
def test_no_search_finds_a_log_unless_it_is_asked_for_by_name(held, query):
    _, register = held
    found = {one.type.id for one in each_site(register, query)}
    found |= {one.type for one in list_pins(register, query)}
    found |= {one.type.id for one in list_sites(register, query)[0]}
    assert found <= set(RECORD_TYPES)
    assert count_sites(register, query)[0] == len(list(each_site(register, query)))


def test_no_list_of_types_counts_a_log(held):
    _, register = held
    assert not set(count_types(register)) & set(LOGS) and set(LOGS) == {*EVERY_TYPE} - {
        *RECORD_TYPES
    }
    assert {one.type for one in all_portables(register)} <= set(RECORD_TYPES)
    assert {one.type for one in register.versions_of_walk("walk")} <= {*RECORD_TYPES, WALK.id}
    assert not register.sites_of(f"log-{one}" for one in LOGS)


@pytest.mark.parametrize("id_", [one for one in find_pages() if one not in OWN_PAGES])
def test_no_page_but_its_own_tells_of_a_log(held, id_):
    for more in ({}, {"site": "log-activity", "type": "activity", "walk": "walk"}):
        if id_ == "record" and more:
            continue  # its own form
        page = AppTest.from_file(str(ROOT / "pages" / f"{id_}.py"), default_timeout=120)
        for key, value in more.items():
            page.query_params[key] = value
        page.run()
        assert not page.exception
        assert not tells(said(page)), id_


def addresses():
    names = {
        "kind": [*EVERY_TYPE], "type": [*EVERY_TYPE], "id": ["log-activity", "walk", "s0"],
        "name": ["cells"], "z": ["15"], "x": ["29082"], "y": ["12935"], "path": ["app/js/app.js"],
    }  # fmt: skip
    for route in (one for entry in ROUTES.values() for one in entry.make()):
        if "GET" not in (getattr(route, "methods", None) or ()) or route.path.startswith("/auth/"):
            continue
        asked = re.findall(r"\{(\w+)", route.path)
        for value in names.get(asked[0], ["x"]) if asked else [""]:
            path = re.sub(
                r"\{(\w+)[^}]*\}",
                lambda found, v=value, first=asked: (
                    v if found[1] == first[0] else names.get(found[1], ["x"])[0]
                ),
                route.path,
            )
            yield path


@pytest.mark.parametrize("more", ["", "?type=activity", "?type=activity&status=", "?walk=walk"])
def test_no_route_tells_of_a_log(held, more):
    seen = 0
    client = TestClient(whole_app(), base_url=LOCAL, follow_redirects=False)
    for address in sorted(set(addresses())):
        answer = client.get(address + more)
        seen += answer.status_code == 200
        assert not tells(answer.content), address + more
    assert seen > 5, "the look would be empty"


def test_no_sheet_is_printed_of_a_log(held):
    client = TestClient(whole_app(), base_url=LOCAL)
    assert client.get("/print/karte/s0").status_code == 200
    assert client.get("/print/karte/log-activity").status_code == 404
    assert client.get("/print/form/activity").status_code == 404
    assert len(SHEETS) > 1


@pytest.mark.parametrize("walk", [None, "walk"])
def test_no_device_carries_a_log_but_each_carries_its_questions(held, walk):
    _, register = held
    pack = make_pack(register.site(walk) if walk else None, now_in_japan())
    assert not tells(pack) and b'"id":"activity"' in pack and b'"log":true' in pack
    assert b"log-activity" not in pack


@pytest.mark.parametrize("form", FORMATS)
def test_no_file_of_all_types_holds_a_log_and_its_own_does(held, tmp_path, form):
    town, _ = held
    one = FORMATS[form]
    ending = one.suffix if one.dump_many else ".zip"
    args = ["records", "export", "--town", str(town), "--format", form, "--out"]
    whole, own = tmp_path / f"all{ending}", tmp_path / f"own{one.suffix}"
    assert main([*args, str(whole), "--type", "all"]) == 0
    assert main([*args, str(own), "--type", "activity"]) == 0
    assert not tells(whole.read_bytes())
    assert tells(own.read_bytes())


def test_no_file_for_planners_holds_a_log(held, tmp_path):
    town, _ = held
    out = tmp_path / "p.gpkg"
    assert main(["export", "--town", str(town), "--out", str(out)]) == 0
    assert not tells(out.read_bytes())
