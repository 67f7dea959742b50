"""Which site a row of a file speaks of (行がどの地点か)."""

from __future__ import annotations

import hashlib
import json
import math
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import shapely
from shapely import affinity

from geo.base.pairs import SAME_NAME_M, each_once
from geo.base.square import is_centre
from geo.base.text import tidy
from surveys.record.home import is_home

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surveys.declaration.record_type import RecordType
    from surveys.record.portable import Incoming
    from surveys.record.site import Site

# One degree of latitude.
_DEGREE_M: Final = 111_000.0
_AREAS: Final = ("Polygon", "MultiPolygon")
# What tells two things of one name at one place apart: two AEDs in a hall, two poles of a stop.
_TELLS: Final = ("code", "spot")


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """The site a row meets (行の地点).

    Attributes
    ----------
    again
        The index of an earlier row that meets the same site; ``None`` usually.
    """

    site_id: str
    again: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What matching needs of a row or a site."""

    name: str
    address: str
    tells: str
    at: tuple[float, float] | None
    area: shapely.Geometry | None = None
    home: bool = False


def match_rows(
    type_: RecordType, incoming: Sequence[Incoming], sites: Mapping[str, Site]
) -> list[Met]:
    """Return the site each row meets, in the order of the rows (行と地点を合わせる).

    Parameters
    ----------
    sites
        Every site of the type that is shown, by id.

    A row of a log meets the entry of its id, or the one the very same row once made.

    A row meets the site of its id. Without one, it meets the site it once made, whose id comes
    from its name and place, so that the same file twice is one; else the nearest of the same
    name within 50 m that no other row meets; else, where one of the two has no place, the only
    one of that name. Else it is new, under the number its list gives it where that may be kept.
    """
    rows = [_row(one) for one in incoming]
    made = _made_ids(type_, incoming, rows)
    out = [
        one.site.id or (own if own in sites else "")
        for one, own in zip(incoming, made, strict=True)
    ]
    # 「電話」 of one day is not that of another: nothing of a log is met by its name.
    open_rows = [at for at, id_ in enumerate(out) if not id_ and rows[at].name and not type_.log]
    for at, id_ in _nearest(rows, open_rows, sites, frozenset(out)).items():
        out[at] = id_
    first: dict[str, int] = {}
    met: list[Met] = []
    for at, id_ in enumerate(out):
        # Two numbers of one name at one place are one site all the same.
        site_id = id_ or incoming[at].list_id or made[at]
        met.append(Met(site_id=site_id, again=first.get(id_ or made[at])))
        for key in (id_ or made[at], *([made[at]] if incoming[at].list_id else [])):
            first.setdefault(key, at)
    return met


def has_slid(one: Incoming, site: Site | None, numbered: Site | None) -> bool:
    """Say whether a row of our export carries the id of another row (IDがずれたか).

    Parameters
    ----------
    site
        The site of its id.
    numbered
        The site of its number.

    So it is when name and place are those of its number's site and not of its id's: a column was
    sorted alone. A site that was renamed or moved still has its own number beside its id.
    """
    if site is None or numbered is None or site.number == numbered.number:
        return False
    row = _row(one)
    known, other = (_known(tidy(each.title), each.answers, each.place) for each in (site, numbered))
    if is_blurred_row(one, numbered) or is_blurred_row(one, site):
        return row.name == other.name != known.name
    return (row.name, row.at) == (other.name, other.at) != (known.name, known.at)


def is_blurred_row(one: Incoming, site: Site | None) -> bool:
    """Say whether a row's place is no place: marked so, or a home's square's middle (ぼかした行か).

    Parameters
    ----------
    site
        The one it meets, if any.
    """
    if one.site.told == "square":
        return True
    if site is None or not is_home(site) or one.site.told == "exact":
        return False
    row, known = _row(one), _known("", site.answers, site.place)
    return row.at is not None and known.at is not None and is_centre(row.at, known.at)


def _nearest(
    rows: Sequence[_Known],
    open_rows: Sequence[int],
    sites: Mapping[str, Site],
    taken: frozenset[str],
) -> dict[int, str]:
    """Return the ids of sites of the same name, the surest pair first, each site once."""
    wanted: defaultdict[str, list[int]] = defaultdict(list)
    for at in open_rows:
        wanted[rows[at].name].append(at)
    named: defaultdict[str, list[tuple[str, _Known]]] = defaultdict(list)
    for site in sites.values():
        name = tidy(site.title)
        if name in wanted and site.id not in taken:
            named[name].append((site.id, _known_site(name, site)))
    pairs: list[tuple[bool, float, int, str]] = []
    for name, found in named.items():
        alone = len(found) == len(wanted[name]) == 1
        for at in wanted[name]:
            for id_, known in found:
                far = _far_m(rows[at], known, alone=alone)
                if far is not None:
                    pairs.append((rows[at].tells != known.tells, far, at, id_))
    return dict(each_once((at, id_) for _, _, at, id_ in sorted(pairs)))


def _made_ids(type_: RecordType, incoming: Sequence[Incoming], rows: Sequence[_Known]) -> list[str]:
    keys = [_key(type_, one, row) for one, row in zip(incoming, rows, strict=True)]
    apart: defaultdict[str, set[str]] = defaultdict(set)
    for key, row in zip(keys, rows, strict=True):
        apart[key].add(row.tells)
    return [
        "f"
        + hashlib.sha256(
            (f"{key}|{row.tells}" if len(apart[key]) > 1 else key).encode()
        ).hexdigest()[:24]
        for key, row in zip(keys, rows, strict=True)
    ]


def _key(type_: RecordType, one: Incoming, row: _Known) -> str:
    if type_.log:
        told = json.dumps(one.site.answers, sort_keys=True, ensure_ascii=False, default=str)
        return f"{type_.id}|{row.at}|{told}"
    if row.at is not None:
        where = f"{row.at[0]:.5f},{row.at[1]:.5f}"
    else:
        where = row.address if row.name else f"{one.sheet}#{one.row}"
    return f"{type_.id}|{row.name}|{where}"


def _row(one: Incoming) -> _Known:
    return _known(tidy(str(one.site.answers.get("name") or "")), one.site.answers, one.site.place)


def _known(name: str, answers: Mapping[str, object], place: shapely.Geometry | None) -> _Known:
    at = None if place is None or place.is_empty else place.representative_point()
    return _Known(
        name=name,
        address=tidy(str(answers.get("address") or "")),
        tells="|".join(tidy(str(answers.get(key) or "")) for key in _TELLS),
        at=None if at is None else (float(at.x), float(at.y)),
        area=place if place is not None and place.geom_type in _AREAS else None,
    )


def _known_site(name: str, site: Site) -> _Known:
    return replace(_known(name, site.answers, site.place), home=is_home(site))


def _far_m(row: _Known, site: _Known, *, alone: bool) -> float | None:
    """Return how far a row is from a site of its name, ``None`` when they do not meet.

    Parameters
    ----------
    alone
        Whether there is one row and one site of the name.
    """
    if site.home and row.at and site.at and is_centre(row.at, site.at):
        return 0.0
    if row.at is None or site.at is None:
        other = row.address and site.address and row.address != site.address
        return 0.0 if alone and not other else None
    far = _far_of(row, site)
    return far if far <= SAME_NAME_M else None


def _far_of(one: _Known, other: _Known) -> float:
    """Return metres between two places; from an area's edge, none within it: a pin stands at a gate."""
    if one.at is None or other.at is None:
        raise ValueError("both have a place")
    if one.area is None and other.area is None:
        return _far(one.at, other.at)
    lon, lat = other.at
    wide = math.cos(math.radians(lat))
    shapes = [
        affinity.affine_transform(
            shapely.Point(each.at) if each.area is None else each.area,
            [_DEGREE_M * wide, 0, 0, _DEGREE_M, -lon * _DEGREE_M * wide, -lat * _DEGREE_M],
        )
        for each in (one, other)
    ]
    return float(shapely.distance(*shapes))


def metres_between(one: shapely.Geometry | None, other: shapely.Geometry | None) -> float | None:
    """Return how far two places are from each other, ``None`` where one is none (二つの場所の間)."""
    known = [_known("", {}, place).at for place in (one, other)]
    return None if known[0] is None or known[1] is None else _far(known[0], known[1])


def _far(one: tuple[float, float], other: tuple[float, float]) -> float:
    east = (one[0] - other[0]) * math.cos(math.radians(other[1]))
    return float(_DEGREE_M * math.hypot(east, one[1] - other[1]))
