"""Read streets from a shapefile of edges (シェープファイルの道を読む)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.place import LONLAT
from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.declare import StreetFormat, StreetsWanted
from geo.sources.streets.table import check_edges, extract_table
from geo.sources.vector import load_vector
from geo.sources.ways.osm_tags import WALK_KEYS

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

    from geo.network.extract import Extract

_MOST_SIGNS: Final = 10  # of a column's name in a dbf
_CUT_SHORT: Final = {key[:_MOST_SIGNS]: key for key in WALK_KEYS if len(key) > _MOST_SIGNS}


def load_street_shapefile(path: Path, *, use_unknown: bool = False) -> Extract:
    """Return the streets of a shapefile (シェープファイルの道を読む).

    Parameters
    ----------
    path
        ``.shp`` with its companions, or a ``.zip`` of one: lines with columns ``u v highway``,
        as the edges of a GeoPackage (`geo.sources.streets.gpkg`). A column's name has ten signs
        at most there, so ``trail_visi`` is ``trail_visibility``.
    use_unknown
        Whether edges without a ``highway`` value may be walked.

    Raises
    ------
    InputError
        When the file cannot be read, or lacks a column, its CRS, or any street.
    """
    table = _load_lonlat(path).rename(columns=_CUT_SHORT)
    return extract_table(path, check_edges(path, table), None, use_unknown=use_unknown)


def _load_lonlat(path: Path) -> gpd.GeoDataFrame:
    table = load_vector(path)
    if table.crs is None:
        raise InputError(
            Words(
                f"{path.name} に座標系（.prj）がありません。QGISなどで座標系を付けて保存し直してください。",
                f"{path.name} has no CRS (.prj); set one and save it again",
            )
        )
    return table.to_crs(LONLAT)


def _load(path: Path, wanted: StreetsWanted) -> Extract:
    return load_street_shapefile(path, use_unknown=wanted.use_unknown)


SOURCE: Final = StreetFormat(
    id="shapefile", words=Words("道のシェープファイル", "shapefile of streets"),
    endings=(".shp", ".zip"), load=_load,
    origin=Words(
        "市の道路台帳など。線に u・v・highway の列が要ります",
        "a city's own streets; its lines need columns u, v, highway",
    ),
)  # fmt: skip
