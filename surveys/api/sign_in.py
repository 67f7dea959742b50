"""Routes to sign in and out, and to ask who one is (サインインの経路)."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, quote

from anyio import CapacityLimiter, to_thread
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from geo.base.outside import outside
from geo.base.problems import InputError
from surveys.api.bodies import say_words
from surveys.api.gate import user_of
from surveys.api.kinds import of_kind
from surveys.api.next_guard import safe_next
from surveys.api.origin_guard import is_own_name
from surveys.api.plain_page import plain_lang
from surveys.api.sign_in_page import BUSY, WRONG, draw_sign_in, draw_sign_out, wait_words
from surveys.signing_in.sessions import (
    COOKIE,
    LONGEST,
    SECURE_COOKIE,
    Asked,
    sign_in,
    sign_out,
)
from surveys.signing_in.tries import Wait
from surveys.store.accounts import has_users

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from geo.base.words import Words
    from surveys.store.register import Register

_HEADERS: Final = {"Cache-Control": "no-store"}
# As surveys/field_app/js/leave.js reads it.
LEFT: Final = "kayoi_left"
_A_YEAR_S: Final = 31_536_000
_LARGEST_FORM: Final = 16_384
# As many as compare passwords at once; so many may stand in line, some seconds' worth.
_AT_ONCE: Final = 2
_MOST_WAITING: Final = 30
_A_MOMENT_S: Final = 5


class SignIn:
    """The addresses under ``/auth/`` (サインインの窓口).

    Parameters
    ----------
    register
        The register in use.
    needed
        Whether people must sign in at all.
    """

    def __init__(
        self,
        register: Callable[[], Register],
        needed: Callable[[], bool],
        now: Callable[[], datetime],
    ) -> None:
        self.register = register
        self.needed = needed
        self.now = now
        # Apart from the threads all else needs: a comparison is slow on purpose.
        self.desk = CapacityLimiter(_AT_ONCE)

    async def show(self, request: Request) -> Response:
        """Show the page, or go on when there is nothing to do (画面を出す)."""
        if not self.needed() or user_of(request.scope) is not None:
            return _go(safe_next(request.query_params.get("next")))
        return await self._page(request, 200)

    async def take(self, request: Request) -> Response:  # noqa: PLR0911 - one for each outcome
        """Sign somebody in (サインインする)."""
        to = safe_next(request.query_params.get("next"))
        if not self.needed():
            return _go(to)
        form = await _read_form(request)
        if form is None:
            return await self._page(request, 400, fault=WRONG)
        asked = Asked(
            name=form.get("name", ""),
            password=form.get("password", ""),
            address=request.client.host if request.client else "",
            token=secrets.token_urlsafe(32),
        )
        if self.desk.statistics().tasks_waiting >= _MOST_WAITING:
            return await self._later(request, asked, 503, BUSY, _A_MOMENT_S)
        try:
            found = await to_thread.run_sync(self._sign_in, asked, request, limiter=self.desk)
        except InputError as error:
            return await self._page(request, 503, fault=outside(error.words), name=asked.name)
        if isinstance(found, Wait):
            return await self._later(request, asked, 429, wait_words(found.seconds), found.seconds)
        if found is None:
            return await self._page(request, 401, fault=WRONG, name=asked.name)
        answer = _go(to)
        _set_cookie(answer, asked.token, secure=_is_secure(request))
        return answer

    async def ask_out(self, request: Request) -> Response:
        """Ask whether to sign out; opening an address alone does nothing (たしかめる)."""
        user = user_of(request.scope)
        if user is None:
            return _go("/auth/login" if self.needed() else "/")
        return HTMLResponse(draw_sign_out(plain_lang(request), user.name), headers=_HEADERS)

    async def sign_out(self, request: Request) -> Response:
        """Sign out: the session ends here, the cookies go there (サインアウトする)."""
        try:
            await run_in_threadpool(sign_out, request.cookies, self.register(), now=self.now())
        except InputError as error:
            words = {"error": say_words(error.words)}
            return JSONResponse(words, 503, headers=_HEADERS)
        answer = _go(f"/auth/login?lang={plain_lang(request)}")
        answer.delete_cookie(COOKIE, httponly=True, samesite="lax")
        answer.delete_cookie(SECURE_COOKIE, secure=True, httponly=True, samesite="lax")
        # Of the browser's cache alone: what the field app has not yet sent lies in its storage.
        answer.headers["Clear-Site-Data"] = '"cache"'
        # For the field app to read, which erases what it carries once it is opened.
        answer.set_cookie(LEFT, "1", max_age=_A_YEAR_S, path="/field/", samesite="lax")
        return answer

    async def tell(self, request: Request) -> Response:
        """Say who is signed in (だれか)."""
        user = user_of(request.scope)
        account = None if user is None else {"name": user.name, "title": user.title}
        return JSONResponse({"required": self.needed(), "account": account}, headers=_HEADERS)

    def _sign_in(self, asked: Asked, request: Request) -> object:
        register, now = self.register(), self.now()
        found = sign_in(register, asked, now=now)
        if found is not None and not isinstance(found, Wait):
            sign_out(request.cookies, register, now=now)  # what this browser was before
        return found

    async def _later(
        self, request: Request, asked: Asked, status: int, fault: Words, seconds: int
    ) -> Response:
        answer = await self._page(request, status, fault=fault, name=asked.name)
        answer.headers["Retry-After"] = str(seconds)
        return answer

    async def _page(
        self, request: Request, status: int, *, fault: Words | None = None, name: str = ""
    ) -> Response:
        try:
            nobody = not await run_in_threadpool(lambda: has_users(self.register()))
        except InputError as error:
            nobody, fault, status = False, outside(error.words), 503
        page = draw_sign_in(
            plain_lang(request),
            to=safe_next(request.query_params.get("next")),
            fault=fault,
            name=name[:100],
            nobody=nobody,
            clear=not _is_secure(request) and not is_own_name(request.headers),
        )
        return HTMLResponse(page, status, headers=_HEADERS)


def make_sign_in_routes(
    register: Callable[[], Register],
    needed: Callable[[], bool],
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> list[BaseRoute]:
    """Return ``/auth/login``, ``/auth/logout`` and ``/auth/me`` (サインインの経路)."""
    desk = SignIn(register, needed, now)
    routes = [
        Route("/auth/login", desk.show, methods=["GET"]),
        Route("/auth/login", desk.take, methods=["POST"]),
        Route("/auth/logout", desk.sign_out, methods=["POST"]),
        Route("/auth/me", desk.tell, methods=["GET"]),
    ]
    leaving = Route("/auth/logout", desk.ask_out, methods=["GET"])
    return [*of_kind("plain", routes), *of_kind("leave", [leaving])]


async def _read_form(request: Request) -> dict[str, str] | None:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LARGEST_FORM:
            return None
    try:
        fields = parse_qs(body.decode("ascii"), max_num_fields=10, keep_blank_values=True)
    except ValueError:
        return None
    return {name: values[0] for name, values in fields.items()}


def _set_cookie(answer: Response, token: str, *, secure: bool) -> None:
    answer.set_cookie(
        SECURE_COOKIE if secure else COOKIE,
        token,
        max_age=int(LONGEST.total_seconds()),
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def _is_secure(request: Request) -> bool:
    return bool(request.scope["scheme"] == "https")


def _go(to: str) -> Response:
    return RedirectResponse(quote(to, safe="/%?:@!$&'()*+,;=-._~#[]"), 303, headers=_HEADERS)
