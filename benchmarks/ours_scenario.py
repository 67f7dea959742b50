"""Our own engine at one change: a site added, moved, removed, in turn, each from the same standing."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from networkx_oracle import ALLOWED_M

from geo.walk.ground import make_ground
from geo.walk.standing import Standing, make_standing

if TYPE_CHECKING:
    from collections.abc import Callable

    from store import Case, Work

    Change = Callable[[], Standing]

_CHANGES: Final = 51  # one more than the rounds, for the warm-up
_HELD: Final = 6  # changes that are held against a standing made from the start


def scenario(work: Work) -> Callable[[Case], Callable[[], Any]]:
    """Every person's walk after one change, the standing before it being known.

    Raises
    ------
    ValueError
        When a standing after a change differs from one made from the start.
    """
    ground = make_ground(work.network)

    def ask(case: Case) -> Callable[[], Any]:
        before = make_standing(
            ground.graph, work.snaps("people", case.people), work.snaps("sites", case.sites)
        )
        changes = _changes(before, case.sites)
        for change in changes[:_HELD]:
            _hold(change())
        turn = cycle(changes)
        return lambda: next(turn)().nearest.metres

    return ask


def _changes(before: Standing, sites: int) -> list[Change]:
    """Return changes in turn: one more site where someone lives, one elsewhere, one less."""
    rng = np.random.default_rng(4)
    homes = np.flatnonzero(before.cell_snaps.edge >= 0)
    changes: list[Change] = []
    for number in range(_CHANGES):
        place = before.cell_snaps.take(rng.choice(homes, 1))
        row = int(rng.integers(sites))
        changes.append(
            (
                lambda place=place: before.add_site(place),
                lambda place=place, row=row: before.move_site(row, place),
                lambda row=row: before.remove_site(row),
            )[number % 3]
        )
    return changes


def _hold(after: Standing) -> None:
    still = np.flatnonzero(after.open)
    anew = make_standing(after.graph, after.cell_snaps, after.site_snaps.take(still))
    right, found = anew.nearest.metres, after.nearest.metres
    if not np.allclose(found, right, rtol=0, atol=ALLOWED_M, equal_nan=True):
        raise ValueError("a standing after a change is not the one made from the start")


TASKS = {"scenario": scenario}
