"""The rules on OSM tags, one case a line with its reason."""

import pytest

from geo.network.extract import BASE_KINDS
from geo.network.network import BRIDGE, STEPS, TRAIL, TUNNEL
from geo.sources.ways.osm_tags import (
    base_feature,
    dwelling_storeys,
    is_closed_node,
    site_kind,
    walk_flags,
    walk_verdict,
)
from geo.tables.tables import SITE_KINDS


def tags(text):
    """Tags from "a=1 b=2"."""
    return dict(part.split("=", 1) for part in text.split())


WALK = [
    ("highway=residential", "walk", "an ordinary lane"),
    ("highway=living_street", "walk", "people come first there"),
    ("highway=trunk", "walk", "a 国道 has sidewalks"),
    ("highway=trunk_link", "walk", "as its trunk"),
    ("highway=primary_link", "walk", "as its primary"),
    ("highway=steps", "walk", "stairs are walked"),
    ("highway=corridor indoor=yes", "walk", "a passage inside a station"),
    ("highway=track", "walk", "a farm road"),
    ("highway=pedestrian area=yes", "walk", "a plaza, along its outline"),
    ("highway=cycleway", "walk", "nothing forbids feet"),
    ("highway=residential oneway=yes", "walk", "one-way binds cars"),
    ("highway=service access=private foot=permissive", "walk", "feet are allowed expressly"),
    ("highway=path access=no foot=designated", "walk", "feet only"),
    ("highway=footway access=destination", "walk", "whoever goes there may"),
    ("highway=trunk motorroad=no", "walk", "said not to be one"),
    ("highway=motorway", "motorway", "never"),
    ("highway=motorway foot=yes", "motorway", "never, whatever else it says"),
    ("highway=motorway_link", "motorway", "never"),
    ("highway=trunk motorroad=yes", "motorroad", "自動車専用道路"),
    ("highway=residential foot=no", "no_foot", "forbidden"),
    ("highway=residential foot=private", "no_foot", "the owner's feet only"),
    ("highway=trunk foot=use_sidepath", "no_foot", "the sidewalk is drawn apart"),
    ("highway=cycleway foot=no", "no_foot", "bicycles only"),
    ("highway=service access=private", "private", "a yard"),
    ("highway=residential access=no", "private", "closed"),
    ("highway=footway access=private foot=customers", "private", "not for everyone"),
    ("highway=service service=private", "private", "an old way of saying it"),
    ("highway=construction construction=primary", "not_built", "not there yet"),
    ("highway=proposed", "not_built", "not there yet"),
    ("highway=razed", "not_built", "not there any more"),
    ("highway=road", "unknown_kind", "OSM's own word for unknown"),
    ("highway=yes", "unknown_kind", "says nothing"),
    ("highway=bridleway", "unknown_kind", "not on our list"),
    ("highway=bridleway foot=yes", "walk", "feet are allowed expressly"),
    ("highway=busway foot=designated", "walk", "feet are allowed expressly"),
    ("highway=platform foot=permissive", "walk", "feet are allowed expressly"),
    ("highway=platform foot=no", "not_a_street", "nobody says it may be walked"),
    ("highway=busway", "unknown_kind", "buses only"),
    ("highway=bridleway access=private foot=yes", "walk", "feet before access"),
    ("highway=bus_stop foot=yes", "not_a_street", "a point, whatever it says"),
    ("highway=construction foot=yes", "not_built", "not there yet"),
    ("highway=path sac_scale=hiking", "walk", "T1, a plain path"),
    ("highway=path sac_scale=mountain_hiking", "walk", "T2, by some"),
    ("highway=path sac_scale=alpine_hiking foot=yes", "mountain", "T4, hands are needed"),
    ("highway=path sac_scale=difficult_alpine_hiking", "mountain", "T6"),
    ("highway=path trail_visibility=intermediate", "walk", "mostly seen"),
    ("highway=path trail_visibility=bad foot=designated", "mountain", "partly no path"),
    ("highway=footway trail_visibility=no", "mountain", "no path at all"),
    ("highway=みち", "unknown_kind", "no such value"),
    ("highway=elevator", "not_a_street", "an outline of a lift"),
    ("highway=platform", "not_a_street", "a bus stop's kerb"),
    ("highway=bus_stop", "not_a_street", "a point"),
    ("building=yes", "not_a_street", "no highway at all"),
]


