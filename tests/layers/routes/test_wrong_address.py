"""Whoever opens an address nobody answers reads so in their language, and is led back."""

import re
from pathlib import Path

import pytest
from served_process import free_port
from starlette.testclient import TestClient
from streamlit.web.server.starlette import starlette_routes, starlette_static_routes
from whole_app import whole_app

from layers.routes.parts.wrong_address import BODY, FILES, HEAD, STREAMLITS
from layers.served.town import VARIABLE
from pages.parts.frame.declared import find_pages
from surveys.api.kinds import KINDS

VISIT = {"Accept": "text/html", "Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate"}
WRONG = ["/nope", "/map/x", "/print/none", "/print/", "/print/karte/a/b", "/field/none.js",
         "/photos/none.jpg", "/assets/none.js", "/static/none.js", "/media/none.png",
         "/index.html", "/tiles/none/1/1/1.mvt", "/component/none/index.html",
         "/map/_stcore/health", "/%E3%81%82", "/x" * 900]  # fmt: skip


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    patch = pytest.MonkeyPatch()
    patch.setenv(VARIABLE, str(tmp_path_factory.mktemp("no_town")))
    patch.setenv("KAYOI_SIGN_IN", "off")
    patch.delenv("DATABASE_URL", raising=False)
    base = f"http://127.0.0.1:{free_port()}"
    # Without its beginning and end: they are Streamlit's runtime, and no page is drawn here.
    yield TestClient(
        whole_app(), base_url=base, client=("127.0.0.1", 50_000), follow_redirects=False
    )
    patch.undo()


@pytest.mark.parametrize("path", WRONG)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_wrong_address_is_told_with_the_ways_back(client, path, lang):
    found = client.get(path, headers=VISIT | {"Accept-Language": lang})
    assert found.status_code == 404 and found.headers["cache-control"] == "no-store"
    plain = KINDS["plain"].headers()["Content-Security-Policy"]
    assert found.headers["content-security-policy"] == plain
    assert f"<html lang='{lang}'>" in found.text
    assert HEAD.say(lang)[1:] in found.text and BODY.say(lang) in found.text
    assert "Page not found" not in found.text and "<script" not in found.text
    ways = re.findall("<a href='([^']+)'>", found.text)
    asked = "?lang=en" if lang == "en" else ""
    others = (id_ for id_, one in find_pages().items() if one.listed)
    assert ways == [f"/{asked}", *(f"/{id_}{asked}" for id_ in others)]
    assert {client.get(way, headers=VISIT).status_code for way in ways} == {200}


@pytest.mark.parametrize("path", ["/nope", "/static/none.js", "/media/none.png"])
def test_a_program_is_told_by_the_status_too(client, path):
    assert client.get(path, headers={"Accept": "*/*"}).status_code == 404


def test_a_part_that_is_missing_stays_a_few_bytes(client):
    found = client.get("/photos/none.jpg", headers={"Accept": "image/*"})
    assert found.status_code == 404 and "<html" not in found.text


@pytest.mark.parametrize("id_", find_pages())
def test_every_page_is_an_address_and_says_what_it_may_do(client, id_):
    if id_ == "today":
        id_ = ""
    found = client.get(f"/{id_}", headers=VISIT)
    assert found.status_code == 200
    policy = found.headers["content-security-policy"]
    inline = re.findall("<script>", found.text)
    # Two, and both named: Streamlit's own, and ours that says where the server is.
    assert len(inline) == policy.count("'sha256-") == 2
    assert policy.startswith(KINDS["page"].headers()["Content-Security-Policy"][:40])
    # Asked again, it comes whole: else the browser would keep it without its policy.
    again = client.get(f"/{id_}", headers=VISIT | {"If-None-Match": found.headers.get("etag", "x")})
    assert again.status_code == 200 and again.headers["content-security-policy"] == policy


def test_every_address_of_streamlit_is_left_to_it():
    paths = {
        value
        for name, value in vars(starlette_routes).items()
        if name.startswith("BASE_ROUTE") and isinstance(value, str)
    }
    paths.discard("app/static")  # an app's own files, which ours has none of
    assert paths and all(f"/{one.strip('/')}/".startswith(STREAMLITS) for one in paths)
    served = starlette_static_routes.file_util.get_static_dir()
    at_the_root = {f"/{one.name}" for one in Path(served).iterdir() if one.is_file()}
    assert at_the_root - {"/index.html"} == set(FILES)
