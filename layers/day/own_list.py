"""The town's own 通いの場, as a build brought them: as rows, and which no record is about (街の通いの場の表)."""

from __future__ import annotations

import calendar
import hashlib
import json
import math
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from scipy.spatial import cKDTree

from geo.base.dates import find_day, parse_month
from geo.base.pairs import SAME_M, SAME_NAME_M
from geo.base.problems import InputError
from geo.base.text import tidy
from geo.schedule import parse_schedule
from geo.tables.tables import each_row
from surveys.imports.numbering import spare_id
from surveys.record.answers import clean_text
from surveys.record.as_of import JAPAN
from surveys.record.compose import Written, compose, tidy_place
from surveys.record.history import NOTHING, PLACE, Origin
from surveys.record.portable import Incoming, Portable
from surveys.store.listing import SiteQuery, each_site
from surveys.store.own_batches import own_batches
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from geo.base.arrays import Flags
    from geo.base.place import Plane
    from geo.town import Credit, Town
    from surveys.record.history import Version
    from surveys.record.site import Site
    from surveys.store.register import Register

SALON: Final = RECORD_TYPES["salon"]
# The register keeps 7 decimals of a degree, 1 cm: what is nearer is the town's own point.
_WRITTEN_M: Final = 0.02
_LONGEST_ID: Final = 64
_ACTIVITY: Final = "1"
_MOST: Final = 1000  # people at a session the salon sheet takes

# What is known of a record to tell whether a row is about it: id, name, metres.
Known = tuple[str, str, tuple[float, float] | None]
Points = dict[str, tuple[float, float]]


def own_digest(town: Town) -> str:
    """Return the fingerprint of the town's own list: what it says, not where it stands (表の指紋)."""
    lon, lat = town.plane.to_lonlat(town.salons["x_m"], town.salons["y_m"])
    rows = [
        [row.site_id, row.name, f"{x:.7f}", f"{y:.7f}", row.schedule, row.note, f"{row.capacity}"]
        for row, x, y in zip(each_row(town.salons), lon, lat, strict=True)
    ]
    return hashlib.sha256(json.dumps(sorted(rows), ensure_ascii=False).encode()).hexdigest()


def own_rows(town: Town, salons: pd.DataFrame) -> list[Incoming]:
    """Return some of the town's own 通いの場 as rows of a file that is brought in (取りこむ行にする).

    That they meet is what their list says, and is marked as inferred. A capacity the salon sheet
    does not take is told among the venue's words.
    """
    lon, lat = town.plane.to_lonlat(salons["x_m"], salons["y_m"])
    days = {name: list_day(town, name) for name in salons["source"].unique()}
    return [
        Incoming(
            sheet=row.source,
            row=at,
            site=Portable(
                type=SALON.id, id=row.site_id, answers=_answers(row),
                place=tidy_place(shapely.Point(float(x), float(y))),
                origin=Origin(source="imported", sure="sure", by="", on=days[row.source]),
                origins={f"activities/{_ACTIVITY}/state": {"sure": "inferred"}},
            ),
            given=frozenset({"name", "activities", "about", PLACE}),
        )
        for at, (row, x, y) in enumerate(zip(each_row(salons), lon, lat, strict=True), start=1)
    ]  # fmt: skip


def own_versions(town: Town, salons: pd.DataFrame) -> list[Version]:
    """Return what the register would hold of them had it taken the list (取りこんだとしたら)."""
    made = _versions(town)
    return [made[id_] for id_ in salons["site_id"]]


@lru_cache(maxsize=2)
def _versions(town: Town) -> dict[str, Version]:
    """Return them all by id, read once a town; nobody changes them."""
    found = {}
    for one in own_rows(town, town.salons):
        written = Written(
            version_id="", record_id="", site_id=one.site.id, kind="import",
            origin=one.site.origin, made_at=town.built_at, answers=one.site.answers,
            place=one.site.place,
        )  # fmt: skip
        version, _ = compose(SALON, NOTHING, written)
        found[one.site.id] = replace(version, seq=1)
    return found


def list_day(town: Town, source: str) -> str:
    """Return the day the town's own list speaks of, "" where nobody knows (いつの表か).

    The day its credit tells; of a month or a year told alone its last. A list cannot be newer
    than the town made of it, and one that tells no day is as old as the town.
    """
    built = _built_on(town)
    told = max((_last_day(one) for one in _credits(town, source)), default="")
    return min(filter(None, (told, built)), default="")


def without_record(town: Town, register: Register | None) -> pd.DataFrame:
    """Return the town's own 通いの場 that count beside the register: Sites (台帳にない街の通いの場).

    All of them without a register. With one those no record is about; and none once their list,
    or an earlier one, was taken into it: then the register is the list.
    """
    if register is None or town.salons.empty:
        return town.salons
    if own_batches(register):
        return town.salons.iloc[:0]
    return town.salons[~told_by(town.salons, known_salons(town.plane, register))]


