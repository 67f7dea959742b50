"""GeoJSON as RFC 7946 asks, read back by the standard library alone."""

import json
from math import inf, nan

import numpy as np
import shapely

from geo.base.geojson import dump_geojson


def read(geometries, properties=({},), **foreign):
    ids = [f"id{number}" for number in range(len(geometries))]
    return json.loads(dump_geojson(geometries, properties, ids, foreign=foreign))


def test_a_feature_has_its_id_its_properties_and_the_collection_its_own_members():
    found = read([shapely.Point(139.7, 35.6)], [{"名前": "公園", "n": np.int64(3)}], made="2026")
    assert found == {
        "type": "FeatureCollection",
        "made": "2026",
        "features": [
            {
                "type": "Feature",
                "id": "id0",
                "geometry": {"type": "Point", "coordinates": [139.7, 35.6]},
                "properties": {"名前": "公園", "n": 3},
            }
        ],
    }


def test_an_outer_ring_runs_anticlockwise_and_a_hole_the_other_way():
    clockwise = shapely.box(0, 0, 3, 3, ccw=False)
    ring = shapely.difference(clockwise, shapely.box(1, 1, 2, 2, ccw=True))
    outer, hole = read([ring])["features"][0]["geometry"]["coordinates"]
    assert shapely.LinearRing(outer).is_ccw and not shapely.LinearRing(hole).is_ccw


def test_no_more_digits_are_written_than_are_meant():
    line = shapely.LineString([(139.123456789, 35.987654321), (139, 36)])
    assert read([line])["features"][0]["geometry"]["coordinates"][0] == [139.1234568, 35.9876543]


def test_what_is_no_number_and_what_has_no_place_become_null():
    values = [{"m": nan, "far": inf, "in": [np.float64(nan), 1.5]}, {}]
    one, other = read([shapely.Point(0, 0), shapely.Polygon()], values)["features"]
    assert one["properties"] == {"m": None, "far": None, "in": [None, 1.5]}
    assert other["geometry"] is None
