"""The toy streets with a plane, for what surveys say of them."""

from types import SimpleNamespace

import shapely

from geo.base.place import Plane
from geo.network.snap import Snapper
from geo.toy import toy_network

PLANE = Plane(lon=138.6, lat=35.0)
NETWORK = toy_network()
TOWN = SimpleNamespace(
    network=NETWORK, snapper=Snapper(NETWORK), snap_limit_m=50.0, plane=PLANE
)  # fmt: skip


def degrees(*points):
    found = [[float(at) for at in PLANE.to_lonlat(x, y)] for x, y in points]
    return shapely.Point(found[0]) if len(found) == 1 else shapely.LineString(found)
