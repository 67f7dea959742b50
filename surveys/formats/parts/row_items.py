"""Answers out of one row: plain questions, and things listed beside or inside it (行の答え)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from geo.base.located.degrees import parse_degrees, unpack_degrees
from geo.base.problems import InputError
from geo.base.words import Words
from surveys.declaration.field import UNKNOWN
from surveys.formats.parts.cells import parse_cell, read_count, read_number, say_cell
from surveys.formats.parts.columns import match_item_headers
from surveys.formats.parts.own_words import add_words, keep_words
from surveys.formats.parts.reading import Line
from surveys.formats.raw.table import SWAPPED, check_degrees

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surveys.declaration.field import Field
    from surveys.declaration.paths import Answers

# By path as `surveys.record.answers` names faults: the row and the column it was read from.
Where = dict[str, tuple[Line, str]]

_ITEM_ID: Final = re.compile(r"[0-9A-Za-z_-]{1,40}")
_HALF = Words(
    "経度と緯度の片方しかありません。両方を書いてください",
    "only one of longitude and latitude; write both",
)
_BAD_ID = Words(
    "記号（ID）に使えない字があるか、同じIDがもうあります。新しい物として読みました",
    "this ID cannot be used or is there twice; it was read as a new one",
)
_NO_LIST = Words("一覧として読めません", "cannot be read as a list")
_NOT_USED = Words("分からない項目なので使いませんでした", "not known, and not used")


def read_fields(fields: Sequence[Field], line: Line, where: Where, at: str = "") -> Answers:
    """Return the answers of a row to plain questions, not yet checked (ふつうの項目を読む)."""
    out: Answers = {}
    unknown = line.text("@unknown").split()
    for field in fields:
        if field.kind == "items":
            continue
        where[at + field.id] = (line, field.id)
        if field.kind == "point":
            where[at + field.id] = (line, f"{field.id}@lon")
            out[field.id] = read_point(line, f"{field.id}@lon", f"{field.id}@lat")
            continue
        try:
            value = parse_cell(field, line.cell(field.id))
        except InputError as error:
            if not keep_words(field, line, out):
                line.tell(field.id, error.words)
            continue
        value = UNKNOWN if value is None and field.id in unknown else value
        out[field.id] = add_words(field, out.get(field.id), value)
    return {key: value for key, value in out.items() if value is not None}


def read_point(line: Line, lon: str, lat: str) -> list[float] | None:
    """Return longitude and latitude from two cells, ``None`` when both are blank (点を読む)."""
    if not line.text(lon) and not line.text(lat):
        return None
    if not line.text(lon) or not line.text(lat):
        line.tell(lat if line.text(lon) else lon, _HALF)
        return None
    found: list[float] = []
    for key in (lon, lat):
        told = parse_degrees(line.text(key))
        try:
            found.append(float(read_number(line.text(key), "°")) if told is None else told)
        except InputError as error:
            line.tell(key, error.words)
    if len(found) < len((lon, lat)):
        return None
    packed = [unpack_degrees(found[0], "lon"), unpack_degrees(found[1], "lat")]
    found = [one for one in packed if one is not None] if None not in packed else found
    wrong = check_degrees((*found, *found))
    if wrong is not None:
        line.tell(lon, _exchange(line, lon, lat) if wrong == SWAPPED else wrong)
        return None
    return found


def _exchange(line: Line, lon: str, lat: str) -> Words:
    """Return what is to be done where two named columns hold each other's numbers."""
    east, north = (line.cells[key][0] for key in (lon, lat))
    return Words(
        f"緯度と経度が入れかわっているようです。「{east}」と「{north}」の欄を入れかえてください",
        f"latitude and longitude seem swapped; exchange {east} and {north}",
    )


def read_items(
    field: Field, line: Line, listed: Sequence[Line] | None, where: Where
) -> list[Answers] | str | None:
    """Return the things of one kind a row has, or 不明, or ``None`` for not asked (物を読む).

    Parameters
    ----------
    listed
        The site's rows in the items' own table, ``None`` where the file has none.

    Rows and numbered columns tell the things; a number alone makes as many without answers.
    """
    cell = line.cell(field.id)
    where[field.id] = (line, field.id)
    count: int | str | None = None
    inside: dict[int, Line] = {}
    if isinstance(cell, list):
        inside = _inside(field, line, cell)
        count = len(inside)
    else:
        try:
            count = read_count(cell)
        except InputError as error:
            line.tell(field.id, error.words)
        if count is None and field.id in line.text("@unknown").split():
            count = UNKNOWN
        inside = _numbered(field, line)
        if listed is not None:
            inside |= dict(enumerate(listed, start=max(inside, default=0) + 1))
    if not inside:
        return UNKNOWN if count == UNKNOWN else None if count is None else _blank(int(count))
    told = 0 if count in (None, UNKNOWN) else int(count or 0)
    if count is not None and (
        count == UNKNOWN or told < len(inside) or (listed and told > len(inside))
    ):
        line.tell(field.id, _differs(len(inside)))
    if not listed:
        for number in range(1, told + 1):
            inside.setdefault(number, Line(file=line.file, number=line.number, cells={}))
    return _read_each(field, line, [inside[number] for number in sorted(inside)], where)


