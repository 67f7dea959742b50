"""What browsers are told about each kind of answer: where scripts may come from, and the like (返事の種類).

One declaration a kind; a route says which it is of (`of_kind`), and what says nothing is data,
which may do nothing at all. ``docs/serving.md`` tells them to whoever runs a server.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from starlette.datastructures import MutableHeaders
from starlette.routing import Mount, Route

from geo.base.registry import by_id
from geo.base.words import Words
from surveys.api.plain_page import STYLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# What a page could ask a device for. The field app asks where it is, and to stay awake; the map of
# the pages where it is, when somebody presses the button for it.
_POWERS: Final = (
    "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid",
    "idle-detection", "magnetometer", "microphone", "midi", "payment", "screen-wake-lock",
    "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
_NOTHING: Final = ("default-src 'none'", "base-uri 'none'")
_SCRIPT: Final = "script-src 'self'"
# Streamlit counts long numbers in WebAssembly, whose bytes stand in a script of its own.
_SCRIPT_WASM: Final = "script-src 'self' 'wasm-unsafe-eval'"
_LISTS: Final = (_SCRIPT, _SCRIPT_WASM)
# Whose maps a page may lie on: pictures, and nothing else of theirs.
GROUNDS: Final = ("https://cyberjapandata.gsi.go.jp", "https://tile.openstreetmap.org")
# What acts in a browser; all else of any kind is data. A PDF among them: the browser's own viewer
# does not open one that is put in a sandbox.
_ACTING: Final = ("text/html", "text/javascript", "application/javascript", "application/pdf")


def hash_source(body: str | bytes) -> str:
    """Return a script or style as a policy names it (ハッシュ).

    Examples
    --------
    >>> hash_source("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    data = body.encode() if isinstance(body, str) else body
    return f"'sha256-{base64.b64encode(hashlib.sha256(data).digest()).decode()}'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of answer (返事の種類).

    Attributes
    ----------
    policy
        Directives of ``Content-Security-Policy``.
    powers
        What of the device it may ask for.
    referrer
        Of what it links to, who learns its address.
    """

    id: str
    words: Words
    policy: tuple[str, ...]
    powers: tuple[str, ...] = ()
    referrer: str = "no-referrer"

    def headers(self, scripts: Sequence[str] = ()) -> dict[str, str]:
        """Return the headers of an answer of this kind (見出し).

        Parameters
        ----------
        scripts
            Scripts that stand in the page itself, as `hash_source` names them.
        """
        own = [" ".join((one, *scripts)) if one in _LISTS else one for one in self.policy]
        allowed = [f"{one}=({'self' if one in self.powers else ''})" for one in _POWERS]
        return {
            "Content-Security-Policy": "; ".join((*own, "frame-ancestors 'none'")),
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": self.referrer,
            "Permissions-Policy": ", ".join(allowed),
            "Cross-Origin-Resource-Policy": "same-origin",
        }


KINDS: Final[dict[str, Kind]] = by_id(
    (
        Kind(
            id="page",
            words=Words("画面（Streamlit）", "a page (Streamlit)"),
            # Streamlit sets its styles by script, and a style has no way out but an image's.
            policy=(
                *_NOTHING, _SCRIPT_WASM, "style-src 'self' 'unsafe-inline'",
                " ".join(("img-src 'self' data: blob:", *GROUNDS)), "font-src 'self' data:",
                "connect-src 'self'", "manifest-src 'self'", "form-action 'self'",
            ),
            powers=("geolocation",),
            referrer="same-origin",
        ),
        Kind(
            id="field",
            words=Words("野外アプリ", "the field app"),
            policy=(
                *_NOTHING, _SCRIPT, "style-src 'self'", "img-src 'self' blob: data:",
                "font-src 'self'", "connect-src 'self'", "manifest-src 'self'", "worker-src 'self'",
                "form-action 'self'",
            ),
            powers=("geolocation", "screen-wake-lock"),
        ),
        Kind(
            id="sheet",
            words=Words("紙に出すページ", "a page for paper"),
            policy=(
                *_NOTHING, "img-src 'self' data:", "style-src 'unsafe-inline'", "form-action 'none'",
            ),
        ),
        Kind(
            id="plain",
            words=Words("サインインと、お知らせだけの画面", "to sign in, and to be told something"),
            policy=(*_NOTHING, f"style-src {hash_source(STYLE)}", "form-action 'self'"),
            # Without it a browser would send its form as from nowhere, and the gate refuse it.
            referrer="same-origin",
        ),
        Kind(
            id="leave",
            words=Words("サインアウトする画面", "to sign out"),
            # What a device carries is erased by a script of the field app, before the session is.
            policy=(
                *_NOTHING, _SCRIPT, f"style-src {hash_source(STYLE)}", "form-action 'self'",
            ),
            referrer="same-origin",
        ),
        Kind(
            id="data",
            words=Words("データ・写真・部品", "data, photos, parts of pages"),
            policy=(*_NOTHING, "form-action 'none'", "sandbox"),
        ),
    )
)  # fmt: skip
DATA: Final = KINDS["data"]


def of_kind(id_: str, routes: Sequence[BaseRoute]) -> list[BaseRoute]:
    """Return routes whose pages and scripts are of a kind, and all else data (種類をつける)."""
    for route in routes:
        if not isinstance(route, Route | Mount):
            raise TypeError(f"{type(route).__name__}: only a Route or a Mount can be of a kind")
        route.app = OfKind(route.app, KINDS[id_])
    return list(routes)


class OfKind:
    """A route's answers, with the headers of its kind (種類の見出しをつける)."""

    def __init__(self, app: ASGIApp, kind: Kind) -> None:
        self.app = app
        self.kind = kind

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and say what the answer may do (返事をする)."""

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                kind = self.kind if _acts(headers.get("content-type", "")) else DATA
                headers.update(kind.headers())
            await send(message)

        await self.app(scope, receive, told)


def _acts(content_type: str) -> bool:
    return content_type.startswith(_ACTING)
