"""Places a walk may go to: the register's sites, and the town's own without a record (行く所の候補)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from geo.tables.tables import each_row
from geo.town import ground_of
from geo.walk.search import walk_nearest
from layers.cards.on_foot import middle_m
from layers.surveyed.known import known_ids
from surveys.record.compose import Written, compose
from surveys.record.history import NOTHING, Origin
from surveys.store.listing import SiteQuery, list_pins
from surveys.store.rows import search_key
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from geo.base.arrays import Floats
    from geo.town import Town
    from surveys.record.history import Version
    from surveys.store.register import Register

# Where a walk often begins; a stop or a toilet named after the town hall is not it.
_HALL: Final = re.compile(r"(市役所|区役所|町役場|村役場|庁舎|役所|役場|支所|出張所)$")
_STARTS: Final = ("resource", "salon", "bus_stop")
_OSM: Final = "OpenStreetMap"
_MOST_LON, _MOST_LAT = 180.0, 90.0
_FAR: Final = np.inf
# Steps or a slope of so many per cent that only the map tells of, and where, in 1e-7 degrees.
_SPOT: Final = re.compile(r"look-(?:steps|slope([0-9]{1,3}))-(-?[0-9]{1,10})-(-?[0-9]{1,9})")
_PART_DEG: Final = 1e-7


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place a walk may go to (行く所).

    Attributes
    ----------
    number
        The register's number; 0 while there is no record.
    x_m, y_m
        Where it is walked from and to, on the town's plane; NaN without a place.
    seen_on, due_on
        "" when nobody ever saw it.
    recorded
        Whether the register has it.
    twin
        Without a record, but a person is asked whether it is one that has one.
    """

    id: str
    kind: str
    title: str
    number: int
    x_m: float
    y_m: float
    seen_on: str = ""
    due_on: str = ""
    status: str = "active"
    recorded: bool = True
    twin: bool = False

    @property
    def at_m(self) -> Floats | None:
        """The point on the plane, ``None`` without a place (点)."""
        return np.array([self.x_m, self.y_m]) if np.isfinite(self.x_m) else None


def find_recorded(town: Town, register: Register, query: SiteQuery) -> list[Place]:
    """Return the register's sites of a query that have a place, in its order (記録のある所)."""
    pins = list_pins(register, query)
    x_m, y_m = town.plane.to_m([one.lon for one in pins], [one.lat for one in pins])
    return [
        Place(
            id=pin.id, kind=pin.type, title=pin.title, number=pin.number, x_m=float(x), y_m=float(y),
            seen_on=pin.seen_on, due_on=pin.due_on, status=pin.status,
        )
        for pin, x, y in zip(pins, np.atleast_1d(x_m), np.atleast_1d(y_m), strict=True)
    ]  # fmt: skip


def find_unrecorded(
    town: Town,
    register: Register,
    *,
    kinds: Sequence[str] = (),
    words: str = "",
    within: shapely.Geometry | None = None,
    asked: Collection[str] = (),
) -> list[Place]:
    """Return a day's places the register does not have, by kind and name (記録のない所).

    Parameters
    ----------
    town
        With places and records as one list (`layers.day.day.Day.town`).
    kinds
        None means all.
    words
        All must be found in the name.
    within
        A shape in degrees.
    asked
        Ids of places a person is asked about (`layers.day.places.Joined.asked`).
    """
    table = town.sites[town.sites["kind"].isin(list(kinds or RECORD_TYPES))]
    known = known_ids(register, table["site_id"])
    wanted = [word for word in search_key(words).split(" ") if word]
    places = [
        replace(_unrecorded(row), twin=row.site_id in asked)
        for row in each_row(table)
        if row.site_id not in known and all(word in search_key(row.name) for word in wanted)
    ]
    if within is not None and places:
        lon, lat = town.plane.to_lonlat([one.x_m for one in places], [one.y_m for one in places])
        inside = shapely.contains_xy(within, lon, lat)
        places = [one for one, hit in zip(places, np.atleast_1d(inside), strict=True) if hit]
    return sorted(places, key=lambda one: (one.kind, one.title == "", one.title, one.id))


def find_places_of(town: Town, register: Register, ids: Iterable[str]) -> dict[str, Place]:
    """Return the places of some ids, recorded or the town's own, that there are (行く所を読む)."""
    wanted = list(dict.fromkeys(ids))
    found = {
        id_: one for id_, one in register.sites_of(wanted).items()
        if not one.hidden and one.type.id in RECORD_TYPES
    }  # fmt: skip
    own = town.sites[town.sites["site_id"].isin([id_ for id_ in wanted if id_ not in found])]
    rows = {row.site_id: row for row in each_row(own) if row.kind in RECORD_TYPES}
    places: dict[str, Place] = {}
    for id_ in wanted:
        if id_ in found:
            site, middle = found[id_], middle_m(town.plane, found[id_])
            x_m, y_m = (np.nan, np.nan) if middle is None else middle
            places[id_] = Place(
                id=id_, kind=site.type.id, title=site.title, number=site.number, x_m=float(x_m),
                y_m=float(y_m), seen_on=site.state.seen_on, due_on=site.due_on,
                status=site.state.status["is"],
            )  # fmt: skip
        elif id_ in rows:
            places[id_] = _unrecorded(rows[id_])
        elif (spot := spot_of(town, id_)) is not None:
            places[id_] = spot
    return places


