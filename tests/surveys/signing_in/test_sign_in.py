"""Who signed in passes everywhere, by a cookie for this host alone, and comes back where they were."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sign_in_desk import FORM, GOOD, HOST, OWN, SOCKET, Desk
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from streamlit.testing.v1 import AppTest
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from layers.commands.serve import TRUSTED_PROXIES
from surveys.accounts.user import User
from surveys.api.next_guard import safe_next, sign_in_address
from surveys.signing_in.sessions import COOKIE, SECURE_COOKIE
from surveys.signing_in.tries import TRIES_OF_NAME
from surveys.store import accounts as store

# ---- who is known passes -------------------------------------------------------------------


def test_whoever_signed_in_passes_everywhere_until_signing_out(door):
    client = door.open()
    answer = door.sign_in(client, to="/map?id=1")
    assert answer.status_code == 303 and answer.headers["location"] == "/map?id=1"
    assert client.get("/map").status_code == 200
    assert client.get("/api/v1/who").json() == {"name": "tanaka", "id": "u1"}
    with client.websocket_connect(SOCKET) as socket:
        socket.send_text("a")
        assert socket.receive_text() == "a"
    me = client.get("/auth/me").json()
    assert me == {"required": True, "account": {"name": "tanaka", "title": "生活支援係"}}
    asked = client.get("/auth/logout")
    assert asked.status_code == 200 and client.get("/map").status_code == 200
    kept = dict(client.cookies)
    assert client.post("/auth/logout", headers=OWN | FORM).status_code == 303
    assert set(client.cookies) == {"kayoi_left"}  # a mark, and no secret
    client.cookies.update(kept)  # a copy of the cookie is worth nothing now
    assert client.get("/map").status_code == 401
    assert client.get("/auth/me").json() == {"required": True, "account": None}


def test_a_disabled_users_running_session_is_refused_at_once(door):
    client = door.open()
    door.sign_in(client)
    store.disable_account(door.register, "u1", "2026-11-21T09:00:00.000Z")
    assert client.get("/map").status_code == 401
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(SOCKET):
        pass


def test_signing_in_again_makes_a_new_secret_and_ends_the_old_one(door):
    client = door.open()
    door.sign_in(client)
    first = client.cookies[COOKIE]
    door.sign_in(client)
    assert client.cookies[COOKIE] != first
    other = door.open(cookies={COOKIE: first})
    assert other.get("/map").status_code == 401


def test_wrong_names_and_passwords_look_alike_and_then_must_wait(door):
    client = door.open()
    wrong = door.sign_in(client, "not the password")
    other = client.post("/auth/login", data={"name": "suzuki", "password": GOOD}, headers=OWN)
    assert wrong.status_code == other.status_code == 401
    assert wrong.text.replace("tanaka", "") .replace("%2Fmap", "/").replace("/map", "/") == (
        other.text.replace("suzuki", "")
    )  # fmt: skip
    for _ in range(TRIES_OF_NAME):
        door.sign_in(client, "not the password")
    told = door.sign_in(client)
    assert told.status_code == 429 and int(told.headers["retry-after"]) <= 900
    door.clock.now += timedelta(minutes=15)
    assert door.sign_in(client).status_code == 303


@pytest.mark.parametrize("body", [b"", b"name=a", b"\xff\xfe", b"a=1&" * 50, b"x" * 20_000, b"%"])
def test_a_form_that_is_none_is_answered_in_words(door, body):
    answer = door.open().post("/auth/login", content=body, headers=OWN | FORM)
    assert answer.status_code in (400, 401) and "<form" in answer.text


# ---- the cookie ----------------------------------------------------------------------------


def test_the_cookie_is_for_this_host_alone_and_no_script(door):
    plain = door.sign_in(door.open()).headers["set-cookie"]
    assert plain.startswith(f"{COOKIE}=") and "Secure" not in plain
    secure = door.sign_in(door.open("https://kayoi.example")).headers["set-cookie"]
    assert secure.startswith(f"{SECURE_COOKIE}=") and "Secure" in secure
    for cookie in (plain, secure):
        assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/" in cookie
        assert "Domain" not in cookie


def test_over_https_a_cookie_set_over_http_is_nobody(door):
    client = door.open()
    door.sign_in(client)
    other = door.open("https://kayoi.example", cookies={COOKIE: client.cookies[COOKIE]})
    assert other.get("/map").status_code == 401


@pytest.mark.parametrize(
    ("peer", "believed"), [("127.0.0.1", True), ("::1", True), ("192.0.2.7", False)]
)
def test_a_proxy_is_believed_from_this_machine_alone(door, peer, believed):
    app = ProxyHeadersMiddleware(door.app, trusted_hosts=TRUSTED_PROXIES)
    client = TestClient(app, base_url=HOST, client=(peer, 4000), follow_redirects=False)
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.9"}
    told = headers | {"Origin": "https://kayoi.example"}
    answer = client.post("/auth/login", data={"name": "tanaka", "password": GOOD}, headers=told)
    assert answer.status_code == 303
    assert answer.headers["set-cookie"].startswith(f"{SECURE_COOKIE}=") is believed
    assert ("strict-transport-security" in answer.headers) is believed
    token = answer.headers["set-cookie"].split(";")[0]
    assert client.get("/map", headers=headers | {"Cookie": token}).status_code == 200


# ---- where to go next, and how the page looks ----------------------------------------------


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("/map", "/map"), ("/field/", "/field/"), ("/karte?id=%E6%A1%9C&lang=en", "/karte?id=%E6%A1%9C&lang=en"),
        ("/?a=//b", "/?a=//b"), (None, "/"), ("", "/"), ("map", "/"), ("//evil.example", "/"),
        ("///evil.example", "/"), ("/\\evil.example", "/"), ("\\\\evil.example", "/"), ("/a\\b", "/"),
        ("https://evil.example/", "/"), ("javascript:alert(1)", "/"), ("/\t/evil.example", "/"),
        ("/\n/evil.example", "/"), (" /map", "/"), ("/map\r\nSet-Cookie: a=b", "/"), ("/\x7f", "/"),
        ("/auth/logout", "/"), ("/" + "x" * 2001, "/"), ("http:evil.example", "/"),
    ],
)  # fmt: skip
def test_after_signing_in_one_stays_here(door, text, to):
    assert safe_next(text) == to
    answer = door.sign_in(door.open(), to=text or "")
    assert answer.status_code == 303 and answer.headers["location"] == to


def test_the_way_back_survives_the_way_there():
    assert sign_in_address("/桜 の", "a=%26&b=1") == (
        "/auth/login?next=/%25E6%25A1%259C%2520%25E3%2581%25AE%3Fa%3D%2526%26b%3D1"
    )


def test_the_page_is_bare_safe_and_in_both_languages(door):
    client = door.open()
    page = client.get("/auth/login?next=/map%22%3E%3Cscript%3E&lang=ja")
    assert "<script" not in page.text and "onerror" not in page.text
    csp = page.headers["content-security-policy"]
    assert (
        "default-src 'none'" in csp and "unsafe-inline" not in csp and "style-src 'sha256-" in csp
    )
    assert page.headers["cache-control"] == "no-store"
    assert 'lang="ja"' in page.text.replace("'", '"') and "kayoi user password" in page.text
    assert "autocomplete='username'" in page.text and "'current-password'" in page.text
    english = client.get("/auth/login", headers={"Accept-Language": "fr,en-GB;q=0.8,ja;q=0.5"})
    assert "Sign in" in english.text and "パスワード" not in english.text
    assert "not encrypted" in english.text
    secure = door.open("https://kayoi.example").get("/auth/login?lang=en")
    assert "not encrypted" not in secure.text


def test_a_name_comes_back_as_text(door):
    form = {"name": "'><script>alert(1)</script>{{7*7}}", "password": "x"}
    page = door.open().post("/auth/login", data=form, headers=OWN)
    assert "<script" not in page.text and "&#x27;&gt;&lt;script" in page.text


def test_headers_keep_pages_to_themselves(door):
    client = door.open("https://kayoi.example")
    door.sign_in(client)
    headers = client.get("/map").headers
    assert headers["x-content-type-options"] == "nosniff"
    # What says nothing of its kind may do nothing.
    assert "sandbox" in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
    assert "max-age" in headers["strict-transport-security"]
    local = door.open("https://localhost:8501").get("/auth/login").headers
    assert "strict-transport-security" not in local
    assert "strict-transport-security" not in door.open().get("/auth/login").headers


def test_the_page_says_when_there_is_no_account_yet(register):
    page = Desk(register).open().get("/auth/login?lang=ja")
    assert "kayoi user add" in page.text


# ---- pages ---------------------------------------------------------------------------------


def small_page():
    import streamlit as st

    from geo.base.words import Words
    from pages.parts.frame.foot import show_foot
    from pages.parts.frame.frame import begin_page
    from pages.parts.frame.office import role_now

    begin_page(Words("題", "title"))
    st.text("records")
    st.text(role_now("ja"))
    show_foot("ja")


@pytest.fixture
def shown(monkeypatch):
    """Run a page as a user, or nobody, sees it."""

    def run(user):
        monkeypatch.setenv("KAYOI_SIGN_IN", "needed")
        town = SimpleNamespace(relief=None, divisions=("町丁目",), facts={}, streetless=False)
        monkeypatch.setattr("pages.parts.frame.frame.day_now", lambda: SimpleNamespace(town=town))
        monkeypatch.setattr("pages.parts.frame.signed_in.find_user", lambda _cookies: user)
        page = AppTest.from_function(small_page, default_timeout=30).run()
        assert not page.exception, page.exception
        return [one.value for one in page.text], "".join(one.proto.body for one in page.get("html"))

    return run


def test_a_page_stops_once_the_session_has_ended(shown):
    texts, everything = shown(None)
    assert texts == [] and "サインインが終わっています" in everything
    assert "/auth/login?next=" in everything


def test_a_page_says_who_is_signed_in_and_offers_their_role(shown):
    texts, everything = shown(User(id="u1", name="<b>田中", title="生活支援係"))
    assert texts == ["records", "生活支援係"]
    assert "&#60;b&#62;田中" in everything and "/auth/logout" in everything
    assert shown(User(id="u1", name="田中"))[0] == ["records", "生活支援コーディネーター"]
