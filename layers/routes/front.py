"""Addresses that lead to another: the first page by its name, the sign of every page (つながる住所)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import RedirectResponse
from starlette.routing import Route

from geo.base.words import Words
from layers.routes.parts.declare import Routes
from surveys.api.kinds import of_kind

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import BaseRoute

FRONT: Final = "/coverage"  # Streamlit knows the first page as / alone
# A browser asks for the first where a page names none: a sheet, the sign-in.
ICONS: Final = ("/favicon.ico", "/favicon.png")


def make_front_routes() -> list[BaseRoute]:
    """Return the routes that lead on: from ``/coverage`` with what is asked (経路)."""
    routes = [
        Route(FRONT, _lead, methods=["GET"]),
        Route(ICONS[0], _lead_to_icon, methods=["GET"]),
    ]
    return of_kind("data", routes)


async def _lead(request: Request) -> RedirectResponse:
    query = request.url.query
    return RedirectResponse(f"/?{query}" if query else "/")


async def _lead_to_icon(_request: Request) -> RedirectResponse:
    return RedirectResponse(ICONS[1])


ROUTES: Final = Routes(
    id="front",
    words=Words(
        "最初の画面の名前での住所と、画面のしるし",
        "the first page by its name, and the pages' sign",
    ),
    make=make_front_routes,
    seen_by="signed in",
)
