"""Put OSM files in the order that osmium reads (OSMファイルの順をそろえる)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import osmium

if TYPE_CHECKING:
    from pathlib import Path


def look_at_nodes(path: str) -> tuple[dict[int, tuple[int, int]], bool]:
    """Return nodes of negative id, and whether nodes come before ways (節点の並びを見る).

    Returns
    -------
        Longitude and latitude in ten-millionths of a degree by node id, as osmium keeps them;
        osmium itself finds no node of a negative id when it places a way.
    """
    extra = {}
    way_seen, in_order = False, True
    item: Any  # osmium's union of types does not narrow
    for item in osmium.FileProcessor(path, osmium.osm.NODE | osmium.osm.WAY):
        if item.is_way():
            way_seen = True
        else:
            in_order &= not way_seen
            if item.id < 0:
                extra[item.id] = (item.location.x, item.location.y)
    return extra, in_order


def save_in_order(path: str, folder: Path) -> str:
    """Save a copy with nodes before ways before relations, by id; return its path (並べ直す).

    The whole file is held in memory once.
    """
    ordered = str(folder / "ordered.osm.pbf")
    merged = osmium.MergeInputReader()
    merged.add_file(path)
    with osmium.SimpleWriter(ordered) as writer:
        merged.apply(writer)
    return ordered
