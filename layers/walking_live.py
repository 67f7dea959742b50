"""What the register says for walking, of the town being served (動いている台帳から、歩くために).

Rests, streets somebody looked at and measured slopes: for the office, read anew when the town or
its register changed. Shared by everyone: nobody changes them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from geo.places import merge_rests, rests_of_sites
from layers.live import town_now
from layers.register_live import register_now, register_stamp
from layers.register_rests import read_rests
from layers.surveyed_read import read_looked
from layers.surveyed_slopes import read_slopes
from layers.surveyed_streets import surveyed_edges
from surveys.store.devices import list_tracks

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    from layers.surveyed_slopes import SlopeFact


def rests_now() -> pd.DataFrame:
    """Return the register's Rests, and the town's own it says nothing of (いまの座れる所)."""
    return _rests(register_stamp())


def surveyed_now() -> npt.NDArray[np.str_]:
    """Return the last day somebody looked at each street, "" for never (いまの見て歩いた道)."""
    # Tracks are kept, and deleted, apart from what the register's own stamp tells.
    tracks = tuple((one.id, one.received_at) for one in list_tracks(register_now()))
    return _surveyed(register_stamp(), tracks)


def slopes_now() -> tuple[SlopeFact, ...]:
    """Return the measured slopes of the town's streets (いまの測った坂)."""
    return _slopes(register_stamp())


@lru_cache(maxsize=2)
def _rests(_at: tuple[str, ...]) -> pd.DataFrame:
    town = town_now()
    return merge_rests(read_rests(register_now(), town.plane), rests_of_sites(town.sites))


@lru_cache(maxsize=2)
def _surveyed(_at: tuple[str, ...], _tracks: tuple[tuple[str, str], ...]) -> npt.NDArray[np.str_]:
    town = town_now()
    days = surveyed_edges(
        town.network, read_looked(register_now(), town), snap_limit_m=town.snap_limit_m,
        snapper=town.snapper,
    )  # fmt: skip
    days.setflags(write=False)
    return days


@lru_cache(maxsize=2)
def _slopes(_at: tuple[str, ...]) -> tuple[SlopeFact, ...]:
    return read_slopes(register_now(), town_now())
