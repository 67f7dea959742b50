"""Routes of the field app: its shell, the base map and the pack (野外アプリの経路)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from layers.field.pack import base_map, find_walk, make_pack, pack_tag
from layers.field.shell import HOME, load_shell
from layers.routes.parts.answer import is_known
from layers.routes.parts.declare import Routes
from layers.served.clock import now_in_japan
from surveys.api.kinds import of_kind
from surveys.sync.pack import RULES

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from starlette.requests import Request
    from starlette.routing import BaseRoute

_DIGITS: Final = 4
_HEADERS: Final = {"Cache-Control": "no-cache"}
_NO_FILE: Final = Words("この部品はありません", "there is no such file")
_NO_WALK: Final = Words(
    "この踏査は、一覧にありません。踏査を選び直してください",
    "the register has no such walk; choose a walk again",
)
_NO_BASE: Final = Words("この街には、地図の下絵がまだありません", "this town has no base map yet")


def make_field_routes(now: Callable[[], datetime] = now_in_japan) -> list[BaseRoute]:
    """Return the field app's routes (野外アプリの経路).

    ``/field/`` and what lies below it is the shell a device keeps; ``/field/base.pmtiles`` the
    town's map, whole; ``/api/v1/field/pack?walk=<id>`` what a walk needs of the register.

    Parameters
    ----------
    now
        The clock, with its time zone: stamped on packs, and what "to come" is measured by.
    """

    async def pack(request: Request) -> Response:
        return await run_in_threadpool(_pack, request, now())

    routes = [
        Route("/field", _home, methods=["GET"]),
        Route("/field/base.pmtiles", _base, methods=["GET"]),
        Route("/field/{path:path}", _shell_file, methods=["GET"]),
        Route("/api/v1/field/pack", pack, methods=["GET"]),
    ]
    return of_kind("field", routes)


async def _home(_request: Request) -> Response:
    return RedirectResponse(HOME, status_code=307, headers=_HEADERS)


async def _shell_file(request: Request) -> Response:
    shell = await run_in_threadpool(load_shell)
    address = "/field/" + request.path_params["path"]
    found = shell.files.get(address)
    if found is None:
        return _error(_NO_FILE, 404)
    headers = _HEADERS | {"ETag": found.tag}
    if is_known(request, found.tag):
        return Response(status_code=304, headers=headers)
    return Response(found.body, media_type=found.media, headers=headers)


async def _base(_request: Request) -> Response:
    try:
        file = await run_in_threadpool(base_map)
    except InputError as error:
        return _error(outside(error.words), 503)
    if not file.is_file():
        return _error(_NO_BASE, 404)
    # The field app has a place of its own for it, which it clears when somebody signs out.
    headers = _HEADERS | {"Cache-Control": "private, no-store"}
    return FileResponse(file, media_type="application/vnd.pmtiles", headers=headers)


def _pack(request: Request, now: datetime) -> Response:
    walk_id = request.query_params.get("walk", "")
    try:
        walk = find_walk(walk_id) if walk_id else None
        if walk_id and walk is None:
            return _error(_NO_WALK, 404)
        # Weak: the same contents made at another time are the same pack.
        rules = _rules_known(request)
        tag = f'W/"{pack_tag(walk_id, now)}-{rules}"'
        headers = _HEADERS | {"Cache-Control": "private, no-cache", "ETag": tag}
        if is_known(request, tag):
            return Response(status_code=304, headers=headers)
        return Response(
            make_pack(walk, now, rules=rules), media_type="application/json", headers=headers
        )
    except InputError as error:
        return _error(outside(error.words), 503)


def _rules_known(request: Request) -> int:
    """Return which schedule rules the asking app knows; one from before it was asked says nothing."""
    told = request.headers.get("x-kayoi-rules", "")
    return min(int(told), RULES) if told.isascii() and told.isdigit() and len(told) < _DIGITS else 1


def _error(words: Words, status: int) -> Response:
    said = {"error": {"ja": words.ja, "en": words.en}}
    return JSONResponse(said, status_code=status, headers=_HEADERS)


ROUTES: Final = Routes(
    id="field", make=make_field_routes, seen_by="signed in",
    words=Words("野外アプリ", "the field app"),
)  # fmt: skip
