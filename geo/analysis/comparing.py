"""What a change of the 通いの場 does to who is within reach (検討案をくらべる)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from geo.coverage.coverage import Coverage

BOTH: Final = ("within", "outside", "share", "minutes_p50")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two answers to one question, side by side (前後の比較).

    Attributes
    ----------
    before, after
        The answers.
    areas
        One row an area: ``area_id area_name division tier people off_network gained lost``
        and each of `BOTH` as ``_before`` and ``_after``; `gained` people come within reach,
        `lost` no longer are.
    gained, lost
        Of all areas together.
    """

    before: Coverage
    after: Coverage
    areas: pd.DataFrame
    gained: int
    lost: int


def compare_coverage(before: Coverage, after: Coverage) -> Comparison:
    """Return two answers to one question side by side (前後をくらべる).

    The cells of both are those of one town, in the same order.
    """
    area = before.cells["area"].to_numpy()
    people = before.cells["people"].to_numpy()
    was, now = (one.cells["status"].to_numpy() == "within" for one in (before, after))
    columns = ["area_id", "area_name", "division", "tier", "people", "off_network"]
    areas = before.areas[columns].copy()
    for name in BOTH:
        areas[f"{name}_before"], areas[f"{name}_after"] = before.areas[name], after.areas[name]
    for name, some in (("gained", now & ~was), ("lost", was & ~now)):
        counted = np.zeros(len(areas), dtype=np.int64)
        rows = np.flatnonzero(some & (area >= 0))
        np.add.at(counted, area[rows], people[rows])
        areas[name] = counted
    return Comparison(
        before=before,
        after=after,
        areas=areas,
        gained=int(areas["gained"].sum()),
        lost=int(areas["lost"].sum()),
    )
