"""Places where people are left out as GeoJSON, CSV and XLSX (空白の書き出し)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.base.geojson import dump_geojson
from geo.base.words import Words
from geo.export.book import Sheet, dump_book
from geo.export.facts import tell_coverage, tell_words
from geo.export.keys import WHY_KEYS, measured, name_values, round_number, value_of
from geo.export.rows import dump_rows
from geo.tables.tables import SITE_WORDS, each_row, people_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from geo.analysis.gap_areas import AreaGaps
    from geo.analysis.gaps import Gaps
    from geo.base.words import Lang
    from geo.export.facts import Stamp
    from geo.export.keys import Keys
    from geo.tables.tables import People
    from geo.town import Town

_FIRST: Final = {
    "rank": "順位", "gap_id": "所コード", "area_id": "地区コード", "area_name": "地区名",
    "division_area": "問いの地区", "street": "通り", "near": "近くの地点",
    "near_kind": "近くの地点の種別", "near_metres": "近くの地点までの道のりm",
    "people": "届かない人",
}  # fmt: skip
_CAUSES: Final = ("why_no_rest", "why_slope", "why_not_open", "why_together", "why_far")
_OPEN: Final = {
    "any": "何回でも", "monthly": "月1回以上", "twice": "月2回以上", "weekly": "週1回以上",
}  # fmt: skip
_LAST: Final = {
    "nearest_name": "いちばん近い通いの場",
    "minutes_half": "半分の人が歩く分", "minutes_least": "いちばん近い人が歩く分",
    "minutes_most": "いちばん遠い人が歩く分", "no_way": "歩いて行く道のない人",
    "slope_minutes": "坂と階段でふえる分_半分の人",
    "way_metres": "道すじ_道のりm", "way_steps": "道すじ_階段のか所", "way_rise": "道すじ_上りm",
    "way_steepest": "道すじ_いちばん急な所％", "way_seatless": "道すじ_座れる所のない区間m",
    **{one: WHY_KEYS[one] for one in _CAUSES},
    "unknown": "分からない通いの場も数えれば届く人",
    "stop_near": "停留所まで歩ける人", "stop_can_come": "停留所で来られる人",
    **{f"open_{one}": f"ほかの日なら届く人_{ja}" for one, ja in _OPEN.items()},
    "off_network": "となりの道につながらない人",
    "lon": "経度", "lat": "緯度", "why": "ことばで",
}  # fmt: skip
GAP_AREA_KEYS: Final = {
    "division": "地区の分け方", "area_id": "地区コード", "area_name": "地区名",
    "people": "人数_道につながる人", "outside": "届かない人", "off_network": "道につながらない人",
    "target": "目標", "missing": "目標に届かない人", "state": "目標に届くか",
}  # fmt: skip
_SHEETS: Final = {
    "table": Words("空白", "gaps"), "areas": Words("地区ごと", "by area"),
    "about": Words("説明", "about"),
}  # fmt: skip
STATE_WORDS: Final = {
    "meets": Words("全員に届く", "everybody"), "misses": Words("届かない人がいる", "not everybody"),
    "": Words("", ""),
}  # fmt: skip
_ONE: Final = 1
_PART_DECIMALS: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How places are written (空白の書き方).

    Attributes
    ----------
    keys, lang
        The language of the heads, and of the words in the cells.
    why, means
        Each place in a sentence, by its id, and how the figures are to be read, a line each
        (`geo.say.gaps`).
    areas
        Of each division that is told beside.
    """

    keys: Keys
    lang: Lang
    why: Mapping[str, Words] = field(default_factory=dict)
    means: Sequence[Words] = ()
    areas: Sequence[AreaGaps] = ()


def gap_keys(ages: Sequence[People]) -> dict[str, str]:
    """Return the keys of a place, with those of each age group (空白の項目名)."""
    own = {f"people_{age}": f"届かない人_{people_words(age).ja}" for age in ages}
    return {**_FIRST, **own, **_LAST}


def export_gaps(
    town: Town,
    gaps: Gaps,
    shown: Shown,
    *,
    stamp: Stamp,
    rests: pd.DataFrame | None = None,
    said: Sequence[Words] = (),
    counted: Sequence[Words] = (),
) -> str:
    """Return GeoJSON of the places as areas, most people first (空白の GeoJSON).

    Their shapes are squares within their neighbourhood: no home is told. The foreign member is
    that of the answer, `said` its sentence; beside it the target, whom no place holds, and how
    figures are to be read.
    """
    names, rows = _keys(gaps), _rows(gaps, shown)
    foreign: dict[str, Any] = tell_coverage(town, gaps.coverage, stamp, rests=rests, said=said)
    foreign["kayoi"] |= {
        "gaps": {
            "count": len(rows),
            "places_of": gaps.small,
            "off_network_elsewhere": gaps.off_rest,
            "within_but_not_every_week": gaps.seldom,
            "means": [tell_words(one) for one in shown.means],
            "counted": [tell_words(one) for one in counted],
        },
        "targets": [
            {
                "division": one.division,
                "target": one.target.text if one.target else None,
                "areas": one.judged,
                "meet": one.meets,
                "people_missing": one.missing if one.target else None,
            }
            for one in shown.areas
        ],
    }
    shapes = [town.plane.to_degrees(one) for one in gaps.shapes]
    told = [name_values(row, names, shown.keys) for row in rows]
    return dump_geojson(shapes, told, gaps.table["gap_id"].tolist(), foreign=foreign)


