"""A press on a map is believed only as far as a map could say it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from pages.parts.frame.show_map import Tap, read_tap


def test_a_press_on_a_sign_and_on_the_ground_are_read():
    sign = {"layer": "signs", "id": "site:a", "ids": [], "lat": 34.7, "lng": 138, "turn": 3}
    assert read_tap(sign) == Tap(lat=34.7, lng=138.0, layer="signs", id="site:a")
    assert read_tap({"lat": 1.5, "lng": -2}) == Tap(lat=1.5, lng=-2.0)


@pytest.mark.parametrize(
    "said",
    [None, [], "x", {}, {"lat": "1", "lng": 2}, {"lat": 91, "lng": 0}, {"lat": 0, "lng": 181},
     {"lat": float("nan"), "lng": 0}, {"lat": None, "lng": 0}],
)  # fmt: skip
def test_what_no_map_says_is_no_press(said):
    assert read_tap(said) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text() | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(
    st.fixed_dictionaries({}, optional=dict.fromkeys(("lat", "lng", "layer", "id", "ids"), JSON))
)
def test_whatever_a_browser_sends_is_a_press_within_bounds_or_none(said):
    tap = read_tap(said)
    if tap is not None:
        assert abs(tap.lat) <= 90 and abs(tap.lng) <= 180 and len(tap.id) <= 200
        assert all(isinstance(one, str) and one for one in tap.ids)


def _page():
    import folium

    from layers.maps.base_map import make_map
    from pages.parts.frame.show_map import show_map

    drawn = make_map((138.0, 34.5, 138.2, 34.75))
    show_map(drawn, folium.FeatureGroup(), key="t", height=300, lang="ja")


def test_the_component_is_declared_to_a_server_that_never_heard_of_it():
    """Streamlit's own inside: the manifest an installed component would bring."""
    page = AppTest.from_function(_page).run()
    assert not page.exception
    assert [one.type for one in page.main][1:] == ["bidi_component"]
