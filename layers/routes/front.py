"""Addresses that lead to another: the first page by its name, an old question, the sign (つながる住所)."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Final

from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Match, Route

from geo.base.words import Words
from layers.asked import Asked
from layers.routes.parts.declare import Routes
from surveys.api.kinds import of_kind

if TYPE_CHECKING:
    from starlette.routing import BaseRoute
    from starlette.types import Scope

FRONT: Final = "/today"  # Streamlit knows the first page as / alone
ASKING: Final = "/coverage"  # stood at / once: old links with a question go on to it
PARTS: Final = frozenset(one.name for one in fields(Asked))
# A browser asks for the first where a page names none: a sheet, the sign-in.
ICONS: Final = ("/favicon.ico", "/favicon.png")


class _Asking(Route):
    """The first page's address when it asks a question; without one it is the first page's."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match an address that asks something alone (問いのある住所か)."""
        found, more = super().matches(scope)
        if found is not Match.NONE and not PARTS & set(Request(scope).query_params):
            return Match.NONE, {}
        return found, more


def make_front_routes() -> list[BaseRoute]:
    """Return the routes that lead on, with what is asked (経路)."""
    routes = [
        Route(FRONT, _lead, methods=["GET"]),
        _Asking("/", _lead_to_asking, methods=["GET"]),
        Route(ICONS[0], _lead_to_icon, methods=["GET"]),
    ]
    return of_kind("data", routes)


async def _lead(request: Request) -> RedirectResponse:
    query = request.url.query
    return RedirectResponse(f"/?{query}" if query else "/")


async def _lead_to_asking(request: Request) -> RedirectResponse:
    return RedirectResponse(f"{ASKING}?{request.url.query}")


async def _lead_to_icon(_request: Request) -> RedirectResponse:
    return RedirectResponse(ICONS[1])


ROUTES: Final = Routes(
    id="front",
    words=Words(
        "最初の画面の名前での住所、前の住所の問い、画面のしるし",
        "the first page by its name, a question at its old address, and the pages' sign",
    ),
    make=make_front_routes,
    seen_by="signed in",
)