def spot_id(percent: int | None, lon: float, lat: float) -> str:
    """Return the id of steps (None) or a slope that only the map tells of (わけの所のコード)."""
    kind = "steps" if percent is None else f"slope{percent}"
    return f"look-{kind}-{round(lon / _PART_DEG)}-{round(lat / _PART_DEG)}"


def spot_of(town: Town, site_id: str) -> Place | None:
    """Return what an id of `spot_id` tells of, None for any other (わけの所を読む).

    Examples
    --------
    >>> spot_of(None, "bench-1") is None
    True
    """
    said = _SPOT.fullmatch(site_id)
    if said is None:
        return None
    lon, lat = (int(part) * _PART_DEG for part in said.groups()[1:])
    if not (abs(lon) <= _MOST_LON and abs(lat) <= _MOST_LAT):
        return None
    x_m, y_m = (float(one) for one in town.plane.to_m(lon, lat))
    title = f"{said[1]}％の坂（地図で）" if said[1] else "階段（地図で）"
    return Place(id=site_id, kind="slope", title=title, number=0, x_m=x_m, y_m=y_m, recorded=False)


def find_starts(town: Town, register: Register) -> list[Place]:
    """Return named places a walk may begin at, halls of the town first (出発できる所)."""
    recorded = find_recorded(town, register, SiteQuery(statuses=("active",)))
    own = find_unrecorded(town, register)
    named = [one for one in (*recorded, *own) if one.title]
    halls = [one for one in named if _is_hall(one)]
    rest = [one for one in named if one.kind in _STARTS and not _is_hall(one)]
    rest.sort(key=lambda one: (_STARTS.index(one.kind), one.title, one.id))
    return [*sorted(halls, key=lambda one: (one.title, one.id)), *rest]


def sort_near(
    town: Town, places: Sequence[Place], start_m: Floats
) -> list[tuple[Place, float | None]]:
    """Return places by their walk from a point, each with its metres (歩いて近い順).

    Those without a way, whose metres are ``None``, stand last in the order given.
    """
    if not places:
        return []
    ground = ground_of(town)
    start = ground.put(start_m[:1], start_m[1:], limit_m=town.snap_limit_m)
    ends = ground.put(
        np.array([one.x_m for one in places]),
        np.array([one.y_m for one in places]),
        limit_m=town.snap_limit_m,
    )
    metres = np.full(len(places), _FAR)
    if start.on[0]:
        metres = walk_nearest(ground.graph, ends, start).metres
    metres = np.where(np.isfinite(metres), metres, _FAR)
    order = np.argsort(metres, kind="stable")
    return [
        (places[int(row)], float(metres[row]) if np.isfinite(metres[row]) else None)
        for row in order
    ]


def record_town_site(
    town: Town, site_id: str, *, version_id: str, by: str, made_at: str
) -> Version | None:
    """Return the version that takes one of the town's own sites into the register (街の所を台帳に入れる).

    It keeps the id, its kind, name and place; nobody has seen it, so it asks to be confirmed.
    ``None`` when the town has no such site, and the id is no `spot_id` either.
    """
    row = next(iter(each_row(town.sites[town.sites["site_id"] == site_id])), None)
    if row is None:
        spot = spot_of(town, site_id)
        name, source = ("", "") if spot is None else (spot.title, _OSM)
    else:
        spot, name, source = _unrecorded(row), row.name, row.source
    if spot is None or spot.kind not in RECORD_TYPES:
        return None
    lon, lat = town.plane.to_lonlat([spot.x_m], [spot.y_m])
    osm = source == _OSM
    version, _ = compose(
        RECORD_TYPES[spot.kind],
        NOTHING,
        Written(
            version_id=version_id, record_id=version_id, site_id=site_id, kind="import",
            origin=Origin(source="osm" if osm else "imported", sure="likely", by=by, on=""),
            made_at=made_at, answers={"name": name}, place=shapely.Point(lon[0], lat[0]),
            note=source,
        ),
    )  # fmt: skip
    return version


def _unrecorded(row: Any) -> Place:  # noqa: ANN401 - an answer is any JSON value
    return Place(
        id=row.site_id, kind=row.kind, title=row.name, number=0, x_m=float(row.x_m),
        y_m=float(row.y_m), recorded=False,
    )  # fmt: skip


def _is_hall(place: Place) -> bool:
    return bool(_HALL.search(place.title)) and place.kind not in ("bus_stop", "toilet", "bench")
