"""Which areas of a division are chosen, as an address says it (選んだ地区)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_NONE: Final = "none:"
_BUT: Final = "but:"
# What parts an id from another, or begins one of the words above.
_PARTING: Final = re.compile(r"[%,:]")


def say_chosen(chosen: Collection[str], ids: Sequence[str]) -> str:
    """Return which of a division's areas are chosen, "" for all (選んだ地区を書く).

    Where more are chosen than not, those that are not.

    Examples
    --------
    >>> say_chosen(["b"], ["a", "b", "c"]), say_chosen(["a", "b", "c"], ["a", "b", "c"])
    ('b', '')
    >>> say_chosen(["a", "c"], ["a", "b", "c"]), say_chosen([], ["a"])
    ('but:b', 'none:')
    """
    on = [one for one in ids if one in set(chosen)]
    off = [one for one in ids if one not in set(chosen)]
    if not off:
        return ""
    if not on:
        return _NONE
    return _join(on) if len(on) <= len(off) else _BUT + _join(off)


def read_chosen(text: str, ids: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the chosen areas in the division's order, and what of the text is none of them (読む).

    Examples
    --------
    >>> read_chosen("but:b", ["a", "b", "c"]), read_chosen("c,x", ["a", "b", "c"])
    ((['a', 'c'], []), (['c'], ['x']))
    """
    if not text:
        return list(ids), []
    if text == _NONE:
        return [], []
    named = [unquote(one) for one in text.removeprefix(_BUT).split(",") if one]
    unknown = [one for one in dict.fromkeys(named) if one not in set(ids)]
    but = text.startswith(_BUT)
    return [one for one in ids if (one in set(named)) != but], unknown


def _join(ids: Sequence[str]) -> str:
    return ",".join(_PARTING.sub(lambda sign: f"%{ord(sign[0]):02X}", one) for one in ids)
