"""People of squares and points cut at the town's border: in is inside and outside together (境で切る)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.base.words import Words
from geo.people.table import NOBODY, Counts, counts_of

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from geo.people.table import PeopleKind

_COUNTS: Final = ("people_all", "people_65", "people_75", "people_unknown")
_NAMES: Final = {"mesh": Words("メッシュ", "squares"), "point": Words("地点", "points")}


def drop_outside(
    frame: pd.DataFrame,
    shapes: gpd.GeoSeries,
    border: shapely.Geometry,
    file: str,
    kind: PeopleKind,
) -> tuple[pd.DataFrame, Counts, list[Words]]:
    """Return the rows whose shape touches the town, and the people of the others (境の外の行をのぞく).

    Where none touches it all are kept, and it is told: then the border is another town's.
    """
    shapely.prepare(border)
    laid = shapes.loc[frame["key"]].to_numpy()
    touches = shapely.intersects(border, laid)
    # A square that only shares its edge with the town has nobody in it.
    crossing = touches & ~shapely.contains_properly(border, laid)
    if kind == "mesh" and crossing.any():
        shared = shapely.area(shapely.intersection(border, laid[crossing]))
        touches[crossing] = shared > 0
    name = _NAMES.get(kind, Words("行", "rows"))
    if touches.all():
        return frame, NOBODY, []
    if not touches.any():
        words = Words(
            f"{file} の{name.ja}は、どれも市の境の外にあります。ファイルと境を確かめてください",
            f"{file}: all {name.en} lie beyond the border; check the files",
        )
        return frame, NOBODY, [words]
    gone = counts_of(frame[~touches])
    words = Words(
        f"{file} の{int((~touches).sum()):,}{name.ja}（{gone.all_:,}人、うち65歳以上{gone.over65:,}人）は"
        "市の境の外なので使いませんでした",
        f"{file}: {int((~touches).sum()):,} {name.en} ({gone.all_:,} people, {gone.over65:,} of 65 and "
        "over) lie beyond the border and were not used",
    )
    return frame[touches].reset_index(drop=True), gone, [words]


def clip_cells(
    cells: pd.DataFrame,
    frame: pd.DataFrame,
    shapes: gpd.GeoSeries,
    border: shapely.Geometry,
    file: str,
) -> tuple[pd.DataFrame, Counts, list[Words]]:
    """Return the places within the border, and the people of squares who live beyond it (またぐメッシュを切る).

    A square across the border was shared out over its dwellings, streets or land on both sides;
    each side keeps its own.
    """
    shapely.prepare(border)
    inside = shapely.intersects_xy(border, cells["x_m"], cells["y_m"])
    laid = shapes.loc[frame["key"]].to_numpy()
    across = ~shapely.covers(border, laid)
    if not across.any():
        return cells, NOBODY, []
    total, gone = counts_of(frame[across]), counts_of(cells[~inside])
    how = cells[~inside]["placed_by"].value_counts()
    stays = total.all_ - gone.all_
    many = int(across.sum())
    if gone.all_ == 0:
        words = Words(
            f"{file} の{many:,}メッシュ（{total.all_:,}人）は市の境をまたぎますが、境の外には建物も道もないので、"
            "全員を市の中としました（道のデータが境で切られていると、外の人も入ります）",
            f"{file}: {many:,} squares ({total.all_:,} people) lie across the border; beyond it there is no "
            "dwelling or street, so all were taken as inside (where the data of streets ends at the "
            "border, people from beyond are among them)",
        )
        return cells, NOBODY, [words]
    by = "、".join(
        words
        for kind, words in (("building", "建物"), ("street", "道"), ("grid", "広さ"))
        if kind in how
    )
    by_en = ", ".join(
        words for kind, words in (("building", "dwellings"), ("street", "streets"), ("grid", "land"))
        if kind in how
    )  # fmt: skip
    words = Words(
        f"{file} の{many:,}メッシュ（{total.all_:,}人）は市の境をまたぐので、{by}で分けました："
        f"市の中{stays:,}人、境の外{gone.all_:,}人（うち65歳以上{gone.over65:,}人、使いませんでした）",
        f"{file}: {many:,} squares ({total.all_:,} people) lie across the border and were parted by "
        f"{by_en}: {stays:,} inside, {gone.all_:,} beyond it ({gone.over65:,} of 65 and over; not used)",
    )
    return cells[inside].reset_index(drop=True), gone, [words]


def count_placed(cells: pd.DataFrame, report: pd.DataFrame) -> pd.DataFrame:
    """Return how many were placed each way, of the places that are kept (置きかたごとの人数).

    Parameters
    ----------
    report
        `geo.people.allocate.AllocationReport.people`, of all places; ``areas`` is taken from it.
    """
    rows = report.set_index("placed_by")
    sums = cells.groupby("placed_by")[list(_COUNTS)].sum().reindex(rows.index, fill_value=0)
    count = cells["placed_by"].value_counts().reindex(rows.index, fill_value=0)
    return rows.assign(
        cells=count.astype(np.int64), **{c: sums[c].astype(np.int64) for c in _COUNTS}
    )
