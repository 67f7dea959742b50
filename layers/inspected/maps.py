"""Map files: features in any format that is read (地図のファイル)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.base.datum import to_lonlat
from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.city_rows import cities_of
from geo.sources.vector import MAP_ENDINGS as READ_ENDINGS
from geo.sources.vector import open_map
from layers.inspected.for_areas import as_border, as_division
from layers.inspected.for_register import as_records
from layers.inspected.for_walking import as_streets, is_streets
from layers.inspected.seen import Column, Seen, Use, name_cities, neither, shorten
from layers.inspected.tables import as_sites

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

    from layers.inspected.seen import LonLatBox

MAP_ENDINGS: Final = tuple(one for one in READ_ENDINGS if one != ".zip")
_REGISTER: Final = (".geojson", ".json", ".gpkg")
_MAP: Final = Words("地図のデータ", "map data")
_SHAPES: Final = {
    "Point": Words("点", "points"), "MultiPoint": Words("点", "points"),
    "LineString": Words("線", "lines"), "MultiLineString": Words("線", "lines"),
    "Polygon": Words("面", "polygons"), "MultiPolygon": Words("面", "polygons"),
}  # fmt: skip


def look_at_map(path: Path, size: int) -> Seen:
    """Return what a file of features is (地図のファイルを見る)."""
    known = _other_json(path) if path.suffix.casefold() == ".json" else None
    if known is not None:
        words, missing_here = known
        return Seen(file=path.name, size=size, kind=words, missing=(missing_here,))
    try:
        opened = open_map(path)
    except InputError as error:
        return neither(path, size, (error.words,))
    frame = opened.frame
    traps: tuple[Words, ...] = opened.told
    box: LonLatBox | None = None
    try:
        lonlat, said = to_lonlat(frame, path.name)
        traps, box = (*traps, *said), _bounds(lonlat)
    except InputError as error:
        traps = (*traps, error.words)
    kinds = sorted({str(one) for one in frame.geom_type.dropna().unique()})
    uses: list[Use] = []
    missing: list[Words] = []
    shapes = {_SHAPES[one].en for one in kinds if one in _SHAPES}
    tries: list[Use | Words] = []
    if "polygons" in shapes:
        tries += [as_division(path, frame), as_border(path, frame)]
    if "lines" in shapes:
        tries += [as_streets(path)[0]] if is_streets(path) else []
        tries += [as_border(path, frame)] if "polygons" not in shapes else []
    if "points" in shapes or path.suffix.casefold() in _REGISTER:
        tries.append(as_records(path))
    for one in tries:
        (uses if isinstance(one, Use) else missing).append(one)  # type: ignore[arg-type]
    if "points" in shapes:
        uses += as_sites(path, uses)
    called = {_SHAPES.get(one, Words(one, one)) for one in kinds}
    what = "・".join(sorted(one.ja for one in called))
    what_en = ", ".join(sorted(one.en for one in called))
    return Seen(
        file=path.name, size=size,
        kind=Words(f"{_MAP.ja}（{what}）", f"{_MAP.en} ({what_en})"),
        crs=_name_crs(frame), box=box, rows=len(frame),
        columns=tuple(Column(name=str(one)) for one in frame.columns if one != "geometry"),
        uses=tuple(uses), traps=traps, missing=() if uses else shorten(missing),
        cities=name_cities(cities_of(frame)),
    )  # fmt: skip


# JSON that is no GeoJSON, by what its first bytes say.
_OTHER_JSON: Final = (
    (
        r'"elements"\s*:\s*\[|"osm3s"',
        Words("Overpass の答え（OpenStreetMap）", "an answer of Overpass (OpenStreetMap)"),
        Words(
            "道として使うには、.osm（XML）で書き出してください",
            "to use its streets save it as .osm (XML)",
        ),
    ),
    (
        r'"point"|"town"|"大字町丁目名"',
        Words("町丁目の代表点", "points that stand for 町丁目"),
        Words(
            "住所のファイルとしては読めない並びです（Geolonia の住所データなら読めます）",
            "in no layout that is read as addresses (Geolonia's is)",
        ),
    ),
)


def _other_json(path: Path) -> tuple[Words, Words] | None:
    with path.open("rb") as file:
        head = file.read(2_000).decode("utf-8", "ignore")
    if '"FeatureCollection"' in head or '"Feature"' in head:
        return None
    return next(((what, do) for pattern, what, do in _OTHER_JSON if re.search(pattern, head)), None)


def _bounds(frame: gpd.GeoDataFrame) -> LonLatBox | None:
    west, south, east, north = map(float, frame.total_bounds)
    return (west, south, east, north) if west <= east else None


def _name_crs(frame: gpd.GeoDataFrame) -> str:
    if frame.crs is None:
        return ""
    code = frame.crs.to_epsg()
    return f"EPSG:{code}（{frame.crs.name}）" if code else str(frame.crs.name)
