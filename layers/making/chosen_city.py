"""Which municipality a town is of, and what it is called (どこの街か)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.municipal.listed import municipality_of
from layers.making.choose import guess_city

if TYPE_CHECKING:
    from geo.base.municipal.listed import Listed
    from layers.making.draft import Draft


def city_of(draft: Draft) -> Listed | None:
    """Return the municipality of a draft: chosen, else the one its files name (どこの街か)."""
    return municipality_of(draft.city) or guess_city(draft.files)


def name_of(draft: Draft, city: Listed | None, standing: str) -> str:
    """Return what the town is called: as somebody said, as it is now, or as its municipality (街の名前)."""
    return draft.name or standing or (city.name if city is not None else "") or "わたしたちの街"
