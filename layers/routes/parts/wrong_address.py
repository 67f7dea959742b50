"""An address nobody answers shows a page of our own, and the way back (まちがった住所).

Streamlit would answer any address with its pages' shell, which then says "Page not found" in a
dialog of its own; what else is not there was a line of English.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Match

from geo.base.words import Words
from surveys.api.kinds import KINDS
from surveys.api.plain_page import draw_plain, plain_lang, plain_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.responses import Response
    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEAD: Final = Words("このページはありません", "there is no such page")
BODY: Final = Words(
    "アドレスがまちがっているか、そのページや記録がなくなっています。記録したものは消えていません。",
    "The address is wrong, or the page or record is gone. Nothing that was recorded is lost.",
)
_READING: Final = ("GET", "HEAD")
_MISSING: Final = 404
# What Streamlit answers beside its pages; a test holds it to Streamlit's own routes.
STREAMLITS: Final = ("/_stcore/", "/media/", "/component/", "/static/")
# Below these is no page: Streamlit would send its pages' shell for a file it does not have.
_NO_PAGES: Final = ("/_stcore/", "/media/", "/static/")
FILES: Final = ("/favicon.png", "/manifest.json")


class WrongAddress:
    """Middleware that tells who opens an address nobody answers (ない住所を知らせる).

    Parameters
    ----------
    app
        The next application.
    pages
        Names of the pages.
    ways
        What the pages are called that one is led back to, by id; the first is at ``/``.
    routes
        All addresses that are answered beside the pages.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        pages: Sequence[str],
        ways: Mapping[str, Words],
        routes: Sequence[BaseRoute],
    ) -> None:
        self.app = app
        self.ways = ways
        self.routes = routes
        self.paths = {"/", *FILES, *(f"/{id_}{end}" for id_ in pages for end in ("", "/"))}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what somebody answers; say so where nobody does (通すか知らせる)."""
        if scope["type"] != "http" or scope["method"] not in _READING:
            await self.app(scope, receive, send)
        elif not self._is_answered(scope):
            await self._page(scope)(scope, receive, send)
        else:
            await self._watch(scope, receive, send)

    def _is_answered(self, scope: Scope) -> bool:
        path = scope["path"]
        if path in self.paths or path.startswith(STREAMLITS):
            return True
        return any(route.matches(scope)[0] is not Match.NONE for route in self.routes)

    async def _watch(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Put our page in place of an answer that says it is not there, or is the shell of none."""
        visit, shell = _is_visit(Headers(scope=scope)), scope["path"].startswith(_NO_PAGES)
        replaced = False

        async def told(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                kind = Headers(raw=message["headers"]).get("content-type", "")
                page, missing = kind.startswith("text/html"), message["status"] == _MISSING
                replaced = (page and shell) or (visit and missing and not page)
            if not replaced:
                await send(message)

        await self.app(scope, receive, told)
        if replaced:
            await self._page(scope)(scope, receive, send)

    def _page(self, scope: Scope) -> Response:
        lang = plain_lang(Request(scope))
        asked = "?lang=en" if lang == "en" else ""
        links = "".join(
            f"<li><a href='/{'' if at == 0 else id_}{asked}'>{html.escape(words.say(lang))}</a></li>"
            for at, (id_, words) in enumerate(self.ways.items())
        )
        head = HEAD.say(lang)
        body = f"<p>{plain_text(BODY, lang)}</p><ul>{links}</ul>"
        headers = {**KINDS["plain"].headers(), "Cache-Control": "no-store"}
        return HTMLResponse(draw_plain(lang, head[:1].upper() + head[1:], body), 404, headers)


def _is_visit(headers: Headers) -> bool:
    mode = headers.get("sec-fetch-dest")
    return mode == "document" if mode is not None else "text/html" in headers.get("accept", "")
