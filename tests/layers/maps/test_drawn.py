"""A Folium map as plain data: what it is made with, and its layers in their order."""

import folium
import pytest

from layers.maps.base_map import make_map
from layers.maps.browser_layers import border_layer, pin_layer
from layers.maps.drawn import read_layers, read_map


def test_a_map_is_its_options_and_the_bounds_it_shows_first():
    found = read_map(make_map((138.0, 34.5, 138.2, 34.75)))
    assert found["bounds"] == [[34.5, 138.0], [34.75, 138.2]]
    assert found["options"]["zoomSnap"] == 0.25 and found["options"]["maxZoom"] == 20


def test_layers_come_in_the_order_they_were_added_through_groups():
    drawn, group = make_map((138.0, 34.5, 138.2, 34.75)), folium.FeatureGroup()
    border_layer("/a", strong=True).add_to(drawn)
    pin_layer(34.6, 138.1).add_to(group)
    border_layer("/b", strong=False).add_to(group)
    found = read_layers(drawn, group)
    assert [one["function"] for one in found] == ["borders", "pin", "borders"]
    assert [one["options"].get("url") for one in found] == ["/a", None, "/b"]


def test_a_text_comes_back_as_it_was_given_whatever_signs_it_has():
    hostile = "</script>{{7*7}}`${x}`\u2028\"'"
    group = folium.FeatureGroup()
    border_layer(hostile, strong=True).add_to(group)
    assert read_layers(group)[0]["options"]["url"] == hostile


def test_what_only_a_script_could_draw_is_refused():
    drawn = make_map((138.0, 34.5, 138.2, 34.75))
    folium.Marker((34.6, 138.1)).add_to(drawn)
    with pytest.raises(TypeError, match="Marker"):
        read_map(drawn)
