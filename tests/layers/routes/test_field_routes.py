"""The field app's routes, without a browser."""

import gzip
import io
import json
import re
from datetime import datetime, timedelta, timezone

import pytest
import shapely
from PIL import Image
from sheet_fixtures import point, put
from starlette.applications import Starlette
from starlette.testclient import TestClient
from town_fixtures import at

from layers.field.shell import (
    FILES_MARK,
    GRAMMAR,
    HOME,
    PRIVACY,
    VERSION_MARK,
    WORKER,
    load_shell,
)
from layers.routes.field import make_field_routes
from layers.served.register import register_now
from layers.served.town import VARIABLE
from surveys.api.kinds import KINDS

CSP = KINDS["field"].headers()["Content-Security-Policy"]
NOW = datetime(2026, 11, 25, 0, 42, tzinfo=timezone(timedelta(hours=9)))
PACK = "/api/v1/field/pack"
# A shell comes over a telephone's line, once.
MOST_SHELL_BYTES = 326_000


@pytest.fixture(scope="module")
def client(small_town):
    patch = pytest.MonkeyPatch()
    patch.setenv(VARIABLE, str(small_town))
    patch.delenv("DATABASE_URL", raising=False)
    register = register_now()
    put(register, "park", "p1", {"name": "西公園", "office_phone": "1"}, place=point(1, 2))
    put(register, "park", "p2", {"name": "東公園"}, place=point(3, 2))
    put(register, "bench", "far", {"name": "遠いベンチ"}, place=shapely.Point(
        at(1, 2)[0] + 0.03, at(1, 2)[1]))  # fmt: skip
    put(register, "concern", "c1", {"name": "場所なし"}, place=None)
    put(register, "concern", "c2", {"name": "よその気づき"}, place=None)
    put(register, "walk", "w1", {"name": "踏査", "places": ["p2", "c1", "p1"],
        "on": "2026-11-25"}, place=None)  # fmt: skip
    put(register, "walk", "done", {"name": "済", "places": ["p1"], "on": "2026-12-01"}, place=None)
    put(register, "park", "p1", {"name": "西公園"}, walk_id="done")
    put(register, "walk", "next", {"name": "次", "places": ["p1"], "on": "2026-12-24"}, place=None)
    put(register, "walk", "past", {"name": "前", "on": "2026-01-01"}, place=None)
    with TestClient(Starlette(routes=make_field_routes(now=lambda: NOW))) as made:
        yield made
    register.engine.dispose()
    patch.undo()


@pytest.fixture
def app(tmp_path):
    """A small shell of our own: the app's files and the libraries'."""
    files = {
        "app/index.html": "<link href='/field/app/style.css'>", "app/style.css": "a{}",
        "app/sw.js": f"const VERSION = {VERSION_MARK}; const FILES = {FILES_MARK};",
        "app/js/app.js": "1", "app/js/types.d.ts": "x", "app/__init__.py": "secret",
        "assets/leaflet/leaflet.js": "2", "assets/kayoi/kayoi.js": "3", "secret.js": "secret",
    }  # fmt: skip
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "app/link.js").symlink_to(tmp_path / "secret.js")
    return tmp_path


def load(folder):
    return load_shell(folder / "app", folder / "assets")


def test_the_shell_is_the_known_files_alone(app):
    shell = load(app)
    assert shell.kept == [
        "/field/", "/field/app/js/app.js", "/field/app/style.css", "/field/icon-180.png",
        "/field/icon-192.png", "/field/icon-512.png", "/field/icon.svg",
        "/field/lib/leaflet/leaflet.js", PRIVACY, GRAMMAR, "/field/manifest.webmanifest",
    ]  # fmt: skip
    assert all(b"secret" not in one.body for one in shell.files.values())


def test_the_worker_is_told_the_version_and_the_files(app):
    shell = load(app)
    text = shell.files[WORKER].body.decode()
    assert f'const VERSION = "{shell.version}";' in text and len(shell.version) == 16
    assert json.loads(re.search(r"FILES = (.*);", text)[1]) == shell.kept


@pytest.mark.parametrize(
    "name", ["app/js/app.js", "app/index.html", "app/sw.js", "assets/leaflet/leaflet.js"]
)
def test_any_changed_file_makes_a_new_version(app, name):
    before = load(app)
    (app / name).write_text((app / name).read_text(encoding="utf-8") + " ", encoding="utf-8")
    after = load(app)
    assert after.version != before.version
    assert after.files[WORKER].tag != before.files[WORKER].tag


