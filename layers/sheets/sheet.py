"""Every sheet for paper, by its id (紙の一覧)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.registry import find_entries

if TYPE_CHECKING:
    from layers.sheets.parts.declare import Sheet

SHEETS: Final[dict[str, Sheet]] = find_entries("layers.sheets", "SHEET", beside=("sheet",))
