"""Where people live: homes from near, squares from afar (人の住む所)."""

from __future__ import annotations

from geo.base.words import Words
from layers.layered.parts.declare import MapLayer, Shown
from layers.layered.parts.people import OFFICE_ONLY, no_people
from layers.maps.coverage_map import people_layers
from layers.maps.legend import people_legend
from layers.served.town import is_streetless_now


def _off(shown: Shown) -> Words | None:
    return no_people(shown) if shown.office else OFFICE_ONLY


LAYER = MapLayer(
    id="people", group="people", order=20, exclusive="shades",
    words=Words("人の住む所", "Where people live"),
    what=Words(
        "届く人と届かない人の住む所。広く見るときは250mのます目。",
        "Homes within and out of reach; 250 m squares from afar.",
    ),
    make=lambda shown: people_layers(shown.asked, shown.version),
    off_words=_off,
    legend=lambda shown: people_legend(
        shown.lang, asked=shown.asked, straight=is_streetless_now()
    ),
)  # fmt: skip
