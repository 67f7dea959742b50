"""The step of a build that puts sites on the plane (地点を置く)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from geo.base.datum import notice_shift
from geo.base.problems import Problem
from geo.base.words import Words
from geo.sources.sites import load_sites
from geo.tables.tables import SITES, check_sites, each_row

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from geo.base.arrays import Floats
    from geo.base.place import Plane


def place_sites(
    files: list[tuple[Path, str, date | None]],
    mapped: pd.DataFrame,
    *,
    plane: Plane,
    border: shapely.Geometry,
    keep_beyond_m: float,
) -> tuple[pd.DataFrame, list[Problem | Words]]:
    """Return all sites on the plane, and what was noticed (地点を置く).

    Parameters
    ----------
    files
        Tables of 通いの場, each with the name of its source and the day it speaks of.
    mapped
        Candidate sites of the streets' source (`geo.network.extract.Extract.sites`).
    border
        The town, on the plane; sites farther from it than `keep_beyond_m` are left out, those
        of the tables as Problems.
    """
    found: list[Problem | Words] = []
    unknown = {"sessions_per_month": np.nan, "capacity": np.nan}  # no map tells these
    frames = [mapped.assign(source="OpenStreetMap", **unknown)]
    for path, name, on in reversed(files):
        frame, problems = load_sites(path, kind="salon", source=name, on=on)
        found += problems
        frames.insert(0, frame)
        if shift := notice_shift(*_degrees(frame), plane.to_degrees(border)):
            found.append(Words(f"{path.name}: {shift.ja}", f"{path.name}: {shift.en}"))
    every = pd.concat(frames, ignore_index=True)
    every["x_m"], every["y_m"] = plane.to_m(*_degrees(every))
    repeated = every["site_id"].duplicated()
    same = Words(
        "同じIDの地点が前にあるので、使いませんでした", "left out: another site has this id"
    )
    found += [_fault("site_id", row.site_id, same) for row in each_row(every[repeated])]
    every = every[~repeated]
    near = shapely.dwithin(border, shapely.points(every["x_m"], every["y_m"]), keep_beyond_m)
    far = Words("街から遠く離れているので、使いませんでした", "left out: far outside the town")
    lost = every[~near & (every["kind"] == "salon")]
    found += [_fault("名称", row.name, far) for row in each_row(lost)]
    return check_sites(every[near][list(SITES)].reset_index(drop=True)), found


def _degrees(sites: pd.DataFrame) -> tuple[Floats, Floats]:
    return sites["lon"].to_numpy(dtype=float), sites["lat"].to_numpy(dtype=float)


def _fault(column: str, value: object, reason: Words) -> Problem:
    return Problem(file="sites", row=None, column=column, value=str(value), reason=reason)
