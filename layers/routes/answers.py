"""Routes that give the browser what a coverage draws: bytes and lines (地図が取りに来るもの)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from geo.base.geojson import dump_geojson
from geo.base.once import kept_once
from geo.base.outside import outside
from geo.base.place import LONLAT
from geo.base.problems import InputError
from geo.base.words import Words
from layers.asked import check_asked, make_question, read_asked
from layers.day.reached_streets import reached_streets
from layers.day.unmet import find_unmet
from layers.maps.area_answer import dump_areas
from layers.maps.bench_layers import dump_benches, dump_rests
from layers.maps.change_map import dump_changes, read_before
from layers.maps.gap_map import dump_gaps, read_numbered
from layers.maps.needs_map import dump_needs
from layers.maps.popup import entity
from layers.routes.parts.answer import HEADERS, tagged_answer
from layers.routes.parts.declare import Routes
from layers.served.answers import answer, answer_stamp, day_for, town_for
from layers.served.changes import ledger_now
from layers.served.clock import today_in_japan
from layers.served.gaps import gaps_now
from layers.served.plans import effect_now, plan_of
from layers.served.register import register_now
from layers.served.town import town_now
from surveys.api.kinds import of_kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from layers.asked import Asked
    from layers.day.salons import When
    from surveys.record.plan import Change

    Stamp = tuple[str, ...]

# The byte of a cell; 0 is nobody of the age group.
BYTES = {"within": 1, "outside": 2, "off_network": 3, "no_rest": 4}
MESH_M = 250.0


def make_answer_routes() -> list[BaseRoute]:
    """Return the routes under ``/answer/`` (経路).

    ``areas.geojson`` is the division's areas with their step of the share; ``cells.bin`` one
    byte a cell in the order of the town's cells; ``streets.geojson`` the streets within reach
    with exact ends; ``mesh.geojson`` people and share on a 250 m grid; ``rests.geojson`` where
    one can rest and ``benches.geojson`` where one more bench would help; ``changes.geojson``
    what became of the people since the day ``from``, ``known=on`` as far as was known then;
    ``plan.geojson`` what would by a ``plan``; ``gaps.geojson`` the places where people are left
    out, numbered as far as ``numbered`` says; ``needs.geojson`` areas of a ``division`` where a kind
    of need has no resource.
    """
    routes = [
        _route("/answer/areas.geojson", _areas, "application/geo+json"),
        _route("/answer/cells.bin", _cells, "application/octet-stream"),
        _route("/answer/streets.geojson", _streets, "application/geo+json"),
        _route("/answer/mesh.geojson", _mesh, "application/geo+json"),
        _route("/answer/rests.geojson", _rests, "application/geo+json"),
        _route("/answer/benches.geojson", _benches, "application/geo+json"),
        _changes_route(),
        _plan_route(),
        _gaps_route(),
        _needs_route(),
    ]
    return of_kind("data", routes)


def cell_bytes(people: np.ndarray, status: np.ndarray) -> bytes:
    r"""Return one byte a cell: 0 nobody, 1 within, 2 outside, 3 off the network, 4 no rest (地点の状態).

    Examples
    --------
    >>> cell_bytes(np.array([0, 2, 1]), np.array(["within", "outside", "no_rest"]))
    b'\x00\x02\x04'
    """
    codes = pd.Series(status).map(BYTES).to_numpy(dtype=np.uint8)
    return np.where(people > 0, codes, 0).astype(np.uint8).tobytes()


def _route(path: str, make: Callable[[Asked, Stamp], bytes], media_type: str) -> Route:
    def read(request: Request) -> bytes:
        asked = check_asked(read_asked(request.query_params), town_now(), today_in_japan())
        return make(asked, answer_stamp(asked))

    return _answering(path, read, media_type)


def _changes_route() -> Route:
    def read(request: Request) -> bytes:
        asked = check_asked(read_asked(request.query_params), town_now(), today_in_japan())
        before = read_before(request.query_params, today_in_japan())
        return _changes(asked, before, answer_stamp(asked))

    return _answering("/answer/changes.geojson", read, "application/geo+json")


def _answering(path: str, read: Callable[[Request], bytes], media_type: str) -> Route:
    async def endpoint(request: Request) -> Response:
        try:
            body = await run_in_threadpool(read, request)
        except InputError as error:
            told = entity(outside(error.words).ja)
            return Response(told, status_code=400, media_type="text/plain", headers=HEADERS)
        return tagged_answer(request, body, media_type)

    return Route(path, endpoint, methods=["GET"])


@kept_once(most=16)
def _areas(asked: Asked, _at: Stamp) -> bytes:
    return dump_areas(town_now(), answer(asked)).encode()


@kept_once(most=16)
def _cells(asked: Asked, _at: Stamp) -> bytes:
    cells = answer(asked).cells
    return cell_bytes(cells["people"].to_numpy(), cells["status"].to_numpy())


@kept_once(most=16)
def _streets(asked: Asked, _at: Stamp) -> bytes:
    town = town_for(asked)
    question = make_question(asked, town)
    lines = reached_streets(day_for(asked), question)
    shape = gpd.GeoSeries([lines], crs=town.plane.crs).to_crs(LONLAT).iloc[0]
    return dump_geojson([shape], [{}], ["reached"], foreign={}).encode()


@kept_once(most=16)
def _mesh(asked: Asked, _at: Stamp) -> bytes:
    town, cells = town_now(), answer(asked).cells
    column = np.floor(town.cells["x_m"].to_numpy() / MESH_M).astype(np.int64)
    row = np.floor(town.cells["y_m"].to_numpy() / MESH_M).astype(np.int64)
    table = pd.DataFrame(
        {"column": column, "row": row, "status": cells["status"], "people": cells["people"]}
    )
    squares = table.pivot_table(
        index=["column", "row"], columns="status", values="people", aggfunc="sum", fill_value=0
    ).reindex(columns=list(BYTES), fill_value=0)
    squares = squares[squares.sum(axis=1) > 0]
    west = squares.index.get_level_values("column").to_numpy() * MESH_M
    south = squares.index.get_level_values("row").to_numpy() * MESH_M
    boxes = gpd.GeoSeries(
        shapely.box(west, south, west + MESH_M, south + MESH_M), crs=town.plane.crs
    )
    lacking = squares["outside"] + squares["no_rest"]
    known = squares["within"] + lacking
    share = np.where(known > 0, squares["within"] / known.where(known > 0, 1), np.nan)
    resting = (squares["no_rest"] > 0) & (2 * squares["no_rest"] >= lacking)
    rows = [
        {
            "people": int(people),
            "share": None if np.isnan(part) else round(float(part), 4),
            "rest": bool(rest),
        }
        for people, part, rest in zip(squares.sum(axis=1), share, resting, strict=True)
    ]
    ids = [f"{c}/{r}" for c, r in squares.index]
    return dump_geojson(list(boxes.to_crs(LONLAT)), rows, ids, foreign={}).encode()


@kept_once(most=16)
def _rests(asked: Asked, _at: Stamp) -> bytes:
    return dump_rests(asked).encode()


@kept_once(most=16)
def _benches(asked: Asked, _at: Stamp) -> bytes:
    return dump_benches(asked).encode()


@kept_once(most=8)
def _changes(asked: Asked, before: When, _at: Stamp) -> bytes:
    areas = ledger_now(asked, before)[0].areas
    return dump_changes(town_now(), str(areas["division"].iloc[0]), areas).encode()


def _plan_route() -> Route:
    def read(request: Request) -> bytes:
        asked = check_asked(read_asked(request.query_params), town_now(), today_in_japan())
        changes = plan_of(request.query_params.get("plan", "")).changes
        return _plan(replace(asked, band=""), changes, answer_stamp(asked))

    return _answering("/answer/plan.geojson", read, "application/geo+json")


@kept_once(most=16)
def _plan(asked: Asked, changes: tuple[Change, ...], _at: Stamp) -> bytes:
    town = town_now()
    areas = effect_now(asked, changes).known.areas
    return dump_changes(town, asked.division or town.divisions[0], areas).encode()


def _gaps_route() -> Route:
    def read(request: Request) -> bytes:
        asked = check_asked(read_asked(request.query_params), town_now(), today_in_japan())
        numbered = read_numbered(request.query_params.get("numbered", ""))
        return _gaps(replace(asked, band=""), numbered, answer_stamp(asked))

    return _answering("/answer/gaps.geojson", read, "application/geo+json")


@kept_once(most=16)
def _gaps(asked: Asked, numbered: int, _at: Stamp) -> bytes:
    return dump_gaps(town_now(), gaps_now(asked), numbered).encode()


def _needs_route() -> Route:
    def read(request: Request) -> bytes:
        town, today = town_now(), date.fromisoformat(today_in_japan())
        division = request.query_params.get("division", "") or next(iter(town.divisions), "")
        unmet = find_unmet(register_now(), town, division, today, "ja")
        return dump_needs(town, division, unmet).encode()

    return _answering("/answer/needs.geojson", read, "application/geo+json")


ROUTES: Final = Routes(
    id="answers", make=make_answer_routes, seen_by="signed in",
    words=Words("届く人の答え（地図が取りに来る）", "what a coverage draws on the map"),
)  # fmt: skip
