"""Every kind of answer says what it may do, and no more than its kind needs."""

import re

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient

from layers.maps.browser_layers import ONLINE
from surveys.api.kinds import GROUNDS, KINDS, hash_source, of_kind
from surveys.api.plain_page import STYLE, draw_plain


def directives(kind, scripts=()):
    policy = kind.headers(scripts)["Content-Security-Policy"]
    return dict(one.strip().partition(" ")[::2] for one in policy.split(";"))


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_kind_begins_with_nothing_and_names_this_server_alone(kind):
    found = directives(kind)
    assert found["default-src"] == found["base-uri"] == "'none'"
    assert "form-action" in found
    assert found["frame-ancestors"] == "'none'"
    words = set(" ".join(found.values()).split())
    others = set(GROUNDS) if kind.id == "page" else set()
    assert {one for one in words if not one.startswith("'")} <= {"data:", "blob:", *others}
    scripts = found.get("script-src", "")
    assert "'unsafe" not in scripts
    assert ("'wasm-unsafe-eval'" in scripts) == (kind.id == "page")
    assert "data:" not in scripts and "blob:" not in scripts
    assert "unsafe" not in found.get("style-src", "") or kind.id in {"page", "sheet"}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_kind_says_what_else_a_browser_must_not_do(kind):
    headers = kind.headers()
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    powers = dict(one.strip().split("=") for one in headers["Permissions-Policy"].split(","))
    assert {one for one, whom in powers.items() if whom != "()"} == set(kind.powers)
    assert ("geolocation" in kind.powers) == (kind.id in {"page", "field"})
    assert powers["camera"] == powers["microphone"] == "()"
    # A form sent with no referrer at all says "from nowhere", and the gate would refuse it.
    sends = "'self'" in directives(kind)["form-action"] and kind.id != "field"
    assert headers["Referrer-Policy"] == ("same-origin" if sends else "no-referrer")


def test_a_script_in_the_page_itself_is_named_by_what_it_says():
    one = hash_source("window.x=1")
    assert directives(KINDS["page"], [one])["script-src"] == f"'self' 'wasm-unsafe-eval' {one}"
    assert "script-src" not in directives(KINDS["data"], [one])


def test_a_plain_page_has_no_script_and_the_style_its_policy_names():
    page = draw_plain("ja", "<b>\u202e", "<p>x</p>")
    assert "<script" not in page and "<b>" not in page and "\u202e" not in page
    (style,) = re.findall("<style>(.*?)</style>", page, re.DOTALL)
    assert style == STYLE and hash_source(style) in directives(KINDS["plain"])["style-src"]


def test_a_routes_pages_are_of_its_kind_and_all_else_is_data():
    def answer(made):
        async def endpoint(_request):
            return made

        return endpoint

    routes = [
        Route("/page", answer(HTMLResponse("<p>"))),
        Route("/json", answer(JSONResponse({}))),
        Route("/text", answer(PlainTextResponse("x"))),
    ]
    client = TestClient(Starlette(routes=of_kind("sheet", routes)))
    said = {
        path: client.get(path).headers["content-security-policy"]
        for path in ("/page", "/json", "/text")
    }
    sheet, data = (KINDS[id_].headers()["Content-Security-Policy"] for id_ in ("sheet", "data"))
    assert said == {"/page": sheet, "/json": data, "/text": data}


def test_only_what_has_answers_with_heads_can_be_of_a_kind():
    with pytest.raises(TypeError, match="only a Route"):
        of_kind("data", [WebSocketRoute("/x", lambda _socket: None)])


def test_a_page_may_show_the_pictures_of_every_ground_it_offers_and_no_others():
    hosts = {"/".join(url.split("/")[:3]) for url, *_ in ONLINE.values()}
    assert hosts == set(GROUNDS)