def _read_each(field: Field, line: Line, parts: Sequence[Line], where: Where) -> list[Answers]:
    asked = field.item.fields if field.item else ()
    point = next((one.id for one in asked if one.kind == "point"), None)
    ids = _item_ids(parts)
    out: list[Answers] = []
    for id_, part in zip(ids, parts, strict=True):
        item: dict[str, Any] = {
            "_id": id_, **read_fields(asked, part, where, f"{field.id}/{id_}/"),
        }  # fmt: skip
        if point and point not in item and part.shape is not None:
            if part.shape.geom_type == "MultiPoint" and len(part.shape.geoms) == 1:
                item[point] = [part.shape.geoms[0].x, part.shape.geoms[0].y]
            elif part.shape.geom_type == "Point":
                item[point] = [part.shape.x, part.shape.y]
            else:
                part.tell("@place", Words("点ではありません", "is no point"))
        if part.broken:
            line.lost.add(field.id)
        out.append(item)
        if part is not line:
            line.problems += part.problems
            line.lost |= {field.id} if part.lost else set()
    return out


def _item_ids(parts: Sequence[Line]) -> list[str]:
    """Return an id for each thing: its own, or the first number that is free."""
    given: list[str] = []
    for part in parts:
        id_ = part.text("@item")
        if id_ and (not _ITEM_ID.fullmatch(id_) or id_ in given):
            part.tell("@item", _BAD_ID)
            id_ = ""
        given.append(id_)
    taken = set(given)
    out: list[str] = []
    for number, id_ in enumerate(given, start=1):
        new, turn = id_ or str(number), number
        while not id_ and new in taken:
            turn += 1
            new = str(turn)
        taken.add(new)
        out.append(new)
    return out


def _blank(count: int) -> list[Answers]:
    return [{"_id": str(number)} for number in range(1, count + 1)]


def _inside(field: Field, line: Line, cell: Sequence[object]) -> dict[int, Line]:
    """Return the things that stand as objects in one cell."""
    out: dict[int, Line] = {}
    for number, one in enumerate(cell, start=1):
        if not isinstance(one, dict):
            line.tell(field.id, _NO_LIST)
            continue
        matched = dict(_match_inside(field, tuple(one)))
        head = line.cells[field.id][0]
        part = Line(
            file=line.file,
            number=line.number,
            cells={key: (f"{head}{number}：{h}", one[h]) for h, key in matched.items() if key},
        )
        for header, key in matched.items():
            if key is None and one[header] not in (None, "", []):
                unused = Line(
                    file=line.file, number=line.number,
                    cells={"?": (f"{head}{number}：{header}", one[header])}, problems=part.problems,
                )  # fmt: skip
                unused.tell("?", _NOT_USED)
        out[number] = part
    return out


@lru_cache(maxsize=256)
def _match_inside(field: Field, headers: tuple[str, ...]) -> tuple[tuple[str, str | None], ...]:
    return tuple(match_item_headers(field, headers).items())


def _numbered(field: Field, line: Line) -> dict[int, Line]:
    """Return the things written in numbered columns, by number."""
    cells: dict[int, dict[str, Any]] = {}
    broken: dict[int, set[str]] = {}
    for key, cell in line.cells.items():
        found = re.fullmatch(rf"{re.escape(field.id)}#([0-9]+)/(.+)", key)
        if found:
            cells.setdefault(int(found[1]), {})[found[2]] = cell
            if key in line.broken:
                broken.setdefault(int(found[1]), set()).add(found[2])
    return {
        number: Line(
            file=line.file, number=line.number, cells=one,
            broken=frozenset(broken.get(number, ())),
        )
        for number, one in cells.items()
        if number in broken or any(say_cell(cell).strip() for _, cell in one.values())
    }  # fmt: skip


def _differs(found: int) -> Words:
    return Words(
        f"数が合いません（書いてあるのは{found}）。書いてあるほうを使いました",
        f"the number differs from the {found} that are listed; the list was used",
    )
