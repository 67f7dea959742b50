"""Which known words a word may have been meant as (近い言葉)."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from geo.base.delimited import column_key

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST: Final = 3
_ALIKE: Final = 0.5  # share of the signs


def find_near(asked: str, known: Iterable[str]) -> list[str]:
    """Return the known words most like one that is not, three at most, the likest first (近い言葉).

    Examples
    --------
    >>> find_near("adress", ["name", "address", "note"]), find_near("名前", ["会場の名前", "定員"])
    (['address'], ['会場の名前'])
    """
    by_key: dict[str, str] = {}
    for one in known:
        by_key.setdefault(column_key(one), one)
    found = get_close_matches(column_key(asked), by_key, n=_MOST, cutoff=_ALIKE)
    return [by_key[one] for one in found]
