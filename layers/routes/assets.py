"""Routes for the browser's files and the map's tiles (部品とタイルの経路)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from geo.base.problems import InputError
from geo.base.words import Words
from layers.maps.base_map import ASSETS
from layers.routes.parts.declare import Routes
from layers.served.prepare import CACHE, follow_town
from layers.served.tiles import load_tile
from layers.served.town import town_folder
from surveys.api.kinds import of_kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.requests import Request
    from starlette.routing import BaseRoute
    from starlette.types import Scope

TILESETS: Final = ("base", "cells")
_A_YEAR = "public, max-age=31536000, immutable"


class Assets(StaticFiles):
    """Our built files; an address with its hash may be kept for good (部品)."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file with its caching rules (返事)."""
        response = await super().get_response(path, scope)
        versioned = b"v=" in scope.get("query_string", b"")
        response.headers["Cache-Control"] = _A_YEAR if versioned else "no-cache"
        return response


def make_asset_routes(folder: Callable[[], Path] = town_folder) -> list[BaseRoute]:
    """Return the routes ``/assets/`` and ``/tiles/`` (経路).

    `folder` gives the folder of the town being served.
    """

    async def tile(request: Request) -> Response:
        parts = request.path_params
        headers = {"Cache-Control": "no-cache"}
        if parts["name"] not in TILESETS:
            return Response(status_code=404, headers=headers)
        try:
            await run_in_threadpool(follow_town, folder())
            path = folder() / CACHE / f"{parts['name']}.pmtiles"
        except InputError:
            return Response(status_code=404, headers=headers)
        body = await run_in_threadpool(load_tile, path, parts["z"], parts["x"], parts["y"])
        if request.query_params.get("v"):
            headers["Cache-Control"] = _A_YEAR
        media_type = "application/vnd.mapbox-vector-tile"
        return Response(body or b"", media_type=media_type, headers=headers)

    routes = [
        Route("/tiles/{name}/{z:int}/{x:int}/{y:int}.mvt", tile, methods=["GET"]),
        Mount("/assets", Assets(directory=ASSETS, check_dir=False), name="assets"),
    ]
    return of_kind("data", routes)


ROUTES: Final = Routes(
    id="assets", make=make_asset_routes, seen_by="signed in",
    words=Words("部品と地図のタイル", "the browser's files and the map's tiles"),
)  # fmt: skip
