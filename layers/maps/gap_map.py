"""Places where people are left out as the map draws them, and which one was pressed (空白の地図)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import folium
import geopandas as gpd
import numpy as np
import shapely

from geo.base.problems import InputError
from geo.base.words import Words
from geo.say.gap_why import say_place
from geo.tables.tables import each_row
from layers.maps.area_answer import GAPS, dump_labelled
from layers.maps.browser_layers import area_layer, border_layer, pin_layer, site_layer

if TYPE_CHECKING:
    from geo.analysis.gaps import Gaps
    from geo.base.place import Plane
    from geo.town import Town
    from layers.asked import Asked

# What a press on a place's number says its layer is (`kayoi.js`).
TAPPED: Final = "gaps"
_MOST: Final = 100_000
_FINGER_M: Final = 40.0


def gap_group(
    asked: Asked,
    version: str,
    small: str,
    numbered: int = GAPS,
    *,
    chosen: tuple[float, float] | None = None,
) -> folium.FeatureGroup:
    """Return the layers of the places: hatched and numbered, borders, 通いの場 (空白の層).

    Parameters
    ----------
    version
        Changes with the town and its register.
    small
        The division whose areas the places are of.
    numbered
        How many of them have a number.
    chosen
        Latitude and longitude of the one whose card is open.
    """
    group = folium.FeatureGroup(name="gaps", control=False)
    borders = urlencode({"division": small})
    border_layer(f"/answer/borders.geojson?{borders}&v={version}", strong=False).add_to(group)
    query = f"{asked.query}&{urlencode({'numbered': numbered})}&v={version}"
    area_layer(f"/answer/gaps.geojson?{query}", shade=True, named=False, tap=TAPPED).add_to(group)
    which = urlencode({"kind": "salon", **asked.salons})
    site_layer(f"/answer/sites.geojson?{which}&v={version}", "salon").add_to(group)
    if chosen is not None:
        pin_layer(*chosen).add_to(group)
    return group


def gap_at(gaps: Gaps, plane: Plane, lat: float, lng: float) -> str:
    """Return the id of the place pressed on the map, "" for none (押した所の空白).

    Beside one it is the nearest within a fingertip.
    """
    if gaps.table.empty:
        return ""
    x_m, y_m = (float(one) for one in plane.to_m(lng, lat))
    far = shapely.distance(np.array([*gaps.shapes], dtype=object), shapely.Point(x_m, y_m))
    row = int(np.argmin(far))
    return str(gaps.table["gap_id"].iloc[row]) if far[row] <= _FINGER_M else ""


def read_numbered(text: str) -> int:
    """Return how many places have a number, as an address says it; "" for the first few (番号の数).

    Raises
    ------
    InputError
        When it is no whole number.
    """
    if not text:
        return GAPS
    if not (text.isascii() and text.isdecimal()) or int(text) > _MOST:
        raise InputError(
            Words(f"numbered の「{text}」は数ではありません", f"numbered: {text!r} is no number")
        )
    return int(text)


def dump_gaps(town: Town, gaps: Gaps, numbered: int) -> str:
    """Return the places for the browser: name, number, ground (空白の GeoJSON).

    Of the layer of areas: each is a gap, and has no share.
    """
    shapes = gpd.GeoDataFrame(
        {"area_id": gaps.table["gap_id"]}, geometry=gaps.shapes, crs=town.plane.crs
    )
    rows: list[dict[str, object]] = [
        {
            "name": say_place(row).ja, "step": None, "state": "empty", "rest": False, "gap": True,
            "rank": int(row.rank) if row.rank <= numbered else 0,
        }
        for row in each_row(gaps.table)
    ]  # fmt: skip
    return dump_labelled(shapes, rows)