def export_gaps_table(gaps: Gaps, shown: Shown) -> str:
    """Return the places as CSV, one row each (空白の表)."""
    return dump_rows(_keys(gaps), _rows(gaps, shown), shown.keys)


def _keys(gaps: Gaps) -> dict[str, str]:
    return measured(gap_keys(gaps.ages), straight=gaps.coverage.question.straight)


def export_gaps_book(
    gaps: Gaps, shown: Shown, *, stamp: Stamp, about: Sequence[Words] = ()
) -> bytes:
    """Return the same as a workbook: the places, every division's areas, what it rests on (空白のブック).

    Parameters
    ----------
    about
        Lines of the last sheet: assumptions, sources, what was left out.
    """
    names, areas = _keys(gaps), [row for one in shown.areas for row in _areas(one, shown)]
    of_area = measured(GAP_AREA_KEYS, straight=gaps.coverage.question.straight)
    own, by_area = (
        [*keys] if shown.keys == "en" else [*keys.values()] for keys in (names, of_area)
    )
    lines = [[one.say(shown.lang)] for one in (*about, *shown.means)]
    return dump_book(
        [
            Sheet(name=_SHEETS["table"].say(shown.lang), heads=own,
                  rows=[[value_of(row, key, shown.keys) for key in names] for row in _rows(gaps, shown)]),
            Sheet(name=_SHEETS["areas"].say(shown.lang), heads=by_area,
                  rows=[[value_of(row, key, shown.keys) for key in of_area] for row in areas]),
            Sheet(name=_SHEETS["about"].say(shown.lang), heads=(), rows=lines),
        ],
        made_at=stamp.made_at,
    )  # fmt: skip


def _areas(found: AreaGaps, shown: Shown) -> list[dict[str, Any]]:
    target = found.target
    return [
        {
            "division": found.division,
            "target": target.words.say(shown.lang) if target else None,
            **{name: int(getattr(row, name)) for name in ("people", "outside", "off_network")},
            "area_id": row.area_id,
            "area_name": row.area_name,
            "missing": int(row.missing) if row.state else None,
            "state": STATE_WORDS[row.state].say(shown.lang) or None,
        }
        for row in each_row(found.table)
    ]


def _rows(gaps: Gaps, shown: Shown) -> list[dict[str, Any]]:
    counts = [*(f"people_{age}" for age in gaps.ages), *_CAUSES, "people", "no_way", "unknown",
              "off_network"]  # fmt: skip
    slopes = gaps.coverage.question.heights
    rows = []
    for row in each_row(gaps.table):
        stops = {one: int(getattr(row, one)) if gaps.stops else None for one in _STOPS}
        days = {
            f"open_{one}": int(getattr(row, f"open_{one}")) if gaps.often else None for one in _OPEN
        }
        near = SITE_WORDS.get(row.near_kind)
        rows.append(
            {
                **{name: getattr(row, name) or None for name in ("area_id", "area_name", "street")},
                **{name: int(getattr(row, name)) for name in counts},
                **stops,
                **days,
                "rank": int(row.rank),
                "gap_id": row.gap_id,
                "division_area": row.division_area,
                "near": row.near or None,
                "near_kind": near.say(shown.lang) if near else None,
                "near_metres": round_number(row.near_m, 0),
                "nearest_name": row.nearest_name or None,
                **_walks(row, slopes=slopes),
                "lon": round_number(row.lon, 7),
                "lat": round_number(row.lat, 7),
                "why": why.say(shown.lang) if (why := shown.why.get(row.gap_id)) else None,
            }
        )
    return rows


_STOPS: Final = ("stop_near", "stop_can_come")


def _walks(row: Any, *, slopes: bool) -> dict[str, Any]:  # noqa: ANN401 - a row of the table
    """Return the figures of walks."""
    return {
        "minutes_half": round_number(row.minutes_half, _ONE),
        "minutes_least": round_number(row.minutes_least, _ONE),
        "minutes_most": round_number(row.minutes_most, _ONE),
        "slope_minutes": round_number(row.slope_minutes, _ONE) if slopes else None,
        "way_metres": round_number(row.way_m, 0),
        "way_steps": int(row.way_steps) if np.isfinite(row.way_m) else None,
        "way_rise": round_number(row.way_rise_m, 0),
        "way_steepest": round_number(100 * row.way_steepest, _PART_DECIMALS),
        "way_seatless": round_number(row.way_seatless_m, 0),
    }
