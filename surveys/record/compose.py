"""Make a version out of what a person wrote (書いたものを版にする)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import shapely

from geo.base.words import Words
from surveys.declaration.paths import changes, flatten, known_paths, same
from surveys.record.answers import Fault, check_answers
from surveys.record.history import PLACE, STATUS, Version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surveys.declaration.record_type import RecordType, Shape
    from surveys.record.history import Kind, Origin, SiteState


SHAPE_OF: Final[dict[str, Shape]] = {
    "Point": "point",
    "LineString": "line",
    "MultiLineString": "line",
    "Polygon": "area",
    "MultiPolygon": "area",
}


class Keep:
    """Stands for "as it was", where ``None`` would take a value away (そのまま)."""


KEEP: Final = Keep()


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a person wrote about one site (書いたもの).

    Attributes
    ----------
    answers
        All the answers as the form holds them, not only the new ones; ``None`` for none touched.
    place
        The shape in degrees, ``None`` for no place.
    status
        ``{"is", "on", "reason"}``.
    """

    version_id: str
    record_id: str
    site_id: str
    kind: Kind
    origin: Origin
    made_at: str
    answers: Mapping[str, Any] | None = None
    place: shapely.Geometry | Keep | None = KEEP
    status: Mapping[str, str] | Keep = KEEP
    origins: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    walk_id: str | None = None
    batch_id: str | None = None
    note: str = ""
    seen_on: str = ""


def compose(type_: RecordType, before: SiteState, written: Written) -> tuple[Version, list[Fault]]:
    """Return the version that what was written comes to, and its faults (版をつくる).

    Parameters
    ----------
    before
        The site as its writer saw it: only what differs from it becomes part of the version.

    Answers the declaration no longer asks are left as they are.
    """
    patch: dict[str, Any] = {}
    faults: list[Fault] = []
    if written.answers is not None:
        clean, faults = check_answers(type_, written.answers)
        patch = changes(known_paths(type_, before.answers), flatten(type_, clean))
    if not isinstance(written.place, Keep) and not same(before.place, tidy_place(written.place)):
        place = tidy_place(written.place)
        faults += check_place(type_, place)
        patch[PLACE] = place
    if not isinstance(written.status, Keep) and dict(before.status) != dict(written.status):
        patch[STATUS] = dict(written.status)
    version = Version(
        seq=0, id=written.version_id, record_id=written.record_id, site_id=written.site_id,
        type=type_.id, kind=written.kind, made_at=written.made_at, origin=written.origin,
        patch=patch, base=before.head, origins=written.origins, walk_id=written.walk_id,
        batch_id=written.batch_id, note=written.note,
        seen_on=written.seen_on,
    )  # fmt: skip
    return version, faults


def tidy_place(place: shapely.Geometry | None) -> shapely.Geometry | None:
    """Return a shape in two dimensions with 7 decimals, 1 cm, as every format keeps it (形の整え)."""
    if place is None or place.is_empty:
        return None
    flat = shapely.transform(shapely.force_2d(place), lambda at: at.round(7))
    return shapely.orient_polygons(flat)  # counterclockwise, as GeoJSON has it


def check_place(type_: RecordType, place: shapely.Geometry | None) -> list[Fault]:
    """Return what is wrong with a shape for a type (形を確かめる)."""
    if place is None:
        return []
    if isinstance(place, shapely.Geometry) and SHAPE_OF.get(place.geom_type) not in type_.shapes:
        return [(PLACE, Words("この調査票では使えない形です", "a shape this type does not take"))]
    return check_bounds(place)


def check_bounds(place: shapely.Geometry | None) -> list[Fault]:
    """Return what is wrong with a shape whatever it is of (形の範囲を確かめる)."""
    if place is None:
        return []
    if not isinstance(place, shapely.Geometry) or place.geom_type not in SHAPE_OF:
        return [(PLACE, Words("使えない形です", "a shape no type takes"))]
    if place.has_z:
        return [(PLACE, Words("高さのない形にしてください", "the shape must have no heights"))]
    west, south, east, north = place.bounds
    if place.is_empty or not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):  # noqa: PLR2004 - degrees
        return [(PLACE, Words("経度・緯度の範囲の外です", "outside the range of degrees"))]
    return []
