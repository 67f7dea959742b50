"""The streets within reach of the 通いの場 (届く道)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from geo.base.words import Words
from geo.coverage.question import needs_streets
from layers.layered.parts.declare import MapLayer, Shown
from layers.maps.browser_layers import street_layer
from layers.maps.ground_legend import reach_legend
from layers.served.answers import day_for
from layers.served.town import is_streetless_now

if TYPE_CHECKING:
    from collections.abc import Sequence

    import folium

    from layers.asked import Asked


def _make(shown: Shown) -> Sequence[folium.map.Layer]:
    return [street_layer(shown.address("/answer/streets.geojson"))]


@lru_cache(maxsize=16)
def _salons(asked: Asked, _version: str) -> int:
    return len(day_for(asked).salons)


def _off(shown: Shown) -> Words | None:
    if is_streetless_now():
        return needs_streets(Words("届く道", "streets within reach"))
    if _salons(shown.asked, shown.version):
        return None
    return Words(
        "数える通いの場がありません。問いを変えるか、通いの場を書いてください。",
        "No salon counts: change the question, or record a salon.",
    )


LAYER = MapLayer(
    id="reach", group="people", order=30,
    words=Words("通いの場に届く道", "Streets within reach"),
    what=Words(
        "通いの場から、聞いた道のりの中にある道。",
        "Streets within the range asked of a salon.",
    ),
    make=_make, off_words=_off, legend=lambda shown: reach_legend(shown.lang, asked=shown.asked),
)  # fmt: skip