def test_a_renamed_file_makes_a_new_version(app):
    before = load(app).version
    (app / "app/js/app.js").rename(app / "app/js/main.js")
    assert load(app).version != before


def test_the_whole_shell_is_small(client):
    sizes = {path: len(gzip.compress(one.body)) for path, one in load_shell().files.items()}
    assert sum(sizes.values()) < MOST_SHELL_BYTES, sorted(sizes.items(), key=lambda one: -one[1])[
        :8
    ]


def test_all_the_page_refers_to_is_kept_by_the_device():
    shell = load_shell()
    page = shell.files[HOME].body.decode()
    named = re.findall(r"(?:href|src)=[\"']([^\"']+)", page)
    assert named and set(named) <= set(shell.kept)


def test_all_a_module_imports_is_kept_by_the_device():
    shell = load_shell()
    for address, file in shell.files.items():
        if not address.startswith("/field/app/js/"):
            continue
        for named in re.findall(
            r"^import .*?[\"']([^\"']+)[\"'];?$", file.body.decode(), re.MULTILINE
        ):
            base = address.rsplit("/", 1)[0] if named.startswith(".") else ""
            parts: list[str] = []
            for part in f"{base}/{named}".split("/"):
                parts = (
                    parts[:-1] if part == ".." else [*parts, part] if part not in ".." else parts
                )
            assert "/" + "/".join(filter(None, parts)) in shell.kept, (address, named)


@pytest.mark.parametrize(
    ("path", "media"),
    [
        ("/field/manifest.webmanifest", "application/manifest+json"),
        ("/field/icon.svg", "image/svg+xml"),
        ("/field/icon-180.png", "image/png"),
        ("/field/lib/leaflet/leaflet.js", "text/javascript; charset=utf-8"),
        ("/field/lib/leaflet/leaflet.css", "text/css; charset=utf-8"),
        ("/field/", "text/html; charset=utf-8"),
        ("/field/sw.js", "text/javascript; charset=utf-8"),
    ],
)
def test_files_come_with_their_heads_and_are_asked_about_each_time(client, path, media):
    found = client.get(path)
    assert found.status_code == 200 and found.headers["content-type"] == media
    assert found.headers["cache-control"] == "no-cache"
    assert found.headers["x-content-type-options"] == "nosniff"
    # What acts is held to the app's own policy, the rest may do nothing.
    acts = path == HOME or path.endswith(".js")
    assert (found.headers["content-security-policy"] == CSP) == acts
    again = client.get(path, headers={"If-None-Match": found.headers["etag"]})
    assert again.status_code == 304 and again.content == b""
    other = client.get(path, headers={"If-None-Match": '"x"'})
    assert other.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/field/app/js/types.d.ts", "/field/app/__init__.py", "/field/app/index.html", "/field/app/sw.js",
        "/field/app/..%2f..%2ffield.py", "/field/app/%2e%2e/%2e%2e/field.py", "/field/app//etc/passwd",
        "/field/lib/kayoi/kayoi.js", "/field/lib/licences/idb.txt", "/field/lib/../manifest.json",
        "/field/x", "/field/app/", "/field/app/js", "/field/%00",
    ],
)  # fmt: skip
def test_nothing_else_is_served(client, path):
    found = client.get(path)
    assert found.status_code == 404
    if found.headers["content-type"] == "application/json":
        assert set(found.json()["error"]) == {"ja", "en"}


def test_the_bare_address_leads_home(client):
    found = client.get("/field", follow_redirects=False)
    assert found.status_code == 307 and found.headers["location"] == "/field/"


def test_the_manifest_names_icons_that_are_there(client):
    facts = client.get("/field/manifest.webmanifest").json()
    assert (facts["name"], facts["short_name"]) == ("かよいマップ 野外", "かよい野外")
    assert (facts["start_url"], facts["scope"]) == ("/field/", "/") and facts[
        "display"
    ] == "standalone"
    assert [one for one in facts["icons"] if one.get("purpose") == "maskable"]
    for icon in facts["icons"]:
        found = client.get(icon["src"])
        assert found.headers["content-type"] == icon["type"]
        if icon["type"] == "image/png":
            with Image.open(io.BytesIO(found.content)) as picture:
                assert "{}x{}".format(*picture.size) == icon["sizes"]
                assert picture.getpixel((0, 0)) == (0x17, 0x32, 0x5F)
                assert len(set(picture.convert("L").get_flattened_data())) > 20  # drawn, smoothly


