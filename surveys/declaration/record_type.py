"""A record type: what a kind of site is called, how it is drawn, and what is asked (調査票)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geo.base.words import Words

if TYPE_CHECKING:
    from surveys.declaration.field import Field

Shape = Literal["point", "line", "area"]
# What of the house may know of a type.
Knower = Literal[
    "page",
    "formats",
    "map",
    "list",
    "sheet",
    "field_app",
    "walk",
    "freshness",
    "report",
    "rules",
    "demo",
]


# Reasons more than one type has for what does not know of it (`RecordType.apart`).
NO_RULE: Final[tuple[Knower, Words]] = (
    "rules",
    Words(
        "決まった形の表が知られていない。どの表も、見出しの言葉で読む",
        "no layout of real files is known: any table is read by its headings",
    ),
)
NOT_REPORTED: Final[tuple[Knower, Words]] = (
    "report",
    Words(
        "報告が数えるのは、活動・課題・通いの場・資源。これは地区シートと一覧で数える",
        "reports count the log, concerns, salons and resources; an area's sheet and the list count these",
    ),
)


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
    sheet
        What its form is called (公園カルテ).
    marker
        How it is drawn.
    walking_m, walking_source
        The default walking range in metres and whose figure it is; ``None`` where no figure is known.
    order
        Place in legends and lists.
    shapes
        The shapes its place may have, the usual one first.
    pin_needed
        Whether a site without a place is refused.
    fresh_months
        After how many months it asks to be confirmed; the office may choose otherwise. 0 of a log.
    fields
        What is asked, in order; one is called ``name``.
    log
        Whether it is the office's own paper and no site (活動の記録): it is in no list, map, count, walk or
        file but its own, and never asks to be confirmed. See `surveys.types`.
    apart
        What does not know of it, and why; docs/knows.md holds what does.
    """

    id: str
    words: Words
    sheet: Words
    marker: Marker
    walking_m: int | None
    walking_source: Words
    order: int
    fields: tuple[Field, ...]
    fresh_months: int
    shapes: tuple[Shape, ...] = ("point",)
    pin_needed: bool = True
    log: bool = False
    apart: tuple[tuple[Knower, Words], ...] = ()

    def field(self, id_: str) -> Field:
        """Return the field of that id (項目を探す).

        Raises
        ------
        KeyError
            When the type does not ask it.
        """
        for one in self.fields:
            if one.id == id_:
                return one
        raise KeyError(id_)

    def asks(self, id_: str) -> bool:
        """Say whether the type has such a field (項目があるか)."""
        return any(one.id == id_ for one in self.fields)
