"""How real files are understood, one file a layout (ファイルの読み取りの決まり)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.registry import find_entries

if TYPE_CHECKING:
    from surveys.rules.rule import Rule


RULES: dict[str, Rule] = find_entries(
    __name__, "RULE", beside=("group_words", "groups", "rule", "venue_columns", "venues")
)
