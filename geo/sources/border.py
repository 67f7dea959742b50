"""The town's border, of one municipality (市の境)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from shapely.geometry import MultiPolygon

from geo.base.datum import to_lonlat
from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.boundaries import POLYGONS, mend_shapes, say_mended
from geo.sources.municipality import choose_rows, read_municipalities
from geo.sources.vector import load_vector

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.sources.municipality import Municipality

_LINES: Final = ("LineString", "MultiLineString", "LinearRing")
# Border lines whose loose ends are longer than this share do not close.
_LOOSE_SHARE: Final = 0.01


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


def read_border(path: Path, choice: str = "") -> Border:
    """Return the town's border, all its parts joined (市の境を読む).

    Parameters
    ----------
    path
        Polygons in any number of features (islands, wards), or lines that close.
    choice
        Which municipality, by code or name; "" for the only one.

    Raises
    ------
    InputError
        Points, lines that do not close, several municipalities without a choice, or what
        `load_vector` and `to_lonlat` refuse.
    """
    path = Path(path)
    frame, city = _one_city(load_vector(path), choice, path.name)
    frame = frame[~(frame.geometry.isna() | frame.geometry.is_empty)]
    notices: list[Words] = []
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
                f"{path.name} の面でない地物{left}件は使いませんでした",
                f"{path.name}: {left} features that are no polygons were not used",
            )
        )
    lonlat, said = to_lonlat(polygons, path.name)
    mended, broken = mend_shapes(lonlat.geometry.to_numpy())
    if broken:
        notices.append(say_mended(path.name, broken))
    whole = shapely.union_all(mended)
    parts = whole.geoms if isinstance(whole, MultiPolygon) else [whole]
    return Border(shape=MultiPolygon(list(parts)), notices=said + notices, city=city)


def _one_city(
    frame: gpd.GeoDataFrame, choice: str, file: str
) -> tuple[gpd.GeoDataFrame, Municipality | None]:
    """Return the features of one municipality, and which it is."""
    columns = [str(column) for column in frame.columns if column != frame.geometry.name]
    found = read_municipalities(columns, lambda head: list(frame[head]))
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
    told = [one for one in found if one.say()]
    return frame, told[0] if told else None


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
