"""What stands in each scene: bench, toilet, slope, steps and so on (絵の中のもの)."""

from __future__ import annotations

from surveys.photos.brush import (
    DARK_STONE,
    DARK_WOOD,
    GREY_WOOD,
    HEIGHT,
    INK,
    PALE_STEEL,
    PAVING,
    RUST,
    STEEL,
    STONE,
    WHITE,
    WIDTH,
    WOOD,
    Brush,
    Palette,
    draw_crack,
    draw_tree,
    draw_view,
    draw_weeds,
)

_SHADE = "#c9bca4"
_GLASS = "#c4dbe3"


def draw_bench(brush: Brush, day: Palette, *, worn: bool) -> None:
    """Draw a bench with a back and arms beside a tree (ベンチ)."""
    draw_view(brush, day)
    draw_tree(brush, 250 if day.tree_left else 950, 640, day.leaf)
    x = 690 if day.tree_left else 510
    wood = GREY_WOOD if worn else WOOD
    brush.disc(x, 716, 300, _SHADE, flat=0.09)
    for side in (-1, 1):
        brush.box(x + side * 190 - 14, 470, x + side * 190 + 14, 590, INK)
        brush.box(x + side * 190 - 17, 590, x + side * 190 + 17, 712, INK, bend=4)
    _draw_slat(brush, x, 470, wood, 215)
    if worn:
        brush.shape(
            [(x - 215, 528), (x - 60, 528), (x - 84, 546), (x - 66, 566), (x - 215, 566)], wood
        )
    else:
        _draw_slat(brush, x, 528, wood, 215)
    brush.box(x - 245, 592, x + 245, 632, wood, bend=5)
    brush.box(x - 245, 622, x + 245, 632, DARK_WOOD, bend=4)
    for side in (-1, 1):
        brush.box(x + side * 222 - 26, 540, x + side * 222 + 26, 556, INK, bend=7)
        brush.box(x + side * 222 - 7, 550, x + side * 222 + 7, 594, INK)
    if worn:
        brush.disc(x + 96, 608, 34, RUST, flat=0.34)
        brush.disc(x - 140, 612, 20, RUST, flat=0.4)
        brush.line([(x - 30, 596), (x + 10, 612), (x + 4, 622)], 4, INK)
        draw_weeds(brush, x - 196, 716)
        draw_weeds(brush, x + 214, 718, size=0.8)


def draw_toilet(brush: Brush, day: Palette, *, worn: bool) -> None:
    """Draw a small building with two doors (トイレ)."""
    draw_view(brush, day)
    draw_tree(brush, 140 if day.tree_left else 1060, 640, day.leaf, size=0.95)
    wall = "#ddd5c6" if worn else "#f1eadb"
    brush.disc(600, 690, 400, _SHADE, flat=0.07)
    brush.box(300, 330, 900, 684, wall)
    brush.box(300, 600, 900, 684, "#b9c2bd")
    brush.box(262, 292, 938, 344, "#5f6b73", bend=6)
    brush.box(262, 334, 938, 344, "#4d575e")
    for x in (350, 690):
        brush.box(x + 10, 372, x + 150, 412, _GLASS, bend=3)
    _draw_door(brush, 360, "#4c7397")
    _draw_door(brush, 700, "#a4616c")
    brush.box(566, 372, 634, 440, WHITE, bend=6)
    _draw_figure(brush, 585, 384, "#4c7397", skirt=False)
    _draw_figure(brush, 615, 384, "#a4616c", skirt=True)
    brush.shape([(300, 684), (900, 684), (980, 726), (220, 726)], PAVING)
    if worn:
        draw_crack(brush, 850, 350, size=1.2)
        draw_crack(brush, 540, 470, colour="#8d8578")
        for x, y, high in ((320, 344, 150), (334, 344, 90), (670, 344, 120), (884, 344, 180)):
            brush.box(x, y, x + 9, y + high, "#c2b49d", bend=4)
        brush.line([(706, 500), (836, 610)], 14, WOOD)
        brush.line([(836, 500), (706, 610)], 14, WOOD)
        draw_weeds(brush, 312, 690)
        draw_weeds(brush, 872, 690, size=1.1)


