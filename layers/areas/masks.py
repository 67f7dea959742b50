"""Which counts of the areas' sheets a council is not shown, all sheets taken together (シートで伏せる数)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.analysis.masked_areas import family_of_areas, key_of
from geo.analysis.masking import Family, mask

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from geo.analysis.roll_up import Rolled
    from geo.tables.tables import People

COLUMNS: Final = ("people", "within", "outside", "off_network", "no_rest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Masks:
    """The counts that are not shown (伏せる数).

    Attributes
    ----------
    hidden
        Names of counts, as `find_masks` makes them.
    council
        Whether anything may be hidden at all.
    """

    hidden: frozenset[Hashable]
    council: bool

    def columns(self, where: tuple[str, str, str], age: People, walker: int) -> frozenset[str]:
        """Return which columns of one area's counts are hidden, ``known`` and ``share`` among them (伏せる列).

        Parameters
        ----------
        where
            Division and area, as `geo.analysis.masked_areas.key_of`, and ``within``.
        """
        if not self.council:
            return frozenset()
        division, area_id, within = where
        found = {
            column
            for column in COLUMNS
            if key_of(column, age, walker, division=division, area_id=area_id, within=within)
            in self.hidden
        }
        # Those a share is of are all but those off the network: they follow where these are shown.
        if found & {"people", "off_network"} and found & {"within", "outside"}:
            found.add("known")
        # A share gives the counts back to whoever knows the whole.
        if found & {"within", "outside"}:
            found.add("share")
        return frozenset(found)


NOTHING_HIDDEN: Final = Masks(hidden=frozenset(), council=False)


def find_masks(pairs: Sequence[tuple[Mapping[tuple[str, Hashable], Rolled], bool]]) -> Masks:
    """Return what a council is not shown on any sheet of some answers (伏せる数を決める).

    The areas of all divisions are one family, whichever sheets are printed: two files of the same
    town, day and question hide the same.

    Parameters
    ----------
    pairs
        For each two divisions: the answers by age line and walker, and whether the table of parts
        of these two stands on a sheet.

    Notes
    -----
    Cost: a search, of seconds for hundreds of areas.
    """
    family = Family()
    for rolled, rows_shown in pairs:
        family_of_areas(rolled, into=family, rows_shown=rows_shown)
    return Masks(hidden=mask(family), council=True)
