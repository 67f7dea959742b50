"""The counts a council sees of areas, their larger areas and the town, as one family (地区の人数の集まり)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from geo.analysis.masking import Family
from geo.tables.tables import each_row

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from geo.analysis.roll_up import Rolled

IN: Final = ("within", "outside", "off_network")
Key = tuple["Hashable", str, str, "Hashable"]


def family_of_areas(
    rolled: Mapping[tuple[str, Hashable], Rolled],
    *,
    into: Family | None = None,
    rows_shown: bool = True,
) -> Family:
    """Return all counts one audience sees of a town's areas, to be masked together (地区の人数の集まり).

    A count is named by `key_of`. The people of an age are the same whichever walker is asked;
    each walker's ``within``, ``outside`` and ``off_network`` add up to them, ``no_rest`` is among
    ``outside``; an area is the sum of its rows, a division's total that of its areas; and the older
    are among the younger, so that no 65 to 74 follow.

    Parameters
    ----------
    rolled
        By age group and by what else was asked (a walker, a day, a range): the answers of one town,
        rolled up by the same two divisions.
    into
        A family of the same town, day and question these are added to: its counts by other pairs of
        divisions, so that three divisions tell no more together than each alone.
    rows_shown
        Whether anybody sees the table of parts of these two divisions; where not, its rows are still
        what follows by adding and taking away.

    Raises
    ------
    ValueError
        The answers are not of the same town: their people differ.
    """
    family = Family() if into is None else into
    places: dict[str, dict[Hashable, None]] = {}
    known: set[tuple[str, str, Hashable]] = set()
    for (age, asked), one in rolled.items():
        for column in ("people", *IN, "no_rest"):
            told = (column, age, None if column == "people" else asked)
            if told not in known:
                known.add(told)
                places[age] = _put(family, one, told, rows_shown=rows_shown)
        for place in places[age]:
            family.total((place, "people", age, None), [(place, c, age, asked) for c in IN])
            family.part((place, "no_rest", age, asked), of=(place, "outside", age, asked))
    for younger, older in pairwise(sorted(places, key=lambda age: 0 if age == "all" else int(age))):
        for column, age, asked in sorted(known, key=repr):
            if age == older and (column, younger, asked) in known:
                for place in places[older]:
                    if (place, column, younger, asked) in family.counts:
                        family.part(
                            (place, column, older, asked), of=(place, column, younger, asked)
                        )
    return family


def key_of(
    column: str, age: str, asked: Hashable, *, division: str, area_id: str = "", within: str = ""
) -> Key:
    """Return the name of a count in such a family (人数の名前).

    Parameters
    ----------
    column
        Of `geo.analysis.roll_up.COUNTS`.
    asked
        As it was given with the answer.
    division, area_id
        Which area; "" for all of the division together. With `within` "" for those in no part.
    within
        The larger division and its area's id as ``division/id`` where the count is a row of that
        area's table.
    """
    place = ("row", division, area_id, within) if within else ("area", division, area_id)
    return (place, column, age, None if column == "people" else asked)


def _put(
    family: Family, rolled: Rolled, told: tuple[str, str, Hashable], *, rows_shown: bool
) -> dict[Hashable, None]:
    """Add one column's counts and how they add up; return the places they are of."""
    column, named = told[0], _Names(rolled)
    groups: dict[tuple[str, str], list[Hashable]] = {
        (division, one): []
        for division, ids in (
            (rolled.parts, rolled.areas["area_id"]),
            (rolled.larger, rolled.larger_names),
        )
        for one in ids
    }

    def name_of(place: Hashable) -> Hashable:
        own = named.of(place)
        if own != place:
            family.also[place, *told] = (own, *told)
        return (own, *told)

    same = rolled.parts == rolled.larger
    for row in each_row(rolled.pairs):
        place = ("row", rolled.parts, row.part_id, f"{rolled.larger}/{row.large_id}")
        name = name_of(place)
        family.add(name, int(getattr(row, column)))
        if not rows_shown and named.of(place) == place:
            family.unseen.add(name)
        if row.part_id:
            groups[rolled.parts, row.part_id].append(name)
        if row.large_id and not same:
            groups[rolled.larger, row.large_id].append(name)
    totals: dict[str, list[Hashable]] = {}
    for (division, id_), rows in groups.items():
        whole = name_of(("area", division, id_))
        family.add(whole, sum(family.counts[one] for one in rows))
        family.total(whole, rows)
        totals.setdefault(division, []).append(whole)
    for division, wholes in totals.items():
        every = name_of(("area", division, ""))
        family.add(every, sum(family.counts[one] for one in wholes))
        family.total(every, wholes)
    return {name[0]: None for name in family.counts if name[1:] == told}  # type: ignore[index]


class _Names:
    """One name for the same people: a row that is all of its part, the one area of a division."""

    def __init__(self, rolled: Rolled) -> None:
        pairs = rolled.pairs
        self._of: dict[Hashable, Hashable] = {}
        parts = pairs.loc[pairs["part_id"] != "", "part_id"]
        for part_id, large_id in zip(pairs["part_id"], pairs["large_id"], strict=True):
            if part_id and (parts == part_id).sum() == 1:
                place = ("row", rolled.parts, part_id, f"{rolled.larger}/{large_id}")
                self._of[place] = ("area", rolled.parts, part_id)
        for division, ids in (
            (rolled.parts, list(rolled.areas["area_id"])),
            (rolled.larger, list(rolled.larger_names)),
        ):
            if len(ids) == 1:
                self._of["area", division, ids[0]] = ("area", division, "")

    def of(self, place: Hashable) -> Hashable:
        """Return the one name of a place."""
        while place in self._of:
            place = self._of[place]
        return place
