"""Ways given by the metres of their nodes, and the network they make."""

import numpy as np

from geo.base.place import Plane
from geo.network.extract import StreetWays
from geo.network.lay import build_network

PLANE = Plane(lon=139.9, lat=35.6)


def streets(*ways, at, flags=0, way_ids=None):
    """Ways from lists of node ids; `at` gives each node's x, y in metres."""
    nodes = [node for way in ways for node in way]
    x_m, y_m = np.array([at[node] for node in nodes], dtype=float).T
    lon, lat = PLANE.to_lonlat(x_m, y_m)
    return StreetWays(
        way_id=np.array(way_ids or range(1, len(ways) + 1), dtype=np.int64),
        highway=np.array(["residential"] * len(ways)),
        flags=np.full(len(ways), flags, dtype=np.int64),
        start=np.concatenate([[0], np.cumsum([len(way) for way in ways])]),
        node_id=np.array(nodes, dtype=np.int64),
        lon=lon,
        lat=lat,
    )


def build(*ways, at, min_island_m=0.0, **more):
    return build_network(streets(*ways, at=at), PLANE, min_island_m=min_island_m, **more)
