"""The places of an area a walk begins with: what is due, then what nobody recorded (地区の行く所)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.base.problems import InputError
from geo.base.words import Words
from layers.cards.list_area import find_area
from layers.walks.places import find_recorded, find_unrecorded
from surveys.store.listing import SiteQuery
from surveys.store.rows import search_key
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from geo.town import Town
    from layers.walks.places import Place
    from surveys.store.register import Register

# What one outing comes to in half a day, looking ten minutes at each.
MOST: Final = 15
_SAME_M: Final = 60.0  # of one name, and no farther apart: a hall and the 通いの場 in it


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaPlaces:
    """The places a walk in an area begins with (地区の行く所).

    Attributes
    ----------
    ids
        At most `MOST`, the longest unseen first.
    total
        How many there are to see.
    first
        How many of `ids` were given as what is seen first.
    """

    name: str
    ids: tuple[str, ...]
    total: int
    first: int = 0


def choose_in_area(
    town: Town,
    register: Register,
    params: Mapping[str, str],
    *,
    today: str,
    asked: Collection[str] = (),
    first: Sequence[str] = (),
) -> AreaPlaces:
    """Return what is to see in the area of ``area=<division>/<area_id>&kind=…`` (地区の行く所を選ぶ).

    Due and never seen records come first; places the map has and nobody recorded fill up.

    Parameters
    ----------
    town
        With places and records as one list (`layers.day.day.Day.town`).
    params
        Of the address; ``kind`` names record types, commas between, none for all.
    asked
        As `layers.walks.places.find_unrecorded`.
    first
        Ids of what is to be seen before all that.

    Raises
    ------
    InputError
        When the town has no such area, or a kind is unknown.
    """
    shape, name = find_area(town, params)
    kinds = tuple(filter(None, params.get("kind", "").split(",")))
    strange = [one for one in kinds if one not in RECORD_TYPES]
    if shape is None or strange:
        said = (strange or [params.get("area", "")])[0][:80]
        raise InputError(
            Words(f"「{said}」は、地区か種類として読めません", f"{said!r} is no area and no kind")
        )
    query = SiteQuery(types=kinds, within=shape, due_by=today)
    due = [one.id for one in find_recorded(town, register, query)]
    every = find_recorded(town, register, SiteQuery(within=shape))
    own = [
        one
        for one in find_unrecorded(town, register, kinds=kinds, within=shape, asked=asked)
        if not one.twin and not any(_called_alike(one, other) for other in every)
    ]
    ids = list(dict.fromkeys([*first, *due, *(one.id for one in own)]))
    return AreaPlaces(
        name=name, ids=tuple(ids[:MOST]), total=len(ids), first=min(len({*first}), MOST)
    )


def _called_alike(place: Place, recorded: Place) -> bool:
    """Say whether a place of the map is a recorded one of another kind: the hall is the 通いの場's."""
    near = np.hypot(place.x_m - recorded.x_m, place.y_m - recorded.y_m) <= _SAME_M
    name, other = (search_key(one.title).replace(" ", "") for one in (place, recorded))
    return bool(near and name and name == other)
