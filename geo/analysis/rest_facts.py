"""Which rests a figure counts, where they come from and how old they are (数えた休む所の内わけ)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geo.tables.rests import REST_WORDS, said_for
from geo.town import ground_of, put_places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from geo.coverage.question import Question
    from geo.tables.rests import Need, RestKind
    from geo.town import Credit, Town

REGISTER: Final = "台帳"


@dataclass(frozen=True, slots=True, kw_only=True)
class RestGroup:
    """The rests of one source that serve a need (出どころごとの数).

    Attributes
    ----------
    kinds
        How many of each kind, the most first.
    oldest, newest
        Of the days somebody saw them, or of the source where rows have none; "" for no day.
    undated
        How many have no day though others have one.
    """

    source: str
    kinds: Mapping[RestKind, int]
    oldest: str
    newest: str
    undated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedFacts:
    """What is counted for one need (一つの決まりについての内わけ)."""

    need: Need
    groups: tuple[RestGroup, ...]
    unknown: Mapping[RestKind, int]

    @property
    def count(self) -> int:
        """How many places are counted (数えた数)."""
        return sum(sum(group.kinds.values()) for group in self.groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestFacts:
    """What a question's rests are (休む所の内わけ).

    Attributes
    ----------
    needs
        Of each rule that is asked: a seat, a toilet.
    off_street
        Places that would serve but lie too far from a street this walker may use.
    looked_m, streets_m
        Metres of street somebody looked at for benches (None where it is not known which), and
        of all street.
    looked_from, looked_to
        The oldest and newest of the last days each street was looked at; "" for never.
    """

    needs: tuple[NeedFacts, ...]
    off_street: int
    looked_m: float | None
    streets_m: float
    looked_from: str
    looked_to: str


def needs_of(question: Question) -> tuple[Need, ...]:
    """Return the needs a question has a rule for (問いにある決まり)."""
    rules: dict[Need, float | None] = {"seat": question.rest_m, "toilet": question.toilet_m}
    return tuple(need for need, metres in rules.items() if metres is not None)


def place_rests(town: Town, question: Question, rests: pd.DataFrame) -> pd.DataFrame:
    """Return Rests with ``on``: whether a street of the question's walker is near (道に置いた休む所)."""
    ground = ground_of(town, walker=question.walker, heights=question.heights)
    return rests.assign(on=put_places(town, ground, rests).edge >= 0)


def count_rests(
    town: Town, question: Question, rests: pd.DataFrame, *, days: npt.NDArray[np.str_] | None = None
) -> RestFacts:
    """Return the counts of Rests by need, source and kind (休む所を数える).

    Parameters
    ----------
    rests
        As the question was asked with.
    days
        (E,) last day somebody looked at each street, "" for never; None where that is not
        known at all.
    """
    needs, network = needs_of(question), town.network
    rests = place_rests(town, question, rests)
    days = np.zeros(0, dtype=np.str_) if days is None else days
    seen = days != ""
    lookings = np.sort(days[seen])
    near = rests[rests["on"]]
    said = pd.DataFrame({need: said_for(rests, need) for need in needs}, index=rests.index)
    serves = said.isin(["yes"]).any(axis=1)
    return RestFacts(
        needs=tuple(_count_need(near, need, town.credits) for need in needs),
        off_street=int((serves & ~rests["on"]).sum()),
        looked_m=float(network.edge_m[seen].sum()) if days.size else None,
        streets_m=float(network.length_m),
        looked_from=str(lookings[0]) if lookings.size else "",
        looked_to=str(lookings[-1]) if lookings.size else "",
    )


def _count_need(rests: pd.DataFrame, need: Need, credits_: Sequence[Credit]) -> NeedFacts:
    said = said_for(rests, need)
    told = rests[said == "yes"]
    groups = []
    for source, part in told.groupby("source", sort=False):
        known = sorted(day for day in part["as_of"] if day)
        own = _date_of(str(source), credits_)
        groups.append(
            RestGroup(
                source=str(source),
                kinds=_by_kind(part),
                oldest=known[0] if known else own,
                newest=known[-1] if known else own,
                undated=int((part["as_of"] == "").sum()) if known else 0,
            )
        )
    groups.sort(key=lambda group: (group.source != REGISTER, group.source))
    return NeedFacts(need=need, groups=tuple(groups), unknown=_by_kind(rests[said == "unknown"]))


def _by_kind(rests: pd.DataFrame) -> dict[RestKind, int]:
    counts = rests["kind"].value_counts()
    order = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    return {next(kind for kind in REST_WORDS if kind == name): int(n) for name, n in order}


def _date_of(source: str, credits_: Sequence[Credit]) -> str:
    """Return the day of a source of the town: by its name, else by what it gave."""
    if source == REGISTER:
        return ""
    role = "streets" if "OpenStreetMap" in source else "sites"
    found = [one.date for one in credits_ if one.name == source and one.date]
    found += [one.date for one in credits_ if one.role == role and one.date]
    return found[0] if found else ""
