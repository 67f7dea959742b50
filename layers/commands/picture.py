"""``--picture``: an answer as one picture for a slide (スライド用の絵).

SVG alone: whoever opens it draws it with their own fonts. A PNG is made by the pages, in the browser
of who saves it, for a server may have no Japanese font, and would draw boxes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geo.base.files import save_text
from layers.paper.ground import load_ground
from layers.pictures.slide import draw_slide

if TYPE_CHECKING:
    from geo.base.arguments import Add
    from geo.base.words import Lang, Words
    from layers.day.day import Day
    from layers.pictures.figure import Figure


def add_picture(add: Add) -> None:
    """Declare ``--picture`` (絵の引数)."""
    add(
        "--picture", "スライド用の絵（SVG、1920×1080）", "a picture for a slide (SVG, 1920 × 1080)",
        type=Path, metavar="FILE",
    )  # fmt: skip


def add_files(add: Add, out: Words, table: Words, *, needs: str = "--out") -> None:
    """Declare ``--out``, ``--table`` and ``--picture``: map, table or workbook, slide (書き出すファイルの引数).

    Parameters
    ----------
    out, table
        What they hold.
    needs
        Which of them must be given.
    """
    for name, words in (("--out", out), ("--table", table)):
        add(name, words.ja, words.en, type=Path, required=name == needs, metavar="FILE")
    add_picture(add)


def save_picture(path: Path, figure: Figure, day: Day, town: Path, lang: Lang) -> None:
    """Write a figure as a picture (絵を書く).

    Parameters
    ----------
    town
        The town's folder.
    """
    save_text(path, draw_slide(figure, lang, ground=load_ground(town, day.built.plane)))
