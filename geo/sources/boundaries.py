"""A town's divisions into named areas (地区割り)."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np

from geo.base.datum import to_lonlat
from geo.base.place import LONLAT
from geo.base.problems import InputError, Problem
from geo.base.words import Words
from geo.sources.area_facts import AreaFacts, keep_known, read_area_facts, say_area_facts
from geo.sources.area_parts import area_text, join_parts, name_areas
from geo.sources.beyond import drop_beyond
from geo.sources.city_rows import check_one_city, is_elsewhere
from geo.sources.shapes import POLYGONS, mend_shapes, notice_overlaps, only_areas, say_mended
from geo.sources.tabular import column_key
from geo.sources.vector import open_map

if TYPE_CHECKING:
    from collections.abc import Mapping

    import shapely

    from geo.sources.municipality import Municipality

DIVISION_COLUMNS: Final = ("area_id", "area_name", "division", "tier", "geometry")
# e-Stat 小地域境界: HCODE 8154 is 水面調査区, water where nobody lives.
_WATER_HCODE: Final = "8154"
# The name of a small area in e-Stat's files of 2020, and of the censuses before.
_ESTAT_NAMES: Final = ("S_NAME", "MOJI")
_ESTAT_KEYS: Final = ("KEY_CODE", "HCODE")

Notices = list[Problem | Words]


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """The areas of one division, as a file tells them (地区割り).

    Attributes
    ----------
    areas
        Columns `DIVISION_COLUMNS`, EPSG:4326, sorted as in the file. The id is ``KEY_CODE`` where
        the file has it, else the name, else ``row-n``; features of one id are joined.
    notices
        Problems of single features, and words on what was supposed, mended or joined.
    outside
        Ids and names of the areas that are another town's.
    city
        The municipality the areas are of, where no border was given and they say so.
    facts
        By column and area what else the file tells.
    """

    areas: gpd.GeoDataFrame
    notices: Notices
    outside: list[tuple[str, str]]
    city: Municipality | None = None
    facts: AreaFacts = field(default_factory=dict)


def load_division(
    path: Path, *, name: str, column: str, tier: str = ""
) -> tuple[gpd.GeoDataFrame, Notices]:
    """Return the areas and the notices of `read_division`, wherever they lie (地区割りの地区)."""
    found = read_division(path, name=name, column=column, tier=tier, any_kind=True)
    return found.areas, found.notices


def read_division(  # noqa: PLR0913 - what a recipe says of it, and what the town is
    path: Path,
    *,
    name: str,
    column: str,
    tier: str = "",
    layer: str = "",
    border: shapely.Geometry | None = None,
    own: Municipality | None = None,
    any_kind: bool = False,
) -> Division:
    """Return the areas of one division (地区の分け方を読む).

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
    layer
        Of a file with several layers: which.
    border
        The town, EPSG:4326: areas beyond it are left out. ``None`` for whatever the areas cover.
    own
        The town's municipality, where it is known: areas that say they are another's are left out.
    any_kind
        Whether areas of several municipalities may be one town, where there is no border.

    Raises
    ------
    InputError
        The column is not there (those that are, are listed), there are no polygons, or areas of
        several municipalities and no border.
    """
    path = Path(path)
    opened = open_map(path, layer)
    frame = opened.frame
    frame["_row"] = np.arange(1, len(frame) + 1)
    frame, said = to_lonlat(frame, path.name)
    said = [*opened.told, *said]
    try:
        named = _resolve_column(frame, column, path, opened.shown)
    except InputError as error:
        # One fault must not hide another: what the coordinates showed is told as well.
        raise InputError(_joined([error.words, *said])) from None
    notices: Notices = [*said]
    city = check_one_city(frame, path.name) if border is None and not any_kind else None
    frame = _drop_water(frame, path.name, notices)
    frame = _keep_polygons(only_areas(frame), path.name, notices)
    mended, broken = mend_shapes(frame.geometry.to_numpy())
    if broken:
        notices.append(say_mended(path.name, broken))
    frame = frame.set_geometry(mended, crs=LONLAT)
    parts = name_areas(frame, named, path.name, notices)
    facts = read_area_facts(
        frame, list(parts["area_id"]), taken={named, *_ESTAT_KEYS}, shown=opened.shown
    )
    elsewhere = is_elsewhere(frame, own)
    outside = _pairs(parts[elsewhere])
    if outside:
        notices.append(_say_elsewhere(path.name, outside))
    parts = parts[~elsewhere].reset_index(drop=True)
    areas = join_parts(parts, path.name, border, notices)
    areas["division"], areas["tier"] = name, tier
    areas = gpd.GeoDataFrame(areas[list(DIVISION_COLUMNS)], geometry="geometry", crs=LONLAT)
    if overlap := notice_overlaps(areas):
        notices.append(overlap)
    if border is not None:
        areas, gone, said = drop_beyond(areas, border, path.name)
        outside += gone
        notices += said
    facts = keep_known(facts, set(areas["area_id"]))
    notices += say_area_facts(facts, path.name)
    return Division(areas=areas, notices=notices, outside=outside, city=city, facts=facts)


def _joined(sentences: list[Words]) -> Words:
    return Words(
        "。".join(w.ja.rstrip("。") for w in sentences), "; ".join(w.en for w in sentences)
    )


def _pairs(parts: gpd.GeoDataFrame) -> list[tuple[str, str]]:
    first = parts.drop_duplicates("area_id")
    return list(zip(first["area_id"].astype(str), first["area_name"].astype(str), strict=True))


def _say_elsewhere(file: str, outside: list[tuple[str, str]]) -> Words:
    listed = "、".join(name for _, name in outside[:3])
    return Words(
        f"{file} の{len(outside)}地区（{listed} など）は、ほかの市区町村のものと書いてあるので使いませんでした",
        f"{file}: {len(outside)} areas ({listed}) say they are another municipality's and were not used",
    )


def _resolve_column(
    frame: gpd.GeoDataFrame, column: str, path: Path, shown: Mapping[str, str]
) -> str:
    columns = [str(c) for c in frame.columns if c not in ("geometry", "_row")]
    wanted = column_key(column)
    for each in columns:
        if column_key(each) == wanted:
            return each
    for each in columns:
        if column_key(shown.get(each, "")) == wanted and wanted:
            return each
    if column in _ESTAT_NAMES and (other := set(_ESTAT_NAMES) & set(columns)):
        return other.pop()
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
    water = frame["HCODE"].map(area_text) == _WATER_HCODE
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
