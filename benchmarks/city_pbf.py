"""Write a network as an OSM file, one way an edge, bends and all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import osmium
from city import PLANE

from geo.network.network import BRIDGE, STEPS

if TYPE_CHECKING:
    from pathlib import Path

    from geo.network.network import WalkNetwork


def save_pbf(path: Path, network: WalkNetwork) -> None:
    """Write streets, steps and bridges with OSM's tags; nodes first, ids ascending from 1."""
    inner = np.ones(network.vertex_x_m.size, dtype=bool)
    inner[network.edge_start[:-1]] = inner[network.edge_start[1:] - 1] = False
    lon, lat = PLANE.to_lonlat(
        np.concatenate([network.node_x_m, network.vertex_x_m[inner]]),
        np.concatenate([network.node_y_m, network.vertex_y_m[inner]]),
    )
    ref = np.zeros(inner.size, dtype=np.int64)
    ref[inner] = network.node_count + 1 + np.arange(int(inner.sum()))
    ref[network.edge_start[:-1]] = network.edge_u + 1
    ref[network.edge_start[1:] - 1] = network.edge_v + 1
    refs, start = ref.tolist(), network.edge_start.tolist()
    with osmium.SimpleWriter(str(path), overwrite=True) as writer:
        for number, place in enumerate(zip(lon.tolist(), lat.tolist(), strict=True), 1):
            writer.add_node(osmium.osm.mutable.Node(id=number, version=1, location=place))
        for edge, flags in enumerate(network.edge_flags.tolist()):
            tags = {"highway": "steps" if flags & STEPS else "residential"}
            if flags & BRIDGE:
                tags |= {"bridge": "yes", "layer": "1"}
            nodes = refs[start[edge] : start[edge + 1]]
            writer.add_way(osmium.osm.mutable.Way(id=edge + 1, version=1, nodes=nodes, tags=tags))
