"""How long and how deep anything in the register may be, for the door and a restore alike (大きさの限り)."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Final

import shapely
from sqlalchemy import Boolean, Float, Integer, LargeBinary, String, Text

from surveys.record.answers import LONGEST_TEXT
from surveys.record.compose import check_bounds
from surveys.store.shape_type import ShapeType
from surveys.store.tables import Json
from surveys.sync.received import DEEPEST, MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Column, Table

# What stands in lists and headings; a form gives far less. The rest of a text's columns hold
# an answer's text at most.
_LONGEST_NAME: Final = 1_000
_LONGEST: Final[Mapping[str, int]] = {
    "version.by": _LONGEST_NAME,
    "version.note": 2 * LONGEST_TEXT,  # a device adds how the place was found
    "batch.by": _LONGEST_NAME,
    "batch.file": _LONGEST_NAME,
    "claim.by": _LONGEST_NAME,
    "draft.by": _LONGEST_NAME,
    "plan.by": _LONGEST_NAME,
    "plan.title": _LONGEST_NAME,
    "received.title": _LONGEST_NAME,
    "account.title": _LONGEST_NAME,
    "account.password": _LONGEST_NAME,
    "site.search": 4 * MOST_BYTES,  # all texts of a site
}
# A submission as it came, or the line of a day.
_LONGEST_JSON: Final = 4 * MOST_BYTES


def find_too_long(table: Table, row: Mapping[str, object]) -> str:
    """Return the name of the first column that holds more than it may, "" for none (長すぎる列)."""
    return next(
        (one.name for one in table.columns if one.name in row and _is_over(one, row[one.name])), ""
    )


def are_texts_short(value: object) -> bool:
    """Say whether every text inside an answer is as long as a form lets it be, at most (文字の長さ)."""
    if isinstance(value, dict):
        return all(map(are_texts_short, (*value, *value.values())))
    if isinstance(value, list | tuple):
        return all(map(are_texts_short, value))
    return not isinstance(value, str) or len(value) <= LONGEST_TEXT


def find_misfit(table: Table, row: Mapping[str, object]) -> str:
    """Return the first column whose value, as SQLite gives it, is none it may hold (合わない値).

    Parameters
    ----------
    row
        By name, as the driver reads it: shapes as bytes, JSON as text.
    """
    return next((one.name for one in table.columns if not _fits(one, row[one.name])), "")


def longest_of(column: Column[object]) -> int:
    """Return how many characters a column of text may hold (列の長さ)."""
    kind = column.type
    if isinstance(kind, String) and not isinstance(kind, Text) and kind.length:
        return int(kind.length)
    return _LONGEST.get(f"{column.table.name}.{column.name}", LONGEST_TEXT)


def is_shallow(value: object) -> bool:
    """Say whether lists and objects lie no deeper in each other than a device may send (深さ)."""
    level = [value]
    for _ in range(DEEPEST):
        inner = [one for one in level if isinstance(one, dict | list | tuple)]
        if not inner:
            return True
        level = [x for one in inner for x in (one.values() if isinstance(one, dict) else one)]
    return not any(isinstance(one, dict | list | tuple) for one in level)


def _is_over(column: Column[object], value: object) -> bool:
    if isinstance(column.type, ShapeType | LargeBinary) or value is None:
        return False
    if isinstance(column.type, type(Json)):
        return not isinstance(value, str) and len(json.dumps(value)) > _LONGEST_JSON
    return isinstance(value, str) and len(value) > longest_of(column)


def _fits(column: Column[object], value: object) -> bool:  # noqa: PLR0911 - one kind a line
    kind = column.type
    if value is None:
        return bool(column.nullable)
    if isinstance(kind, ShapeType):
        return _is_shape(value)
    if isinstance(kind, LargeBinary):
        return isinstance(value, bytes)
    if isinstance(kind, type(Json)):
        # SQLite keeps a bare number as one.
        return isinstance(value, int) or (isinstance(value, str) and _is_json(value))
    if isinstance(kind, Boolean):
        return value in (0, 1) and isinstance(value, int)
    if isinstance(kind, Integer):
        return isinstance(value, int)
    if isinstance(kind, Float):
        return isinstance(value, int | float) and math.isfinite(value)
    return isinstance(value, str) and len(value) <= longest_of(column)


def _is_shape(value: object) -> bool:
    try:
        return isinstance(value, bytes) and not check_bounds(shapely.from_wkb(value))
    except shapely.errors.ShapelyError:
        return False


def _is_json(text: str) -> bool:
    if len(text) > _LONGEST_JSON:
        return False
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return False
    return is_shallow(value)


def _refuse_constant(name: str) -> None:
    raise ValueError(name)
