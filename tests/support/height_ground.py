"""Ground with heights by formula, for the tests of relief."""

import numpy as np

from geo.base.place import Plane
from geo.relief.grid import HeightGrid

PLANE = Plane(lon=139.9, lat=35.6)
CRS = PLANE.crs.to_wkt()
ALONG = np.arange(-100.0, 601.0, 5.0)


def ground(height, x=ALONG, y=ALONG):
    """A grid of 5 m pixels on the town's plane; `height` is a function of x and y."""
    gx, gy = np.meshgrid(x, y)
    values = np.broadcast_to(height(gx, gy), gx.shape).astype(np.float32)
    return HeightGrid(height_m=values, x0=x[0], y0=y[0], dx=5.0, dy=5.0, crs=CRS)
