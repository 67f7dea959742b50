"""Where people went: streets looked at, ways of walks, tracks (歩いた跡)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import numpy as np
import shapely

from geo.base.dates import say_date
from geo.base.geojson import dump_geojson
from geo.base.marks import shown
from geo.walk.reach import Parts
from layers.layered.parts.classed import dump_classes
from layers.served.clock import today_in_japan
from layers.served.register import register_now, register_stamp
from layers.served.town import town_now
from layers.served.walking import surveyed_now, tracks_now
from layers.surveyed.read import track_lines
from surveys.record.walk import places_seen
from surveys.store.devices import list_tracks
from surveys.store.listing import list_walks

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.base.words import Lang
    from surveys.record.site import Site
    from surveys.store.register import Register

Way = Literal["planned", "walked"]
_Track = tuple[str, str, shapely.Geometry]  # id, day, line in degrees


def dump_looked() -> bytes:
    """Return the streets by when somebody last looked at them, for the browser (見て歩いた道の GeoJSON)."""
    return _dump_looked((*register_stamp(), repr(tracks_now())), today_in_japan())


def dump_walks(lang: Lang) -> bytes:
    """Return the ways of walks with their days for the browser (踏査の線の GeoJSON)."""
    return _dump_walks(register_stamp(), lang)


def dump_tracks(lang: Lang) -> bytes:
    """Return the tracks devices sent, for the office alone (歩いた跡の GeoJSON)."""
    return _dump_tracks(_tracks(tracks_now(), register_stamp()), lang)


def count_tracks() -> int:
    """Return how many tracks have a line to show: receivers lose their way (線のある歩いた跡の数).

    Tracks change without the register's own stamp, so no version stands for them.
    """
    return len({id_ for id_, *_ in _tracks(tracks_now(), register_stamp())})


def looked_classes(days: npt.NDArray[np.str_], today: str) -> npt.NDArray[np.str_]:
    """Return ``year``, ``older`` or ``never`` of the last day each street was looked at (見た時期).

    Examples
    --------
    >>> looked_classes(np.array(["", "2025-11-20", "2025-11-21"]), "2026-11-21").tolist()
    ['never', 'older', 'year']
    """
    return np.select([days == "", days >= _year_before(today)], ["never", "year"], "older")


def walk_states(version: str = "") -> dict[str, Way]:
    """Return whether each walk with a line was made, or is still planned, by its id (踏査のようす).

    `version` as `layers.layered.parts.signs.list_signs`.
    """
    return dict(_states((version,) if version else register_stamp()))


def _year_before(today: str) -> str:
    day = date.fromisoformat(today)
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap else day.day).isoformat()


@lru_cache(maxsize=4)
def _dump_looked(_at: tuple[str, ...], today: str) -> bytes:
    town = town_now()
    days = surveyed_now()
    network = town.network
    classes = looked_classes(days, today) if days.size else np.full(network.edge_count, "never")
    found = {}
    for id_ in ("never", "older", "year"):
        edge = np.flatnonzero(classes == id_)
        found[id_] = Parts(edge=edge, from_m=np.zeros(edge.size), to_m=network.edge_m[edge])
    return dump_classes(network, town.plane, found)


@lru_cache(maxsize=4)
def _states(_at: tuple[str, ...]) -> tuple[tuple[str, Way], ...]:
    register = register_now()
    return tuple((walk.id, _state(register, walk)) for walk in _with_line(register))


def _with_line(register: Register) -> list[Site]:
    return [one for one in list_walks(register) if one.place is not None and not one.place.is_empty]


def _state(register: Register, walk: Site) -> Way:
    came = places_seen(walk.answers.get("places") or [], register.versions_of_walk(walk.id))
    return "walked" if set(came.values()) - {"missed"} else "planned"


@lru_cache(maxsize=4)
def _dump_walks(_at: tuple[str, ...], lang: Lang) -> bytes:
    register, states = register_now(), walk_states()
    lines, rows, ids = [], [], []
    for walk in _with_line(register):
        day = str(walk.answer("on") or "")
        name = shown(walk.title)
        lines.append(walk.place)
        ids.append(walk.id)
        rows.append(
            {"class": states[walk.id], "day": day, "name": name}
            | _label(_say_day(day, lang) or name, walk.place)
        )
    return dump_geojson(lines, rows, ids, foreign={}).encode()


@lru_cache(maxsize=4)
def _tracks(_tracks: tuple[tuple[str, str], ...], _at: tuple[str, ...]) -> tuple[_Track, ...]:
    plane = town_now().plane
    return tuple(
        (track.id, line.on, plane.to_degrees(line.shape))
        for track in list_tracks(register_now())
        for line in track_lines(plane, [track])
    )


@lru_cache(maxsize=4)
def _dump_tracks(found: tuple[_Track, ...], lang: Lang) -> bytes:
    rows = [
        {"class": "track", "day": day} | _label(_say_day(day, lang), line) for _, day, line in found
    ]
    return dump_geojson(
        [line for *_, line in found], rows, [id_ for id_, *_ in found], foreign={}
    ).encode()


def _say_day(day: str, lang: Lang) -> str:
    try:
        return say_date(date.fromisoformat(day), lang)
    except ValueError:
        return ""


def _label(text: str, line: shapely.Geometry) -> dict[str, object]:
    """Return a text with where it stands: on the middle of the longest part of a line."""
    longest = max(shapely.get_parts(line), key=lambda part: part.length)
    at = longest.interpolate(0.5, normalized=True)
    return {"label": text, "at": [round(at.x, 6), round(at.y, 6)]}
