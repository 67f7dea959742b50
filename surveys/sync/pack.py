"""The pack: what a walk needs of the register where there is no signal (端末に入れるもの).

Who wrote a value is not in it, and neither is what stays in the office (`surveys.declaration.field.Field.carried`)
nor any text that holds a telephone number or a mail address: a tablet may be lost outdoors. Such
values are named, so that the app neither asks them again nor sends an empty one back.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from geo.base.place import choose_plane
from geo.schedule import in_first_words
from geo.schedule.grammar import GRAMMAR
from surveys.declaration.declaration import dump_declaration, types_version
from surveys.declaration.field import UNKNOWN
from surveys.declaration.paths import field_at, known_paths
from surveys.record.private_text import says_contact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from surveys.declaration.paths import Flat
    from surveys.declaration.record_type import RecordType
    from surveys.record.outcome import Outcome
    from surveys.record.site import Site

Box = tuple[float, float, float, float]

# Twice the farthest walking range of a record type (500 m): what is passed on the way is in it.
NEAR_M: Final = 1_000.0
MOST_SITES: Final = 2_000
MOST_WALKS: Final = 30
MOST_FREE: Final = 2_000
MOST_ROLES: Final = 12
_FORMAT: Final = 1
RULES: Final[int] = GRAMMAR["since"]  # the kinds of schedule rules this program knows
_DECIMALS: Final = 7
# Kinds whose values hold text a person typed.
_TYPED: Final = frozenset({"text", "note", "areas", "photos", "schedule"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PackTown:
    """The town as a device shows it (端末に入れる街).

    Attributes
    ----------
    box
        West, south, east, north in degrees.
    credit
        Where its data comes from, printed on every map.
    base_url, base_bytes, base_stamp
        The base map's address, its size and what changes with it.
    """

    name: str
    box: Box
    credit: str
    base_url: str
    base_bytes: int
    base_stamp: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackAsked:
    """A place of the map that may be a site of the pack (尋ねる所).

    Attributes
    ----------
    inside
        What of the site is meant, ``benches/b1``; "" for the site.
    lon, lat
        Of the place.
    """

    place_id: str
    site_id: str
    inside: str
    kind: str
    name: str
    metres: float
    lon: float
    lat: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFree:
    """A place of the map nobody recorded: a new record may be of it (記録のない地図の所)."""

    place_id: str
    kind: str
    name: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PackContents:
    """What goes into one pack (端末に入れる物).

    Attributes
    ----------
    made_at
        UTC.
    stamp
        Changes with the register.
    walk
        ``None`` for the whole town's pack.
    walks
        Walks another pack may be made for.
    areas
        Names of areas by site id.
    total
        How many sites the register has.
    asked
        Places of the map a person is asked about, the surest first.
    free
        Places of the map nobody recorded, the nearest to the walk first.
    came
        By walk, what it came to so far.
    roles
        What may be written as who writes: roles the office knows, no person's name by default.
    """

    made_at: str
    stamp: str
    town: PackTown
    types: tuple[RecordType, ...]
    walk: Site | None
    walks: tuple[Site, ...]
    sites: tuple[Site, ...]
    areas: Mapping[str, str]
    total: int
    asked: tuple[PackAsked, ...] = ()
    free: tuple[PackFree, ...] = ()
    came: Mapping[str, Outcome] = field(default_factory=dict)
    roles: tuple[str, ...] = ()


def choose_near(
    places: Mapping[str, shapely.Geometry],
    ways: Sequence[shapely.Geometry],
    *,
    within_m: float = NEAR_M,
    most: int = MOST_SITES,
) -> list[str]:
    """Return the ids of the places nearest to any of some ways, the nearest first (近い地点).

    Parameters
    ----------
    places, ways
        In degrees (EPSG:4326); measured on the plane of the ways' middle.
    within_m
        None farther than this, borders included.

    Examples
    --------
    >>> choose_near({"a": shapely.Point(138.1, 34.7), "b": shapely.Point(138.2, 34.7)},
    ...             [shapely.Point(138.1001, 34.7)])
    ['a']
    """
    ids = [id_ for id_, place in places.items() if not place.is_empty]
    aims = [way for way in ways if not way.is_empty]
    if not ids or not aims:
        return []
    aim = shapely.union_all(aims)
    plane = choose_plane(*_middle(aim.bounds))
    shapes = np.array([places[id_] for id_ in ids], dtype=object)
    on_plane = shapely.transform(shapely.force_2d(shapes), plane.to_m, interleaved=False)
    aim_m = shapely.transform(shapely.force_2d(aim), plane.to_m, interleaved=False)
    far_m = shapely.distance(on_plane, aim_m)
    order = sorted(zip(far_m.tolist(), ids, strict=True), key=lambda one: (one[0], one[1]))
    return [id_ for metres, id_ in order if math.isfinite(metres) and metres <= within_m][:most]


def choose_middle(
    places: Mapping[str, shapely.Geometry], box: Box, *, most: int = MOST_SITES
) -> list[str]:
    """Return the ids of the places nearest to the middle of a box, the nearest first (街の中ほど)."""
    return choose_near(places, [shapely.Point(_middle(box))], within_m=math.inf, most=most)


def walk_places(walk: Site) -> list[str]:
    """Return the ids on a walk's list, in the order of visit (踏査で行く所)."""
    found = walk.answer("places")
    return [str(one) for one in found] if isinstance(found, list) else []


