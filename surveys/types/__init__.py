"""Record types, one file of plain data each (調査票の一覧)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.registry import find_entries, in_order
from surveys.declaration.check_type import check_type

if TYPE_CHECKING:
    from surveys.declaration.record_type import RecordType


RECORD_TYPES: dict[str, RecordType] = in_order(find_entries(__name__, "TYPE"))
for _one in RECORD_TYPES.values():
    check_type(_one, among=RECORD_TYPES)
