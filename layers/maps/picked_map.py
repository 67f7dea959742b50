"""Areas to choose among on a map, and a shape drawn on it (地区を選ぶ地図)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import folium

from geo.base.words import Words
from layers.maps.browser_layers import BrowserLayer, border_layer, site_layer
from layers.maps.ground_layers import name_layer
from layers.maps.icons import icon_data_uri, svg_data_uri
from layers.maps.near_layers import here_uri
from layers.maps.palette import EDGE, INDIGO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.words import Lang
    from layers.asked import Asked

_FIRST_PX: Final = 40
_CHOSEN: Final = Words("選んだ地区（✓）", "chosen (✓)")
_OTHER: Final = Words("ほかの地区", "other areas")
_DRAWN: Final = Words("かいた形", "the shape drawn")
_SALON: Final = Words("通いの場", "salon")


def picked_group(division: str, version: str, chosen: Sequence[str]) -> folium.FeatureGroup:
    """Return the areas of a division, named, the chosen ones set off (選ぶ地区の層).

    Parameters
    ----------
    version
        Changes with the town and its register.
    chosen
        Ids of areas.
    """
    group = folium.FeatureGroup(name="picked", control=False)
    url = f"/answer/borders.geojson?{urlencode({'division': division})}&v={version}"
    BrowserLayer("picked", url=url, ids=list(chosen), color=INDIGO, edge=EDGE).add_to(group)
    return group


def drawn_group(
    asked: Asked,
    division: str,
    version: str,
    corners: Sequence[tuple[float, float]],
    shape: object = None,
) -> folium.FeatureGroup:
    """Return a shape so far, over the areas' borders, and 通いの場 (かく形の層).

    Parameters
    ----------
    corners
        Latitude and longitude of each.
    shape
        GeoJSON of one that came in a file; None for none.
    """
    group = folium.FeatureGroup(name="drawn", control=False)
    url = f"/answer/borders.geojson?{urlencode({'division': division})}&v={version}"
    border_layer(url, strong=False).add_to(group)
    name_layer(url, strong=False).add_to(group)
    which = urlencode({"kind": "salon", **asked.salons})
    site_layer(f"/answer/sites.geojson?{which}&v={version}", "salon").add_to(group)
    if shape is not None:
        BrowserLayer("picked", url=shape, ids=["drawn"], color=INDIGO, edge=EDGE).add_to(group)
    elif corners:
        BrowserLayer(
            "sketch", corners=[[round(lat, 7), round(lng, 7)] for lat, lng in corners],
            closed=True, image=here_uri(_FIRST_PX), color=INDIGO, things=[],
        ).add_to(group)  # fmt: skip
    return group


def picked_legend(lang: Lang, *, drawn: bool = False) -> str:
    """Return the map's legend as HTML (選ぶ地図の凡例).

    Parameters
    ----------
    drawn
        Whether a shape is drawn, and no area chosen.
    """
    on = f"stroke='{INDIGO}' stroke-width='2.4' fill='{INDIGO}' fill-opacity='.2'"
    off = f"stroke='{EDGE}' stroke-width='1.4' stroke-dasharray='4 4' fill='none'"
    items = [
        (_DRAWN if drawn else _CHOSEN, _box(on), 26),
        (_OTHER if not drawn else Words("地区の境", "borders of areas"), _box(off), 26),
        *([(_SALON, icon_data_uri("salon", 24), 24)] if drawn else []),
    ]
    spans = "".join(
        f"<span><img alt='' width='{width}' src='{art}'>{said.say(lang)}</span>"
        for said, art, width in items
    )
    return f"<div class='kz-legend'>{spans}</div>"


def _box(style: str) -> str:
    return svg_data_uri(
        "<svg xmlns='http://www.w3.org/2000/svg' width='26' height='18'>"
        f"<rect x='2' y='2' width='22' height='14' rx='3' {style}/></svg>"
    )
