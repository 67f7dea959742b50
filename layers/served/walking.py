"""What the register says for walking, of the town being served (動いている台帳から、歩くために).

Rests, streets somebody looked at and measured slopes: for the office, read anew when the town or
its register changed. Shared by everyone: nobody changes them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.relief.told import ToldSlope, lay_slopes
from geo.tables.rests import merge_rests, rests_of_sites
from geo.town import Credit
from layers.served.register import register_now, register_stamp
from layers.served.town import town_now
from layers.surveyed.read import read_looked
from layers.surveyed.rests import read_rests
from layers.surveyed.slopes import read_slopes
from layers.surveyed.streets import surveyed_edges
from surveys.store.devices import list_tracks

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    from geo.town import Town
    from layers.surveyed.slopes import SlopeFact


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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sloped:
    """The town with the slopes people measured (測った坂を入れた街).

    Attributes
    ----------
    town
        The town being served, with these heights and a credit for them.
    laid
        The measured slopes that took the place of the heights' own.
    unlaid
        How many records with a grade were not used: no height tells which way is up, or a
        newer one is of the same street.
    """

    town: Town
    laid: tuple[SlopeFact, ...]
    unlaid: int


def sloped_now() -> Sloped:
    """Return the town being served with the measured slopes in it (いまの、坂を入れた街)."""
    return _sloped(register_stamp())


@lru_cache(maxsize=2)
def _sloped(_at: tuple[str, ...]) -> Sloped:
    town, facts = town_now(), [one for one in slopes_now() if one.grade >= 0 and not one.steps]
    if town.relief is None or not facts:
        return Sloped(town=town, laid=(), unlaid=0)
    told: dict[ToldSlope, SlopeFact] = {}
    for one in facts:
        told.setdefault(ToldSlope(one.edge, one.from_m, one.to_m, one.grade), one)
    relief, laid = lay_slopes(town.relief, told)
    used = tuple(told[one] for one in laid)
    records = {one.site_id for one in facts} - {one.site_id for one in used}
    if laid:  # files say so, too
        days = max(one.as_of for one in used)
        count = len({one.site_id for one in used})
        own = Credit(
            role="heights", name=f"台帳で測った坂 {count}本", date=days, licence="", credit=""
        )
        town = replace(town, relief=relief, credits=(*town.credits, own))
    return Sloped(town=town, laid=used, unlaid=len(records))


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
