"""The gate before everything: nobody passes unknown, nothing foreign is done (門)."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import JSONResponse, RedirectResponse, Response

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.api.bodies import say_words
from surveys.api.caching import cache_control
from surveys.api.kinds import DATA
from surveys.api.next_guard import sign_in_address
from surveys.api.open_sockets import OpenSockets
from surveys.api.origin_guard import (
    FOREIGN,
    OTHER_HOST,
    READING,
    find_fault,
    is_own_machine,
    is_own_name,
    is_own_origin,
)
from surveys.api.socket_guard import SocketGuard
from surveys.signing_in.asking import asked_by
from surveys.signing_in.sessions import session_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from surveys.accounts.user import User
    from surveys.api.open_sockets import FindStanding

    # Who these cookies stand for; the second argument says whether they came over https.
    FindUser = Callable[[Mapping[str, str], bool], User | None]

NOT_SIGNED_IN: Final = Words(
    "サインインしていません。サインインすると続けられます。この端末に書いたものは、そのままあります",
    "you are not signed in; sign in to go on; what you wrote on this device is still there",
)
OPEN: Final = frozenset({"/auth/login", "/auth/logout", "/auth/me", "/_stcore/health"})
_KEY: Final = "kayoi.user"
_A_YEAR: Final = "max-age=31536000"
_SIGN_IN_SOCKET: Final = 4401
_FOREIGN_SOCKET: Final = 4403


def user_of(scope: Scope) -> User | None:
    """Return who the gate let in, ``None`` where nobody need sign in (だれの要求か).

    For our routes: ``user_of(request.scope)``.
    """
    found: User | None = scope.get(_KEY)
    return found


def account_id_of(request: Request) -> str | None:
    """Return the id of the account a request is from, ``None`` for none (利用者の id)."""
    user = user_of(request.scope)
    return None if user is None else user.id


class Gate:
    """Middleware around the whole app (門).

    Parameters
    ----------
    find_user
        Who the cookies stand for; asked anew at each request.
    needed
        Whether people must sign in. When not, the app is for its own machine alone.
    find_standing
        Which of some sessions stand now; asked again and again for those of open connections.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        find_user: FindUser,
        needed: Callable[[], bool],
        find_standing: FindStanding,
    ) -> None:
        self.app = app
        self.find_user = find_user
        self.needed = needed
        self.sockets = OpenSockets(find_standing)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or answer it here (通すか断る)."""
        if scope["type"] == "http":
            send = _with_headers(scope, send)
            answer = await self._refuse(scope)
            if answer is None:
                await self._pass(scope, receive, send)
            else:
                await answer(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._open_socket(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self.app(scope, receive, send)

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if path in OPEN:
            await self.app(scope, receive, send)
            if scope["method"] not in READING:
                self.sockets.look_soon()  # somebody may just have signed out
            return
        # Who asked is asked for again by each write, however long the body took to come.
        with asked_by(_sessions(scope)) if self.needed() else nullcontext():
            await self.app(scope, receive, send)

    async def _refuse(self, scope: Scope) -> Response | None:
        headers, path = Headers(scope=scope), scope["path"]
        needed = self.needed()
        if not needed and not _is_inside(scope, headers):
            return _told(OTHER_HOST, 403)
        fault = find_fault(scope["method"], path, headers, scheme=scope["scheme"])
        if fault is not None:
            return _told(fault, 403)
        if not needed:
            return None
        try:
            known = await self._is_known(scope)
        except InputError as error:
            return None if path in OPEN else _told(error.words, 503)
        return None if known or path in OPEN else _ask_to_sign_in(scope, headers)

    async def _open_socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        if "origin" in headers and not is_own_origin(headers, scope["scheme"]):
            await _close(receive, send, _FOREIGN_SOCKET, FOREIGN)
            return
        if not self.needed():
            if not _is_inside(scope, headers):
                await _close(receive, send, _FOREIGN_SOCKET, OTHER_HOST)
                return
            await self.app(scope, receive, send)
            return
        try:
            known = await self._is_known(scope)
        except InputError:
            known = False
        if not known:
            await _close(receive, send, _SIGN_IN_SOCKET, NOT_SIGNED_IN)
            return

        guard = SocketGuard(receive, send, code=_SIGN_IN_SOCKET)
        # A browser sends one cookie of a scheme: one connection, one session.
        id_ = _sessions(scope)[0]
        self.sockets.join(id_, guard)
        try:
            await self.app(scope, guard.receive, guard.send)
        finally:
            self.sockets.leave(id_, guard)

    async def _is_known(self, scope: Scope) -> bool:
        cookies, secure = _cookies(scope)
        found = scope[_KEY] = await run_in_threadpool(self.find_user, cookies, secure)
        return found is not None


def _cookies(scope: Scope) -> tuple[dict[str, str], bool]:
    cookies = cookie_parser("; ".join(Headers(scope=scope).getlist("cookie")))
    return cookies, scope["scheme"] in {"https", "wss"}


def _sessions(scope: Scope) -> list[str]:
    cookies, secure = _cookies(scope)
    return session_ids(cookies, secure=secure)


def _is_inside(scope: Scope, headers: Headers) -> bool:
    return is_own_machine(headers, scope.get("http_version", "1.1"))


def _ask_to_sign_in(scope: Scope, headers: Headers) -> Response:
    if scope["method"] not in READING or not _is_visit(headers):
        return _told(NOT_SIGNED_IN, 401)
    query = scope.get("query_string", b"").decode("latin-1")
    there = sign_in_address(scope["path"], query)
    return RedirectResponse(there, 303, headers={"Cache-Control": "no-store"})


def _is_visit(headers: Headers) -> bool:
    """Say whether somebody opens a page, rather than a program asking for something."""
    mode = headers.get("sec-fetch-mode")
    if mode is not None:
        return mode == "navigate" and headers.get("sec-fetch-dest") == "document"
    return "text/html" in headers.get("accept", "")


def _told(words: Words, status: int) -> Response:
    error = {"error": say_words(words)}
    return JSONResponse(error, status, headers={"Cache-Control": "no-store"})


async def _close(receive: Receive, send: Send, code: int, words: Words) -> None:
    await receive()  # the connect; closed before it is accepted, it is a 403 to the browser
    await send({"type": "websocket.close", "code": code, "reason": words.en[:120]})


def _with_headers(scope: Scope, send: Send) -> Send:
    # Not for localhost: other programs of that machine serve http under the same name.
    lasting = scope["scheme"] == "https" and not is_own_name(Headers(scope=scope))

    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            asked, media = headers.get("cache-control", ""), headers.get("content-type", "")
            headers["Cache-Control"] = cache_control(scope["path"], asked, media)
            for name, value in DATA.headers().items():
                headers.setdefault(name, value)
            if lasting:
                headers.setdefault("Strict-Transport-Security", _A_YEAR)
        await send(message)

    return told
