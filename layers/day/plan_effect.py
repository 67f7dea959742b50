"""Who gains and who loses by a plan, beside the day as it is (検討案の効き目)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.analysis.by_stop import count_by_stop, find_by_stop
from geo.analysis.reached import compare_reach, reach_sites
from geo.town import ask
from layers.day.planned import carry_out, move_stops, stops_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from geo.analysis.by_stop import Rides
    from geo.analysis.reached import Moved, Reached
    from geo.base.arrays import Flags
    from geo.coverage.question import Question
    from geo.walk.costs import Unknown
    from layers.day.day import Day
    from surveys.record.plan import Change


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Effect:
    """What a plan does (検討案の効き目).

    Attributes
    ----------
    before, after
        The day as it is, and as it would be.
    known
        By what is known.
    within
        (C,) whether each home would be within reach.
    low, high
        With all that is not known taken as bad, and as good; None where it was not asked.
    rides
        Whom stops could bring as it is and as it would be; None where no stop moves.
    """

    before: Day
    after: Day
    known: Moved
    within: Flags
    low: Moved | None = None
    high: Moved | None = None
    rides: tuple[Rides, Rides] | None = None

    @property
    def ends(self) -> tuple[Moved, ...]:
        """The counts with the unknown taken as bad and as good, none where it was not asked (両端)."""
        return tuple(one for one in (self.low, self.high) if one is not None)


def find_effect(
    day: Day,
    changes: Sequence[Change],
    question: Question,
    *,
    base: Reached | None = None,
    ends: bool = False,
) -> Effect:
    """Return who gains and who loses by a plan (検討案の効き目を数える).

    Parameters
    ----------
    base
        `base_of` the day and the question, where it is known: counting is then quicker.
    ends
        Whether to count it with the unknown taken as bad and as good, too.

    Raises
    ------
    InputError
        As `carry_out`, and `geo.town.ask`.

    Notes
    -----
    Equal to two answers of `geo.town.ask` held side by side. Cost: without rules of seats and
    toilets, one short search from each 通いの場 that is new or moved; else, and where a street is
    mended, as `base_of`.
    """
    after = carry_out(day, changes)
    base = base_of(day, question) if base is None else base
    town = day.town_for(question)
    reached = reach_after(day, after, question, base)
    known = compare_reach(town, question, base.within(), reached.within())
    low = high = None
    if ends:
        lows, highs = (_worlds(one, question) for one in (day, after))
        low = compare_reach(town, question, lows[0], highs[0])
        high = compare_reach(town, question, lows[1], highs[1])
    rides = None
    if moves_stops(changes):
        rides = count_rides(day, after, changes, question, (base.within(), reached.within()))
    return Effect(
        before=day, after=after, known=known, within=reached.within(), low=low, high=high,
        rides=rides,
    )  # fmt: skip


def moves_stops(changes: Sequence[Change]) -> bool:
    """Say whether a plan moves a stop (停留所をうつすか)."""
    return any(one.do == "stop" for one in changes)


def count_rides(
    day: Day,
    after: Day,
    changes: Sequence[Change],
    question: Question,
    within: tuple[Flags, Flags],
) -> tuple[Rides, Rides]:
    """Return whom stops could bring, as it is and as it would be (停留所で来られる人).

    Parameters
    ----------
    within
        (C,) homes within walking reach on either day.
    """
    stops = (stops_of(day), move_stops(day, changes))
    before, then = (
        _rides(one, question, some, flags)
        for one, some, flags in zip((day, after), stops, within, strict=True)
    )
    return before, then


def _rides(day: Day, question: Question, stops: pd.DataFrame, within: Flags) -> Rides:
    town = day.town_for(question)
    found = find_by_stop(town, question, stops, rests=day.rests_for(question))
    return count_by_stop(found, town, question, within)


def base_of(day: Day, question: Question) -> Reached:
    """Return every walk within a question's range on a day (いまの組)."""
    return reach_sites(
        day.town_for(question), question, rests=day.rests_for(question), eligible=day.eligible
    )


def reach_after(day: Day, after: Day, question: Question, base: Reached) -> Reached:
    """Return the walks of the day as it would be, those that stay the same taken over (変わったあとの組).

    Parameters
    ----------
    after
        The same day with other 通いの場, seats or streets, or an end of it.
    base
        `base_of` the day and the question.
    """
    same_ground = after.told is day.told and day.rests_for(question) is None
    same_people = day.eligible is None or after.end == day.end
    if not (same_ground and same_people):
        return base_of(after, question)
    was, now = day.salons, after.salons
    keys = ["site_id", "x_m", "y_m"]
    held = set(was[keys].itertuples(index=False, name=None))
    stays = np.array([row in held for row in now[keys].itertuples(index=False, name=None)], bool)
    kept = set(now["site_id"][stays])
    new = now[~stays].reset_index(drop=True)
    rest = base.without({one for one in base.ids if one not in kept})
    if new.empty:
        return rest
    found = reach_sites(after.town_for(question), question, new, eligible=after.eligible)
    return rest.joined(found)


def _worlds(day: Day, question: Question) -> tuple[Flags, Flags]:
    """Return who is within reach with the unknown taken as bad, and as good."""
    low, high = day.ends()
    looked = day.looked_for(question) if question.rest_m is not None else None
    free = None
    if question.rest_m is not None:
        free = (
            np.ones(day.built.network.edge_count, dtype=bool)
            if looked is None
            else np.asarray(looked == "", dtype=bool)
        )
    return _within(low, question, "bad", None), _within(high, question, "good", free)


def _within(day: Day, question: Question, unknown: Unknown, free: Flags | None) -> Flags:
    if free is None:
        return reach_sites(
            day.town_for(question), question, rests=day.rests_for(question), unknown=unknown,
            eligible=day.eligible,
        ).within()  # fmt: skip
    found = ask(
        day.town_for(question), question, rests=day.rests_for(question), unknown=unknown,
        free=free, eligible=day.eligible,
    )  # fmt: skip
    return np.asarray(found.cells["status"] == "within", dtype=bool)
