"""What OSM tags mean to a walker and to a map of a town (OSMのタグの読み方).

Pure rules on plain dicts; every reader of OSM data asks here and nowhere else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from geo.network.network import BRIDGE, STEPS, TRAIL, TUNNEL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.tables.tables import SiteKind

    Tags = Mapping[str, str]

WalkVerdict = Literal[
    "walk",
    "motorway",
    "motorroad",
    "private",
    "no_foot",
    "mountain",
    "not_built",
    "unknown_kind",
    "not_a_street",
]

# The tags `walk_verdict`, `walk_flags` and `walk_storey` look at; a source that has them should give them.
WALK_KEYS: Final = (
    "highway", "access", "foot", "motorroad", "service", "bridge", "tunnel", "covered", "area",
    "sac_scale", "trail_visibility", "layer", "level",
)  # fmt: skip
# The tags `is_closed_node` looks at.
NODE_KEYS: Final = ("barrier", "foot", "access", "locked")
# Objects without any of these keys are of no use to us.
FEATURE_KEYS: Final = (
    "highway", "leisure", "amenity", "shop", "building", "natural", "waterway", "railway",
    "landuse", "place", "public_transport",
)  # fmt: skip
# What else the rules read of an object that has a feature key.
DETAIL_KEYS: Final = (
    "name", "access", "opening_hours", "description", "bus", "garden:type", "building:levels",
    "social_facility", "social_facility:for", "office", "tourism", "craft", "industrial",
    "healthcare", "historic", "man_made", "military", "power", "aeroway", "club", "disused",
    "abandoned", "ruins", "location", "tunnel", "layer", "area",
)  # fmt: skip

ROAD_RANK: Final[dict[str, int]] = {
    "motorway": 1, "motorway_link": 1, "trunk": 1, "trunk_link": 1,
    "primary": 2, "primary_link": 2,
    "secondary": 3, "secondary_link": 3, "tertiary": 3, "tertiary_link": 3,
    "unclassified": 4, "residential": 4, "living_street": 4, "pedestrian": 4, "road": 4,
    "service": 4, "busway": 4,
    "footway": 5, "path": 5, "track": 5, "cycleway": 5, "bridleway": 5, "corridor": 5, "steps": 5,
}  # fmt: skip
# Streets people live along, first those with the most homes.
_LIVED_ALONG: Final = ("residential", "living_street", "unclassified", "pedestrian", "service")
_WALKABLE: Final = frozenset(ROAD_RANK) - {
    "motorway", "motorway_link", "road", "busway", "bridleway",
}  # fmt: skip
_PATHS: Final = {"footway", "path", "track", "cycleway", "bridleway", "corridor", "pedestrian"}
_NOT_BUILT: Final = {
    "construction", "proposed", "planned", "abandoned", "disused", "razed", "demolished",
}  # fmt: skip
# Things along a street that carry a highway tag without being one.
_FURNITURE: Final = {
    "bus_stop", "crossing", "elevator", "emergency_access_point", "emergency_bay", "give_way",
    "milestone", "no", "passing_place", "platform", "raceway", "rest_area", "services", "stop",
    "street_lamp", "traffic_mirror", "traffic_signals", "turning_circle", "turning_loop",
}  # fmt: skip
_FOOT_ALLOWED: Final = {"yes", "permissive", "designated"}
_FOOT_FORBIDDEN: Final = {"no", "private", "use_sidepath"}
_CLOSED: Final = {"private", "no"}
# Kinds that are walked only where somebody says that feet may.
_WALKED_IF_SAID: Final = {"bridleway", "platform", "busway", "road"}
# OSM wiki, Key:sac_scale: T2, T3, and T4 to T6. From T4 on hands are needed.
_MOUNTAIN: Final = {"mountain_hiking", "demanding_mountain_hiking"}
_ALPINE: Final = {"alpine_hiking", "demanding_alpine_hiking", "difficult_alpine_hiking"}
# OSM wiki, Key:trail_visibility: the three worst of six, partly or mostly without a path.
_HARDLY_SEEN: Final = {"bad", "horrible", "no"}
# Barriers one does not pass even on foot; a way through one has a gap that nobody drew.
_WALLS: Final = {
    "wall", "fence", "hedge", "retaining_wall", "city_wall", "ditch", "guard_rail", "jersey_barrier",
}  # fmt: skip
# A node that is one of these has an access of its own, not the way's.
OWN_KEYS: Final = ("highway", "amenity", "public_transport", "shop", "tourism", "leisure")

_SHOPS: Final = {
    "supermarket", "convenience", "greengrocer", "butcher", "seafood", "bakery", "chemist",
    "general", "department_store", "mall", "farm", "deli", "dairy", "pastry", "confectionery",
    "rice", "tofu", "alcohol", "beverages", "variety_store", "food", "frozen_food", "kiosk",
    "grocery", "country_store", "wholesale",
}  # fmt: skip
_CLOSED_TO_PUBLIC: Final = {"private", "no", "customers", "permit", "residents"}
_OPEN_TO_PUBLIC: Final = {"yes", "permissive", "public", "designated"}

_DWELLINGS: Final = {
    "house", "detached", "semidetached_house", "terrace", "apartments", "residential",
    "dormitory", "bungalow", "farm", "static_caravan", "houseboat", "cabin", "mixed",
}  # fmt: skip
_NO_DWELLINGS: Final = {
    "no", "industrial", "warehouse", "retail", "commercial", "office", "supermarket", "kiosk",
    "shop", "hotel", "motel", "school", "kindergarten", "childcare", "university", "college",
    "hospital", "clinic", "public", "civic", "government", "townhall", "library", "museum",
    "fire_station", "police", "post_office", "train_station", "station", "transportation",
    "garage", "garages", "carport", "parking", "shed", "roof", "hut", "barn", "stable", "sty",
    "cowshed", "greenhouse", "farm_auxiliary", "silo", "storage_tank", "tank", "temple",
    "shrine", "church", "chapel", "mosque", "synagogue", "cathedral", "religious", "monastery",
    "toilets", "service", "transformer_tower", "substation", "power", "water_tower", "tower",
    "bridge", "gate", "gatehouse", "wall", "stadium", "grandstand", "sports_hall",
    "sports_centre", "gymnasium", "pavilion", "pergola", "gazebo", "canopy", "bunker", "hangar",
    "factory", "manufacture", "construction", "ruins", "collapsed", "demolished", "abandoned",
    "castle", "tent", "container", "digester", "boathouse", "theatre", "cinema", "works",
}  # fmt: skip
_OTHER_USE_KEYS: Final = (
    "amenity", "shop", "office", "leisure", "tourism", "craft", "industrial", "healthcare",
    "historic", "man_made", "military", "power", "aeroway", "railway", "public_transport", "club",
)  # fmt: skip
# The tallest dwelling of Japan has under 70 storeys; more is a slip of the keyboard.
_MOST_LEVELS: Final = 70
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_FLOOR: Final = re.compile(r"-?\d{1,3}(?:\.\d+)?")

_GREEN: Final = {
    "leisure": {"park", "garden", "playground", "nature_reserve", "golf_course", "common"},
    "landuse": {
        "forest", "grass", "meadow", "recreation_ground", "village_green", "cemetery", "orchard",
        "allotments",
    },
    "natural": {"wood", "scrub", "grassland", "heath"},
}  # fmt: skip
_WATER: Final = {
    "natural": {"water", "bay"},
    "waterway": {"riverbank", "dock"},
    "landuse": {"reservoir", "basin"},
}
_RIVERS: Final = {"river", "stream", "canal"}
_RAILS: Final = {"rail", "light_rail", "subway", "tram", "monorail", "narrow_gauge", "funicular"}
_PLACES: Final = {
    "city", "town", "village", "suburb", "quarter", "neighbourhood", "hamlet", "isolated_dwelling",
}  # fmt: skip


def walk_verdict(tags: Tags) -> WalkVerdict:  # noqa: PLR0911 - one answer a line reads as a table
    """Return whether a walker may use a way, or why not (歩ける道か).

    One-way signs bind no walker. A closed way tagged as a plaza (``area=yes``) is walked along
    its outline. What ``foot`` says goes before what the class and ``access`` say; mountain paths
    of `sac_scale` T4 and more, and those hardly to be seen, go before ``foot``. The rule is the
    project's own, on the OSM wiki's keys ``highway``, ``access``, ``foot``, ``motorroad``,
    ``sac_scale`` and ``trail_visibility``.

    Examples
    --------
    >>> walk_verdict({"highway": "footway"})
    'walk'
    >>> walk_verdict({"highway": "service", "access": "private", "foot": "permissive"})
    'walk'
    >>> walk_verdict({"highway": "trunk", "motorroad": "yes"})
    'motorroad'
    """
    highway = tags.get("highway", "")
    foot = tags.get("foot", "")
    allowed = foot in _FOOT_ALLOWED
    said = allowed and highway in _WALKED_IF_SAID
    if not highway or (highway in _FURNITURE and not said):
        return "not_a_street"
    if highway in {"motorway", "motorway_link"}:
        return "motorway"
    if tags.get("motorroad") == "yes":
        return "motorroad"
    if highway in _NOT_BUILT:
        return "not_built"
    if highway not in _WALKABLE and not said:
        return "unknown_kind"
    if foot in _FOOT_FORBIDDEN:
        return "no_foot"
    if tags.get("sac_scale") in _ALPINE or tags.get("trail_visibility") in _HARDLY_SEEN:
        return "mountain"
    closed = tags.get("access") in _CLOSED or tags.get("service") == "private"
    return "private" if closed and not allowed else "walk"


def is_closed_node(tags: Tags) -> bool:
    """Say whether nobody may walk on through a node of a way (通れない点か).

    What ``foot`` says goes before ``locked``, ``access`` and the kind of ``barrier``. A gate or
    a bollard that says nothing is passed on foot. The access of a bus stop, a crossing or an
    amenity is not the way's.

    Examples
    --------
    >>> is_closed_node({"barrier": "gate"}), is_closed_node({"barrier": "gate", "locked": "yes"})
    (False, True)
    >>> is_closed_node({"barrier": "lift_gate", "access": "private", "foot": "yes"})
    False
    """
    foot, barrier = tags.get("foot", ""), tags.get("barrier", "no")
    if foot in _FOOT_ALLOWED:
        return False
    if barrier == "no" and any(key in tags for key in OWN_KEYS):
        return False
    if foot in _FOOT_FORBIDDEN or tags.get("access") in _CLOSED:
        return True
    return barrier in _WALLS or tags.get("locked") == "yes"


def walk_flags(tags: Tags) -> int:
    """Return the bits STEPS, BRIDGE, TUNNEL, TRAIL of `geo.network.network` (階段・橋・トンネル・山道).

    Examples
    --------
    >>> walk_flags({"highway": "steps", "bridge": "yes"})
    3
    >>> walk_flags({"highway": "footway", "tunnel": "building_passage"})
    0
    """
    flags = STEPS if tags.get("highway") == "steps" else 0
    if tags.get("bridge", "no") != "no":
        flags |= BRIDGE
    # A passage through a building lies on the ground: the height of the ground still holds.
    if tags.get("tunnel", "no") not in {"no", "building_passage"}:
        flags |= TUNNEL
    if tags.get("sac_scale") in _MOUNTAIN:
        flags |= TRAIL
    return flags


def main_kind(kinds: Sequence[str]) -> str:
    """Return the kind an edge of several kinds goes by, in whatever order they stand (主な種別).

    The kind people live along the most: without a map of dwellings people are put on such
    streets, and none of them may get lost as one value stands before another. Then the kind of
    the larger street, then the alphabet.

    Examples
    --------
    >>> main_kind(["footway", "residential"]), main_kind(["steps", "path"]), main_kind([])
    ('residential', 'path', '')
    """
    lived = {kind: place for place, kind in enumerate(_LIVED_ALONG)}

    def order(kind: str) -> tuple[int, int, str]:
        return lived.get(kind, len(lived)), ROAD_RANK.get(kind, len(ROAD_RANK)), kind

    return min(kinds, key=order, default="")


def walk_storey(tags: Tags) -> str:
    """Return on which level a way says it is, as ``layer/level``, several with spaces (道の階).

    "" is the ground: where nothing is said, or nothing that is a number. A way between two
    levels (``level=0;1``) is on both.

    Examples
    --------
    >>> walk_storey({"layer": "1"}), walk_storey({"level": "0;1.0"}), walk_storey({"layer": "0"})
    ('1/0', '0/0 0/1', '')
    """
    layers, levels = (_read_floors(tags.get(key, "")) for key in ("layer", "level"))
    told = " ".join(f"{layer}/{level}" for layer in layers for level in levels)
    return "" if told == "0/0" else told


def _read_floors(told: str) -> list[str]:
    return [f"{float(one):g}" for one in told.split(";") if _FLOOR.fullmatch(one.strip())] or ["0"]


def site_kind(tags: Tags) -> SiteKind | None:
    """Return which kind of site an object is, or ``None`` (地点の種類).

    Parks, benches and toilets closed to the public are none.

    Examples
    --------
    >>> site_kind({"leisure": "playground"}), site_kind({"shop": "jewelry"})
    ('park', None)
    """
    amenity = tags.get("amenity", "")
    if tags.get("access") not in _CLOSED_TO_PUBLIC:
        if tags.get("leisure") in {"park", "playground"} or _is_public_garden(tags):
            return "park"
        if amenity == "toilets":
            return "toilet"
        if amenity == "bench":
            return "bench"
    if amenity in {"community_centre", "social_centre"} or _is_for_seniors(tags):
        return "resource"
    if tags.get("shop") in _SHOPS:
        return "shop"
    platform = tags.get("public_transport") == "platform" and tags.get("bus") == "yes"
    return "bus_stop" if platform or tags.get("highway") == "bus_stop" else None


def dwelling_storeys(tags: Tags) -> float | None:
    """Return a dwelling's number of storeys, or ``None`` where nobody lives (住む建物の階数).

    1 when the number is not told or makes no sense. A building of no special kind counts
    unless the same object says it is something else (a shop, an office, a school …).

    Examples
    --------
    >>> dwelling_storeys({"building": "apartments", "building:levels": "5"})
    5.0
    >>> dwelling_storeys({"building": "yes"}), dwelling_storeys({"building": "warehouse"})
    (1.0, None)
    """
    building = tags.get("building", "")
    if not building or building in _NO_DWELLINGS or tags.get("location") == "underground":
        return None
    if any(tags.get(key) == "yes" for key in ("disused", "abandoned", "ruins")):
        return None
    if building not in _DWELLINGS and any(tags.get(key, "no") != "no" for key in _OTHER_USE_KEYS):
        return None
    found = _NUMBER.search(tags.get("building:levels", ""))
    levels = float(found[0]) if found else 1.0
    return levels if 1.0 <= levels <= _MOST_LEVELS else 1.0


def base_feature(tags: Tags, *, is_area: bool) -> tuple[str, int] | None:
    """Return (kind, road class) for the base map, or ``None`` if not drawn (下地の種類).

    Parameters
    ----------
    tags
        Tags of one object.
    is_area
        Whether the object is a polygon; lines and points are not.

    Returns
    -------
        The kind is one of `geo.network.extract.BASE_KINDS`; the class is 1 (motorway, trunk)
        to 5 (footway) for streets, else 0.

    Examples
    --------
    >>> base_feature({"highway": "footway"}, is_area=False)
    ('path', 5)
    >>> base_feature({"leisure": "park"}, is_area=True)
    ('green', 0)
    """
    return _base_area(tags) if is_area else _base_line(tags)


def _base_area(tags: Tags) -> tuple[str, int] | None:
    if tags.get("building", "no") != "no" and tags.get("location") != "underground":
        return "building", 0
    if any(tags.get(key) in values for key, values in _WATER.items()):
        return "water", 0
    if any(tags.get(key) in values for key, values in _GREEN.items()):
        return "green", 0
    return None


def _base_line(tags: Tags) -> tuple[str, int] | None:
    highway = tags.get("highway", "")
    if highway in ROAD_RANK:
        kind = "steps" if highway == "steps" else "path" if highway in _PATHS else "road"
        return kind, ROAD_RANK[highway]
    hidden = tags.get("tunnel", "no") != "no"
    if tags.get("waterway") in _RIVERS and not hidden:
        return "river", 0
    if tags.get("railway") in _RAILS and not hidden:
        return "rail", 0
    return ("place", 0) if tags.get("place") in _PLACES and tags.get("name") else None


def _is_public_garden(tags: Tags) -> bool:
    if tags.get("leisure") != "garden" or tags.get("garden:type") in {"residential", "private"}:
        return False
    return tags.get("access") in _OPEN_TO_PUBLIC or bool(tags.get("name"))


def _is_for_seniors(tags: Tags) -> bool:
    whom = {part.strip() for part in tags.get("social_facility:for", "").split(";")}
    facility = tags.get("amenity") == "social_facility" or bool(tags.get("social_facility"))
    return facility and bool(whom & {"senior", "seniors", "elderly"})
