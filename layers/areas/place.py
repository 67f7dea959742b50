"""The area a sheet is about: one of a division, or a shape drawn by hand (シートの地区)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.base.problems import InputError
from geo.base.text import area_key, tidy
from geo.base.words import Words
from geo.town import WHOLE, kept_cells_of

if TYPE_CHECKING:
    from geo.base.arrays import Flags
    from geo.town import Town

# What a shape drawn by hand stands for a division and an area.
DRAWN: Final = ""
DRAWN_ID: Final = "drawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRef:
    """An area by its division and its id (地区の札)."""

    division: str
    area_id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Place:
    """An area and its people (地区).

    Attributes
    ----------
    name
        What it is called.
    division, area_id
        `DRAWN` and `DRAWN_ID` for a shape drawn by hand.
    shape
        On the town's plane.
    inside
        (C,) which of the town's cells are its people.
    around
        The areas of divisions with fewer areas in which most of its people live, the finest
        division first; none of a drawn shape.
    """

    name: str
    division: str
    area_id: str
    shape: shapely.Geometry
    inside: Flags
    around: tuple[AreaRef, ...]

    @property
    def drawn(self) -> bool:
        """Whether it is a shape drawn by hand (描いた形か)."""
        return self.division == DRAWN


def place_of(town: Town, division: str, area_id: str) -> Place:
    """Return an area of a division (地区を選ぶ).

    Raises
    ------
    InputError
        The town has no such division or area.
    """
    areas = town.division(division)
    ids = list(map(str, areas["area_id"]))
    if area_id not in ids:
        raise _unknown(town, division, area_id)
    at = ids.index(area_id)
    inside = kept_cells_of(town, division) == at
    return Place(
        name=str(areas["area_name"].iloc[at]), division=division, area_id=area_id,
        shape=areas.geometry.iloc[at], inside=inside, around=_around(town, division, inside),
    )  # fmt: skip


def find_areas(town: Town, division: str, names: list[str]) -> list[str]:
    """Return the ids of the areas somebody named, by name or by id; all of the division for none (地区をさがす).

    Of several areas with one name all are meant.

    Raises
    ------
    InputError
        The town has no such division, or the division no area of a name.
    """
    areas = town.division(division)
    ids = list(map(str, areas["area_id"]))
    if not names:
        return ids
    called = [area_key(str(one)) for one in areas["area_name"]]
    found: list[str] = []
    for name in names:
        mine = [
            id_
            for id_, own in zip(ids, called, strict=True)
            if area_key(name) == own or tidy(name) == tidy(id_)
        ]
        if not mine:
            raise _unknown(town, division, name)
        found += mine
    return list(dict.fromkeys(found))


def each_ref(town: Town) -> list[AreaRef]:
    """Return every area a sheet may be compared with, the larger divisions first (くらべられる地区)."""
    found = []
    for division in sorted(
        (one for one in town.divisions if one != WHOLE), key=lambda one: len(town.division(one))
    ):
        areas = town.division(division)
        found += [
            AreaRef(division=division, area_id=str(id_), name=str(name))
            for id_, name in zip(areas["area_id"], areas["area_name"], strict=True)
        ]
    return found


def find_ref(town: Town, text: str) -> AreaRef | None:
    """Return the area somebody names, as ``町丁目/西町``, by name or id alone, None for "" (くらべる地区をさがす).

    Of several of one name the one of the larger division is meant.

    Raises
    ------
    InputError
        The town has no such area.
    """
    if not text.strip():
        return None
    division, slash, rest = text.partition("/")
    every = each_ref(town)
    if slash and division in town.divisions:
        every, text = [one for one in every if one.division == division], rest
    for one in every:
        if area_key(text) == area_key(one.name) or tidy(text) == tidy(one.area_id):
            return one
    raise InputError(
        Words(
            f"くらべる地区「{text[:40]}」は、この街にありません。「区分/名前」か名前で書いてください",
            f"this town has no area {text[:40]!r} to compare with; write division/name, or a name",
        )
    )


def drawn_place(town: Town, shape: shapely.Geometry, name: str) -> Place:
    """Return a shape drawn by hand, whose people are those who live in it, edge included (描いた形の地区).

    Parameters
    ----------
    shape
        On the town's plane.

    Raises
    ------
    InputError
        It is no ground, or none of the town.
    """
    if shapely.area(shape) <= 0 or not shapely.intersects(shape, town.border):
        raise InputError(
            Words(
                "この形は、この街の中の面ではありません。街の中を囲む多角形にしてください",
                "the shape given is no ground of this town; give a polygon within it",
            )
        )
    shapely.prepare(shape)
    x_m, y_m = (town.cells[one].to_numpy(dtype=float) for one in ("x_m", "y_m"))
    inside = shapely.intersects(shape, shapely.points(x_m, y_m)) & (kept_cells_of(town, WHOLE) >= 0)
    return Place(name=name, division=DRAWN, area_id=DRAWN_ID, shape=shape, inside=inside, around=())


def finer_division(town: Town, division: str) -> str:
    """Return the division of the next more areas, "" for none (すぐ細かい区分)."""
    counts = {one: len(town.division(one)) for one in town.divisions}
    more = [one for one, count in counts.items() if count > counts[division]]
    return min(more, key=lambda one: (counts[one], town.divisions.index(one)), default="")


def larger_division(town: Town, division: str) -> str:
    """Return the division of the next fewer areas, "" for none but the whole town (すぐ大きい区分)."""
    counts = {one: len(town.division(one)) for one in town.divisions if one != WHOLE}
    own = len(town.division(division))
    fewer = [one for one, count in counts.items() if 1 < count < own]
    return max(fewer, key=lambda one: (counts[one], -town.divisions.index(one)), default="")


def _around(town: Town, division: str, inside: Flags) -> tuple[AreaRef, ...]:
    """Return the larger areas most of some people live in."""
    people = np.where(inside, town.cells["people_all"].to_numpy(dtype=np.int64), 0)
    found, one = [], larger_division(town, division)
    while one:
        areas, row = town.division(one), kept_cells_of(town, one)
        living = np.zeros(len(areas) + 1, dtype=np.int64)
        np.add.at(living, row, people)  # -1, in none, is the last
        if living[:-1].any():
            at = int(np.argmax(living[:-1]))
            id_, name = (str(areas[column].iloc[at]) for column in ("area_id", "area_name"))
            found.append(AreaRef(division=one, area_id=id_, name=name))
        one = larger_division(town, one)
    return tuple(found)


def _unknown(town: Town, division: str, name: str) -> InputError:
    some = "、".join(town.division(division)["area_name"].astype(str).head(5))
    return InputError(
        Words(
            f"「{division}」に「{name}」という地区はありません。あるもの: {some} など",
            f"{division} has no area {name!r}; it has {some} and others",
        )
    )
