"""The town's border, of one municipality (市の境)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from shapely.geometry import MultiPolygon

from geo.base.datum import to_lonlat
from geo.base.place import choose_plane, in_japan
from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.cities import is_prefecture
from geo.sources.city_rows import cities_of
from geo.sources.municipality import choose_rows, whole_city
from geo.sources.shapes import POLYGONS, mend_shapes, only_areas, say_mended
from geo.sources.vector import open_map

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from geo.sources.municipality import Municipality

_LINES: Final = ("LineString", "MultiLineString", "LinearRing")
# Border lines whose loose ends are longer than this share do not close.
_LOOSE_SHARE: Final = 0.01
# 高山市, the largest municipality of Japan, has 2,177.61 km² (国土地理院 全国都道府県市区町村別面積調).
_LARGEST_KM2: Final = 2_200.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Border:
    """A town's border as a file tells it (市の境).

    Attributes
    ----------
    shape
        EPSG:4326, valid.
    notices
        What was supposed or mended.
    city
        The municipality it is of, where the file says so.
    """

    shape: MultiPolygon
    notices: list[Words]
    city: Municipality | None = None


def load_border(path: Path) -> tuple[MultiPolygon, list[Words]]:
    """Return the shape and the notices of `read_border` (市の境の形)."""
    border = read_border(path)
    return border.shape, border.notices


def read_border(path: Path, choice: str = "", layer: str = "", *, any_kind: bool = False) -> Border:
    """Return the town's border, all its parts joined (市の境を読む).

    Parameters
    ----------
    path
        Polygons in any number of features (islands, wards), or lines that close.
    choice
        Which municipality, by code or name; "" for the only one.
    layer
        Of a file with several layers: which.
    any_kind
        Whether it may be larger than a municipality, or a prefecture's by its own word.

    Raises
    ------
    InputError
        Points, lines that do not close, several municipalities without a choice, a whole
        prefecture, or what `open_map` and `to_lonlat` refuse.
    """
    path = Path(path)
    opened = open_map(path, layer)
    frame, city = _one_city(opened.frame, choice, path.name)
    if not (any_kind or city):
        _check_prefecture(frame, path.name)
    frame = only_areas(frame[~(frame.geometry.isna() | frame.geometry.is_empty)])
    notices: list[Words] = list(opened.told)
    polygons = frame[frame.geom_type.isin(POLYGONS)]
    if polygons.empty:
        lines = frame[frame.geom_type.isin(_LINES)]
        polygons = frame.iloc[:1].set_geometry([_close_lines(lines, path.name)], crs=frame.crs)
        notices.append(
            Words(
                f"{path.name} は面ではなく線なので、線で囲まれた所を市の境としました",
                f"{path.name} holds lines, not polygons; what they enclose was taken as the border",
            )
        )
    elif len(polygons) < len(frame):
        left = len(frame) - len(polygons)
        notices.append(
            Words(
                f"{path.name} の面でないもの{left}件は使いませんでした",
                f"{path.name}: {left} features that are no polygons were not used",
            )
        )
    lonlat, said = to_lonlat(polygons, path.name)
    mended, broken = mend_shapes(lonlat.geometry.to_numpy())
    if broken:
        notices.append(say_mended(path.name, broken))
    whole = shapely.union_all(mended)
    parts = whole.geoms if isinstance(whole, MultiPolygon) else [whole]
    shape = MultiPolygon(list(parts))
    if not any_kind and (km2 := _japanese_km2(shape)) > _LARGEST_KM2:
        raise _too_large(path.name, Words(f"{km2:,.0f} km²あり", f"is {km2:,.0f} km² large"))
    return Border(shape=shape, notices=said + notices, city=city)


def _check_prefecture(frame: gpd.GeoDataFrame, file: str) -> None:
    """Refuse a frame that names a prefecture and no municipality."""
    texts = frame.drop(columns=frame.geometry.name)
    for column in texts.columns:
        cells = {str(one) for one in texts[column] if one is not None and one == one}  # noqa: PLR0124 - NaN
        if cells and all(map(is_prefecture, cells)) and not _names_city(texts):
            named = "・".join(sorted(cells)[:3])
            raise _too_large(file, Words(f"{named}のもので", f"is of {named}"))


def _names_city(texts: pd.DataFrame) -> bool:
    return any(
        isinstance(one, str) and re.fullmatch(r".{1,20}[市区町村]", one.strip()) is not None
        for column in texts.columns
        for one in texts[column]
    )


def _japanese_km2(shape: MultiPolygon) -> float:
    """Return how large a border in Japan is, 0 of one abroad, where municipalities may be larger."""
    middle = shape.centroid
    if not in_japan(middle.x, middle.y):
        return 0.0
    plane = choose_plane(middle.x, middle.y)
    return float(shapely.transform(shape, plane.to_m, interleaved=False).area) / 1e6


def _too_large(file: str, what: Words) -> InputError:
    return InputError(
        Words(
            f"ファイル {file} は{what.ja}、市区町村の境ではないようです。市区町村ごとの行政区域（N03）を使うか、"
            "これでよければ --accept kind を付けてください。",
            f"{file} {what.en}, so it seems to be no municipality's border; use the areas of "
            "municipalities (N03), or add --accept kind if it is meant.",
        )
    )


def _one_city(
    frame: gpd.GeoDataFrame, choice: str, file: str
) -> tuple[gpd.GeoDataFrame, Municipality | None]:
    """Return the features of one municipality, and which it is."""
    found = cities_of(frame)
    if found is None and choice:
        raise InputError(
            Words(
                f"ファイル {file} に市区町村の列（N03_007・N03_004 など）がないので、"
                f"「{choice}」を選べません（--border）",
                f"{file} has no column of municipalities (such as N03_007, N03_004), so {choice!r} "
                "cannot be chosen (--border)",
            )
        )
    if found is None:
        return frame, None
    some = choose_rows(found, choice, file=file, option="--border")
    if some is not None:
        frame = frame[np.array(some, dtype=bool)]
        found = [one for one, use in zip(found, some, strict=True) if use]
    return frame, whole_city(found)


def _close_lines(lines: gpd.GeoDataFrame, file: str) -> shapely.Geometry:
    noded = shapely.union_all(lines.geometry.to_numpy())
    faces, _, loose, _ = shapely.polygonize_full([noded])
    if faces.is_empty or loose.length > _LOOSE_SHARE * noded.length:
        raise InputError(
            Words(
                f"ファイル {file}: 市の境は面（ポリゴン）でなければなりません。線は入っていますが、閉じていません。"
                "国土数値情報の行政区域（N03）などの面のファイルを使ってください。",
                f"{file}: the border must be a polygon; this holds lines that do not close, or "
                "points. Use a polygon file such as N03 of 国土数値情報.",
            )
        )
    return shapely.union_all(list(faces.geoms))
