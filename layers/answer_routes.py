"""Routes that give the browser what a coverage draws: bytes and lines (地図が取りに来るもの)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from geo.geojson import dump_geojson
from geo.place import LONLAT
from geo.problems import InputError
from geo.reach import part_lines, reach_parts
from geo.town import ordered_sites
from layers.coverage_map import dump_areas
from layers.live import Asked, answer, stamp, town_folder, town_now
from layers.popup import entity

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

# The byte of a cell: nobody of the age group, then the three statuses.
BYTES = {"within": 1, "outside": 2, "off_network": 3}
MESH_M = 250.0


def make_answer_routes() -> list[Route]:
    """Return the routes under ``/answer/`` (経路).

    ``areas.geojson`` is the division's areas with their step of the share; ``cells.bin`` one
    byte a cell in the order of the town's cells; ``streets.geojson`` the streets within reach
    with exact ends; ``mesh.geojson`` people and share on a 250 m grid.
    """
    return [
        _route("/answer/areas.geojson", _areas, "application/geo+json"),
        _route("/answer/cells.bin", _cells, "application/octet-stream"),
        _route("/answer/streets.geojson", _streets, "application/geo+json"),
        _route("/answer/mesh.geojson", _mesh, "application/geo+json"),
    ]


def cell_bytes(people: np.ndarray, status: np.ndarray) -> bytes:
    r"""Return one byte a cell: 0 nobody, 1 within, 2 outside, 3 off the network (地点の状態).

    Examples
    --------
    >>> cell_bytes(np.array([0, 2]), np.array(["within", "outside"]))
    b'\x00\x02'
    """
    codes = pd.Series(status).map(BYTES).to_numpy(dtype=np.uint8)
    return np.where(people > 0, codes, 0).astype(np.uint8).tobytes()


def _route(path: str, make: Callable[[Asked, str], bytes], media_type: str) -> Route:
    async def endpoint(request: Request) -> Response:
        asked = Asked(
            people=request.query_params.get("people", "65"),
            walker=request.query_params.get("walker", "elderly"),
            within=request.query_params.get("within", "500m"),
            division=request.query_params.get("division", ""),
        )
        try:
            body = await run_in_threadpool(make, asked, stamp(town_folder()))
        except InputError as error:
            return Response(entity(error.words.ja), status_code=400, media_type="text/plain")
        headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
        return Response(body, media_type=media_type, headers=headers)

    return Route(path, endpoint, methods=["GET"])


@lru_cache(maxsize=16)
def _areas(asked: Asked, _stamp: str) -> bytes:
    return dump_areas(town_now(), answer(asked)).encode()


@lru_cache(maxsize=16)
def _cells(asked: Asked, _stamp: str) -> bytes:
    cells = answer(asked).cells
    return cell_bytes(cells["people"].to_numpy(), cells["status"].to_numpy())


@lru_cache(maxsize=16)
def _streets(asked: Asked, _stamp: str) -> bytes:
    town, coverage = town_now(), answer(asked)
    snaps = town.site_snaps(ordered_sites(town.salons))
    parts = reach_parts(town.network, snaps, limit_m=coverage.question.limit_m)
    lines = shapely.MultiLineString(list(part_lines(town.network, parts)))
    shape = gpd.GeoSeries([lines], crs=town.plane.crs).to_crs(LONLAT).iloc[0]
    return dump_geojson([shape], [{}], ["reached"], foreign={}).encode()


@lru_cache(maxsize=16)
def _mesh(asked: Asked, _stamp: str) -> bytes:
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
    known = squares["within"] + squares["outside"]
    share = np.where(known > 0, squares["within"] / known.where(known > 0, 1), np.nan)
    rows = [
        {"people": int(people), "share": None if np.isnan(part) else round(float(part), 4)}
        for people, part in zip(squares.sum(axis=1), share, strict=True)
    ]
    ids = [f"{c}/{r}" for c, r in squares.index]
    return dump_geojson(list(boxes.to_crs(LONLAT)), rows, ids, foreign={}).encode()
