"""A small app behind the gate, with one account."""

import threading
from contextlib import suppress
from datetime import UTC, datetime

from argon2 import PasswordHasher
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from surveys.accounts import passwords
from surveys.accounts.passwords import hash_password
from surveys.accounts.user import User
from surveys.api.gate import Gate, account_id_of, user_of
from surveys.api.sign_in import make_sign_in_routes
from surveys.signing_in.sessions import current_user, find_standing
from surveys.store import accounts as store

GOOD = "桜の木の下で会いましょう"
HOST = "http://kayoi.example"
SOCKET = "ws://kayoi.example/_stcore/stream"
OWN = {"Origin": HOST}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
VISIT = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


class Clock:
    now = datetime(2026, 11, 21, 9, tzinfo=UTC)

    def __call__(self):
        return self.now


class Desk:
    """A small app behind the gate."""

    def __init__(self, register):
        self.register, self.clock, self.needed = register, Clock(), True
        self.app = Starlette(
            routes=[
                *make_sign_in_routes(lambda: register, lambda: self.needed, self.clock),
                Route("/map", page, methods=["GET", "POST"]),
                Route("/api/v1/who", who, methods=["GET", "PUT", "POST", "DELETE"]),
                Route("/_stcore/upload_file/a/b", who, methods=["PUT"]),
                WebSocketRoute("/_stcore/stream", echo),
            ],
            middleware=[
                Middleware(
                    Gate,
                    find_user=self.find,
                    needed=lambda: self.needed,
                    find_standing=self.standing,
                )
            ],
        )

    def find(self, cookies, secure):
        return current_user(cookies, self.register, now=self.clock(), secure=secure)

    def standing(self, ids):
        return find_standing(self.register, ids, now=self.clock())

    def open(self, base=HOST, **more):
        return TestClient(self.app, base_url=base, follow_redirects=False, **more)

    def sign_in(self, client, password=GOOD, to="/map", **headers):
        base = str(client.base_url).rstrip("/")
        form = {"name": "tanaka", "password": password}
        return client.post(
            "/auth/login", params={"next": to}, data=form, headers={"Origin": base, **headers}
        )


async def page(_request):
    return HTMLResponse("<h1>map</h1>")


async def who(request):
    user = user_of(request.scope)
    return JSONResponse({"name": user and user.name, "id": account_id_of(request)})


async def echo(socket):
    await socket.accept()
    with suppress(WebSocketDisconnect):
        while True:
            await socket.send_text(await socket.receive_text())


def open_door(register, monkeypatch):
    """Return the app on a register with one account, whose password costs little to compare."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(1, 8, 1))
    passwords._nobodys.cache_clear()
    user = User(id="u1", name="tanaka", title="生活支援係")
    account = store.Account(user=user, password=hash_password(GOOD))
    store.add_account(register, account, "2026-11-01T00:00:00.000Z")
    return Desk(register)


def let_watches_end():
    """Wait for those who look after connections: none is open any more, and each asks the register."""
    for one in threading.enumerate():
        if one.name == "kayoi-sockets":
            one.join(timeout=30)
