"""What any street source gives, before it is laid on the town's plane (地図データの中身)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy.typing as npt
    import pandas as pd

    from geo.base.problems import Problem
    from geo.base.words import Words

# Node ids below are those of bends in a shape; far beyond any id a source has.
SHAPE_BELOW: Final = -(1 << 61)


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetWays:
    """Ways a walker may use, in degrees, cut only where the source cut them (歩ける道).

    W ways, K way-nodes of all ways together.

    Attributes
    ----------
    way_id
        (W,) identifiers in the source, ascending.
    highway
        (W,) OSM ``highway`` values.
    flags
        (W,) bits as in `geo.network.network`: 1 steps, 2 bridge, 4 tunnel, 8 mountain path.
    start
        (W + 1,) first way-node of each way.
    node_id
        (K,) node identifiers; the same number is the same place. Vertices that can never be
        a junction have a number of their own, below `SHAPE_BELOW`.
    lon, lat
        (K,) degrees.
    closed
        Node ids that nobody may pass (a locked gate): ways end there on either side.
    storey
        (W,) what the source says of the level, as ``layer/level``, several with spaces between;
        "" is the ground. Empty where no way says anything.
    """

    way_id: npt.NDArray[np.int64]
    highway: npt.NDArray[np.str_]
    flags: npt.NDArray[np.int64]
    start: npt.NDArray[np.int64]
    node_id: npt.NDArray[np.int64]
    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    closed: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    storey: npt.NDArray[np.str_] = field(default_factory=lambda: np.zeros(0, dtype=np.str_))


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """Streets and features of one source, in degrees (読み込んだ地図データ).

    Attributes
    ----------
    streets
        The walkable ways.
    sites
        Candidate sites from tags: columns ``site_id kind name lon lat schedule note``
        (`kind` as `geo.tables.tables.SITE_KINDS`; ids like ``osm-n123``), sorted by id.
    buildings
        Where people can live: columns ``building_id`` (like ``w123``), ``floor_m2_factor``
        (number of storeys, 1 when unknown), geometry polygons, EPSG:4326; dwellings only.
    base
        What the base map draws: columns ``k`` (see `BASE_KINDS`), ``name``, ``rank`` (road
        class 1–5, else 0), geometry, EPSG:4326.
    left_out
        Counts of what was not used and why, e.g. ``{"motorway": 4, "unknown_kind": 376}``.
    left_out_m
        Lengths in metres for the same keys, where known.
    kinds_left_out
        For each reason and kind of way left out, how many and how many metres.
    problems
        What of a file could not be used as it stands, with its rows.
    notices
        What was noticed of a file as a whole.
    """

    streets: StreetWays
    sites: pd.DataFrame
    buildings: gpd.GeoDataFrame
    base: gpd.GeoDataFrame
    left_out: dict[str, int] = field(default_factory=dict)
    left_out_m: dict[str, float] = field(default_factory=dict)
    kinds_left_out: dict[tuple[str, str], tuple[int, float]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    notices: tuple[Words, ...] = ()


BASE_KINDS = ("green", "water", "building", "river", "path", "steps", "road", "rail", "place")
SITE_COLUMNS = ("site_id", "kind", "name", "lon", "lat", "schedule", "note")