@pytest.mark.parametrize(("text", "verdict", "reason"), WALK, ids=[c[0] for c in WALK])
def test_a_walker_may_use_what_the_tags_allow(text, verdict, reason):
    assert walk_verdict(tags(text)) == verdict, reason


NODES = [
    ("barrier=gate", False, "a gate is opened"),
    ("barrier=bollard", False, "cars only"),
    ("barrier=gate locked=yes", True, "nobody opens it"),
    ("barrier=gate locked=no", False, "said to be open"),
    ("barrier=gate foot=no", True, "forbidden"),
    ("barrier=gate foot=private", True, "the owner's feet only"),
    ("barrier=gate access=private", True, "the owner only"),
    ("barrier=lift_gate access=no foot=yes", False, "feet before access"),
    ("barrier=gate locked=yes foot=permissive", False, "feet before the lock"),
    ("barrier=fence", True, "no way through"),
    ("barrier=wall foot=yes", False, "somebody says there is a way"),
    ("barrier=no foot=no", True, "feet are forbidden all the same"),
    ("foot=no", True, "a bare node can be closed"),
    ("access=private", True, "so can one by its access"),
    ("access=customers", False, "as on a way"),
    ("highway=crossing foot=no", False, "one may not cross, but walk on"),
    ("amenity=parking access=private", False, "the parking's own access"),
    ("highway=bus_stop barrier=gate foot=no", True, "a gate is a gate"),
    ("name=門", False, "says nothing"),
]


@pytest.mark.parametrize(("text", "closed", "reason"), NODES, ids=[c[0] for c in NODES])
def test_nobody_walks_through_a_closed_node(text, closed, reason):
    assert is_closed_node(tags(text)) is closed, reason


FLAGS = [
    ("highway=footway", 0, "on the ground"),
    ("highway=steps", STEPS, "stairs"),
    ("highway=steps bridge=yes", STEPS | BRIDGE, "stairs of a 歩道橋"),
    ("highway=primary bridge=viaduct", BRIDGE, "any bridge but no"),
    ("highway=primary bridge=no tunnel=no", 0, "no means no"),
    ("highway=footway tunnel=yes", TUNNEL, "below the ground"),
    ("highway=path tunnel=culvert", TUNNEL, "below the ground"),
    ("highway=service tunnel=building_passage", 0, "through a house, on the ground"),
    ("highway=path sac_scale=mountain_hiking", TRAIL, "T2"),
    ("highway=path sac_scale=demanding_mountain_hiking foot=yes", TRAIL, "T3, whatever foot says"),
    ("highway=path sac_scale=hiking", 0, "T1"),
]


@pytest.mark.parametrize(("text", "flags", "reason"), FLAGS, ids=[c[0] for c in FLAGS])
def test_flags_tell_steps_bridges_and_tunnels(text, flags, reason):
    assert walk_flags(tags(text)) == flags, reason


SITES = [
    ("leisure=park", "park", "a park"),
    ("leisure=playground", "park", "児童遊園"),
    ("leisure=garden access=yes", "park", "open to all"),
    ("leisure=garden name=花の丘", "park", "a garden with a name is one to visit"),
    ("leisure=garden", None, "somebody's garden"),
    ("leisure=garden garden:type=residential name=庭", None, "somebody's garden"),
    ("leisure=park access=private", None, "of a block of flats"),
    ("leisure=playground access=customers", None, "of a shop"),
    ("amenity=toilets", "toilet", "a toilet"),
    ("amenity=toilets access=customers", None, "of a shop"),
    ("amenity=bench", "bench", "a bench"),
    ("amenity=community_centre", "resource", "公民館"),
    ("amenity=community_centre access=private", "resource", "by booking"),
    ("amenity=social_centre", "resource", "自治会館"),
    ("amenity=social_facility social_facility:for=senior", "resource", "for elder people"),
    ("social_facility=day_care social_facility:for=child;senior", "resource", "for both"),
    ("amenity=social_facility social_facility:for=child", None, "for children"),
    ("amenity=social_facility", None, "does not say for whom"),
    ("shop=supermarket", "shop", "food"),
    ("shop=chemist", "shop", "ドラッグストア"),
    ("shop=mall", "shop", "food among others"),
    ("shop=jewelry", None, "no daily need"),
    ("shop=vacant", None, "shut"),
    ("highway=bus_stop", "bus_stop", "a bus stop"),
    ("public_transport=platform bus=yes", "bus_stop", "the new way of saying it"),
    ("public_transport=platform train=yes", None, "a station"),
    ("highway=residential", None, "a street"),
]


