"""A ground without streets: points stay where they are (道のデータのない下地)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.base.sound import check_finite
from geo.base.words import Words
from geo.network.network import make_network
from geo.network.snap import Snapper, Snaps

if TYPE_CHECKING:
    from geo.base.arrays import Floats
    from geo.network.network import WalkNetwork


class StraightSnapper(Snapper):
    """Puts every point where it is: nothing is far from a street where no street is known (そのままの点).

    Parameters
    ----------
    network
        Without an edge: `no_streets`.
    """

    straight = True

    def __init__(self, network: WalkNetwork) -> None:
        if network.edge_count:
            raise ValueError("there are streets: points are put on them")
        super().__init__(network)

    def snap(self, x_m: Floats, y_m: Floats, *, limit_m: float = np.inf) -> Snaps:  # noqa: ARG002 - no street is too far
        """Return each point as it is, on the ground whatever the limit (そのまま置く).

        Raises
        ------
        InputError
            When a coordinate is no number.
        """
        at_m = np.column_stack([x_m, y_m]).astype(float, copy=False).reshape(-1, 2)
        check_finite(at_m, Words("点の座標", "the points"))
        none = np.zeros(len(at_m))
        return Snaps(
            edge=np.zeros(len(at_m), dtype=np.int64), along_m=none, off_m=none.copy(), at_m=at_m
        )


def no_streets() -> WalkNetwork:
    """Return the network of a town without streets (道のないネットワーク)."""
    none, number = np.zeros(0), np.zeros(0, dtype=np.int64)
    return make_network(
        node_x_m=none, node_y_m=none, edge_u=number, edge_v=number,
        edge_start=np.zeros(1, dtype=np.int64), vertex_x_m=none, vertex_y_m=none, kinds=(),
    )  # fmt: skip


def snapper_of(network: WalkNetwork) -> Snapper:
    """Return what puts points on a town's streets, or leaves them be where it has none (点の置き方)."""
    return Snapper(network) if network.edge_count else StraightSnapper(network)
