"""Icons from the record types' markers (しるしの絵)."""

from __future__ import annotations

import base64
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, cast

from layers.maps.palette import CARD, CAUTION, INK, INK2, VERMILION
from surveys.types import EVERY_TYPE, RECORD_TYPES

if TYPE_CHECKING:
    from layers.maps.palette import SignState

    Badge = Literal["", "due", "doubt", "closed", "paused"]

_BOX = "-2.5 -2.5 37 37"
_RING = "<circle cx='16' cy='16' r='17.2' fill='none' stroke='#20242E' stroke-width='2' stroke-dasharray='3.4 3'/>"

# In the upper right corner, where no kind's glyph is.
_CLOCK: Final = (
    f"<circle cx='26' cy='6' r='7.4' fill='{CARD}' stroke='{CAUTION}' stroke-width='2.6'/>"
    f"<path d='M26 1.8V6l3.2 2' fill='none' stroke='{CAUTION}' stroke-width='2.4' stroke-linecap='round'/>"
)
_DIFFERS: Final = (
    f"<path d='M17.5-2.2h17v16.4h-17z' fill='{VERMILION}' stroke='{CARD}' stroke-width='1.6'/>"
    f"<path d='M23 3.6a3.1 3.1 0 1 1 4.4 2.8q-1.4.7-1.4 2' fill='none' stroke='{CARD}' stroke-width='2.2' "
    f"stroke-linecap='round'/><circle cx='26' cy='11.4' r='1.4' fill='{CARD}'/>"
)
_CLOSED: Final = (
    f"<path d='M4 4l24 24M28 4L4 28' stroke='{CARD}' stroke-width='7' stroke-linecap='round'/>"
    f"<path d='M4 4l24 24M28 4L4 28' stroke='{INK2}' stroke-width='3.4' stroke-linecap='round'/>"
)
# Two bars over the whole sign, as every player of music has them.
_PAUSED: Final = (
    f"<path d='M11 4v24M21 4v24' stroke='{CARD}' stroke-width='9' stroke-linecap='round'/>"
    f"<path d='M11 4v24M21 4v24' stroke='{INK2}' stroke-width='4.6' stroke-linecap='round'/>"
)
_BADGES: Final = {"due": _CLOCK, "doubt": _DIFFERS, "closed": _CLOSED, "paused": _PAUSED}


@cache
def icon_svg(
    kind: str,
    size: int,
    *,
    hollow: bool = False,
    ring: bool = False,
    mapped: bool = False,
    badge: Badge = "",
) -> str:
    """Return a kind's icon as SVG (しるし).

    Parameters
    ----------
    kind
        Id of a record type.
    size
        Pixels.
    hollow
        Not checked yet: white with a coloured outline.
    ring
        Off the network: a dashed ring round it.
    mapped
        A place of the map nobody recorded: hollow, its outline dashed.
    badge
        What is drawn over it: a clock, a question mark, a cross, two bars; "" for nothing.
    """
    marker = EVERY_TYPE[kind].marker
    glyph = INK if marker.dark_glyph else "#fff"
    fill, line, width = (
        marker.colour,
        INK if marker.dark_glyph else marker.colour,
        1.5 if marker.dark_glyph else 1,
    )
    if hollow or mapped:
        fill, line, width, glyph = "#fff", marker.colour, 2.4, marker.colour
    strokes = (
        f"<path d='{marker.strokes}' fill='none' stroke='{glyph}' stroke-width='{marker.stroke_width}' "
        "stroke-linecap='round'/>"
        if marker.strokes
        else ""
    )
    rim = f"stroke='{line}' stroke-width='{width}' stroke-linejoin='round'"
    if mapped:
        rim += " stroke-dasharray='4.4 3'"
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='{_BOX}' width='{size}' height='{size}'>"
        f"<path d='{marker.shape}' fill='#fff' stroke='#fff' stroke-width='4.5' stroke-linejoin='round'/>"
        f"<path d='{marker.shape}' fill='{fill}' {rim}/>"
        f"<path d='{marker.glyph}' fill='{glyph}' fill-rule='evenodd'/>{strokes}{_RING if ring else ''}"
        f"{_BADGES.get(badge, '')}</svg>"
    )


def icon_data_uri(
    kind: str,
    size: int,
    *,
    hollow: bool = False,
    ring: bool = False,
    mapped: bool = False,
    badge: Badge = "",
) -> str:
    """Return a kind's icon as a data address for ``<img src>`` (しるしの画像)."""
    return svg_data_uri(icon_svg(kind, size, hollow=hollow, ring=ring, mapped=mapped, badge=badge))


def state_icon(kind: str, size: int, state: SignState, *, ring: bool = False) -> str:
    """Return a kind's icon in a state as a data address (ようすのしるし).

    As it is when seen lately; hollow when nobody saw it, with a clock when it asks to be confirmed
    again; with a question mark when people differ; two bars over it when it rests; crossed out when
    closed; hollow and dashed for a place of the map alone.
    """
    hollow = state in ("due", "never", "closed", "paused")
    badge = cast("Badge", state if state in _BADGES else "")
    return svg_data_uri(
        icon_svg(kind, size, hollow=hollow, ring=ring, mapped=state == "map", badge=badge)
    )


def sign_of(art: str) -> tuple[str, Badge] | None:
    """Return the record type and badge a legend's picture names, ``salon`` or ``salon/paused`` (凡例のしるし).

    ``None`` for a picture that is drawn there and then.

    Examples
    --------
    >>> sign_of("salon/paused"), sign_of("<path d='M0 8h28'/>")
    (('salon', 'paused'), None)
    """
    kind, _, badge = art.partition("/")
    return (kind, cast("Badge", badge)) if kind in RECORD_TYPES else None


def svg_data_uri(svg: str) -> str:
    """Return SVG as a data address (画像にする)."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
