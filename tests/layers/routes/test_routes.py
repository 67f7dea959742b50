"""The server's own routes, without a browser."""

import json
import sys

import numpy as np
import pytest
from geojson_rules import faults
from starlette.applications import Starlette
from starlette.testclient import TestClient
from where import ROOT

from layers.asked import Asked
from layers.maps.base_map import asset_address, asset_version
from layers.routes.answers import make_answer_routes
from layers.routes.assets import make_asset_routes
from layers.routes.sites import make_site_routes
from layers.routes.tiles import make_tile_routes
from layers.served.answers import answer
from layers.served.prepare import prepare_tiles
from layers.served.town import VARIABLE, town_now


@pytest.fixture(scope="module")
def client(small_town):
    prepare_tiles(small_town, lambda words: None)
    patch = pytest.MonkeyPatch()
    patch.setenv(VARIABLE, str(small_town))
    routes = [*make_answer_routes(), *make_site_routes(), *make_asset_routes(), *make_tile_routes()]
    with TestClient(Starlette(routes=routes)) as made:
        yield made
    patch.undo()


def test_a_byte_a_cell_in_the_cells_own_order(client):
    body = client.get("/answer/cells.bin?people=65&walker=elderly&within=500m").content
    cells = answer(Asked(people="65", walker="elderly", within="500m")).cells
    assert len(body) == len(town_now().cells)
    within = np.frombuffer(body, dtype=np.uint8) == 1
    assert (
        int(cells["people"][within].sum())
        == answer(Asked(people="65", walker="elderly", within="500m")).totals["within"]
    )


@pytest.mark.parametrize(
    "path",
    [
        "/answer/areas.geojson?division=町丁目", "/answer/streets.geojson?within=300m", "/answer/mesh.geojson",
        "/answer/sites.geojson?kind=salon", "/answer/sites.geojson?kind=bench",
        "/answer/borders.geojson?division=小学校区",
    ],
)  # fmt: skip
def test_what_the_map_fetches_is_good_geojson(client, path):
    found = client.get(path)
    assert found.status_code == 200 and found.headers["x-content-type-options"] == "nosniff"
    document = json.loads(found.content)
    assert document["features"] and faults(document) == []


def test_the_map_leaves_out_what_is_not_as_wished(client):
    def fetched(path):
        found = json.loads(client.get(path).content)
        assert faults(found) == []
        return found["features"]

    every, days = "/answer/sites.geojson?kind=salon", ("mon", "tue", "wed", "thu", "fri", "sat")
    ids = {one["id"] for one in fetched(every)}
    of_days = [{one["id"] for one in fetched(f"{every}&weekday={day}")} for day in days]
    assert all(some <= ids for some in of_days) and any(some < ids for some in of_days)
    assert fetched(f"{every}&content=exercise") == []  # the town's own do not tell
    (streets,) = fetched("/answer/streets.geojson?within=300m&content=exercise&eligible=on")
    assert not (streets["geometry"] or {}).get("coordinates")
    assert fetched("/answer/streets.geojson?within=300m&eligible=on") == fetched(
        "/answer/streets.geojson?within=300m"
    )


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/answer/areas.geojson?within=1000km", 400), ("/answer/cells.bin?people=99", 400),
        ("/answer/cells.bin?walker=<script>", 400), ("/answer/cells.bin?weekday=<script>", 400),
        ("/answer/sites.geojson?half=noon", 404), ("/answer/sites.geojson?kind=../x", 404),
        ("/answer/borders.geojson?division=none", 404), ("/tiles/secret/1/1/1.mvt", 404),
        ("/tiles/..%2f..%2fdata/1/1/1.mvt", 404), ("/assets/..%2f..%2fpalette.py", 404),
        ("/assets/%2e%2e/%2e%2e/palette.py", 404), ("/assets/none.js", 404),
    ],
)  # fmt: skip
def test_what_is_not_ours_to_give_is_refused(client, path, status):
    found = client.get(path)
    assert found.status_code == status and b"<script>" not in found.content


def test_tiles_come_where_the_town_is_and_are_empty_elsewhere(client):
    town = town_now()
    lon, lat = town.plane.to_lonlat(town.border.centroid.x, town.border.centroid.y)
    z = 15
    x = int((lon + 180) / 360 * 2**z)
    y = int((1 - np.log(np.tan(np.radians(lat)) + 1 / np.cos(np.radians(lat))) / np.pi) / 2 * 2**z)
    assert len(client.get(f"/tiles/base/{z}/{x}/{y}.mvt").content) > 100
    assert len(client.get(f"/tiles/cells/{z}/{x}/{y}.mvt").content) > 20
    assert client.get("/tiles/base/15/0/0.mvt").content == b""
    assert client.get("/tiles/base/99/0/0.mvt").status_code == 200


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("?v={v}", True), ("", False), ("?v=", False), ("?v=anything", False), ("?v={v}x", False),
        ("?v={v}&v=other", False), ("?w={v}", False), ("?v=%FF", False),
    ],
)  # fmt: skip
def test_assets_are_ours_and_kept_for_good_by_their_own_hash_alone(client, query, kept):
    found = client.get("/assets/kayoi/kayoi.js" + query.format(v=asset_version("kayoi/kayoi.js")))
    assert found.status_code == 200
    assert found.headers["cache-control"] == (
        "public, max-age=31536000, immutable" if kept else "no-cache"
    )


def test_a_file_that_is_none_of_ours_has_no_version():
    assert asset_version("none.js") == ""
    with pytest.raises(FileNotFoundError, match="not built"):
        asset_address("none.js")


@pytest.mark.parametrize("version", ["", "?v=anything"])
def test_a_tile_is_asked_about_each_time_and_sent_once(client, version):
    found = client.get(f"/tiles/cells/15/29082/12935.mvt{version}")
    assert found.headers["cache-control"] == "private, no-cache"
    again = client.get(found.url.path, headers={"If-None-Match": found.headers["etag"]})
    assert again.status_code == 304 and again.content == b""
    assert again.headers["cache-control"] == "private, no-cache"


def test_the_door_is_both_a_script_and_an_application():
    sys.path.insert(0, str(ROOT))
    import app

    assert type(app.app).__name__ == "App"
