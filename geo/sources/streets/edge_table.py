"""Streets given as a table of edges, as OSMnx saves them (辺の表としての道)."""

from __future__ import annotations

import ast
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.base.place import LONLAT
from geo.base.text import tidy
from geo.network.extract import BASE_KINDS, Extract
from geo.sources.pbf.way_book import WayBook
from geo.sources.ways.features import Features, no_features
from geo.sources.ways.osm_tags import WALK_KEYS, base_feature, walk_flags, walk_verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]
    TagLists = Mapping[str, Sequence[str]]

UNKNOWN = "unknown"
# OSM's own resolution in degrees, about 1 cm: nearer ends are the same place.
_DIGITS = 7


class Edge(NamedTuple):
    """One street piece between two nodes (辺).

    `tags` holds a list of values for each key, since a simplified OSMnx edge may stand for
    several ways; `coords` are (n, 2) degrees from `u` to `v`. `inner` are the ids of the
    vertices between, where the source tells them; else none of them can be a junction.
    """

    way_id: int
    u: int
    v: int
    tags: TagLists
    coords: Floats
    inner: tuple[int, ...] = ()


def extract_edges(
    edges: Sequence[Edge], *, use_unknown: bool = False, features: Features | None = None
) -> Extract:
    """Return the extract of a table of edges (辺の表から地図データを作る).

    Parameters
    ----------
    edges
        In the source's order. Both directions of one street are told once.
    use_unknown
        Whether an edge of no ``highway`` value at all may be walked; else it is counted as
        ``unknown_kind``.
    features
        Sites, dwellings and base map that came beside the edges.

    Returns
    -------
        Base features are the roads, all of them, and those of `features`.
    """
    once = merge_directions(edges)
    book = WayBook()
    # Below every id of the source, so that no shape vertex is ever taken for a junction.
    lowest = min([0, *(min(edge.u, edge.v, *edge.inner) for edge in once)])
    for edge in once:
        lon, lat = edge.coords.T.tolist()
        verdict, flags = _judge(edge.tags)
        kinds = edge.tags.get("highway") or ()
        if verdict == "walk" or (use_unknown and not kinds):
            fresh = 0 if edge.inner else len(edge.coords) - 2
            between = edge.inner or range(lowest - 1, lowest - 1 - fresh, -1)
            lowest -= fresh
            book.add(
                way_id=edge.way_id, highway=kinds[0] if kinds else UNKNOWN, flags=flags,
                node_id=[edge.u, *between, edge.v], lon=lon, lat=lat,
            )  # fmt: skip
        else:
            book.leave_out(verdict, lon, lat)
    given = no_features() if features is None else features
    return Extract(
        streets=book.finish(),
        sites=given.sites,
        buildings=given.buildings,
        base=_draw_roads(once, given.base),
        left_out=book.left_out,
        left_out_m=book.left_out_m,
    )


def read_values(value: object) -> tuple[str, ...]:
    """Return the values of one cell: none, one, or those of a list (値を並べる).

    Examples
    --------
    >>> read_values("['residential', 'service']"), read_values("steps"), read_values(None)
    (('residential', 'service'), ('steps',), ())
    """
    if isinstance(value, (list, tuple, set)):
        return tuple(str(item) for item in value)
    if value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return ()
    text = str(value).strip()
    if text.startswith("[") and text.endswith("]"):
        try:
            return tuple(str(item) for item in ast.literal_eval(text))
        except (ValueError, SyntaxError):
            return (text,)
    return (text,) if text not in {"", "nan", "None"} else ()


def turn_edges(u: Ints, v: Ints, lines: Sequence[Floats]) -> list[Floats]:
    """Return polylines that run from `u` to `v` and end where their nodes stand (向きをそろえる).

    Tables do not promise that a shape runs from u to v. A node stands where most of its
    edges have an end.

    Parameters
    ----------
    u, v
        (E,) node ids.
    lines
        E arrays (n, 2), degrees; unchanged.
    """
    if not lines:
        return []
    first = np.round([line[0] for line in lines], _DIGITS) + 0.0
    last = np.round([line[-1] for line in lines], _DIGITS) + 0.0
    # Both readings of an edge vote; where its nodes have other edges, the true one gets more.
    votes = _count_ends([u, v, u, v], [first, last, last, first])
    stored, turned = votes[0] + votes[1], votes[2] + votes[3]
    back = turned > stored
    ends = np.where(back[:, None], last, first), np.where(back[:, None], first, last)
    at = _place_nodes(u, v, *ends)
    at_u, at_v = at.loc[u].to_numpy(), at.loc[v].to_numpy()
    # Two edges of one pair of nodes may be stored in opposite directions, a tie of votes.
    back = _gap(first, at_u) + _gap(last, at_v) > _gap(last, at_u) + _gap(first, at_v)
    return [
        np.vstack([at_u[row], (line[::-1] if back[row] else line)[1:-1], at_v[row]])
        for row, line in enumerate(lines)
    ]


