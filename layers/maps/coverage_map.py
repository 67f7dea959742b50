"""The coverage of a town as the map draws it (徒歩圏カバーの地図)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import folium

from layers.maps.bench_layers import bench_layer, rest_layer
from layers.maps.browser_layers import (
    BASE_TILES,
    area_layer,
    cell_layer,
    mesh_layer,
    road_layer,
    site_layer,
    street_layer,
)

if TYPE_CHECKING:
    from geo.base.words import Lang
    from layers.asked import Asked


def coverage_group(asked: Asked, version: str, lang: Lang, *, streets: bool) -> folium.FeatureGroup:
    """Return the layers of a coverage: areas, streets within reach, 通いの場 (層をまとめる).

    With a rule of rests or toilets also homes from near, the places that count, and where one
    more bench would help. `version` changes with the town, so that no browser shows an old one.
    """
    group = folium.FeatureGroup(name="coverage", control=False)
    area_layer(f"/answer/areas.geojson?{asked.query}&v={version}", shade=True).add_to(group)
    if streets:
        road_layer(f"{BASE_TILES}?v={version}").add_to(group)
        street_layer(f"/answer/streets.geojson?{asked.query}&v={version}").add_to(group)
    if asked.with_stops:
        _home_layer(asked, version).add_to(group)
        rest_layer(f"/answer/rests.geojson?{asked.query}&v={version}").add_to(group)
    which = urlencode({"kind": "salon", **asked.salons})
    site_layer(f"/answer/sites.geojson?{which}&v={version}", "salon").add_to(group)
    if asked.rest:
        bench_layer(f"/answer/benches.geojson?{asked.query}&v={version}", lang).add_to(group)
    return group


def people_layers(asked: Asked, version: str) -> list[folium.map.Layer]:
    """Return where people live: homes from near, squares from afar (住む所の層)."""
    return [
        mesh_layer(f"/answer/mesh.geojson?{asked.query}&v={version}"),
        _home_layer(asked, version),
    ]


def _home_layer(asked: Asked, version: str) -> folium.map.Layer:
    tiles = f"/tiles/cells/{{z}}/{{x}}/{{y}}.mvt?v={version}"
    return cell_layer(tiles, f"/answer/cells.bin?{asked.query}&v={version}")
