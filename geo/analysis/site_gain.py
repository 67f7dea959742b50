"""Who would come within reach if one more 通いの場 opened, each candidate by itself (一つ増やした時に届く人).

Exact: a home is gained by a candidate when `geo.town.ask` with it says "within" and without it does
not. Only what lies around a candidate is searched, for a walk to it is all that it can give: whoever
rests at its seat on the way to another 通いの場 has come to it first. Where that does not hold (both
ways, slopes and rests at once) the homes around it are asked anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from geo.coverage.coverage import rules_for
from geo.network.network import points_along
from geo.network.snap import join_snaps
from geo.town import (
    as_measured,
    cells_on,
    facilities_of,
    ground_of,
    ordered_sites,
    put_places,
    welcome_of,
)
from geo.walk.resting import Resting, walk_with_rests
from geo.walk.resting_each import walk_with_rests_each
from geo.walk.rules import walk_sites, walk_within
from geo.walk.search import TOLERANCE_M
from geo.walk.travel import Pairs
from geo.walk.welcome import Welcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pandas as pd

    from geo.base.arrays import Flags, Floats, Ints
    from geo.coverage.question import Question
    from geo.network.snap import Snaps
    from geo.town import Town
    from geo.walk.costs import Unknown
    from geo.walk.ground import Ground
    from geo.walk.rules import Rules
    from geo.walk.search import Way


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Setting:
    """What a question is asked with, but for the candidates (候補をおく前のようす).

    Attributes
    ----------
    ground, homes, sites
        Streets, all the town's cells on them, and the 通いの場 there are.
    rules, limit_m
        What every walk must keep, and the range.
    welcome
        Which cells each of the sites is for; None where all are for everybody.
    toilet
        Whether a candidate counts as a toilet, as it does where the unknown is taken as good.
    """

    ground: Ground
    homes: Snaps
    sites: Snaps
    rules: Rules
    limit_m: float
    welcome: Welcome | None
    toilet: bool

    @property
    def two_way(self) -> bool:
        """Whether both ways of a walk count and differ (行きと帰りがちがうか)."""
        return self.rules.trip in ("worse", "round")

    @property
    def at_best(self) -> bool:
        """Whether one may rest anywhere along some streets (どこでも休めるとみる道があるか)."""
        return self.rules.rest_m is not None and self.rules.free is not None

    @property
    def anew(self) -> bool:
        """Whether a candidate's seat may bring somebody to another 通いの場 (ほかの会場にも届くようになるか)."""
        rests, toilets = self.rules.rest_m is not None, self.rules.toilet_m is not None
        if self.at_best:
            apart = self.welcome is not None
            return (toilets and (self.two_way or apart)) or (self.two_way and apart)
        return self.two_way and (rests or toilets)


def make_setting(
    town: Town,
    question: Question,
    sites: pd.DataFrame | None = None,
    *,
    rests: pd.DataFrame | None = None,
    unknown: Unknown = "known",
    free: Flags | None = None,
    eligible: Mapping[str, Flags] | None = None,
) -> Setting:
    """Return what candidates are tried in; the parameters are those of `geo.town.ask` (下地をつくる)."""
    question = as_measured(town, question)
    sites = ordered_sites(town.salons if sites is None else sites)
    ground = ground_of(town, walker=question.walker, heights=question.heights, unknown=unknown)
    facilities = replace(facilities_of(town, ground, rests, unknown=unknown), free=free)
    rules = rules_for(question, facilities)
    return Setting(
        ground=ground,
        homes=cells_on(town, ground),
        sites=put_places(town, ground, sites),
        rules=replace(rules, trip="there") if ground.costs.symmetric else rules,
        limit_m=question.limit_m,
        welcome=welcome_of(sites, eligible, len(town.cells)),
        toilet=unknown == "good",
    )


