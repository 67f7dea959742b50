"""Where somebody has looked, read from the register's walks, tracks and records (台帳の見て歩いた跡)."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from layers.surveyed.streets import Line, Looked, Stop
from surveys.record.as_of import JAPAN
from surveys.record.walk import places_seen
from surveys.store.devices import list_tracks
from surveys.store.listing import SiteQuery, each_site, list_walks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.base.arrays import Floats
    from geo.base.place import Plane
    from geo.town import Town
    from surveys.record.history import Version
    from surveys.record.site import Site
    from surveys.store.devices import Track
    from surveys.store.register import Register

# Kinds of version whose writer stood there; "absent" looked too, and found nothing.
_LOOKED: Final = ("visit", "confirm", "absent")
# A vaguer fix may lie in the next street, and between fixes farther apart nobody knows the way.
WORST_FIX_M: Final = 30.0
LONGEST_HOP_M: Final = 100.0


def read_looked(register: Register, town: Town) -> Looked:
    """Return all the register tells of where somebody has looked (跡を読む).

    Notes
    -----
    What was told by telephone or came from a file without a day tells nothing. A walk's own line
    counts when every place of its list was come to: else it is still the plan. Cost: a query a
    walk, and a few over all benches and slopes.
    """
    plane = town.plane
    outings = [(walk, register.versions_of_walk(walk.id)) for walk in list_walks(register)]
    ids = {version.site_id for _, versions in outings for version in versions}
    at = {id_: middle_m(plane, site) for id_, site in register.sites_of(ids).items()}
    walks, lines = [], [*track_lines(plane, list_tracks(register))]
    for walk, versions in outings:
        stops = order_stops(walk.answers.get("places") or [], versions)
        points = [(at.get(id_), on) for id_, on in stops]
        # Without its place no way is made up around a stop.
        gaps = [
            Stop(x_m=0.0, y_m=0.0, on="") if one is None else _stop(one, on) for one, on in points
        ]
        walks.append(gaps)
        line = _whole_line(plane, walk, versions)
        if line is not None:
            lines.append(line)
    found = list(each_site(register, SiteQuery(types=("bench", "slope"), statuses=())))
    looked = register.versions_of(site.id for site in found)
    slopes, spots = [], []
    for site in found:
        on, middle = last_looked(looked.get(site.id, [])), middle_m(plane, site)
        if not on or middle is None or site.place is None:
            continue
        if site.place.geom_type.endswith("LineString"):
            slopes.append(Line(shape=to_plane(plane, site.place), on=on))
        else:
            spots.append(_stop(middle, on))
    return Looked(walks=walks, lines=lines, slopes=slopes, spots=spots)


def order_stops(listed: Sequence[str], versions: Sequence[Version]) -> list[tuple[str, str]]:
    """Return the sites a walk came to in the order it came to them, each with the day (来た順).

    As they were written outdoors. Where any was written on another day than it was seen, at a
    desk from paper, the order of writing tells nothing: then in the order of the walk's list,
    and what is not on it has no turn.

    Parameters
    ----------
    listed
        Ids of the walk's list, in its order.
    versions
        Those of the walk.
    """
    came = [one for one in versions if one.kind in _LOOKED and one.origin.source == "surveyed"]
    days = {one.seq: one.origin.on or _day_written(one) for one in came}
    came.sort(key=lambda one: (days[one.seq], _written(one), one.seq))
    if any(days[one.seq] != _day_written(one) for one in came):
        turn = {id_: at for at, id_ in enumerate(listed)}
        came = [one for one in came if one.site_id in turn]
        came.sort(key=lambda one: (days[one.seq], turn[one.site_id], one.seq))
    return [(one.site_id, days[one.seq]) for one in came]


def last_looked(versions: Sequence[Version]) -> str:
    """Return the last day somebody stood at a site, "" for never (最後に見た日).

    A file that brings a record back says the day itself.
    """
    days = [version.seen_on for version in versions]
    days += [
        version.origin.on
        for version in versions
        if version.kind in _LOOKED and version.origin.source == "surveyed"
    ]
    return max(days, default="")


def track_lines(plane: Plane, tracks: Sequence[Track]) -> Iterator[Line]:
    """Yield the lines of tracks on the plane, parted where the receiver lost its way (歩いた跡の線).

    Fixes vaguer than 30 m are left out; where the next is farther than 100 m the line ends.
    """
    for track in tracks:
        fixes = [one for one in track.points if float(one[2]) <= WORST_FIX_M]
        x_m, y_m = plane.to_m([one[0] for one in fixes], [one[1] for one in fixes])
        at = np.column_stack([np.atleast_1d(x_m), np.atleast_1d(y_m)])
        hops = np.hypot(*np.diff(at, axis=0).T) if len(at) > 1 else np.zeros(0)
        ends = [0, *(np.flatnonzero(hops > LONGEST_HOP_M) + 1).tolist(), len(at)]
        parts = [at[low:high] for low, high in pairwise(ends) if high - low > 1]
        if parts:
            yield Line(shape=shapely.MultiLineString(parts), on=track.day)


def to_plane(plane: Plane, shape: shapely.Geometry) -> shapely.Geometry:
    """Return a shape in degrees on the town's plane (平面に移す)."""
    return shapely.transform(shape, plane.to_m, interleaved=False)


def middle_m(plane: Plane, site: Site) -> Floats | None:
    """Return the point a site stands at on the plane, a line's middle; ``None`` without one (点)."""
    if site.place is None or site.place.is_empty:
        return None
    shape = to_plane(plane, site.place)
    if shape.geom_type == "LineString":
        shape = shape.interpolate(0.5, normalized=True)
    point = shape.representative_point()
    return np.array([point.x, point.y])


def _whole_line(plane: Plane, walk: Site, versions: Sequence[Version]) -> Line | None:
    """Return the walk's line when it was walked to its end."""
    came = places_seen(walk.answers.get("places") or [], versions)
    day = last_looked(versions)
    if walk.place is None or walk.place.is_empty or not came or not day:
        return None
    if "missed" in came.values():
        return None
    return Line(shape=to_plane(plane, walk.place), on=day)


def _stop(at_m: Floats, on: str) -> Stop:
    return Stop(x_m=float(at_m[0]), y_m=float(at_m[1]), on=on)


def _written(version: Version) -> datetime:
    """Return the moment a version was written; one that says none comes before all."""
    try:
        at = datetime.fromisoformat(version.made_at)
    except ValueError:
        return datetime.min.replace(tzinfo=JAPAN)
    return at.replace(tzinfo=JAPAN) if at.tzinfo is None else at.astimezone(JAPAN)


def _day_written(version: Version) -> str:
    return _written(version).date().isoformat()
