"""Lists of our own export that another program wrote as texts: JSON in a cell, (3:a,b,c) (文字になった一覧)."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.base.problems import Problem
from geo.base.words import Words
from surveys.formats.parts.columns import match_headers
from surveys.formats.parts.list_heads import base_key
from surveys.formats.raw.table import check_cell

if TYPE_CHECKING:
    from surveys.declaration.record_type import RecordType
    from surveys.formats.raw.table import Cell, RawFile, RawRow, RawSheet

_LISTED: Final = frozenset(("choices", "schedule", "areas", "sites", "photos", "items"))
# As GDAL writes a list into a format without lists, until 3.6 of its CSV driver.
_COUNTED: Final = re.compile(r"\(([0-9]{1,4}):(.*)\)", re.DOTALL)
_BROKEN: Final = Words(
    "一覧の書き方がこわれているので、いまの値を残します。元のファイルから取りこんでください",
    "a list another program has broken; what is there stays. Bring in the file as it was exported",
)


def unpack_lists(raw: RawFile, type_: RecordType) -> RawFile:
    """Return a file of ours with the lists in it that QGIS or GDAL wrote as texts (文字になった一覧をもどす).

    GeoPackage and CSV hold no lists: GDAL writes JSON there, before ``(3:a,b,c)``. One that is
    neither is a problem, and what is known stays. Nobody else's file is looked at.
    """
    return replace(raw, sheets=tuple(_unpacked(one, type_, raw) for one in raw.sheets))


def read_packed(text: str) -> list[object] | None:
    """Return the list a text holds, ``None`` where it is none (一覧を読む).

    Examples
    --------
    >>> read_packed('[ "車いす", "杖" ]'), read_packed("(2:車いす,杖)"), read_packed("['杖' '車いす']")
    (['車いす', '杖'], ['車いす', '杖'], None)
    """
    plain = text.strip()
    if plain[:1] == "[":
        with suppress(ValueError, RecursionError):
            found = json.loads(plain)
            return found if isinstance(found, list) else None
        return None
    counted = _COUNTED.fullmatch(plain)
    parts = counted[2].split(",") if counted else []
    return list(parts) if counted and len(parts) == int(counted[1]) else None


def _unpacked(sheet: RawSheet, type_: RecordType, raw: RawFile) -> RawSheet:
    found = match_headers(type_, sheet.columns)
    if "@id" not in found.values():
        return sheet
    listed = {one.id for one in type_.fields if one.kind in _LISTED}
    places = [at for at, one in enumerate(sheet.columns) if base_key(found[one] or "") in listed]
    problems: list[Problem] = []
    file = f"{raw.name} {sheet.name}" if raw.kind in ("xlsx", "gpkg") else raw.name
    rows: list[RawRow] = []
    for row in sheet.rows:
        cells = list(row.cells)
        for at in places:
            cell, wrong = _read(cells[at])
            cells[at] = cell
            if wrong:
                shown = str(row.cells[at])[:80]
                problems.append(
                    Problem(
                        file=file,
                        row=row.number,
                        column=sheet.columns[at],
                        value=shown,
                        reason=_BROKEN,
                    )
                )
        rows.append(replace(row, cells=tuple(cells)))
    return replace(sheet, rows=tuple(rows), problems=(*sheet.problems, *problems))


def _read(cell: Cell) -> tuple[Cell, bool]:
    """Return a cell with its list, and whether one is in it that cannot be read."""
    if not isinstance(cell, str) or cell.strip()[:1] not in ("[", "("):
        return cell, False
    found = read_packed(cell)
    if found is not None:
        checked, wrong = check_cell(found)
        return checked, wrong is not None
    broken = cell.strip().startswith(("['", "[{'", '["', "[{"))
    return (None, True) if broken else (cell, False)
