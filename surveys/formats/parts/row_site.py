"""One row taken as a site: answers, place, status and who says so (行を地点として読む)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

import shapely

from geo.base.dates import parse_date
from geo.base.problems import InputError
from geo.base.square import TOLD_WORDS
from geo.base.words import Words
from surveys.formats.parts.cells import read_number, say_cell
from surveys.formats.parts.labels import find_words, fold, name_choices
from surveys.formats.parts.list_heads import LIST_ID
from surveys.formats.parts.row_items import Where, read_fields, read_items, read_point
from surveys.formats.raw.table import check_degrees
from surveys.record.answers import check_answers
from surveys.record.compose import SHAPE_OF, check_place, tidy_place
from surveys.record.history import (
    ACTIVE,
    OLD_SOURCES,
    PLACE,
    SOURCE_WORDS,
    STATUS,
    STATUS_WORDS,
    SURE_WORDS,
    Origin,
    Source,
    Sure,
)  # fmt: skip
from surveys.record.portable import NO_ORIGIN, Incoming, Portable

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from geo.base.problems import Problem
    from geo.base.square import Told
    from surveys.declaration.paths import Answers
    from surveys.declaration.record_type import RecordType
    from surveys.formats.parts.reading import Line

# What files written before call a state.
_FORMER_STATUS: Final = {"閉鎖": "closed"}
# No collections: GEOS follows one within another without end.
_WKT: Final = re.compile(
    r"\s*(?:MULTI)?(?:POINT|LINESTRING|POLYGON)\s*+(?:ZM?|M)?[0-9eE+\-.,()\s]+", re.IGNORECASE
)
_PLACE_IN_FILE: Final = re.compile("~[0-9]+")
_NO_WKT = Words(
    "形として読めません。LINESTRING(…)やPOLYGON((…))の形で書いてください",
    "cannot be read as a shape; write LINESTRING(…) or POLYGON((…))",
)
_TWO_PLACES = Words(
    "経度・緯度と形の両方があります。形を使いました",
    "has both a point and a shape; the shape was used",
)
_POINT_OF_AREA = Words(
    "面なので、面の中の一点を場所としました（この調査票の場所は点です）",
    "an area; a point in it is the place (places of this type are points)",
)
_NO_ORIGINS = Words(
    "項目ごとの由来が読めません。書き出したままにしておいてください",
    "origins cannot be read; leave them as they were exported",
)
_ORIGIN_KEYS: Final[Mapping[str, Collection[str] | None]] = {
    "source": get_args(Source), "sure": get_args(Sure), "by": None, "on": None,
}  # fmt: skip


def read_site(
    type_: RecordType,
    sheet: str,
    line: Line,
    listed: Mapping[str, Sequence[Line]],
    *,
    has_place: bool,
) -> Incoming:
    """Return one row as a site, with every fault (行を読む).

    Parameters
    ----------
    listed
        By field the site's rows in the items' own tables, for those the file has.
    has_place
        Whether the file says where sites are.
    """
    answers = _read_answers(type_, line, listed)
    place = _read_place(type_, line) if has_place else None
    status = _read_status(line)
    id_ = line.text("@id")
    number = line.cell("@number")
    site = Portable(
        type=type_.id,
        id="" if _PLACE_IN_FILE.fullmatch(id_) else id_,
        number=_whole(number),
        answers=answers,
        place=place,
        status=status or dict(ACTIVE),
        origin=_read_origin(line),
        origins=_read_origins(line),
        seen_on=_read_day(line, "@seen_on"),
        head=_whole(line.cell("@head")),
        told=_read_told(line),
    )
    given = {one.id for one in type_.fields if _is_given(one.id, line, listed)}
    given |= {PLACE} if has_place else set()
    given |= {STATUS} if status else set()
    lost = {_field_of(key) for key in (*line.lost, *line.broken)}
    return Incoming(
        sheet=sheet,
        row=line.number,
        site=site,
        given=frozenset(given - lost),
        problems=_in_order(line),
        list_id=line.text(LIST_ID),
    )


def _in_order(line: Line) -> tuple[Problem, ...]:
    """Return a row's problems in the order of its columns, those of items' own rows last."""
    order = {header: at for at, (header, _) in enumerate(line.cells.values())}
    here = (line.file, line.number)
    return tuple(
        sorted(
            line.problems,
            key=lambda one: (
                (one.file, one.row) != here,
                order.get(one.column, len(order)) if (one.file, one.row) == here else 0,
            ),
        )
    )


def _is_given(id_: str, line: Line, listed: Mapping[str, Sequence[Line]]) -> bool:
    heads = (f"{id_}#", f"{id_}@")
    return id_ in listed or any(key == id_ or key.startswith(heads) for key in line.cells)


def _field_of(key: str) -> str:
    """Return the field, ``@place`` or ``@status`` a column belongs to."""
    if key in ("@lon", "@lat", "@wkt"):
        return PLACE
    if key.startswith("@"):
        return STATUS if key.startswith("@status") else key
    return re.split("[#@~/]", key)[0]


def _whole(cell: object) -> int:
    try:
        found = read_number(say_cell(cell))
    except InputError:
        return 0
    return int(found) if found > 0 else 0


def _read_answers(type_: RecordType, line: Line, listed: Mapping[str, Sequence[Line]]) -> Answers:
    where: Where = {}
    raw: dict[str, Any] = read_fields(type_.fields, line, where)
    for field in (one for one in type_.fields if one.item):
        value = read_items(field, line, listed.get(field.id), where)
        if value is not None:
            raw[field.id] = value
    clean, faults = check_answers(type_, raw)
    for path, reason in faults:
        part, key = where.get(path, (line, path))
        before = len(part.problems)
        part.tell(key, reason)
        if part is not line:
            # Those told earlier have been taken over already.
            line.problems += part.problems[before:]
            line.lost.add(path.partition("/")[0])
    return clean


def _read_place(type_: RecordType, line: Line) -> shapely.Geometry | None:
    place = line.shape
    if place is None and line.text("@wkt"):
        place = _read_wkt(line)
        if line.text("@lon") or line.text("@lat"):
            line.tell("@lon", _TWO_PLACES)
            line.lost.discard("@lon")
    elif place is None:
        point = read_point(line, "@lon", "@lat")
        place = shapely.Point(point) if point else None
    if place is not None and place.geom_type == "MultiPoint" and len(place.geoms) == 1:
        place = place.geoms[0]
    key = "@wkt" if "@wkt" in line.cells else PLACE
    if place is not None and SHAPE_OF.get(place.geom_type) == "area" not in type_.shapes:
        place = shapely.point_on_surface(place)
        line.tell(key, _POINT_OF_AREA)
        line.lost.discard(key)
    place = tidy_place(place)
    faults = check_place(type_, place)
    for _, reason in faults:
        line.tell(key, reason)
    return None if faults else place


def _read_wkt(line: Line) -> shapely.Geometry | None:
    text = line.text("@wkt")
    try:
        place = shapely.from_wkt(text) if _WKT.fullmatch(text) else None
    except shapely.errors.ShapelyError:
        place = None
    if place is None or place.is_empty:
        line.tell("@wkt", _NO_WKT)
        return None
    wrong = check_degrees(place.bounds)
    if wrong is not None:
        line.tell("@wkt", wrong)
        return None
    return place


def _read_told(line: Line) -> Told | Literal[""]:
    text = line.text("@told")
    found = find_words(TOLD_WORDS, text) if text else ""
    if found is None:
        line.tell("@told", name_choices(TOLD_WORDS.values()))
    return "square" if found == "square" else "exact" if found == "exact" else ""


def _read_status(line: Line) -> dict[str, str] | None:
    """Return the status, ``None`` when the row does not say."""
    text = line.text("@status")
    if not text:
        return None
    id_ = find_words(STATUS_WORDS, text) or _FORMER_STATUS.get(fold(text))
    if id_ is None:
        line.tell("@status", name_choices(STATUS_WORDS.values()))
        return None
    said = {"is": id_, "on": _read_day(line, "@status_on"), "reason": line.text("@status_reason")}
    return {key: value for key, value in said.items() if value}


def _read_day(line: Line, key: str) -> str:
    text = line.text(key)
    if not text:
        return ""
    try:
        return parse_date(text).isoformat()
    except InputError as error:
        line.tell(key, error.words)
        return ""


def _read_origin(line: Line) -> Origin:
    said: dict[str, Any] = {"on": _read_day(line, "@on"), "by": line.text("@by")}
    for name, words in (("source", SOURCE_WORDS), ("sure", SURE_WORDS)):
        text = line.text(f"@{name}")
        old = OLD_SOURCES if name == "source" else {}
        found = find_words(words, text) or find_words(old, text)
        said[name] = found if text else getattr(NO_ORIGIN, name)
        if said[name] is None:
            line.tell(f"@{name}", name_choices(words.values()))
            said[name] = getattr(NO_ORIGIN, name)
    return Origin(**said)


def _read_origins(line: Line) -> dict[str, dict[str, str]]:
    cell: object = line.cell("@origins")
    if isinstance(cell, str) and cell.strip():
        try:
            cell = json.loads(cell)
        except (ValueError, RecursionError):
            cell = "?"
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return {}
    if not isinstance(cell, dict) or not all(map(_is_origin, cell.values())):
        line.tell("@origins", _NO_ORIGINS)
        return {}
    return {str(path): dict(one) for path, one in cell.items()}


def _is_origin(value: object) -> bool:
    if not isinstance(value, dict) or not value.keys() <= _ORIGIN_KEYS.keys():
        return False
    for key, one in value.items():
        known = _ORIGIN_KEYS[key]
        if not isinstance(one, str) or (known is not None and one not in known):
            return False
    return True
