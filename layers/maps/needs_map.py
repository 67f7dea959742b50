"""Areas where somebody needs a kind of support that nothing there gives, as the map draws them (資源のない課題)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import folium

from geo.base.words import Words
from geo.tables.tables import each_row
from layers.maps.area_answer import dump_division
from layers.maps.browser_layers import area_layer
from layers.maps.legend import join_items
from layers.maps.legend_parts import hatched
from layers.maps.palette import VERMILION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.words import Lang
    from geo.town import Town
    from layers.day.unmet import Unmet

_ITEM: Final = (
    Words(
        "課題のある種類に、資源が1つもない地区（数字は、その種類の数）",
        "areas with a kind of need that nothing there meets (number: how many kinds)",
    ),
    hatched(VERMILION, "16l16 -16"),
    28,
)


def needs_group(division: str, version: str) -> folium.FeatureGroup:
    """Return the layer of a division's areas: hatched and numbered where a kind is unmet (地図の層).

    Parameters
    ----------
    version
        Changes with what the areas say.
    """
    group = folium.FeatureGroup(name="needs", control=False)
    query = urlencode({"division": division, "v": version})
    area_layer(f"/answer/needs.geojson?{query}", shade=True).add_to(group)
    return group


def dump_needs(town: Town, division: str, unmet: Sequence[Unmet]) -> str:
    """Return the areas for the browser, numbered by their unmet kinds (地区の GeoJSON)."""
    by_name = {one.area: one for one in unmet}
    rows: list[dict[str, object]] = []
    for row in each_row(town.division(division)):
        count = len(by_name[str(row.area_name)].kinds)
        rows.append(
            {
                "name": row.area_name,
                "step": None,
                "state": "empty",
                "rest": False,
                "gap": count > 0,
                "rank": count,
            }
        )
    return dump_division(town, division, rows)


def needs_legend(lang: Lang) -> str:
    """Return the legend as HTML (凡例)."""
    return join_items((_ITEM,), lang)
