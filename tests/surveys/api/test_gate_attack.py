"""What strangers try on the gate, the sign-in and the server that stands behind a proxy."""

import asyncio
import time

import pytest
from register_fixtures import open_sqlite
from sign_in_desk import FORM, GOOD, HOST, OWN, SOCKET, let_watches_end, open_door
from starlette.websockets import WebSocketDisconnect

from layers.commands import serve
from layers.field.shell import load_shell
from surveys.api import sign_in as desk
from surveys.api.kinds import KINDS
from surveys.api.sign_in import LEFT
from surveys.api.sign_in_page import SIGN_OUT_SCRIPT
from surveys.signing_in import tries
from surveys.signing_in.sessions import COOKIE, SECURE_COOKIE, current_user
from surveys.signing_in.tries import TRIES_OF_ADDRESS, TRIES_OF_NAME, WINDOW

WRONG = "not the password"
LOCAL = "http://localhost:8501"


@pytest.fixture
def door(tmp_path, monkeypatch):
    register = open_sqlite(tmp_path)
    yield open_door(register, monkeypatch)
    let_watches_end()
    register.engine.dispose()


# ---- who is let near without sign-in -------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    ["Via", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Forwarded-Server", "CF-Connecting-IP",
     "True-Client-IP", "X-Client-IP", "X-Original-Host"],
)  # fmt: skip
def test_without_sign_in_no_kind_of_proxy_is_answered(door, header):
    door.needed = False
    client = door.open(LOCAL)
    assert client.get("/map").status_code == 200
    assert client.get("/map", headers={header: "x"}).status_code == 403


async def ask(app, *, body=b"", **more):
    """Ask as a server hands a request on; return the status."""
    came = []
    scope = {
        "type": "http", "method": "GET", "path": "/map", "raw_path": b"/map", "query_string": b"",
        "scheme": "http", "headers": [(b"host", b"127.0.0.1:8501")], "http_version": "1.1",
        "server": ("127.0.0.1", 8501), "client": ("127.0.0.1", 1), "root_path": "",
    } | more  # fmt: skip

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        came.append(message)

    await app(scope, receive, send)
    return came[0]["status"]


def test_without_sign_in_a_bare_nginx_in_front_is_seen_by_its_http(door):
    door.needed = False
    assert asyncio.run(ask(door.app)) == 200
    assert asyncio.run(ask(door.app, http_version="1.0")) == 403
    door.needed = True
    assert asyncio.run(ask(door.app, http_version="1.0")) == 401


@pytest.mark.parametrize("host", ["user@localhost", "@127.0.0.1", "evil@localhost:8501"])
def test_a_host_with_a_user_in_it_is_nobodys(door, host):
    door.needed = False
    assert door.open().get("/map", headers={"Host": host}).status_code == 403


@pytest.mark.parametrize("needed", [True, False])
@pytest.mark.parametrize("headers", [{"Origin": "http://evil.example"}, {"Origin": "null"},
                                     {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}])  # fmt: skip
def test_no_other_site_acts_on_streamlits_addresses(door, headers, needed):
    door.needed = needed
    client = door.open(LOCAL)
    if needed:
        door.sign_in(client)
    path = "/_stcore/upload_file/a/b"
    assert client.put(path, headers=headers).status_code == 403
    assert client.put(path, headers={"Origin": LOCAL}).status_code == 200
    assert client.put(path, headers=headers | {"Origin": LOCAL}).status_code == 200


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "M-SEARCH"])
def test_no_odd_method_passes(door, method):
    door.needed = False
    assert door.open(LOCAL).request(method, "/api/v1/who").status_code in (403, 405)


# ---- tries ---------------------------------------------------------------------------------


def sign_in(door, address, password=GOOD, name="tanaka"):
    client = door.open(client=(address, 1))
    form = {"name": name, "password": password}
    return client.post("/auth/login", data=form, headers=OWN).status_code


def test_nobody_is_kept_out_for_good_by_wrong_passwords_from_elsewhere(door):
    for _ in range(4):
        for _ in range(TRIES_OF_NAME + 5):
            assert sign_in(door, "192.0.2.66", WRONG) in (401, 429)
        assert sign_in(door, "192.0.2.66") == 429
        assert sign_in(door, "192.0.2.7") == 303
        door.clock.now += WINDOW


def test_a_name_under_attack_gives_each_place_one_try_and_no_more(door):
    for number in range(TRIES_OF_NAME):
        sign_in(door, f"192.0.2.{number}", WRONG)
    assert [sign_in(door, "198.51.100.1", WRONG) for _ in range(3)] == [401, 429, 429]
    assert sign_in(door, "198.51.100.1") == 429
    assert sign_in(door, "192.0.2.1") == 429
    assert sign_in(door, "198.51.100.2") == 303
    assert sign_in(door, "198.51.100.1") == 303  # a right one forgets the rest


@pytest.mark.parametrize("name", ["TANAKA", "ｔａｎａｋａ", " tanaka\u3000", "tanaka\t", "Tanaka"])
def test_another_writing_of_a_name_is_the_same_name_to_the_counter(door, name):
    for _ in range(TRIES_OF_NAME):
        assert sign_in(door, "192.0.2.1", WRONG) == 401
    assert sign_in(door, "192.0.2.1", name=name) == 429


