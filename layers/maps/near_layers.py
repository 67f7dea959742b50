"""The map of what is near a point: here, the numbered places, the way (近い所の地図).

All of it comes with the map itself: neither the point nor a way from it ever stands in an address
that is asked of a server.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import folium
import shapely

from geo.base.words import Words
from layers.maps.browser_layers import BrowserLayer, chosen_layer
from layers.maps.icons import icon_data_uri, svg_data_uri
from layers.maps.palette import CARD, CAUTION, INDIGO_DEEP, INK
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.place import Plane
    from geo.base.words import Lang
    from geo.walk.path import Path
    from geo.walk.search import Way

# What a press on a numbered sign says its layer is (`kayoi_register.js`).
NEAR: Final = "near"
_SIGN_PX: Final = 30
_HERE_PX: Final = 40
_LINES: Final[dict[Way, tuple[str, float]]] = {"there": (INDIGO_DEEP, 6.0), "back": (CAUTION, 3.0)}
_WAY_WORDS: Final[dict[Way, Words]] = {
    "there": Words("行きの道", "the way there"),
    "back": Words("帰りの道（細い線）", "the way back (thin)"),
}
_MEASURED: Final = Words("はかった道", "the way measured")
HERE_ART: Final = (
    f"<circle cx='20' cy='20' r='11' fill='{CARD}' stroke='{CARD}' stroke-width='8'/>"
    f"<circle cx='20' cy='20' r='11' fill='{CARD}' stroke='{INK}' stroke-width='3.5'/>"
    f"<circle cx='20' cy='20' r='4.5' fill='{INK}'/>"
    f"<path d='M20 1v8M20 31v8M1 20h8M31 20h8' stroke='{INK}' stroke-width='3.5'/>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NearSign:
    """A place that is told, as the map shows it (番号のあるしるし).

    Attributes
    ----------
    at_m
        On the town's plane.
    chosen
        Whether it is set off: large, and on top.
    """

    id: str
    kind: str
    at_m: tuple[float, float]
    number: int
    chosen: bool


def near_group(
    plane: Plane,
    here_m: tuple[float, float] | None,
    signs: Sequence[NearSign],
    ways: Sequence[tuple[Way, Path]],
) -> folium.FeatureGroup:
    """Return the layers of what is near (近い所の層).

    Parameters
    ----------
    here_m
        The point on the town's plane; None before one is chosen.
    signs
        Each place told; pressed, each tells its id.
    ways
        Drawn one over the other, the way back above and thinner.
    """
    group = folium.FeatureGroup(name="near", control=False)
    for layer in way_layers(plane, ways):
        layer.add_to(group)
    told = [
        {"id": one.id, "at": _lat_lon(plane, one.at_m), "kind": one.kind,
         "number": str(one.number), "image": icon_data_uri(one.kind, _SIGN_PX), "size": _SIGN_PX}
        for one in signs
    ]  # fmt: skip
    here = None
    if here_m is not None:
        here = {"at": _lat_lon(plane, here_m), "image": here_uri(_HERE_PX), "size": _HERE_PX}
    if told or here:
        BrowserLayer("numbered", here=here, signs=told).add_to(group)
    for one in signs:
        if one.chosen:
            chosen_layer(f"near:{one.id}:{one.number}").add_to(group)
    return group


def here_uri(size: int) -> str:
    """Return the sign of the point itself (ここのしるし)."""
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{size}' height='{size}' "
        f"viewBox='0 0 40 40'>{HERE_ART}</svg>"
    )
    return svg_data_uri(svg)


def near_legend(kind: str, lang: Lang, *, ways: Sequence[Way]) -> str:
    """Return the map's legend as HTML (近い所の凡例).

    Parameters
    ----------
    ways
        Which are drawn.
    """
    words = RECORD_TYPES[kind].words
    numbered = Words(f"{words.ja}（番号は一覧の番号）", f"{words.en} (number: as in the list)")
    items = [
        (Words("ここ", "here"), here_uri(24), 24),
        (numbered, icon_data_uri(kind, 24), 24),
        *((_WAY_WORDS[way], _line_uri(way), 28) for way in ways),
    ]
    return _legend(items, lang)


def way_layers(plane: Plane, ways: Sequence[tuple[Way, Path]]) -> list[BrowserLayer]:
    """Return the lines of ways, the way back above and thinner (道すじの層)."""
    made = []
    for way, path in ways:
        colour, weight = _LINES[way]
        made.append(BrowserLayer("lines", url=_inline(plane, path), color=colour, weight=weight))
    return made


def measured_layers(
    plane: Plane, ends: Sequence[tuple[float, float]], ways: Sequence[tuple[Way, Path]]
) -> list[BrowserLayer]:
    """Return what was measured on the map: its ends, numbered, and the way (はかった道の層).

    Parameters
    ----------
    ends
        Latitude and longitude of each, in degrees.
    """
    things = [
        {"at": [lat, lng], "image": here_uri(_HERE_PX), "label": str(number), "size": _HERE_PX}
        for number, (lat, lng) in enumerate(ends, start=1)
    ]
    made = way_layers(plane, ways)
    for _, path in ways[:1]:
        # From each end to where it meets the streets: what counts, too.
        feet = zip(ends, (path.points_m[0], path.points_m[-1]), strict=True)
        lines = [
            [[lng, lat], _lat_lon(plane, (foot[0], foot[1]))[::-1]] for (lat, lng), foot in feet
        ]
        geometry = {"type": "MultiLineString", "coordinates": lines}
        feature = {"type": "Feature", "geometry": geometry, "properties": {}}
        url = {"type": "FeatureCollection", "features": [feature]}
        made.append(BrowserLayer("lines", url=url, color=INK, weight=2.0))
    if things:
        made.append(
            BrowserLayer("sketch", corners=[], closed=False, image="", color=INK, things=things)
        )
    return made


def measured_legend(lang: Lang, *, ways: Sequence[Way]) -> str:
    """Return the legend of what was measured as HTML, "" where no way is drawn (はかった道の凡例)."""
    words = _WAY_WORDS if len(ways) > 1 else dict.fromkeys(ways, _MEASURED)
    return _legend([(words[way], _line_uri(way), 28) for way in ways], lang) if ways else ""


def _legend(items: Sequence[tuple[Words, str, int]], lang: Lang) -> str:
    spans = "".join(
        f"<span><img alt='' width='{width}' src='{art}'>{said.say(lang)}</span>"
        for said, art, width in items
    )
    return f"<div class='kz-legend'>{spans}</div>"


def _line_uri(way: Way) -> str:
    colour, weight = _LINES[way]
    line = f"<path d='M0 8h28' stroke='{colour}' stroke-width='{weight}'/>"
    return svg_data_uri(
        f"<svg xmlns='http://www.w3.org/2000/svg' width='28' height='16'>{line}</svg>"
    )


def _lat_lon(plane: Plane, at_m: tuple[float, float]) -> list[float]:
    lon, lat = plane.to_lonlat([at_m[0]], [at_m[1]])
    return [round(float(lat[0]), 7), round(float(lon[0]), 7)]


def _inline(plane: Plane, path: Path) -> dict[str, Any]:
    """Return a way as the layer itself holds it: no address is asked for it."""
    line = plane.to_degrees(shapely.LineString(path.points_m))
    points = [[round(lon, 7), round(lat, 7)] for lon, lat in shapely.get_coordinates(line).tolist()]
    geometry = {"type": "LineString", "coordinates": points}
    feature = {"type": "Feature", "geometry": geometry, "properties": {}}
    return {"type": "FeatureCollection", "features": [feature]}
