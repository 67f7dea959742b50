"""Real streets, where the data folder is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from geo.base.place import choose_plane
from geo.network.lay import build_network
from geo.network.network import make_network
from geo.sources.streets.streets import load_streets

if TYPE_CHECKING:
    from pathlib import Path

    from geo.network.network import WalkNetwork


def load_real(path: Path) -> WalkNetwork:
    """Return the network of a parquet file of lines in metres, or of any street file."""
    if path.suffix == ".parquet":
        return _join_lines(gpd.read_parquet(path).geometry.to_numpy())
    streets = load_streets(path, use_unknown=True).streets
    plane = choose_plane(float(np.median(streets.lon)), float(np.median(streets.lat)))
    return build_network(streets, plane)[0]


def _join_lines(lines: np.ndarray) -> WalkNetwork:
    """Join lines where their ends are the same to the millimetre."""
    ends = np.concatenate([shapely.get_coordinates(shapely.get_point(lines, i)) for i in (0, -1)])
    nodes, number = np.unique(ends.round(3), axis=0, return_inverse=True)
    vertex, at = shapely.get_coordinates(lines, return_index=True)
    return make_network(
        node_x_m=nodes[:, 0],
        node_y_m=nodes[:, 1],
        edge_u=number[: len(lines)],
        edge_v=number[len(lines) :],
        edge_start=np.searchsorted(at, np.arange(len(lines) + 1)),
        vertex_x_m=vertex[:, 0].copy(),
        vertex_y_m=vertex[:, 1].copy(),
    )
