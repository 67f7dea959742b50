"""Sites as rows of cells, before any file format (書き出す表)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import shapely

from geo.base.square import TOLD_WORDS
from surveys.declaration.field import NO_ITEMS_WORDS, UNKNOWN, UNKNOWN_WORDS
from surveys.formats.parts.cells import Style, Written, dump_cell
from surveys.formats.parts.columns import Column, continue_column, number_columns
from surveys.record.history import SOURCE_WORDS, STATUS_WORDS, SURE_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geo.base.words import Lang
    from surveys.declaration.field import Field
    from surveys.declaration.paths import Answers
    from surveys.declaration.record_type import RecordType
    from surveys.record.portable import Portable

Row = dict[str, Written]

# Excel holds 32,767 UTF-16 units a cell and cuts off the rest unsaid; a sign takes up to two.
LONGEST_CELL: Final = 16_000
# Kinds whose database column is a number or a day and cannot hold the word 不明.
_TYPED: Final = frozenset({"number", "date", "items"})
_WITH_PLACE: Final = frozenset({"@lon", "@lat", "@wkt"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Columns and rows ready to be written (書き出す表)."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def cells(self, row: Mapping[str, Written]) -> list[Written]:
        """Return a row's cells in the order of the columns (一行の欄)."""
        return [row.get(one.key) for one in self.columns]


def site_row(portable: Portable, type_: RecordType, lang: Lang, style: Style) -> Row:
    """Return a site's cells by column key, items as their number (地点の行)."""
    code = style == "code"
    row: Row = {
        "@id": portable.id or None,
        "@number": portable.number or None,
        "@status": portable.status["is"] if code else STATUS_WORDS[portable.status["is"]].say(lang),  # type: ignore[index]
        "@status_on": portable.status.get("on") or None,
        "@status_reason": portable.status.get("reason") or None,
        "@seen_on": portable.seen_on or None,
        "@due": portable.due_on or None,
        "@head": portable.head or None,
        "@told": _say_told(portable, lang),
        "@on": portable.origin.on or None,
        "@by": portable.origin.by or None,
        "@source": portable.origin.source
        if code
        else SOURCE_WORDS[portable.origin.source].say(lang),
        "@sure": portable.origin.sure if code else SURE_WORDS[portable.origin.sure].say(lang),
        "@origins": _say_origins(portable.origins, style),
    }
    if style == "sheet":
        row |= _place_cells(portable.place)
    return row | _answer_cells(type_.fields, portable.answers, lang, style)


def item_row(field: Field, item: Mapping[str, Any], order: int, lang: Lang, style: Style) -> Row:
    """Return an item's cells by column key, without its site's id (物の行)."""
    asked = field.item.fields if field.item else ()
    return {"@item": item["_id"], "@order": order} | _answer_cells(asked, dict(item), lang, style)


def listed_items(portable: Portable, field: Field) -> list[Answers]:
    """Return a site's items of one kind, none when they were not asked or not known (物の一覧)."""
    found = portable.answers.get(field.id)
    return found if isinstance(found, list) else []


def number_items(type_: RecordType, portables: Sequence[Portable], lang: Lang) -> Table:
    """Return the numbered columns of items, and each site's cells in them (番号つきの列の表).

    From the second on, columns in which nothing is written are left out.
    """
    rows: list[Row] = [{} for _ in portables]
    columns: list[Column] = []
    for field in (one for one in type_.fields if one.item):
        most = 1
        for row, portable in zip(rows, portables, strict=True):
            for order, item in enumerate(listed_items(portable, field), start=1):
                most = max(most, order)
                cells = item_row(field, item, order, lang, "sheet")
                row |= {f"{field.id}#{order}/{k}": v for k, v in cells.items() if v is not None}
        for number in range(1, most + 1):
            columns += [
                one
                for one in number_columns(type_, field, number)
                if number == 1 or any(one.key in row for row in rows)
            ]
    return Table(columns=tuple(columns), rows=tuple(rows))


def split_long(columns: Sequence[Column], rows: Iterable[Row]) -> Table:
    """Return the table with texts too long for one cell carried on in further columns (長い文を分ける)."""
    parts: dict[str, int] = {}
    out: list[Row] = []
    for row in rows:
        cells: Row = {}
        for key, value in row.items():
            if isinstance(value, str) and len(value) > LONGEST_CELL:
                pieces = [
                    value[at : at + LONGEST_CELL] for at in range(0, len(value), LONGEST_CELL)
                ]
                cells[key] = pieces[0]
                cells |= {f"{key}~{n}": text for n, text in enumerate(pieces[1:], start=2)}
                parts[key] = max(parts.get(key, 1), len(pieces))
            else:
                cells[key] = value
        out.append(cells)
    wide: list[Column] = []
    for column in columns:
        wide.append(column)
        wide += [continue_column(column, n) for n in range(2, parts.get(column.key, 1) + 1)]
    return Table(columns=tuple(wide), rows=tuple(out))


def shown_columns(columns: Sequence[Column], style: Style) -> tuple[Column, ...]:
    """Return those of a type's columns that a style of file has (その形式の列)."""
    hidden = set() if style == "sheet" else set(_WITH_PLACE)
    if style != "code":
        hidden.add("@unknown")
    return tuple(one for one in columns if one.key not in hidden)


def _answer_cells(fields: Sequence[Field], answers: Answers, lang: Lang, style: Style) -> Row:
    row: Row = {}
    unknown: list[str] = []
    for field in fields:
        value = answers.get(field.id)
        if field.kind == "point":
            if value is not None:
                row[f"{field.id}@lon"], row[f"{field.id}@lat"] = value
        elif style == "code" and value == UNKNOWN and field.kind in _TYPED:
            unknown.append(field.id)
        elif field.kind == "items":
            row[field.id] = _say_count(value, lang, style)
        else:
            row[field.id] = dump_cell(field, value, lang, style)
    return row | ({"@unknown": " ".join(unknown)} if unknown else {})


def _say_count(value: object, lang: Lang, style: Style) -> Written:
    if value == UNKNOWN:
        return UNKNOWN_WORDS.say(lang)
    if not isinstance(value, list):
        return None
    return len(value) if value or style == "code" else NO_ITEMS_WORDS.say(lang)


def _say_told(portable: Portable, lang: Lang) -> Written:
    """Return the mark of a home, one in all kinds of files: it tells who may see a row."""
    return TOLD_WORDS[portable.told].say(lang) if portable.told else None


def _say_origins(origins: Mapping[str, Mapping[str, str]], style: Style) -> Written:
    if not origins:
        return None
    plain = {path: dict(one) for path, one in origins.items()}
    if style == "json":
        return plain
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _place_cells(place: shapely.Geometry | None) -> Row:
    if place is None:
        return {}
    if place.geom_type == "Point":
        return {"@lon": place.x, "@lat": place.y}
    # 7 decimals: what the register keeps, 1 cm.
    return {"@wkt": shapely.to_wkt(place, rounding_precision=7, trim=True)}
