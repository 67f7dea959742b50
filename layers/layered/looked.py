"""Streets by when somebody last looked at them (見て歩いた道)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.words import Words
from layers.layered.parts.declare import MapLayer, Shown
from layers.layered.parts.seatless import no_streets
from layers.maps.ground_layers import looked_layer
from layers.maps.ground_legend import looked_legend

if TYPE_CHECKING:
    from collections.abc import Sequence

    import folium


def _make(shown: Shown) -> Sequence[folium.map.Layer]:
    return [looked_layer(shown.of_register("/map/looked.geojson"))]


LAYER = MapLayer(
    id="looked", group="walks", order=10, kinds=("walk", "track"), views=("walk",),
    exclusive="lines",
    words=Words("見て歩いた道", "Streets looked at"),
    what=Words(
        "1年のうちに見て歩いた道、それより前に見た道、まだだれも見ていない道。",
        "Streets looked at within a year, longer ago, and never.",
    ),
    make=_make, off_words=lambda _shown: no_streets(),
    legend=lambda shown: looked_legend(shown.lang),
)  # fmt: skip
