"""The scenes of a way that climbs: a slope and steps (坂と階段の絵)."""

from __future__ import annotations

from surveys.photos.brush import (
    DARK_STONE,
    HEIGHT,
    PAVING,
    RUST,
    STEEL,
    STONE,
    WIDTH,
    Brush,
    Palette,
    draw_crack,
    draw_tree,
    draw_view,
    draw_weeds,
)


def draw_slope(brush: Brush, day: Palette, *, worn: bool) -> None:
    """Draw a path that rises along a handrail (坂道と手すり)."""
    draw_view(brush, day, horizon=420)
    draw_tree(brush, 1040, 420, day.leaf, size=0.85)
    rise = [(120, 716), (880, 420), (WIDTH, 420)]
    brush.shape([*rise, (WIDTH, 560), (960, 560), (330, HEIGHT), (0, HEIGHT), (0, 716)], PAVING)
    brush.shape([(WIDTH, 560), (960, 560), (330, HEIGHT), (WIDTH, HEIGHT)], day.near)
    brush.line([(330, HEIGHT), (960, 560), (WIDTH, 560)], 16, DARK_STONE)
    for step in range(1, 7):
        x, y = 120 + step * 112, 716 - step * 43.6
        brush.line([(x, y), (x + 96 + step * 2, y + 92 + step * 6)], 3, "#d2c8b6")
    rail = RUST if worn else STEEL
    _draw_rail(brush, [(120, 716), (880, 420)], 120, rail, posts=7)
    _draw_rail(brush, [(880, 420), (1180, 420)], 120, rail, posts=3)
    if worn:
        for x, y in ((420, 640), (640, 560), (300, 716)):
            draw_crack(brush, x, y, size=0.9)
        brush.disc(760, 540, 46, "#b5ab9a", flat=0.4)
        draw_weeds(brush, 560, 724)
        draw_weeds(brush, 900, 588, size=0.9)


def draw_steps(brush: Brush, day: Palette, *, worn: bool) -> None:
    """Draw steps that lead up, between two handrails (階段)."""
    draw_view(brush, day, horizon=400)
    draw_tree(brush, 190 if day.tree_left else 1010, 470, day.leaf, size=0.9)
    brush.shape([(0, 470), (WIDTH, 470), (WIDTH, HEIGHT), (0, HEIGHT)], day.near)
    brush.shape([(0, 716), (WIDTH, 716), (WIDTH, HEIGHT), (0, HEIGHT)], day.ground)
    count, top = 7, 400
    for step in range(count):
        half, y = 220 + step * 24, top + step * 48
        brush.box(600 - half, y, 600 + half, y + 18, PAVING)
        brush.box(600 - half, y + 18, 600 + half, y + 48, DARK_STONE if step % 2 else "#aea698")
        brush.box(600 - half, y + 14, 600 + half, y + 20, "#d8b54a" if not worn else STONE)
    for side in (-1, 1):
        brush.shape(
            [
                (600 + side * 220, 384), (600 + side * 262, 384),
                (600 + side * 428, 740), (600 + side * 368, 740),
            ],
            STONE,
        )  # fmt: skip
    rail = RUST if worn else STEEL
    for side in (-1, 1):
        foot = [(600.0 + side * 398, 732.0), (600.0 + side * 242, 388.0)]
        _draw_rail(brush, foot, 104, rail, posts=4)
    if worn:
        for x, y in ((450, 470), (760, 560), (380, 660)):
            draw_crack(brush, x, y, size=0.7)
        for x, y in ((700, 496), (500, 592), (820, 640)):
            brush.shape([(x, y), (x + 44, y), (x + 30, y + 20), (x + 10, y + 14)], "#8f877a")
        draw_weeds(brush, 250, 744)
        draw_weeds(brush, 930, 744, size=1.2)


def _draw_rail(
    brush: Brush, foot: list[tuple[float, float]], high: float, colour: str, *, posts: int
) -> None:
    """Draw a handrail of two bars above the line `foot`."""
    (x0, y0), (x1, y1) = foot
    for index in range(posts):
        share = index / (posts - 1)
        x, y = x0 + (x1 - x0) * share, y0 + (y1 - y0) * share
        brush.line([(x, y), (x, y - high)], 10, colour)
    brush.line([(x0, y0 - high), (x1, y1 - high)], 14, colour)
    brush.line([(x0, y0 - high * 0.55), (x1, y1 - high * 0.55)], 8, colour)
