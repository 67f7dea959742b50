"""Whatever is behind the gate is kept by no browser: every address there is, a new one untold."""

import re
import shutil

import pytest
from argon2 import PasswordHasher
from kept_samples import SAMPLES
from sign_in_desk import GOOD
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient
from whole_app import whole_app

from layers.maps.base_map import asset_address
from layers.routes.all import ROUTES
from layers.served.prepare import prepare_tiles
from layers.served.register import register_now
from layers.served.town import VARIABLE
from layers.sheets.sheet import SHEETS
from surveys.accounts import passwords
from surveys.accounts.passwords import hash_password
from surveys.accounts.user import User
from surveys.api.caching import PUBLIC, cache_control
from surveys.api.gate import Gate
from surveys.store import accounts
from surveys.store.kept_order import kinds_in_order

LOCAL = "http://localhost:8501"
# What a part of an address may be so that there is something at it.
PARTS = {"kind": "park", "type": "park", "name": "cells", "z": "15", "x": "29082", "y": "12935"}
STREAMLITS = (
    "/", "/map", "/_stcore/health", "/_stcore/host-config", "/_stcore/script-health-check",
    "/_stcore/upload_file/x/x", "/media/x.png", "/none", "/static/none.js", "/component/x/y.js",
)  # fmt: skip


@pytest.fixture(scope="module")
def served(small_town, tmp_path_factory):
    """The app as it is served, on a town with something of each kind; somebody is signed in."""
    town = tmp_path_factory.mktemp("kept") / "town"
    shutil.copytree(small_town, town, ignore=shutil.ignore_patterns("register"))
    prepare_tiles(town, lambda _words: None)
    patch = pytest.MonkeyPatch()
    patch.delenv("DATABASE_URL", raising=False)
    patch.setenv(VARIABLE, str(town))
    patch.setenv("KAYOI_SIGN_IN", "needed")
    patch.setattr(passwords, "_HASHER", PasswordHasher(1, 8, 1))
    register = register_now()
    account = accounts.Account(user=User(id="u9", name="tanaka"), password=hash_password(GOOD))
    accounts.add_account(register, account, "2026-11-01T00:00:00.000Z")
    ids = {kind.id: SAMPLES[kind.id].write(register) for kind in kinds_in_order()}
    client = TestClient(whole_app(), base_url=LOCAL, follow_redirects=False)
    form = {"name": "tanaka", "password": GOOD}
    signed = client.post("/auth/login", data=form, headers={"Origin": LOCAL})
    assert signed.status_code == 303
    yield client, ids
    register.engine.dispose()
    patch.undo()


def filled(path, ids):
    parts = PARTS | {"id": ids["site"], "path": "app/js/app.js"}
    if path.startswith("/photos/"):
        parts |= {"name": f"{ids['photo']}.jpg"}
    return re.sub(r"\{(\w+)[^}]*\}", lambda found: parts.get(found[1], "x"), path)


def asked(client, address, methods):
    """Yield what is said at an address, with and without a version nobody made."""
    for method in sorted(methods - {"HEAD"}):
        for version in ("", "?v=anything", "?v=1&v=2"):
            headers = {"Origin": LOCAL, "Content-Type": "application/json"}
            yield client.request(method, address + version, headers=headers)


def may_be_kept(answer):
    said = {one.strip() for one in answer.headers.get("cache-control", "").split(",")}
    return not ("no-store" in said or {"private", "no-cache"} <= said)


@pytest.mark.parametrize("id_", ROUTES)
def test_no_answer_of_any_route_may_be_kept_unless_it_is_the_same_for_everybody(served, id_):
    client, ids = served
    for route in ROUTES[id_].make():
        address = filled(route.path, ids)
        if ROUTES[id_].kept_by == "anybody":
            assert (address + "/").startswith(PUBLIC)
            continue
        assert not (address + "/").startswith(PUBLIC)
        if address.startswith("/auth/"):
            continue  # asked last, below: it ends the session
        for answer in asked(client, address, route.methods):
            assert not may_be_kept(answer), (answer.request.url, answer.headers)
            assert "immutable" not in answer.headers["cache-control"]


@pytest.mark.parametrize("path", STREAMLITS)
def test_nor_any_answer_of_streamlit_but_its_program_files(served, path):
    client, _ = served
    answer = client.get(path)
    assert path.startswith(PUBLIC) or not may_be_kept(answer)


def test_the_addresses_that_show_something_do_show_it_and_are_kept_nowhere(served):
    """The look above would be empty if each address answered that there is nothing."""
    client, ids = served
    base = client.get("/api/v1/field/pack").json()["base"]["url"]
    shown = [
        f"/photos/{ids['photo']}.jpg", f"/photos/{ids['photo']}.thumb.jpg", "/register/pins.geojson",
        "/answer/areas.geojson", "/answer/cells.bin", "/answer/streets.geojson", "/answer/mesh.geojson",
        "/answer/rests.geojson", "/answer/benches.geojson", "/answer/sites.geojson", "/api/v1/field/pack",
        base, "/tiles/base/15/29082/12935.mvt", "/print/list", "/print/form/park", "/field/", "/",
    ]  # fmt: skip
    assert len(SHEETS) > 1
    for address in shown:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert not may_be_kept(answer), address
        tag = answer.headers.get("etag")
        if tag and "no-store" not in answer.headers["cache-control"]:
            again = client.get(address, headers={"If-None-Match": tag})
            assert again.status_code in (200, 304) and not may_be_kept(again)
    for page in ("/", "/map", "/field/", "/print/list"):
        assert "no-store" in client.get(page).headers["cache-control"], "going back would show it"


def test_our_program_files_are_kept_for_good_at_their_own_address(served):
    client, _ = served
    answer = client.get(asset_address("kayoi/kayoi.js"))
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    ("told", "media", "kept"),
    [
        ("", "image/png", "private, no-store"),
        ("public", "image/png", "private, no-store"),
        ("public, max-age=31536000, immutable", "text/csv", "private, no-store"),
        ("private, max-age=60", "image/png", "private, no-store"),
        ("no-cache", "application/json", "private, no-cache"),
        ("No-Cache, must-revalidate", "application/json", "private, no-cache"),
        ("public, no-cache", "application/json", "private, no-cache"),
        ("private, no-store", "text/html", "private, no-store"),
        ("no-store", "text/html; charset=utf-8", "no-store"),
        ("no-cache", "text/html; charset=utf-8", "private, no-store"),
    ],
)
def test_the_gate_lets_nothing_through_that_may_be_kept(door, told, media, kept):
    """As a file of Streamlit's under /media/ comes: its own routes say nothing of it, or public."""

    async def file(_request):
        headers = {"Cache-Control": told} if told else {}
        return Response(b"x", media_type=media, headers=headers)

    gate = Middleware(Gate, find_user=door.find, needed=lambda: True, find_standing=door.standing)
    door.app.router.routes.append(Route("/media/x", file))
    app = Starlette(routes=door.app.routes, middleware=[gate])
    with TestClient(app, base_url="http://kayoi.example", follow_redirects=False) as client:
        assert client.get("/media/x").headers["cache-control"] == "no-store"  # not let in
        door.sign_in(client)
        assert client.get("/media/x").headers["cache-control"] == kept
    assert cache_control("/assets/x.js", told, media) == (told or "no-cache")
