"""Everything prepared for one kind of walker: costs, graph, and where points are put (歩く下地)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.network.snap import Snapper
from geo.walk.costs import flat_costs, make_costs, of_kind
from geo.walk.graph import make_graph
from geo.walk.search import Nearest, walk_field, walk_nearest
from geo.walk.way_out import leads_out

if TYPE_CHECKING:
    from geo.base.arrays import Floats
    from geo.network.network import WalkNetwork
    from geo.network.snap import Snaps
    from geo.relief.relief import Relief
    from geo.walk.costs import Costs, Unknown
    from geo.walk.graph import Ends, WalkGraph
    from geo.walk.search import Way
    from geo.walk.walkers import Walker

_CELLS_AT_ONCE: Final = 50_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ground:
    """The streets as one walker finds them (歩く下地); read-only.

    Attributes
    ----------
    network
        All streets; edge numbers are its own everywhere.
    costs, graph
        What they cost this walker, and the graph of those that can be used.
    snapper
        Puts points on the nearest street of a kind the walker uses, on one without a way out
        for the walker (`geo.walk.way_out`) only where no other is within the limit. A street
        too steep for the walker stays the street at the door: who lives there has no way.
    """

    network: WalkNetwork
    costs: Costs
    graph: WalkGraph
    snapper: Snapper

    def ends(self, snaps: Snaps) -> Ends:
        """Return points on the streets as a search needs them (点の両端)."""
        return self.graph.ends(snaps)

    def put(self, x_m: Floats, y_m: Floats, *, limit_m: float = float("inf")) -> Ends:
        """Return points of the plane as a search needs them (点を道に下ろす)."""
        return self.ends(self.snapper.snap(x_m, y_m, limit_m=limit_m))

    def nearest(self, cells: Snaps, sites: Snaps, *, way: Way = "there") -> Nearest:
        """Return each cell's walk to or from its nearest site (最寄りの通いの場).

        As `geo.walk.search.walk_nearest`, some cells at a time: what each knows of its chain's ends
        is never held for all of them.
        """
        ends = self.ends(sites)
        field = walk_field(self.graph, ends, way=way)
        metres, site = np.empty(cells.edge.size), np.empty(cells.edge.size, dtype=np.int64)
        for at in range(0, cells.edge.size, _CELLS_AT_ONCE):
            rows = np.arange(at, min(at + _CELLS_AT_ONCE, cells.edge.size))
            part = walk_nearest(self.graph, self.ends(cells.take(rows)), ends, field)
            metres[rows], site[rows] = part.metres, part.site
        return Nearest(metres=metres, site=site)


def make_ground(
    network: WalkNetwork,
    *,
    walker: Walker | None = None,
    relief: Relief | None = None,
    unknown: Unknown = "known",
    snapper: Snapper | None = None,
) -> Ground:
    """Return the streets prepared for a walker (歩く下地を作る).

    Parameters
    ----------
    walker
        None walks every street, in plain metres.
    relief, unknown
        As `geo.walk.costs.make_costs`.
    snapper
        One of all streets, used where the walker may use all; else a new one is made.
    """
    costs = (
        flat_costs(network)
        if walker is None
        else make_costs(network, walker, relief, unknown=unknown)
    )
    kind = np.ones(network.edge_count, dtype=bool) if walker is None else of_kind(network, walker)
    if not kind.all():
        out = leads_out(network, kind)
        snapper = Snapper(network, out, kind & ~out)
    return Ground(
        network=network,
        costs=costs,
        graph=make_graph(network, costs),
        snapper=Snapper(network) if snapper is None else snapper,
    )
