"""Streets, lines and points of a PBF file in one pass (PBFから道・線・点を読む)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.base.arrays import gather_runs, running_start
from geo.network.extract import StreetWays
from geo.sources.pbf.parts import Places, cut_ways, join_places
from geo.sources.pbf.pbf import UNITS, load_blocks
from geo.sources.pbf.tags import has_key, judge_each, judge_walks
from geo.sources.pbf.varints import Unusual
from geo.sources.pbf.way_book import Lines, WayBook
from geo.sources.ways.features import Feature
from geo.sources.ways.osm_tags import (
    FEATURE_KEYS,
    NODE_KEYS,
    base_feature,
    is_closed_node,
    site_kind,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy.typing as npt

    from geo.sources.pbf.lists import Objects
    from geo.sources.pbf.parts import Parts, UnitBox
    from geo.sources.pbf.pbf import Block
    from geo.sources.pbf.tags import Walks
    from geo.sources.pbf.varints import Ints

# osmium writes this for a node without a place.
_MISSING: Final = 2_147_483_647
_MOST_ID: Final = 1 << 60  # far more than OSM will ever have; sums stay in range
_DRAWN, _SITE = 1, 2


@dataclass(slots=True, kw_only=True)
class TownFile:
    """What one pass through a file has met (ファイルの中身).

    Attributes
    ----------
    book
        Streets and what was left out.
    ways
        How many ways have a tag of use.
    plazas
        Whether a relation has the key ``highway``.
    features, shapes
        Points and lines, and their geometries in degrees, a chunk a block.
    """

    book: WayBook = field(default_factory=WayBook)
    ways: int = 0
    plazas: bool = False
    features: list[Feature] = field(default_factory=list)
    shapes: list[npt.NDArray[np.object_]] = field(default_factory=list)


def load_town_file(path: Path, keep: UnitBox | None, *, features: bool) -> TownFile:
    """Return streets, lines and points of a PBF file (PBFを読む).

    Parameters
    ----------
    path
        A file in osmium's order: nodes, ways, relations, each by id.
    keep
        West, south, east, north in ten-millionths of a degree.
    features
        Whether to read lines and points, too.

    Raises
    ------
    Unusual
        When the file is damaged, in another order, or written in a way not read here.
    ValueError
        When an object is told twice.
    """
    found = TownFile()
    nodes: list[Places] = []
    places = None
    last: list[int | None] = [None, None, None]
    for block in load_blocks(path):
        for kind, objects in enumerate((block.nodes, block.ways, block.relations)):
            if objects.id.size:
                if last[kind + 1 :] != [None] * (2 - kind):
                    raise Unusual("nodes, ways and relations are mixed")
                last[kind] = _check_order(objects.id, last[kind])
        if block.nodes.id.size:
            there = (block.x != _MISSING) & (block.y != _MISSING)
            nodes.append(Places(block.nodes.id[there], block.x[there], block.y[there]))
            _note_closed(found.book, block)
            if features:
                _note_points(found, block)
        if block.ways.id.size:
            places = join_places(nodes) if places is None else places
            nodes.clear()
            _note_ways(found, block, places, keep, features=features)
        found.plazas |= bool(has_key(["highway"], block.strings, block.relations).any())
    return found


def _check_order(ids: Ints, last: int | None) -> int:
    """Return the place of the last id in osmium's order: 0, -1, -2 …, then 1, 2 …."""
    if max(-int(ids.min()), int(ids.max())) >= _MOST_ID:
        raise Unusual("ids out of range")
    place = np.where(ids > 0, ids, -_MOST_ID - ids)
    step = np.diff(place, prepend=place[0] - 1 if last is None else last)
    if (step < 0).any():
        raise Unusual("ids out of order")
    if not step.all():
        raise ValueError(f"id {ids[step == 0][0]} twice in the file")
    return int(place[-1])


def _note_closed(book: WayBook, block: Block) -> None:
    rows = np.flatnonzero(has_key(NODE_KEYS, block.strings, block.nodes))
    judged = judge_each(block.strings, block.nodes.tags, rows, is_closed_node)
    shut = [row for row, (_, closed) in zip(rows.tolist(), judged, strict=True) if closed]
    book.closed += block.nodes.id[shut].tolist()


def _note_points(found: TownFile, block: Block) -> None:
    rows = np.flatnonzero(has_key(FEATURE_KEYS, block.strings, block.nodes))
    judged = judge_each(block.strings, block.nodes.tags, rows, _is_point)
    wanted = [row for row, (_, point) in zip(rows.tolist(), judged, strict=True) if point]
    tags = [told for told, point in judged if point]
    ids = block.nodes.id[wanted].tolist()
    found.features += [Feature("n", *each) for each in zip(ids, tags, strict=True)]
    found.shapes.append(shapely.points(block.x[wanted] / UNITS, block.y[wanted] / UNITS))


