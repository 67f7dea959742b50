"""Write the demo town's files as a real town would hand them over (ファイルに書く)."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from geo.demo import buildings, divisions, ground, heights, people, public, salons
from geo.demo.osm_xml import OsmText
from geo.demo.place import DECIMALS, shapes_to_lonlat, to_lonlat
from geo.demo.plan import STATION, TOWN_NAME
from geo.demo.town import lay_streets

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from shapely.geometry import Polygon

    from geo.demo.divisions import Area
    from geo.demo.plan import Feature
    from geo.demo.town import Streets

SEED: Final = 20  # any number; this one gives a town that shows each kind of gap
SOURCE_NAME: Final = "架空のデモの街"
LICENCE: Final = "CC0 1.0"
CREDIT: Final = (
    f"架空の街「{TOWN_NAME}」。実在の場所・人・団体とは関係ありません（An invented town）"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSources:
    """Where the demo's files are, and what to print beside them (デモの元データ).

    Attributes
    ----------
    streets, border, people, sites, heights
        OSM XML; GeoJSON of the border; CSV of people by neighbourhood; CSV of salons; ASCII
        grid of heights.
    divisions
        (name, GeoJSON, column of the area names, tier) of each division.
    town_name, source_name, licence, credit
        The invented town's name, and the source line.
    """

    streets: Path
    border: Path
    divisions: tuple[tuple[str, Path, str, str], ...]
    people: Path
    sites: Path
    heights: Path
    town_name: str = TOWN_NAME
    source_name: str = SOURCE_NAME
    licence: str = LICENCE
    credit: str = CREDIT


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """The whole town on the plan, metres."""

    streets: Streets
    features: list[Feature]
    houses: list[Polygon]
    neighbourhoods: list[Polygon]
    counts: list[people.Count]
    venues: list[tuple[float, float]]


def save_demo_sources(folder: Path) -> DemoSources:
    """Write the invented town's source files into a folder (デモの街の元データを書く).

    The same bytes each time: no network, no clock, one fixed seed. About a second.

    Parameters
    ----------
    folder
        Made if it is missing; files of the same names are replaced.

    Returns
    -------
        The paths, with the source line to print.
    """
    town = _draw(np.random.default_rng(SEED))
    sources = DemoSources(
        streets=folder / "demo_streets.osm",
        border=folder / "demo_border.geojson",
        divisions=(
            ("町丁目", folder / "demo_chocho.geojson", "S_NAME", ""),
            ("日常生活圏域", folder / "demo_care_areas.geojson", "圏域名", "第2層"),
        ),
        people=folder / "demo_people.csv",
        sites=folder / "demo_sites.csv",
        heights=folder / "demo_heights.asc",
    )
    care = divisions.lay_care_areas()
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        sources.streets: _dump_streets(town),
        sources.border: _dump_border(town.neighbourhoods),
        sources.divisions[0][1]: _dump_areas(
            divisions.NEIGHBOURHOODS, town.neighbourhoods, "KEY_CODE", "S_NAME"
        ),
        sources.divisions[1][1]: _dump_areas(divisions.CARE_AREAS, care, "圏域番号", "圏域名"),
        sources.people: "\ufeff" + _dump_people(town.counts),
        sources.sites: "\ufeff" + _dump_sites(town.venues),
        sources.heights: heights.dump_heights(),
    }
    for path, text in texts.items():
        path.write_bytes(text.encode("utf-8"))
    return sources


def _draw(rng: np.random.Generator) -> _Drawn:
    streets = lay_streets(rng)
    grounds = public.place_grounds(streets.blocks, streets.ways)
    halls = public.place_public(streets.ways, [one.shape for one in grounds])
    cover, ponds = ground.cover_ground(streets.ways, streets.blocks["中央公園"])
    grounds = [one for one in grounds if ("name", "中央公園") not in one.tags]
    taken = [one.shape for one in (*grounds, *halls)] + [streets.blocks["中央公園"], ponds]
    everything = [*streets.ways, *streets.motorway]
    houses = buildings.line_houses(rng, everything, taken, ground.hamlet_ground())
    parks = [one.shape for one in (*cover, *grounds) if ("leisure", "park") in one.tags]
    points = public.place_points(rng, streets.ways, parks)
    shapes = divisions.lay_neighbourhoods()
    features = [*cover, *grounds, *halls, *points]
    return _Drawn(
        streets=streets,
        features=features,
        houses=houses,
        neighbourhoods=shapes,
        counts=people.count_people(rng, shapes, houses, halls),
        venues=salons.place_salons(features),
    )


def _dump_streets(town: _Drawn) -> str:
    text = OsmText()
    streets = town.streets
    for street in (*streets.ways, *streets.motorway, *streets.rails):
        tags = [("highway", street.highway), ("name", street.name), *street.tags]
        text.add_lines([(street.line, [(key, value) for key, value in tags if value])])
    for place in _level_crossings(streets):
        text.mark_point(place, (("railway", "level_crossing"),))
    text.mark_point(_station(streets), (("railway", "station"), ("name", "汐見野駅")))
    text.add_features(town.features)
    text.add_lines((house.exterior, (("building", "house"),)) for house in town.houses)
    return text.dump()


def _level_crossings(streets: Streets) -> list[tuple[float, float]]:
    on_rail = {corner for rail in streets.rails for corner in rail.line.coords}
    return sorted({c for way in streets.ways for c in way.line.coords if c in on_rail})


def _station(streets: Streets) -> tuple[float, float]:
    corners = np.vstack([np.array(rail.line.coords) for rail in streets.rails])
    x, y = corners[np.hypot(*(corners - STATION).T).argmin()].tolist()
    return x, y


def _dump_border(shapes: Sequence[Polygon]) -> str:
    whole = shapely.coverage_union_all(shapes_to_lonlat(shapes))
    return _dump_geojson([({"name": TOWN_NAME}, whole)])


def _dump_areas(areas: Sequence[Area], shapes: Sequence[Polygon], code: str, name: str) -> str:
    lonlat = shapes_to_lonlat(shapes)
    return _dump_geojson(
        ({code: area.code, name: area.name}, shape)
        for area, shape in zip(areas, lonlat, strict=True)
    )


def _dump_geojson(features: Iterable[tuple[dict[str, str], Any]]) -> str:
    collection = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": properties,
                "geometry": shapely.geometry.mapping(shape.normalize()),
            }
            for properties, shape in features
        ],
    }
    return json.dumps(collection, ensure_ascii=False) + "\n"


def _dump_people(counts: Sequence[people.Count]) -> str:
    rows = [
        (one.code, one.name, one.people, one.people_65, one.people_75, one.unknown)
        for one in counts
    ]
    return _dump_csv(["KEY_CODE", "S_NAME", "総人口", "65歳以上", "75歳以上", "年齢不詳"], rows)


def _dump_sites(venues: Sequence[tuple[float, float]]) -> str:
    lonlat = to_lonlat(venues).tolist()
    rows = [
        (f"S{number:02d}", one.name, one.kind, one.venue, one.days, one.hours,
         f"{lat:.{DECIMALS}f}", f"{lon:.{DECIMALS}f}", one.note)
        for number, (one, (lon, lat)) in enumerate(zip(salons.SALONS, lonlat, strict=True), 1)
    ]  # fmt: skip
    return _dump_csv(["id", "名称", "種別", "会場", "曜日", "時間", "緯度", "経度", "備考"], rows)


def _dump_csv(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([header, *rows])
    return text.getvalue()
