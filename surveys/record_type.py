"""A record type: what a kind of site is called, how it is drawn, and (later) what is asked (調査票)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """How a kind is drawn: the outer shape alone tells it (地図のしるし).

    Attributes
    ----------
    colour
        Of the shape, as ``#rrggbb``.
    shape
        SVG path data in a box of 32 × 32.
    glyph
        SVG path data of the white figure inside, filled (even-odd).
    strokes
        Path data of the figure's lines, and their width.
    dark_glyph
        Whether the figure is ink instead of white, and the shape outlined in ink.
    size
        Pixels on the map.
    """

    colour: str
    shape: str
    glyph: str = ""
    strokes: str = ""
    stroke_width: float = 0.0
    dark_glyph: bool = False
    size: int = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordType:
    """One kind of thing a coordinator writes down (調査票).

    Attributes
    ----------
    id
        Singular English, equal to the file's name; never renamed or reused.
    words
        What it is called.
    marker
        How it is drawn.
    walking_m, walking_source
        The default walking range in metres and whose figure it is; ``None`` where no figure is known.
    order
        Place in legends and lists.
    """

    id: str
    words: Words
    marker: Marker
    walking_m: int | None
    walking_source: Words
    order: int