def _is_point(tags: Mapping[str, str]) -> bool:
    return site_kind(tags) is not None or base_feature(tags, is_area=False) == ("place", 0)


def _line_kind(tags: Mapping[str, str]) -> int:
    if base_feature(tags, is_area=False):
        return _DRAWN
    return _SITE if site_kind(tags) is not None else 0


def _note_ways(
    found: TownFile, block: Block, places: Places, keep: UnitBox | None, *, features: bool
) -> None:
    ways = block.ways
    walks = judge_walks(block.strings, ways)
    some = has_key(FEATURE_KEYS, block.strings, ways)
    found.ways += int(some.sum())
    line = np.zeros(ways.id.size, dtype=bool)
    tags: list[dict[str, str]] = []
    if features:
        rows = np.flatnonzero(some)
        judged = judge_each(block.strings, ways.tags, rows, _line_kind)
        kind = np.array([each for _, each in judged], dtype=np.int64)
        # A closed way with a site on it comes as an area.
        line[rows] = (kind == _DRAWN) | ((kind == _SITE) & ~_is_closed(ways)[rows])
        tags = [told for (told, _), row in zip(judged, rows.tolist(), strict=True) if line[row]]
    wanted = np.flatnonzero((walks.label >= 0) | line)
    count = np.diff(ways.start)[wanted]
    parts, lacking = cut_ways(
        running_start(count),
        ways.ref[gather_runs(ways.start[:-1][wanted], count)],
        places,
        keep,
    )
    parts = parts._replace(way=wanted[parts.way])
    _note_streets(found.book, ways.id, walks, parts)
    _note_gaps(found.book, ways.id, walks, parts)
    _note_lacking(found.book, walks, wanted[lacking])
    if features:
        _note_lines(
            found,
            ways.id,
            parts.take(line[parts.way]),
            dict(zip(np.flatnonzero(line).tolist(), tags, strict=True)),
        )


def _is_closed(ways: Objects) -> npt.NDArray[np.bool_]:
    closed = np.diff(ways.start) > 0
    begin, end = ways.start[:-1][closed], ways.start[1:][closed] - 1
    closed[closed] = ways.ref[begin] == ways.ref[end]
    return closed


def _note_streets(book: WayBook, ids: Ints, walks: Walks, parts: Parts) -> None:
    parts = parts.take(walks.label[parts.way] >= 0)
    label = walks.label[parts.way]
    walked = walks.verdict[label] == "walk"
    out = parts.take(~walked)
    left = label[~walked]
    book.leave_out_all(walks.verdict[left], walks.highway[left], _to_lines(out))
    walked &= np.diff(parts.start) > 1
    parts, label = parts.take(walked), label[walked]
    line = _to_lines(parts)
    book.add_all(
        StreetWays(
            way_id=ids[parts.way],
            highway=walks.highway[label],
            flags=walks.flags[label],
            storey=walks.storey[label],
            start=line.start,
            node_id=parts.node_id,
            lon=line.lon,
            lat=line.lat,
        )
    )


def _note_gaps(book: WayBook, ids: Ints, walks: Walks, parts: Parts) -> None:
    """Note the walkable ways that go on behind a node that is not in the file."""
    parts = parts.take(walks.label[parts.way] >= 0)
    walked = walks.verdict[walks.label[parts.way]] == "walk"
    at = np.flatnonzero((parts.way[1:] == parts.way[:-1]) & walked[1:])
    last, first = parts.start[1:][at] - 1, parts.start[:-1][at + 1]
    here, there = ((parts.x[row] / UNITS, parts.y[row] / UNITS) for row in (last, first))
    book.note_gaps(ids[parts.way[at]], here, there)


def _note_lacking(book: WayBook, walks: Walks, way: Ints) -> None:
    label = walks.label[way]
    for _ in range(int((walks.verdict[label[label >= 0]] == "walk").sum())):
        book.leave_out("missing_nodes")


def _note_lines(
    found: TownFile, ids: Ints, parts: Parts, tags: Mapping[int, dict[str, str]]
) -> None:
    parts = parts.take(np.diff(parts.start) > 1)
    if not parts.way.size:
        return
    line = _to_lines(parts)
    of_line = np.repeat(np.arange(parts.way.size), np.diff(parts.start))
    found.shapes.append(shapely.linestrings(np.column_stack(line[1:]), indices=of_line))
    found.features += [
        Feature("w", way_id, tags[way])
        for way_id, way in zip(ids[parts.way].tolist(), parts.way.tolist(), strict=True)
    ]


def _to_lines(parts: Parts) -> Lines:
    return Lines(parts.start, parts.x / UNITS, parts.y / UNITS)
