"""The places of an area a walk begins with: what is due, then what nobody recorded (地区の行く所)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from geo.base.words import Words
from layers.cards.list_area import find_area
from layers.walks.places import find_recorded, find_unrecorded
from surveys.store.listing import SiteQuery
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from geo.town import Town
    from surveys.store.register import Register

# What one outing comes to in half a day, looking ten minutes at each.
MOST: Final = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaPlaces:
    """The places a walk in an area begins with (地区の行く所).

    Attributes
    ----------
    ids
        At most `MOST`, the longest unseen first.
    total
        How many there are to see.
    """

    name: str
    ids: tuple[str, ...]
    total: int


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
    own = find_unrecorded(town, register, kinds=kinds, within=shape, asked=asked)
    ids = list(dict.fromkeys([*first, *due, *(one.id for one in own if not one.twin)]))
    return AreaPlaces(name=name, ids=tuple(ids[:MOST]), total=len(ids))
