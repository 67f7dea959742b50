"""Addresses Streamlit would answer at and no page of ours needs: nobody gets there (閉じた住所)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import Response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

# Figures of the server, whether its script runs, driving the app without a browser, files beside
# the script, and the way back from an identity provider.
CLOSED: Final = (
    "/_stcore/metrics",
    "/_stcore/script-health-check",
    "/_stcore/agent",
    "/app/static",
    "/oauth2callback",
)


class Closed:
    """Middleware that answers 404 at closed addresses, as where there is nothing (閉じる)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything else on (通す)."""
        if scope["type"] == "http" and is_closed(scope["path"]):
            await Response("Not Found", 404)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def is_closed(path: str) -> bool:
    """Say whether an address is closed (閉じた住所か).

    Examples
    --------
    >>> is_closed("/_stcore/metrics"), is_closed("/_stcore/health")
    (True, False)
    """
    return any(path == one or path.startswith(f"{one}/") for one in CLOSED)
