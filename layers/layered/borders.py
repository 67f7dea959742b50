"""Borders of the divisions chosen, with the areas' names (地区の境)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from geo.base.words import Words
from layers.layered.parts.declare import MapLayer, Shown
from layers.maps.browser_layers import border_layer
from layers.maps.ground_layers import name_layer
from layers.maps.ground_legend import border_legend
from layers.served.town import town_now

if TYPE_CHECKING:
    from collections.abc import Sequence

    import folium


@lru_cache(maxsize=16)
def _divisions(names: tuple[str, ...], _version: str) -> tuple[tuple[str, bool, int], ...]:
    """Return each division drawn, whether it is a tiered one, drawn strong, and its areas' number."""
    town = town_now()
    tables = {name: town.division(name) for name in town.divisions if name in names}
    return tuple(
        (name, bool((areas["tier"] != "").any()), len(areas)) for name, areas in tables.items()
    )


def _drawn(shown: Shown) -> tuple[tuple[str, bool, int], ...]:
    return _divisions(shown.divisions, shown.version)


def _make(shown: Shown) -> Sequence[folium.map.Layer]:
    made: list[folium.map.Layer] = []
    own = shown.asked.division or town_now().divisions[0]
    for name, tiered, _ in _drawn(shown):
        url = shown.of_register("/answer/borders.geojson", division=name)
        made.append(border_layer(url, strong=tiered))
        if not ("coverage" in shown.on and name == own):  # its names stand there already
            made.append(name_layer(url, strong=tiered))
    return made


def _count(shown: Shown) -> int:
    return sum(count for *_, count in _drawn(shown))


def _off(shown: Shown) -> Words | None:
    if _drawn(shown):
        return None
    return Words("地区の分け方を選ぶと出ます。", "Choose a division to show it.")


def _legend(shown: Shown) -> str:
    return border_legend(shown.lang, {name: tiered for name, tiered, _ in _drawn(shown)})


LAYER = MapLayer(
    id="borders", group="base", order=10, views=("meeting", "walk", "gaps"),
    words=Words("地区の境と名前", "Borders and names"),
    what=Words("選んだ分け方の、地区の境と名前。", "Borders and names of the divisions chosen."),
    make=_make, count=_count, off_words=_off, legend=_legend,
)  # fmt: skip
