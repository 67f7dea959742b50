"""Whom a 通いの場 for the people of some areas is for (利用できる地区の人)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.base.text import tidy
from geo.base.words import Words
from geo.town import cells_of
from surveys.record.meeting import ANYWHERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.base.arrays import Flags
    from geo.town import Town
    from surveys.record.meeting import End, Who

_SHOWN: Final = 5
# Behind the town's own name: 〇〇町全域, 〇〇町内.
_WHOLE: Final = ("全域", "内全域", "内", "民")


class Areas:
    """The areas of a town by name, whichever their division (名前でさがす地区).

    Names are compared tidied. Several areas may have one name; all of them are meant.

    Parameters
    ----------
    town
        Its areas and cells are looked at, nothing else.
    """

    def __init__(self, town: Town) -> None:
        self._town = town
        self._everywhere = ANYWHERE | {tidy(town.name), *(f"{tidy(town.name)}{e}" for e in _WHOLE)}
        self._rows: dict[str, list[tuple[str, int]]] = {}
        for division in town.divisions:
            for row, name in enumerate(town.division(division)["area_name"]):
                self._rows.setdefault(tidy(str(name)), []).append((division, row))
        self._cells: dict[str, np.ndarray] = {}

    def unknown(self, who: Who) -> list[str]:
        """Return the names that no area of the town has (街にない名前)."""
        named = who.areas or ()
        return sorted(one for one in named if not self._is_known(one))

    def cells_for(self, who: Who, end: End) -> Flags | None:
        """Return (C,) whose people may come; None for everybody (使える人).

        Whom an unknown name means is not known: nobody as far as is known, at most everybody.
        """
        if self._is_open(who, end):
            return None
        flags = np.zeros(len(self._town.cells), dtype=bool)
        for name in who.areas or ():
            for division, row in self._rows.get(tidy(name), ()):
                if division not in self._cells:
                    self._cells[division] = cells_of(self._town, division)
                flags |= self._cells[division] == row
        return flags

    def cells_of_each(self, limited: Mapping[str, Who], end: End) -> dict[str, Flags]:
        """Return `cells_for` of each, by id; those for everybody left out (会場ごとの使える人)."""
        found = {id_: self.cells_for(who, end) for id_, who in limited.items()}
        return {id_: flags for id_, flags in found.items() if flags is not None}

    def ground_for(self, who: Who, end: End) -> shapely.Geometry | None:
        """Return the ground these people live on, on the town's plane; None for all of it (使える人の所)."""
        if self._is_open(who, end):
            return None
        named = [place for name in who.areas or () for place in self._rows.get(tidy(name), ())]
        shapes = [self._town.division(one).geometry.to_numpy()[row] for one, row in named]
        return shapely.union_all(shapes)

    def _is_known(self, name: str) -> bool:
        return tidy(name) in self._rows or tidy(name) in self._everywhere

    def _is_open(self, who: Who, end: End) -> bool:
        if who.areas is None or any(tidy(name) in self._everywhere for name in who.areas):
            return True
        return end == "high" and (not who.known or bool(self.unknown(who)))


def say_eligible(limited: Mapping[str, Who], areas: Areas) -> list[Words]:
    """Return how many 通いの場 are for some people only, and what is not known of it (使える人の文).

    Parameters
    ----------
    limited
        Who may come to each of the 通いの場 that count, by id.
    """
    some = [one for one in limited.values() if areas.cells_for(one, "known") is not None]
    if not some:
        none = Words(
            "利用できる地区の決まった通いの場はない", "no salon is for people of some areas only"
        )
        return [none]
    lines = [
        Words(
            f"通いの場のうち {len(some)}か所は、利用できる地区の人だけの分に数えた",
            f"{len(some)} of the salons count for the people of their areas only",
        )
    ]
    names = sorted({name for one in some for name in areas.unknown(one)})
    if names:
        lines.append(_say_unknown(names, sum(bool(areas.unknown(one)) for one in some)))
    silent = sum(not one.known for one in some)
    if silent:
        lines.append(
            Words(
                f"だれが来られるか分からない {silent}か所は、分かる地区の人だけの分に数えた",
                f"of {silent} it is not known who may come; they count for the areas that are known",
            )
        )
    return lines


def _say_unknown(names: Iterable[str], count: int) -> Words:
    every = list(names)
    ja = "」「".join(every[:_SHOWN]) + ("」など" if len(every) > _SHOWN else "」")
    en = ", ".join(every[:_SHOWN]) + (" …" if len(every) > _SHOWN else "")
    return Words(
        f"利用できる地区「{ja}は、この街の地区の名前にない（{count}か所。その地区の人は数えていない）",
        f"no area of this town is called {en} ({count} salons; people there are not counted)",
    )
