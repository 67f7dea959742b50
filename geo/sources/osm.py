"""Read OpenStreetMap files: XML and PBF, plain or packed (OSMファイルを読む)."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import osmium
import shapely

from geo.problems import InputError
from geo.sources.extract import Extract
from geo.sources.features import Feature, sort_features
from geo.sources.osm_order import look_at_nodes, save_in_order
from geo.sources.osm_tags import FEATURE_KEYS, base_feature, site_kind, walk_flags, walk_verdict
from geo.sources.way_book import WayBook
from geo.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

LonLatBox = tuple[float, float, float, float]

# osmium keeps degrees as whole ten-millionths; this value stands for "not in the file".
_UNITS = 10_000_000
_MISSING = 2_147_483_647


def load_osm(path: Path, keep_lonlat: LonLatBox | None = None) -> Extract:
    """Return streets, sites, dwellings and base map of an OSM file (OSMファイルを読む).

    Parameters
    ----------
    path
        ``.osm``, ``.osm.gz``, ``.osm.bz2`` or ``.osm.pbf``.
    keep_lonlat
        West, south, east, north in degrees: what is wholly outside is not read.

    Returns
    -------
        Ways ascending by id, islands and all. A way is cut where its node is not in the file
        (``left_out["missing_nodes"]`` counts such ways). Degrees are osmium's, to 1e-7. The
        same data as XML and as PBF give the same extract.

    Raises
    ------
    InputError
        When the file cannot be read, or holds no street.

    Notes
    -----
    Cost: about 1 s for 150,000 nodes and 15,000 ways. Plazas drawn as multipolygons are
    walked along their outlines, with the relation's id made negative.
    """
    _refuse_absent(path)
    try:
        found = _read(str(path), keep_lonlat)
    except (RuntimeError, ValueError, OSError) as error:
        raise _damaged(path, error) from error
    _refuse_streetless(path, found, keep_lonlat)
    shapes = found.shapes()
    inside = _meets(shapes, keep_lonlat)
    kept = [feature for feature, keep in zip(found.features(), inside, strict=True) if keep]
    tables = sort_features(kept, shapes[inside])
    return Extract(
        streets=found.book.finish(),
        sites=tables.sites,
        buildings=tables.buildings,
        base=tables.base,
        left_out=found.book.left_out,
        left_out_m=found.book.left_out_m,
    )


@dataclass(slots=True, kw_only=True)
class _Found:
    """What one pass through a file has met."""

    keep: LonLatBox | None
    extra: dict[int, tuple[int, int]]
    book: WayBook = field(default_factory=WayBook)
    ways: int = 0
    cut_ways: int = 0
    points: list[tuple[Feature, float, float]] = field(default_factory=list)
    lines: list[Feature] = field(default_factory=list)
    line_count: list[int] = field(default_factory=list)
    line_lon: list[float] = field(default_factory=list)
    line_lat: list[float] = field(default_factory=list)
    areas: list[tuple[Feature, str]] = field(default_factory=list)

    def features(self) -> list[Feature]:
        """Return all features in the order of `shapes`."""
        return [p[0] for p in self.points] + self.lines + [a[0] for a in self.areas]

    def shapes(self) -> npt.NDArray[np.object_]:
        """Return points, lines and areas as one array of geometries."""
        points = np.array([p[1:] for p in self.points], dtype=float).reshape(-1, 2)
        of_line = np.repeat(np.arange(len(self.lines)), self.line_count)
        lines = np.column_stack([self.line_lon, self.line_lat])
        return np.concatenate(
            [
                shapely.points(points),
                shapely.linestrings(lines, indices=of_line) if self.lines else np.empty(0, object),
                shapely.from_wkb(np.array([a[1] for a in self.areas], dtype=object)),
            ]
        )

    def note_way(self, way: Any) -> None:  # noqa: ANN401 - osmium has no types
        """Take in one way: a street, a line to draw, or nothing."""
        self.ways += 1
        tags = dict(way.tags)
        verdict = walk_verdict(tags)
        drawn = base_feature(tags, is_area=False)
        # A closed way with a site on it comes a second time, as an area.
        site = not way.is_closed() and site_kind(tags) is not None
        if "highway" not in tags and not drawn and not site:
            return
        nodes = [(n.ref, n.x, n.y) for n in way.nodes]
        known = list(_cut(nodes, self.extra))
        parts = [part for part in known if self._is_near(part)]
        if sum(len(part) for part in known) < len(nodes) and (parts or not known):
            self.cut_ways += 1
            if verdict == "walk":
                self.book.leave_out("missing_nodes")
        for part in parts:
            ids, lon, lat = _unpack(part)
            if "highway" in tags:
                self._note_street(way.id, tags, ids, lon, lat)
            if drawn or site:
                self._note_line(Feature("w", way.id, tags), lon, lat)

    def note_area(self, area: Any, shape: str) -> None:  # noqa: ANN401 - as above
        """Take in one polygon, from a closed way or a multipolygon."""
        tags = dict(area.tags)
        from_way = area.from_way()
        self.areas.append((Feature("w" if from_way else "r", area.orig_id(), tags), shape))
        if from_way or "highway" not in tags:
            return
        for outer in area.outer_rings():
            for ring in (outer, *area.inner_rings(outer)):
                part = [(n.ref, n.x, n.y) for n in ring]
                if self._is_near(part):
                    self._note_street(-area.orig_id(), tags, *_unpack(part))

    def _note_street(
        self, way_id: int, tags: dict[str, str], ids: list[int], lon: list[float], lat: list[float]
    ) -> None:
        verdict = walk_verdict(tags)
        if verdict != "walk":
            self.book.leave_out(verdict, lon, lat)
        elif len(ids) > 1:
            self.book.add(
                way_id=way_id, highway=tags["highway"], flags=walk_flags(tags),
                node_id=ids, lon=lon, lat=lat,
            )  # fmt: skip

    def _note_line(self, feature: Feature, lon: list[float], lat: list[float]) -> None:
        if len(lon) > 1:
            self.lines.append(feature)
            self.line_count.append(len(lon))
            self.line_lon.extend(lon)
            self.line_lat.extend(lat)

    def _is_near(self, part: Sequence[tuple[int, int, int]]) -> bool:
        if self.keep is None:
            return True
        west, south, east, north = (round(value * _UNITS) for value in self.keep)
        xs, ys = [n[1] for n in part], [n[2] for n in part]
        return max(xs) >= west and min(xs) <= east and max(ys) >= south and min(ys) <= north


def _collect(path: str, keep: LonLatBox | None, extra: dict[int, tuple[int, int]]) -> _Found:
    found = _Found(keep=keep, extra=extra)
    factory = osmium.geom.WKBFactory()
    reader = osmium.FileProcessor(path).with_areas()
    reader = reader.with_filter(osmium.filter.KeyFilter(*FEATURE_KEYS))
    item: Any
    for item in reader:
        if item.is_way():
            found.note_way(item)
        elif item.is_area():
            found.note_area(item, factory.create_multipolygon(item))
        elif item.is_node():
            tags = dict(item.tags)
            if site_kind(tags) or base_feature(tags, is_area=False) == ("place", 0):
                node = item.location
                found.points.append((Feature("n", item.id, tags), node.x / _UNITS, node.y / _UNITS))
    return found


def _read(path: str, keep: LonLatBox | None) -> _Found:
    """Read a file, a second time where a plain reading cannot place its nodes.

    Overpass may write ways before nodes or ids in any order, and editors give new nodes
    negative ids; osmium wants all in order, and finds no node of a negative id.
    """
    found = None
    try:
        found = _collect(path, keep, {})
    except RuntimeError as error:
        if "out of order" not in str(error):
            raise
    if found is not None and not found.cut_ways:
        return found
    extra, in_order = look_at_nodes(path)
    if found is not None and in_order:
        return _collect(path, keep, extra) if extra else found
    with tempfile.TemporaryDirectory() as folder:
        return _collect(save_in_order(path, Path(folder)), keep, extra)


def _cut(
    nodes: list[tuple[int, int, int]], extra: dict[int, tuple[int, int]]
) -> Iterator[list[tuple[int, int, int]]]:
    """Yield the runs of a way whose nodes are known."""
    run: list[tuple[int, int, int]] = []
    for ref, x, y in nodes:
        if x != _MISSING:
            run.append((ref, x, y))
        elif ref in extra:
            run.append((ref, *extra[ref]))
        else:
            if run:
                yield run
            run = []
    if run:
        yield run


def _unpack(part: list[tuple[int, int, int]]) -> tuple[list[int], list[float], list[float]]:
    return [n[0] for n in part], [n[1] / _UNITS for n in part], [n[2] / _UNITS for n in part]


def _meets(shapes: npt.NDArray[np.object_], keep: LonLatBox | None) -> npt.NDArray[np.bool_]:
    if keep is None:
        return np.ones(shapes.size, dtype=bool)
    west, south, east, north = keep
    box = shapely.bounds(shapes).reshape(-1, 4).T
    return np.asarray((box[2] >= west) & (box[0] <= east) & (box[3] >= south) & (box[1] <= north))


def _refuse_absent(path: Path) -> None:
    if not path.is_file():
        raise InputError(
            Words(
                f"道の地図ファイル {path} が見つかりません。場所と名前を確かめてください。",
                f"no street file at {path}; check folder and name",
            )
        )


def _damaged(path: Path, error: Exception) -> InputError:
    return InputError(
        Words(
            f"{path.name} をOSMの地図データとして読めません（{error}）。"
            "ファイルが途中で切れているか、別の形式です。もう一度取得してください。",
            f"{path.name} cannot be read as OSM data ({error}); it is cut short or of another "
            "format: fetch it again",
        )
    )


def _refuse_streetless(path: Path, found: _Found, keep: LonLatBox | None) -> None:
    if found.book:
        return
    if not found.ways:
        ja = "道（way）が1本も入っていません。地点だけを切り出したファイルのようです。"
        en = "holds no way at all, only points"
    elif keep is not None:
        ja = "町の範囲に歩ける道が1本もありません。別の地域のファイルではありませんか。"
        en = "holds no walkable street inside the town; is it of another region?"
    else:
        ja = "歩ける道（highway）が1本も入っていません。"
        en = "holds no walkable street (highway)"
    raise InputError(
        Words(
            f"{path.name} には{ja}道を含むOSMのファイルを指定してください。",
            f"{path.name} {en}; give an OSM file that has streets",
        )
    )
