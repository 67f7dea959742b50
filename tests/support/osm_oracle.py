"""OSM files read one object at a time with osmium alone: slow, plain, and in order only."""

from itertools import groupby
from types import SimpleNamespace

import numpy as np
import osmium
import shapely
from pyproj import Geod

from geo.sources.ways.features import Feature, sort_features
from geo.sources.ways.osm_tags import (
    FEATURE_KEYS,
    base_feature,
    is_closed_node,
    site_kind,
    walk_flags,
    walk_verdict,
)

UNITS = 10_000_000
MISSING = 2_147_483_647
GEOD = Geod(ellps="GRS80")


def read_slowly(path, keep=None):
    """What `geo.sources.streets.osm.load_osm` must give for a file in osmium's order."""
    found = SimpleNamespace(ways=[], out={}, out_m={}, closed=_closed(path), keep=keep)
    factory = osmium.geom.WKBFactory()
    reader = osmium.FileProcessor(str(path)).with_areas()
    points, lines, areas = [], [], []
    for item in reader.with_filter(osmium.filter.KeyFilter(*FEATURE_KEYS)):
        tags = dict(item.tags)
        if item.is_node():
            if site_kind(tags) or base_feature(tags, is_area=False) == ("place", 0):
                place = item.location
                points.append(
                    (Feature("n", item.id, tags), shapely.Point(place.x / UNITS, place.y / UNITS))
                )
        elif item.is_way():
            lines += _read_way(found, item, tags)
        elif item.is_area() and item.num_rings()[0]:
            kind = "w" if item.from_way() else "r"
            shape = shapely.from_wkb(factory.create_multipolygon(item))
            areas.append((Feature(kind, item.orig_id(), tags), shape))
            if kind == "r" and "highway" in tags:
                for outer in item.outer_rings():
                    for ring in (outer, *item.inner_rings(outer)):
                        _note_street(found, -item.orig_id(), tags, _nodes(ring))
    features = points + lines + areas
    if keep is not None:
        box = shapely.box(*keep).bounds
        features = [each for each in features if _overlap(each[1].bounds, box)]
    shapes = np.empty(len(features), dtype=object)
    shapes[:] = [shape for _, shape in features]
    found.tables = sort_features([feature for feature, _ in features], shapes)
    found.ways.sort(key=lambda way: way[0])
    return found


def _closed(path):
    nodes = osmium.FileProcessor(str(path), osmium.osm.NODE)
    return {node.id for node in nodes if is_closed_node(dict(node.tags))}


def _nodes(listed):
    return [(n.ref, n.x, n.y) for n in listed]


def _overlap(one, other):
    return one[2] >= other[0] and one[0] <= other[2] and one[3] >= other[1] and one[1] <= other[3]


def _is_near(found, part):
    if found.keep is None:
        return True
    xs, ys = [n[1] for n in part], [n[2] for n in part]
    return _overlap((min(xs), min(ys), max(xs), max(ys)), [round(v * UNITS) for v in found.keep])


def _read_way(found, way, tags):
    site = not way.is_closed() and site_kind(tags)
    drawn = base_feature(tags, is_area=False)
    if "highway" not in tags and not drawn and not site:
        return
    nodes = _nodes(way.nodes)
    runs = [list(run) for known, run in groupby(nodes, lambda n: n[1] != MISSING) if known]
    near = [run for run in runs if _is_near(found, run)]
    if sum(map(len, runs)) < len(nodes) and (near or not runs) and walk_verdict(tags) == "walk":
        found.out["missing_nodes"] = found.out.get("missing_nodes", 0) + 1
    for run in near:
        if "highway" in tags:
            _note_street(found, way.id, tags, run)
        if (drawn or site) and len(run) > 1:
            line = shapely.LineString([(x / UNITS, y / UNITS) for _, x, y in run])
            yield Feature("w", way.id, tags), line


def _note_street(found, way_id, tags, nodes):
    if not _is_near(found, nodes):
        return
    verdict = walk_verdict(tags)
    lon, lat = [n[1] / UNITS for n in nodes], [n[2] / UNITS for n in nodes]
    if verdict != "walk":
        length_m = GEOD.line_length(lon, lat) if len(nodes) > 1 else 0.0
        found.out[verdict] = found.out.get(verdict, 0) + 1
        found.out_m[verdict] = found.out_m.get(verdict, 0.0) + length_m
    elif len(nodes) > 1:
        ids = [n[0] for n in nodes]
        found.ways.append((way_id, tags["highway"], walk_flags(tags), ids, lon, lat))
