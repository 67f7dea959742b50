"""The answer for the people of one area, a drawn shape, or any other homes (一部の人の答え)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from geo.coverage.coverage import COUNTED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.base.arrays import Flags
    from geo.coverage.coverage import Coverage


def part_of(coverage: Coverage, inside: Flags) -> Coverage:
    """Return an answer as it is for some of its homes alone (一部の家の答え).

    Of an area's homes the totals are the area's own row, so that every sentence of a town can be said
    of a part of it. Measures, and people without a place, are not told of a part.

    Parameters
    ----------
    inside
        (C,) which rows of `coverage.cells` are meant.

    Raises
    ------
    ValueError
        There are more or fewer flags than cells.
    """
    cells = coverage.cells
    if inside.shape != (len(cells),):
        message = f"{inside.shape} flags for {len(cells)} cells"
        raise ValueError(message)
    some = cells[inside].reset_index(drop=True)
    away = np.isinf(some["walk_m"].to_numpy(dtype=float))
    people = some["people"].to_numpy(dtype=np.int64)
    return replace(
        coverage, cells=some, areas=coverage.areas.iloc[:0], totals=count_cells(coverage, inside),
        left_out={**coverage.left_out, "outside_division": 0, "no_path": int(people[away].sum()),
                  **dict.fromkeys(_OF_THE_TOWN & coverage.left_out.keys(), 0)},
        notes={}, whole={},
    )  # fmt: skip


_OF_THE_TOWN = {"not_placed", "between_areas"}


def count_cells(coverage: Coverage, inside: Flags) -> dict[str, int]:
    """Return ``people within outside off_network no_rest`` of some homes (一部の家の人数)."""
    status = coverage.cells["status"].to_numpy()
    people = np.where(inside, coverage.cells["people"].to_numpy(dtype=np.int64), 0)
    sums: Mapping[str, int] = {
        name: int(people[status == name].sum())
        for name in ("within", "outside", "no_rest", "off_network")
    }
    counts = {
        "people": int(people.sum()), "within": sums["within"],
        "outside": sums["outside"] + sums["no_rest"], "off_network": sums["off_network"],
        "no_rest": sums["no_rest"],
    }  # fmt: skip
    return {name: counts[name] for name in COUNTED}
