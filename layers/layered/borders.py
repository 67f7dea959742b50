"""Borders of the divisions chosen, with the areas' names (区域の境)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.words import Words
from layers.layered.parts.declare import MapLayer, Shown
from layers.maps.browser_layers import border_layer
from layers.maps.ground_layers import name_layer
from layers.maps.ground_legend import border_legend
from layers.served.town import town_now

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import folium


def _divisions(shown: Shown) -> Iterator[tuple[str, bool]]:
    """Yield each division drawn, and whether it is a tiered one, drawn strong."""
    town = town_now()
    for name in town.divisions:
        if name in shown.divisions:
            yield name, bool((town.division(name)["tier"] != "").any())


def _make(shown: Shown) -> Sequence[folium.map.Layer]:
    made: list[folium.map.Layer] = []
    own = shown.asked.division or town_now().divisions[0]
    for name, tiered in _divisions(shown):
        url = shown.of_register("/answer/borders.geojson", division=name)
        made.append(border_layer(url, strong=tiered))
        if not ("coverage" in shown.on and name == own):  # its names stand there already
            made.append(name_layer(url, strong=tiered))
    return made


def _count(shown: Shown) -> int:
    return sum(len(town_now().division(name)) for name, _ in _divisions(shown))


def _off(shown: Shown) -> Words | None:
    if any(True for _ in _divisions(shown)):
        return None
    return Words("地区の分け方を選ぶと出ます。", "Choose a division to show it.")


def _legend(shown: Shown) -> str:
    strong = {tiered for _, tiered in _divisions(shown)}
    return border_legend(shown.lang, fine=False in strong, strong=True in strong)


LAYER = MapLayer(
    id="borders", group="base", order=10, views=("meeting", "walk", "gaps"),
    words=Words("地区の境と名前", "Borders and names"),
    what=Words("選んだ分け方の、地区の境と名前。", "Borders and names of the divisions chosen."),
    make=_make, count=_count, off_words=_off, legend=_legend,
)  # fmt: skip
