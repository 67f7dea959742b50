"""Which streets lead a walker out, and which only look as if they did (出られる道)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from geo.base.arrays import Flags
    from geo.network.network import WalkNetwork

# Streets that only some walkers are cut off from, in metres of street together. Below the first
# they are scraps, as for everyone when a town is built; below the second they are a dead end when
# there is a larger part beside them: a footbridge, the deck before a station, a lane between two
# flights of steps. A larger quarter keeps its doors: who lives there has no way out, and that is
# to be told. The second is a setting without a source.
SCRAP_M: Final = 200.0
DEAD_END_M: Final = 1000.0


def leads_out(network: WalkNetwork, usable: Flags) -> Flags:
    """Return the usable streets by which a walker can get away (出られる道).

    Parameters
    ----------
    usable
        (E,) streets of a kind this walker uses.

    Returns
    -------
        (E,) `usable` without the dead ends that the other streets' barring makes; parts that
        are unlinked for everyone stay, as everyone's door is put on them alike. Cost: linear.
    """
    u, v = network.edge_u[usable], network.edge_v[usable]
    if usable.all() or not u.size:
        return usable
    nodes = network.node_count
    links = csr_array((np.ones(u.size, dtype=np.int8), (u, v)), shape=(nodes, nodes))
    count, part = connected_components(links, directed=False)
    metres = np.bincount(part[u], weights=network.edge_m[usable], minlength=count)
    # A part is cut off when a street that this walker cannot use leads on from it.
    shut = ~usable
    cut_off = np.zeros(count, dtype=bool)
    cut_off[part[network.edge_u[shut]]] = cut_off[part[network.edge_v[shut]]] = True
    island = np.zeros(count, dtype=np.int64)
    island[part] = network.island
    largest = np.zeros(int(network.island.max()) + 1)
    np.maximum.at(largest, island, metres)
    dead = cut_off & ((metres < SCRAP_M) | ((metres < DEAD_END_M) & (metres < largest[island])))
    found = usable.copy()
    found[usable] = ~dead[part[u]]
    return found
