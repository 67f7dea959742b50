"""The lines devices recorded, for the office alone (端末の歩いた跡)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.words import Words
from layers.layered.parts.declare import MapLayer, Shown
from layers.layered.parts.outings import count_tracks
from layers.layered.parts.people import OFFICE_ONLY
from layers.maps.ground_layers import track_layer
from layers.maps.ground_legend import track_legend

if TYPE_CHECKING:
    from collections.abc import Sequence

    import folium


def _make(shown: Shown) -> Sequence[folium.map.Layer]:
    return [track_layer(shown.address("/map/tracks.geojson", lang=shown.lang))]


def _off(shown: Shown) -> Words | None:
    if not shown.office:
        return OFFICE_ONLY
    if count_tracks():
        return None
    return Words("端末から届いた歩いた跡は、まだありません。", "No device has sent a track yet.")


LAYER = MapLayer(
    id="tracks", group="walks", order=30, kinds=("track",),
    words=Words("歩いた跡（端末の記録）", "Tracks of devices"),
    what=Words("端末が残した、実際に歩いた線。庁内だけ。", "Where devices went; for the office alone."),
    make=_make, off_words=_off, count=lambda _shown: count_tracks(),
    legend=lambda shown: track_legend(shown.lang),
)  # fmt: skip
