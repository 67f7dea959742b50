"""A file's tables taken as sites of a record type (表を地点として読む)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.base.problems import Problem
from geo.base.words import Words
from surveys.formats.csv import unguard_text
from surveys.formats.parts.cells import say_cell
from surveys.formats.parts.columns import match_headers, match_item_headers, sheet_names
from surveys.formats.parts.labels import fold
from surveys.formats.parts.list_heads import LIST_ID, base_key, join_cells
from surveys.formats.parts.of_type import take_type
from surveys.formats.parts.reading import Line, Reading
from surveys.formats.parts.row_site import read_site
from surveys.types import EVERY_TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surveys.declaration.field import Field
    from surveys.declaration.record_type import RecordType
    from surveys.formats.raw.table import Cell, RawFile, RawRow, RawSheet
    from surveys.record.portable import Incoming

Mapped = dict[str, str | None]

# What QGIS keeps beside the layers.
_NOT_TABLES: Final = frozenset({"layer_styles", "qgis_projects"})
_SAMPLED: Final = 50  # rows
_SAMPLES: Final = 3
_CELL_NAME: Final = re.compile("([A-Z]{1,3})[0-9]{1,7}")
_NO_COLUMN = Words(
    "この表には分かる列がありません。見出しを「名称」「緯度」「経度」のように書くか、「取りこみ」の画面で、どの列が何かを選んでください",
    "holds no column that is known; name them 名称, 緯度, 経度, or choose what each is on the page of imports",
)
_NO_ROWS = Words(
    "地点がひとつもありません。書き出したファイルを確かめてください",
    "holds no place at all; check the file it was exported to",
)
_NO_TABLE = Words("使う表がないシートです", "a sheet without the table that is wanted")
_OTHER_KIND = Words(
    "「{ja}」のシートです。取りこむときに「{ja}」を選ぶと読みます",
    "a sheet of another kind ({en}): choose that to bring it in",
)
_NO_SITE = Words(
    "この地点IDの行が、地点の表にありません。使いませんでした",
    "no row of the sites has this Site ID; not used",
)
_TWICE = Words("同じ地点IDの行が、上にもあります", "the same Site ID stands above as well")


def interpret(
    raw: RawFile,
    type_: RecordType,
    *,
    mapping: Mapping[str, Mapping[str, str | None]] | None = None,
) -> Reading:
    """Return what a file says about sites of a type (ファイルを読み取る).

    Parameters
    ----------
    mapping
        By sheet and header what a person chose instead of what was recognised, as
        `surveys.formats.parts.columns.match_headers` returns it; ``None`` for a column to leave out.

    Notes
    -----
    Of our own GeoJSON of several types the features of this one are read.
    Sheets called after the type, or after its items, are read where there are any; else every
    sheet that is not called after another type. A cell that cannot be read is a problem, and its
    field is left out of `Incoming.given`, so that nothing known is lost by it; what could be read
    of it is still among the answers.
    """
    chosen = mapping or {}
    raw = take_type(raw, type_)
    mains, parts = _find_sheets(raw, type_)
    matched: dict[str, Mapped] = {}
    problems: list[Problem] = []
    listed: dict[str, dict[str, list[Line]]] = {}
    for field, sheet in parts:
        matched[sheet.name] = _choose(
            match_item_headers(field, sheet.columns), chosen.get(sheet.name, {})
        )
        listed[field.id] = _group(_read_lines(raw, sheet, matched[sheet.name]))
    rows: list[Incoming] = []
    seen: set[str] = set()
    for sheet in mains:
        found = _choose(match_headers(type_, sheet.columns), chosen.get(sheet.name, {}))
        matched[sheet.name] = found
        if not any(key and key != LIST_ID for key in found.values()):
            problems.append(_unknown_sheet(raw, sheet))
            continue
        has_place = _has_place(raw, sheet, found)
        for line in _read_lines(raw, sheet, found):
            id_ = line.text("@id")
            if id_ and id_ in seen:
                line.tell("@id", _TWICE)
            seen.add(id_)
            own = {key: lines.get(id_, []) if id_ else [] for key, lines in listed.items()}
            rows.append(read_site(type_, sheet.name, line, own, has_place=has_place))
    problems += [one for sheet in (*mains, *(s for _, s in parts)) for one in sheet.problems]
    problems += [one for row in rows for one in row.problems]
    problems += _left_over(listed, seen)
    return Reading(
        rows=tuple(rows),
        matched={s: {h: key for h, key in m.items() if key} for s, m in matched.items()},
        ignored={s: tuple(h for h, key in m.items() if not key) for s, m in matched.items()},
        problems=tuple(problems),
        aside=(*raw.aside, *_unread(raw, type_, [*mains, *(s for _, s in parts)])),
        mended=raw.mended,
        samples={s.name: _samples(s, matched[s.name]) for s in (*mains, *(s for _, s in parts))},
    )


def _samples(sheet: RawSheet, found: Mapped) -> dict[str, tuple[str, ...]]:
    """Return the first few different texts of each column that is taken for no question."""
    out: dict[str, tuple[str, ...]] = {}
    for at, header in enumerate(sheet.columns):
        if found.get(header) is None:
            texts = (say_cell(row.cells[at]).strip() for row in sheet.rows[:_SAMPLED])
            out[header] = tuple(dict.fromkeys(filter(None, texts)))[:_SAMPLES]
    return out


def _unread(raw: RawFile, type_: RecordType, read: Sequence[RawSheet]) -> list[Problem]:
    """Name the sheets that are read for no table of the type."""
    kinds = {
        fold(name): other
        for other in EVERY_TYPE.values()
        for field in (None, *(one for one in other.fields if one.item))
        for name in sheet_names(other, field).values()
    }
    out: list[Problem] = []
    for sheet in raw.sheets:
        if sheet in read or sheet.name in _NOT_TABLES or not (sheet.rows or sheet.columns):
            continue
        other = kinds.get(fold(sheet.name), type_)
        reason = (
            _NO_TABLE
            if other.id == type_.id
            else _OTHER_KIND.fill(ja=other.words.ja, en=other.words.en)
        )
        out.append(
            Problem(file=f"{raw.name} {sheet.name}", row=None, column="", value="", reason=reason)
        )
    return out


def _find_sheets(
    raw: RawFile, type_: RecordType
) -> tuple[list[RawSheet], list[tuple[Field, RawSheet]]]:
    sheets = [one for one in raw.sheets if one.name not in _NOT_TABLES]
    if raw.kind in ("csv", "geojson"):
        return sheets, []
    names = {fold(name) for name in sheet_names(type_).values()}
    parts = []
    for field in (one for one in type_.fields if one.item):
        called = {fold(name) for name in sheet_names(type_, field).values()}
        parts += [(field, one) for one in sheets if fold(one.name) in called][:1]
    mains = [one for one in sheets if fold(one.name) in names]
    if not mains:
        others = _other_names(type_) | {fold(one.name) for _, one in parts}
        mains = [one for one in sheets if fold(one.name) not in others]
    return mains, parts


def _other_names(type_: RecordType) -> set[str]:
    out: set[str] = set()
    for other in EVERY_TYPE.values():
        if other.id != type_.id:
            for field in (None, *(one for one in other.fields if one.item)):
                out |= {fold(name) for name in sheet_names(other, field).values()}
    return out


def _choose(found: Mapped, chosen: Mapping[str, str | None]) -> Mapped:
    """Return the columns as recognised, but for those a person chose otherwise."""
    wanted = {header: key for header, key in chosen.items() if header in found}
    taken = set(wanted.values())
    return {
        header: wanted.get(header, None if key in taken else key) for header, key in found.items()
    }


def _has_place(raw: RawFile, sheet: RawSheet, found: Mapped) -> bool:
    keys = set(found.values())
    if {"@lon", "@lat"} <= keys or "@wkt" in keys or raw.kind == "geojson":
        return True
    return raw.kind == "gpkg" and (
        "@id" in keys or any(row.geometry is not None for row in sheet.rows)
    )


def _read_lines(raw: RawFile, sheet: RawSheet, found: Mapped) -> list[Line]:
    file = f"{raw.name} {sheet.name}" if raw.kind in ("xlsx", "gpkg") else raw.name
    broken = _broken(sheet, found)
    own = raw.kind == "geojson" and "kayoi" in sheet.extra and "@id" not in found.values()
    lines = []
    for row in sheet.rows:
        cells = _gather(raw, sheet, row, found)
        if own and row.id and not row.id.isdecimal():
            cells["@id"] = ("id", row.id)
        lines.append(
            Line(
                file=file, number=row.number, cells=cells, shape=row.geometry,
                broken=frozenset(broken.get(row.number, ())),
            )
        )  # fmt: skip
    return lines


def _gather(
    raw: RawFile, sheet: RawSheet, row: RawRow, found: Mapped
) -> dict[str, tuple[str, Cell]]:
    plain: list[tuple[str, str, Cell]] = []
    rest: list[tuple[int, str, Cell]] = []
    for header, cell in zip(sheet.columns, row.cells, strict=True):
        key = found.get(header)
        if key is None:
            continue
        base, _, part = key.partition("~")
        if part:
            rest.append((int(part), base, _plain(raw, cell)))
        else:
            plain.append((header, key, _plain(raw, cell)))
    cells = join_cells(plain)
    for _, base, cell in sorted(rest, key=lambda one: one[0]):
        if isinstance(cell, str) and base in cells:
            header, start = cells[base]
            cells[base] = (header, f"{start or ''}{cell}")
    return cells


def _plain(raw: RawFile, cell: Cell) -> Cell:
    return unguard_text(cell) if isinstance(cell, str) and raw.kind == "csv" else cell


def _broken(sheet: RawSheet, found: Mapped) -> dict[int, set[str]]:
    """Return by row the columns whose cell the file could not give."""
    out: dict[int, set[str]] = {}
    for one in sheet.problems:
        header = one.column
        name = _CELL_NAME.fullmatch(header) if header not in found else None
        if name:
            at = 0
            for sign in name[1]:
                at = at * 26 + ord(sign) - ord("A") + 1
            header = sheet.columns[at - 1] if at <= len(sheet.columns) else ""
        key = found.get(header) or ("@place" if header == "geometry" else None)
        if one.row is not None and key:
            out.setdefault(one.row, set()).add(base_key(key))
    return out


def _group(lines: Sequence[Line]) -> dict[str, list[Line]]:
    """Return the rows of items by their site's id, in the order they tell."""
    out: dict[str, list[Line]] = {}
    for line in lines:
        out.setdefault(line.text("@id"), []).append(line)
    return {id_: sorted(found, key=_order) for id_, found in out.items()}


def _order(line: Line) -> float:
    cell = line.cell("@order")
    known = isinstance(cell, int | float) and not isinstance(cell, bool)
    text = line.text("@order")
    return float(text) if known or text.isdecimal() else float("inf")


def _left_over(listed: Mapping[str, Mapping[str, Sequence[Line]]], seen: set[str]) -> list[Problem]:
    out: list[Problem] = []
    for lines in listed.values():
        for id_, found in lines.items():
            if id_ and id_ in seen:
                continue
            for line in found:
                line.tell("@id", _NO_SITE)
                out += line.problems
    return out


def _unknown_sheet(raw: RawFile, sheet: RawSheet) -> Problem:
    return Problem(
        file=raw.name,
        row=None,
        column="",
        value=sheet.name,
        reason=_NO_COLUMN if sheet.columns or sheet.rows else _NO_ROWS,
    )
