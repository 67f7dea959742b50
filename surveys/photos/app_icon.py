"""The app's icon as PNG, for home screens that take no SVG (アプリの絵).

iOS takes a PNG of 180 pixels alone. The ground goes to the edge and the figure stays within the
inner 60 %, so that any mask a system lays over it leaves the figure whole.
"""

from __future__ import annotations

import io
from functools import cache
from typing import Final

from PIL import Image, ImageDraw

ICON_SIZES: Final = (180, 192, 512)
ICON_GROUND: Final = "#17325F"
_FIGURE: Final = "#FFFFFF"
# Drawn this much larger and made smaller, which smooths the edges.
_FINER: Final = 4
# The sheet is that of the types' markers, 32 × 32; the cup is the salon's.
_SHEET: Final = 32.0
_BOWL: Final = (9.0, 13.0, 20.0, 22.5)
_BOWL_ROUND: Final = 5.0
_HANDLE: Final = (18.05, 13.65, 24.75, 20.35)
_STEAM: Final = ((12.4, 6.4, 11.4), (16.6, 6.4, 11.4))
_LINE: Final = 1.9


@cache
def draw_app_icon(size: int) -> bytes:
    """Return the icon as PNG, `size` pixels wide and high (アプリの絵).

    Raises
    ------
    ValueError
        When the size is none of `ICON_SIZES`.
    """
    if size not in ICON_SIZES:
        raise ValueError(f"no icon of {size} pixels")
    wide = size * _FINER
    scale = wide / _SHEET
    picture = Image.new("RGB", (wide, wide), ICON_GROUND)
    draw = ImageDraw.Draw(picture)
    width = round(_LINE * scale)
    draw.ellipse([at * scale for at in _HANDLE], outline=_FIGURE, width=width)
    bowl = [at * scale for at in _BOWL]
    draw.rounded_rectangle(
        bowl, _BOWL_ROUND * scale, fill=_FIGURE, corners=(False, False, True, True)
    )
    for x, top, bottom in _STEAM:
        half = _LINE / 2
        box = [(x - half) * scale, top * scale, (x + half) * scale, bottom * scale]
        draw.rounded_rectangle(box, half * scale, fill=_FIGURE)
    out = io.BytesIO()
    picture.resize((size, size), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()
