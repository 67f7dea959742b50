"""The gate: nobody passes unknown, and nothing foreign is done."""

import re

import pytest
from sign_in_desk import FORM, HOST, OWN, SOCKET, VISIT, Desk
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from whole_app import whole_app

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.api.gate import Gate

STREAMLITS = [
    "/", "/map", "/_stcore/host-config", "/_stcore/metrics", "/_stcore/script-health-check", "/media/x.png",
    "/component/streamlit_folium.st_folium/index.html", "/static/js/x.js", "/app/static/x",
    "/_stcore/bidi-components/x", "//_stcore/health", "/_stcore/health/", "/_stcore/HEALTH", "/auth/login/",
    "/auth/login/../../map", "/auth/", "/auth/loginx", "/AUTH/login", "/field/", "/field/sw.js", "/none",
]  # fmt: skip


# ---- nobody passes unknown -----------------------------------------------------------------


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The app as it is served, for a town that asks for sign-in."""
    patch = pytest.MonkeyPatch()
    patch.delenv("DATABASE_URL", raising=False)
    patch.setenv("KAYOI_TOWN", str(tmp_path_factory.mktemp("town")))
    patch.setenv("KAYOI_SIGN_IN", "needed")
    yield whole_app()
    patch.undo()


def addresses(app):
    for route in app.routes:
        path = re.sub(r"\{[^}]*\}", "x", getattr(route, "path", "") or "/")
        yield path, sorted(getattr(route, "methods", None) or {"GET"})
    for path in STREAMLITS:
        yield path, ["GET"]


def test_no_address_answers_whoever_is_not_signed_in(served):
    client = TestClient(served, base_url=HOST, follow_redirects=False)
    paths = dict(addresses(served))
    for needed in ("/print/list", "/register/pins.geojson", "/photos/x", "/api/v1/field/pack",
                   "/_stcore/upload_file/x/x", "/media/x", "/field/"):  # fmt: skip
        assert needed in paths
    opened = set()
    for path, methods in addresses(served):
        for method in methods:
            headers = OWN | {"Content-Type": "application/json"}
            answer = client.request(method, HOST + path, headers=headers)
            if answer.status_code not in (401, 403):
                opened.add((method, path))
    assert {path for _, path in opened} == {
        "/auth/login", "/auth/logout", "/auth/me", "/_stcore/health",
    }  # fmt: skip


def test_the_gate_is_the_outermost_of_the_app(served):
    assert served.user_middleware[0].cls is Gate


@pytest.mark.parametrize("path", ["/_stcore/stream", "/anything"])
def test_no_socket_opens_for_whoever_is_not_signed_in(served, path):
    client = TestClient(served, base_url=HOST)
    with pytest.raises(WebSocketDisconnect) as refused, client.websocket_connect(path):
        pass
    assert refused.value.code == 4401


def test_a_visit_is_led_to_the_sign_in_page_and_a_program_is_told(door):
    client = door.open()
    visit = client.get("/map?id=%E6%A1%9C&lang=en", headers=VISIT)
    assert visit.status_code == 303
    assert visit.headers["location"] == "/auth/login?next=/map%3Fid%3D%25E6%25A1%259C%26lang%3Den"
    told = client.get("/map", headers={"Accept": "*/*"})
    assert told.status_code == 401 and set(told.json()["error"]) == {"ja", "en"}
    frame = client.get("/map", headers=VISIT | {"Sec-Fetch-Dest": "iframe"})
    assert frame.status_code == 401
    assert client.get("/map", headers={"Accept": "text/html"}).status_code == 303


def test_a_database_that_is_away_lets_nobody_in(door, monkeypatch):
    client = door.open()
    door.sign_in(client)

    def away(*_):
        raise InputError(Words("つながりません", "away"))

    monkeypatch.setattr(Desk, "find", away)
    app = Desk(door.register)
    assert app.open().get("/api/v1/who").status_code == 503
    with (
        pytest.raises(WebSocketDisconnect),
        app.open().websocket_connect(SOCKET),
    ):
        pass


# ---- nothing foreign is done ---------------------------------------------------------------

JSON = "application/json"


@pytest.mark.parametrize(
    ("method", "headers", "status", "why"),
    [
        ("PUT", {"Origin": HOST, "Content-Type": JSON}, 200, "our own page"),
        ("PUT", {"Origin": HOST, "Content-Type": "image/jpeg"}, 200, "a photo"),
        ("PUT", {"Origin": HOST, "Content-Type": JSON + "; charset=utf-8"}, 200, "with a charset"),
        ("PUT", {"Sec-Fetch-Site": "same-origin", "Content-Type": JSON}, 200, "the browser says so"),
        ("DELETE", {"Origin": HOST}, 200, "no body, no type"),
        ("PUT", {"Content-Type": JSON}, 403, "no origin"),
        ("PUT", {"Origin": "null", "Content-Type": JSON}, 403, "a sandboxed frame"),
        ("PUT", {"Origin": "http://evil.example", "Content-Type": JSON}, 403, "another site"),
        ("PUT", {"Origin": "http://kayoi.example.evil", "Content-Type": JSON}, 403, "a longer name"),
        ("PUT", {"Origin": "http://kayoi.example:81", "Content-Type": JSON}, 403, "another port"),
        ("PUT", {"Origin": "ftp://kayoi.example", "Content-Type": JSON}, 403, "another scheme"),
        ("PUT", {"Origin": "http://[", "Content-Type": JSON}, 403, "no address"),
        ("PUT", {"Sec-Fetch-Site": "same-site", "Content-Type": JSON}, 403, "a sister host"),
        ("PUT", {"Sec-Fetch-Site": "cross-site", "Content-Type": JSON}, 403, "another site"),
        ("PUT", {"Sec-Fetch-Site": "none", "Content-Type": JSON}, 403, "nobody's page"),
        ("POST", {"Origin": HOST, "Content-Type": "text/plain"}, 403, "a form can send it"),
        ("POST", {"Origin": HOST, **FORM}, 403, "a form can send it"),
        ("POST", {"Origin": HOST, "Content-Type": "multipart/form-data"}, 403, "as above"),
        ("POST", {"Origin": HOST}, 403, "no type"),
        ("DELETE", {}, 403, "no origin"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("needed", [True, False])
def test_only_our_own_pages_change_anything(door, method, headers, status, why, needed):
    client = door.open()
    door.sign_in(client)
    if not needed:
        door.needed = False
        headers = {k: v.replace("kayoi.example", "localhost") for k, v in headers.items()}
        client = door.open("http://localhost")
    found = client.request(method, "/api/v1/who", headers=headers)
    assert found.status_code == status, why
    if status == 403:
        assert set(found.json()["error"]) == {"ja", "en"}


def test_http_pages_do_not_act_on_https(door):
    client = door.open("https://kayoi.example")
    door.sign_in(client)
    told = {"Origin": "http://kayoi.example", "Content-Type": JSON}
    assert client.put("/api/v1/who", headers=told).status_code == 403


@pytest.mark.parametrize("path", ["/auth/login", "/auth/logout"])
@pytest.mark.parametrize("headers", [{}, {"Origin": "http://evil.example"}, {"Origin": "null"}])
def test_nobody_is_signed_in_or_out_from_another_site(door, path, headers):
    client = door.open()
    door.sign_in(client)
    assert client.post(path, data={"name": "a"}, headers=headers).status_code == 403
    assert client.get("/map").status_code == 200


def test_streamlits_uploads_are_its_own_matter_but_need_a_session(door):
    client = door.open()
    body = {"Content-Type": "multipart/form-data; boundary=x"}
    assert client.put("/_stcore/upload_file/a/b", headers=body).status_code == 401
    door.sign_in(client)
    assert client.put("/_stcore/upload_file/a/b", headers=body).status_code == 200


def test_a_socket_from_another_site_is_refused(door):
    client = door.open()
    door.sign_in(client)
    for origin in ("http://evil.example", "null", "http://kayoi.example:3000"):
        with (
            pytest.raises(WebSocketDisconnect) as refused,
            client.websocket_connect(SOCKET, headers={"Origin": origin}),
        ):
            pass
        assert refused.value.code == 4403
    with client.websocket_connect(SOCKET, headers={"Origin": HOST}) as socket:
        socket.send_text("a")


# ---- without sign-in, this machine alone ---------------------------------------------------


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8501", 200), ("127.0.0.1:8501", 200), ("[::1]:8501", 200), ("LOCALHOST", 200),
        ("kayoi.example", 403), ("localhost.evil.example", 403), ("127.0.0.1.nip.example", 403),
        ("192.168.1.5:8501", 403), ("evil@localhost.example", 403), ("[", 403), ("", 403),
    ],
)  # fmt: skip
def test_without_sign_in_only_loopback_names_are_answered(door, host, status):
    door.needed = False
    client = door.open()
    assert client.get("/map", headers={"Host": host}).status_code == status
    if status == 403:
        with (
            pytest.raises(WebSocketDisconnect),
            client.websocket_connect(SOCKET, headers={"Host": host}),
        ):
            pass


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_without_sign_in_nothing_is_answered_through_a_proxy(door, header):
    door.needed = False
    client = door.open("http://localhost:8501")
    assert client.get("/map", headers={header: "192.0.2.1"}).status_code == 403
    assert client.get("/map").status_code == 200
    assert client.get("/auth/me").json() == {"required": False, "account": None}
    assert client.get("/auth/login?next=/map").headers["location"] == "/map"