def newly_within(
    setting: Setting,
    places: Snaps,
    lacking: Ints,
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> Pairs:
    """Return the homes that each place alone would bring within reach (新しく届く家).

    Parameters
    ----------
    places
        The candidates on the streets; those off the network bring nobody.
    lacking
        Rows of the cells looked at: on the network, and not within reach.
    tell
        Called with how many places are done, and how many there are, where each takes a while.

    Returns
    -------
        ``cell`` a row of the town's cells, ``site`` one of `places`, ``metres`` the walk that now
        counts; ordered by cell.

    Notes
    -----
    Cost: a short search a place; of `Setting.anew` an answer for the homes around each.
    """
    homes = setting.homes.take(lacking)
    if setting.anew:
        found = _join(_anew(setting, homes, lacking, places, tell))
    elif setting.at_best:
        found = _join(_at_best(setting, homes, lacking, places, tell))
    else:
        found = reach_within(setting, homes, places, setting.rules)
    return Pairs(cell=lacking[found.cell], site=found.site, metres=found.metres)


def reach_within(setting: Setting, homes: Snaps, places: Snaps, rules: Rules) -> Pairs:
    """Return all walks within range from homes to places under rules (範囲内の道のり)."""
    return walk_within(setting.ground, homes, places, rules, limit_m=setting.limit_m)


def _at_best(
    setting: Setting, homes: Snaps, lacking: Ints, places: Snaps, tell: Callable[[int, int], None]
) -> Iterator[Pairs]:
    """Yield who is gained where a rest may be anywhere: each way and each rule by its nearest site.

    A candidate is one more of the 通いの場 that are for everybody.
    """
    rules, stretch_m = setting.rules, setting.rules.rest_m
    if stretch_m is None or rules.seats is None:
        raise ValueError("a rule needs its stretch and its places")
    resting = Resting(places=rules.seats, free=rules.free)
    ways: tuple[Way, ...] = (
        ("there", "back") if setting.two_way else ("back",) if rules.trip == "back" else ("there",)
    )
    ground, sites = setting.ground, _for_all(setting, lacking.size)
    others = replace(rules, rest_m=None, free=None)
    now = [
        walk_with_rests(ground, homes, sites, resting, stretch_m=stretch_m, way=way) for way in ways
    ]
    without = walk_sites(ground, homes, sites, others, limit_m=setting.limit_m).metres
    # What a candidate alone gives beyond the range is of no use: a mean of ways may have twice it.
    most = setting.limit_m * (2 if rules.trip == "round" else 1) + 1.0
    each = [
        walk_with_rests_each(
            ground, homes, places, resting, stretch_m=stretch_m, way=way, limit_m=most
        )
        for way in ways
    ]
    direct = reach_within(setting, homes, places, others)
    for place, walks in enumerate(zip(*each, strict=True)):
        own = without.copy()
        mine = direct.site == place
        own[direct.cell[mine]] = np.minimum(own[direct.cell[mine]], direct.metres[mine])
        rested = [np.minimum(one, other) for one, other in zip(now, walks, strict=True)]
        far = np.mean(rested, axis=0) if rules.trip == "round" else np.max(rested, axis=0)
        yield _within(np.maximum(far, own), place, setting.limit_m)
        tell(place + 1, places.edge.size)


def _for_all(setting: Setting, count: int) -> Snaps:
    """Return the sites that are for everybody."""
    if setting.welcome is None or not count:
        return setting.sites
    every: Flags = np.all(setting.welcome.cells, axis=1)
    return setting.sites.take(np.flatnonzero(every[setting.welcome.group]))


def _anew(
    setting: Setting, homes: Snaps, lacking: Ints, places: Snaps, tell: Callable[[int, int], None]
) -> Iterator[Pairs]:
    """Yield who is gained where a candidate's seat may help on other ways: homes near it, asked anew."""
    network, welcome = setting.ground.network, setting.welcome
    on = np.flatnonzero(places.edge >= 0)
    here = points_along(network, homes.edge, homes.along_m)
    there = points_along(network, places.edge[on], places.along_m[on])
    far_m = 2 * setting.limit_m / setting.ground.costs.least_per_m
    for place, point in zip(on.tolist(), there, strict=True):
        one = places.take(np.array([place]))
        near = np.flatnonzero(np.hypot(*(here - point).T) <= far_m + 1.0)
        rules = _with_seat(setting, one)
        walked = walk_sites(
            setting.ground, homes.take(near), join_snaps(setting.sites, one), rules,
            limit_m=setting.limit_m,
            welcome=None if welcome is None else _with_all(welcome.take(lacking[near])),
        )  # fmt: skip
        found = _within(walked.metres, place, setting.limit_m)
        yield Pairs(cell=near[found.cell], site=found.site, metres=found.metres)
        tell(place + 1, places.edge.size)


def _with_seat(setting: Setting, place: Snaps) -> Rules:
    """Return the rules with a candidate to sit down at, as at every 通いの場."""
    rules = setting.rules
    rests = None if rules.rests is None else join_snaps(rules.rests, place)
    toilets = rules.toilets
    if setting.toilet and toilets is not None:
        toilets = join_snaps(toilets, place)
    return replace(rules, rests=rests, toilets=toilets)


def _with_all(welcome: Welcome) -> Welcome:
    """Return whom each site is for, and one more that is for everybody."""
    every = np.ones((1, welcome.cells.shape[1]), dtype=bool)
    return Welcome(
        group=np.append(welcome.group, len(welcome.cells)),
        cells=np.concatenate([welcome.cells, every]),
    )


def _within(metres: Floats, place: int, limit_m: float) -> Pairs:
    rows = np.flatnonzero(metres <= limit_m + TOLERANCE_M)
    return Pairs(cell=rows, site=np.full(rows.size, place), metres=metres[rows])


def _join(parts: Iterator[Pairs]) -> Pairs:
    every = list(parts)
    none = np.zeros(0, dtype=np.int64)
    cell = np.concatenate([none, *(one.cell for one in every)])
    site = np.concatenate([none, *(one.site for one in every)])
    metres = np.concatenate([np.zeros(0), *(one.metres for one in every)])
    order = np.lexsort((site, cell))
    return Pairs(cell=cell[order], site=site[order], metres=metres[order])
