"""Routes for the map's tiles (タイルの経路)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from geo.base.problems import InputError
from geo.base.words import Words
from layers.routes.parts.answer import HEADERS, is_known
from layers.routes.parts.declare import Routes
from layers.served.prepare import CACHE, follow_town
from layers.served.tiles import load_tile
from layers.served.town import stamp, town_folder
from surveys.api.kinds import of_kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.requests import Request
    from starlette.routing import BaseRoute

TILESETS: Final = ("base", "cells")


def make_tile_routes(folder: Callable[[], Path] = town_folder) -> list[BaseRoute]:
    """Return the routes ``/tiles/`` (経路).

    Where people live is in them: kept by the reader's own browser alone, and asked about each
    time, whatever the address says of a version.

    Parameters
    ----------
    folder
        Gives the folder of the town being served.
    """

    def prepared() -> str:
        follow_town(folder())
        return stamp(folder())

    async def tile(request: Request) -> Response:
        parts = request.path_params
        if parts["name"] not in TILESETS:
            return Response(status_code=404, headers=HEADERS)
        try:
            made = await run_in_threadpool(prepared)
        except InputError:
            return Response(status_code=404, headers=HEADERS)
        tag = f'"{hashlib.sha256(made.encode()).hexdigest()[:32]}"'
        headers = HEADERS | {"Cache-Control": "private, no-cache", "ETag": tag}
        if is_known(request, tag):
            return Response(status_code=304, headers=headers)
        path = folder() / CACHE / f"{parts['name']}.pmtiles"
        body = await run_in_threadpool(load_tile, path, parts["z"], parts["x"], parts["y"])
        media_type = "application/vnd.mapbox-vector-tile"
        return Response(body or b"", media_type=media_type, headers=headers)

    return of_kind(
        "data", [Route("/tiles/{name}/{z:int}/{x:int}/{y:int}.mvt", tile, methods=["GET"])]
    )


ROUTES: Final = Routes(
    id="tiles", make=make_tile_routes, seen_by="signed in",
    words=Words("地図のタイル", "the map's tiles"),
)  # fmt: skip
