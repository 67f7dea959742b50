"""Fetching a town, from a server of our own on this machine and from nowhere at all."""

import json
import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse

import geopandas as gpd
import numpy as np
import osmnx
import pytest

from geo.base.place import choose_plane
from geo.base.problems import InputError
from geo.network.lay import build_network
from geo.sources.streets.graphml import features_beside
from geo.sources.streets.overpass import AGENT, file_stem, save_place
from geo.sources.streets.streets import load_streets

BORDER = [[139.90, 35.64], [139.91, 35.64], [139.91, 35.65], [139.90, 35.65], [139.90, 35.64]]
FOUND = [
    {
        "place_id": 1, "osm_type": "relation", "osm_id": 2, "lat": "35.645", "lon": "139.905",
        "class": "boundary", "type": "administrative", "place_rank": 14, "importance": 0.5,
        "addresstype": "city", "name": "試験町", "display_name": "試験町, 日本",
        "boundingbox": ["35.64", "35.65", "139.90", "139.91"],
        "geojson": {"type": "Polygon", "coordinates": [BORDER]},
    }
]  # fmt: skip


def node(number, lon, lat, **tags):
    return {"type": "node", "id": number, "lon": lon, "lat": lat, "tags": tags}


def way(number, nodes, **tags):
    return {"type": "way", "id": number, "nodes": nodes, "tags": tags}


NODES = [
    node(1, 139.901, 35.641), node(2, 139.903, 35.641), node(3, 139.905, 35.641),
    node(4, 139.903, 35.643), node(5, 139.912, 35.641),
]  # fmt: skip
STREETS = [
    *NODES,
    way(10, [1, 2, 3], highway="residential", name="一番通り"),
    way(11, [2, 4], highway="footway", oneway="yes"),
    way(12, [3, 4], highway="trunk", motorroad="yes"),
    way(13, [3, 5], highway="service", access="private", foot="yes"),
]
FEATURES = [
    *NODES,
    node(6, 139.902, 35.642, amenity="bench"),
    way(14, [1, 2, 4, 1], building="house", **{"building:levels": "2"}),
    way(15, [2, 3, 4, 2], leisure="park", name="中央公園"),
]


class Server(BaseHTTPRequestHandler):
    """Nominatim and Overpass, as far as OSMnx asks them."""

    def do_GET(self):
        self.server.asked.append(("GET", self.path, self.headers["User-Agent"]))
        if urlparse(self.path).path.endswith("/status"):
            self.answer(
                b"Connected as: 1\nCurrent time: x\nRate limit: 2\n\n2 slots available now.\n"
            )
        else:
            self.answer(json.dumps(self.server.places).encode())

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        query = parse_qs(body)["data"][0]
        self.server.asked.append(("POST", query, self.headers["User-Agent"]))
        elements = STREETS if '(way["highway"](poly' in query else self.server.features
        self.answer(json.dumps({"version": 0.6, "elements": elements}).encode())

    def answer(self, body):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing."""


def point_osmnx_at(monkeypatch, port):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(osmnx.settings, "nominatim_url", f"http://127.0.0.1:{port}/")
    monkeypatch.setattr(osmnx.settings, "overpass_url", f"http://127.0.0.1:{port}/api")
    monkeypatch.setattr("osmnx._nominatim.time.sleep", lambda _: None)


@contextmanager
def serving(places=FOUND, features=FEATURES):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    server.asked, server.places, server.features = [], places, features
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def server(monkeypatch):
    with serving() as made:
        point_osmnx_at(monkeypatch, made.server_port)
        yield made


def test_a_place_is_saved_as_streets_features_and_border(server, tmp_path):
    streets, features, border = save_place("試験 町", tmp_path / "out", cache=tmp_path / "cache")
    assert [path.name for path in (streets, features, border)] == [
        "試験-町.graphml", "試験-町-features.gpkg", "試験-町-border.geojson",
    ]  # fmt: skip
    assert sorted(path.name for path in streets.parent.iterdir()) == sorted(
        path.name for path in (streets, features, border)
    )
    assert features == features_beside(streets)
    assert gpd.read_file(border).total_bounds.tolist() == [139.90, 35.64, 139.91, 35.65]
    assert {agent for _, _, agent in server.asked} == {AGENT}

    extract = load_streets(streets)
    assert sorted(extract.streets.way_id.tolist()) == [10, 11, 13]
    assert extract.left_out == {"motorroad": 1}
    assert extract.sites["site_id"].tolist() == ["osm-n6", "osm-w15"]
    assert extract.buildings["building_id"].tolist() == ["w14"]
    assert extract.buildings["floor_m2_factor"].tolist() == [2.0]
    net, report = build_network(extract.streets, choose_plane(139.9, 35.6), min_island_m=0)
    assert net.node_id.tolist() == [1, 2, 3, 4, 5]
    assert (report.edges, report.islands) == (4, 1)


def test_a_second_run_asks_nothing_and_gives_the_same(server, tmp_path):
    first = save_place("試験町", tmp_path / "one", cache=tmp_path / "cache")
    asked = len(server.asked)
    second = save_place("試験町", tmp_path / "two", cache=tmp_path / "cache")
    assert len(server.asked) == asked
    one, two = load_streets(first[0]).streets, load_streets(second[0]).streets
    assert np.array_equal(one.node_id, two.node_id)


def test_settings_are_put_back(server, tmp_path):
    before = {k: v for k, v in vars(osmnx.settings).items() if not k.startswith("_")}
    look_up = socket.getaddrinfo
    save_place("試験町", tmp_path, cache=tmp_path / "cache")
    assert {k: v for k, v in vars(osmnx.settings).items() if not k.startswith("_")} == before
    assert socket.getaddrinfo is look_up


def test_a_town_without_features_has_streets_and_no_features_file(monkeypatch, tmp_path):
    with serving(features=[]) as made:
        point_osmnx_at(monkeypatch, made.server_port)
        streets, features, _ = save_place("試験町", tmp_path, cache=tmp_path / "cache")
    assert features is None
    assert not features_beside(streets).exists()


def test_an_unknown_place_is_told_with_its_name(monkeypatch, tmp_path):
    with serving(places=[]) as made:
        point_osmnx_at(monkeypatch, made.server_port)
        with pytest.raises(InputError) as caught:
            save_place("どこにもない町", tmp_path, cache=tmp_path / "cache")
    assert "どこにもない町" in caught.value.words.ja
    assert "--streets" in caught.value.words.ja


def test_offline_is_told_with_what_to_do(monkeypatch, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: every call is refused
        point_osmnx_at(monkeypatch, taken.getsockname()[1])
        with pytest.raises(InputError) as caught:
            save_place("浦安市", tmp_path / "out", cache=tmp_path / "cache")
    assert "インターネットにつながらないため" in caught.value.words.ja
    assert "--streets" in caught.value.words.ja
    assert list((tmp_path / "out").iterdir()) == []


STEMS = [
    ("千葉県浦安市", "千葉県浦安市", "as it is"),
    ("../../etc/passwd", "etc-passwd", "no folders"),
    ("浦安市　（千葉県）", "浦安市-千葉県", "tidied"),
    ("///", "town", "nothing is left"),
]


@pytest.mark.parametrize(("name", "stem", "reason"), STEMS, ids=[c[2] for c in STEMS])
def test_a_place_name_becomes_a_plain_file_name(name, stem, reason):
    assert file_stem(name) == stem, reason
