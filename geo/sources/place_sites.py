"""The step of a build that puts sites on the plane (地点を置く)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import shapely

from geo.base.problems import InputError, Problem
from geo.base.shifted import notice_shift
from geo.base.words import Words
from geo.sources.addresses import NO_BOOKS
from geo.sources.sites import load_sites
from geo.tables.tables import SITES, check_sites, each_row

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from geo.base.addressed.book import Books
    from geo.base.arrays import Floats
    from geo.base.place import Plane


# Borders of two sources are drawn some metres apart, and a hall's pin may stand on its quay.
_BESIDE_M: Final = 100.0
_ELSEWHERE: Final = 0.5  # of a list's places outside the town, for it to be another town's list
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteList:
    """A file of 通いの場 (通いの場の一覧).

    Attributes
    ----------
    path, layer
        The file; of several layers which.
    name
        Of the source, for printing.
    on
        The day it speaks of.
    anywhere
        Whether most of its places may lie outside the town.
    """

    path: Path
    name: str = ""
    on: date | None = None
    layer: str = ""
    anywhere: bool = False


def place_sites(
    files: list[SiteList],
    mapped: pd.DataFrame,
    *,
    plane: Plane,
    border: shapely.Geometry,
    keep_beyond_m: float,
    books: Books = NO_BOOKS,
) -> tuple[pd.DataFrame, list[Problem | Words]]:
    """Return all sites on the plane, and what was noticed (地点を置く).

    Parameters
    ----------
    files
        Lists of 通いの場, the first first.
    mapped
        Candidate sites of the streets' source (`geo.network.extract.Extract.sites`).
    border
        The town, on the plane; sites farther from it than `keep_beyond_m` are left out, those
        of the tables as Problems.
    books
        Where the town's addresses are, for rows without coordinates.

    Raises
    ------
    InputError
        A list most of whose places lie outside the town, or what `load_sites` refuses.
    """
    found: list[Problem | Words] = []
    unknown = {"sessions_per_month": np.nan, "capacity": np.nan}  # no map tells these
    frames = [mapped.assign(source="OpenStreetMap", **unknown)]
    town = plane.to_degrees(border)
    for one in reversed(files):
        frame, problems = load_sites(
            one.path,
            kind="salon",
            source=one.name,
            on=one.on,
            layer=one.layer,
            border=town,
            books=books,
        )
        found += problems
        frames.insert(0, frame)
        if shift := notice_shift(*_degrees(frame), town):
            found.append(Words(f"{one.path.name}: {shift.ja}", f"{one.path.name}: {shift.en}"))
        found += _tell_outside(one, frame, plane, border)
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


def _tell_outside(
    one: SiteList, frame: pd.DataFrame, plane: Plane, border: shapely.Geometry
) -> list[Problem | Words]:
    """Name the places outside the town; a list of which most are is another town's."""
    x_m, y_m = plane.to_m(*_degrees(frame))
    away_m = shapely.distance(border, shapely.points(x_m, y_m))
    out = away_m > _BESIDE_M
    if not out.any():
        return []
    names = frame["name"].to_numpy(dtype=str)[out]
    listed = "、".join(names[:_SHOWN]) + ("…" if len(names) > _SHOWN else "")
    far_km = float(away_m.max()) / 1000
    if out.mean() > _ELSEWHERE and not one.anywhere:
        raise InputError(
            Words(
                f"ファイル {one.path.name} の{len(frame)}か所のうち{len(names)}か所（{listed}）が街の外にあります"
                f"（遠いもので{far_km:,.1f}km）。ほかの市区町村の一覧か、座標のまちがいではありませんか。"
                "これでよければ --accept places を付けてください。",
                f"{one.path.name}: {len(names)} of {len(frame)} places ({listed}) lie outside the town, up to "
                f"{far_km:,.1f} km away; is it another town's list, or are the coordinates wrong? Add "
                "--accept places if it is meant.",
            )
        )
    return [
        Words(
            f"{one.path.name} の{len(names)}か所（{listed}）は市の境の外にあります（遠いもので{far_km:,.1f}km）",
            f"{one.path.name}: {len(names)} places ({listed}) lie outside the border, up to {far_km:,.1f} km away",
        )
    ]


def _degrees(sites: pd.DataFrame) -> tuple[Floats, Floats]:
    return sites["lon"].to_numpy(dtype=float), sites["lat"].to_numpy(dtype=float)


def _fault(column: str, value: object, reason: Words) -> Problem:
    return Problem(file="sites", row=None, column=column, value=str(value), reason=reason)
