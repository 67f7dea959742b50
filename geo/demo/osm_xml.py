"""The town as OSM XML 0.6 (OSMのXMLにする)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import quoteattr

import shapely

from geo.demo.place import DECIMALS, to_lonlat

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry import LineString, Polygon

    from geo.demo.plan import Feature

    Tags = Sequence[tuple[str, str]]
    Key = tuple[float, float]

# OSM numbers nodes, ways and relations apart; these starts only keep them apart by eye.
FIRST_WAY: Final = 100_001
FIRST_RELATION: Final = 900_001


class OsmText:
    """An OSM file being put together; places with the same degrees are one node (OSMの本文).

    Ids are given in the order of adding, so the same town has the same ids.
    """

    def __init__(self) -> None:
        self._node_ids: dict[Key, int] = {}
        self._node_tags: dict[int, Tags] = {}
        self._ways: list[tuple[list[int], Tags]] = []
        self._relations: list[tuple[list[tuple[int, str]], Tags]] = []

    def add_lines(self, lines: Iterable[tuple[LineString, Tags]]) -> None:
        """Add ways; vertices of the same place are shared (線を加える)."""
        for line, tags in lines:
            self._add_way(line, tags)

    def add_features(self, features: Iterable[Feature]) -> None:
        """Add points, closed ways, and relations for polygons with holes (地物を加える)."""
        for feature in features:
            shape = feature.shape
            if shape.geom_type == "Point":
                self.mark_point((shape.x, shape.y), feature.tags)
            elif shape.geom_type == "LineString":
                self._add_way(shape, feature.tags)
            elif not shape.interiors:
                self._add_way(shape.exterior, feature.tags)
            else:
                self._add_relation(shape, feature.tags)

    def mark_point(self, place: Sequence[float], tags: Tags) -> None:
        """Put tags on the node at a place, metres (節点に印を付ける)."""
        node = self._nodes([place])[0]
        self._node_tags[node] = tags

    def dump(self) -> str:
        """Return the XML (本文)."""
        parts = [
            '<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6" generator="kayoi-map demo">\n'
        ]
        for (lon, lat), number in self._node_ids.items():
            head = (
                f'<node id="{number}" version="1" lat="{lat:.{DECIMALS}f}" lon="{lon:.{DECIMALS}f}"'
            )
            tags = self._node_tags.get(number, ())
            parts.append(f"{head}>{_tags(tags)}</node>\n" if tags else f"{head}/>\n")
        for number, (nodes, tags) in enumerate(self._ways, FIRST_WAY):
            refs = "".join(f'<nd ref="{node}"/>' for node in nodes)
            parts.append(f'<way id="{number}" version="1">{refs}{_tags(tags)}</way>\n')
        for number, (members, tags) in enumerate(self._relations, FIRST_RELATION):
            refs = "".join(
                f'<member type="way" ref="{way}" role="{role}"/>' for way, role in members
            )
            parts.append(f'<relation id="{number}" version="1">{refs}{_tags(tags)}</relation>\n')
        parts.append("</osm>\n")
        return "".join(parts)

    def _nodes(self, points: Sequence[Sequence[float]]) -> list[int]:
        lonlat = to_lonlat(points).tolist()
        ids = self._node_ids
        return [ids.setdefault((lon, lat), len(ids) + 1) for lon, lat in lonlat]

    def _add_way(self, line: LineString, tags: Tags) -> int:
        nodes = self._nodes(shapely.get_coordinates(line))
        kept = [nodes[0], *(b for a, b in pairwise(nodes) if a != b)]
        self._ways.append((kept, tags))
        return FIRST_WAY + len(self._ways) - 1

    def _add_relation(self, shape: Polygon, tags: Tags) -> None:
        members = [(self._add_way(shape.exterior, ()), "outer")]
        members += [(self._add_way(ring, ()), "inner") for ring in shape.interiors]
        self._relations.append((members, (("type", "multipolygon"), *tags)))


def _tags(tags: Tags) -> str:
    return "".join(f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in sorted(tags))
