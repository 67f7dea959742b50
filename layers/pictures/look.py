"""How each area of a map looks: its step, its hatch, its number (地区の見え方)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from geo.tables.tables import each_row
from layers.maps.area_answer import gap_ranks, no_people_given
from layers.maps.palette import INDIGO, VERMILION, share_class

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from geo.analysis.week import Week
    from geo.coverage.coverage import Coverage
    from geo.town import Town

# ``share`` has a step; ``none``: people live there and no share is known; ``empty``: nobody does;
# ``plain``: no share is asked about; ``bare``: no area, of which no more than its hatch is drawn.
State = Literal["share", "none", "empty", "plain", "bare"]
Hatch = Literal["", "gap", "rest", "gained", "lost"]

# A table on a wall has so many rows, and no number stands on its map without a row.
NUMBERED: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How one area is drawn (地区の見え方).

    Attributes
    ----------
    state, step
        What its share is, and its step of five where it has one.
    hatch
        What is drawn over it.
    plate
        The number on its plate, "" for none.
    figures
        Texts and their colours, a line each, in its middle.
    """

    state: State = "plain"
    step: int = 0
    hatch: Hatch = ""
    plate: str = ""
    figures: tuple[tuple[str, str], ...] = ()


def coverage_looks(town: Town, coverage: Coverage, *, numbered: bool = True) -> list[Look]:
    """Return the areas by their share, gaps hatched, the first `NUMBERED` numbered as the table (徒歩圏カバー)."""
    states = _states(town, coverage)
    ranks = gap_ranks(coverage)
    looks = []
    for row, state, rank in zip(each_row(coverage.areas), states, ranks, strict=True):
        rest = row.no_rest > 0 and 2 * row.no_rest >= row.outside
        hatch: Hatch = "rest" if rest else "gap" if rank else ""
        looks.append(
            Look(
                state=state, step=share_class(row.share) if state == "share" else 0, hatch=hatch,
                plate=str(rank) if 0 < rank <= NUMBERED and numbered else "",
            )
        )  # fmt: skip
    return looks


def week_looks(town: Town, week: Week, weekday: str, half: str, at_least: str) -> list[Look]:
    """Return the areas by the share one weekday and half of the day reaches (その曜日の地区)."""
    table, coverage = week.areas, week.coverage
    keys = {"part": "time", "weekday": weekday, "half": half, "at_least": at_least}
    mine = table[np.all([table[name] == value for name, value in keys.items()], axis=0)]
    return [
        Look(state=state, step=share_class(float(share)) if state == "share" else 0)
        for state, share in zip(_states(town, coverage), mine["share"], strict=True)
    ]


def moved_looks(areas: pd.DataFrame) -> list[Look]:
    """Return the areas hatched by whom they gain and lose, with how many (増減の地区).

    Parameters
    ----------
    areas
        ``gained lost``, a row an area. Gained and lost lean to different sides.
    """
    looks = []
    for row in each_row(areas):
        gained, lost = int(row.gained), int(row.lost)
        hatch: Hatch = "" if not (gained or lost) else "gained" if gained >= lost else "lost"
        told = [(f"＋{gained:,}", INDIGO)] if gained else []
        told += [(f"−{lost:,}", VERMILION)] if lost else []
        looks.append(Look(hatch=hatch, figures=tuple(told)))
    return looks


def _states(town: Town, coverage: Coverage) -> Iterable[State]:
    silent = no_people_given(town, coverage.question.division)
    for row in each_row(coverage.areas):
        if np.isfinite(row.share):
            yield "share"
        else:
            yield "none" if row.people > 0 or row.area_id in silent else "empty"
