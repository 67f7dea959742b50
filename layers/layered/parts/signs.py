"""The signs of a kind: its records with their state, and the map's own places (所のしるし)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.base.geojson import dump_geojson
from geo.base.marks import shown
from geo.tables.tables import each_row
from layers.served.clock import today_in_japan
from layers.served.register import register_now, register_stamp
from layers.served.town import town_now
from layers.served.walking import day_now
from surveys.record.freshness import due_state
from surveys.record.venue import groups_rest
from surveys.store.listing import SiteQuery, list_pins

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layers.maps.palette import SignState
    from surveys.store.listing import Pin

_GONE: Final = ("closed", "removed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One sign of the map (しるし).

    Attributes
    ----------
    id
        ``site:`` or ``place:``, and the id of the record or of the map's place.
    name
        What it is called, marks nobody sees shown; "" where nobody named it.
    number
        The record's, None for a place of the map.
    off
        Whether no street is near.
    lon, lat
        Degrees.
    """

    id: str
    name: str
    number: int | None
    state: SignState
    off: bool
    lon: float
    lat: float


def list_signs(kind: str, *, closed: bool = False, version: str = "") -> tuple[Sign, ...]:
    """Return the signs of a kind, as everybody who is signed in sees them (しるしの一覧).

    Parameters
    ----------
    closed
        Whether what was closed or removed is among them.
    version
        As `layers.layered.parts.declare.Shown` has it, of who asks many times over; without it the
        register is asked whether it changed.

    Notes
    -----
    Kept until the town, its register or the day changes. Cost: two queries of the register.
    """
    return _signs(kind, closed, (version,) if version else register_stamp(), today_in_japan())


def dump_signs(kind: str, *, closed: bool = False) -> bytes:
    """Return the signs of a kind for the browser (しるしの GeoJSON)."""
    return _dump_signs(kind, closed, register_stamp(), today_in_japan())


def dump_shapes(kind: str, *, closed: bool = False) -> bytes:
    """Return the lines and areas of a kind's records for the browser (線と面の GeoJSON)."""
    return _dump_shapes(kind, closed, register_stamp())


def _pins(kind: str, *, closed: bool, differing: bool = False) -> list[Pin]:
    statuses = ("active", "paused", "not_found", *(_GONE if closed else ()))
    query = SiteQuery(types=(kind,), statuses=statuses, order="number", differing=differing)
    return list_pins(register_now(), query)


def _state(pin: Pin, today: str, differing: frozenset[str], resting: frozenset[str]) -> SignState:
    """Return the state of a record; what people differ on, or did not find, is in doubt.

    One that rests is told so before when it was seen: nobody need go there now.
    """
    if pin.status in _GONE:
        return "closed"
    if pin.id in differing or pin.status == "not_found":
        return "doubt"
    if pin.status == "paused" or pin.id in resting:
        return "paused"
    return due_state(pin.seen_on, pin.due_on, today)


@lru_cache(maxsize=64)
def _signs(kind: str, closed: bool, _at: tuple[str, ...], today: str) -> tuple[Sign, ...]:  # noqa: FBT001 - a cache's key
    differing = frozenset(one.id for one in _pins(kind, closed=closed, differing=True))
    resting = frozenset[str]()
    if kind == "salon":
        resting = frozenset(
            one.site_id for one in day_now().listed.listed if groups_rest(one.answers)
        )
    told: list[tuple[str, str, int | None, SignState, float, float]] = [
        (f"site:{one.id}", one.title, one.number, _state(one, today, differing, resting),
         one.lon, one.lat)
        for one in _pins(kind, closed=closed)
    ]  # fmt: skip
    told += [(f"place:{id_}", name, None, "map", lon, lat) for id_, name, lon, lat in _free(kind)]
    town = town_now()
    x_m, y_m = town.plane.to_m([one[4] for one in told], [one[5] for one in told])
    snaps = town.snapper.snap(np.atleast_1d(x_m), np.atleast_1d(y_m), limit_m=town.snap_limit_m)
    return tuple(
        Sign(
            id=id_, name=shown(name), number=number, state=state, off=bool(edge < 0), lon=lon,
            lat=lat,
        )
        for (id_, name, number, state, lon, lat), edge in zip(told, snaps.edge, strict=True)
    )  # fmt: skip


def _free(kind: str) -> Iterator[tuple[str, str, float, float]]:
    """Yield the map's places of a kind nobody recorded: id, name, degrees."""
    day = day_now()
    if kind == "salon":
        own = [one for one in day.listed.listed if one.own and one.at_m is not None]
        rows = [(one.site_id, one.name, *one.at_m) for one in own if one.at_m is not None]
    else:
        sites = day.town.sites
        free = sites[(sites["kind"] == kind) & sites["site_id"].isin(day.told.joined.free)]
        rows = [(row.site_id, row.name, row.x_m, row.y_m) for row in each_row(free)]
    if not rows:
        return
    lon, lat = day.town.plane.to_lonlat([one[2] for one in rows], [one[3] for one in rows])
    for (id_, name, _, _), x, y in zip(rows, lon, lat, strict=True):
        yield str(id_), str(name), float(x), float(y)


@lru_cache(maxsize=32)
def _dump_signs(kind: str, closed: bool, _at: tuple[str, ...], _today: str) -> bytes:  # noqa: FBT001 - as above
    signs = list_signs(kind, closed=closed)
    rows = [
        {"kind": kind, "name": one.name, "number": one.number, "state": one.state, "off": one.off}
        for one in signs
    ]
    points = [shapely.Point(one.lon, one.lat) for one in signs]
    return dump_geojson(points, rows, [one.id for one in signs], foreign={}).encode()


@lru_cache(maxsize=16)
def _dump_shapes(kind: str, closed: bool, _at: tuple[str, ...]) -> bytes:  # noqa: FBT001 - as above
    pins = [one for one in _pins(kind, closed=closed) if one.shape.geom_type != "Point"]
    rows = [{"closed": one.status in _GONE} for one in pins]
    return dump_geojson(
        [one.shape for one in pins], rows, [f"site:{one.id}" for one in pins], foreign={}
    ).encode()
