"""Where people live and sites stand: at random along the streets, as often as they are long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geo.network.network import points_along

if TYPE_CHECKING:
    from geo.base.arrays import Floats
    from geo.network.network import WalkNetwork

PEOPLE_SEED: Final = 2
SITES_SEED: Final = 1
RESTS_SEED: Final = 3
ASIDE_M: Final = 15.0  # standard deviation of the way from the street to the door
REST_EVERY_M: Final = 150.0


def scatter(network: WalkNetwork, count: int, seed: int) -> Floats:
    """Return (count, 2) points beside the streets, metres; a street by its length."""
    rng = np.random.default_rng(seed)
    where = np.sort(rng.uniform(0, network.length_m, count))
    total = np.concatenate([[0.0], np.cumsum(network.edge_m)])
    edge = np.clip(np.searchsorted(total, where, side="right") - 1, 0, network.edge_count - 1)
    on = points_along(network, edge, where - total[edge])
    beside = points_along(
        network, edge, np.minimum(where - total[edge] + 1.0, network.edge_m[edge])
    )
    way = beside - on
    size = np.hypot(way[:, 0], way[:, 1])
    across = np.column_stack([-way[:, 1], way[:, 0]]) / np.where(size > 0, size, 1.0)[:, None]
    aside = rng.normal(0, ASIDE_M, count)
    return (on + across * aside[:, None])[rng.permutation(count)]


def scatter_rests(network: WalkNetwork) -> Floats:
    """Return as many points as there are 150 m of street, at random."""
    return scatter(network, max(1, int(network.length_m / REST_EVERY_M)), RESTS_SEED)
