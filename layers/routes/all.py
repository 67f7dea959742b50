"""All routes beside the pages (すべての経路)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.registry import find_entries

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from layers.routes.parts.declare import Routes

ROUTES: Final[dict[str, Routes]] = find_entries(
    "layers.routes", "ROUTES", beside=("all", "one_address")
)


def make_all_routes() -> list[BaseRoute]:
    """Return the routes of every file of this room (経路を集める)."""
    return [route for one in ROUTES.values() for route in one.make()]
