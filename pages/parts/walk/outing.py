"""Walks as a list shows them: still ahead or not, and what they came to (一覧の踏査)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surveys.record.outcome import outcome_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from surveys.record.outcome import Outcome
    from surveys.record.site import Site
    from surveys.store.register import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class Outing:
    """One walk in the list (一覧の踏査).

    Attributes
    ----------
    planned
        Whether it lies ahead: its day is to come, and nothing was seen.
    """

    walk: Site
    outcome: Outcome
    planned: bool


def look_at(register: Register, walk: Site, today: date) -> Outing:
    """Count what a walk came to; it is planned while its day is to come and nothing was seen (踏査を数える)."""
    outcome = outcome_of(walk.answers, register.versions_of_walk(walk.id))
    on = str(walk.answer("on") or "")
    planned = outcome.state == "yet" and (not on or on >= today.isoformat())
    return Outing(walk=walk, outcome=outcome, planned=planned)


def order_outings(outings: Iterable[Outing]) -> list[Outing]:
    """Return the planned walks, the soonest first, then the others, the newest first (踏査を並べる)."""
    given = list(outings)
    planned = [one for one in given if one.planned]
    done = [one for one in given if not one.planned]
    planned.sort(key=lambda one: (str(one.walk.answer("on") or "9"), one.walk.number))
    return [*planned, *done]
