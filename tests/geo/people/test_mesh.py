"""Mesh codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.base.problems import InputError
from geo.people.mesh import SIZES, is_mesh, mesh_bounds, mesh_code

TOKYO_STATION = (139.767125, 35.681236)


@pytest.mark.parametrize(
    ("digits", "code"),
    [(4, "5339"), (6, "533946"), (8, "53394611"), (9, "533946113"), (10, "5339461132")],
)
def test_tokyo_station_has_its_published_codes(digits, code):
    assert mesh_code(*TOKYO_STATION, digits) == code


def test_bounds_have_the_sizes_of_the_standard():
    for digits, (height, width) in SIZES.items():
        west, south, east, north = mesh_bounds(mesh_code(*TOKYO_STATION, digits))
        assert west <= TOKYO_STATION[0] < east and south <= TOKYO_STATION[1] < north
        assert (east - west) * 28800 == pytest.approx(width, abs=1e-6)
        assert (north - south) * 28800 == pytest.approx(height, abs=1e-6)


def test_quarters_go_south_west_south_east_north_west_north_east():
    west, south, east, north = mesh_bounds("53394611")
    middle = ((west + east) / 2, (south + north) / 2)
    corners = [mesh_bounds(f"53394611{part}")[:2] for part in "1234"]
    expected = [(west, south), (middle[0], south), (west, middle[1]), middle]
    for corner, want in zip(corners, expected, strict=True):
        assert corner == pytest.approx(want, abs=1e-12)


@pytest.mark.parametrize(
    ("code", "good", "why"),
    [
        ("53394611324", True, "eighth mesh"), ("53394611325", False, "a half is 1 to 4"),
        ("53398611", False, "second digits are 0 to 7"), ("533946113211", False, "too long"),
        ("12227001001", False, "a KEY_CODE of 浦安市"), ("5339461", False, "seven digits"),
        ("５３３９", False, "wide digits are tidied before"), ("", False, "nothing"),
        ("5399", False, "east of Japan"), ("40131001001", False, "a KEY_CODE of 福岡市"),
        ("39222600", True, "沖縄"),
    ],
)  # fmt: skip
def test_only_codes_of_japan_are_codes(code, good, why):
    assert is_mesh(code) is good, why
    if not good:
        with pytest.raises(InputError):
            mesh_bounds(code)


def test_a_level_that_is_none_is_refused():
    with pytest.raises(ValueError, match="digits"):
        mesh_code(*TOKYO_STATION, 7)


@given(st.floats(122.1, 153.9), st.floats(20.1, 45.9), st.sampled_from(sorted(SIZES)))
def test_a_code_holds_its_point_and_its_own_corner(lon, lat, digits):
    code = mesh_code(lon, lat, digits)
    west, south, east, north = mesh_bounds(code)
    slack = 1e-9
    assert west - slack <= lon < east + slack and south - slack <= lat < north + slack
    assert mesh_code(west, south, digits) == code
    if digits > 4:
        assert code.startswith(mesh_code(lon, lat, 4))
