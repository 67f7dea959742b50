"""Routes of the register: photos, and the map's signs (台帳の経路)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from geo.base.geojson import dump_geojson
from geo.base.marks import shown
from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from layers.cards.list_area import place_query
from layers.cards.list_query import parse_query
from layers.routes.parts.answer import HEADERS, lang_of, plain_answer, tagged_answer
from layers.routes.parts.declare import Routes
from layers.served.clock import now_in_japan
from layers.served.register import register_now, register_stamp
from layers.served.town import town_now
from surveys.api.kinds import of_kind
from surveys.record.freshness import due_state
from surveys.store.listing import list_pins

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from starlette.requests import Request
    from starlette.routing import BaseRoute

_PHOTO: Final = re.compile(r"(?P<id>[0-9a-f]{64})(?P<thumb>\.thumb)?\.jpg")
# Parts of an address that change no sign.
_OF_NO_PIN: Final = frozenset({"v", "lang"})
_NO_PHOTO: Final = Words("この写真はありません", "there is no such photo")


def make_register_routes(now: Callable[[], datetime] = now_in_japan) -> list[BaseRoute]:
    """Return the register's routes (台帳の経路).

    ``/photos/<id>.jpg`` and ``.thumb.jpg`` are photos; ``/register/pins.geojson?…`` the signs
    of a list's question (`layers.cards.list_query`).

    Parameters
    ----------
    now
        The clock: what "due" is measured by.
    """

    async def pins(request: Request) -> Response:
        try:
            body = await run_in_threadpool(_pins, request.query_params, now())
        except InputError as error:
            return plain_answer(outside(error.words), lang_of(request.query_params), 400)
        return tagged_answer(request, body, "application/geo+json")

    routes = [
        Route("/photos/{name}", _photo_route, methods=["GET"]),
        Route("/register/pins.geojson", pins, methods=["GET"]),
    ]
    return of_kind("data", routes)


def _pins(params: Mapping[str, str], now: datetime) -> bytes:
    asked = tuple(sorted((key, text) for key, text in params.items() if key not in _OF_NO_PIN))
    return _pins_at(asked, register_stamp(), now.date().isoformat())


@lru_cache(maxsize=8)
def _pins_at(asked: tuple[tuple[str, str], ...], _at: tuple[str, ...], today: str) -> bytes:
    """Return the signs; the town's and register's stamps make them anew."""
    params = dict(asked)
    pins = list_pins(register_now(), place_query(town_now(), parse_query(params), params))
    shapes = [one.shape for one in pins]
    rows = [
        {
            "kind": one.type, "number": one.number, "title": shown(one.title), "status": one.status,
            "due": "fresh" if one.due_on > today else due_state(one.seen_on, one.due_on, today),
            "lon": one.lon, "lat": one.lat,
        }
        for one in pins
    ]  # fmt: skip
    return dump_geojson(shapes, rows, [one.id for one in pins], foreign={}).encode()


async def _photo_route(request: Request) -> Response:
    lang = lang_of(request.query_params)
    asked = _PHOTO.fullmatch(request.path_params["name"])
    if asked is None:
        return plain_answer(_NO_PHOTO, lang, 404)

    def load() -> bytes:
        return register_now().photos.load(asked["id"], thumb=bool(asked["thumb"]))

    try:
        body = await run_in_threadpool(load)
    except InputError:
        # What is wrong with the file is for the office: its path is nobody else's.
        return plain_answer(_NO_PHOTO, lang, 404)
    # Kept nowhere: who opens it again after a sign-out must not find it on the machine.
    return Response(body, media_type="image/jpeg", headers=HEADERS)


ROUTES: Final = Routes(
    id="register", make=make_register_routes, seen_by="signed in",
    words=Words("台帳の写真と、地図のしるし", "the register's photos, and its signs on the map"),
)  # fmt: skip
