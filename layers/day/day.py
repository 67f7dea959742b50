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
from geo.base.words import Words
from geo.tables.rests import SAME_M, merge_rests, rests_of_sites
from geo.town import ask
from layers.day.salons import list_salons

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.analysis.band import Band
    from geo.analysis.rest_facts import RestFacts
    from geo.base.arrays import Flags
    from geo.coverage.coverage import Coverage
    from geo.coverage.question import Question
    from geo.town import Town
    from layers.day.salons import SalonList, When
    from layers.day.told import Told


@dataclass(frozen=True, kw_only=True, eq=False)
class Day:
    """A town on a day: what its register tells, and the 通いの場 that count (その日の街).

    Attributes
    ----------
    told
        The town as built, and its register's word on the ground.
    when
        Which day, and by whose knowledge.
    others
        通いの場 to ask of instead of those of the list; Sites on the town's plane.
    """

    told: Told
    when: When
    others: pd.DataFrame | None = None

    @property
    def built(self) -> Town:
        """The town as it was built (つくったままの街)."""
        return self.told.town

    @cached_property
    def listed(self) -> SalonList:
        """All 通いの場 known on the day, counting or not (その日の一覧)."""
        return list_salons(self.built, self.told.register, self.when)

    @cached_property
    def counted(self) -> pd.DataFrame:
        """Sites of the list that count: open, or of unknown state (数える通いの場)."""
        return self.listed.sites("yes", "unsure")

    @cached_property
    def homes(self) -> frozenset[str]:
        """Ids of 通いの場 that are somebody's home, given ones that stand at one too (個人の家).

        Of the town's own, which nobody recorded, nothing is known.
        """
        known = frozenset(one.site_id for one in self.listed.listed if one.home)
        if self.others is None:
            return known
        at = [one.at_m for one in self.listed.listed if one.home and one.at_m is not None]
        doors = pd.DataFrame(at, columns=["x_m", "y_m"], dtype=float)
        return known | frozenset(self.others["site_id"][_near(self.others, doors)])

    @property
    def salons(self) -> pd.DataFrame:
        """The 通いの場 that are asked of: Sites (問う通いの場)."""
        return self.counted if self.others is None else self.others

    @cached_property
    def town(self) -> Town:
        """The town with these 通いの場 for its own (その日の通いの場の街)."""
        return _with_salons(self.built, self.salons)

    @cached_property
    def sloped(self) -> Town:
        """The same with the slopes people measured (測った坂も入れた街)."""
        return _with_salons(self.told.sloped.town, self.salons)

    @cached_property
    def rests(self) -> pd.DataFrame:
        """Rests: the register's, and what the town and these 通いの場 tell beside (座れる所).

        As the register has them now, whichever the day: a seat of then is not known.
        """
        told, own = self.told.rests, rests_of_sites(self.town.sites)
        if told is None:
            return own
        if self.others is not None:
            gone = self.counted[~_stand(self.counted, self.others)]
            told = told[~_seats_of(told, gone, self.others)].reset_index(drop=True)
        return merge_rests(told, own)

    def among(self, salons: pd.DataFrame) -> Day:
        """Return the same day with other 通いの場 (別の通いの場で)."""
        return replace(self, others=salons)

    def at(self, when: When) -> Day:
        """Return the same town on another day (別の日の)."""
        return replace(self, when=when)

    def ends(self) -> tuple[Day, Day]:
        """Return the day with the least and the most 通いの場 there may be (低い方と高い方).

        The least are those surely open; the most are all but those known to be closed.
        """
        return (
            self.among(self.listed.sites("yes")),
            self.among(self.listed.sites("yes", "unsure", "early")),
        )

    def town_for(self, question: Question) -> Town:
        """Return the town a question is asked of: with slopes, those people measured too (問いの街)."""
        return self.sloped if question.heights else self.town

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
        return ask(self.town_for(question), question, rests=self.rests_for(question))

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
        return ask_band(town, question, rests=self.rests_for(question), surveyed=seen)

    def bench_gains(self, question: Question, *, count: int) -> pd.DataFrame:
        """Return where one more bench would help most, `geo.analysis.bench_gain.bench_gains`."""
        town = self.town_for(question)
        return bench_gains(town, question, rests=self.rests_for(question), count=count)

    def count_rests(self, question: Question) -> RestFacts:
        """Return which rests a question counts, by need, source and kind (休む所の内わけ)."""
        return count_rests(
            self.town_for(question), question, self.rests, days=self.looked_for(question)
        )

    def say_salons(self) -> list[Words]:
        """Return which 通いの場 were taken into account, a line each (数えた通いの場)."""
        if self.others is not None:
            count = len(self.others)
            return [Words(f"通いの場　{count}か所（渡された表）", f"Salons: {count} (of a file)")]
        return self.listed.say()

    def say_slopes(self, question: Question) -> list[Words]:
        """Return which measured slopes were used, a line each, where slopes count (測った坂)."""
        return self.told.sloped.say() if question.heights else []


def _with_salons(town: Town, salons: pd.DataFrame) -> Town:
    others = town.sites[town.sites["kind"] != "salon"]
    others = others[~others["site_id"].isin(salons["site_id"])]
    return replace(town, sites=pd.concat([others, salons], ignore_index=True))


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
