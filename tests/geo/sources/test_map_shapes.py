"""Curves, surfaces and collections in map files, as the areas they are."""

import sqlite3
import struct

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely.geometry import box

from geo.sources.boundaries import load_division
from geo.sources.maps.surfaces import plain_wkb

STEP = 0.001
WEST, SOUTH = 139.9, 35.64


def square(column):
    return box(WEST + column * STEP, SOUTH, WEST + (column + 1) * STEP, SOUTH + STEP)


def frame_of():
    return gpd.GeoDataFrame({"S_NAME": ["西", "東"]}, geometry=[square(0), square(1)], crs=4326)


def gpkg_with(path, wkb):
    """A GeoPackage whose first shape is of a kind that writers of ours do not know."""
    frame_of().to_file(path)
    with sqlite3.connect(path) as base:
        for (name,) in base.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            base.execute(f'DROP TRIGGER "{name}"')
        blob = b"GP\0\1" + struct.pack("<i", 4326) + wkb
        base.execute("UPDATE a SET geom = ? WHERE fid = 1", [blob])
    base.close()
    return path


def wkb_of(kind, *parts):
    return b"\1" + struct.pack("<II", kind, len(parts)) + b"".join(parts)


def ring(*corners, z=()):
    at = [(WEST + x * STEP, SOUTH + y * STEP, *z) for x, y in corners]
    return struct.pack("<I", len(at)) + b"".join(struct.pack(f"<{len(one)}d", *one) for one in at)


def circle():
    return b"\1" + struct.pack("<I", 8) + ring((0, 0.5), (0.5, 1), (1, 0.5), (0.5, 0), (0, 0.5))


def triangle(*corners):
    return wkb_of(1017, ring(*corners, corners[0], z=(9.0,)))


@pytest.mark.parametrize(
    ("shape", "share"),
    [
        (wkb_of(10, circle()), np.pi / 4),
        (wkb_of(12, wkb_of(10, circle())), np.pi / 4),
        (wkb_of(1016, triangle((0, 0), (1, 0), (0, 1)), triangle((1, 0), (1, 1), (0, 1))), 1.0),
        (wkb_of(1015, wkb_of(1003, ring((0, 0), (1, 0), (1, 1), (0, 0), z=(9.0,)))), 0.5),
    ],
    ids=["a circle", "circles", "TIN", "a polyhedral surface"],
)
def test_curves_and_surfaces_are_the_areas_they_are(tmp_path, shape, share):
    areas, _ = load_division(gpkg_with(tmp_path / "a.gpkg", shape), name="x", column="S_NAME")
    assert shapely.area(areas.geometry[0]) / STEP**2 == pytest.approx(share, rel=1e-3)
    assert not areas.has_z.any()


def test_a_surface_cut_short_is_no_shape():
    whole = wkb_of(1016, triangle((0, 0), (1, 0), (0, 1)))
    assert shapely.from_wkb(plain_wkb(whole)).geom_type == "MultiPolygon"
    with pytest.raises(ValueError, match="cut short"):
        plain_wkb(whole[:30] + b"\xff" * 4)


def test_the_areas_of_a_mixed_collection_are_taken(tmp_path):
    mixed = shapely.GeometryCollection([square(0), shapely.Point(WEST, SOUTH)])
    frame = gpd.GeoDataFrame({"S_NAME": ["西"]}, geometry=[mixed], crs=4326)
    (tmp_path / "a.geojson").write_text(frame.to_json())
    areas, notices = load_division(tmp_path / "a.geojson", name="x", column="S_NAME")
    assert areas.geometry[0].equals(square(0)) and not notices
