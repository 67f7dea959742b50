"""Streets by their steepness: wider is harder (道の坂)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.words import Words
from layers.layered.parts.declare import MapLayer, Shown
from layers.maps.ground_layers import slope_layer
from layers.maps.ground_legend import slope_legend
from layers.served.town import town_now

if TYPE_CHECKING:
    from collections.abc import Sequence

    import folium


def _make(shown: Shown) -> Sequence[folium.map.Layer]:
    return [slope_layer(shown.of_register("/map/steepness.geojson"))]


def _off(_shown: Shown) -> Words | None:
    if town_now().relief is not None:
        return None
    return Words(
        "この街には高さのデータが入っていないので、坂は出せません。"
        "街をつくるときに標高のファイルを渡すと出ます。",
        "This town has no heights, so slopes cannot be shown; give a file of heights when it is "
        "built.",
    )


LAYER = MapLayer(
    id="steepness", group="streets", order=10,
    exclusive="lines",
    words=Words("道の坂と階段", "Slopes and steps"),
    what=Words(
        "道の坂を段に分けて。太いほどきつい。測って書いた坂と階段も入る。",
        "Streets by steepness: wider is harder. Slopes and stairs people measured count too.",
    ),
    make=_make, off_words=_off, legend=lambda shown: slope_legend(shown.lang),
)  # fmt: skip