def dump_site(site: Site, area: str, *, rules: int = RULES) -> dict[str, Any]:
    """Return a site as a device carries it, its schedules in rules it knows (端末に入れる地点)."""
    flat, withheld = carry(site.type, site.state.answers)
    if rules < RULES:
        flat = {path: _in_first_words(site.type, path, value) for path, value in flat.items()}
    place = site.place
    middle = None if place is None or place.is_empty else place.representative_point()
    return {
        "id": site.id,
        "number": site.number,
        "type": site.type.id,
        "title": _open(site.title),
        "area": area,
        "head": site.state.head,
        "status": site.state.status["is"],
        "seen_on": site.state.seen_on,
        "due_on": site.due_on,
        "flat": flat,
        "place": _shape(place),
        "lon": None if middle is None else round(middle.x, _DECIMALS),
        "lat": None if middle is None else round(middle.y, _DECIMALS),
        "withheld": withheld,
    }


def carry(type_: RecordType, answers: Mapping[str, Any]) -> tuple[Flat, list[str]]:
    """Return the values a device may carry, and the paths of those left behind (端末に入れられる答え)."""
    flat: Flat = {}
    withheld: list[str] = []
    for path, value in sorted(known_paths(type_, answers).items()):
        outer, inner = field_at(type_, path)
        asked = inner or outer
        # An item's own path holds its place in the order.
        typed = asked.kind in _TYPED and value != UNKNOWN
        kept = outer.carried and asked.carried
        if kept and not (typed and any(says_contact(text) for text in _texts(value))):
            flat[path] = value
        else:
            withheld.append(path)
    return flat, withheld


def dump_pack(contents: PackContents, *, rules: int = RULES) -> bytes:
    """Return a pack as JSON, the same bytes for the same contents (端末に入れるものをJSONにする).

    Parameters
    ----------
    rules
        Which kinds of schedule rules the asking app knows. One from before later kinds gets
        these as text, which it keeps as it is and sends back only where somebody changes it.
    """
    town, ids = contents.town, {one.id for one in contents.sites}
    west, south, east, north = town.box
    pack = {
        "format": _FORMAT,
        "made_at": contents.made_at,
        "stamp": contents.stamp,
        "town": {
            "name": town.name, "west": west, "south": south, "east": east, "north": north,
            "credit": town.credit,
        },
        "types_version": types_version(contents.types),
        "types": [dump_declaration(one) for one in contents.types],
        "walk": None if contents.walk is None else _dump_walk(contents, contents.walk, ids),
        "walks": [
            _dump_walk(contents, one, ids) | {"count": len(walk_places(one))}
            for one in contents.walks[:MOST_WALKS]
        ],
        "sites": [
            dump_site(one, contents.areas.get(one.id, ""), rules=rules) for one in contents.sites
        ],
        "asked": [_dump_asked(one) for one in contents.asked if one.site_id in ids],
        "free": [_dump_free(one) for one in contents.free[:MOST_FREE]],
        "roles": list(dict.fromkeys(filter(None, map(_open, contents.roles))))[:MOST_ROLES],
        "total": contents.total,
        "base": {"url": town.base_url, "bytes": town.base_bytes, "stamp": town.base_stamp},
    }  # fmt: skip
    text = json.dumps(pack, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode()


def _in_first_words(type_: RecordType, path: str, value: object) -> object:
    outer, inner = field_at(type_, path)
    if (inner or outer).kind != "schedule" or not isinstance(value, list):
        return value
    return in_first_words(value)


def _dump_walk(contents: PackContents, walk: Site, ids: set[str]) -> dict[str, Any]:
    """Return a walk whole: a device opens the one of the day without signal."""
    outcome = contents.came.get(walk.id)
    came = {} if outcome is None else outcome.came
    return {
        "id": walk.id,
        "title": _open(walk.title),
        "on": str(walk.answer("on") or ""),
        "surveyors": _open(str(walk.answer("surveyors") or "")),
        "area": _open(str(walk.answer("area") or "")),
        "places": [one for one in walk_places(walk) if one in ids],
        "line": _shape(walk.place),
        "head": walk.state.head,
        "state": "yet" if outcome is None else outcome.state,
        "came": {id_: state for id_, state in came.items() if state != "missed" and id_ in ids},
    }


def _dump_free(free: PackFree) -> dict[str, Any]:
    return {
        "place_id": free.place_id,
        "kind": free.kind,
        "name": _open(free.name),
        "lon": round(free.lon, _DECIMALS),
        "lat": round(free.lat, _DECIMALS),
    }


def _dump_asked(asked: PackAsked) -> dict[str, Any]:
    return {
        "place_id": asked.place_id,
        "site_id": asked.site_id,
        "inside": asked.inside,
        "kind": asked.kind,
        "name": _open(asked.name),
        "metres": round(asked.metres),
        "lon": round(asked.lon, _DECIMALS),
        "lat": round(asked.lat, _DECIMALS),
    }


def _open(text: str) -> str:
    """Return a text unless somebody's number stands in it."""
    return "" if says_contact(text) else text


def _texts(value: object) -> Iterator[str]:
    """Yield every text of a value; a photo's id is none."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _all_texts(part for key, part in value.items() if key != "id")
    elif isinstance(value, list):
        yield from _all_texts(value)


def _all_texts(values: Iterable[object]) -> Iterator[str]:
    for one in values:
        yield from _texts(one)


def _shape(place: shapely.Geometry | None) -> dict[str, Any] | None:
    if place is None or place.is_empty:
        return None
    rounded = shapely.transform(shapely.force_2d(place), lambda at: np.round(at, _DECIMALS))
    found: dict[str, Any] = json.loads(shapely.to_geojson(rounded))
    return found


def _middle(box: Iterable[float]) -> tuple[float, float]:
    west, south, east, north = box
    return (west + east) / 2, (south + north) / 2
