"""A private home as it is told outside the office: by 町丁 and 250 m square (個人の家をぼかす)."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import shapely

from geo.base.square import centre_of_square
from surveys.declaration.paths import assemble, field_at, flatten
from surveys.record.history import PLACE
from surveys.record.home import ASKED
from surveys.record.privacy import REASON, hide_private, without_private
from surveys.record.venue import is_private_home

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surveys.declaration.paths import Answers, Flat
    from surveys.declaration.record_type import RecordType
    from surveys.record.portable import Portable
    from surveys.record.site import Site

_ADDRESS: Final = "address"
# Questions whose answer is a door.
_DOORS: Final = frozenset({_ADDRESS, "building"})
NO_AREAS: Final[Mapping[str, str]] = MappingProxyType({})


def tells_place(type_: RecordType, path: str) -> bool:
    """Say whether a path's value tells where a home is (場所を言う答えか).

    Examples
    --------
    >>> from surveys.types import RECORD_TYPES
    >>> [tells_place(RECORD_TYPES["salon"], one) for one in ("@place", "building", "toilet")]
    [True, True, False]
    """
    if path == PLACE or path in _DOORS:
        return True
    if path.startswith("@"):
        return False
    try:
        field, inner = field_at(type_, path)
    except KeyError:
        return False
    return (inner or field).kind == "point"


def veil_place(place: shapely.Geometry | None) -> shapely.Geometry | None:
    """Return the middle of the square a shape lies in, ``None`` for no shape (場所をぼかす)."""
    if place is None or place.is_empty:
        return None
    at = place.representative_point()
    return shapely.Point(centre_of_square(at.x, at.y))


def veil_answers(type_: RecordType, answers: Answers, area: str) -> Answers:
    """Return answers that tell no door: of the address the 町丁 alone (答えをぼかす)."""
    out: dict[str, Any] = {}
    for key, value in answers.items():
        asked = type_.field(key) if type_.asks(key) else None
        if tells_place(type_, key):
            continue
        if asked is not None and asked.item and isinstance(value, list):
            points = {one.id for one in asked.item.fields if one.kind == "point"}
            value = [{k: v for k, v in one.items() if k not in points} for one in value]  # noqa: PLW2901
        out[key] = value
    return out | ({_ADDRESS: area} if area and type_.asks(_ADDRESS) else {})


def is_for_office(type_: RecordType, path: str) -> bool:
    """Say whether a path's value never leaves the office (庁内だけの答えか).

    Examples
    --------
    >>> from surveys.types import RECORD_TYPES
    >>> salon = RECORD_TYPES["salon"]
    >>> is_for_office(salon, "activities/a/contact"), is_for_office(salon, "activities/a")
    (True, False)
    """
    if path.startswith("@"):
        return False
    try:
        field, inner = field_at(type_, path)
    except KeyError:
        return False
    return (inner or field).office


def leave_office(type_: RecordType, answers: Answers) -> Answers:
    """Return answers without those that never leave the office (庁内だけの答えを除く).

    Of a type that is watched what its texts say of persons is hidden, too (`surveys.record.privacy`); a log
    is the office's own in every file.
    """
    out: dict[str, Any] = {}
    if type_.asks(REASON) and not type_.log:
        answers = assemble(type_, hide_private(type_, flatten(type_, answers)))
    for key, value in answers.items():
        asked = type_.field(key) if type_.asks(key) else None
        if asked is not None and asked.office:
            continue
        own = {one.id for one in asked.item.fields if one.office} if asked and asked.item else set()
        if own and isinstance(value, list):
            value = [{k: v for k, v in one.items() if k not in own} for one in value]  # noqa: PLW2901
        out[key] = value
    return out


def show_outside(
    portable: Portable, type_: RecordType, *, exact: bool, areas: Mapping[str, str]
) -> Portable:
    """Return a site as a file may hold it (ファイルに出す形).

    Parameters
    ----------
    exact
        Whether the file is the office's own: a home then keeps its place, and says so, and what
        is for the office alone is told.
    areas
        By site id the name of the area it lies in.
    """
    if not exact:
        portable = replace(portable, answers=leave_office(type_, portable.answers))
    home = type_.asks(ASKED) and (portable.home or is_private_home(portable.answers))
    if not home:
        return portable
    if exact:
        return replace(portable, told="exact")
    return replace(
        portable, told="square", place=veil_place(portable.place),
        answers=veil_answers(type_, portable.answers, areas.get(portable.id, "")),
    )  # fmt: skip


def keep_office(site: Site) -> Site:
    """Return a site without what never leaves the office, as paper may show it (庁内だけの答えを除く)."""
    flat = {k: v for k, v in site.state.flat.items() if not is_for_office(site.type, k)}
    title = site.title
    if site.type.asks(REASON):
        flat, title = hide_private(site.type, flat), without_private(title)
    elif len(flat) == len(site.state.flat):
        return site
    return replace(site, title=title, state=replace(site.state, flat=flat))


def veil_site(site: Site) -> Site:
    """Return a home with its place and its answers as paper may show them (紙のための地点)."""
    flat: Flat = {
        path: value for path, value in site.state.flat.items() if not tells_place(site.type, path)
    }
    place = veil_place(site.place)
    if place is not None:
        flat = dict(flat) | {PLACE: place}
    return replace(site, state=replace(site.state, flat=flat))
