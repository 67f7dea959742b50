"""Join the drawn streets: bridges, level crossings, shared corners (道をつなぐ)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree
from shapely.geometry import LineString

from geo.demo import plan
from geo.demo.lines import cut_out, spans, split_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.arrays import Floats
    from geo.demo.plan import Street

SNAP_M = 14.0  # an end this near to another street was meant to meet it
SAME_M = 1.2  # junctions nearer than this are one place
BRIDGE_M = 5.0  # a bridge reaches this far past the water: short of the levee path by SNAP_M
DECK_M = 24.0  # and the motorway's decks this far past what they cross
RAIL_DECK_M = 34.0  # the railway bridge also spans the levee paths
BRIDGE = (("bridge", "yes"), ("layer", "1"))


def join_streets(streets: Sequence[Street], rail: LineString) -> tuple[list[Street], list[Street]]:
    """Return streets and rail parts whose meetings on the ground are shared vertices (つなぐ).

    Streets that may not cross water or railway are cut there; those that may get a bridge of
    their own. A part that no longer hangs on the rest is dropped unless it is loose.
    """
    ground, decks = _split_bridges(streets)
    rails = [
        (part, deck) for part, deck in split_at(rail, spans(rail, plan.RIVER_AREA, RAIL_DECK_M))
    ]
    lines = _snap_ends([street.line for street in ground], [street.loose for street in ground])
    crossers = [street.over_rail for street in ground]
    tracks = [replace(_RAIL_WAY, line=part) for part, deck in rails if not deck]
    above = [
        replace(_RAIL_WAY, line=part, tags=(*_RAIL_WAY.tags, *BRIDGE))
        for part, deck in rails
        if deck
    ]
    every = [*ground, *decks, *tracks, *above]
    shared = _share_vertices(
        [*lines, *(street.line for street in every[len(ground) :])],
        crossers + [False] * len(decks),
        {
            *range(len(ground), len(ground) + len(decks)),
            *range(len(every) - len(above), len(every)),
        },
    )
    joined = [replace(street, line=line) for street, line in zip(every, shared, strict=True)]
    first_rail = len(ground) + len(decks)
    return _connected(joined[:first_rail]), joined[first_rail:]


def split_motorway(motorway: Street, crossed: Sequence[LineString]) -> list[Street]:
    """Return the motorway with a deck over everything it crosses (高架に分ける)."""
    stretches = spans(motorway.line, shapely.union_all(list(crossed)), DECK_M)
    return [
        replace(motorway, line=part, tags=(*motorway.tags, *BRIDGE) if deck else motorway.tags)
        for part, deck in split_at(motorway.line, stretches)
    ]


_RAIL_WAY = plan.Street(
    line=plan.RAIL_LINE,
    highway="",
    name="汐見野鉄道",
    tags=(("railway", "rail"), ("gauge", "1067")),
)


def _split_bridges(streets: Sequence[Street]) -> tuple[list[Street], list[Street]]:
    water = plan.RIVER_AREA.buffer(3.0)
    ground: list[Street] = []
    decks: list[Street] = []
    for street in streets:
        walls = [] if street.over_rail else [plan.RAIL_STRIP]
        if not street.over_river:
            ground += [replace(street, line=part) for part in cut_out(street.line, [water, *walls])]
            continue
        for part, deck in split_at(street.line, spans(street.line, plan.RIVER_AREA, BRIDGE_M)):
            if deck:
                decks.append(replace(street, line=part, lots="", tags=(*street.tags, *BRIDGE)))
            else:
                ground.append(replace(street, line=part))
    return ground, decks


def _snap_ends(lines: list[LineString], loose: list[bool]) -> list[LineString]:
    tree = shapely.STRtree(lines)
    moved = [shapely.get_coordinates(line) for line in lines]
    for number, line in enumerate(lines):
        if loose[number]:
            continue
        for end in (0, -1):
            point = shapely.Point(line.coords[end])
            near = [
                i for i in tree.query(point, predicate="dwithin", distance=SNAP_M) if i != number
            ]
            if near:
                gaps = shapely.distance(point, [lines[i] for i in near])
                target = lines[near[int(np.lexsort((near, np.round(gaps, 3)))[0])]]
                moved[number][end] = _meeting(target, point)
    return [LineString(coordinates) for coordinates in moved]


def _meeting(target: LineString, point: shapely.Point) -> Floats:
    """Return the end of `target` when it is close, else the nearest place on it."""
    corners = shapely.get_coordinates(target)
    ends = corners[[0, -1]]
    gap = np.hypot(*(ends - [point.x, point.y]).T)
    if gap.min() <= SNAP_M / 2 and not target.is_closed:
        best: Floats = ends[int(gap.argmin())]
        return best
    at: Floats = shapely.get_coordinates(target.interpolate(target.project(point)))[0]
    return np.round(at, 3)


def _share_vertices(
    every: list[LineString], crossers: list[bool], raised: set[int]
) -> list[LineString]:
    """Put one vertex into both lines wherever two meet; raised lines meet at their ends only.

    Lines past the end of `crossers` are railways, met by crossers alone.
    """
    first_rail = len(crossers)
    found = [[shapely.get_coordinates(line)[[0, -1]]] for line in every]
    left, right = shapely.STRtree(every).query(every, predicate="dwithin", distance=0.01)
    for i, j in sorted(zip(left.tolist(), right.tolist(), strict=True)):
        if i >= j or i in raised or j in raised:
            continue
        if j >= first_rail and (i >= first_rail or not crossers[i]):
            continue
        met = every[i].intersection(every[j])
        at = shapely.get_coordinates(met) if met.geom_type.endswith("Point") else np.empty((0, 2))
        ends = np.vstack([_touching(every[i], every[j]), _touching(every[j], every[i])])
        for number in (i, j):
            found[number] += [at, ends]
    spots = _merge_spots([np.vstack(some) for some in found])
    return [_insert(line, some) for line, some in zip(every, spots, strict=True)]


def _touching(line: LineString, other: LineString) -> Floats:
    ends = shapely.get_coordinates(line)[[0, -1]]
    near: Floats = ends[shapely.distance(shapely.points(ends), other) < 0.01]  # noqa: PLR2004 - 1 cm
    return near


def _merge_spots(spots: list[Floats]) -> list[Floats]:
    """Give junctions nearer than SAME_M one coordinate, the first one's."""
    every = np.round(np.vstack(spots), 3)
    near = cKDTree(every).query_pairs(SAME_M, output_type="ndarray")
    graph = coo_array(
        (np.ones(len(near)), (near[:, 0], near[:, 1])), shape=(len(every), len(every))
    )
    _, label = connected_components(graph, directed=False)
    first = np.full(label.max() + 1, len(every))
    np.minimum.at(first, label, np.arange(len(every)))
    merged = every[first[label]]
    ends = np.cumsum([len(some) for some in spots])[:-1]
    return np.split(merged, ends)


def _insert(line: LineString, spots: Floats) -> LineString:
    places = np.unique(spots, axis=0)
    closed = line.is_closed
    at = shapely.line_locate_point(line, shapely.points(places))
    corners = shapely.get_coordinates(line)
    gap, _ = cKDTree(places).query(corners)
    plain = gap > SAME_M
    where = shapely.line_locate_point(line, shapely.points(corners))
    drawn = np.vstack([corners[plain], places])
    order = np.argsort(np.concatenate([where[plain], at]), kind="stable")
    drawn = drawn[order]
    if closed:
        drawn = np.vstack([drawn, drawn[:1]])
    return LineString(drawn)


def _connected(streets: list[Street]) -> list[Street]:
    coordinates, owner = shapely.get_coordinates([s.line for s in streets], return_index=True)
    _, node = np.unique(np.round(coordinates, 3), axis=0, return_inverse=True)
    count = len(streets) + int(node.max()) + 1
    link = coo_array(
        (np.ones(node.size), (owner, node.ravel() + len(streets))), shape=(count, count)
    )
    _, label = connected_components(link, directed=False)
    main = np.bincount(label[: len(streets)]).argmax()
    return [s for s, part in zip(streets, label, strict=False) if part == main or s.loose]
