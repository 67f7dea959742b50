"""What leaves the tool: GeoJSON and CSV of a coverage (書き出し)."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import geopandas as gpd
import numpy as np
import shapely

from geo.geojson import dump_geojson
from geo.place import LONLAT
from geo.problems import neutral
from geo.reach import part_lines, reach_parts, reach_polygon
from geo.tables import each_row
from geo.town import ordered_sites
from geo.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from geo.coverage import Coverage
    from geo.ranges import WalkingRange
    from geo.town import Town
    from geo.walkers import Walker

Keys = Literal["ja", "en"]

AREA_KEYS = {
    "area_id": "区域コード",
    "area_name": "区域名",
    "division": "区域の分け方",
    "tier": "層",
    "people": "人数",
    "within": "届く人",
    "outside": "届かない人",
    "off_network": "道につながらない人",
    "share": "届く割合",
    "minutes_p50": "分_中央値",
    "minutes_p75": "分_75％の人まで",
    "minutes_p90": "分_90％の人まで",
    "sites_within": "範囲内の通いの場_1人平均",
    "share_straight": "直線で測った割合",
}
CELL_KEYS = {
    "cell_id": "地点コード",
    "people": "人数",
    "minutes": "分",
    "metres": "道のりm",
    "site_id": "最寄りの通いの場コード",
    "status": "届くか",
}
SITE_KEYS = {
    "site_id": "通いの場コード",
    "name": "名称",
    "kind": "種別",
    "schedule": "開催日時",
    "note": "備考",
    "source": "出典",
    "on_network": "道につながる",
    "off_street_metres": "道までのm",
}
REACH_KEYS = {
    "site_id": "通いの場コード",
    "name": "名称",
    "part": "図形の種類",
    "within": "徒歩圏",
    "metres": "徒歩圏m",
    "street_metres": "道の延長m",
}
STATUS_WORDS = {
    "within": Words("届く", "within"),
    "outside": Words("届かない", "outside"),
    "off_network": Words("道につながらない", "off_network"),
}
_SHARE_DECIMALS, _MEASURE_DECIMALS = 6, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What a file says of its making (作成の記録)."""

    version: str
    made_at: str


def export_areas(town: Town, coverage: Coverage, *, keys: Keys, stamp: Stamp) -> str:
    """Return GeoJSON of the areas with their figures (区域ごとの GeoJSON)."""
    areas = _lonlat(town, town.division(coverage.question.division).geometry.to_numpy())
    rows = [_named(row, AREA_KEYS, keys) for row in _area_rows(coverage)]
    ids = [f"{coverage.question.division}/{id_}" for id_ in coverage.areas["area_id"]]
    return dump_geojson(areas, rows, ids, foreign=_foreign(town, coverage, stamp))


