"""A table wider than its place: moved by finger, by wheel, and by the keyboard (横に動く表)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from layers.maps.popup import entity

if TYPE_CHECKING:
    from geo.base.words import Lang

_MOVES: Final = Words("表は横に動かせます →", "The table moves sideways →")


def scrolled(name: Words, table: str, lang: Lang, *, wide: bool = False, few: bool = False) -> str:
    """Return a table as HTML in a region of its own that takes the focus (動かせる表にする).

    Parameters
    ----------
    name
        What the region is called by whoever reads it aloud.
    table
        The table as HTML, its texts escaped.
    wide
        Whether it has so many columns that where there is little room it is said to move.
    few
        Whether it has so few of these that they need the room of a phone alone.

    Examples
    --------
    >>> from geo.base.words import Words
    >>> scrolled(Words("一覧の表", "the list"), "<table></table>", "en")
    "<div class='kz-scroll' role='region' tabindex='0' aria-label='the list'><table></table></div>"
    """
    label = entity(name.say(lang))
    hint, kind = "", "kz-scroll"
    if wide:
        hint = f"<p class='kz-swipe'>{entity(_MOVES.say(lang))}</p>"
        kind = "kz-scroll kz-wide kz-few" if few else "kz-scroll kz-wide"
    return (
        f"<div class='{kind}' role='region' tabindex='0' aria-label='{label}'>{hint}{table}</div>"
    )
