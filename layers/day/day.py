"""A town on a day: the tables a question is asked of, for pages and commands alike (その日の街).

The one place where the ground and the register meet. A page, a command, a file and a sheet ask a
`Day`; none of them reads the register for itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from geo.analysis.band import ask_band
from geo.analysis.bench_gain import bench_gains
from geo.analysis.rest_facts import count_rests, needs_of
from geo.tables.rests import SAME_M, merge_rests, rests_of_sites
from geo.town import ask

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.analysis.band import Band
    from geo.analysis.rest_facts import RestFacts
    from geo.base.arrays import Flags
    from geo.base.words import Words
    from geo.coverage.coverage import Coverage
    from geo.coverage.question import Question
    from geo.town import Town
    from layers.day.told import Told


@dataclass(frozen=True, kw_only=True, eq=False)
class Day:
    """A town, what its register tells, and the 通いの場 that count (その日の街).

    Attributes
    ----------
    told
        The town as built, and its register's word on the ground.
    others
        通いの場 to ask of instead of the town's own; Sites on the town's plane.
    """

    told: Told
    others: pd.DataFrame | None = None

    @property
    def built(self) -> Town:
        """The town as it was built (つくったままの街)."""
        return self.told.town

    @property
    def salons(self) -> pd.DataFrame:
        """The 通いの場 that count: Sites (数える通いの場)."""
        return self.built.salons if self.others is None else self.others

    @cached_property
    def rests(self) -> pd.DataFrame:
        """Rests: the register's, and what the town and these 通いの場 tell beside (座れる所)."""
        town, told = self.built, self.told.rests
        if self.others is None:
            own = rests_of_sites(town.sites)
            return own if told is None else merge_rests(told, own)
        own = _rests_beside(town, self.others)
        if told is None:
            return own
        gone = town.salons[~_stand(town.salons, self.others)]
        return merge_rests(told[~_seats_of(told, gone, self.others)].reset_index(drop=True), own)

    def among(self, salons: pd.DataFrame) -> Day:
        """Return the same day with other 通いの場 (別の通いの場で)."""
        return replace(self, others=salons)

    def town_for(self, question: Question) -> Town:
        """Return the town a question is asked of: with slopes, those people measured too (問いの街)."""
        return self.told.sloped.town if question.heights else self.built

    def rests_for(self, question: Question) -> pd.DataFrame | None:
        """Return the Rests a question looks at, None where it has no such rule (問いの休む所)."""
        return self.rests if needs_of(question) else None

    def looked_for(self, question: Question) -> npt.NDArray[np.str_] | None:
        """Return (E,) the last day each street was looked at, None where no rule needs it (見た道)."""
        return self.told.looked if needs_of(question) else None

    def ask(self, question: Question) -> Coverage:
        """Return the coverage (街に問う).

        Raises
        ------
        InputError
            As `geo.town.ask`.
        """
        return ask(self.town_for(question), question, self.salons, rests=self.rests_for(question))

    def ask_band(self, question: Question) -> Band:
        """Return the coverage with the unknown taken as bad and as good (幅のある答え).

        Raises
        ------
        InputError
            As `geo.town.ask`.
        """
        looked = self.looked_for(question) if question.rest_m is not None else None
        seen: Flags | None = None if looked is None else np.asarray(looked != "", dtype=bool)
        town = self.town_for(question)
        return ask_band(town, question, self.salons, rests=self.rests_for(question), surveyed=seen)

    def bench_gains(self, question: Question, *, count: int) -> pd.DataFrame:
        """Return where one more bench would help most, `geo.analysis.bench_gain.bench_gains`."""
        town = self.town_for(question)
        return bench_gains(town, question, self.salons, rests=self.rests_for(question), count=count)

    def count_rests(self, question: Question) -> RestFacts:
        """Return which rests a question counts, by need, source and kind (休む所の内わけ)."""
        return count_rests(
            self.town_for(question), question, self.rests, days=self.looked_for(question)
        )

    def say_slopes(self, question: Question) -> list[Words]:
        """Return which measured slopes were used, a line each, where slopes count (測った坂)."""
        return self.told.sloped.say() if question.heights else []


def _rests_beside(town: Town, salons: pd.DataFrame) -> pd.DataFrame:
    """Return Rests as the town's sites tell them, with these 通いの場 for its own."""
    others = town.sites[town.sites["kind"] != "salon"]
    others = others[~others["site_id"].isin(salons["site_id"])]
    return rests_of_sites(pd.concat([others, salons], ignore_index=True))


def _stand(salons: pd.DataFrame, among: pd.DataFrame) -> Flags:
    """Return which 通いの場 stand at their place among others: (n,)."""
    keys = ["site_id", "x_m", "y_m"]
    held = set(among[keys].itertuples(index=False, name=None))
    rows = salons[keys].itertuples(index=False, name=None)
    return np.array([row in held for row in rows], dtype=bool)


def _seats_of(rests: pd.DataFrame, gone: pd.DataFrame, salons: pd.DataFrame) -> Flags:
    """Return which Rests are of 通いの場 that are gone: (n,). With them goes their seat."""
    kind = (rests["kind"] == "salon").to_numpy(dtype=bool)
    return kind & _near(rests, gone) & ~_near(rests, salons)


def _near(rests: pd.DataFrame, places: pd.DataFrame) -> Flags:
    if places.empty or rests.empty:
        return np.zeros(len(rests), dtype=bool)
    tree = cKDTree(places[["x_m", "y_m"]].to_numpy(dtype=float))
    far, _ = tree.query(rests[["x_m", "y_m"]].to_numpy(dtype=float))
    return np.asarray(far <= SAME_M, dtype=bool)
