"""Icons from the record types' markers (しるしの絵)."""

from __future__ import annotations

import base64
from functools import cache

from layers.maps.palette import INK
from surveys.types import RECORD_TYPES

_BOX = "-2.5 -2.5 37 37"
_RING = "<circle cx='16' cy='16' r='17.2' fill='none' stroke='#20242E' stroke-width='2' stroke-dasharray='3.4 3'/>"


@cache
def icon_svg(
    kind: str, size: int, *, hollow: bool = False, ring: bool = False, mapped: bool = False
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
    """
    marker = RECORD_TYPES[kind].marker
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
        f"<path d='{marker.glyph}' fill='{glyph}' fill-rule='evenodd'/>{strokes}{_RING if ring else ''}</svg>"
    )


def icon_data_uri(
    kind: str, size: int, *, hollow: bool = False, ring: bool = False, mapped: bool = False
) -> str:
    """Return a kind's icon as a data address for ``<img src>`` (しるしの画像)."""
    return svg_data_uri(icon_svg(kind, size, hollow=hollow, ring=ring, mapped=mapped))


def svg_data_uri(svg: str) -> str:
    """Return SVG as a data address (画像にする)."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
