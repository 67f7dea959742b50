"""Taps on the map become a point, a line or an area, and none of them is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import shapely

from pages.parts.record.placing import corners_of, make_place

if TYPE_CHECKING:
    from surveys.declaration.record_type import Shape

TAPS = [(35.0, 139.0), (35.0, 139.1), (35.1, 139.1), (35.1, 139.0)]


@pytest.mark.parametrize(
    ("shape", "kinds"),
    [
        ("point", ["Point", "Point", "Point", "Point"]),
        ("line", ["Point", "LineString", "LineString", "LineString"]),
        ("area", ["Point", "LineString", "Polygon", "Polygon"]),
    ],
)
def test_tap_by_tap_a_shape_keeps_every_corner(shape: Shape, kinds: list[str]) -> None:
    place: shapely.Geometry | None = None
    for number, (tap, kind) in enumerate(zip(TAPS, kinds, strict=True), start=1):
        corners = [tap] if shape == "point" else [*corners_of(place, shape), tap]
        place = make_place(corners, shape)
        assert place is not None
        assert place.geom_type == kind
        assert corners_of(place, shape) == ([tap] if shape == "point" else TAPS[:number])


@pytest.mark.parametrize(
    ("place", "shape", "why"),
    [
        (shapely.Polygon([(0, 0), (1, 0), (1, 1)]), "line", "an area is no beginning of a line"),
        (shapely.LineString([(0, 0), (1, 0), (1, 1)]), "area", "a line of three is a line"),
        (shapely.LineString([(0, 0), (1, 0)]), "point", "a line is no point"),
        (None, "area", "there is nothing yet"),
    ],
)
def test_a_shape_of_another_kind_is_begun_anew(
    place: shapely.Geometry | None, shape: Shape, why: str
) -> None:
    assert corners_of(place, shape) == [], why
