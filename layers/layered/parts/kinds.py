"""The layer of a record type, made from its declaration (種類ごとの層)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from layers.layered.parts.declare import MapLayer
from layers.layered.parts.signs import list_signs
from layers.maps.ground_layers import shape_layer, signs_layer
from layers.maps.sign_legend import sign_legend

if TYPE_CHECKING:
    from collections.abc import Sequence

    import folium

    from layers.layered.parts.declare import Shown
    from layers.layered.parts.signs import Sign
    from layers.maps.palette import SignState
    from surveys.declaration.record_type import RecordType

# Beside the view before a walk, which shows whatever may ask to be confirmed.
_VIEWS: Final[dict[str, tuple[str, ...]]] = {
    "salon": ("meeting", "walk", "gaps"),
    "bench": ("walk", "gaps"),
}


def kind_layer(type_: RecordType) -> MapLayer:
    """Return the layer of a record type: its records with their state, and the map's own (種類の層)."""
    kind, words = type_.id, type_.words

    def listed(shown: Shown) -> tuple[Sign, ...]:
        return list_signs(kind, closed=shown.closed, version=shown.version)

    def make(shown: Shown) -> Sequence[folium.map.Layer]:
        more = {"kind": kind} | ({"closed": "1"} if shown.closed else {})
        states, off = _states(shown)
        url = shown.of_register("/map/signs.geojson", **more)
        made: list[folium.map.Layer] = [signs_layer(url, kind, states=states, off=off)]
        if set(type_.shapes) - {"point"}:
            made.insert(0, shape_layer(shown.of_register("/map/shapes.geojson", **more), kind))
        return made

    def _states(shown: Shown) -> tuple[set[SignState], bool]:
        signs = listed(shown)
        return {one.state for one in signs}, any(one.off for one in signs)

    def legend(shown: Shown) -> str:
        states, off = _states(shown)
        return sign_legend(kind, states, shown.lang, off=off)

    def why_off(shown: Shown) -> Words | None:
        if listed(shown):
            return None
        return Words(
            f"{words.ja}は、記録にも地図にもまだありません。",
            f"No record and no place of the map yet: {words.en}.",
        )

    return MapLayer(
        id=kind, group="places", order=type_.order, icon=kind, kinds=("site",),
        words=Words(words.ja, words.en[:1].upper() + words.en[1:]),
        views=_VIEWS.get(kind, ("walk",)),
        what=Words(
            f"{words.ja}の記録（確認の時期が分かる）と、地図だけにある所。",
            f"Records with whether they ask to be confirmed, and places on the map alone: {words.en}.",
        ),
        make=make, off_words=why_off, legend=legend,
        count=lambda shown: len(listed(shown)),
    )  # fmt: skip