def test_the_base_map_comes_whole_and_stays_in_no_cache_but_the_field_apps_own(client):
    base = client.get(PACK).json()["base"]
    found = client.get(base["url"])
    assert found.status_code == 200 and found.content[:7] == b"PMTiles"
    assert len(found.content) == base["bytes"] and base["stamp"] in base["url"]
    for address in (base["url"], "/field/base.pmtiles", "/field/base.pmtiles?v=old"):
        assert client.get(address).headers["cache-control"] == "private, no-store"


def test_a_walk_takes_its_list_and_what_is_near(client):
    pack = client.get(PACK, params={"walk": "w1"}).json()
    assert pack["walk"]["places"] == ["p2", "c1", "p1"]
    # The list first, then what is near (the salons the town was built with are sites, too), and
    # the whole town behind: it opens without signal.
    assert [one["id"] for one in pack["sites"]] == ["p2", "c1", "p1", "t0", "t1", "far"]
    assert pack["total"] == 7 and pack["made_at"] == "2026-11-24T15:42:00Z"
    areas = {one["id"]: one["area"] for one in pack["sites"]}
    assert areas["p1"] and areas["c1"] == ""
    assert set(pack["town"]) == {"name", "west", "south", "east", "north", "credit"}
    assert pack["town"]["west"] < pack["town"]["east"] < 155
    assert pack["town"]["credit"].startswith("出典：")


def test_without_a_walk_all_that_has_a_place_is_taken(client):
    pack = client.get(PACK).json()
    assert pack["walk"] is None
    # What is on a walk's list comes along: any of them may be opened outdoors.
    assert {one["id"] for one in pack["sites"]} == {"p1", "p2", "c1", "far", "t0", "t1"}


def test_walks_still_to_see_come_first_the_newest_before(client):
    walks = client.get(PACK).json()["walks"]
    assert [one["id"] for one in walks] == ["next", "w1", "done", "past"]
    told = {"id": "w1", "title": "踏査", "on": "2026-11-25", "area": "", "count": 3}
    assert walks[1].items() >= told.items() and walks[1]["places"] == ["p2", "c1", "p1"]
    assert {one["id"]: (one["state"], one["came"]) for one in walks} == {
        "next": ("yet", {}), "w1": ("yet", {}), "done": ("done", {"p1": "seen"}), "past": ("yet", {}),
    }  # fmt: skip


@pytest.mark.parametrize("walk", ["none", "p1", "<script>", "../w1", "w1 "])
def test_an_unknown_walk_is_said_in_plain_words(client, walk):
    found = client.get(PACK, params={"walk": walk})
    assert found.status_code == 404 and "一覧にありません" in found.json()["error"]["ja"]


def test_the_pack_of_an_app_of_before_is_another_one(client):
    told = {"X-Kayoi-Rules": "2"}
    tags = [client.get(PACK, headers=one).headers["etag"] for one in ({}, told)]
    assert tags[0] != tags[1]
    for odd in ("", "x", "-1", "9" * 9, "１"):
        assert client.get(PACK, headers={"X-Kayoi-Rules": odd.encode()}).headers["etag"] == tags[0]
    assert client.get(PACK, headers={"X-Kayoi-Rules": "77"}).headers["etag"] == tags[1]


def test_a_pack_is_sent_again_only_when_something_changed(client):
    first = client.get(PACK, params={"walk": "w1"})
    assert first.headers["cache-control"] == "private, no-cache"
    assert first.headers["x-content-type-options"] == "nosniff"
    told = {"If-None-Match": first.headers["etag"]}
    assert client.get(PACK, params={"walk": "w1"}, headers=told).status_code == 304
    assert client.get(PACK, headers=told).status_code == 200
    put(register_now(), "concern", "c2", {"name": "よその気づき、直した"})
    found = client.get(PACK, params={"walk": "w1"}, headers=told)
    assert found.status_code == 200 and found.json()["stamp"] != first.json()["stamp"]


def test_without_a_town_it_is_said_in_plain_words(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    with TestClient(Starlette(routes=make_field_routes(now=lambda: NOW))) as client:
        for path in (PACK, "/field/base.pmtiles"):
            found = client.get(path)
            assert (
                found.status_code == 503 and "街が選ばれていません" in found.json()["error"]["ja"]
            )
