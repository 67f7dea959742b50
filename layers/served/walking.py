"""The day of the town being served, read anew when the town or its register changed (いまの街)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from layers.day.day import Day
from layers.day.salons import When
from layers.day.told import Told
from layers.served.clock import today_in_japan
from layers.served.register import register_now, register_stamp
from layers.served.town import town_now
from surveys.record.wanted import EVERY_SALON, Wanted
from surveys.store.devices import track_marks

if TYPE_CHECKING:
    import numpy.typing as npt


def day_now(when: When | None = None, wanted: Wanted = EVERY_SALON) -> Day:
    """Return the day a question is asked of, today if none is said (いまの街と台帳).

    Shared: nobody changes it.
    """
    told = _told(register_stamp(), tracks_now())
    return _day(told, when or When(on=today_in_japan()), wanted)


def surveyed_now() -> npt.NDArray[np.str_]:
    """Return (E,) the last day somebody looked at each street, "" for never (いまの見て歩いた道)."""
    looked = day_now().told.looked
    return np.zeros(0, dtype=np.str_) if looked is None else looked


def tracks_now() -> tuple[tuple[str, str], ...]:
    """Return the tracks there are: kept, and deleted, apart from the register's own stamp (歩いた跡)."""
    return track_marks(register_now())


@lru_cache(maxsize=2)
def _told(_at: tuple[str, ...], _tracks: tuple[tuple[str, str], ...]) -> Told:
    return Told(town=town_now(), register=register_now())


@lru_cache(maxsize=12)
def _day(told: Told, when: When, wanted: Wanted) -> Day:
    return Day(told=told, when=when, wanted=wanted)
