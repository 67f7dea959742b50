"""Streets given as a table of edges, as OSMnx saves them (辺の表としての道)."""

from __future__ import annotations

import ast
import re
from itertools import product
from typing import TYPE_CHECKING, Final, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.base.place import LONLAT
from geo.base.text import tidy
from geo.network.extract import BASE_KINDS, SHAPE_BELOW, Extract
from geo.sources.pbf.way_book import WayBook
from geo.sources.streets.ends import DIGITS
from geo.sources.ways.features import Features, no_features
from geo.sources.ways.osm_tags import (
    WALK_KEYS,
    base_feature,
    main_kind,
    walk_flags,
    walk_storey,
    walk_verdict,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from geo.base.problems import Problem

    Floats = npt.NDArray[np.float64]
    TagLists = Mapping[str, Sequence[str]]

UNKNOWN = "unknown"
_LIST_SEPARATOR: Final = re.compile(r"[,;、|/]")
# How lists come out of other programs: PostgreSQL's {a,b}, OGR's (2:a,b), a plain a, b or a;b|c.
_LIST_SIGNS: Final = re.compile(r"^[\[({]+(?:\d+:)?|[\])}]+$")


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
    edges: Sequence[Edge],
    *,
    use_unknown: bool = False,
    features: Features | None = None,
    closed: Sequence[int] = (),
    problems: Sequence[Problem] = (),
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
    closed
        Nodes that nobody may pass.
    problems
        What was found while the table was read.

    Returns
    -------
        Base features are the roads, all of them, and those of `features`.
    """
    once = merge_directions(edges)
    book = WayBook(closed=list(closed))
    # Below every id of the source, so that no shape vertex is ever taken for a junction.
    lowest = min([SHAPE_BELOW, *(min(edge.u, edge.v, *edge.inner) for edge in once)])
    for edge in once:
        lon, lat = edge.coords.T.tolist()
        verdict, flags, storey = _judge(edge.tags)
        kinds = edge.tags.get("highway") or ()
        if verdict == "walk" or (use_unknown and not kinds):
            fresh = 0 if edge.inner else len(edge.coords) - 2
            between = edge.inner or range(lowest - 1, lowest - 1 - fresh, -1)
            lowest -= fresh
            book.add(
                way_id=edge.way_id, highway=main_kind(kinds) or UNKNOWN, flags=flags,
                storey=storey, node_id=[edge.u, *between, edge.v], lon=lon, lat=lat,
            )  # fmt: skip
        else:
            book.leave_out(verdict, lon, lat, highway="/".join(sorted(kinds)))
    given = no_features() if features is None else features
    return Extract(
        streets=book.finish(),
        sites=given.sites,
        buildings=given.buildings,
        base=_draw_roads(once, given.base),
        left_out=book.left_out,
        left_out_m=book.left_out_m,
        kinds_left_out=book.kinds_left_out,
        problems=tuple(problems),
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


def read_list(value: object) -> tuple[str, ...]:
    """Return the values of a cell in which several may stand side by side (並んだ値を分ける).

    Examples
    --------
    >>> read_list("residential, service"), read_list("{path,steps}"), read_list("(2:a,b)")
    (('residential', 'service'), ('path', 'steps'), ('a', 'b'))
    >>> read_list("Residential|SERVICE")
    ('residential', 'service')
    """
    parts = (part for text in read_values(value) for part in _LIST_SEPARATOR.split(text))
    bare = (_LIST_SIGNS.sub("", part.strip()).strip(" '\"").lower() for part in parts)
    return tuple(dict.fromkeys(part for part in bare if part not in {"", "nan", "none"}))


def read_tags(cells: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    """Return the tags of an edge from its cells (辺のタグを読む)."""
    return {
        key: read_list(value) if key in WALK_KEYS else read_values(value)
        for key, value in cells.items()
    }


def merge_directions(edges: Sequence[Edge]) -> list[Edge]:
    """Return each street once, in the direction met first (往復を1本にする).

    Where only one direction may be walked, that one is kept.
    """
    seen: dict[tuple[int, int, bytes], int] = {}
    once: list[Edge] = []
    for edge in edges:
        there = np.round(edge.coords, DIGITS) + 0.0
        back = there[::-1]
        forward = (edge.u, edge.v, there.tobytes())
        key = min(forward, (edge.v, edge.u, back.tobytes()))
        if key not in seen:
            seen[key] = len(once)
            once.append(edge)
        elif _judge(once[seen[key]].tags)[0] != "walk":
            once[seen[key]] = edge
    return once


def _judge(tags: TagLists) -> tuple[str, int, str]:
    """Return why an edge may not be walked, or "walk", its flags, and its level.

    Several values are those of the pieces that lie one behind the other along the edge: it is
    walked only when each of them may be, is a bridge where one of them is, and is on the levels
    of all. In which order they stand says nothing.
    """
    keys = [key for key in WALK_KEYS if tags.get(key)]
    verdict, flags = "walk", 0
    storeys: set[str] = set()
    if "highway" not in keys:
        return "unknown_kind", 0, ""
    for values in product(*(sorted(tags[key]) for key in keys)):
        one = dict(zip(keys, values, strict=True))
        flags |= walk_flags(one)
        storeys.update(walk_storey(one).split() or ["0/0"])
        if verdict == "walk":
            verdict = walk_verdict(one)
    return verdict, flags, "" if storeys == {"0/0"} else " ".join(sorted(storeys))


def _draw_roads(edges: Sequence[Edge], given: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    drawn = []
    for row, edge in enumerate(edges):
        kinds = edge.tags.get("highway") or ("road",)
        # What is on the ground is drawn, also where its kind is not known.
        kind, rank = base_feature({"highway": main_kind(kinds)}, is_area=False) or ("road", 4)
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
