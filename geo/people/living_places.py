"""Where in an area people may live: dwellings, streets, or a grid (人の住む所の候補)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import shapely

from geo.base.arrays import number_runs
from geo.base.problems import InputError
from geo.base.words import Words
from geo.network.hilbert import hilbert_order
from geo.network.network import BRIDGE, STEPS, TUNNEL

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy.typing as npt

    from geo.network.network import WalkNetwork

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

# A point each 25 m of street: half the depth of a usual block, so that no home is much
# farther from its point than from its street.
STREET_STEP_M: Final = 25.0
GRID_STEP_M: Final = 50.0
_HOMES: Final = ("residential", "living_street", "unclassified")
_HOMES_LAST: Final = ("pedestrian",)
_PLACES: Final = ("shape", "cell_id", "x_m", "y_m", "weight", "placed_by")


def find_living_places(
    shapes: gpd.GeoSeries, *, buildings: gpd.GeoDataFrame | None, network: WalkNetwork
) -> pd.DataFrame:
    """Return the places people of each shape are shared out over (候補の場所).

    Parameters
    ----------
    shapes
        Polygons in the town's plane, sorted by key, default index: ``shapes.index`` is 0 … n−1.
    buildings
        ``building_id``, ``floor_m2_factor`` and polygons in the plane; dwellings only.
    network
        The streets, for shapes without a dwelling.

    Returns
    -------
    DataFrame
        ``shape`` (row in `shapes`), ``cell_id`` (a building's id; for the others the number
        within its shape), ``x_m y_m``, ``weight`` > 0 (floor m², metres of street, or 1),
        ``placed_by``; every shape that is not empty has one place or more.
    """
    parts = [_in_buildings(shapes, buildings)]
    left = _without(shapes, parts)
    points = sample_streets(network)
    for kinds in (_HOMES, _HOMES + _HOMES_LAST, None):
        if left.size == 0:
            break
        parts.append(_on_streets(shapes, left, points, network, kinds))
        left = _without(shapes, parts)
    parts.append(_on_grid(shapes, left))
    return pd.concat([p for p in parts if len(p)] or parts[:1], ignore_index=True)


def sample_streets(network: WalkNetwork) -> tuple[Floats, Floats, Floats, Ints]:
    """Return the middles of street pieces of 25 m or less, and their lengths (道に沿った点).

    Returns
    -------
    x_m, y_m, length_m
        (P,) a point for each piece; an edge's pieces are alike and add up to its length.
    edge
        (P,) the edge of each.

    Examples
    --------
    >>> from geo.toy import toy_network
    >>> x_m, y_m, length_m, edge = sample_streets(toy_network())
    >>> x_m[:4].tolist(), float(length_m.sum())
    ([12.5, 37.5, 62.5, 87.5], 4000.0)
    """
    pieces = np.maximum(np.ceil(network.edge_m / STREET_STEP_M), 1).astype(np.int64)
    edge, nth = number_runs(pieces)
    length_m = network.edge_m[edge] / pieces[edge]
    step = np.hypot(np.diff(network.vertex_x_m), np.diff(network.vertex_y_m))
    step[network.edge_start[1:-1] - 1] = 0.0  # from one polyline to the next
    along = np.concatenate([[0.0], np.cumsum(step)])
    want = along[network.edge_start[edge]] + (nth + 0.5) * length_m
    # The last vertex at or before each point; the piece lies within its own edge.
    at = np.searchsorted(along, want, side="right") - 1
    at = np.clip(at, network.edge_start[edge], network.edge_start[edge + 1] - 2)
    share = (want - along[at]) / np.where(step[at] > 0, step[at], 1.0)
    x_m = network.vertex_x_m[at] + share * (network.vertex_x_m[at + 1] - network.vertex_x_m[at])
    y_m = network.vertex_y_m[at] + share * (network.vertex_y_m[at + 1] - network.vertex_y_m[at])
    return x_m, y_m, length_m, edge


def _without(shapes: gpd.GeoSeries, parts: list[pd.DataFrame]) -> Ints:
    have = np.concatenate([p["shape"].to_numpy(dtype=np.int64) for p in parts])
    empty = np.flatnonzero(shapes.is_empty.to_numpy())
    return np.setdiff1d(np.arange(len(shapes)), np.concatenate([have, empty]))


def _first_shape(shapes: npt.NDArray[np.object_], x_m: Floats, y_m: Floats) -> Ints:
    """Row of the first shape that holds each point, −1 for none: a place counts once."""
    point, shape = shapely.STRtree(shapes).query(shapely.points(x_m, y_m), predicate="intersects")
    first = np.full(x_m.size, len(shapes), dtype=np.int64)
    np.minimum.at(first, point, shape)
    return np.where(first == len(shapes), -1, first)


def _in_buildings(shapes: gpd.GeoSeries, buildings: gpd.GeoDataFrame | None) -> pd.DataFrame:
    if buildings is None or len(buildings) == 0:
        return pd.DataFrame(_no_places())
    ids = buildings["building_id"]
    if ids.duplicated().any():
        raise InputError(
            Words(
                f"建物の番号「{ids[ids.duplicated()].iloc[0]}」が二度あります。建物の番号を重ならないようにしてください",
                f"building_id {ids[ids.duplicated()].iloc[0]} occurs twice; ids must differ",
            )
        )
    at = shapely.point_on_surface(buildings.geometry.to_numpy())
    weight = buildings.geometry.area.to_numpy() * buildings["floor_m2_factor"].to_numpy(dtype=float)
    x_m, y_m = shapely.get_x(at), shapely.get_y(at)
    usable = np.isfinite(x_m) & np.isfinite(weight) & (weight > 0)
    x_m, y_m, weight = x_m[usable], y_m[usable], weight[usable]
    shape = _first_shape(shapes.to_numpy(), x_m, y_m)
    frame = _places(shape, ids.astype("str").to_numpy()[usable], x_m, y_m, weight, "building")
    return frame[frame["shape"] >= 0]


def _on_streets(
    shapes: gpd.GeoSeries,
    left: Ints,
    points: tuple[Floats, Floats, Floats, Ints],
    network: WalkNetwork,
    kinds: tuple[str, ...] | None,
) -> pd.DataFrame:
    x_m, y_m, length_m, edge = points
    if kinds is not None:
        fits = np.isin(np.array(network.kinds, dtype="str"), kinds)[network.edge_kind]
        fits &= (network.edge_flags & (STEPS | BRIDGE | TUNNEL)) == 0  # nobody lives on a bridge
        use = fits[edge]
        x_m, y_m, length_m = x_m[use], y_m[use], length_m[use]
    found = _first_shape(shapes.to_numpy()[left], x_m, y_m)
    inside = found >= 0
    shape, x_m, y_m = left[found[inside]], x_m[inside], y_m[inside]
    # Numbered along the curve, not by edge: a street added far off renames nothing near.
    order = np.lexsort((y_m, x_m, hilbert_order(x_m, y_m), shape))
    numbers = _number_within(shape[order])
    return _places(shape[order], numbers, x_m[order], y_m[order], length_m[inside][order], "street")


def _on_grid(shapes: gpd.GeoSeries, left: Ints) -> pd.DataFrame:
    parts = []
    for row in left:
        shape = shapes.iloc[int(row)]
        west, south, east, north = shape.bounds
        # On whole multiples of the step, so that neighbours' grids fit each other.
        x = np.arange(np.ceil(west / GRID_STEP_M), np.floor(east / GRID_STEP_M) + 1) * GRID_STEP_M
        y = np.arange(np.ceil(south / GRID_STEP_M), np.floor(north / GRID_STEP_M) + 1) * GRID_STEP_M
        x_m, y_m = (a.ravel() for a in np.meshgrid(x, y))
        shapely.prepare(shape)
        inside = shapely.intersects_xy(shape, x_m, y_m)
        x_m, y_m = x_m[inside], y_m[inside]
        if x_m.size == 0:
            point = shape.representative_point()
            x_m, y_m = np.array([point.x]), np.array([point.y])
        rows = np.full(x_m.size, row)
        parts.append(_places(rows, _number_within(rows), x_m, y_m, np.ones(x_m.size), "grid"))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(_no_places())


def _number_within(group: Ints) -> npt.NDArray[np.str_]:
    starts = np.flatnonzero(np.diff(group, prepend=-1))
    sizes = np.diff(np.append(starts, group.size))
    return (number_runs(sizes)[1] + 1).astype("str")


def _places(
    shape: Ints,
    cell_id: npt.NDArray[np.str_] | npt.NDArray[np.object_],
    x_m: Floats,
    y_m: Floats,
    weight: Floats,
    placed_by: str,
) -> pd.DataFrame:
    columns = zip(_PLACES, (shape, cell_id, x_m, y_m, weight), strict=False)
    return pd.DataFrame(dict(columns)).assign(placed_by=placed_by)


def _no_places() -> dict[str, pd.Series]:
    kinds = ("int64", "str", "float64", "float64", "float64", "str")
    return {c: pd.Series([], dtype=k) for c, k in zip(_PLACES, kinds, strict=True)}
