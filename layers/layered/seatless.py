"""Streets from which no seat is near on foot (座れる所のない道)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.words import Words
from layers.layered.parts.declare import MapLayer, Shown
from layers.layered.parts.seatless import no_streets
from layers.maps.ground_layers import seatless_layer
from layers.maps.ground_legend import seatless_legend

if TYPE_CHECKING:
    from collections.abc import Sequence

    import folium


def _make(shown: Shown) -> Sequence[folium.map.Layer]:
    return [seatless_layer(shown.address("/map/seatless.geojson", seat=str(shown.seat_m)))]


LAYER = MapLayer(
    id="seatless", group="streets", order=20, views=("gaps",),
    exclusive="lines",
    words=Words("座れる所のない道", "Streets without a seat"),
    what=Words(
        "歩いて行ける近さに、座れる所がない道。見て歩いて「ない」と分かった道と、まだ見ていない道を分ける。",
        "Streets with no seat near on foot: those somebody looked at, and those nobody has.",
    ),
    make=_make, off_words=lambda _shown: no_streets(),
    legend=lambda shown: seatless_legend(shown.lang, shown.seat_m),
)  # fmt: skip
