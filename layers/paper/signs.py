"""Signs, their numbers and names on a printed map, none over another (印刷地図のしるし)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from layers.maps.icons import icon_svg
from layers.maps.palette import CARD, INK, INK2
from layers.paper.paper import PX_MM, number, plain
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.base.arrays import Floats
    from layers.maps.icons import Badge
    from layers.paper.ground import Name
    from layers.paper.paper import Box, Paper

_BOX_PX: Final = 37  # the icons' own box, `layers.maps.icons`
_SELECTED_PX: Final = 44
_PLATE_PX, _PLATE_ROUND_PX, _PLATE_TEXT_PX = 26, 6, 15
_DIGIT_PX: Final = 9  # how much wider each further sign of a number makes the plate
_HALO: Final = "stroke='#fff' stroke-linejoin='round' paint-order='stroke'"
_NAME_MM: Final = {"place": 3.4, "green": 2.9, "water": 2.9}
_NAME_COLOUR: Final = {"place": INK, "green": "#2B6A45", "water": INK2}
# Signs that stand over one another are moved apart, never farther than this from their place.
_FARTHEST_MM, _LEADER_MM, _TURNS = 8.0, 1.2, 60
# Where a name may move to when its place is taken, in heights of its letters.
_SHIFTS: Final = (0.0, 1.4, -1.4, 2.6, -2.6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A site on a printed map (しるし).

    Attributes
    ----------
    x_m, y_m
        On the town's plane; outside the window it is not drawn.
    kind
        Id of a record type.
    number
        Its place in the walk, on a plate beside it; None for none.
    hollow
        Not checked yet: white with a coloured outline.
    selected
        The one the sheet is about: larger, and over the others.
    label
        What it is called: read by screen readers and shown under the mouse.
    px
        Size of its icon in the pixels of docs/look.md; 0 is its kind's own.
    badge
        What is drawn over it; with one it is hollow, too.
    plate
        How large its number's plate is, of the usual size.
    """

    x_m: float
    y_m: float
    kind: str
    number: str | None = None
    hollow: bool = False
    mapped: bool = False
    selected: bool = False
    label: str = ""
    px: float = 0.0
    badge: Badge = ""
    plate: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedSign:
    """A sign, where it stands on the paper, millimetres (紙の上のしるし).

    Attributes
    ----------
    sign
        What stands there.
    x, y
        The middle of its icon.
    true_x, true_y
        Its own place.
    px
        Size of the icon in the pixels of docs/look.md.
    """

    sign: Sign
    x: float
    y: float
    true_x: float
    true_y: float
    px: float

    @property
    def box(self) -> Box:
        """What the icon covers (しるしの範囲)."""
        half = self.px * PX_MM * 0.45  # the icons' box has a margin
        return self.x - half, self.y - half, self.x + half, self.y + half


def place_signs(signs: Sequence[Sign], paper: Paper) -> list[PlacedSign]:
    """Return the signs in the frame, from back to front: northern first, the selected last (並べる).

    Signs that would cover one another are moved apart; a thin line leads to their place.
    """
    at = paper.to_mm([(sign.x_m, sign.y_m) for sign in signs])
    seen = [i for i, (x, y) in enumerate(at) if paper.holds((x, y, x, y))]
    chosen = [signs[i] for i in seen]
    px = [
        _SELECTED_PX if sign.selected else sign.px or RECORD_TYPES[sign.kind].marker.size
        for sign in chosen
    ]
    moved = _spread(at[seen], np.array(px, dtype=float) * PX_MM, chosen, paper)
    placed = [
        PlacedSign(
            sign=sign,
            x=float(x),
            y=float(y),
            true_x=float(at[i][0]),
            true_y=float(at[i][1]),
            px=size,
        )
        for i, sign, size, (x, y) in zip(seen, chosen, px, moved, strict=True)
    ]
    return sorted(placed, key=lambda one: (one.sign.selected, one.y, one.x))


