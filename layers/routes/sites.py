"""Routes for sites and outlines (地点と境の経路)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import shapely
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from geo.base.geojson import dump_geojson
from geo.base.marks import shown
from geo.base.problems import InputError
from geo.base.words import Words
from geo.tables.tables import SITE_KINDS
from geo.town import ordered_sites
from layers.asked import read_asked, wanted_in
from layers.day.salons import When
from layers.maps.area_answer import dump_labelled
from layers.routes.parts.answer import HEADERS, tagged_answer
from layers.routes.parts.declare import Routes
from layers.served.clock import asked_day
from layers.served.town import stamp, town_folder, town_now
from layers.served.walking import day_now
from surveys.api.kinds import of_kind

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from geo.town import Town
    from layers.asked import Asked


def make_site_routes() -> list[BaseRoute]:
    """Return ``/answer/sites.geojson?kind=`` and ``/answer/borders.geojson?division=`` (経路)."""
    routes = [
        Route("/answer/sites.geojson", _sites_route, methods=["GET"]),
        Route("/answer/borders.geojson", _borders_route, methods=["GET"]),
    ]
    return of_kind("data", routes)


async def _sites_route(request: Request) -> Response:
    kind, asked = request.query_params.get("kind") or "salon", read_asked(request.query_params)
    if kind not in SITE_KINDS:
        return Response(status_code=404, headers=HEADERS)
    try:
        return _json(request, await run_in_threadpool(_read_sites, kind, asked))
    except InputError:
        return Response(status_code=404, headers=HEADERS)


def _read_sites(kind: str, asked: Asked) -> bytes:
    when = When(on=asked_day(asked.on)) if asked.on else None
    day = day_now(when, wanted_in(asked))
    return _sites(kind, day.town, day.told.joined.free)


async def _borders_route(request: Request) -> Response:
    try:
        division = request.query_params.get("division", "")
        return _json(request, await run_in_threadpool(_borders, division, stamp(town_folder())))
    except InputError:
        return Response(status_code=404, headers=HEADERS)


def _json(request: Request, body: bytes) -> Response:
    return tagged_answer(request, body, "application/geo+json")


@lru_cache(maxsize=16)
def _sites(kind: str, town: Town, free: frozenset[str]) -> bytes:
    sites = ordered_sites(town.sites[town.sites["kind"] == kind])
    snaps = town.site_snaps(sites)
    lon, lat = town.plane.to_lonlat(sites["x_m"], sites["y_m"])
    rows = [
        {"name": shown(name), "off": bool(edge < 0), "mapped": id_ in free}
        for id_, name, edge in zip(sites["site_id"], sites["name"], snaps.edge, strict=True)
    ]
    return dump_geojson(list(shapely.points(lon, lat)), rows, sites["site_id"], foreign={}).encode()


@lru_cache(maxsize=16)
def _borders(division: str, _stamp: str) -> bytes:
    town = town_now()
    areas = town.division(division)
    rows: list[dict[str, object]] = [{"name": str(name)} for name in areas["area_name"]]
    return dump_labelled(areas, rows).encode()


ROUTES: Final = Routes(
    id="sites", make=make_site_routes, seen_by="signed in",
    words=Words("街の地点と境", "the town's sites and borders"),
)  # fmt: skip
