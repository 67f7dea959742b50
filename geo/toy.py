"""The toy town: 5 × 5 streets 100 m apart, whose answers fit in the head (おもちゃの街)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geo.network.network import WalkNetwork, make_network
from geo.tables.tables import check_sites


def toy_network() -> WalkNetwork:
    """Return the grid of 25 nodes and 40 edges of 100 m (格子の道).

    Node ``5 * row + column`` stands at x = 100 · column, y = 100 · row metres.

    Examples
    --------
    >>> net = toy_network()
    >>> net.node_count, net.edge_count, net.length_m
    (25, 40, 4000.0)
    """
    at = np.arange(25).reshape(5, 5)
    edge_u = np.concatenate([at[:, :-1].ravel(), at[:-1, :].ravel()])
    edge_v = np.concatenate([at[:, 1:].ravel(), at[1:, :].ravel()])
    node_x_m, node_y_m = (
        (100.0 * (np.arange(25) % 5)).astype(float),
        (100.0 * (np.arange(25) // 5)).astype(float),
    )
    ends = np.column_stack([edge_u, edge_v]).ravel()
    return make_network(
        node_x_m=node_x_m,
        node_y_m=node_y_m,
        edge_u=edge_u,
        edge_v=edge_v,
        edge_start=np.arange(0, 82, 2),
        vertex_x_m=node_x_m[ends],
        vertex_y_m=node_y_m[ends],
    )


def toy_cells(points: list[tuple[float, float]], people: int = 10) -> pd.DataFrame:
    """Return Cells at `points` (x, y in metres), each with `people` of 75 and over (住む所)."""
    count = len(points)
    return pd.DataFrame(
        {
            "cell_id": [f"c{i}" for i in range(count)],
            "x_m": np.array([p[0] for p in points], dtype=float),
            "y_m": np.array([p[1] for p in points], dtype=float),
            "people_all": np.full(count, people),
            "people_65": np.full(count, people),
            "people_75": np.full(count, people),
            "people_unknown": np.zeros(count, dtype=np.int64),
            "placed_by": ["point"] * count,
            "area_id": [""] * count,
        }
    )


def toy_sites(points: list[tuple[float, float]]) -> pd.DataFrame:
    """Return Sites of kind ``salon`` at `points` (x, y in metres) (通いの場)."""
    count = len(points)
    sites = pd.DataFrame(
        {
            "site_id": [f"s{i}" for i in range(count)],
            "kind": ["salon"] * count,
            "name": [f"通いの場{i + 1}" for i in range(count)],
            "x_m": np.array([p[0] for p in points], dtype=float),
            "y_m": np.array([p[1] for p in points], dtype=float),
            "schedule": [""] * count,
            "note": [""] * count,
            "source": ["toy"] * count,
        }
    )
    return check_sites(sites)
