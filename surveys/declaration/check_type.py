"""What every record type must be, checked as it is found (調査票の決まり)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from surveys.declaration.field import RANGED, REST

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from surveys.declaration.record_type import Marker, RecordType

# Standing there: on one screen of a tablet, and enough that the visit was worth it.
_LEAST_FIRST, _MOST_FIRST = 6, 10
_MOST_FIRST_OF_A_THING: Final = 7
_LEAST_FILTERS, _MOST_FILTERS = 2, 5
_MOST_MONTHS: Final = 36
_MOST_WALKING_M: Final = 2000
_ALWAYS: Final = {"name": "text", "note": "note", "photos": "photos"}
_USUAL: Final = {"name": "NAME", "note": "FINDINGS", "photos": "PHOTOS"}
_COLOUR: Final = re.compile(r"#[0-9A-F]{6}")
_PATH: Final = re.compile(r"[MmZzLlHhVvCcSsQqTtAa0-9 .,\-]*")


def check_type(type_: RecordType, *, among: Mapping[str, RecordType]) -> None:
    """Refuse a record type that cannot be used as the others are (調査票を確かめる).

    Parameters
    ----------
    among
        All types by id: a repeated thing has the sign of one of them, and no two have one shape.

    Raises
    ------
    ValueError
        With all that is wrong, and what to do.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from surveys.types import RECORD_TYPES
    >>> bench = RECORD_TYPES["bench"]
    >>> check_type(replace(bench, fresh_months=0), among=RECORD_TYPES)
    Traceback (most recent call last):
    ...
    ValueError: record type bench: fresh_months=0; say after how many months, 1 to 36
    """
    faults = [*_faults(type_), *_faults_of_things(type_, among)]
    same = [id_ for id_, one in among.items() if one.marker.shape == type_.marker.shape]
    faults += [
        f"the marker's shape is that of {id_}; draw another: colour alone tells nothing apart"
        for id_ in same
        if id_ != type_.id
    ]
    if faults:
        raise ValueError("\n".join(f"record type {type_.id}: {fault}" for fault in faults))


def _faults(type_: RecordType) -> Iterator[str]:
    first = [one.id for one in type_.fields if one.first]
    if not _LEAST_FIRST <= len(first) <= _MOST_FIRST:
        yield (
            f"{len(first)} questions are asked first ({', '.join(first)}); put first=True on"
            f" {_LEAST_FIRST} to {_MOST_FIRST}: what is seen standing there"
        )
    # Numbers, dates and areas are behind one press: it is the choices that are seen at once.
    behind = {*RANGED, "areas"}
    filters = [one.id for one in type_.fields if one.filtered and one.kind not in behind]
    if not _LEAST_FILTERS <= len(filters) <= _MOST_FILTERS:
        yield (
            f"the list is filtered by {len(filters)} questions ({', '.join(filters)}); put"
            f" filtered=True on {_LEAST_FILTERS} to {_MOST_FILTERS}"
        )
    for id_, kind in _ALWAYS.items():
        if not type_.asks(id_) or type_.field(id_).kind != kind:
            yield f"no field {id_} of kind {kind}; take {_USUAL[id_]} of common_fields"
    if not type_.fields or type_.fields[0].id != "name" or not type_.fields[0].first:
        yield "the first field is not the name, asked first; begin fields with NAME"
    if type_.log:
        yield from _faults_of_log(type_)
    elif not 1 <= type_.fresh_months <= _MOST_MONTHS:
        yield (f"fresh_months={type_.fresh_months}; say after how many months, 1 to {_MOST_MONTHS}")
    if type_.walking_m is not None and not 0 < type_.walking_m <= _MOST_WALKING_M:
        yield (
            f"walking_m={type_.walking_m}; give 1 to {_MOST_WALKING_M} metres,"
            " or None where no figure is known"
        )
    yield from _faults_of_own(type_)
    if not type_.shapes:
        yield 'no shapes; say which its place may have, as shapes=("point",)'
    yield from _faults_of_sign(type_.marker)


def _faults_of_log(type_: RecordType) -> Iterator[str]:
    if type_.fresh_months or type_.walking_m is not None or type_.pin_needed:
        yield (
            "a log is no place: set fresh_months=0, walking_m=None and pin_needed=False,"
            " or take log=True away"
        )


def _faults_of_own(type_: RecordType) -> Iterator[str]:
    for field in (one for one in type_.fields if one.own):
        # What is listed, mapped and counted of sites goes by what is declared.
        if not type_.log or field.kind != "choice" or field.choice(REST) is None:
            yield (
                f"{field.id} has own=True: only a log's question of one choice can, with a choice"
                f" {REST!r} for all that has no name of its own"
            )


def _faults_of_sign(marker: Marker) -> Iterator[str]:
    if not _COLOUR.fullmatch(marker.colour):
        yield f"the marker's colour {marker.colour!r}; write six capital digits, as #B00020"
    if not marker.shape or not (marker.glyph or marker.strokes):
        yield (
            "the marker lacks its shape or its figure; give both shape and glyph (or strokes),"
            " as paths in a box of 32 by 32"
        )
    for name in ("shape", "glyph", "strokes"):
        if not _PATH.fullmatch(getattr(marker, name)):
            yield f"the marker's {name} is no path data: only letters of paths and numbers"


def _faults_of_things(type_: RecordType, among: Collection[str]) -> Iterator[str]:
    for field, item in ((one, one.item) for one in type_.fields if one.item):
        first = [one for one in item.fields if one.first]
        if not 1 <= len(first) <= _MOST_FIRST_OF_A_THING:
            yield (
                f"of one of its {field.id} {len(first)} questions are asked first; put first=True"
                f" on 1 to {_MOST_FIRST_OF_A_THING}"
            )
        if item.marker not in among:
            yield (
                f"{field.id} are drawn as {item.marker!r}, which is no record type;"
                f" choose one of {', '.join(among)}"
            )
