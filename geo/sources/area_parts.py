"""Features as named areas: what each is called, and which are parts of one (面を地区にまとめる)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.base.problems import Problem
from geo.base.text import tidy
from geo.base.words import Words
from geo.sources.beyond import drop_beyond
from geo.sources.tabular import column_key

if TYPE_CHECKING:
    Notices = list[Problem | Words]


def name_areas(
    frame: gpd.GeoDataFrame, named: str, file: str, notices: Notices
) -> gpd.GeoDataFrame:
    """Return ``area_id``, ``area_name``, ``coded`` and the shape of each feature (地区の名前).

    Parameters
    ----------
    frame
        With ``_row``, the number of each feature in its file.
    named
        The column of names.
    """
    rows = frame["_row"].to_numpy()
    names = [area_text(value) for value in frame[named]]
    code = next((c for c in frame.columns if column_key(str(c)) == "key_code"), None)
    codes = [area_text(v) for v in frame[code]] if code is not None else [""] * len(frame)
    ids = [c or n or f"row-{row}" for c, n, row in zip(codes, names, rows, strict=True)]
    # A later part of an area that has its name already is not nameless.
    known: dict[str, str] = {}
    for id_, each in zip(ids, names, strict=True):
        known[id_] = known.get(id_) or each
    for at, row in enumerate(rows):
        if names[at] or known[ids[at]]:
            continue
        names[at] = f"名称なし（{row}番目）"
        notices.append(
            Problem(
                file=file, row=int(row), column=named, value="",
                reason=Words(f"名前がないので「{names[at]}」としました", f"no name; called “{names[at]}”"),
            )
        )  # fmt: skip
    names = [each or known[id_] for id_, each in zip(ids, names, strict=True)]
    return gpd.GeoDataFrame(
        {"area_id": ids, "area_name": names, "coded": [bool(c) for c in codes]},
        geometry=frame.geometry.to_numpy(), crs=frame.crs,
    )  # fmt: skip


def join_parts(
    frame: gpd.GeoDataFrame, file: str, border: shapely.Geometry | None, notices: Notices
) -> pd.DataFrame:
    """Return one row an area, its parts joined (一つの地区にまとめる).

    A part that has nothing but its name in common with one within the border, and lies beyond it,
    is another town's area of that name, and is left out.
    """
    frame = _drop_namesakes(frame, border, file, notices)
    repeated = frame["area_id"].duplicated(keep=False)
    if not repeated.any():
        return pd.DataFrame(frame)
    by_name = frame[repeated & ~frame["coded"]]["area_name"].unique()
    if len(by_name):
        listed = "、".join(by_name[:5]) + ("…" if len(by_name) > 5 else "")  # noqa: PLR2004 - a few
        notices.append(
            Words(
                f"{file} で同じ名前の面が二つ以上あるので、一つの地区にまとめました（{listed}）",
                f"{file}: polygons of the same name were joined into one area ({listed})",
            )
        )
    groups = frame.groupby("area_id", sort=False)
    shapes = [shapely.union_all(part.geometry.to_numpy()) for _, part in groups]
    first = frame.drop_duplicates("area_id").reset_index(drop=True)
    return pd.DataFrame(first.set_geometry(shapes, crs=frame.crs))


def _drop_namesakes(
    frame: gpd.GeoDataFrame, border: shapely.Geometry | None, file: str, notices: Notices
) -> gpd.GeoDataFrame:
    alike = frame["area_id"].duplicated(keep=False) & ~frame["coded"]
    if border is None or not alike.any():
        return frame
    parts = frame[alike].assign(_at=np.flatnonzero(alike))
    inside, gone, _ = drop_beyond(parts, border, file)
    if not gone:
        return frame
    beyond = set(parts["_at"]) - set(inside["_at"])
    here = set(inside["area_id"])
    lost = [at for at in sorted(beyond) if frame["area_id"].iloc[at] in here]
    if not lost:
        return frame
    names = "、".join(dict.fromkeys(frame["area_name"].iloc[lost]))
    notices.append(
        Words(
            f"{file} の{len(lost)}つの面は、市の境の外にあり、境の中の地区と同じ名前なので使いませんでした（{names}）",
            f"{file}: {len(lost)} areas beyond the border that have the name of one within it were "
            f"not used ({names})",
        )
    )
    return frame.drop(index=frame.index[lost]).reset_index(drop=True)


def area_text(value: object) -> str:
    """Return a cell as text, "" for none (欄の文字)."""
    if value is None or (isinstance(value, float) and np.isnan(value)) or value is pd.NA:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return tidy(str(value))
