"""Streets of a table of lines with ``u v highway``, whatever file it came in (線の表としての道)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import shapely

from geo.base.problems import InputError, Problem
from geo.base.words import Words
from geo.sources.loose_ends import tell_gaps
from geo.sources.streets.edge_table import Edge, extract_edges, read_tags, read_values
from geo.sources.streets.ends import find_gaps, join_ends, tell_apart
from geo.sources.ways.osm_tags import NODE_KEYS, OWN_KEYS, WALK_KEYS, is_closed_node

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd
    import numpy.typing as npt

    from geo.network.extract import Extract

    Ints = npt.NDArray[np.int64]

_NEEDED: Final = ("u", "v", "highway")
_MOST_LAT: Final = 90.0
_NODE_IDS: Final = ("osmid", "node", "id")


def extract_table(
    path: Path, table: gpd.GeoDataFrame, nodes: gpd.GeoDataFrame | None, *, use_unknown: bool
) -> Extract:
    """Return the streets of checked edges and their nodes, both in degrees (線の表から道を作る).

    Raises
    ------
    InputError
        When a node id is no whole number, or nothing may be walked.
    """
    u, v = (_whole_numbers(path, table, name) for name in ("u", "v"))
    shapes = [
        [shapely.get_coordinates(part) for part in shapely.get_parts(shape)]
        for shape in table.geometry
    ]
    places, closed = read_nodes(nodes)
    pieces, apart = join_ends(u, v, shapes, places)
    keys = [key for key in (*WALK_KEYS, "name") if key in table.columns]
    rows = table[keys].to_dict("records")
    tags = [read_tags({str(key): value for key, value in row.items()}) for row in rows]
    edges = [
        Edge(
            way_id=int(table.index[piece.row]) + 1,
            u=piece.u,
            v=piece.v,
            tags=tags[piece.row],
            coords=piece.coords,
        )
        for piece in pieces
    ]
    told = tell_gaps(
        path.name,
        find_gaps(shapes),
        numbered=False,
        what=Words("この行の線はいくつかに分かれています", "the line of this row is in parts"),
    )
    extract = extract_edges(
        edges,
        use_unknown=use_unknown,
        closed=closed,
        problems=[
            *tell_apart(path.name, apart),
            *(one for one in told if isinstance(one, Problem)),
        ],
    )
    notices = tuple(one for one in told if isinstance(one, Words))
    extract = replace(extract, notices=(*extract.notices, *notices))
    if not extract.streets.way_id.size:
        raise InputError(
            Words(
                f"{path.name} の edges に歩ける道が1本もありません。列 highway の値を確かめてください。",
                f"no walkable street in the edges of {path.name}; check the column highway",
            )
        )
    return extract


def read_nodes(
    nodes: gpd.GeoDataFrame | None,
) -> tuple[dict[int, tuple[float, float]], list[int]]:
    """Return where nodes stand, and those that nobody may pass (節点の位置と、通れない節点).

    Of a table without an id column nothing is taken.
    """
    column = next((name for name in _NODE_IDS if nodes is not None and name in nodes.columns), None)
    if nodes is None or column is None:
        return {}, []
    ids = pd.to_numeric(nodes[column], errors="coerce")
    shapes = nodes.geometry
    good = ids.notna() & (ids % 1 == 0) & (shapes.geom_type == "Point") & ~shapes.is_empty
    some = nodes[good.to_numpy()]
    numbers = ids[good].astype(np.int64).tolist()
    places = dict(zip(numbers, zip(some.geometry.x, some.geometry.y, strict=True), strict=True))
    keys = [key for key in (*NODE_KEYS, *OWN_KEYS) if key in some.columns]
    rows = some[keys].to_dict("records") if keys else []
    closed = [n for n, row in zip(numbers, rows, strict=False) if is_closed_row(row)]
    return places, closed


def is_closed_row(cells: dict[Any, object]) -> bool:
    """Say whether nobody may pass a node with these cells (通れない節点か)."""
    told = {str(key): read_values(value) for key, value in cells.items()}
    return is_closed_node({key: values[0] for key, values in told.items() if values})


def check_edges(path: Path, table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a table of lines that has what is needed, or refuse it (線の表を確かめる).

    Lines in several parts stay so, but that parts that run on are one.

    Raises
    ------
    InputError
        When a column is missing, or a row is no line.
    """
    table = _lower_names(table)
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
    kind = table.geometry.geom_type
    merged = table.geometry.where(kind != "MultiLineString", table.geometry.line_merge())
    lines = merged.geom_type.isin(["LineString", "MultiLineString"]) & ~merged.is_empty
    finite = np.isfinite(merged.bounds.to_numpy(dtype=float)).all(axis=1)
    bad = np.flatnonzero(~(lines.to_numpy() & finite))
    if bad.size:
        row = int(bad[0])
        raise InputError(
            Words(
                f"{path.name} の edges の {row + 1}行目が線ではありません（{bad.size}行）。"
                "点や面、形のない行を除いて保存し直してください。",
                f"row {row + 1} of edges in {path.name} is no line ({bad.size} rows); "
                "take out points, areas and rows without a shape",
            )
        )
    _refuse_swapped(path, merged)
    return table.set_geometry(merged)


def _lower_names(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a table whose columns of use have their names in small letters (U is u)."""
    known = {*_NEEDED, *WALK_KEYS, "name"}
    names = {
        one: one.lower()
        for one in map(str, table.columns)
        if one.lower() in known and one.lower() not in table.columns
    }
    return table.rename(columns=names)


def _refuse_swapped(path: Path, lines: gpd.GeoSeries) -> None:
    _, south, _, north = lines.total_bounds
    if max(abs(south), abs(north)) > _MOST_LAT:
        raise InputError(
            Words(
                f"{path.name} の線は、緯度と経度が入れかわっています（緯度が {north:.1f} になる）。"
                "X に経度、Y に緯度が入るように直すか、座標系を設定し直して保存してください。",
                f"the lines of {path.name} have latitude and longitude swapped (a latitude of "
                f"{north:.1f}); put longitude in X and latitude in Y, or set the CRS anew",
            )
        )


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
