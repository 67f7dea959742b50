"""``kayoi serve``: a certificate looked at first, and never open to others without accounts."""

import http.client
import os
import shutil
import ssl
import subprocess
import urllib.error
import urllib.parse
import urllib.request

import pytest
from served_process import answering, free_port, start_kayoi

from geo.base.problems import InputError
from layers.commands import serve
from layers.commands.certificate import check_pair
from layers.commands.serve import Listening, needs_sign_in, serve_town
from surveys.accounts.passwords import hash_password
from surveys.accounts.user import User
from surveys.store import accounts as store
from surveys.store.register import open_register

GOOD = "桜の木の下で会いましょう"


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch):
    monkeypatch.setenv("KAYOI_SIGN_IN", "off")  # put back afterwards, whatever serving sets
    monkeypatch.setenv("KAYOI_TOWN", "none")
    monkeypatch.delenv("DATABASE_URL", raising=False)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """Two pairs, and one key with a pass phrase; made by openssl for this run alone."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here")
    folder = tmp_path_factory.mktemp("certificates")
    for name, more in (("a", ["-nodes"]), ("b", ["-nodes"]), ("locked", ["-passout", "pass:abcd"])):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-keyout", folder / f"{name}.key", "-out", folder / f"{name}.crt", "-days", "2",
             "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", *more],
            check=True, capture_output=True,
        )  # fmt: skip
    (folder / "text.crt").write_text("no certificate\n")
    return folder


@pytest.fixture
def town(small_town, tmp_path):
    return shutil.copytree(small_town, tmp_path / "town")


@pytest.fixture
def people(town):
    register = open_register(town)
    user = User(id="u1", name="tanaka")
    store.add_account(register, store.Account(user=user, password=hash_password(GOOD)), "now")
    register.engine.dispose()
    return town


@pytest.fixture
def started(monkeypatch):
    """What would have been served; nothing is."""
    given = []

    class Started:
        def __init__(self, config, *_args, **_more):
            given.append(config)

        def run(self, sockets):
            for one in sockets:
                one.close()

    monkeypatch.setattr(serve, "GuardedServer", Started)
    return given


def test_a_pair_that_fits_serves_https_and_none_serves_http(certificates):
    assert check_pair(certificates / "a.crt", certificates / "a.key")
    assert not check_pair(None, None)


@pytest.mark.parametrize(
    ("cert", "key", "said"),
    [
        ("a.crt", None, "両方"), (None, "a.key", "両方"), ("none.crt", "a.key", "読めません"),
        ("a.crt", "none.key", "読めません"), ("a.crt", "b.key", "対になっていません"),
        ("text.crt", "a.key", "使えません"), ("a.crt", "text.crt", "使えません"),
        ("locked.crt", "locked.key", "パスフレーズ"),
    ],
)  # fmt: skip
def test_a_pair_that_cannot_serve_is_told_before_starting(certificates, cert, key, said):
    with pytest.raises(InputError) as told:
        check_pair(cert and certificates / cert, key and certificates / key)
    assert said in told.value.words.ja


@pytest.mark.parametrize(
    ("accounts", "listening", "environment", "needed"),
    [
        (False, Listening(), "off", False), (False, Listening(), "needed", True),
        (False, Listening(host="localhost"), "", False), (False, Listening(sign_in=True), "off", True),
        (True, Listening(), "off", True), (True, Listening(host="0.0.0.0"), "off", True),  # noqa: S104
        (True, Listening(host="192.0.2.1"), "off", True),
    ],
)  # fmt: skip
def test_only_this_machine_without_accounts_goes_without_sign_in(
    request, monkeypatch, accounts, listening, environment, needed
):
    folder = request.getfixturevalue("people" if accounts else "town")
    monkeypatch.setenv("KAYOI_SIGN_IN", environment)
    assert needs_sign_in(folder, listening) is needed


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::"])  # noqa: S104
def test_others_are_not_let_near_while_nobody_has_an_account(town, started, host):
    with pytest.raises(InputError) as told:
        serve_town(town, Listening(host=host), lang="ja", browser=False)
    assert "kayoi user add" in told.value.words.ja and not started


def test_http_for_others_is_warned_of_and_https_is_not(people, started, certificates, capsys):
    everywhere = Listening(host="0.0.0.0")  # noqa: S104
    serve_town(people, everywhere, lang="ja", browser=False)
    said = capsys.readouterr()
    assert "http://0.0.0.0:" in said.out and "暗号化されていません" in said.err
    assert os.environ["KAYOI_SIGN_IN"] == "needed"
    pair = Listening(
        host="0.0.0.0",  # noqa: S104
        cert=certificates / "a.crt",
        key=certificates / "a.key",
    )
    serve_town(people, pair, lang="ja", browser=False)
    said = capsys.readouterr()
    assert "https://0.0.0.0:" in said.out and "暗号化" not in said.err
    assert started[1].ssl_certfile == certificates / "a.crt"
    assert started[1].forwarded_allow_ips == "127.0.0.1,::1"


def test_over_https_one_signs_in_and_sees_the_pages(people, certificates, tmp_path):
    port = free_port()
    trusted = ssl.create_default_context(cafile=str(certificates / "a.crt"))
    pair = ["--cert", str(certificates / "a.crt"), "--key", str(certificates / "a.key")]
    told = tmp_path / "told.txt"
    with told.open("w") as file:
        server = start_kayoi(
            "serve", "--town", str(people), "--port", str(port), *pair, stdout=file, stderr=file
        )
        with answering(server, f"https://localhost:{port}", trusted):
            look_around(port, trusted)
    assert f"https://127.0.0.1:{port}/" in told.read_text()
    assert "Traceback" not in told.read_text() and "kayoi_session" not in told.read_text()


def look_around(port, trusted):
    def ask(method, path, body=None, **headers):
        talk = http.client.HTTPSConnection("localhost", port, timeout=20, context=trusted)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        talk.request(method, path, body, names)
        answer = talk.getresponse()
        data = answer.read()
        talk.close()
        return answer, data

    sign = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Version": "13",
            "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ=="}  # fmt: skip
    assert ask("GET", "/", Accept="text/html")[0].status == 303
    assert ask("GET", "/_stcore/stream", **sign)[0].status == 403
    form = urllib.parse.urlencode({"name": "tanaka", "password": GOOD})
    answer, _ = ask(
        "POST", "/auth/login?next=/map", form, Origin=f"https://localhost:{port}",
        Content_Type="application/x-www-form-urlencoded",
    )  # fmt: skip
    cookie = answer.getheader("Set-Cookie")
    assert answer.status == 303 and cookie.startswith("__Host-kayoi_session=")
    known = {"Cookie": cookie.split(";")[0]}
    answer, data = ask("GET", "/map", Accept="text/html", **known)
    assert answer.status == 200 and b"<html" in data and b"BACKEND_BASE_URL" in data
    assert ask("GET", "/_stcore/host-config", **known)[0].status == 200
    assert ask("GET", "/print/list", **known)[0].status == 200
    talk = http.client.HTTPSConnection("localhost", port, timeout=20, context=trusted)
    talk.request(
        "GET", "/_stcore/stream", None, {k.replace("_", "-"): v for k, v in (sign | known).items()}
    )
    assert talk.getresponse().status == 101
    talk.close()
