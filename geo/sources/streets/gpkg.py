"""Read streets from a GeoPackage of nodes and edges (GeoPackageの道を読む)."""

from __future__ import annotations

import sqlite3
import warnings
from contextlib import closing
from typing import TYPE_CHECKING, Final

import numpy as np
import pyogrio

from geo.base.place import LONLAT
from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.declare import StreetFormat, StreetsWanted
from geo.sources.flat import lay_flat
from geo.sources.streets.table import check_edges, extract_table

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

    from geo.network.extract import Extract

# OGC GeoPackage 1.3, requirement 1 and 2: an SQLite file with this application id at byte 68.
_SQLITE = b"SQLite format 3\x00"
_APPLICATION_IDS = {b"GPKG", b"GP10", b"GP11"}


def load_street_gpkg(path: Path, *, use_unknown: bool = False) -> Extract:
    """Return the streets of a GeoPackage (GeoPackageの道を読む).

    Parameters
    ----------
    path
        A GeoPackage with a layer ``edges`` of lines and columns ``u v highway``, as OSMnx
        saves it; ``name access foot tunnel bridge …`` are used where present. Any CRS. A layer
        ``nodes`` with ``osmid`` (or ``node``, ``id``) tells where nodes stand and which of them
        nobody may pass (``barrier foot access locked``).
    use_unknown
        Whether edges without a ``highway`` value may be walked.

    Returns
    -------
        One way an edge, its id the row number; a street told in both directions is one way.
        Edges that may not be walked are in `left_out` and `left_out_m`. No sites, no
        dwellings; the base map is the roads, all of them.

    Raises
    ------
    InputError
        When the file is no GeoPackage, or lacks the layer, a column, its CRS, or any street.
    """
    check_gpkg(path)
    nodes = load_gpkg_layer(path, "nodes") if "nodes" in list_gpkg_layers(path) else None
    return extract_table(path, _load_edges(path), nodes, use_unknown=use_unknown)


def check_gpkg(path: Path) -> Path:
    """Return the path of a real GeoPackage, or refuse it (GeoPackageか確かめる).

    GDAL chooses a driver by content, whatever a file's name; a file is opened only after its
    own header says that it is a GeoPackage.
    """
    try:
        with path.open("rb") as file:
            head = file.read(72)
    except OSError as error:
        raise InputError(
            Words(
                f"ファイル {path} を開けません（{error.strerror}）。場所と名前を確かめてください。",
                f"cannot open {path} ({error.strerror}); check folder and name",
            )
        ) from error
    if not head.startswith(_SQLITE) or head[68:72] not in _APPLICATION_IDS:
        raise _not_gpkg(path, "header")
    return path


def list_gpkg_layers(path: Path) -> list[str]:
    """Return the layers of features of a GeoPackage, sorted (レイヤの一覧)."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            rows = database.execute("SELECT table_name FROM gpkg_geometry_columns").fetchall()
    except sqlite3.Error as error:
        raise _not_gpkg(path, str(error)) from error
    return sorted(str(row[0]) for row in rows)


def load_gpkg_layer(path: Path, layer: str) -> gpd.GeoDataFrame:
    """Return one layer of a checked GeoPackage in degrees (1つのレイヤを読む).

    Raises
    ------
    InputError
        When the layer cannot be read, or does not say its CRS.
    """
    try:
        # A coordinate that is no number is told with its row by `lay_flat`.
        with warnings.catch_warnings(), np.errstate(invalid="ignore"):
            # GDAL warns of small faults of a file; what matters to us is refused below.
            warnings.simplefilter("ignore", RuntimeWarning)
            table = pyogrio.read_dataframe(path, layer=layer)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
        raise _not_gpkg(path, str(error)) from error
    # GeoPackage has two numbers for "not known", and GDAL two names.
    if table.crs is None or table.crs.name.startswith("Undefined"):
        raise InputError(
            Words(
                f"{path.name} のレイヤ {layer} に座標系が書かれていません。"
                "QGISなどで座標系を設定して保存し直してください。",
                f"layer {layer} of {path.name} has no CRS; set one and save it again",
            )
        )
    return lay_flat(table, path.name).to_crs(LONLAT)


def _load_edges(path: Path) -> gpd.GeoDataFrame:
    layers = list_gpkg_layers(path)
    if "edges" not in layers:
        raise InputError(
            Words(
                f"{path.name} にレイヤ edges がありません（あるのは {'、'.join(layers) or 'なし'}）。"
                "道の線をレイヤ edges に、列 u・v・highway を付けて保存してください。",
                f"{path.name} has no layer edges (it has {', '.join(layers) or 'none'}); "
                "save the street lines as edges with columns u, v, highway",
            )
        )
    return check_edges(path, load_gpkg_layer(path, "edges"))


def _not_gpkg(path: Path, why: str) -> InputError:
    return InputError(
        Words(
            f"{path.name} はGeoPackageとして読めません（{why}）。"
            "ファイルがこわれているか、別の形式です。GeoPackage形式で保存し直してください。",
            f"{path.name} cannot be read as a GeoPackage ({why}); save it again in that format",
        )
    )


def _load(path: Path, wanted: StreetsWanted) -> Extract:
    return load_street_gpkg(path, use_unknown=wanted.use_unknown)


SOURCE: Final = StreetFormat(
    id="gpkg", words=Words("道の GeoPackage", "GeoPackage of streets"), endings=(".gpkg",), load=_load,
    origin=Words(
        "OSMnx の save_graph_geopackage、または同じ列の市の道路",
        "save_graph_geopackage of OSMnx, or a city's streets with the same columns",
    ),
)  # fmt: skip
