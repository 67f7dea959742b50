"""The share within reach, area by area (地区ごとの届く割合)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.words import Words
from layers.layered.parts.declare import MapLayer, Shown
from layers.layered.parts.people import no_people
from layers.maps.browser_layers import area_layer
from layers.maps.legend import share_legend
from layers.served.town import town_now

if TYPE_CHECKING:
    from collections.abc import Sequence

    import folium


def _make(shown: Shown) -> Sequence[folium.map.Layer]:
    return [area_layer(shown.address("/answer/areas.geojson"), shade=True)]


def _count(shown: Shown) -> int:
    town = town_now()
    return len(town.division(shown.asked.division or town.divisions[0]))


LAYER = MapLayer(
    id="coverage", group="people", order=10, views=("meeting", "gaps"), exclusive="shades",
    words=Words("地区ごとの届く割合", "Share within reach by area"),
    what=Words(
        "地区ごとの、届く人の割合。届かない人の多い地区は斜線と番号。",
        "Share of people within reach; areas with most out of reach are hatched and numbered.",
    ),
    make=_make, count=_count, off_words=no_people,
    legend=lambda shown: share_legend(
        shown.lang, asked=shown.asked, straight=town_now().streetless
    ),
)  # fmt: skip
