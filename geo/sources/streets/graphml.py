"""Read streets from a GraphML file saved by OSMnx (OSMnxのGraphMLを読む)."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final, Literal
from xml.etree.ElementTree import ParseError

import networkx as nx
import numpy as np
import osmnx
import shapely

from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.declare import StreetFormat, StreetsWanted
from geo.sources.streets.edge_table import (
    Edge,
    extract_edges,
    merge_directions,
    read_tags,
    read_values,
)
from geo.sources.streets.ends import join_ends, tell_apart
from geo.sources.streets.gpkg import check_gpkg, list_gpkg_layers, load_gpkg_layer
from geo.sources.streets.table import is_closed_row
from geo.sources.ways.features import Feature, Features, sort_features
from geo.sources.ways.osm_tags import DETAIL_KEYS, FEATURE_KEYS, WALK_KEYS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geo.network.extract import Extract
    from geo.sources.streets.ends import Apart

# What networkx and OSMnx raise on a file that is no graph of theirs.
_NOT_A_GRAPH = (
    OSError, ParseError, ValueError, KeyError, TypeError, AttributeError, nx.NetworkXException,
)  # fmt: skip
_PIECE = 2  # vertices of the shortest line
_ELEMENTS: dict[str, Literal["n", "w", "r"]] = {"node": "n", "way": "w", "relation": "r"}


def load_graphml(path: Path, features: Path | None = None, *, use_unknown: bool = False) -> Extract:
    """Return the streets of an OSMnx GraphML file (OSMnxのGraphMLを読む).

    Parameters
    ----------
    path
        A graph in degrees, simplified or not.
    features
        A GeoPackage of what is beside the streets, as `geo.sources.streets.overpass.save_place`
        writes it; gives sites, dwellings and the base map.
    use_unknown
        Whether edges without a ``highway`` value may be walked.

    Returns
    -------
        Both directions of one street are one way; pieces of one OSM way are put together
        again, so that the network is that of the same data in an OSM file.

    Raises
    ------
    InputError
        When the file is no OSMnx graph in degrees, or holds no walkable street.
    """
    graph = _load_graph(path)
    _refuse_plane(path, graph)
    edges, apart = _list_edges(graph)
    edges = _join_pieces(merge_directions(edges))
    extract = extract_edges(
        edges,
        use_unknown=use_unknown,
        features=None if features is None else _load_features(features),
        closed=[node for node, data in graph.nodes(data=True) if is_closed_row(data)],
        problems=tell_apart(path.name, apart),
    )
    if not extract.streets.way_id.size:
        raise InputError(
            Words(
                f"{path.name} に歩ける道が1本もありません。辺の属性 highway を確かめてください。",
                f"no walkable street in {path.name}; check the edges' attribute highway",
            )
        )
    return extract


def _load_graph(path: Path) -> Any:  # noqa: ANN401 - networkx has no types
    try:
        graph = osmnx.load_graphml(path)
        _ = [(data["x"], data["y"]) for _, data in graph.nodes(data=True)]
    except _NOT_A_GRAPH as error:
        raise InputError(
            Words(
                f"{path.name} をOSMnxのGraphMLとして読めません（{type(error).__name__}: {error}）。"
                "OSMnxの save_graphml で保存したファイルを指定してください。",
                f"{path.name} cannot be read as GraphML of OSMnx ({type(error).__name__}: "
                f"{error}); give a file written by save_graphml",
            )
        ) from error
    return graph


def _refuse_plane(path: Path, graph: Any) -> None:  # noqa: ANN401 - networkx has no types
    at = np.array([(data["x"], data["y"]) for _, data in graph.nodes(data=True)]).reshape(-1, 2)
    if at.size and not (np.abs(at) <= (180, 90)).all():
        raise InputError(
            Words(
                f"{path.name} の座標が緯度経度ではありません。"
                "投影する前のグラフ（EPSG:4326）を保存し直してください。",
                f"{path.name} is not in degrees; save the graph before projecting it (EPSG:4326)",
            )
        )


def _list_edges(graph: Any) -> tuple[list[Edge], list[Apart]]:  # noqa: ANN401 - networkx has no types
    place = {node: (data["x"], data["y"]) for node, data in graph.nodes(data=True)}
    rows = [(u, v, data) for u, v, data in graph.edges(data=True) if u != v or "geometry" in data]
    shapes = [
        [shapely.get_coordinates(part) for part in shapely.get_parts(data["geometry"])]
        if "geometry" in data
        else [np.array([place[u], place[v]])]
        for u, v, data in rows
    ]
    pieces, apart = join_ends(
        np.array([row[0] for row in rows], dtype=np.int64),
        np.array([row[1] for row in rows], dtype=np.int64),
        shapes,
        place,
    )
    edges = [
        Edge(
            way_id=_way_id(rows[piece.row][2].get("osmid"), piece.row + 1),
            u=piece.u,
            v=piece.v,
            tags=read_tags({key: rows[piece.row][2].get(key) for key in (*WALK_KEYS, "name")}),
            coords=piece.coords,
        )
        for piece in pieces
    ]
    return edges, apart


def _way_id(osmid: object, otherwise: int) -> int:
    values = read_values(osmid)
    try:
        return min(int(value) for value in values)
    except ValueError:
        return otherwise


def _join_pieces(edges: Sequence[Edge]) -> list[Edge]:
    """Return edges with the two-vertex pieces of one way joined end to end.

    An unsimplified graph has an edge for every pair of vertices; each vertex would else
    become a junction. The nodes keep their ids, so those other ways use stay junctions.
    """
    joined = [edge for edge in edges if len(edge.coords) > _PIECE]
    pieces: dict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        if len(edge.coords) == _PIECE:
            pieces[edge.way_id].append(edge)
    users = Counter(node for edge in edges for node in (edge.u, edge.v))
    for way_id in sorted(pieces):
        joined.extend(_chain(pieces[way_id], users))
    return joined


def _chain(pieces: list[Edge], users: Counter[int]) -> list[Edge]:
    """Return the pieces of one way as few long edges."""
    at: dict[int, list[int]] = defaultdict(list)
    for row, piece in enumerate(pieces):
        at[piece.u].append(row)
        at[piece.v].append(row)
    unused = set(range(len(pieces)))
    # Open ends first; a ring then starts where another way meets it, if one does.
    starts = sorted(at, key=lambda node: (len(at[node]) % 2 == 0, users[node] == len(at[node])))
    chains = []
    for start in starts:
        while any(row in unused for row in at[start]):
            chains.append(_walk(pieces, at, unused, start))
    return chains


def _walk(pieces: list[Edge], at: dict[int, list[int]], unused: set[int], start: int) -> Edge:
    """Return one run of unused pieces from `start` until none goes on; they are used up."""
    nodes, coords = [start], []
    while row := next((1 + r for r in at[nodes[-1]] if r in unused), 0):
        piece = pieces[row - 1]
        unused.remove(row - 1)
        forward = piece.u == nodes[-1]
        nodes.append(piece.v if forward else piece.u)
        coords.append(piece.coords if forward else piece.coords[::-1])
    line = np.vstack([coords[0][:1], *(part[1:] for part in coords)])
    return pieces[0]._replace(u=nodes[0], v=nodes[-1], inner=tuple(nodes[1:-1]), coords=line)


def _load_features(path: Path) -> Features:
    check_gpkg(path)
    found: list[Feature] = []
    shapes: list[object] = []
    for layer in list_gpkg_layers(path):
        table = load_gpkg_layer(path, layer)
        missing = [name for name in ("element", "id") if name not in table.columns]
        if missing:
            raise InputError(
                Words(
                    f"{path.name} に列 {'、'.join(missing)} がありません。"
                    "kayoi build が保存したままのファイルを使ってください。",
                    f"{path.name} lacks {', '.join(missing)}; use the file as it was saved",
                )
            )
        keys = [key for key in (*FEATURE_KEYS, *DETAIL_KEYS) if key in table.columns]
        values = {key: [read_values(value) for value in table[key]] for key in dict.fromkeys(keys)}
        for row, (element, osm_id) in enumerate(zip(table["element"], table["id"], strict=True)):
            tags = {key: values[key][row][0] for key in values if values[key][row]}
            found.append(Feature(_ELEMENTS[element], int(osm_id), tags))
            shapes.append(table.geometry.iloc[row])
    column = np.empty(len(shapes), dtype=object)
    column[:] = shapes
    return sort_features(found, column)


def _load(path: Path, wanted: StreetsWanted) -> Extract:
    features = features_beside(path)
    beside = features if features.is_file() else None
    return load_graphml(path, beside, use_unknown=wanted.use_unknown)


def features_beside(path: Path) -> Path:
    """Return where the features of a GraphML file are looked for (施設のファイルの場所)."""
    return path.with_name(f"{path.stem}-features.gpkg")


SOURCE: Final = StreetFormat(
    id="graphml", words=Words("OSMnx の GraphML", "GraphML of OSMnx"), endings=(".graphml",), load=_load,
    origin=Words(
        "OSMnx、または --place が取り寄せて置く。ODbL 1.0、© OpenStreetMap contributors",
        "OSMnx, or fetched by --place; ODbL 1.0, © OpenStreetMap contributors",
    ),
)  # fmt: skip