def _count_ends(nodes: list[Ints], ends: list[Floats]) -> list[Ints]:
    """Return, for each node and end given, how often that node has that end."""
    table = pd.DataFrame(np.concatenate(ends), columns=["lon", "lat"])
    table["node"] = np.concatenate(nodes)
    count = table.groupby(["node", "lon", "lat"])["node"].transform("size")
    return list(np.split(count.to_numpy(dtype=np.int64), len(nodes)))


def _place_nodes(u: Ints, v: Ints, at_u: Floats, at_v: Floats) -> pd.DataFrame:
    """Return each node's most frequent place, the first met of equals."""
    table = pd.DataFrame(np.concatenate([at_u, at_v]), columns=["lon", "lat"])
    table["node"] = np.concatenate([u, v])
    table["votes"] = np.concatenate(_count_ends([u, v], [at_u, at_v]))
    table = table.sort_values("votes", ascending=False, kind="stable")
    return table.drop_duplicates("node").set_index("node")[["lon", "lat"]]


def _gap(one: Floats, other: Floats) -> Floats:
    return np.asarray(np.abs(one - other).sum(axis=1))


def merge_directions(edges: Sequence[Edge]) -> list[Edge]:
    """Return each street once, in the direction met first (往復を1本にする).

    Where only one direction may be walked, that one is kept.
    """
    seen: dict[tuple[int, int, bytes], int] = {}
    once: list[Edge] = []
    for edge in edges:
        there = np.round(edge.coords, _DIGITS) + 0.0
        back = there[::-1]
        forward = (edge.u, edge.v, there.tobytes())
        key = min(forward, (edge.v, edge.u, back.tobytes()))
        if key not in seen:
            seen[key] = len(once)
            once.append(edge)
        elif _judge(once[seen[key]].tags)[0] != "walk":
            once[seen[key]] = edge
    return once


def _judge(tags: TagLists) -> tuple[str, int]:
    """Return why an edge may not be walked, or "walk", and its flags.

    An edge of several kinds is walked only when each of them may be.
    """
    keys = [key for key in WALK_KEYS if tags.get(key)]
    verdict, flags = "walk", 0
    if "highway" not in keys:
        return "unknown_kind", 0
    for values in product(*(tags[key] for key in keys)):
        one = dict(zip(keys, values, strict=True))
        flags |= walk_flags(one)
        if verdict == "walk":
            verdict = walk_verdict(one)
    return verdict, flags


def _draw_roads(edges: Sequence[Edge], given: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    drawn = []
    for row, edge in enumerate(edges):
        kinds = edge.tags.get("highway") or ("road",)
        # What is on the ground is drawn, also where its kind is not known.
        kind, rank = base_feature({"highway": kinds[0]}, is_area=False) or ("road", 4)
        drawn.append((BASE_KINDS.index(kind), edge.way_id, row, kind, rank))
    drawn.sort()
    rows = [item[2] for item in drawn]
    roads = gpd.GeoDataFrame(
        {
            "k": pd.array([item[3] for item in drawn], "str"),
            "name": pd.array(
                [tidy(" ".join(edges[row].tags.get("name", ())[:1])) for row in rows], "str"
            ),
            "rank": np.array([item[4] for item in drawn], dtype=np.int64),
        },
        geometry=[shapely.LineString(edges[row].coords) for row in rows],
        crs=LONLAT,
    )
    if given.empty:
        return roads
    both = pd.concat([given, roads], ignore_index=True)
    order = both["k"].map(BASE_KINDS.index).to_numpy().argsort(kind="stable")
    return both.iloc[order].reset_index(drop=True)
