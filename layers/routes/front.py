"""The first page under its own name: Streamlit knows it as ``/`` alone (最初の画面の住所)."""

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

FRONT: Final = "/coverage"


def make_front_routes() -> list[BaseRoute]:
    """Return the route that leads from ``/coverage`` to ``/`` with what is asked (経路)."""
    return of_kind("data", [Route(FRONT, _lead, methods=["GET"])])


async def _lead(request: Request) -> RedirectResponse:
    query = request.url.query
    return RedirectResponse(f"/?{query}" if query else "/")


ROUTES: Final = Routes(
    id="front",
    words=Words("徒歩圏カバーの名での住所", "the first page by its own name"),
    make=make_front_routes,
    seen_by="signed in",
)
