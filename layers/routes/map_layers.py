"""Routes of the one map's own layers: places by their state, streets, outings (地図の層の経路)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from layers.asked import check_asked, read_asked
from layers.layered.parts.declare import SEAT_M
from layers.layered.parts.outings import dump_looked, dump_tracks, dump_walks
from layers.layered.parts.seatless import dump_seatless
from layers.layered.parts.signs import dump_shapes, dump_signs
from layers.layered.parts.steepness import dump_steepness
from layers.maps.popup import entity
from layers.routes.parts.answer import lang_of, plain_answer, tagged_answer
from layers.routes.parts.declare import Routes
from layers.served.clock import today_in_japan
from layers.served.town import town_now
from surveys.api.kinds import of_kind
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    Params = Mapping[str, str]

_METRES: Final = re.compile(r"[1-9][0-9]{1,3}")


def make_map_routes() -> list[BaseRoute]:
    """Return the routes under ``/map/`` (経路).

    ``signs.geojson?kind=`` the records of a kind with their state and the map's own places, with
    ``closed=1`` those closed too; ``shapes.geojson`` their lines and areas. Streets by class:
    ``steepness.geojson``, ``seatless.geojson?seat=150`` of a question, ``looked.geojson``. Ways
    with their days: ``walks.geojson``, and ``tracks.geojson``, which never leave the office.
    """
    routes = [
        _route("/map/signs.geojson", _signs),
        _route("/map/shapes.geojson", _shapes),
        _route("/map/steepness.geojson", lambda _params: dump_steepness()),
        _route("/map/seatless.geojson", _seatless),
        _route("/map/looked.geojson", lambda _params: dump_looked()),
        _route("/map/walks.geojson", lambda params: dump_walks(lang_of(params))),
        _route("/map/tracks.geojson", lambda params: dump_tracks(lang_of(params))),
    ]
    return of_kind("data", routes)


def _route(path: str, read: Callable[[Params], bytes]) -> Route:
    async def endpoint(request: Request) -> Response:
        try:
            body = await run_in_threadpool(read, request.query_params)
        except InputError as error:
            told = outside(error.words)
            safe = Words(entity(told.ja), entity(told.en))
            return plain_answer(safe, lang_of(request.query_params), 400)
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


def _seatless(params: Params) -> bytes:
    asked = check_asked(read_asked(params), town_now(), today_in_japan())
    text = params.get("seat", str(SEAT_M))
    if not _METRES.fullmatch(text):
        raise InputError(
            Words(
                "座れる所までの長さは、10〜9999 のメートルの整数で書いてください",
                "how far a seat may be is told in whole metres, 10 to 9999",
            )
        )
    return dump_seatless(asked, int(text))


ROUTES: Final = Routes(
    id="map_layers", make=make_map_routes, seen_by="signed in",
    words=Words("地図の層（地図が取りに来る）", "layers of the map, as it fetches them"),
)  # fmt: skip
