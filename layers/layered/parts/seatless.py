"""Streets from which no usable seat is near on foot (座れる所のない道)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from geo.base.words import Words
from geo.tables.rests import said_for
from geo.town import ground_of, put_places
from geo.walk.reach import reach_parts, rest_parts
from layers.asked import make_question
from layers.layered.parts.classed import dump_classes, join_parts
from layers.served.answers import day_for
from layers.served.register import register_stamp
from layers.served.town import town_now
from layers.served.walking import surveyed_now, tracks_now

if TYPE_CHECKING:
    import pandas as pd

    from geo.base.arrays import Flags
    from geo.town import Town
    from geo.walk.ground import Ground
    from geo.walk.reach import Parts
    from layers.asked import Asked


def dump_seatless(asked: Asked, metres: int) -> bytes:
    """Return the streets without a seat within some metres for the browser (座れる所のない道の GeoJSON).

    As the question's walker walks, with slopes where it asks for them; the seats are those of
    `layers.day.day.Day.rests`, a toilet among them as in the rule of rests.
    """
    return _dump(asked, metres, (*register_stamp(), repr(tracks_now())))


@lru_cache(maxsize=8)
def _dump(asked: Asked, metres: int, _at: tuple[str, ...]) -> bytes:
    day = day_for(asked)
    question = make_question(asked, day.built)
    town = day.town_for(question)
    ground = ground_of(town, walker=question.walker, heights=question.heights)
    looked = (
        surveyed_now() != "" if surveyed_now().size else np.zeros(town.network.edge_count, bool)
    )
    none, unknown = seatless_parts(town, ground, day.rests, metres=metres, looked=looked)
    return dump_classes(town.network, town.plane, {"unknown": unknown, "none": none})


def seatless_parts(
    town: Town, ground: Ground, rests: pd.DataFrame, *, metres: float, looked: Flags
) -> tuple[Parts, Parts]:
    """Return the parts of streets known to have no seat near, and those of which it is not known (座れない区間).

    Parameters
    ----------
    rests
        Rests (`geo.tables.rests`).
    metres
        Flat-equivalent metres of `ground`, the way from the street to the seat too.
    looked
        (E,) whether somebody ever looked at a street.

    Notes
    -----
    Known to have none is a part from which neither a seat nor a place that may have one is near,
    on a street somebody looked at. Streets the walker cannot use are in neither. Cost: two
    searches of all streets.
    """
    said = said_for(rests, "seat")
    sure, maybe = (
        reach_parts(
            ground, put_places(town, ground, rests[said.isin(words)]), limit_m=metres
        )
        for words in (["yes"], ["yes", "unknown"])
    )  # fmt: skip
    usable = ground.costs.usable
    none = rest_parts(ground.network, maybe, np.flatnonzero(usable & looked))
    rest = rest_parts(ground.network, join_parts(sure, none), np.flatnonzero(usable))
    return none, rest


def no_streets() -> Words | None:
    """Return why no street can be shown, None where there are some (道がないわけ)."""
    if town_now().network.edge_count:
        return None
    return Words("この街には道のデータがありません。", "This town has no streets.")
