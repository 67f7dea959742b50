"""A question of some homes alone: what one of them is told does not hang on the others (一部の家)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.base.arrays import Flags, Ints
    from geo.coverage.coverage import Coverage
    from geo.town import Town


def town_of_homes(town: Town, rows: Ints) -> Town:
    """Return a town with some of its homes alone; streets and places are its own (一部の家だけの街).

    Parameters
    ----------
    rows
        Of the town's cells.
    """
    cells = town.cells.iloc[rows].reset_index(drop=True)
    return replace(town, cells=cells, cell_snaps=town.cell_snaps.take(rows))


def coverage_of_homes(coverage: Coverage, rows: Ints) -> Coverage:
    """Return an answer with the cells of some homes alone; areas and totals are of all (一部の家の答え)."""
    return replace(coverage, cells=coverage.cells.iloc[rows].reset_index(drop=True))


def eligible_of_homes(
    eligible: Mapping[str, Flags] | None, rows: Ints
) -> Mapping[str, Flags] | None:
    """Return whose people each 通いの場 is for, of some homes alone (一部の家の、使える人)."""
    return None if eligible is None else {id_: flags[rows] for id_, flags in eligible.items()}