@pytest.mark.parametrize(("text", "kind", "reason"), SITES, ids=[c[0] for c in SITES])
def test_sites_are_told_by_their_tags(text, kind, reason):
    assert site_kind(tags(text)) == kind, reason
    assert kind is None or kind in SITE_KINDS


DWELLINGS = [
    ("building=yes", 1.0, "most houses of Japan"),
    ("building=house", 1.0, "a house"),
    ("building=apartments building:levels=12", 12.0, "flats"),
    ("building=apartments shop=convenience building:levels=5", 5.0, "flats over a shop"),
    ("building=residential building:levels=2.5", 2.5, "with an attic"),
    ("building=house building:levels=0", 1.0, "a slip"),
    ("building=house building:levels=300", 1.0, "a slip"),
    ("building=house building:levels=two", 1.0, "not a number"),
    ("building=house building:levels=3;4", 3.0, "the first told"),
    ("building=yes shop=no", 1.0, "said not to be one"),
    ("building=yes amenity=school", None, "a school"),
    ("building=yes office=company", None, "an office"),
    ("building=yes leisure=sports_centre", None, "a hall"),
    ("building=yes abandoned=yes", None, "nobody left"),
    ("building=yes location=underground", None, "a cellar"),
    *((f"building={kind}", None, "nobody lives there") for kind in (
        "no", "industrial", "warehouse", "retail", "commercial", "school", "hospital", "public",
        "garage", "garages", "shed", "roof", "temple", "shrine", "train_station", "greenhouse",
    )),
    ("highway=residential", None, "not a building"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "storeys", "reason"), DWELLINGS, ids=[c[0] for c in DWELLINGS])
def test_dwellings_are_where_people_can_live(text, storeys, reason):
    assert dwelling_storeys(tags(text)) == storeys, reason


BASE = [
    ("highway=motorway", False, ("road", 1), "drawn, though never walked"),
    ("highway=trunk", False, ("road", 1), ""),
    ("highway=primary", False, ("road", 2), ""),
    ("highway=tertiary", False, ("road", 3), ""),
    ("highway=residential", False, ("road", 4), ""),
    ("highway=footway", False, ("path", 5), ""),
    ("highway=steps", False, ("steps", 5), ""),
    ("highway=construction", False, None, "not there yet"),
    ("highway=pedestrian area=yes", True, None, "its outline is drawn as a line"),
    ("building=temple", True, ("building", 0), "every building is drawn"),
    ("building=no", True, None, ""),
    ("building=yes", False, None, "a building is an area"),
    ("natural=water", True, ("water", 0), ""),
    ("waterway=riverbank", True, ("water", 0), ""),
    ("leisure=park", True, ("green", 0), ""),
    ("landuse=forest", True, ("green", 0), ""),
    ("landuse=industrial", True, None, ""),
    ("waterway=river", False, ("river", 0), ""),
    ("waterway=stream tunnel=culvert", False, None, "out of sight"),
    ("railway=rail", False, ("rail", 0), ""),
    ("railway=subway tunnel=yes", False, None, "out of sight"),
    ("railway=abandoned", False, None, "not there any more"),
    ("place=suburb name=当代島", False, ("place", 0), ""),
    ("place=suburb", False, None, "nothing to write"),
]


@pytest.mark.parametrize(("text", "is_area", "feature", "reason"), BASE, ids=[c[0] for c in BASE])
def test_the_base_map_draws_what_is_there(text, is_area, feature, reason):
    assert base_feature(tags(text), is_area=is_area) == feature, reason
    assert feature is None or feature[0] in BASE_KINDS
