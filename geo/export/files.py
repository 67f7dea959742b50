"""What leaves the tool: GeoJSON and CSV of a coverage (書き出し)."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import shapely

from geo.base.geojson import dump_geojson
from geo.base.place import LONLAT
from geo.base.square import OFFICE_MARK
from geo.export.facts import (
    tell_basis,
    tell_chosen,
    tell_coverage,
    tell_heights,
    tell_making,
    tell_sources,
    tell_why,
    tell_words,
)
from geo.export.homes import NO_HOMES, home_areas, shown_lonlat
from geo.export.keys import (
    BENCH_KEYS,
    CELL_KEYS,
    METRE_DECIMALS,
    REACH_KEYS,
    SITE_KEYS,
    STATUS_WORDS,
    measured,
    name_values,
    round_number,
)
from geo.export.rows import area_keys, area_rows, dump_rows, total_row
from geo.tables.tables import each_row
from geo.town import ground_of, ordered_sites, put_places
from geo.walk.reach import cut_to
from geo.walk.reach_shapes import reach_shapes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from geo.analysis.band import Band
    from geo.analysis.why import Why
    from geo.base.words import Words
    from geo.coverage.coverage import Coverage
    from geo.coverage.question import Chosen
    from geo.export.facts import Stamp
    from geo.export.homes import Homes
    from geo.export.keys import Keys
    from geo.town import Town
    from geo.walk.ranges import WalkingRange
    from geo.walk.search import Way
    from geo.walk.walkers import Walker


# Where people live is for the office, whatever the salons are.
_OF_STREETS: Final = ("on_network", "off_street_metres")
_OFFICE: Final = {"audience": OFFICE_MARK}


def export_areas(  # noqa: PLR0913 - the parts of an answer, each by name
    town: Town,
    coverage: Coverage,
    *,
    keys: Keys,
    stamp: Stamp,
    rests: pd.DataFrame | None = None,
    band: Band | None = None,
    said: Sequence[Words] = (),
    why: Why | None = None,
    counted: Sequence[Words] = (),
) -> str:
    """Return GeoJSON of the areas with their figures (地区ごとの GeoJSON).

    `rests` are those the coverage was asked with, `band` its band where it is to be told, `said`
    its sentence (`geo.export.facts.tell_coverage`), `why` what keeps people out of reach, `counted`
    which 通いの場 were taken into account, a line each.
    """
    areas = lonlat_shapes(town, town.division(coverage.question.division).geometry.to_numpy())
    names = area_keys(coverage, why)
    rows = [name_values(row, names, keys) for row in area_rows(coverage, why)]
    ids = [f"{coverage.question.division}/{id_}" for id_ in coverage.areas["area_id"]]
    more = {} if why is None else tell_why(why, coverage.question)
    if counted:
        more |= {"counted": [tell_words(one) for one in counted]}
    foreign = tell_coverage(town, coverage, stamp, rests=rests, band=band, said=said, more=more)
    return dump_geojson(areas, rows, ids, foreign=foreign)


def export_table(coverage: Coverage, *, keys: Keys, why: Why | None = None) -> str:
    """Return the areas' figures as CSV with a header and a last row of all together (地区ごとの表).

    Text that a spreadsheet would run as a formula is quoted with an apostrophe; numbers stay
    numbers. Write it as UTF-8 with a BOM, so that Excel reads it.
    """
    names, total = area_keys(coverage, why), total_row(coverage, keys, why)
    rows = [*area_rows(coverage, why), dict.fromkeys(names) | total]
    return dump_rows(names, rows, keys)


def export_cells(  # noqa: PLR0913 - the parts of an answer, each by name
    town: Town,
    coverage: Coverage,
    sites: pd.DataFrame,
    *,
    keys: Keys,
    stamp: Stamp,
    rests: pd.DataFrame | None = None,
    band: Band | None = None,
    said: Sequence[Words] = (),
    homes: Homes = NO_HOMES,
) -> str:
    """Return GeoJSON of the places where people of the age group live (住む所の GeoJSON).

    `sites` are those the coverage was asked with; `rests`, `band` and `said` as in `export_areas`.
    Places without people of the group are not in the file. How far it is to a private home is
    told in an exact file only: three such distances are its door.
    """
    cells = coverage.cells
    some = np.flatnonzero(cells["people"] > 0)
    lon, lat = town.plane.to_lonlat(town.cells["x_m"].iloc[some], town.cells["y_m"].iloc[some])
    site_id = [*ordered_sites(sites)["site_id"], None]
    names = measured(CELL_KEYS, straight=coverage.question.straight)
    rows = []
    for row in each_row(cells.iloc[some]):
        hidden = homes.hides(site_id[row.site])
        values = {
            "cell_id": row.cell_id,
            "people": row.people,
            "minutes": None if hidden else round_number(row.minutes, METRE_DECIMALS),
            "metres": None if hidden else round_number(row.metres, METRE_DECIMALS),
            "site_id": site_id[row.site],
            "status": STATUS_WORDS[row.status].say(keys),
        }
        rows.append(name_values(values, names, keys))
    more = homes.tell(sites["site_id"]) | _OFFICE
    foreign = tell_coverage(town, coverage, stamp, rests=rests, band=band, said=said, more=more)
    return dump_geojson(
        list(shapely.points(lon, lat)), rows, cells["cell_id"].iloc[some], foreign=foreign
    )


def export_sites(
    town: Town, sites: pd.DataFrame, *, keys: Keys, stamp: Stamp, homes: Homes = NO_HOMES
) -> str:
    """Return GeoJSON of sites; private homes by area and square (地点の GeoJSON)."""
    sites = ordered_sites(sites)
    snaps = town.site_snaps(sites)
    lon, lat = shown_lonlat(town, sites, homes)
    areas = home_areas(town, sites, homes)
    names = SITE_KEYS
    if town.streetless:  # of a place no figure is told, but for its street
        names = {key: one for key, one in SITE_KEYS.items() if key not in _OF_STREETS}
    rows = [
        name_values(
            {
                "site_id": row.site_id,
                "name": row.name,
                "kind": row.kind,
                "schedule": row.schedule,
                "note": row.note,
                "source": row.source,
                "on_network": bool(edge >= 0),
                "off_street_metres": None
                if homes.hides(row.site_id)
                else round_number(off, METRE_DECIMALS),
                "place_told_by": homes.say_told(row.site_id, keys),
                "home_area": areas.get(row.site_id),
            },
            names,
            keys,
        )
        for row, edge, off in zip(each_row(sites), snaps.edge, snaps.off_m, strict=True)
    ]
    foreign = {
        "kayoi": {
            **tell_making(town, stamp),
            **homes.tell(sites["site_id"]),
            "sources": tell_sources(town),
        }
    }
    return dump_geojson(list(shapely.points(lon, lat)), rows, sites["site_id"], foreign=foreign)


def export_reach(  # noqa: PLR0913 - the parts of a question, each by name
    town: Town,
    sites: pd.DataFrame,
    *,
    within: WalkingRange,
    walker: Walker,
    keys: Keys,
    stamp: Stamp,
    heights: bool = False,
    trip: Way = "there",
    homes: Homes = NO_HOMES,
    chosen: Chosen | None = None,
    grounds: Mapping[str, shapely.Geometry] = MappingProxyType({}),
) -> str:
    """Return GeoJSON of what is within reach of each site (到達圏の GeoJSON).

    Two features a site: the streets, cut exactly where the range ends, and a polygon beside
    them that holds no piece of a street beyond. A site off the network has null geometries. In a
    town without streets it is one, a circle.

    Parameters
    ----------
    heights
        Whether slopes and steps cost; ``metres`` is then flat-equivalent, ``street_metres``
        stays the length of the streets.
    trip
        ``there``: from where one comes to the site; ``back``: where one comes to from it.
    homes
        A private home has null geometries too, for the shape is centred on its door and one
        around its square would be wrong; an exact file has its shape.
    chosen
        Which sites these are, told in the file where they are not all.
    grounds
        By ``site_id``, on the town's plane, where the people live whom a site is for: what is
        within reach is cut to it. The others are for everybody.
    """
    sites = ordered_sites(sites)
    ground = ground_of(town, walker=walker, heights=heights)
    limit_m = within.limit_m(walker)
    snaps = put_places(town, ground, sites)
    shapes, rows, ids = [], [], []
    reached = reach_shapes(ground, snaps, limit_m=limit_m, way=trip)
    areas = home_areas(town, sites, homes)
    names = measured(REACH_KEYS, straight=town.streetless)
    for row, found in zip(each_row(sites), reached, strict=True):
        streets, polygon, length_m = found
        hidden = homes.hides(row.site_id)
        ground_ = grounds.get(row.site_id)
        if ground_ is not None:
            streets, polygon = cut_to(streets, ground_), cut_to(polygon, ground_)
            length_m = streets.length
        circle = (("circle", polygon),)
        for part, shape in (
            circle if town.streetless else (("streets", streets), ("polygon", polygon))
        ):
            values = {
                "site_id": row.site_id,
                "name": row.name,
                "part": part,
                "within": within.text,
                "metres": limit_m,
                "street_metres": None if hidden else round_number(length_m, METRE_DECIMALS),
                "place_told_by": homes.say_told(row.site_id, keys),
                "home_area": areas.get(row.site_id),
            }
            shapes.append(shapely.Polygon() if hidden else shape)
            rows.append(name_values(values, names, keys))
            ids.append(f"{row.site_id}/{part}")
    foreign = {
        "kayoi": {
            **tell_making(town, stamp),
            "walker": walker.id,
            "within": within.text,
            "trip": trip,
            **tell_basis(straight=town.streetless),
            "heights": tell_heights(town, counted=heights),
            "left_out": {
                "sites_off_network": int((snaps.edge < 0).sum()),
                "private_homes": sum(map(homes.hides, sites["site_id"])),
            },
            **homes.tell(sites["site_id"]),
            **({} if chosen is None else {"salons": tell_chosen(chosen)}),
            "sources": tell_sources(town),
        }
    }
    return dump_geojson(lonlat_shapes(town, shapes), rows, ids, foreign=foreign)


def export_benches(  # noqa: PLR0913 - the parts of an answer, each by name
    town: Town,
    coverage: Coverage,
    benches: pd.DataFrame,
    *,
    keys: Keys,
    stamp: Stamp,
    rests: pd.DataFrame | None = None,
    said: Sequence[Words] = (),
    homes: Homes = NO_HOMES,
) -> str:
    """Return GeoJSON of the best places for one bench (ベンチを1つ置くなら).

    Parameters
    ----------
    benches
        `geo.analysis.near_places.name_places` of `geo.analysis.bench_gain.bench_gains`, asked with the
        coverage's question and `rests`. Gains of two places do not add up.
    """
    rows = [
        name_values(
            {
                "rank": rank,
                "gained": int(row.people),
                "near": row.near or None,
                "near_metres": None
                if homes.hides(row.near_id)
                else round_number(row.near_m, METRE_DECIMALS),
            },
            BENCH_KEYS,
            keys,
        )
        for rank, row in enumerate(each_row(benches), start=1)
    ]
    points = list(shapely.points(benches["lon"].to_numpy(float), benches["lat"].to_numpy(float)))
    ids = [f"bench/{rank}" for rank in range(1, len(rows) + 1)]
    foreign = tell_coverage(town, coverage, stamp, rests=rests, said=said, more=homes.tell())
    return dump_geojson(points, rows, ids, foreign=foreign)


def lonlat_shapes(town: Town, shapes: Sequence[shapely.Geometry]) -> list[shapely.Geometry]:
    """Return shapes of the town's plane in degrees (経緯度の形)."""
    return list(gpd.GeoSeries(list(shapes), crs=town.plane.crs).to_crs(LONLAT))