def test_one_house_of_ipv6_is_one_place(door):
    assert [
        sign_in(door, f"2001:db8::{at}", WRONG, f"n{at}") for at in range(TRIES_OF_ADDRESS)
    ] == ([401] * TRIES_OF_ADDRESS)
    assert sign_in(door, "2001:db8::ffff") == 429
    assert sign_in(door, "2001:db8:0:1::1") == 303


def test_keys_of_tries_fit_their_column():
    for address in ("", "x" * 500, "2001:db8::1", "\udc80"):
        assert len(tries.place_key("名" * 1000, address)) <= 120
        assert tries.place_key("a", address).startswith(tries.name_key("a"))


def test_a_crowd_at_the_sign_in_leaves_the_pages_free(door, monkeypatch):
    at_once = []

    def slow(_self, _asked, _request):
        at_once.append(1)
        most.append(len(at_once))
        time.sleep(0.05)
        at_once.pop()

    most = []
    monkeypatch.setattr(desk.SignIn, "_sign_in", slow)
    headers = [
        (b"host", b"x"),
        (b"origin", b"http://x"),
        (b"content-type", FORM["Content-Type"].encode()),
    ]
    trying = {"method": "POST", "path": "/auth/login", "headers": headers}

    async def crowd():
        tries_ = [asyncio.create_task(ask(door.app, body=b"name=a", **trying)) for _ in range(80)]
        await asyncio.sleep(0.1)
        assert await ask(door.app) == 401
        assert not all(one.done() for one in tries_), "the page did not wait for the crowd"
        return await asyncio.gather(*tries_)

    told = asyncio.run(crowd())
    assert max(most) == 2
    assert set(told) == {401, 503} and told.count(401) >= 30


def test_whoever_is_sent_away_for_the_crowd_is_told_so(door, monkeypatch):
    monkeypatch.setattr(desk, "_MOST_WAITING", 0)
    answer = door.sign_in(door.open())
    assert answer.status_code == 503 and int(answer.headers["retry-after"]) > 0
    assert "こみあって" in answer.text and "<form" in answer.text


# ---- cookies -------------------------------------------------------------------------------


def test_a_cookie_of_https_that_ended_does_not_hide_the_one_of_http(door):
    client = door.open(LOCAL)
    door.sign_in(client)
    token = client.cookies[COOKIE]
    both = {SECURE_COOKIE: "A" * 43, COOKIE: token}
    now = door.clock()
    assert current_user(both, door.register, now=now).name == "tanaka"
    assert current_user(both, door.register, now=now, secure=True) is None
    assert current_user({SECURE_COOKIE: "A" * 43, COOKIE: "B" * 43}, door.register, now=now) is None


def test_a_secret_somebody_chose_before_is_never_taken(door):
    client = door.open(cookies={COOKIE: "F" * 43})
    answer = door.sign_in(client)
    assert answer.status_code == 303 and "F" * 43 not in answer.headers["set-cookie"]
    assert door.open(cookies={COOKIE: "F" * 43}).get("/map").status_code == 401


def test_signing_out_says_what_goes_from_the_device_and_what_stays(door):
    client = door.open()
    door.sign_in(client)
    ja = client.get("/auth/logout?lang=ja").text
    assert "端末から消えます" in ja and "送っていない記録は消えません" in ja
    assert "put on this device are erased" in client.get("/auth/logout?lang=en").text
    assert client.get("/map").status_code == 200


def test_a_sign_out_clears_the_browsers_cache_and_leaves_its_storage(door):
    client = door.open()
    door.sign_in(client)
    asked = client.get("/auth/logout")
    policy = KINDS["leave"].headers()["Content-Security-Policy"]
    assert asked.headers["content-security-policy"] == policy and "script-src 'self';" in policy
    assert SIGN_OUT_SCRIPT in asked.text and SIGN_OUT_SCRIPT in load_shell().files
    out = client.post("/auth/logout", headers=OWN | FORM)
    assert out.headers["clear-site-data"] == '"cache"'  # unsent records lie in "storage"
    (mark,) = (one for one in out.headers.get_list("set-cookie") if one.startswith(LEFT))
    assert mark.startswith("kayoi_left=1;") and "Path=/field/" in mark
    assert "HttpOnly" not in mark, "the field app has to read it"
    assert "script" not in client.get("/auth/login").text


def test_an_old_connection_of_a_name_that_was_locked_stays_open(door):
    client = door.open()
    door.sign_in(client)
    for _ in range(TRIES_OF_NAME + 1):
        sign_in(door, "192.0.2.66", WRONG)
    assert client.get("/map").status_code == 200


def test_a_socket_without_a_session_is_closed_whatever_it_claims(door):
    for headers in (
        {"Origin": HOST},
        {"Sec-Fetch-Site": "same-origin"},
        {"X-Forwarded-For": "::1"},
    ):
        with (
            pytest.raises(WebSocketDisconnect),
            door.open().websocket_connect(SOCKET, headers=headers),
        ):
            pass


# ---- the command ---------------------------------------------------------------------------


def test_this_machines_other_address_is_no_taken_port():
    try:
        port = serve.choose_port("::1", None)
    except OSError:  # pragma: no cover - a machine without IPv6
        pytest.skip("no IPv6")
    assert serve.choose_port("::1", port) == port
