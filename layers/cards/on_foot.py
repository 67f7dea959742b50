"""The nearest bench, toilet, stop and salon on foot from a site (歩いて近い所)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from geo.base.words import Words
from geo.town import ground_of
from geo.walk.search import walk_nearest
from layers.surveyed.known import known_ids
from surveys.store.listing import SiteQuery, each_site, list_pins
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.arrays import Floats
    from geo.base.place import Plane
    from geo.town import Town
    from geo.walk.walkers import Walker
    from surveys.declaration.record_type import RecordType
    from surveys.record.site import Site
    from surveys.store.register import Register

KINDS: Final = ("bench", "toilet", "bus_stop", "salon")
NO_PLACE: Final = Words("この地点の場所が決まっていない", "this site has no place yet")
OFF_STREET: Final = Words("道から遠く、道のりが出せない", "too far from a street")
NONE_HERE: Final = Words("街のデータにない", "none in the town's data")
NO_WAY: Final = Words("歩いて行ける道がない", "no street leads there")


@dataclass(frozen=True, slots=True, kw_only=True)
class NearPlace:
    """Where the nearest of a kind is, on foot (歩いて近い所).

    Attributes
    ----------
    kind
        Id of a record type.
    site_id
        The register's id, or the town's own; of the site that holds it for a park's bench.
    title
        What it is called; "" when it has no name.
    metres, minutes
        From door to door along the streets; 0 when the site itself has one.
    """

    kind: str
    site_id: str
    title: str
    metres: float
    minutes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NoNearPlace:
    """That there is none of a kind to walk to, and why (歩いて行ける所がない)."""

    kind: str
    why: Words


@dataclass(frozen=True, slots=True)
class _Place:
    kind: str
    site_id: str
    title: str
    x_m: float
    y_m: float


def nearest_on_foot(
    town: Town,
    register: Register,
    site: Site,
    *,
    walker: Walker,
    kinds: Sequence[str] = KINDS,
) -> list[NearPlace | NoNearPlace]:
    """Return the nearest place of each kind along the streets, in the order of `kinds` (近い所).

    Sites of the register that are in use count, and what is inside them (a park's benches, each
    at its own place, else at the park's); then the town's own sites that the register does not
    have. A register's site that is closed hides the town's own of the same id. A site is never
    its own nearest, but what is inside it is 0 m away.

    Parameters
    ----------
    walker
        Whose speed makes the minutes.

    Notes
    -----
    Exact, the walks between door and street included: one search from the site over all streets,
    then each place is put on the street. Of places equally far the one with the lowest id.
    """
    own = {kind for kind in kinds if _has_inside(site, kind)}
    here = middle_m(town.plane, site)
    places = find_places(town, register, [kind for kind in kinds if kind not in own])
    places = [one for one in places if one.site_id != site.id]
    metres = _walks(town, here, places)
    out: list[NearPlace | NoNearPlace] = []
    for kind in kinds:
        if kind in own:
            out.append(
                NearPlace(kind=kind, site_id=site.id, title=site.title, metres=0.0, minutes=0.0)
            )
            continue
        rows = [row for row, one in enumerate(places) if one.kind == kind]
        out.append(_choose(kind, here, places, metres, rows, walker))
    return out


def middle_m(plane: Plane, site: Site) -> Floats | None:
    """Return the point a site is walked from, metres: a line's middle (歩き出す点)."""
    shape = site.place
    if shape is None or shape.is_empty:
        return None
    flat = shapely.transform(shape, plane.to_m, interleaved=False)
    if flat.geom_type == "MultiLineString":
        joined = shapely.line_merge(flat)
        flat = max(shapely.get_parts(joined), key=shapely.length)
    if flat.geom_type == "LineString":
        point = shapely.line_interpolate_point(flat, 0.5, normalized=True)
    elif flat.geom_type == "Point":
        point = flat
    else:
        point = shapely.point_on_surface(flat)
    return np.array([point.x, point.y])


def find_places(town: Town, register: Register, kinds: Sequence[str]) -> list[_Place]:
    """Return all places of some kinds in a town, by kind and id (街の中の所).

    Cost: one query of the register, and one more over types that hold such items.
    """
    wanted = tuple(kind for kind in kinds if kind in RECORD_TYPES)
    if not wanted:
        return []
    active = ("active",)
    pins = list_pins(register, SiteQuery(types=wanted, statuses=active))
    rows = [(pin.type, pin.id, pin.title, pin.lon, pin.lat) for pin in pins]
    holders = tuple(id_ for id_, one in RECORD_TYPES.items() if _inner_kinds(one, wanted))
    if holders:
        for site in each_site(register, SiteQuery(types=holders, statuses=active)):
            rows += _inside(site, wanted)
    table = town.sites[town.sites["kind"].isin(wanted)]
    known = known_ids(register, table["site_id"])
    x_m, y_m = town.plane.to_m([row[3] for row in rows], [row[4] for row in rows])
    places = [
        _Place(row[0], row[1], row[2], float(x), float(y))
        for row, x, y in zip(rows, np.atleast_1d(x_m), np.atleast_1d(y_m), strict=True)
    ]
    columns = (table[name] for name in ("kind", "site_id", "name", "x_m", "y_m"))
    places += [
        _Place(kind, id_, name, float(x), float(y))
        for kind, id_, name, x, y in zip(*columns, strict=True)
        if id_ not in known
    ]
    return sorted(places, key=lambda one: (one.kind, one.site_id, one.x_m, one.y_m))


def _walks(town: Town, here: Floats | None, places: Sequence[_Place]) -> Floats:
    """Metres from `here` to each place; NaN for one off the streets, infinite without a way."""
    if here is None or not places:
        return np.full(len(places), np.nan)
    ground = ground_of(town)
    start = ground.put(here[:1], here[1:], limit_m=town.snap_limit_m)
    if not start.on[0]:
        return np.full(len(places), np.nan)
    ends = ground.put(
        np.array([one.x_m for one in places]),
        np.array([one.y_m for one in places]),
        limit_m=town.snap_limit_m,
    )
    # Streets are walked both ways, so the search from the site measures the way to it.
    return walk_nearest(ground.graph, ends, start).metres


def _choose(
    kind: str,
    here: Floats | None,
    places: Sequence[_Place],
    metres: Floats,
    rows: Sequence[int],
    walker: Walker,
) -> NearPlace | NoNearPlace:
    if here is None:
        return NoNearPlace(kind=kind, why=NO_PLACE)
    if not rows:
        return NoNearPlace(kind=kind, why=NONE_HERE)
    # NaN is off the streets, infinite is beyond a gap: neither is a number of metres.
    reached = [row for row in rows if np.isfinite(metres[row])]
    if not reached:
        off = all(np.isnan(metres[row]) for row in rows)
        return NoNearPlace(kind=kind, why=OFF_STREET if off else NO_WAY)
    best = min(reached, key=lambda row: (metres[row], row))
    walked = float(metres[best])
    return NearPlace(
        kind=kind, site_id=places[best].site_id, title=places[best].title, metres=walked,
        minutes=walked / walker.metres_per_min,
    )  # fmt: skip


def _inner_kinds(type_: RecordType, wanted: Sequence[str]) -> list[str]:
    return [
        one.item.marker
        for one in type_.fields
        if one.item and one.item.marker in wanted and one.item.marker != type_.id
    ]


def _has_inside(site: Site, kind: str) -> bool:
    return any(True for _ in _items(site, (kind,)))


def _items(site: Site, wanted: Sequence[str]) -> list[tuple[str, dict[str, Any], str]]:
    """Items of a site that are of the wanted kinds: kind, the item, its name with its number."""
    answers = site.answers
    out: list[tuple[str, dict[str, Any], str]] = []
    for one in site.type.fields:
        value = answers.get(one.id)
        if not (one.item and isinstance(value, list) and one.item.marker in wanted):
            continue
        if one.item.marker != site.type.id:
            out += [(one.item.marker, item, one.id) for item in value]
    return out


def _inside(site: Site, wanted: Sequence[str]) -> list[tuple[str, str, str, float, float]]:
    middle = None if site.place is None else site.place.representative_point()
    rows: list[tuple[str, str, str, float, float]] = []
    for kind, item, _ in _items(site, wanted):
        points = [item[one] for one in _point_keys(site.type, kind) if one in item]
        if points:
            rows.append((kind, site.id, site.title, points[0][0], points[0][1]))
        elif middle is not None and not middle.is_empty:
            rows.append((kind, site.id, site.title, middle.x, middle.y))
    return rows


def _point_keys(type_: RecordType, kind: str) -> list[str]:
    return [
        inner.id
        for one in type_.fields
        if one.item and one.item.marker == kind
        for inner in one.item.fields
        if inner.kind == "point"
    ]
