"""Read streets from a GeoPackage of nodes and edges (GeoPackageの道を読む)."""

from __future__ import annotations

import sqlite3
import warnings
from contextlib import closing
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import pyogrio
import shapely

from geo.base.place import LONLAT
from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.declare import StreetFormat, StreetsWanted
from geo.sources.streets.edge_table import Edge, extract_edges, read_values, turn_edges
from geo.sources.ways.osm_tags import WALK_KEYS

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd
    import numpy.typing as npt

    from geo.network.extract import Extract

    Ints = npt.NDArray[np.int64]

_NEEDED = ("u", "v", "highway")
# OGC GeoPackage 1.3, requirement 1 and 2: an SQLite file with this application id at byte 68.
_SQLITE = b"SQLite format 3\x00"
_APPLICATION_IDS = {b"GPKG", b"GP10", b"GP11"}


def load_street_gpkg(path: Path, *, use_unknown: bool = False) -> Extract:
    """Return the streets of a GeoPackage (GeoPackageの道を読む).

    Parameters
    ----------
    path
        A GeoPackage with a layer ``edges`` of lines and columns ``u v highway``, as OSMnx
        saves it; ``name access foot tunnel bridge …`` are used where present. Any CRS.
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
    table = _load_edges(path)
    whole = {name: _whole_numbers(path, table, name) for name in ("u", "v")}
    lines = [shapely.get_coordinates(shape) for shape in table.geometry]
    turned = turn_edges(whole["u"], whole["v"], lines)
    keys = [key for key in (*WALK_KEYS, "name") if key in table.columns]
    values = {key: [read_values(value) for value in table[key]] for key in keys}
    edges = [
        Edge(
            way_id=int(table.index[row]) + 1,
            u=int(whole["u"][row]),
            v=int(whole["v"][row]),
            tags={key: values[key][row] for key in keys},
            coords=turned[row],
        )
        for row in range(len(table))
    ]
    extract = extract_edges(edges, use_unknown=use_unknown)
    if not extract.streets.way_id.size:
        raise InputError(
            Words(
                f"{path.name} の edges に歩ける道が1本もありません。列 highway の値を確かめてください。",
                f"no walkable street in the edges of {path.name}; check the column highway",
            )
        )
    return extract


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
    """Return the layers of features of a GeoPackage, sorted (レイヤーの一覧)."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            rows = database.execute("SELECT table_name FROM gpkg_geometry_columns").fetchall()
    except sqlite3.Error as error:
        raise _not_gpkg(path, str(error)) from error
    return sorted(str(row[0]) for row in rows)


def load_gpkg_layer(path: Path, layer: str) -> gpd.GeoDataFrame:
    """Return one layer of a checked GeoPackage in degrees (1つのレイヤーを読む).

    Raises
    ------
    InputError
        When the layer cannot be read, or does not say its CRS.
    """
    try:
        with warnings.catch_warnings():
            # GDAL warns of small faults of a file; what matters to us is refused below.
            warnings.simplefilter("ignore", RuntimeWarning)
            table = pyogrio.read_dataframe(path, layer=layer)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
        raise _not_gpkg(path, str(error)) from error
    # GeoPackage has two numbers for "not known", and GDAL two names.
    if table.crs is None or table.crs.name.startswith("Undefined"):
        raise InputError(
            Words(
                f"{path.name} のレイヤー {layer} に座標系が書かれていません。"
                "QGISなどで座標系を設定して保存し直してください。",
                f"layer {layer} of {path.name} has no CRS; set one and save it again",
            )
        )
    return table.to_crs(LONLAT)


def _load_edges(path: Path) -> gpd.GeoDataFrame:
    layers = list_gpkg_layers(path)
    if "edges" not in layers:
        raise InputError(
            Words(
                f"{path.name} にレイヤー edges がありません（あるのは {'、'.join(layers) or 'なし'}）。"
                "道の線をレイヤー edges に、列 u・v・highway を付けて保存してください。",
                f"{path.name} has no layer edges (it has {', '.join(layers) or 'none'}); "
                "save the street lines as edges with columns u, v, highway",
            )
        )
    table = load_gpkg_layer(path, "edges")
    missing = [name for name in _NEEDED if name not in table.columns]
    if missing:
        there = [str(name) for name in table.columns if name != table.geometry.name]
        raise InputError(
            Words(
                f"{path.name} の edges に列 {'、'.join(missing)} がありません"
                f"（あるのは {'、'.join(there) or 'なし'}）。"
                "u・v は両端の節点の番号、highway はOSMの道の種類です。",
                f"edges of {path.name} lack {', '.join(missing)} (there are "
                f"{', '.join(there) or 'none'}); u and v are the end nodes, highway the OSM kind",
            )
        )
    return _only_lines(path, table)


def _only_lines(path: Path, table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the table with one-part multilines made lines; other shapes are refused."""
    merged = table.geometry.line_merge()
    bad = np.flatnonzero(~((merged.geom_type == "LineString") & ~merged.is_empty))
    if bad.size:
        row = int(bad[0])
        raise InputError(
            Words(
                f"{path.name} の edges の {row + 1}行目が1本の線ではありません（{bad.size}行）。"
                "線を1本ずつに分けて保存し直してください。",
                f"row {row + 1} of edges in {path.name} is not one line ({bad.size} rows); "
                "split it into single lines",
            )
        )
    return table.set_geometry(merged)


def _whole_numbers(path: Path, table: gpd.GeoDataFrame, name: str) -> Ints:
    numbers = pd.to_numeric(table[name], errors="coerce")
    bad = np.flatnonzero(numbers.isna() | (numbers % 1 != 0))
    if bad.size:
        row = int(bad[0])
        raise InputError(
            Words(
                f"{path.name} の edges の {row + 1}行目、列 {name} が整数ではありません"
                f"（{table[name].iloc[row]}、{bad.size}行）。節点の番号を入れてください。",
                f"edges of {path.name}, row {row + 1}: {name} is not a whole number "
                f"({table[name].iloc[row]}; {bad.size} rows)",
            )
        )
    return np.asarray(numbers, dtype=np.int64)


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
