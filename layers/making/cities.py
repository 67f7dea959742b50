"""Which municipality a town is of, and what it is called (どこの街か)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from geo.base.municipal.listed import municipality_of
from layers.inspected.whose import listed_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.base.municipal.listed import Listed
    from layers.making.draft import Draft, Given


def city_of(draft: Draft, standing: str = "") -> Listed | None:
    """Return the municipality of a draft: chosen, else the standing town's, else its files' (どこの街か).

    Parameters
    ----------
    standing
        What the town that stands is called; "" where there is none.
    """
    return municipality_of(draft.city) or listed_of(standing) or guess_city(draft.files)


def name_of(draft: Draft, city: Listed | None, standing: str) -> str:
    """Return what the town is called: as somebody said, as it is now, or as its municipality (街の名前)."""
    return draft.name or standing or (city.name if city is not None else "") or "わたしたちの街"


def guess_city(files: Iterable[Given]) -> Listed | None:
    """Return the municipality that most of the files are of, ``None`` where no one is (どこの街か)."""
    counts = _count_cities(files)
    if not counts:
        return None
    code, most = counts.most_common(1)[0]
    return municipality_of(code) if most * 2 > counts.total() else None


def told_cities(files: Iterable[Given]) -> list[Listed]:
    """Return the municipalities that files are of, those of most files first (ファイルの言う街)."""
    found = (municipality_of(code) for code, _ in _count_cities(files).most_common())
    return [one for one in found if one is not None]


def _count_cities(files: Iterable[Given]) -> Counter[str]:
    """Return how many files are of each; one of several municipalities (a prefecture's) tells nothing."""
    told = [listed_of(one.seen.cities[0]) for one in files if len(one.seen.cities) == 1]
    return Counter(one.code for one in told if one is not None)
