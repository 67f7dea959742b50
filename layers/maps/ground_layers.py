"""Folium layers of streets, outings and places, and how each of their lines is drawn (道と所の層).

The legend and the browser draw with the same styles: wider is harder, and no line is told from
another by its colour alone.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from layers.maps.browser_layers import BrowserLayer
from layers.maps.icons import state_icon
from layers.maps.palette import (
    CARD,
    CAUTION,
    EDGE,
    GENTLE,
    GREEN,
    INDIGO_DEEP,
    INK,
    LEVEL,
    NOT_REACHED,
    SIGN_STATES,
    STEEP,
    VERMILION,
)
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from layers.maps.palette import SignState


@dataclass(frozen=True, slots=True, kw_only=True)
class LineStyle:
    """How one class of lines is drawn (線の描き方).

    Attributes
    ----------
    color, weight
        ``#rrggbb``, and pixels from near; the browser draws thinner from afar.
    dash
        As SVG has it; "" is an unbroken line.
    cap
        ``round`` or ``butt``.
    halo
        Pixels of white on either side, 0 for none.
    """

    color: str
    weight: float
    dash: str = ""
    cap: str = "round"
    halo: float = 0.0


SLOPE_STYLES: Final[Mapping[str, LineStyle]] = {
    "unknown": LineStyle(color=EDGE, weight=2, dash="1 6"),
    "flat": LineStyle(color=LEVEL, weight=3),
    "gentle": LineStyle(color=GENTLE, weight=5),
    "steep": LineStyle(color=STEEP, weight=7, cap="butt"),
    "steps": LineStyle(color=STEEP, weight=7, dash="2 4", cap="butt"),
}
SEAT_STYLES: Final[Mapping[str, LineStyle]] = {
    "unknown": LineStyle(color=CAUTION, weight=2.6, dash="7 6", cap="butt"),
    "none": LineStyle(color=VERMILION, weight=5.5, halo=1.2),
}
LOOKED_STYLES: Final[Mapping[str, LineStyle]] = {
    "never": LineStyle(color=NOT_REACHED, weight=1.8, dash="1 5"),
    "older": LineStyle(color=GREEN, weight=3, dash="9 6", cap="butt"),
    "year": LineStyle(color=GREEN, weight=6),
}
WALK_STYLES: Final[Mapping[str, LineStyle]] = {
    "walked": LineStyle(color=INK, weight=3, halo=2),
    "planned": LineStyle(color=INK, weight=4, dash="12 7", cap="butt", halo=2),
}
TRACK_STYLES: Final[Mapping[str, LineStyle]] = {
    "track": LineStyle(color=INDIGO_DEEP, weight=2.5, dash="2 5", halo=1.5),
}


def slope_layer(url: str) -> BrowserLayer:
    """Return streets by their steepness (坂の層)."""
    return _lines("slopes", url, SLOPE_STYLES)


def seatless_layer(url: str) -> BrowserLayer:
    """Return streets from which no seat is near (座れる所のない道の層)."""
    return _lines("seatless", url, SEAT_STYLES)


def looked_layer(url: str) -> BrowserLayer:
    """Return streets by when somebody last looked at them (見て歩いた道の層)."""
    return _lines("looked", url, LOOKED_STYLES)


def walk_layer(url: str) -> BrowserLayer:
    """Return the ways of walks, each with its day (踏査の線の層)."""
    return _lines("walks", url, WALK_STYLES)


def track_layer(url: str) -> BrowserLayer:
    """Return the lines devices recorded, each with its day (歩いた跡の層)."""
    return _lines("tracks", url, TRACK_STYLES)


def name_layer(url: str, *, strong: bool) -> BrowserLayer:
    """Return the areas' names, those that would cover another left out (地区の名前の層)."""
    return BrowserLayer("names", url=url, strong=strong)


def signs_layer(
    url: str, kind: str, *, states: Collection[SignState], off: bool = False
) -> BrowserLayer:  # fmt: skip
    """Return the places of a kind, each drawn by its state (所の層).

    ``images`` has a picture for each state, and ``rings`` the same for those off the network.

    Parameters
    ----------
    states
        Those there are: a picture is a thousand bytes, and sent with every change of the map.
    off
        Whether one is off the network.
    """
    size = RECORD_TYPES[kind].marker.size
    ordered = [state for state in SIGN_STATES if state in states]
    return BrowserLayer(
        "signs",
        url=url,
        kind=kind,
        images={state: state_icon(kind, size, state) for state in ordered},
        rings={state: state_icon(kind, size, state, ring=True) for state in ordered if off},
        size=size,
        order=700 if kind == "salon" else 500,  # what it is all about lies on top
    )


def shape_layer(url: str, kind: str) -> BrowserLayer:
    """Return the lines and areas of a kind's records, to lie under their signs (線と面の層)."""
    return BrowserLayer("shapes", url=url, color=RECORD_TYPES[kind].marker.colour)


def _lines(function: str, url: str, styles: Mapping[str, LineStyle]) -> BrowserLayer:
    drawn = {id_: asdict(style) for id_, style in styles.items()}
    return BrowserLayer(function, url=url, styles=drawn, paper=CARD)
