"""Pictures for the demo town, drawn by code: nobody's photo, nobody's licence (見本の絵)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.photos import scene_ways, scenes
from surveys.photos.brush import HEIGHT, WIDTH, Brush, Palette, choose_palette

if TYPE_CHECKING:
    from typing import Protocol

    class _Scene(Protocol):
        def __call__(self, brush: Brush, day: Palette, *, worn: bool) -> None: ...


_FINER = 2  # drawn at twice the size and reduced: smooth edges

_SCENES: dict[str, _Scene] = {
    "bench": scenes.draw_bench,
    "toilet": scenes.draw_toilet,
    "slope": scene_ways.draw_slope,
    "steps": scene_ways.draw_steps,
    "entrance": scenes.draw_entrance,
    "shelter": scenes.draw_shelter,
    "salon": scenes.draw_salon,
    "equipment": scenes.draw_equipment,
}

SCENE_KINDS = tuple(_SCENES)
"""What `draw_scene` can draw (描けるもの)."""


def draw_scene(kind: str, *, seed: int, worn: bool = False) -> bytes:
    """Return a picture of 1200 × 800 pixels as PNG (見本の絵を描く).

    Parameters
    ----------
    kind
        One of `SCENE_KINDS`.
    seed
        Varies the season, the sky, the hills and the side of the tree. The same arguments give
        the same bytes.
    worn
        Whether the thing is cracked, rusty or overgrown.

    Raises
    ------
    InputError
        When there is no such kind.

    Examples
    --------
    >>> draw_scene("bench", seed=1)[1:4]
    b'PNG'
    """
    if kind not in _SCENES:
        known = "・".join(SCENE_KINDS)
        raise InputError(
            Words(
                f"「{kind}」という絵はありません。{known} から選んでください",
                f"there is no picture of {kind!r}: choose from {known}",
            )
        )
    sheet = Image.new("RGB", (WIDTH * _FINER, HEIGHT * _FINER))
    _SCENES[kind](Brush(ImageDraw.Draw(sheet), _FINER), choose_palette(seed), worn=worn)
    out = io.BytesIO()
    sheet.reduce(_FINER).save(out, "PNG", compress_level=9)
    return out.getvalue()
