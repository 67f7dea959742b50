"""Routes of the one map's own layers: places by their state, streets, outings (地図の層の経路)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from layers.layered.parts.signs import dump_shapes, dump_signs
from layers.routes.parts.answer import lang_of, plain_answer, tagged_answer
from layers.routes.parts.declare import Routes
from surveys.api.kinds import of_kind
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    Params = Mapping[str, str]


def make_map_routes() -> list[BaseRoute]:
    """Return the routes under ``/map/`` (経路).

    ``signs.geojson?kind=`` the records of a kind with their state and the map's own places, with
    ``closed=1`` those closed too; ``shapes.geojson`` their lines and areas.
    """
    routes = [
        _route("/map/signs.geojson", _signs),
        _route("/map/shapes.geojson", _shapes),
    ]
    return of_kind("data", routes)


def _route(path: str, read: Callable[[Params], bytes]) -> Route:
    async def endpoint(request: Request) -> Response:
        try:
            body = await run_in_threadpool(read, request.query_params)
        except InputError as error:
            return plain_answer(outside(error.words), lang_of(request.query_params), 400)
        return tagged_answer(request, body, "application/geo+json")

    return Route(path, endpoint, methods=["GET"])


def _kind(params: Params) -> str:
    kind = params.get("kind", "")
    if kind not in RECORD_TYPES:
        known = "・".join(RECORD_TYPES)
        raise InputError(
            Words(f"その種類はありません。あるもの: {known}", f"no such kind; there are {known}")
        )
    return kind


def _signs(params: Params) -> bytes:
    return dump_signs(_kind(params), closed=params.get("closed") == "1")


def _shapes(params: Params) -> bytes:
    return dump_shapes(_kind(params), closed=params.get("closed") == "1")


ROUTES: Final = Routes(
    id="map_layers", make=make_map_routes, seen_by="signed in",
    words=Words("地図の層（地図が取りに来る）", "layers of the map, as it fetches them"),
)  # fmt: skip
