"""Tells Streamlit's page where its server is, and when nobody is signed in (画面に教える).

Opened at ``/map``, Streamlit's page asks ``/map/_stcore/health`` before ``/_stcore/health``: two
errors in the browser's log at each reload. It asks at once where ``window.__streamlit`` says.

When its connection is closed the page only greys and tries again, with all it showed still on
the screen. Then, and when the browser brings a page back out of its memory, it asks who is
signed in, and goes to the sign-in page where nobody is.

What Back goes over, and how the drawer closes on a narrow screen: ``parts/page_steps.js``.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.datastructures import MutableHeaders

from surveys.api.kinds import KINDS, hash_source

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PAGE: Final = KINDS["page"]
# A page is always sent whole and plain: a "not modified" would come without its scripts' names.
_WHOLE: Final = (b"accept-encoding", b"if-modified-since", b"if-none-match", b"range")
_INLINE: Final = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
_ADDRESS: Final = 'window.__streamlit={BACKEND_BASE_URL:location.origin+"/"};'
_LEAVING: Final = (
    '(()=>{const ask=()=>fetch("/auth/me",{cache:"no-store"}).then(one=>one.json()).then(me=>{'
    "if(me.required&&!me.account){document.documentElement.hidden=true;location.replace("
    '"/auth/login?next="+encodeURIComponent(location.pathname+location.search))}}).catch(()=>{});'
    "const Socket=window.WebSocket;window.WebSocket=class extends Socket{constructor(...all){"
    'super(...all);this.addEventListener("close",ask)}};'
    'addEventListener("pageshow",one=>{if(one.persisted)ask()})})()'
)
_STEPS: Final = (Path(__file__).parent / "parts" / "page_steps.js").read_text(encoding="utf-8")
_SCRIPT: Final = f"<head><script>{_ADDRESS}{_LEAVING};\n{_STEPS}</script>".encode()


class OneAddress:
    """Middleware that adds a script to the pages' HTML, and says what a page may do (一行たす).

    Parameters
    ----------
    app
        The next application.
    pages
        Names of the pages; only their addresses and ``/`` are touched.
    """

    def __init__(self, app: ASGIApp, pages: tuple[str, ...]) -> None:
        self.app = app
        self.paths = {"/", *(f"/{name}" for name in pages), *(f"/{name}/" for name in pages)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; rewrite the HTML of a page (通す)."""
        if scope["type"] != "http" or scope["path"] not in self.paths:
            await self.app(scope, receive, send)
            return
        plain = [pair for pair in scope["headers"] if pair[0] not in _WHOLE]
        start: Message = {}
        body = b""

        async def collect(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            body += message.get("body", b"")
            if not message.get("more_body", False):
                body = body.replace(b"<head>", _SCRIPT, 1)
                headers = MutableHeaders(raw=list(start["headers"]))
                headers["content-length"] = str(len(body))
                # Its few scripts are known by what they say, so that no other can be put in.
                headers.update(_PAGE.headers([hash_source(one) for one in _INLINE.findall(body)]))
                await send({**start, "headers": headers.raw})
                await send({"type": "http.response.body", "body": body})

        await self.app({**scope, "headers": plain}, receive, collect)
