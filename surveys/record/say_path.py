"""What a path is called, for people (項目の呼び名)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.base.words import Words
from surveys.declaration.paths import assemble, field_at, item_of
from surveys.record.history import PLACE, STATUS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surveys.declaration.record_type import RecordType


def say_path(type_: RecordType, path: str, flat: Mapping[str, Any]) -> Words:
    """Return what a value is called: 「ベンチ2：背もたれ」 (項目を呼ぶ).

    Parameters
    ----------
    flat
        The site's values by path: an item's number is its place among them.
    """
    if path == PLACE:
        return Words("場所", "Place")
    if path == STATUS:
        return Words("いまの状態", "Status")
    try:
        field, inner = field_at(type_, path)
    except KeyError:
        return Words(f"前の調査票の項目（{path}）", f"an earlier question ({path})")
    if field.item is None or "/" not in path:
        return field.words
    item_path = item_of(path) or path
    number = _number(type_, field.id, item_path.partition("/")[2], flat)
    head = Words(f"{field.item.words.ja}{number}", f"{field.item.words.en} {number}".strip())
    return Words(f"{head.ja}：{inner.words.ja}", f"{head.en}: {inner.words.en}") if inner else head


def _number(type_: RecordType, field_id: str, item_id: str, flat: Mapping[str, Any]) -> str:
    items = assemble(type_, flat).get(field_id)
    if isinstance(items, list):
        for number, item in enumerate(items, start=1):
            if item["_id"] == item_id:
                return str(number)
    return ""
