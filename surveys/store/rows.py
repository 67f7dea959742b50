"""Between the register's rows and what the rest of the house takes (表の行と値)."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import shapely

from geo.base.text import tidy
from surveys.declaration.paths import assemble, known_paths
from surveys.record.answers import all_photos
from surveys.record.as_of import day_in_japan
from surveys.record.found_by import reading_of, say_found_by
from surveys.record.freshness import due_of
from surveys.record.history import PLACE, Origin, SiteState, Version
from surveys.record.site import Site, make_title

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import RowMapping

    from surveys.declaration.record_type import RecordType

# Hiragana for katakana, so that either finds the other.
_KANA = {ord("ァ") + at: ord("ぁ") + at for at in range(ord("ヶ") - ord("ァ") + 1)}


def search_key(text: str) -> str:
    """Return a text's form for searching: width, case and kana folded (検索の形).

    Examples
    --------
    >>> search_key("ＣＡＦＥ さくらカフェ") == search_key("cafe　さくらかふぇ")
    True
    """
    return tidy(text).casefold().translate(_KANA)


def version_values(version: Version) -> dict[str, Any]:
    """Return a version as a row of the table `version`, without its `seq` (版を行にする)."""
    patch = {path: value for path, value in version.patch.items() if path != PLACE}
    row = {
        "id": version.id, "record_id": version.record_id, "site_id": version.site_id,
        "type": version.type, "kind": version.kind, "walk_id": version.walk_id,
        "batch_id": version.batch_id, "made_at": version.made_at, **version.origin.dump(),
        "base": version.base, "patch": patch, "placed": PLACE in version.patch,
        "shape": version.patch.get(PLACE),
        "origins": {path: dict(one) for path, one in version.origins.items()},
        "note": version.note, "seen_on": version.seen_on,
    }  # fmt: skip
    return row | {"digest": _digest(row)}


def read_version(row: RowMapping) -> Version:
    """Return a row of `version` (行を版にする)."""
    patch = dict(row["patch"])
    if row["placed"]:
        patch[PLACE] = row["shape"]
    origin = Origin(source=row["source"], sure=row["sure"], by=row["by"], on=row["on"])
    return Version(
        seq=row["seq"], id=row["id"], record_id=row["record_id"], site_id=row["site_id"],
        type=row["type"], kind=row["kind"], made_at=row["made_at"], origin=origin, patch=patch,
        base=row["base"], origins=row["origins"], walk_id=row["walk_id"],
        batch_id=row["batch_id"], note=row["note"],
        seen_on=row["seen_on"],
    )  # fmt: skip


def state_values(
    type_: RecordType, state: SiteState, *, fresh_months: int, changed_at: str
) -> dict[str, Any]:
    """Return what the row of `site` says of a state (状態を行にする)."""
    answers = assemble(type_, known_paths(type_, state.answers))
    place = state.place
    middle = None if place is None or place.is_empty else place.representative_point()
    texts = [*say_found_by(type_, answers), type_.words.ja, type_.words.en]
    return {
        "title": make_title(type_, answers),
        # How it is read comes first: a list in the order of names goes by it.
        "search": "\n".join(
            [
                search_key(reading_of(type_, answers)),
                *dict.fromkeys(filter(None, map(search_key, texts))),
            ]
        ),
        "shape": place,
        "lon": None if middle is None else float(middle.x),
        "lat": None if middle is None else float(middle.y),
        "status": state.status["is"],
        "flat": {path: value for path, value in state.flat.items() if path != PLACE},
        "setters": dict(state.setters),
        "conflicts": {path: list(sides) for path, sides in state.conflicts.items()},
        "differs": bool(state.conflicts),
        "head": state.head,
        "seen_on": state.seen_on,
        "first_on": state.first_on,
        "due_on": ""
        if type_.log
        else due_of(state.seen_on, day_in_japan(changed_at), answers, fresh_months),
        "visits": state.visits,
        "photos": len(all_photos(type_, answers)),
        # What was only ever imported, and the import undone, is kept and shown nowhere.
        "hidden": state.head == 0,
        "changed_at": changed_at,
    }


def read_site(row: RowMapping, find: Callable[[str], RecordType]) -> Site:
    """Return a row of `site` (行を地点にする).

    Parameters
    ----------
    find
        Finds its type, as `surveys.store.own_types.types_in` has it.
    """
    flat = dict(row["flat"])
    if row["shape"] is not None:
        flat[PLACE] = row["shape"]
    state = SiteState(
        flat=flat, setters=row["setters"],
        conflicts={path: tuple(sides) for path, sides in row["conflicts"].items()},
        head=row["head"], seen_on=row["seen_on"], first_on=row["first_on"], visits=row["visits"],
    )  # fmt: skip
    return Site(
        id=row["id"], number=row["number"], type=find(row["type"]), title=row["title"],
        state=state, due_on=row["due_on"], changed_at=row["changed_at"], hidden=row["hidden"],
    )  # fmt: skip


def _digest(row: Mapping[str, Any]) -> str:
    def plain(value: object) -> object:
        if isinstance(value, shapely.Geometry):
            return shapely.to_wkb(value, hex=True)
        raise TypeError(value)

    text = json.dumps(row, sort_keys=True, ensure_ascii=True, default=plain)
    return hashlib.sha256(text.encode()).hexdigest()
