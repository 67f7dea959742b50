"""Walks made of hops: from stop to stop, none longer than a stretch (休み場から休み場へ).

A walk that must pass a stop (a rest, a toilet) every so often is a chain of hops. This is the
form that tells every site apart; `geo.walk.resting` is the one for a million homes at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo.walk.travel import Pairs, walk_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.base.arrays import Floats, Ints
    from geo.walk.graph import Ends, WalkGraph
    from geo.walk.search import Way

_SITES_AT_ONCE: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hops:
    """All walks not longer than a stretch (ひと息で行ける道のり).

    Attributes
    ----------
    cells, stops, sites
        How many there are.
    to_stop, to_site
        From cells to stops and to sites, ordered by cell.
    between, last
        From stop (``cell``) to stop (``site``), and from stops to sites.
    """

    cells: int
    stops: int
    sites: int
    to_stop: Pairs
    to_site: Pairs
    between: Pairs
    last: Pairs


def make_hops(
    graph: WalkGraph, cells: Ends, stops: Ends, sites: Ends, *, stretch_m: float, way: Way
) -> Hops:
    """Return the hops along the streets (ひと息の道のりを調べる)."""

    def pairs(one: Ends, other: Ends) -> Pairs:
        return walk_pairs(graph, one, other, limit_m=stretch_m, way=way)

    return Hops(
        cells=cells.size,
        stops=stops.size,
        sites=sites.size,
        to_stop=pairs(cells, stops),
        to_site=pairs(cells, sites),
        between=pairs(stops, stops),
        last=pairs(stops, sites),
    )


def walks_by(hops: Hops) -> Iterator[Floats]:
    """Yield each site's (C,) walks from all cells, infinite where no chain of hops leads (休みながらの道のり)."""
    order = np.argsort(hops.to_site.site, kind="stable")
    cut = np.searchsorted(hops.to_site.site[order], np.arange(hops.sites + 1))
    first = _firsts(hops.to_stop.cell)
    for site, stop_m in enumerate(stop_walks(hops)):
        walked = _end_walks(hops, stop_m, first)
        direct = order[cut[site] : cut[site + 1]]
        cell = hops.to_site.cell[direct]
        walked[cell] = np.minimum(walked[cell], hops.to_site.metres[direct])
        yield walked


def stop_walks(hops: Hops) -> Iterator[Floats]:
    """Yield each site's (K,) walks from all stops (休み場からの道のり)."""
    size, tail = hops.stops, hops.between.site
    order = np.lexsort((hops.between.cell, tail))
    links = (tail[order], hops.between.cell[order], hops.between.metres[order])
    by_site = np.lexsort((hops.last.cell, hops.last.site))
    cut = np.searchsorted(hops.last.site[by_site], np.arange(hops.sites + 1))
    for begin in range(0, hops.sites, _SITES_AT_ONCE):
        end = min(begin + _SITES_AT_ONCE, hops.sites)
        rows = by_site[cut[begin] : cut[end]]
        tails = np.concatenate([links[0], size + hops.last.site[rows] - begin])
        heads = np.concatenate([links[1], hops.last.cell[rows]])
        cost = np.concatenate([links[2], hops.last.metres[rows]])
        graph = csr_array(
            (
                cost,
                heads.astype(np.int32),
                np.searchsorted(tails, np.arange(size + end - begin + 1)).astype(np.int32),
            ),
            shape=(size + end - begin, size + end - begin),
        )
        found = dijkstra(graph, directed=True, indices=np.arange(size, size + end - begin))
        yield from found[:, :size]


def _end_walks(hops: Hops, stop_m: Floats, first: Ints) -> Floats:
    """Return (C,) walks of all cells by their stops, given (K,) those of the stops.

    `first` are the rows of ``to_stop`` that begin a cell: the same for every site.
    """
    walked = np.full(hops.cells, np.inf)
    if first.size:
        by_stop = stop_m[hops.to_stop.site] + hops.to_stop.metres
        walked[hops.to_stop.cell[first]] = np.minimum.reduceat(by_stop, first)
    return walked


def nest_hops(walks: Iterator[Floats], *, cells: int, stops: int, stretch_m: float) -> Hops:
    """Return the hops of a second rule, made of walks that keep the first (決まりを重ねる).

    Parameters
    ----------
    walks
        For each stop of the second rule, then for each site: the walks from all cells and
        after them from all the stops.
    stretch_m
        The second rule's longest stretch.
    """
    near: list[tuple[Ints, Ints, Floats]] = []
    for target, walked in enumerate(walks):
        rows = np.flatnonzero(walked <= stretch_m)
        near.append((rows, np.full(rows.size, target), walked[rows]))
    sites = len(near) - stops
    start = np.concatenate([part[0] for part in near])
    reached = np.concatenate([part[1] for part in near])
    metres = np.concatenate([part[2] for part in near])

    def pairs(*, from_stop: bool, to_stop: bool) -> Pairs:
        some = ((start >= cells) == from_stop) & ((reached < stops) == to_stop)
        cell = start[some] - (cells if from_stop else 0)
        site = reached[some] - (0 if to_stop else stops)
        order = np.lexsort((site, cell))
        return Pairs(cell=cell[order], site=site[order], metres=metres[some][order])

    return Hops(
        cells=cells,
        stops=stops,
        sites=sites,
        to_stop=pairs(from_stop=False, to_stop=True),
        to_site=pairs(from_stop=False, to_stop=False),
        between=pairs(from_stop=True, to_stop=True),
        last=pairs(from_stop=True, to_stop=False),
    )


def _firsts(sorted_rows: Ints) -> Ints:
    new = np.ones(sorted_rows.size, dtype=bool)
    new[1:] = sorted_rows[1:] != sorted_rows[:-1]
    return np.flatnonzero(new)