def draw_entrance(brush: Brush, day: Palette, *, worn: bool) -> None:
    """Draw a park's gate with posts across the way in (公園の入口)."""
    draw_view(brush, day, horizon=430)
    draw_tree(brush, 150, 560, day.leaf, size=0.95)
    draw_tree(brush, 1060, 548, day.leaf, size=0.85)
    brush.shape([(500, 470), (700, 470), (960, HEIGHT), (240, HEIGHT)], PAVING)
    for left, right in ((-20, 330), (870, 1220)):
        brush.box(left, 520, right, 664, "#6f8f5d", bend=26)
        brush.box(left, 600, right, 664, "#64834f", bend=20)
    for x in (320, 790):
        brush.disc(x + 45, 694, 78, _SHADE, flat=0.14)
        brush.box(x, 396, x + 90, 694, STONE, bend=4)
        brush.box(x - 12, 380, x + 102, 412, DARK_STONE, bend=5)
    brush.box(330, 470, 400, 560, "#6b5a44", bend=4)
    for index, x in enumerate((480, 600, 720)):
        lean = 34 if worn and index == 2 else 0  # noqa: PLR2004 - the last of three
        brush.disc(x, 724, 30, _SHADE, flat=0.24)
        brush.line([(x, 716), (x + lean, 596)], 26, RUST if lean else STEEL)
        brush.line([(x + lean * 0.8, 622), (x + lean * 0.86, 612)], 27, "#e0b84c")
    if worn:
        draw_crack(brush, 838, 440, size=1.2)
        draw_crack(brush, 560, 690, size=0.9, colour="#8d8578")
        draw_weeds(brush, 344, 700)
        draw_weeds(brush, 872, 700, size=1.1)
        draw_weeds(brush, 486, 728, size=0.7)


def draw_shelter(brush: Brush, day: Palette, *, worn: bool) -> None:
    """Draw a bus stop with a roof and a bench (バス停の上屋)."""
    draw_view(brush, day, horizon=410)
    draw_tree(brush, 1080, 560, day.leaf, size=0.8)
    brush.box(0, 640, WIDTH, 676, STONE)
    brush.box(0, 676, WIDTH, 690, DARK_STONE)
    brush.box(0, 690, WIDTH, HEIGHT, "#8b8d8e")
    for x in range(-60, WIDTH, 260):
        brush.box(x, 748, x + 150, 758, WHITE)
    brush.box(372, 340, 888, 590, _GLASS)
    brush.box(372, 340, 888, 356, "#afc9d3")
    for x in (366, 624, 882):
        brush.box(x, 300, x + 14, 646, "#56636c")
    wood = GREY_WOOD if worn else WOOD
    for x in (470, 790):
        brush.box(x, 578, x + 16, 644, INK)
    brush.box(440, 556, 826 if not worn else 700, 582, wood, bend=4)
    _draw_slat(brush, 633, 486, wood, 193)
    brush.shape([(320, 262), (940, 262), (960, 310), (300, 310)], RUST if worn else "#3f6f8f")
    brush.box(300, 302, 960, 314, "#345c77" if not worn else "#8a4f2d")
    brush.box(221, 330, 233, 648, STEEL)
    brush.disc(227, 654, 44, "#8f979d", flat=0.2)
    brush.disc(227, 300, 52, "#c7663b" if not worn else "#b98a72")
    brush.disc(227, 300, 36, WHITE)
    brush.box(190, 380, 264, 500, WHITE, bend=4)
    for y in (400, 424, 448, 472):
        brush.box(202, y, 252, y + 6, PALE_STEEL)
    if worn:
        draw_crack(brush, 720, 362, size=1.6, colour=WHITE)
        brush.shape([(826, 556), (744, 574), (746, 600), (828, 582)], wood)
        draw_weeds(brush, 380, 650)
        draw_weeds(brush, 900, 650, size=1.1)


