"""What the files of the divisions tell of their areas beside their names, as a table (地区の情報の表)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from geo.tables.tables import each_row
from layers.planners.columns import fill_layer, text

if TYPE_CHECKING:
    from geo.base.words import Lang
    from geo.town import Town
    from surveys.formats.gpkg import Filled

FACTS: Final = (
    Words("地区の情報", "facts of areas"),
    Words(
        "地区のファイルにあった、名前のほかの列",
        "the columns of the areas' files beside their names",
    ),
)
_COLUMNS: Final = (
    text("division", Words("地区の分け方", "division")),
    text("area_id", Words("地区コード", "area id")),
    text("area_name", Words("地区名", "area name")),
    text("item", Words("項目", "item")),
    text("value", Words("内容", "what is told")),
)


def fact_layer(town: Town, lang: Lang, made_at: str) -> Filled | None:
    """Return the facts of every area, a line a fact, ``None`` where no file tells any (地区の情報のレイヤ)."""
    known = town.facts.get("area_facts")
    if not isinstance(known, dict):
        return None
    rows = [
        {
            "division": area.division, "area_id": area.area_id, "area_name": area.area_name,
            "item": item, "value": told[area.area_id],
        }
        for area in each_row(town.areas)
        for item, told in known.get(area.division, {}).items()
        if area.area_id in told
    ]  # fmt: skip
    return fill_layer(FACTS, _COLUMNS, rows, lang=lang, made_at=made_at) if rows else None
