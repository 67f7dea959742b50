"""`layers.areas.given`: corners and files become a shape on the town's plane, or are refused with words."""

import io
import json
import random
import zipfile

import pytest
import shapely

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.sources.town_folder import load_town
from layers.areas.given import (
    MOST_CORNERS,
    read_corners,
    say_corners,
    shape_of_corners,
    shape_of_file,
)
from layers.areas.place import drawn_place


@pytest.fixture(scope="module")
def town(small_town):
    return load_town(small_town)


@pytest.fixture(scope="module")
def square(town):
    """Corners of a square in the middle of the town, latitude and longitude, as one goes round."""
    middle = town.border.centroid
    box = town.plane.to_degrees(middle.buffer(120, cap_style="square"))
    return [(lat, lng) for lng, lat in shapely.get_coordinates(box)[:4].tolist()]


def feature(corners):
    ring = [[lng, lat] for lat, lng in (*corners, corners[0])]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return json.dumps({"type": "Feature", "properties": {"name": "形"}, "geometry": geometry})


def kml(corners):
    ring = " ".join(f"{lng},{lat},0" for lat, lng in (*corners, corners[0]))
    return (
        "<?xml version='1.0' encoding='UTF-8'?><kml xmlns='http://www.opengis.net/kml/2.2'><Document>"
        "<Placemark><name>形</name><Polygon><outerBoundaryIs><LinearRing><coordinates>"
        f"{ring}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Document></kml>"
    )


def take(town, data, name):
    """Take a file as the page does."""
    found, _ = shape_of_file(town, data, name)
    drawn_place(town, found, "")


def zipped(name, data):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def test_corners_files_and_the_address_tell_one_shape(town, square):
    shape = shape_of_corners(town, square)
    assert shape.area == pytest.approx(240 * 240, rel=0.01)
    again = shape_of_corners(town, read_corners(say_corners(square)))
    assert shape.symmetric_difference(again).area < 0.02 * shape.area
    files = {
        "a.geojson": feature(square).encode(), "形.kml": kml(square).encode(),
        "c.zip": zipped("a.geojson", feature(square)),
    }  # fmt: skip
    for name, data in files.items():
        found, _ = shape_of_file(town, data, name)
        assert found.symmetric_difference(shape).area < 0.001 * shape.area, name
        assert (
            drawn_place(town, found, "形").inside.any() == drawn_place(town, shape, "").inside.any()
        )


def test_too_few_corners_crossing_edges_and_corners_at_the_worlds_end_are_refused(town, square):
    one, two, three, four = square
    for corners in ([one, two], [one, three, two, four], square * 60, [(84.9, 0.0)] * 3):
        with pytest.raises(InputError):
            drawn_place(town, shape_of_corners(town, corners), "")


@pytest.mark.parametrize(
    "text", ["x", "35", "35,138,1", "91,0", "nan,nan", "inf,0", "35.0,138.0;<b>", "1,1;" * (MOST_CORNERS + 1)]
)  # fmt: skip
def test_what_is_no_corner_is_refused(text):
    with pytest.raises(InputError):
        read_corners(text)


VRT = (
    b"<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>/etc/passwd</SrcDataSource>"
    b"</OGRVRTLayer></OGRVRTDataSource>"
)
HOSTILE = {
    "vrt.geojson": VRT, "vrt.kml": VRT, "a.vrt": VRT, "empty.geojson": b"", "noise.zip": b"PK\x03\x04" + b"\0" * 40,
    "a.exe": b"MZ", "point.geojson": b'{"type":"Point","coordinates":[138.6,35.0]}',
    "nan.geojson": b'{"type":"Polygon","coordinates":[[[NaN,35],[138,35],[138,36],[NaN,35]]]}',
    "deep.json": b"[" * 100_000,
    "up.zip": zipped("../../up.geojson", "{}"),
    "entity.kml": b"<!DOCTYPE k [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><kml>&x;</kml>",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_in_words(town, name):
    with pytest.raises(InputError) as caught:
        take(town, HOSTILE[name], name)
    told = caught.value.words.ja + caught.value.words.en
    assert "root:" not in told and "/" not in outside(caught.value.words).en


def test_names_lead_nowhere_and_noise_breaks_nothing(town, square):
    for name in ("../../a.geojson", "C:\\x\\a.geojson", "." * 300 + "a.geojson", "\0a.geojson"):
        take(town, feature(square).encode(), name)
    rng = random.Random(7)  # noqa: S311 - the same draws each time
    whole = feature(square).encode()
    for _ in range(60):
        cut = bytearray(whole[: rng.randrange(1, len(whole))])
        cut[rng.randrange(len(cut))] = rng.randrange(256)
        with pytest.raises(InputError):
            take(town, bytes(cut), "a.geojson")