def export_table(coverage: Coverage, *, keys: Keys) -> str:
    """Return the areas' figures as CSV with a header (区域ごとの表).

    Text that a spreadsheet would run as a formula is quoted with an apostrophe; numbers stay
    numbers. Write it as UTF-8 with a BOM, so that Excel reads it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(AREA_KEYS if keys == "en" else AREA_KEYS.values())
    for row in _area_rows(coverage):
        writer.writerow(["" if row[key] is None else neutral(row[key]) for key in AREA_KEYS])
    return out.getvalue()


def export_cells(
    town: Town, coverage: Coverage, sites: pd.DataFrame, *, keys: Keys, stamp: Stamp
) -> str:
    """Return GeoJSON of the places where people of the age group live (住む所の GeoJSON).

    `sites` are those the coverage was asked with. Places without people of the group are
    not in the file.
    """
    cells = coverage.cells
    some = np.flatnonzero(cells["people"] > 0)
    lon, lat = town.plane.to_lonlat(town.cells["x_m"].iloc[some], town.cells["y_m"].iloc[some])
    site_id = [*ordered_sites(sites)["site_id"], None]
    rows = []
    for row in each_row(cells.iloc[some]):
        values = {
            "cell_id": row.cell_id,
            "people": row.people,
            "minutes": _number(row.minutes, _MEASURE_DECIMALS),
            "metres": _number(row.metres, _MEASURE_DECIMALS),
            "site_id": site_id[row.site],
            "status": STATUS_WORDS[row.status].say(keys),
        }
        rows.append(_named(values, CELL_KEYS, keys))
    foreign = _foreign(town, coverage, stamp)
    return dump_geojson(
        list(shapely.points(lon, lat)), rows, cells["cell_id"].iloc[some], foreign=foreign
    )


def export_sites(town: Town, sites: pd.DataFrame, *, keys: Keys, stamp: Stamp) -> str:
    """Return GeoJSON of sites (地点の GeoJSON)."""
    sites = ordered_sites(sites)
    snaps = town.site_snaps(sites)
    lon, lat = town.plane.to_lonlat(sites["x_m"], sites["y_m"])
    rows = [
        _named(
            {
                "site_id": row.site_id,
                "name": row.name,
                "kind": row.kind,
                "schedule": row.schedule,
                "note": row.note,
                "source": row.source,
                "on_network": bool(edge >= 0),
                "off_street_metres": _number(off, _MEASURE_DECIMALS),
            },
            SITE_KEYS,
            keys,
        )
        for row, edge, off in zip(each_row(sites), snaps.edge, snaps.off_m, strict=True)
    ]
    foreign = {"kayoi": {**_made(town, stamp), "sources": _sources(town)}}
    return dump_geojson(list(shapely.points(lon, lat)), rows, sites["site_id"], foreign=foreign)


def export_reach(
    town: Town,
    sites: pd.DataFrame,
    *,
    within: WalkingRange,
    walker: Walker,
    keys: Keys,
    stamp: Stamp,
) -> str:
    """Return GeoJSON of what is within reach of each site (到達圏の GeoJSON).

    Two features a site: the streets, cut exactly where the range ends, and a polygon beside
    them that holds no piece of a street beyond. A site off the network has null geometries.
    """
    sites = ordered_sites(sites)
    snaps, limit_m = town.site_snaps(sites), within.limit_m(walker)
    shapes, rows, ids = [], [], []
    for at, row in enumerate(each_row(sites)):
        parts = reach_parts(town.network, snaps.take(np.array([at])), limit_m=limit_m)
        streets = shapely.MultiLineString(list(part_lines(town.network, parts)))
        for part, shape in (("streets", streets), ("polygon", reach_polygon(town.network, parts))):
            values = {
                "site_id": row.site_id,
                "name": row.name,
                "part": part,
                "within": within.text,
                "metres": limit_m,
                "street_metres": _number(parts.length_m, _MEASURE_DECIMALS),
            }
            shapes.append(shape)
            rows.append(_named(values, REACH_KEYS, keys))
            ids.append(f"{row.site_id}/{part}")
    foreign = {
        "kayoi": {
            **_made(town, stamp),
            "walker": walker.id,
            "within": within.text,
            "basis": "network",
            "left_out": {"sites_off_network": int((snaps.edge < 0).sum())},
            "sources": _sources(town),
        }
    }
    return dump_geojson(_lonlat(town, shapes), rows, ids, foreign=foreign)


def _area_rows(coverage: Coverage) -> list[dict[str, Any]]:
    rows = []
    for row in coverage.areas.to_dict("records"):
        values = {str(key): row[key] for key in AREA_KEYS}
        for key in ("share", "share_straight"):
            values[key] = _number(values[key], _SHARE_DECIMALS)
        for key in ("minutes_p50", "minutes_p75", "minutes_p90", "sites_within"):
            values[key] = _number(values[key], _MEASURE_DECIMALS)
        rows.append(values)
    return rows


def _foreign(town: Town, coverage: Coverage, stamp: Stamp) -> dict[str, object]:
    question = coverage.question
    return {
        "kayoi": {
            **_made(town, stamp),
            "division": question.division,
            "people": question.people,
            "walker": question.walker.id,
            "within": question.within.text,
            "basis": "network",
            "totals": coverage.totals,
            "left_out": {**coverage.left_out, **_not_placed(town)},
            "assumes": _assumes(town, coverage),
            "sources": _sources(town),
        }
    }


def _not_placed(town: Town) -> dict[str, object]:
    """People of all ages whom the table counts in areas the town does not have."""
    return {"all_ages_not_placed": town.facts.get("people_left_out", 0)}


def _assumes(town: Town, coverage: Coverage) -> dict[str, object]:
    """Return what the figures rest on, beyond the question."""
    people = coverage.cells["people"].groupby(town.cells["placed_by"]).sum()
    return {
        "limit_metres": coverage.question.limit_m,
        "metres_per_minute": coverage.question.walker.metres_per_min,
        "snap_limit_metres": town.snap_limit_m,
        "people_placed_by": {by: int(count) for by, count in people.items() if count},
    }


def _made(town: Town, stamp: Stamp) -> dict[str, object]:
    return {"version": stamp.version, "made_at": stamp.made_at, "town": town.name}


def _sources(town: Town) -> list[dict[str, str]]:
    return [
        {"name": one.name, "date": one.date, "licence": one.licence, "credit": one.credit}
        for one in town.credits
    ]


def _named(values: dict[str, Any], names: dict[str, str], keys: Keys) -> dict[str, Any]:
    return {key if keys == "en" else names[key]: values[key] for key in names}


def _number(value: float, decimals: int) -> float | None:
    return round(float(value), decimals) if np.isfinite(value) else None


def _lonlat(town: Town, shapes: Sequence[shapely.Geometry]) -> list[shapely.Geometry]:
    return list(gpd.GeoSeries(list(shapes), crs=town.plane.crs).to_crs(LONLAT))
