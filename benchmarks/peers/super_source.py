"""The exact way with a plain graph library: one node more, joined to both ends of every site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt
    from store import Work

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]


def site_links(work: Work, count: int) -> tuple[Ints, Floats]:
    """Return the junctions beside the first `count` sites, and metres from the sites' doors."""
    kept = work.merged
    on = np.flatnonzero(kept["sites_on"][:count])
    head = np.concatenate([kept["sites_a"][on], kept["sites_b"][on]])
    off = kept["sites_off"][on]
    metres = np.concatenate([kept["sites_to_a"][on] + off, kept["sites_to_b"][on] + off])
    order = np.lexsort((metres, head))
    first = np.ones(head.size, dtype=bool)  # of several links to one junction the shortest
    first[1:] = head[order][1:] != head[order][:-1]
    return head[order][first], metres[order][first]


def undirected(work: Work) -> tuple[Ints, Ints, Floats]:
    """Return tail, head and metres of every link once."""
    kept = work.merged
    tail = np.repeat(np.arange(kept["x"].size), np.diff(kept["indptr"]))
    once = tail < kept["head"]
    return tail[once], kept["head"][once].astype(np.int64), kept["metres"][once]


def merged_size(work: Work) -> int:
    """Return the number of junctions."""
    return int(work.merged["x"].size)