def draw_salon(brush: Brush, day: Palette, *, worn: bool) -> None:
    """Draw a hall with a noren over its door and chairs before it (通いの場)."""
    draw_view(brush, day)
    draw_tree(brush, 100 if day.tree_left else 1100, 640, day.leaf, size=0.9)
    brush.disc(600, 690, 480, _SHADE, flat=0.06)
    brush.box(220, 360, 980, 684, "#d9cfbd" if worn else "#f0e6d2")
    brush.box(220, 612, 980, 684, "#9a7550")
    brush.shape([(300, 220), (900, 220), (1040, 370), (160, 370)], "#55606a")
    brush.box(160, 362, 1040, 380, "#434d56")
    brush.box(290, 208, 910, 228, "#434d56", bend=8)
    for x in (268, 762):
        brush.box(x, 430, x + 170, 570, DARK_WOOD)
        for right in (10, 90):
            brush.box(x + right, 440, x + right + 70, 560, "#f7ecc9")
    brush.box(490, 420, 710, 684, DARK_WOOD)
    brush.box(504, 434, 696, 684, "#f3e5bd")
    brush.box(596, 434, 604, 684, DARK_WOOD)
    for index in range(4):
        x = 502 + index * 50
        drop = 540 if not (worn and index == 3) else 490  # noqa: PLR2004 - the last of four
        brush.box(x, 428, x + 46, drop, "#2f4f7c" if not worn else "#6b7a90", bend=4)
    brush.disc(600, 484, 26, WHITE)
    brush.line([(478, 430), (722, 430)], 10, WOOD)
    brush.shape([(470, 684), (730, 684), (800, 730), (400, 730)], PAVING)
    for x in (246, 376, 824, 954):
        _draw_chair(brush, x, 716, GREY_WOOD if worn else "#b5793f")
    if worn:
        draw_crack(brush, 940, 392, size=1.3)
        draw_crack(brush, 240, 392)
        draw_weeds(brush, 470, 692)
        draw_weeds(brush, 730, 690, size=1.1)


def draw_equipment(brush: Brush, day: Palette, *, worn: bool) -> None:
    """Draw bars of three heights and a beam to stretch the back on (健康遊具)."""
    draw_view(brush, day)
    draw_tree(brush, 110 if day.tree_left else 1090, 620, day.leaf, size=0.95)
    brush.shape(
        [(200, 640), (1000, 640), (1080, 750), (120, 750)], "#b98f72" if worn else "#c79a78"
    )
    post = STEEL if worn else "#3f7d79"
    bar = RUST if worn else PALE_STEEL
    for x, top in ((260, 320), (430, 320), (600, 400), (770, 480)):
        brush.disc(x, 694, 34, "#a87e60", flat=0.26)
        brush.box(x - 12, top, x + 12, 696, post, bend=8)
    for left, top in ((260, 340), (430, 420), (600, 500)):
        brush.line([(left, top), (left + 170, top)], 13, bar)
    for x in (856, 960):
        brush.box(x - 10, 560, x + 10, 706, post, bend=6)
        brush.disc(x, 706, 28, "#a87e60", flat=0.26)
    arch = [(826, 590), (850, 556), (884, 538), (932, 538), (966, 556), (990, 590)]
    brush.line(arch, 22, GREY_WOOD if worn else "#d59a3d")
    if worn:
        for x, y in ((260, 520), (430, 600), (770, 560)):
            brush.disc(x, y, 11, RUST, flat=2.4)
        brush.shape([(640, 700), (740, 690), (760, 724), (660, 730)], day.ground)
        draw_weeds(brush, 300, 706)
        draw_weeds(brush, 800, 712, size=1.1)
        draw_weeds(brush, 700, 716, size=0.8)


def _draw_slat(brush: Brush, x: float, top: float, colour: str, half: float) -> None:
    brush.box(x - half, top, x + half, top + 38, colour, bend=5)


def _draw_door(brush: Brush, left: float, colour: str) -> None:
    brush.box(left - 8, 440, left + 148, 684, "#cfc6b4")
    brush.box(left, 448, left + 140, 684, colour, bend=3)
    brush.disc(left + 120, 572, 8, WHITE)


def _draw_figure(brush: Brush, x: float, top: float, colour: str, *, skirt: bool) -> None:
    brush.disc(x, top + 7, 7, colour)
    wide = 13 if skirt else 9
    brush.shape(
        [(x - 5, top + 16), (x + 5, top + 16), (x + wide, top + 44), (x - wide, top + 44)], colour
    )


def _draw_chair(brush: Brush, x: float, foot: float, colour: str) -> None:
    brush.disc(x, foot, 46, _SHADE, flat=0.16)
    brush.box(x - 34, foot - 130, x + 34, foot - 88, colour, bend=10)
    for side in (-1, 1):
        brush.box(x + side * 28 - 4, foot - 128, x + side * 28 + 4, foot, INK, bend=3)
    brush.box(x - 38, foot - 68, x + 38, foot - 50, colour, bend=7)