def _spread(true: Floats, size_mm: Floats, signs: Sequence[Sign], paper: Paper) -> Floats:
    """Return (n, 2) places pushed apart until no two icons cover one another, or nearly."""
    plates = np.array([sign.plate * bool(sign.number) for sign in signs], dtype=float)
    fixed = np.array([sign.selected for sign in signs], dtype=bool)
    radius = size_mm * 0.43 + 1.3 * plates
    # Two at one point part along a turning direction of their own, the same every time.
    turn = np.arange(len(true)) * 2.4
    at = true + np.column_stack([np.cos(turn), np.sin(turn)]) * 0.01 * ~fixed[:, None]
    for _ in range(_TURNS):
        gap = at[:, None] - at[None]
        far = np.hypot(gap[..., 0], gap[..., 1])
        np.fill_diagonal(far, np.inf)
        short = np.maximum(radius[:, None] + radius[None] - far, 0.0)
        if not short.any():
            break
        # What stands still leaves the whole way to the other.
        share = np.where(fixed[None], 1.0, 0.5) * ~fixed[:, None]
        at = at + (gap / np.maximum(far, 1e-9)[..., None] * (short * share)[..., None]).sum(axis=1)
        away = at - true
        long = np.maximum(np.hypot(away[:, 0], away[:, 1]), 1e-9)[:, None]
        at = true + away * np.minimum(1.0, _FARTHEST_MM / long)
    edge = size_mm[:, None] * 0.43
    inside = np.clip(at, edge, np.array([[paper.width_mm, paper.height_mm]]) - edge)
    # A sign that nothing pushed stays where it is, even at the frame.
    stayed = np.hypot(*(at - true).T) < 0.02  # noqa: PLR2004 - said by its name
    return np.where(stayed[:, None], true, inside)


def draw_signs(placed: Sequence[PlacedSign]) -> str:
    """Return icons as SVG, each kind's drawing once (しるしを描く)."""
    signs = {_icon_id(one.sign): one.sign for one in placed}
    defs = "".join(f"<g id='{id_}'>{_icon(one)}</g>" for id_, one in sorted(signs.items()))
    leaders = "".join(_draw_leader(one) for one in placed)
    drawn = "".join(_draw_sign(one) for one in placed)
    return f"<defs>{defs}</defs>{leaders}{drawn}" if placed else ""


def draw_plates(placed: Sequence[PlacedSign], paper: Paper, taken: list[Box]) -> str:
    """Return the numbers' plates, each beside its own sign and off the others (番号の札を描く).

    What the plates cover is added to `taken`.
    """
    boxes = [one.box for one in placed]
    plates = []
    for i, one in enumerate(placed):
        if not one.sign.number:
            continue
        others = [*boxes[:i], *boxes[i + 1 :], *taken]
        box = min(_plate_places(one), key=lambda box: covered(box, others, paper))
        taken.append(box)
        plates.append(_draw_plate(box, one.sign.number, one.sign.plate))
    return "".join(plates)


def draw_names(names: Iterable[Name], paper: Paper, taken: list[Box]) -> str:
    """Return the names that cover nothing of `taken` and lie in the frame (地名を書く).

    What the names cover is added to `taken`.
    """
    said = []
    for name in names:
        size = _NAME_MM[name.kind]
        x, y = paper.to_mm([(name.x_m, name.y_m)])[0].tolist()
        half = text_width(name.text, size) / 2
        for shift in _SHIFTS:
            middle = y + shift * size
            box = (x - half, middle - size * 0.6, x + half, middle + size * 0.6)
            if paper.holds(grown(box, 1.0)) and not covered(box, taken, paper):
                taken.append(grown(box, 0.6))
                weight = 600 if name.kind == "place" else 500
                said.append(
                    f"<text x='{number(x)}' y='{number(middle + size * 0.36)}' font-size='{size}' "
                    f"font-weight='{weight}' fill='{_NAME_COLOUR[name.kind]}'>{plain(name.text)}</text>"
                )
                break
    halo = f"text-anchor='middle' {_HALO} stroke-width='.8'"
    return f"<g {halo}>{''.join(said)}</g>" if said else ""


