"""Say where a place on a street is by something people know (近くの地点で場所を言う)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.network.snap import Snaps
from geo.town import ground_of, ordered_sites, put_places
from geo.walk.search import walk_nearest

if TYPE_CHECKING:
    import pandas as pd

    from geo.town import Town


def name_places(town: Town, places: pd.DataFrame) -> pd.DataFrame:
    """Return places on streets with the nearest site that has a name (近くの地点の名前をつける).

    Parameters
    ----------
    places
        ``edge`` and ``along_m`` of the town's network, as of `geo.analysis.bench_gain.bench_gains`.

    Returns
    -------
        The same rows with ``near``, ``near_kind`` and ``near_id``, its name, kind and id, "" where no such site
        can be walked to, and ``near_m``, metres along the streets from its door, NaN there.
    """
    edge = places["edge"].to_numpy(dtype=np.int64)
    at = Snaps(edge=edge, along_m=places["along_m"].to_numpy(float), off_m=np.zeros(edge.size))
    return name_points(town, at, places)


def name_points(town: Town, at: Snaps, places: pd.DataFrame) -> pd.DataFrame:
    """Return the same of points as they meet the streets, or as they lie where there are none (近くの地点の名前).

    Parameters
    ----------
    at
        A point for each row of `places`, on the network.
    """
    named = ordered_sites(town.sites[town.sites["name"].str.strip() != ""])
    ground = ground_of(town)
    nearest = walk_nearest(
        ground.graph, ground.ends(at), ground.ends(put_places(town, ground, named))
    )
    metres = np.where(nearest.site >= 0, nearest.metres, np.nan)
    names, kinds, ids = (
        np.array([*named[one], ""], dtype=object) for one in ("name", "kind", "site_id")
    )
    at_site = nearest.site
    return places.assign(
        near=names[at_site], near_kind=kinds[at_site], near_id=ids[at_site], near_m=metres
    )
