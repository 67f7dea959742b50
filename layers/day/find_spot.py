"""Finding a place to set out from by its name: areas, places, addresses of the register (場所をさがす).

What was looked for is kept nowhere: it may be where somebody lives.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.base.text import tidy
from geo.base.words import Words
from geo.tables.tables import SITE_WORDS, each_row
from geo.town import WHOLE
from surveys.store.listing import SiteQuery, list_sites
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layers.day.day import Day

MOST: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A place that was looked for (見つかった場所).

    Attributes
    ----------
    name
        As it is written in the town's data or the register; may hold anything.
    what
        What it is, and where in it one would set out from.
    more
        Its address, as it was written; "" for none.
    at_m
        On the town's plane.
    """

    name: str
    what: Words
    more: str
    at_m: tuple[float, float]


def find_spots(day: Day, text: str, *, most: int = MOST) -> tuple[list[Found], int]:
    """Return the places whose name or address has every word of a text, and how many there are (場所をさがす).

    Areas come first, then what begins with the text, then the rest by name. Width, case and the
    spaces of names do not matter.

    Notes
    -----
    Cost: one query of the register.
    """
    words = [one.casefold() for one in tidy(text).split()]
    if not words:
        return [], 0
    areas = list(_areas(day, words))
    places = sorted(
        _places(day, text, words), key=lambda one: (not _key(one.name).startswith(words[0]), one.name)
    )  # fmt: skip
    every = [*areas, *places]
    return every[:most], len(every)


def _key(name: str) -> str:
    return tidy(name).casefold()


def _has(name: str, words: list[str]) -> bool:
    key = _key(name).replace(" ", "")
    return all(one in key for one in words)


def _areas(day: Day, words: list[str]) -> Iterator[Found]:
    town = day.built
    for division in (one for one in town.divisions if one != WHOLE):
        areas = town.division(division)
        middles = areas.geometry.representative_point()
        for name, at in zip(areas["area_name"], middles, strict=True):
            if _has(str(name), words):
                yield Found(
                    name=str(name), more="", at_m=(float(at.x), float(at.y)),
                    what=Words(f"{division}のまん中あたり", f"about the middle of this {division}"),
                )  # fmt: skip


def _places(day: Day, text: str, words: list[str]) -> Iterator[Found]:
    told = set()
    for one in _recorded(day, text):
        told.add(one[0])
        yield one[1]
    for row in each_row(day.town.sites):
        if row.site_id not in told and str(row.name).strip() and _has(str(row.name), words):
            yield Found(
                name=str(row.name), what=SITE_WORDS[row.kind], more="",
                at_m=(float(row.x_m), float(row.y_m)),
            )  # fmt: skip


def _recorded(day: Day, text: str) -> Iterator[tuple[str, Found]]:
    """Yield what the register has under these words, that lies somewhere."""
    register = day.told.register
    if register is None:
        return
    types = tuple(RECORD_TYPES)
    sites, _ = list_sites(register, SiteQuery(types=types, words=text, order="name"), limit=50)
    for site in sites:
        if site.place is None or site.place.is_empty or not site.title:
            continue
        at = site.place.representative_point()
        x_m, y_m = (float(np.atleast_1d(one)[0]) for one in day.built.plane.to_m(at.x, at.y))
        address = site.answer("address")
        yield site.id, Found(
            name=site.title, what=site.type.words, at_m=(x_m, y_m),
            more=address if isinstance(address, str) else "",
        )  # fmt: skip
