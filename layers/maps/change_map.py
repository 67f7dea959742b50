"""What changed between two days as the map draws it (増減の地図)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import folium

from geo.base.dates import parse_past_day
from geo.base.problems import InputError
from geo.base.words import Words
from geo.tables.tables import each_row
from layers.asked import ON
from layers.day.salons import When
from layers.maps.area_answer import dump_division
from layers.maps.browser_layers import BrowserLayer, site_layer
from layers.maps.palette import MAP_COLOURS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from geo.town import Town
    from layers.asked import Asked


def change_group(asked: Asked, before: When, version: str) -> folium.FeatureGroup:
    """Return the layers of what changed: areas, and the later day's 通いの場 (増減の層).

    `version` changes with the town and its register.
    """
    group = folium.FeatureGroup(name="changes", control=False)
    query = f"{asked.query}&{urlencode(before_query(before))}&v={version}"
    BrowserLayer("changes", url=f"/answer/changes.geojson?{query}", colours=MAP_COLOURS).add_to(
        group
    )
    which = urlencode({"kind": "salon", **asked.salons})
    site_layer(f"/answer/sites.geojson?{which}&v={version}", "salon").add_to(group)
    return group


def before_query(before: When) -> dict[str, str]:
    """Return the earlier day as it stands in an address (前の日の書き方)."""
    return {"from": before.on} | ({"known": ON} if before.known else {})


def read_before(query: Mapping[str, str], today: str) -> When:
    """Return the earlier day of an address (前の日を読む).

    Raises
    ------
    InputError
        When it is no day up to today, or ``known`` is neither ``on`` nor empty.
    """
    known = query.get("known", "")
    if known not in ("", ON):
        raise InputError(
            Words(
                f"known の「{known}」は分かりません。on か空にしてください",
                f"known: {known!r} is neither on nor empty",
            )
        )
    return When(on=parse_past_day(query.get("from", ""), today), known=known == ON)


def dump_changes(town: Town, division: str, areas: pd.DataFrame) -> str:
    """Return the areas for the browser with whom they gain and lose (増減の GeoJSON).

    Parameters
    ----------
    areas
        ``area_name gained lost``, a row an area of the division, in its order.
    """
    rows = [
        {"name": str(row.area_name), "gained": int(row.gained), "lost": int(row.lost)}
        for row in each_row(areas)
    ]
    return dump_division(town, division, rows)
