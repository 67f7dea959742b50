"""A town on a day: the tables a question is asked of, for pages and commands alike (その日の街).

The one place where the ground and the register meet. A page, a command, a file and a sheet ask a
`Day`; none of them reads the register for itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.analysis.band import ask_band
from geo.analysis.bench_gain import bench_gains
from geo.analysis.rest_facts import count_rests, needs_of
from geo.base.dates import say_date
from geo.base.words import Words
from geo.coverage.question import Chosen
from geo.tables.rests import merge_rests, rests_of_sites
from geo.town import ask, ask_totals
from layers.day.eligible import Areas, say_eligible
from layers.day.listed import OF_A_FILE, say_counted
from layers.day.salons import list_salons
from layers.day.standing import add_salons, joined, near, seats_of, stand, with_salons
from surveys.record.wanted import EVERY_SALON, Wanted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    import numpy.typing as npt
    import shapely

    from geo.analysis.band import Band
    from geo.analysis.rest_facts import RestFacts
    from geo.base.arrays import Flags
    from geo.coverage.coverage import Coverage
    from geo.coverage.question import Question
    from geo.town import Town
    from layers.day.listed import SalonList
    from layers.day.salons import When
    from layers.day.told import Told
    from surveys.record.meeting import End, Who


@dataclass(frozen=True, kw_only=True, eq=False)
class Day:
    """A town on a day: what its register tells, and the 通いの場 that count (その日の街).

    Attributes
    ----------
    told
        The town as built, and its register's word on the ground.
    when
        Which day, and by whose knowledge.
    wanted
        Which 通いの場 are asked about, and for whom.
    given
        Those of a file, that stand in place of the register's list.
    others
        通いの場 to ask of instead of those that count; Sites on the town's plane.
    given_as
        What those are called.
    more_rests
        Rests there would be beside the register's; None for none.
    end
        Whom 通いの場 for some areas are taken to be for: surely, as is known, at most.
    """

    told: Told
    when: When
    wanted: Wanted = EVERY_SALON
    given: SalonList | None = None
    others: pd.DataFrame | None = None
    given_as: Words = OF_A_FILE
    more_rests: pd.DataFrame | None = None
    end: End = "known"

    @property
    def built(self) -> Town:
        """The town as it was built (つくったままの街)."""
        return self.told.town

    @cached_property
    def listed(self) -> SalonList:
        """All 通いの場 known on the day, counting or not (その日の一覧)."""
        return list_salons(self.built, self.told.register, self.when, self.wanted)

    @cached_property
    def counted(self) -> pd.DataFrame:
        """Sites of the list that count: open, or of unknown state (数える通いの場)."""
        return self.source.sites("yes", "unsure")

    @property
    def source(self) -> SalonList:
        """The list the 通いの場 are taken from: a file's, else the register's (もとの一覧)."""
        return self.listed if self.given is None else self.given

    @cached_property
    def homes(self) -> frozenset[str]:
        """Ids of 通いの場 that are somebody's home, given ones that stand at one too (個人の家).

        Of the town's own, which nobody recorded, nothing is known.
        """
        known = frozenset(one.site_id for one in self.listed.listed if one.home)
        if self.given is None and self.others is None:
            return known
        at = [one.at_m for one in self.listed.listed if one.home and one.at_m is not None]
        doors = pd.DataFrame(at, columns=["x_m", "y_m"], dtype=float)
        return known | frozenset(self.salons["site_id"][near(self.salons, doors)])

    @property
    def salons(self) -> pd.DataFrame:
        """The 通いの場 that are asked of: Sites (問う通いの場)."""
        return self.counted if self.others is None else self.others

    @cached_property
    def town(self) -> Town:
        """The town with these 通いの場, and places and records as one list (その日の街).

        Other places are as the register has them now, whichever the day, as seats are.
        """
        return with_salons(self.built, self.salons, self.told.joined.sites)

    @cached_property
    def sloped(self) -> Town:
        """The same with the slopes people measured (測った坂も入れた街)."""
        return with_salons(self.told.sloped.town, self.salons, self.told.joined.sites)

    @cached_property
    def rests(self) -> pd.DataFrame:
        """Rests: the register's, and what the town and these 通いの場 tell beside (座れる所).

        As the register has them now, whichever the day: a seat of then is not known. Where a
        通いの場 is not as wished, its seat stands all the same.
        """
        found = self.told.joined
        there = joined(self.salons, self.source.aside())
        places = self.built.sites[self.built.sites["site_id"].isin(found.places["rest_id"])]
        told, own = self.told.rests, rests_of_sites(add_salons(places, there))
        if self.given is not None or self.others is not None:
            before = joined(self.listed.sites("yes", "unsure"), self.listed.aside())
            gone = before[~stand(before, there)]
            told = told[~seats_of(told, gone, there)].reset_index(drop=True)
        known = merge_rests(told, own, said=found.said)
        if self.more_rests is None:
            return known
        return pd.concat([known, self.more_rests], ignore_index=True)

    def among(self, salons: pd.DataFrame, *, end: End | None = None) -> Day:
        """Return the same day with other 通いの場 (別の通いの場で)."""
        made = replace(self, others=salons, end=end or self.end)
        for name in ("listed", "areas"):  # what was read is not read again
            if name in self.__dict__:
                made.__dict__[name] = self.__dict__[name]
        return made

    def at(self, when: When) -> Day:
        """Return the same town on another day (別の日の)."""
        return replace(self, when=when)

    def ends(self) -> tuple[Day, Day]:
        """Return the day with the least and the most 通いの場 there may be (低い方と高い方).

        The least are those surely open and as wished; the most are all but those known to be
        closed, or not as wished.
        """
        return (
            self.among(self.source.sites("yes"), end="low"),
            self.among(self.source.sites("yes", "unsure", "early", "maybe"), end="high"),
        )

    @property
    def chosen(self) -> Chosen | None:
        """What is said of the 通いの場 asked about; None for all of them (選んだ通いの場)."""
        parts = self.wanted.parts
        if not parts:
            return None
        return Chosen(
            which=self.wanted.say_which(), eligible=self.wanted.eligible,
            parts=MappingProxyType(parts),
        )  # fmt: skip

    @cached_property
    def areas(self) -> Areas:
        """The town's areas by name (名前でさがす地区)."""
        return Areas(self.built)

    @cached_property
    def limited(self) -> Mapping[str, Who]:
        """Who may come, by id, where it is asked and not everybody may (使える人の決まった通いの場)."""
        if not self.wanted.eligible:
            return {}
        return limits_of(self.source, set(self.salons["site_id"]), self.end)

    @cached_property
    def eligible(self) -> Mapping[str, Flags] | None:
        """(C,) whose people each of these may come from, by id; None where it is not asked (使える人)."""
        if not self.wanted.eligible:
            return None
        return self.areas.cells_of_each(self.limited, self.end)

    @property
    def grounds(self) -> Mapping[str, shapely.Geometry]:
        """The ground where the people live that each is for, by id, where it is asked (使える人の所)."""
        found = {id_: self.areas.ground_for(who, self.end) for id_, who in self.limited.items()}
        return {id_: ground for id_, ground in found.items() if ground is not None}

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
        return ask(
            self.town_for(question), self.as_asked(question), rests=self.rests_for(question),
            eligible=self.eligible,
        )  # fmt: skip

    def totals(self, question: Question) -> dict[str, int]:
        """Return the totals of `ask` alone: for a line beside its answer (合計だけを問う).

        Raises
        ------
        InputError
            As `geo.town.ask`.
        """
        return ask_totals(
            self.town_for(question), self.as_asked(question), rests=self.rests_for(question),
            eligible=self.eligible,
        )  # fmt: skip

    def as_asked(self, question: Question) -> Question:
        """Return a question that says which 通いの場 it is about (選び方を添えた問い)."""
        return replace(question, chosen=self.chosen)

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
        return ask_band(
            town, self.as_asked(question), rests=self.rests_for(question), surveyed=seen,
            eligible=self.eligible,
        )  # fmt: skip

    def bench_gains(self, question: Question, *, count: int) -> pd.DataFrame:
        """Return where one more bench would help most, `geo.analysis.bench_gain.bench_gains`."""
        town = self.town_for(question)
        return bench_gains(
            town, question, rests=self.rests_for(question), eligible=self.eligible, count=count
        )

    def count_rests(self, question: Question) -> RestFacts:
        """Return which rests a question counts, by need, source and kind (休む所の内わけ)."""
        return count_rests(
            self.town_for(question), question, self.rests, days=self.looked_for(question)
        )

    def say_when(self) -> Words:
        """Return which day's 通いの場 are asked of, and by whose knowledge (いつの、だれの知ったことか)."""
        ja, en = (say_date(date.fromisoformat(self.when.on), lang) for lang in ("ja", "en"))
        by = (
            Words("その日までに記録されていたことで", "by what the register knew then")
            if self.when.known
            else Words("いま分かっているかぎり", "by what is known now")
        )
        return Words(
            f"{ja}の通いの場で数えた（{by.ja}。人と道は、いまのもの）",
            f"Counted with the salons of {en}, {by.en}; people and streets are today's",
        )

    def say_salons(self) -> list[Words]:
        """Return which 通いの場 were taken into account, a line each (数えた通いの場)."""
        if self.given is not None:
            base = self.given.say(self.given_as)
        elif self.others is not None:
            base = say_counted(len(self.others), [OF_A_FILE])
        else:
            base = self.listed.say()
        return [*base, *self.say_chosen()]

    def say_chosen(self) -> list[Words]:
        """Return what is wished, and whom 通いの場 are for; nothing where all are asked about (選び方の文)."""
        limits = say_eligible(self.limited, self.areas) if self.wanted.eligible else []
        return [*self.wanted.say(), *limits]

    def say_ends(self, question: Question) -> list[Words]:
        """Return the figure without those that may be closed, and with those that may be open (両端の文).

        Nothing where all is known. With wishes, those that may be as wished are in the high one.
        Cost: an answer more for each line.
        """
        low, most = self.ends()
        less = len(self.salons) - len(low.salons)
        lines = []
        if less:
            out = f"{low.totals(question)['outside']:,}"
            lines.append(
                Words(
                    f"ようすの分からない通いの場 {less}か所を数えなければ、届かない人は {out}人",
                    f"without {less} salons of unknown state, {out} would be out of reach",
                )
            )
        more = len(most.salons) - len(self.salons)
        unsure = any(not one.known or self.areas.unknown(one) for one in self.limited.values())
        if more or unsure:
            out = f"{most.totals(question)['outside']:,}"
            lines.append(self._say_most(more, out))
        return lines

    def _say_most(self, more: int, out: str) -> Words:
        if not more:
            return Words(
                f"だれが来られるか分からない通いの場をだれでも使えるとすると、届かない人は {out}人",
                f"if everybody may come where it is not known who may, {out} would be out of reach",
            )
        ja, en = (
            ("開いていたか", "may have been open")
            if self.chosen is None
            else ("合うか", "may be as wished")
        )
        return Words(
            f"{ja}分からない通いの場 {more}か所も入れると、届かない人は {out}人",
            f"with {more} salons more that {en}, {out} would be out of reach",
        )

    def say_slopes(self, question: Question) -> list[Words]:
        """Return which measured slopes were used, a line each, where slopes count (測った坂)."""
        if not question.heights:
            return []
        inside = self.told.inside
        apart = Words(
            f"公園カルテの中の坂・段差・階段 {inside}か所は、道の坂に入れていない",
            f"{inside} slopes and steps inside records of parks do not count on the streets",
        )
        return [*self.told.sloped.say(), *([apart] if inside else [])]


def limits_of(source: SalonList, ids: AbstractSet[str], end: End) -> dict[str, Who]:
    """Return who may come to some of a list, by id, where not everybody may (決まった人の通いの場)."""
    told = {one.site_id: one.venue.who(end) for one in source.listed if one.site_id in ids}
    return {id_: who for id_, who in told.items() if who.areas is not None}
