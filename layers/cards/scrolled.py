"""A table wider than its place: moved by finger, by wheel, and by the keyboard (横に動く表)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.maps.popup import entity

if TYPE_CHECKING:
    from geo.base.words import Lang, Words


def scrolled(name: Words, table: str, lang: Lang) -> str:
    """Return a table as HTML in a region of its own that takes the focus (動かせる表にする).

    Parameters
    ----------
    name
        What the region is called by whoever reads it aloud.
    table
        The table as HTML, its texts escaped.

    Examples
    --------
    >>> from geo.base.words import Words
    >>> scrolled(Words("一覧の表", "the list"), "<table></table>", "en")
    "<div class='kz-scroll' role='region' tabindex='0' aria-label='the list'><table></table></div>"
    """
    label = entity(name.say(lang))
    return f"<div class='kz-scroll' role='region' tabindex='0' aria-label='{label}'>{table}</div>"
