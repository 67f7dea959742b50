"""Which two of two lists are one thing: how near, of which name, the nearest first (同じ物の組)."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Final, TypeVar

from geo.base.text import variant_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Nearer, two things of one kind are one: a phone's fix is within 5 m under open sky (GPS.gov), and
# the pin on the map another few metres off.
SAME_M: Final = 25.0
# Of one name, this near: the pin of a hall stands at its door, or in its middle.
SAME_NAME_M: Final = 50.0
_One = TypeVar("_One", bound=Hashable)
_Other = TypeVar("_Other", bound=Hashable)
_LEAST_SIGNS: Final = 3  # two kanji at the end of a name are a kind ("公園") or a direction


def each_once(pairs: Iterable[tuple[_One, _Other]]) -> Iterator[tuple[_One, _Other]]:
    """Yield the pairs of which both are still without a partner, in the order given (一度ずつ組む).

    Examples
    --------
    >>> list(each_once([("a", 1), ("b", 1), ("a", 2), ("b", 2)]))
    [('a', 1), ('b', 2)]
    """
    ones: set[_One] = set()
    others: set[_Other] = set()
    for one, other in pairs:
        if one not in ones and other not in others:
            ones.add(one)
            others.add(other)
            yield one, other


def names_alike(one: str, other: str) -> bool:
    """Say whether two names may be of one thing: the same in other signs, or one within the other (似た名前か).

    A thing without a name is like none.

    Examples
    --------
    >>> names_alike("霞ヶ丘公園", "霞が丘 公園"), names_alike("本町図書館", "市立本町図書館")
    (True, True)
    >>> names_alike("第一公園", "第二公園"), names_alike("公園", "本町公園"), names_alike("", "")
    (False, False, False)
    """
    a, b = variant_key(one), variant_key(other)
    if not a or not b:
        return False
    short, long = sorted((a, b), key=len)
    return a == b or (len(short) >= _LEAST_SIGNS and short in long)
