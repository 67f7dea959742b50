"""The ways of walks, planned and made, each with its day (踏査の線)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.words import Words
from layers.layered.parts.declare import MapLayer, Shown
from layers.layered.parts.outings import walk_states
from layers.maps.ground_layers import walk_layer
from layers.maps.ground_legend import walk_legend

if TYPE_CHECKING:
    from collections.abc import Sequence

    import folium


def _make(shown: Shown) -> Sequence[folium.map.Layer]:
    return [walk_layer(shown.of_register("/map/walks.geojson", lang=shown.lang))]


def _off(shown: Shown) -> Words | None:
    if walk_states(shown.version):
        return None
    return Words(
        "線のある踏査はまだありません。踏査の画面で計画すると出ます。",
        "No walk has a line yet; plan one on the page of walks.",
    )


LAYER = MapLayer(
    id="walks", group="walks", order=20, kinds=("walk",), views=("walk",),
    words=Words("踏査の線", "Ways of walks"),
    what=Words(
        "これから歩く線と、歩いた線。日づけつき。", "Ways planned and walked, with their days."
    ),
    make=_make, off_words=_off, count=lambda shown: len(walk_states(shown.version)),
    legend=lambda shown: walk_legend(shown.lang, set(walk_states(shown.version).values())),
)  # fmt: skip
