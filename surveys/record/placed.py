"""How a place was taken, as it is kept in a version's note, and how it is read to people (場所の取り方)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from geo.base.words import Lang

BY_HAND: Final = "場所：地図で手入力"
# What is kept stays in Japanese, as the note beside it: only what this module writes is told in another language.
_KEPT: Final = re.compile(r"場所：GPS(?: (?P<count>[0-9]+)回の平均)?・半径(?P<radius>[0-9]+)m")


def write_gps(radius_m: float, count: int | None = None) -> str:
    """Return the line kept of a place taken by GPS (GPSで取った場所).

    Parameters
    ----------
    radius_m
        Within which the device says it is, in metres.
    count
        How many fixes it is the mean of; None where that is not known.
    """
    mean = "" if count is None else f" {count}回の平均"
    return f"場所：GPS{mean}・半径{radius_m:.0f}m"


def say_note(note: str, lang: Lang) -> str:
    r"""Return a note with the lines this module wrote in the reader's language (書き足しを読む).

    Examples
    --------
    >>> print(say_note("門の前\n" + write_gps(8, 3), "en"))
    門の前
    Place: by GPS, mean of 3 fixes, within 8 m
    >>> say_note(BY_HAND, "en"), say_note(write_gps(8), "ja")
    ('Place: set by hand on the map', '場所：GPS・半径8m')
    """
    return note if lang == "ja" else "\n".join(map(_in_english, note.split("\n")))


def _in_english(line: str) -> str:
    if line == BY_HAND:
        return "Place: set by hand on the map"
    kept = _KEPT.fullmatch(line)
    if kept is None:
        return line
    count = kept["count"]
    mean = "" if count is None else "one fix, " if count == "1" else f"mean of {count} fixes, "
    return f"Place: by GPS, {mean}within {kept['radius']} m"
