"""Served for real: who was disabled is gone from every server on the register, silent or not."""

import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from contextlib import ExitStack

import pytest
from served_process import answering, free_port, start_kayoi
from streamlit.proto.BackMsg_pb2 import BackMsg
from sync_device import DEVICE, dump, submission
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from surveys.signing_in.sessions import COOKIE
from surveys.store.register import open_register

PASSWORD = "桜の木の下で会いましょう"  # noqa: S105 - of a town made here
# A socket that stays open fails here; how soon it closes is measured by hand.
LONGEST_S = 20


def kayoi_user(folder, action, name, password=None):
    words = [sys.executable, "-m", "geo.cli", "user", action, name, "--town", str(folder)]
    given = ["--password-stdin"] if password else []
    subprocess.run([*words, *given], input=password, text=True, check=True, capture_output=True)


@pytest.fixture(scope="module")
def served(small_town, tmp_path_factory):
    """Two servers on one town, which asks for sign-in."""
    folder = tmp_path_factory.mktemp("leaving") / "town"
    shutil.copytree(small_town, folder, ignore=shutil.ignore_patterns("register"))
    for name in ("tanaka", "suzuki"):
        kayoi_user(folder, "add", name, PASSWORD)
    with ExitStack() as stack:
        addresses = []
        for _ in range(2):
            port = free_port()
            server = start_kayoi(
                "serve", "--town", str(folder), "--port", str(port),
                env={**os.environ, "KAYOI_LANG": "ja", "KAYOI_SIGN_IN": "needed"},
            )  # fmt: skip
            addresses.append(f"http://127.0.0.1:{port}")
            stack.enter_context(answering(server, addresses[-1]))
        yield folder, addresses


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def ask(address, path, *, cookie="", body=None, media="", method="POST"):
    """Return the status and the heads of an answer."""
    heads = {"Origin": address, "Content-Type": media, "Cookie": cookie, "X-Kayoi-Device": DEVICE}
    asked = urllib.request.Request(address + path, data=body, headers=heads, method=method)
    try:
        with urllib.request.build_opener(NoRedirect).open(asked, timeout=60) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers


def sign_in(address, name):
    form = urllib.parse.urlencode({"name": name, "password": PASSWORD}).encode()
    media = "application/x-www-form-urlencoded"
    status, heads = ask(address, "/auth/login", body=form, media=media)
    assert status == 303
    return heads["Set-Cookie"].split(";")[0]


def open_socket(address, cookie):
    return connect(
        address.replace("http", "ws") + "/_stcore/stream", subprotocols=["streamlit"],
        additional_headers={"Cookie": cookie}, origin=address, max_size=None,
    )  # fmt: skip


def draw(socket):
    """Have a page drawn, as a browser does, and wait for its first word."""
    asked = BackMsg()
    asked.rerun_script.query_string = ""
    socket.send(asked.SerializeToString())
    assert socket.recv(timeout=3 * LONGEST_S)


def read_to_the_end(socket):
    """Return what the server closed a socket with, whatever it still said before."""
    try:
        while True:
            socket.recv(timeout=LONGEST_S)
    except ConnectionClosed as ended:
        return ended.rcvd.code


def send_record(address, cookie, one):
    path = f"/api/v1/field/records/{one['id']}"
    body = dump(one).encode()
    status, _ = ask(address, path, cookie=cookie, body=body, media="application/json", method="PUT")
    return status


def disable(folder, name):
    kayoi_user(folder, "disable", name)


def change_password(folder, name):
    kayoi_user(folder, "password", name, PASSWORD + "二")


@pytest.mark.parametrize("leave", [disable, change_password])
def test_every_socket_of_who_left_is_closed_on_every_server_and_nothing_is_saved(served, leave):
    folder, addresses = served
    name = {disable: "tanaka", change_password: "suzuki"}[leave]
    cookies = [sign_in(address, name) for address in addresses]
    with ExitStack() as stack:
        sockets = [
            stack.enter_context(open_socket(address, cookie))
            for address, cookie in zip(addresses, cookies, strict=True)
            for _ in range(3)
        ]
        for socket in sockets[::3]:  # of each server, one draws and two never say a word
            draw(socket)
        assert [send_record(a, c, submission()) for a, c in zip(addresses, cookies, strict=True)] == [
            200, 200,
        ]  # fmt: skip
        register = open_register(folder)
        before = register.stamp()
        leave(folder, name)
        assert [read_to_the_end(socket) for socket in sockets] == [4401] * 6
    for address, cookie in zip(addresses, cookies, strict=True):
        assert send_record(address, cookie, submission()) == 401
        with pytest.raises(InvalidStatus):
            open_socket(address, cookie)
    assert register.stamp() == before
    register.engine.dispose()


def test_a_sign_out_on_one_server_closes_the_sockets_of_that_session_on_the_other(served):
    folder, (here, there) = served
    kayoi_user(folder, "add", "sato", PASSWORD)
    cookie, other = sign_in(here, "sato"), sign_in(here, "sato")
    assert cookie.startswith(COOKIE)
    with (
        open_socket(here, cookie) as one,
        open_socket(there, cookie) as two,
        open_socket(there, other) as stays,
    ):
        media = "application/x-www-form-urlencoded"
        assert ask(here, "/auth/logout", cookie=cookie, body=b"", media=media)[0] == 303
        assert [read_to_the_end(socket) for socket in (one, two)] == [4401, 4401]
        draw(stays)