def known_salons(plane: Plane, register: Register) -> list[Known]:
    """Return the register's 通いの場, closed ones too, as far as a row may be about them (台帳の通いの場)."""
    query = SiteQuery(types=(SALON.id,), statuses=(), order="number")
    return [known_salon(plane, one) for one in each_site(register, query)]


def known_salon(plane: Plane, site: Site) -> Known:
    """Return what tells whether a row is about a site (地点を見分けるもの)."""
    place = site.place
    at = None if place is None or place.is_empty else middle_m(plane, place)
    return site.id, tidy(site.title), at


def middle_m(plane: Plane, place: shapely.Geometry) -> tuple[float, float]:
    """Return a shape's point in metres (形の点)."""
    at = place.representative_point()
    x_m, y_m = plane.to_m([at.x], [at.y])
    return float(np.atleast_1d(x_m)[0]), float(np.atleast_1d(y_m)[0])


def told_by(salons: pd.DataFrame, known: Sequence[Known]) -> Flags:
    """Return which of the town's own 通いの場 a record is about: (n,) (記録のある行).

    Of the same id, of the same name within 50 m, or within 25 m.
    """
    told = np.array(salons["site_id"].isin([id_ for id_, _, _ in known]), dtype=bool)
    told[[row for _, _, row, _ in pairs(salons, known)]] = True
    return told


def pairs(salons: pd.DataFrame, known: Sequence[Known]) -> list[tuple[bool, float, int, str]]:
    """Return which rows stand at which records, the surest first (行と記録の組).

    Each as: whether the name is another, metres, row, id of the record.
    """
    placed = [(id_, name, at) for id_, name, at in known if at is not None]
    if salons.empty or not placed:
        return []
    tree = cKDTree(np.array([at for _, _, at in placed], dtype=float))
    points = salons[["x_m", "y_m"]].to_numpy(dtype=float)
    names = [tidy(str(name)) for name in salons["name"]]
    found = []
    for row, rows in enumerate(tree.query_ball_point(points, SAME_NAME_M)):
        for one in rows:
            id_, name, at = placed[one]
            far = math.hypot(points[row][0] - at[0], points[row][1] - at[1])
            same = bool(name) and name == names[row]
            if same or far <= SAME_M:
                found.append((not same, far, row, id_))
    return sorted(found)


def exact_places(town: Town) -> Points:
    """Return where the town has its own 通いの場, by the ids they may have in the register (街の点)."""
    points: Points = {}
    for row in each_row(town.salons):
        at = (float(row.x_m), float(row.y_m))
        points[row.site_id] = points[spare_id(row.site_id)] = at
    return points


def exactly(points: Points, site_id: str, x_m: float, y_m: float) -> tuple[float, float]:
    """Return a place, or the town's own point the register wrote down to the centimetre (正確な点).

    Examples
    --------
    >>> exactly({"a": (1.0, 2.0)}, "a", 1.004, 2.0), exactly({"a": (1.0, 2.0)}, "a", 1.1, 2.0)
    ((1.0, 2.0), (1.1, 2.0))
    """
    own = points.get(site_id)
    near = own is not None and math.hypot(own[0] - x_m, own[1] - y_m) <= _WRITTEN_M
    return own if own is not None and near else (x_m, y_m)


def register_ids(register: Register, ids: Iterable[str]) -> dict[str, str]:
    """Return the id each row takes in the register: its own where that is free for it (台帳での番号)."""
    wanted = list(ids)
    held = register.sites_of(one for one in wanted if len(one) <= _LONGEST_ID)
    return {
        one: one
        if one and len(one) <= _LONGEST_ID and (one not in held or held[one].type.id == SALON.id)
        else spare_id(one)
        for one in wanted
    }


def _answers(row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of a checked table
    activity: dict[str, Any] = {"_id": _ACTIVITY, "state": "active"}
    rules = parse_schedule(clean_text(row.schedule))
    if rules:
        activity["schedule"] = rules
    words = [clean_text(row.note, lines=False)]
    if math.isfinite(row.capacity):
        fits = 1 <= row.capacity <= _MOST and float(row.capacity).is_integer()
        if fits:
            activity["capacity"] = int(row.capacity)
        else:
            words.append(f"定員 {row.capacity:g}人")
    about = "　".join(filter(None, words))
    return {"name": row.name, "activities": [activity]} | ({"about": about} if about else {})


def _built_on(town: Town) -> str:
    if not town.built_at:
        return ""
    return datetime.fromisoformat(town.built_at).astimezone(JAPAN).date().isoformat()


def _credits(town: Town, source: str) -> list[Credit]:
    return [one for one in town.credits if one.role == "sites" and one.name == source]


def _last_day(credit: Credit) -> str:
    if day := find_day(credit.date):
        return day.isoformat()
    try:
        year, month = parse_month(credit.date)
    except InputError:
        return ""
    month = month or 12
    return date(year, month, calendar.monthrange(year, month)[1]).isoformat()
