"""Flat shapes, a palette by season, and the view behind every scene (絵の具と背景)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import ImageDraw

WIDTH, HEIGHT = 1200, 800
"""Size of a scene in pixels, and of the sheet that all coordinates here are on."""

INK = "#3d3a36"
STEEL = "#7d8893"
PALE_STEEL = "#a9b2ba"
RUST = "#a5623a"
WOOD = "#7c522f"
DARK_WOOD = "#5d3c24"
GREY_WOOD = "#8d8578"
STONE = "#c3bcb0"
DARK_STONE = "#a59d90"
PAVING = "#e6dfd2"
WHITE = "#fbf9f4"

# Sky, far hill, near hill, ground, crown of a tree: spring, summer, autumn, winter.
_SEASONS = (
    ("#d3e6f0", "#b9cfa6", "#9dbb86", "#dacdb6", "#e3b3bd"),
    ("#cbe2ee", "#adc59b", "#8fb27d", "#d9cbb4", "#4e7a4c"),
    ("#dbe6ea", "#c3bf95", "#b0ac7c", "#d8c8ae", "#c58a44"),
    ("#dde5e7", "#bcc4b0", "#a8b498", "#d6ccbb", "#6d8062"),
)
_OVERCAST = "#dfe4e4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours of one day (一日の色)."""

    sky: str
    far: str
    near: str
    ground: str
    leaf: str
    phase: float
    sunny: bool
    tree_left: bool


def choose_palette(seed: int) -> Palette:
    """Return the season, the sky and the shape of the hills for `seed` (季節と空)."""
    rng = Random(seed)  # noqa: S311 - colours, not secrets
    season, weather, phase, side = (rng.random() for _ in range(4))
    sky, far, near, ground, leaf = _SEASONS[int(season * len(_SEASONS))]
    sunny = weather < 0.7  # noqa: PLR2004 - seven days in ten
    return Palette(
        sky=sky if sunny else _OVERCAST,
        far=far,
        near=near,
        ground=ground,
        leaf=leaf,
        phase=phase * math.tau,
        sunny=sunny,
        tree_left=side < 0.5,  # noqa: PLR2004 - as often left as right
    )


@dataclass(frozen=True, slots=True)
class Brush:
    """Flat shapes on a sheet drawn `scale` times as large, to be reduced (筆)."""

    sheet: ImageDraw.ImageDraw
    scale: int

    def box(
        self, left: float, top: float, right: float, bottom: float, colour: str, *, bend: float = 0
    ) -> None:
        """Fill a rectangle, its corners rounded by `bend` (四角)."""
        # Pillow counts the last pixel in; our right and bottom edges are outside.
        x0, y0, x1, y1 = (round(edge * self.scale) for edge in (left, top, right, bottom))
        self.sheet.rounded_rectangle(
            (x0, y0, max(x0, x1 - 1), max(y0, y1 - 1)), bend * self.scale, fill=colour
        )

    def shape(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        """Fill a polygon (多角形)."""
        self.sheet.polygon([(x * self.scale, y * self.scale) for x, y in points], fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: str, *, flat: float = 1) -> None:
        """Fill a circle, or an ellipse `flat` times as high (丸)."""
        edges = (x - radius, y - radius * flat, x + radius, y + radius * flat)
        self.sheet.ellipse([edge * self.scale for edge in edges], fill=colour)

    def line(self, points: Sequence[tuple[float, float]], width: float, colour: str) -> None:
        """Draw a line with round ends and joints (線)."""
        scaled = [(x * self.scale, y * self.scale) for x, y in points]
        self.sheet.line(scaled, fill=colour, width=round(width * self.scale), joint="curve")
        for x, y in (points[0], points[-1]):
            self.disc(x, y, width / 2, colour)


def draw_view(brush: Brush, day: Palette, *, horizon: float = 470) -> None:
    """Draw sky, two hills and the ground (空と丘と地面)."""
    brush.box(0, 0, WIDTH, HEIGHT, day.sky)
    if day.sunny:
        x = 960 if day.tree_left else 240
        brush.disc(x, 130, 52, "#f6e7b4")
        _draw_cloud(brush, WIDTH - x - 60, 120)
    _draw_hill(brush, day.far, horizon - 110, 48, day.phase, 1.4)
    _draw_hill(brush, day.near, horizon - 30, 36, day.phase + 2.1, 1.0)
    brush.shape(
        [(0, horizon + 90), (WIDTH, horizon + 30), (WIDTH, HEIGHT), (0, HEIGHT)], day.ground
    )


def draw_tree(brush: Brush, x: float, foot: float, leaf: str, *, size: float = 1.0) -> None:
    """Draw a round tree that stands at (x, foot) (丸い木)."""
    brush.disc(x, foot, 70 * size, "#c9bca4", flat=0.16)
    brush.box(x - 15 * size, foot - 230 * size, x + 15 * size, foot, "#6d4a35", bend=4)
    for right, up, radius in ((0, 345, 118), (-82, 270, 88), (82, 270, 88), (0, 255, 80)):
        brush.disc(x + right * size, foot - up * size, radius * size, leaf)


def draw_crack(brush: Brush, x: float, y: float, *, size: float = 1.0, colour: str = INK) -> None:
    """Draw a crack that runs down from (x, y) (ひび)."""
    steps = ((0, 0), (12, 22), (2, 40), (18, 62), (10, 84))
    brush.line([(x + a * size, y + b * size) for a, b in steps], 4, colour)
    brush.line([(x + 2 * size, y + 40 * size), (x - 16 * size, y + 54 * size)], 3, colour)


def draw_weeds(brush: Brush, x: float, foot: float, *, size: float = 1.0) -> None:
    """Draw a tuft of weeds (雑草)."""
    for lean, high in ((-26, 30), (-12, 48), (2, 56), (16, 44), (28, 26)):
        tip = (x + lean * size, foot - high * size)
        brush.shape([(x - 7 * size, foot), tip, (x + 7 * size, foot)], "#7d8f57")


def _draw_hill(
    brush: Brush, colour: str, top: float, swing: float, phase: float, waves: float
) -> None:
    crest = [
        (x, top + swing * math.sin(phase + waves * math.tau * x / WIDTH))
        for x in range(0, WIDTH + 1, 10)
    ]
    brush.shape([*crest, (WIDTH, HEIGHT), (0, HEIGHT)], colour)


def _draw_cloud(brush: Brush, x: float, y: float) -> None:
    for right, down, radius in ((-60, 12, 34), (0, -6, 48), (58, 10, 36)):
        brush.disc(x + right, y + down, radius, "#eef5f8")
    brush.box(x - 90, y + 12, x + 92, y + 46, "#eef5f8", bend=17)
