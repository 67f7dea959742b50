"""Whether the people of a point may come to a 通いの場 (ここの人が使えるか)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from geo.network.snap import Snaps
from layers.day.eligible import Areas

if TYPE_CHECKING:
    from collections.abc import Callable

    from layers.day.day import Day
    from layers.day.listed import Listed

May = Literal["anybody", "yes", "no", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whom:
    """Who may come to a 通いの場, seen from a point (だれが使えるか).

    Attributes
    ----------
    may
        ``anybody``; ``yes`` and ``no`` where it is for some areas, and this is in one of them or
        not, as coverage counts; ``unknown`` where it is not counted for here, and whom it is for
        is not all known.
    areas
        The names of the areas, as they were written.
    """

    may: May
    areas: tuple[str, ...] = ()


def whom_for(day: Day, at_m: tuple[float, float]) -> Callable[[Listed], Whom]:
    """Return what tells whether the people of a point may come to a 通いの場 (ここの人が使えるか).

    A home at the point is in the areas that lie there. Cost: the town's areas by name, once.
    """
    here = Areas(replace(day.built, cells=_home(at_m), cell_snaps=_nowhere()))

    def tell(listed: Listed) -> Whom:
        # Of one that may be as wished no group surely is: whom any of them is for.
        maybe = listed.venue.counts in ("maybe", "early")
        who = listed.venue.who("high" if maybe else day.end)
        flags = here.cells_for(who, day.end)
        names = tuple(sorted(who.areas or ()))
        if flags is None:
            return Whom(may="anybody", areas=names)
        if flags[0]:
            return Whom(may="yes", areas=names)
        unknown = not who.known or bool(here.unknown(who))
        return Whom(may="unknown" if unknown else "no", areas=names)

    return tell


def _home(at_m: tuple[float, float]) -> pd.DataFrame:
    """Return Cells of one home, whose area no table of people tells."""
    return pd.DataFrame(
        {
            "cell_id": ["here"], "x_m": [at_m[0]], "y_m": [at_m[1]], "people_all": [1],
            "people_65": [1], "people_75": [1], "people_unknown": [0], "placed_by": ["point"],
            "area_id": [""],
        }
    )  # fmt: skip


def _nowhere() -> Snaps:
    return Snaps(edge=np.array([-1]), along_m=np.array([np.nan]), off_m=np.array([np.inf]))
