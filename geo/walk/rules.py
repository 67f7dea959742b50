"""Every cell's walk to the sites, by whatever rule the walker needs (決まりを守って歩く道のり).

Rules: rests every so many metres, toilets every so many metres, the way there, the way back,
the harder of the two, and the mean of both. All costs are flat-equivalent metres.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from geo.network.snap import join_snaps
from geo.walk.hops import make_hops, nest_hops, walks_by
from geo.walk.resting import Resting, walk_with_rests
from geo.walk.search import TOLERANCE_M, check_walks, walk_field, walk_nearest
from geo.walk.travel import Pairs, walk_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.base.arrays import Flags, Floats, Ints
    from geo.network.snap import Snaps
    from geo.walk.ground import Ground
    from geo.walk.search import Way
    from geo.walk.welcome import Welcome

Trip = Literal["there", "back", "worse", "round"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rules:
    """What a walk must keep (歩くときの決まり).

    Attributes
    ----------
    trip
        ``there``, ``back``, ``worse`` (the harder of the two ways to one site) or ``round``
        (half of there and back, so that ranges stay those of one way).
    rest_m, rests
        The longest stretch without a rest, and where one can sit; None for no rule.
    toilet_m, toilets
        The same for toilets. A toilet is a rest, whether or not it is asked for: what is added
        to a question never makes a walk shorter.
    free
        (E,) streets along which one may rest anywhere; None for none. Walks are then not
        told apart by site, and each rule and way is looked at by itself: the answer is one
        that no walk betters, which is what it is asked for.
    """

    trip: Trip = "there"
    rest_m: float | None = None
    rests: Snaps | None = None
    toilet_m: float | None = None
    toilets: Snaps | None = None
    free: Flags | None = None

    @property
    def seats(self) -> Snaps | None:
        """All rests: where one can sit, and the toilets (休める所ぜんぶ)."""
        if self.rests is None or self.toilets is None:
            return self.rests
        return join_snaps(self.rests, self.toilets)

    @property
    def plain(self) -> bool:
        """Whether the shortest way one way is all that is asked (決まりのない片道か)."""
        return self.trip in ("there", "back") and self.rest_m is None and self.toilet_m is None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Walked:
    """Walks under rules (決まりを守った道のり).

    Attributes
    ----------
    metres, site
        (C,) to the nearest site and its row; infinite and -1 where there is no such walk, NaN
        off the network.
    pairs
        All walks within the limit.
    """

    metres: Floats
    site: Ints
    pairs: Pairs


def walk_sites(
    ground: Ground,
    cells: Snaps,
    sites: Snaps,
    rules: Rules,
    *,
    limit_m: float,
    welcome: Welcome | None = None,
) -> Walked:
    """Return the walks of all cells under the rules (決まりを守って歩く).

    Cost: one search where the rules are plain; else one a site and way, and a look at what
    each rest and toilet reaches.

    Parameters
    ----------
    welcome
        Which cells each site is for: nobody walks to another. ``None`` where all are for
        everybody. Cost: the same again for each group of sites.
    """
    if welcome is not None:
        return _welcomed(ground, cells, sites, rules, limit_m, welcome)
    if ground.costs.symmetric and rules.trip != "there":
        rules = replace(rules, trip="there")  # both ways are one
    if rules.plain:
        return _plain(ground, cells, sites, rules, limit_m)
    if rules.rest_m is not None and rules.free is not None:
        return _at_best(ground, cells, sites, rules, limit_m)
    metres = np.full(cells.edge.size, np.inf)
    nearest = np.full(cells.edge.size, -1, dtype=np.int64)
    parts = [(nearest[:0], nearest[:0], metres[:0])]
    for site, walked in enumerate(walk_each(ground, cells, sites, rules)):
        closer = walked < metres
        metres, nearest = np.where(closer, walked, metres), np.where(closer, site, nearest)
        near = np.flatnonzero(walked <= limit_m + TOLERANCE_M)
        parts.append((near, np.full(near.size, site), walked[near]))
    cell, who, far = (np.concatenate(part) for part in zip(*parts, strict=True))
    order = np.lexsort((who, cell))
    pairs = Pairs(cell=cell[order], site=who[order], metres=far[order])
    on = cells.edge >= 0
    metres = check_walks(np.where(on, metres, np.nan), on)
    return Walked(metres=metres, site=nearest, pairs=pairs)


def walk_metres(
    ground: Ground,
    cells: Snaps,
    sites: Snaps,
    rules: Rules,
    *,
    limit_m: float,
    welcome: Welcome | None = None,
) -> Floats:
    """Return the metres of `walk_sites` alone: where the rules are plain far less work (道のりだけ)."""
    rules = replace(rules, trip="there") if ground.costs.symmetric else rules  # as `walk_sites`
    if welcome is None and rules.plain:
        way: Way = "there" if rules.trip == "there" else "back"
        return walk_nearest(ground.graph, ground.ends(cells), ground.ends(sites), way=way).metres
    return walk_sites(ground, cells, sites, rules, limit_m=limit_m, welcome=welcome).metres


def walk_within(
    ground: Ground,
    cells: Snaps,
    sites: Snaps,
    rules: Rules,
    *,
    limit_m: float,
    welcome: Welcome | None = None,
) -> Pairs:
    """Return the pairs of `walk_sites` alone: without stops and groups far less work (範囲内の組だけ)."""
    if welcome is not None or rules.rest_m is not None or rules.toilet_m is not None:
        return walk_sites(ground, cells, sites, rules, limit_m=limit_m, welcome=welcome).pairs
    ends = ground.ends(cells), ground.ends(sites)
    if ground.costs.symmetric or rules.trip in ("there", "back"):
        way: Way = "back" if rules.trip == "back" else "there"
        return walk_pairs(ground.graph, *ends, limit_m=limit_m, way=way)
    # Half of there and back may be a long way there and a short way back.
    most = limit_m if rules.trip == "worse" else 2 * limit_m + 1.0
    there, back = (
        walk_pairs(ground.graph, *ends, limit_m=most, way=way) for way in ("there", "back")
    )
    count = sites.edge.size
    _, a, b = np.intersect1d(
        there.cell * count + there.site, back.cell * count + back.site, return_indices=True
    )
    both = there.metres[a], back.metres[b]
    metres = np.maximum(*both) if rules.trip == "worse" else (both[0] + both[1]) / 2
    near = metres <= limit_m + TOLERANCE_M
    return Pairs(cell=there.cell[a][near], site=there.site[a][near], metres=metres[near])


def _welcomed(
    ground: Ground, cells: Snaps, sites: Snaps, rules: Rules, limit_m: float, welcome: Welcome
) -> Walked:
    """Return the best of the walks to each group of sites, of the cells that group is for."""
    metres = np.full(cells.edge.size, np.inf)
    nearest = np.full(cells.edge.size, -1, dtype=np.int64)
    parts = [(nearest[:0], nearest[:0], metres[:0])]
    for mine, theirs in welcome.parts():
        some = walk_sites(ground, cells.take(mine), sites.take(theirs), rules, limit_m=limit_m)
        row = some.metres < metres[mine]  # NaN, off the network, is never less
        metres[mine[row]], nearest[mine[row]] = some.metres[row], theirs[some.site[row]]
        parts.append((mine[some.pairs.cell], theirs[some.pairs.site], some.pairs.metres))
    cell, who, far = (np.concatenate(part) for part in zip(*parts, strict=True))
    order = np.lexsort((who, cell))
    on = cells.edge >= 0
    return Walked(
        metres=check_walks(np.where(on, metres, np.nan), on),
        site=nearest,
        pairs=Pairs(cell=cell[order], site=who[order], metres=far[order]),
    )


def walk_each(ground: Ground, cells: Snaps, sites: Snaps, rules: Rules) -> Iterator[Floats]:
    """Yield (C,) walks to each site in turn, infinite where there is none (地点ごとの道のり)."""
    if rules.trip in ("there", "back"):
        way: Way = "there" if rules.trip == "there" else "back"
        yield from _one_way(ground, cells, sites, rules, way)
        return
    ways = zip(
        _one_way(ground, cells, sites, rules, "there"),
        _one_way(ground, cells, sites, rules, "back"),
        strict=True,
    )
    for there, back in ways:
        yield np.maximum(there, back) if rules.trip == "worse" else (there + back) / 2


def _plain(ground: Ground, cells: Snaps, sites: Snaps, rules: Rules, limit_m: float) -> Walked:
    way: Way = "there" if rules.trip == "there" else "back"
    homes, ends = ground.ends(cells), ground.ends(sites)
    nearest = walk_nearest(ground.graph, homes, ends, way=way)
    pairs = walk_pairs(ground.graph, homes, ends, limit_m=limit_m, way=way)
    return Walked(metres=nearest.metres, site=nearest.site, pairs=pairs)


def _at_best(ground: Ground, cells: Snaps, sites: Snaps, rules: Rules, limit_m: float) -> Walked:
    """Return walks that are never longer than those that keep all rules at once."""
    stretch_m, rests = rules.rest_m, rules.seats
    if stretch_m is None or rests is None:
        raise ValueError("a rule needs its stretch and its places")
    resting = Resting(places=rests, free=rules.free)
    ways: tuple[Way, ...] = (
        ("there", "back") if rules.trip in ("worse", "round") else
        ("back",) if rules.trip == "back" else ("there",)
    )  # fmt: skip
    each = [
        walk_with_rests(ground, cells, sites, resting, stretch_m=stretch_m, way=way) for way in ways
    ]
    metres = np.mean(each, axis=0) if rules.trip == "round" else np.max(each, axis=0)
    others = replace(rules, rest_m=None, free=None)
    without = walk_sites(ground, cells, sites, others, limit_m=limit_m)
    metres = np.maximum(metres, without.metres)
    near = metres[without.pairs.cell] <= limit_m + TOLERANCE_M
    pairs = Pairs(
        cell=without.pairs.cell[near],
        site=without.pairs.site[near],
        metres=without.pairs.metres[near],
    )
    site = np.where(np.isfinite(metres), without.site, -1)
    metres = check_walks(metres, cells.edge >= 0)
    return Walked(metres=metres, site=site, pairs=pairs)


def _one_way(
    ground: Ground, cells: Snaps, sites: Snaps, rules: Rules, way: Way
) -> Iterator[Floats]:
    if rules.rest_m is None and rules.toilet_m is None:
        return _free_walks(ground, cells, sites, way)
    if rules.rest_m is not None and rules.toilet_m is not None:
        return _both(ground, cells, sites, rules, way)
    stretch_m = rules.rest_m if rules.toilet_m is None else rules.toilet_m
    stops = rules.seats if rules.toilet_m is None else rules.toilets
    if stretch_m is None or stops is None:
        raise ValueError("a rule needs its stretch and its places")
    ends = (ground.ends(part) for part in (cells, stops, sites))
    return walks_by(make_hops(ground.graph, *ends, stretch_m=stretch_m, way=way))


def _both(ground: Ground, cells: Snaps, sites: Snaps, rules: Rules, way: Way) -> Iterator[Floats]:
    """Return walks with rests and toilets: hops between toilets are themselves walks with rests."""
    rests, toilets = rules.seats, rules.toilets
    if rules.rest_m is None or rules.toilet_m is None or rests is None or toilets is None:
        raise ValueError("two rules need two stretches and their places")
    inner = make_hops(
        ground.graph,
        ground.ends(join_snaps(cells, toilets)),
        ground.ends(rests),
        ground.ends(join_snaps(toilets, sites)),
        stretch_m=rules.rest_m,
        way=way,
    )
    return walks_by(
        nest_hops(
            walks_by(inner),
            cells=cells.edge.size,
            stops=toilets.edge.size,
            stretch_m=rules.toilet_m + TOLERANCE_M,
        )
    )


def _free_walks(ground: Ground, cells: Snaps, sites: Snaps, way: Way) -> Iterator[Floats]:
    homes = ground.ends(cells)
    for site in range(sites.edge.size):
        one = ground.ends(sites.take(np.array([site])))
        metres = walk_nearest(
            ground.graph, homes, one, walk_field(ground.graph, one, way=way)
        ).metres
        yield np.where(np.isnan(metres), np.inf, metres)
