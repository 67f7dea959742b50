"""The pages' HTML, and it alone, is told where the server is and when nobody is signed in."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from layers.routes.one_address import OneAddress

PAGE = "<html><head><title>x</title></head><body><head></body></html>"


async def page(_request):
    return HTMLResponse(PAGE)


@pytest.fixture
def client():
    routes = [Route(path, page) for path in ("/", "/map", "/coverage/", "/print/list")]
    middleware = [Middleware(OneAddress, pages=("coverage", "map"))]
    with TestClient(Starlette(routes=routes, middleware=middleware)) as made:
        yield made


@pytest.mark.parametrize("path", ["/", "/map", "/coverage/"])
def test_a_page_gets_one_script_and_its_new_length(client, path):
    answer = client.get(path)
    assert answer.text.count("<script>") == 1 and answer.text.count("BACKEND_BASE_URL") == 1
    assert answer.text.replace(answer.text[12 : answer.text.index("<title>")], "", 1) == PAGE
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_a_page_asks_who_is_signed_in_when_its_connection_closes_or_it_comes_back(client):
    said = client.get("/").text
    assert '"close",ask' in said and "one.persisted" in said and "/auth/me" in said


def test_no_other_address_is_rewritten(client):
    assert client.get("/print/list").text == PAGE
