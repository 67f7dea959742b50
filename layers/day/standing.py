"""Which 通いの場 stand in a town on a day, and the seats that go with them (立っている会場と席)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from geo.base.pairs import SAME_M

if TYPE_CHECKING:
    from geo.base.arrays import Flags
    from geo.town import Town


def joined(salons: pd.DataFrame, aside: pd.DataFrame) -> pd.DataFrame:
    """Return Sites with others put behind them that are not among them (つないだ表)."""
    more = aside[~aside["site_id"].isin(salons["site_id"])]
    return salons if more.empty else pd.concat([salons, more], ignore_index=True)


def with_salons(town: Town, salons: pd.DataFrame, others: pd.DataFrame) -> Town:
    """Return a town with these 通いの場 and these other Sites for its own (その日の街)."""
    return replace(town, sites=add_salons(others, salons))


def add_salons(others: pd.DataFrame, salons: pd.DataFrame) -> pd.DataFrame:
    """Return other Sites, and 通いの場 behind them (通いの場をたす)."""
    kept = others[~others["site_id"].isin(salons["site_id"])]
    return pd.concat([kept, salons], ignore_index=True)


def stand(salons: pd.DataFrame, among: pd.DataFrame) -> Flags:
    """Return which 通いの場 stand at their place among others: (n,) (同じ所にあるか)."""
    keys = ["site_id", "x_m", "y_m"]
    held = set(among[keys].itertuples(index=False, name=None))
    rows = salons[keys].itertuples(index=False, name=None)
    return np.array([row in held for row in rows], dtype=bool)


def seats_of(rests: pd.DataFrame, gone: pd.DataFrame, salons: pd.DataFrame) -> Flags:
    """Return which Rests are of 通いの場 that are gone: (n,), for their seat goes too (なくなる席)."""
    kind = (rests["kind"] == "salon").to_numpy(dtype=bool)
    return kind & near(rests, gone) & ~near(rests, salons)


def near(rests: pd.DataFrame, places: pd.DataFrame) -> Flags:
    """Return which Rests stand at one of the places: (n,) (そこにあるか)."""
    if places.empty or rests.empty:
        return np.zeros(len(rests), dtype=bool)
    tree = cKDTree(places[["x_m", "y_m"]].to_numpy(dtype=float))
    far, _ = tree.query(rests[["x_m", "y_m"]].to_numpy(dtype=float))
    return np.asarray(far <= SAME_M, dtype=bool)
