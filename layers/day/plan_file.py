"""A plan as a GeoJSON file: a feature a change, the same from page and command (検討案のファイル)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import shapely

from geo.base.geojson import dump_geojson
from geo.base.problems import InputError
from geo.base.square import centre_of_square
from geo.base.words import Words
from surveys.record.plan import (
    DO_WORDS,
    LONGEST_NOTE,
    LONGEST_TITLE,
    PLACED,
    dump_changes,
    load_changes,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.export.facts import Stamp
    from geo.export.homes import Homes
    from layers.day.day import Day
    from surveys.record.plan import Change

_MOST_BYTES: Final = 2_000_000
_NO_PLAN: Final = Words(
    "検討案のファイルではありません。かよいマップの検討案（GeoJSON）を選んでください",
    "this is no plan; choose a plan's GeoJSON",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """What a plan's file says (ファイルの検討案)."""

    title: str
    note: str
    changes: tuple[Change, ...]


def dump_plan(
    day: Day,
    changes: Sequence[Change],
    *,
    title: str,
    note: str = "",
    homes: Homes,
    stamp: Stamp,
) -> str:
    """Return a plan's GeoJSON, RFC 7946 (検討案を書く).

    A feature is a change; it stands where it would be, or where the 通いの場 it is of stands now, which
    is told by its square where it is somebody's home.
    """
    placed = place_changes(day, changes, homes)
    rows, shapes = [one for one, _ in placed], [shape for _, shape in placed]
    ids = [f"change/{number}" for number in range(1, len(rows) + 1)]
    foreign = {
        "kayoi": {
            "kind": "plan", "title": title, "note": note, "town": day.built.name,
            "version": stamp.version, "made_at": stamp.made_at,
            **homes.tell(one.site_id for one in changes),
        }
    }  # fmt: skip
    return dump_geojson(shapes, rows, ids, foreign=foreign)


def place_changes(
    day: Day, changes: Sequence[Change], homes: Homes
) -> list[tuple[dict[str, Any], shapely.Point]]:
    """Return what a file says of each change, and where it is shown, in degrees (変えることと場所)."""
    now = {one.site_id: one for one in day.source.listed}
    placed = []
    for one, told in zip(changes, hide_homes(changes, homes), strict=True):
        site = now.get(one.site_id)
        at = told.get("at")
        if at is None and site is not None and site.at_m is not None:
            lon, lat = day.built.plane.to_lonlat(*([axis] for axis in site.at_m))
            at = [float(lon[0]), float(lat[0])]
            if homes.hides(one.site_id):
                at = list(centre_of_square(*at))
        row = {key: value for key, value in told.items() if key != "at"} | {
            "what": DO_WORDS[one.do].ja,
            "what_en": DO_WORDS[one.do].en,
            "site_name": "" if site is None else site.name,
        }
        placed.append((row, shapely.Point() if at is None else shapely.Point(at)))
    return placed


def hide_homes(changes: Sequence[Change], homes: Homes) -> list[dict[str, Any]]:
    """Return changes as JSON, where a private home would be told by its square (個人の家をかくす)."""
    told = dump_changes(changes)
    return [
        parts | {"at": list(centre_of_square(*one.at))}
        if one.at is not None and homes.hides(one.site_id) else parts
        for one, parts in zip(changes, told, strict=True)
    ]  # fmt: skip


def load_plan(data: bytes) -> PlanFile:
    """Return the plan of a file, whoever wrote it (検討案を読む).

    Raises
    ------
    InputError
        When it is no plan, or one of its changes cannot be.
    """
    try:
        told = json.loads(data.decode("utf-8-sig")) if len(data) <= _MOST_BYTES else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or not isinstance(told.get("features"), list):
        raise InputError(_NO_PLAN)
    about = told.get("kayoi")
    about = about if isinstance(about, dict) else {}
    title, note = (str(about.get(key) or "") for key in ("title", "note"))
    changes = load_changes([_change(one) for one in told["features"]])
    if not changes:
        raise InputError(_NO_PLAN)
    return PlanFile(title=title[:LONGEST_TITLE], note=note[:LONGEST_NOTE], changes=changes)


def _change(feature: object) -> object:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(feature, dict) or not isinstance(properties, dict):
        raise InputError(_NO_PLAN)
    parts = {
        key: properties[key]
        for key in ("do", "site", "name", "schedule", "grade")
        if properties.get(key) not in (None, "")
    }
    shape = feature.get("geometry")
    if parts.get("do") in PLACED and isinstance(shape, dict) and shape.get("type") == "Point":
        at = shape.get("coordinates")
        parts["at"] = at[:2] if isinstance(at, list) else at
    return parts
