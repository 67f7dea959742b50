"""A town's divisions into named areas (地区割り)."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.base.datum import to_lonlat
from geo.base.place import LONLAT, choose_plane
from geo.base.problems import InputError, Problem
from geo.base.text import tidy
from geo.base.words import Words
from geo.sources.tabular import column_key, load_display_names
from geo.sources.vector import load_vector

DIVISION_COLUMNS: Final = ("area_id", "area_name", "division", "tier", "geometry")
POLYGONS: Final = ("Polygon", "MultiPolygon")
# e-Stat 小地域境界: HCODE 8154 is 水面調査区, water where nobody lives.
_WATER_HCODE: Final = "8154"
# Digitising leaves slivers; together under this they are not worth a word.
_OVERLAP_M2: Final = 100.0

Notices = list[Problem | Words]


def load_division(
    path: Path, *, name: str, column: str, tier: str = ""
) -> tuple[gpd.GeoDataFrame, Notices]:
    """Return the areas of one division (地区割りを読む).

    Parameters
    ----------
    path
        Polygons in a map file; an ``attributes.csv`` beside it may name opaque columns.
    name
        What the division is called, e.g. ``自治会``.
    column
        The column with the areas' names, as in the file or as ``attributes.csv`` shows it.
    tier
        第1層/第2層/第3層 or "".

    Returns
    -------
    areas
        Columns `DIVISION_COLUMNS`, EPSG:4326, sorted as in the file. The id is
        ``KEY_CODE`` where the file has it, else the name, else ``row-n``; features of one id
        are joined.
    notices
        Problems of single features, and words on what was supposed, mended or joined.

    Raises
    ------
    InputError
        The column is not there (those that are, are listed), or there are no polygons.
    """
    path = Path(path)
    frame = load_vector(path)
    frame["_row"] = np.arange(1, len(frame) + 1)
    frame, said = to_lonlat(frame, path.name)
    try:
        named = _resolve_column(frame, column, path)
    except InputError as error:
        # One fault must not hide another: what the coordinates showed is told as well.
        raise InputError(_joined([error.words, *said])) from None
    notices: Notices = [*said]
    frame = _drop_water(frame, path.name, notices)
    frame = _keep_polygons(frame, path.name, notices)
    mended, broken = mend_shapes(frame.geometry.to_numpy())
    if broken:
        notices.append(say_mended(path.name, broken))
    frame = frame.set_geometry(mended, crs=LONLAT)
    areas = _join_parts(_name_areas(frame, named, path.name, notices), path.name, notices)
    areas["division"], areas["tier"] = name, tier
    areas = gpd.GeoDataFrame(areas[list(DIVISION_COLUMNS)], geometry="geometry", crs=LONLAT)
    if overlap := notice_overlaps(areas):
        notices.append(overlap)
    return areas, notices


def _joined(sentences: list[Words]) -> Words:
    return Words(
        "。".join(w.ja.rstrip("。") for w in sentences), "; ".join(w.en for w in sentences)
    )


def notice_overlaps(areas: gpd.GeoDataFrame) -> Words | None:
    """Return a notice when areas of one division lie on each other (重なりに気づく).

    Parameters
    ----------
    areas
        ``area_name`` and polygons in EPSG:4326. Slivers of 100 m² in all are passed over.
    """
    if len(areas) < 2:  # noqa: PLR2004 - a pair
        return None
    xmin, ymin, xmax, ymax = areas.total_bounds
    plane = choose_plane((xmin + xmax) / 2, (ymin + ymax) / 2)
    shapes = areas.geometry.to_crs(plane.crs).to_numpy()
    one, two = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    one, two = one[one < two], two[one < two]
    area_m2 = shapely.area(shapely.intersection(shapes[one], shapes[two]))
    if area_m2.sum() <= _OVERLAP_M2:
        return None
    most = int(area_m2.argmax())
    names = areas["area_name"].to_numpy()
    pair = f"{names[one[most]]}・{names[two[most]]}"
    pairs, total = int((area_m2 > 1).sum()), round(float(area_m2.sum()))
    return Words(
        f"{pairs}組の地区が重なっています（合わせて {total:,} m²。最も大きいのは {pair}）。"
        "重なった所の人は、ファイルで先に出てくる地区にだけ数えます",
        f"{pairs} pairs of areas overlap ({total:,} m² in all, most between {pair}); "
        "people there count in the one that comes first in the file",
    )


def mend_shapes(shapes: np.ndarray) -> tuple[np.ndarray, int]:
    """Return shapes without broken rings, and how many were mended (形を直す)."""
    bad = ~shapely.is_valid(shapes)
    out = shapes.copy()
    out[bad] = [_polygons_of(shape) for shape in shapely.make_valid(shapes[bad])]
    return out, int(bad.sum())


def _polygons_of(shape: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(shape)
    return shapely.union_all([p for p in parts if p.geom_type in POLYGONS])


def say_mended(file: str, count: int) -> Words:
    """Return that shapes were mended (直したことば)."""
    return Words(
        f"{file} の{count}件は、線が交わるなど形がこわれていたので直しました",
        f"{file}: {count} features had broken rings, which were mended",
    )


def _resolve_column(frame: gpd.GeoDataFrame, column: str, path: Path) -> str:
    columns = [str(c) for c in frame.columns if c not in ("geometry", "_row")]
    shown = load_display_names(path)
    wanted = column_key(column)
    for each in columns:
        if column_key(each) == wanted:
            return each
    for each in columns:
        if column_key(shown.get(each, "")) == wanted and wanted:
            return each
    listed = [f"{c}（{shown[c]}）" if c in shown else c for c in columns]
    raise InputError(
        Words(
            f"ファイル {path.name} に名前の列「{column}」がありません。ある列: {'、'.join(listed) or 'なし'}。"
            "この中から選んでください。",
            f"{path.name} has no column “{column}”; it has: {', '.join(listed) or 'none'}. Choose one.",
        )
    )


def _drop_water(frame: gpd.GeoDataFrame, file: str, notices: Notices) -> gpd.GeoDataFrame:
    if "HCODE" not in frame.columns:
        return frame
    water = frame["HCODE"].map(_text) == _WATER_HCODE
    if water.any():
        count = int(water.sum())
        notices.append(
            Words(
                f"{file} の水面{count}件（HCODE {_WATER_HCODE}）は、人が住まないので除きました",
                f"{file}: {count} water areas (HCODE {_WATER_HCODE}) were left out",
            )
        )
    return frame[~water]


def _keep_polygons(frame: gpd.GeoDataFrame, file: str, notices: Notices) -> gpd.GeoDataFrame:
    empty = frame.geometry.isna() | frame.geometry.is_empty
    good = frame.geom_type.isin(POLYGONS) & ~empty
    if not good.any():
        raise InputError(
            Words(
                f"ファイル {file}: 地区は面（ポリゴン）でなければなりません。線や点しか入っていません。"
                "面のファイルを用意してください。",
                f"{file}: areas must be polygons; this holds only lines or points. Use a polygon file.",
            )
        )
    reason = Words("面でないか、形がないので使いませんでした", "no polygon or no shape; not used")
    notices.extend(
        Problem(file=file, row=int(row), column="geometry", value=str(kind or ""), reason=reason)
        for row, kind in zip(frame["_row"][~good], frame.geom_type[~good], strict=True)
    )
    return frame[good]


def _name_areas(
    frame: gpd.GeoDataFrame, named: str, file: str, notices: Notices
) -> gpd.GeoDataFrame:
    rows = frame["_row"].to_numpy()
    names = [_text(value) for value in frame[named]]
    code = next((c for c in frame.columns if column_key(str(c)) == "key_code"), None)
    codes = [_text(v) for v in frame[code]] if code is not None else [""] * len(frame)
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


def _join_parts(frame: gpd.GeoDataFrame, file: str, notices: Notices) -> pd.DataFrame:
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


def _text(value: object) -> str:
    if value is None or (isinstance(value, float) and np.isnan(value)) or value is pd.NA:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return tidy(str(value))