def _icon(sign: Sign) -> str:
    hollow = sign.hollow or bool(sign.badge)
    return icon_svg(sign.kind, _BOX_PX, hollow=hollow, mapped=sign.mapped, badge=sign.badge)


def _icon_id(sign: Sign) -> str:
    look = "-mapped" if sign.mapped else "-hollow" if sign.hollow else ""
    return f"kz-sign-{sign.kind}{look}{f'-{sign.badge}' if sign.badge else ''}"


def _draw_sign(one: PlacedSign) -> str:
    scale = one.px * PX_MM / _BOX_PX
    label = " ".join(part for part in (one.sign.number, one.sign.label) if part)
    title = f"<title>{plain(label)}</title>" if label else ""
    half = _BOX_PX * scale / 2
    place = f"translate({number(one.x - half)} {number(one.y - half)}) scale({scale:.4f})"
    key = _icon_id(one.sign)
    return (
        f"<g data-x='{number(one.x)}' data-y='{number(one.y)}'>{title}"
        f"<use href='#{key}' transform='{place}'/></g>"
    )


def _draw_leader(one: PlacedSign) -> str:
    if math.hypot(one.x - one.true_x, one.y - one.true_y) < _LEADER_MM:
        return ""
    x, y = number(one.true_x), number(one.true_y)
    return (
        f"<path d='M{x} {y}L{number(one.x)} {number(one.y)}' stroke='{INK}' stroke-width='.3'/>"
        f"<circle cx='{x}' cy='{y}' r='.7' fill='{INK}' stroke='#fff' stroke-width='.3'/>"
    )


def _plate_places(one: PlacedSign) -> list[Box]:
    assert one.sign.number  # noqa: S101 - for the type checker
    high = _PLATE_PX * PX_MM * one.sign.plate
    wide = high + max(len(one.sign.number) - 2, 0) * _DIGIT_PX * PX_MM * one.sign.plate
    icon = one.px * PX_MM * 0.40
    across, down = icon + wide * 0.36, icon + high * 0.36
    beside = icon + wide / 2 + 0.3
    # Upper right first, as numbers stand on the screen's map.
    spots = ((across, -down), (-across, -down), (across, down), (-across, down))
    straight = ((beside, 0.0), (-beside, 0.0), (0.0, icon + high / 2), (0.0, -icon - high / 2))
    return [
        (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
        for x, y in ((one.x + dx, one.y + dy) for dx, dy in (*spots, *straight))
    ]


def _draw_plate(box: Box, text: str, scale: float) -> str:
    width, height = box[2] - box[0], box[3] - box[1]
    line = 2.5 * PX_MM * scale
    size = _PLATE_TEXT_PX * PX_MM * scale
    return (
        f"<rect x='{number(box[0] + line / 2)}' y='{number(box[1] + line / 2)}' "
        f"width='{number(width - line)}' height='{number(height - line)}' "
        f"rx='{number(_PLATE_ROUND_PX * PX_MM * scale)}' fill='{CARD}' stroke='{INK}' "
        f"stroke-width='{number(line)}'/><text x='{number((box[0] + box[2]) / 2)}' "
        f"y='{number((box[1] + box[3]) / 2 + size * 0.36)}' font-size='{number(size)}' "
        f"font-weight='700' text-anchor='middle' fill='{INK}'>{plain(text)}</text>"
    )


def text_width(text: str, size: float) -> float:
    """Return about how wide a text is, in the unit of its size (文字の幅)."""
    return sum(0.58 if sign.isascii() else 1.0 for sign in text) * size


def grown(box: Box, by: float) -> Box:
    """Return a box with room round it (広げる)."""
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def covered(box: Box, taken: Iterable[Box], paper: Paper) -> float:
    """Return the square millimetres of a box that cover others; far more where it leaves the frame (かさなり)."""
    total = 0.0 if paper.holds(box) else 1e6
    for other in taken:
        wide = min(box[2], other[2]) - max(box[0], other[0])
        high = min(box[3], other[3]) - max(box[1], other[1])
        if wide > 0 and high > 0:
            total += wide * high
    return total
