"""Record types, one file of plain data each (調査票の一覧)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.registry import find_entries

if TYPE_CHECKING:
    from surveys.declaration.record_type import RecordType


RECORD_TYPES: dict[str, RecordType] = dict(
    sorted(find_entries(__name__, "TYPE").items(), key=lambda item: item[1].order)
)
