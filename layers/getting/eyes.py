"""What a file that came is, with every reader's eyes (届いた資料を見る)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.get.took import Recognised
from geo.sources.people import load_people
from layers.inspected.look import look_at
from layers.inspected.whose import is_of

if TYPE_CHECKING:
    from pathlib import Path

    from geo.base.municipal.listed import Listed
    from geo.sources.where.declared import FileKind
    from layers.inspected.seen import Seen, Use

_NEAR: Final = 0.02  # degrees, about 2 km: an office may stand at the very border
_SCHOOL: Final = re.compile("A27|A32|学校|校区|学区")
_AREAS: Final = frozenset({"KEY_CODE", "S_NAME"})
_ALIKE: Final = {"streets": "streets", "heights": "heights", "addresses": "addresses"}
_NAMED: Final = re.compile("「([^」（]+)")
_OTHER: Final = Words("ほかの街のものです", "is of another town")


def check_file(path: Path, kind: FileKind) -> Words | None:
    """Return why a file cannot be what it was fetched for, ``None`` where it is (届いたものか).

    Examples
    --------
    >>> import tempfile
    >>> from geo.sources.where.declared import FILE_KINDS
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "a.zip"
    ...     _ = path.write_bytes(b"PK")
    ...     check_file(path, FILE_KINDS["border"]).en
    'a broken zip'
    """
    seen = look_at(path)
    if any(one.id == kind.role for one in seen.uses):
        return None
    return _why(seen)


def recognise(path: Path, city: Listed) -> Recognised:
    """Return which kind of a town's files one is, and whether it is of this town (資料を見分ける)."""
    seen = look_at(path)
    if seen.beside:
        return Recognised(kind="", words=seen.kind, beside=True)
    use = _use_of(seen)
    if use is None:
        why = _why(seen)
        return Recognised(
            kind="",
            words=Words(f"使いません（{why.ja}）", f"is not used ({why.en})"),
        )
    if not _is_here(seen, city):
        return Recognised(kind="", words=_OTHER)
    kind = _kind_of(path, seen, use)
    named = _NAMED.search(use.found.ja) if use.id == "division" else None
    return Recognised(kind=kind, words=use.found, column=named[1] if named else "")


def _use_of(seen: Seen) -> Use | None:
    """Return the use a town is built of: of a map with both, the border of municipalities."""
    uses = {
        one.id: one for one in reversed(seen.uses) if one.id in ("border", "division", "people")
        or one.id in _ALIKE
    }  # fmt: skip
    if not uses:
        return None
    if {"border", "division"} <= set(uses):
        columns = {one.name for one in seen.columns}
        areas = columns & _AREAS or _SCHOOL.search(seen.file) or _SCHOOL.search(str(columns))
        return uses["division" if areas else "border"]
    return next(one for one in seen.uses if one.id in uses)


def _kind_of(path: Path, seen: Seen, use: Use) -> str:
    if use.id == "division":
        named = f"{seen.file} {[one.name for one in seen.columns]}"
        return "schools" if _SCHOOL.search(named) else "areas"
    if use.id == "people":
        try:
            return "mesh" if load_people(path).kind == "mesh" else "people"
        except InputError:
            return "people"
    return _ALIKE.get(use.id, use.id)


def _is_here(seen: Seen, city: Listed) -> bool:
    """Say whether a file is of a municipality, as far as its rows or its extent tell."""
    if seen.cities and not any(is_of(one, city) for one in seen.cities):
        return False
    if seen.box is None:
        return True
    west, south, east, north = seen.box
    return (
        west - _NEAR <= city.office_longitude <= east + _NEAR
        and south - _NEAR <= city.office_latitude <= north + _NEAR
    )


def _why(seen: Seen) -> Words:
    return next(iter((*seen.traps, *seen.missing)), seen.kind)
