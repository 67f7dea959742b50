"""A Folium map as the browser shows it: plain data, nothing that is run (描く地図)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import folium
from folium.utilities import camelize

from layers.maps.base_map import Dress
from layers.maps.browser_layers import BrowserLayer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from branca.element import Element


def read_map(drawn: folium.Map) -> dict[str, Any]:
    """Return what a map is made with: Leaflet's options and the bounds it first shows (地図の作り).

    Raises
    ------
    TypeError
        When the map holds what only a script of Folium's own could draw.
    """
    middle = list(drawn.location or (0.0, 0.0))
    bounds = [middle, middle]
    for one in drawn._children.values():  # noqa: SLF001 - branca offers no other way to its parts
        if isinstance(one, folium.FitBounds):
            bounds = [list(corner) for corner in one.bounds]
        elif not isinstance(one, BrowserLayer | Dress | folium.FeatureGroup):
            raise TypeError(f"{type(one).__name__} cannot be shown: draw it with a BrowserLayer")
    options = {camelize(name): value for name, value in drawn.options.items()}
    return {"options": options, "bounds": bounds}


def read_layers(*groups: Element) -> list[dict[str, Any]]:
    """Return the layers of maps and groups in the order they lie on one another (地図の層).

    Returns
    -------
        ``function`` of ``kayoi`` and its ``options``, a row a layer.
    """
    return [
        {"function": one.function, "options": json.loads(one.options_json)}
        for one in _layers(groups)
    ]


def _layers(parts: Iterable[Element]) -> Iterable[BrowserLayer]:
    for part in parts:
        for one in part._children.values():  # noqa: SLF001 - as above
            if isinstance(one, BrowserLayer):
                yield one
            elif isinstance(one, folium.FeatureGroup):
                yield from _layers([one])
