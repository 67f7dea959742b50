"""Candidates for one more 通いの場 as GeoJSON, CSV and XLSX (一つ増やすなら、の書き出し)."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Final

import shapely

from geo.base.geojson import dump_geojson
from geo.base.problems import neutral
from geo.base.words import Words
from geo.export.book import Sheet, dump_book
from geo.export.facts import tell_coverage, tell_words
from geo.export.keys import METRE_DECIMALS, name_values, round_number
from geo.say.siting import ALONE, LOW_HIGH, REACH_IS_NOT_GOING, say_gain, say_seats
from geo.tables.tables import each_row, people_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from geo.analysis.siting import Gains
    from geo.base.words import Lang
    from geo.coverage.question import Question
    from geo.export.facts import Stamp
    from geo.export.keys import Keys
    from geo.tables.tables import People
    from geo.town import Town

_FIRST: Final = {
    "rank": "順位", "candidate_id": "候補コード", "name": "名称", "kind": "種別", "source": "出典",
}  # fmt: skip
_LAST: Final = {
    "area_most": "いちばん多い地区",
    "area_most_gained": "いちばん多い地区の人",
    "minutes_half": "半分の人が歩く分",
    "minutes_most": "いちばん遠い人が歩く分",
    "seated": "途中で座れる人",
    "on_network": "道につながる",
    "off_street_metres": "道までのm",
    "off_street_minutes": "道までの分",
    "beside": "同じ所の候補",
    "note": "備考",
    "why": "ことばで",
}
AREA_KEYS: Final = {
    "candidate_id": "候補コード", "name": "名称", "area_id": "地区コード", "area_name": "地区名",
    "gained": "新しく届く人", "gained_low": "新しく届く人_低い方", "gained_high": "新しく届く人_高い方",
}  # fmt: skip
_SHEETS: Final = {
    "table": Words("候補", "candidates"),
    "areas": Words("地区ごと", "by area"),
    "about": Words("説明", "about"),
}


def siting_keys(ages: Sequence[People]) -> dict[str, str]:
    """Return the keys of a candidate, with those of each age group (候補の項目名)."""
    counts = {"gained": "新しく届く人"}
    counts |= {f"gained_{age}": f"新しく届く人_{people_words(age).ja}" for age in ages}
    ends = {"": "", "_low": "_低い方", "_high": "_高い方"}
    own = {f"{name}{end}": f"{ja}{say}" for name, ja in counts.items() for end, say in ends.items()}
    return {**_FIRST, **own, **_LAST}


def export_siting(  # noqa: PLR0913 - the parts of an answer, each by name
    town: Town,
    gains: Gains,
    question: Question,
    kinds: Mapping[str, Words],
    *,
    keys: Keys,
    lang: Lang,
    stamp: Stamp,
    rests: pd.DataFrame | None = None,
    said: Sequence[Words] = (),
    left_out: Sequence[Words] = (),
    top: int | None = None,
) -> str:
    """Return GeoJSON of the candidates as points, the largest gain first (候補の GeoJSON).

    The foreign member is that of the answer as it is now; beside it how candidates are to be read,
    and which were left out, a line each.

    Parameters
    ----------
    kinds
        What each kind of candidate is called.
    top
        How many at most; None for all.
    """
    names = siting_keys(gains.ages)
    table = gains.table if top is None else gains.table.head(top)
    areas = dict([*gains.areas.groupby("candidate_id")])  # itself it has `keys`: no pairs
    rows = []
    for row in _rows(gains, question, kinds, lang, top):
        part = areas.get(row["candidate_id"])
        told = [] if part is None else [
            {name: one[name] for name in ("area_id", "area_name", "gained", "gained_low", "gained_high")}
            for one in part.to_dict("records")
        ]  # fmt: skip
        by_area = {"by_area" if keys == "en" else "地区ごと": told}
        rows.append(name_values(row, names, keys) | by_area)
    foreign: dict[str, Any] = tell_coverage(town, gains.before, stamp, rests=rests, said=said)
    foreign["kayoi"] |= {
        "candidates": {
            "count": len(gains.table),
            "written": len(table),
            "seat_every_metres": gains.seat_every_m,
            "means": [tell_words(one) for one in _means(gains)],
            "left_out": [tell_words(one) for one in left_out],
        }
    }
    points = list(shapely.points(table["lon"].to_numpy(float), table["lat"].to_numpy(float)))
    return dump_geojson(points, rows, table["candidate_id"].tolist(), foreign=foreign)


def export_siting_table(
    gains: Gains,
    question: Question,
    kinds: Mapping[str, Words],
    *,
    keys: Keys,
    lang: Lang,
    top: int | None = None,
) -> str:
    """Return the candidates as CSV, one row each (候補の表)."""
    out, names = io.StringIO(), siting_keys(gains.ages)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names if keys == "en" else names.values())
    for row in _rows(gains, question, kinds, lang, top):
        writer.writerow(["" if row[key] is None else neutral(row[key]) for key in names])
    return out.getvalue()


def export_siting_book(  # noqa: PLR0913 - as export_siting
    gains: Gains,
    question: Question,
    kinds: Mapping[str, Words],
    *,
    keys: Keys,
    lang: Lang,
    stamp: Stamp,
    about: Sequence[Words] = (),
    top: int | None = None,
) -> bytes:
    """Return the same as a workbook: the candidates, by area, and what it rests on (候補のブック).

    Parameters
    ----------
    about
        Lines of the last sheet: assumptions, sources, what was left out.
    """
    names = siting_keys(gains.ages)
    rows = _rows(gains, question, kinds, lang, top)
    called = {row["candidate_id"]: row["name"] for row in rows}
    areas = [
        {**one, "name": called[one["candidate_id"]]}
        for one in gains.areas.to_dict("records")
        if one["candidate_id"] in called
    ]
    heads = [
        [*names] if keys == "en" else [*names.values()],
        [*AREA_KEYS] if keys == "en" else [*AREA_KEYS.values()],
    ]
    lines = [one.say(lang) for one in (*about, *_means(gains))]
    return dump_book(
        [
            Sheet(name=_SHEETS["table"].say(lang), heads=heads[0],
                  rows=[[row[key] for key in names] for row in rows]),
            Sheet(name=_SHEETS["areas"].say(lang), heads=heads[1],
                  rows=[[row[key] for key in AREA_KEYS] for row in areas]),
            Sheet(name=_SHEETS["about"].say(lang), heads=(), rows=[[one] for one in lines]),
        ],
        made_at=stamp.made_at,
    )  # fmt: skip


def _means(gains: Gains) -> list[Words]:
    return [ALONE, *([LOW_HIGH] if gains.unsure else []), say_seats(gains), REACH_IS_NOT_GOING]


def _rows(
    gains: Gains, question: Question, kinds: Mapping[str, Words], lang: Lang, top: int | None
) -> list[dict[str, Any]]:
    names = siting_keys(gains.ages)
    counts = [name for name in names if name.startswith("gained")]
    table = gains.table if top is None else gains.table.head(top)
    rows = []
    for row in each_row(table):
        off, note = not row.on_network, getattr(row, "note", None)
        rows.append(
            {
                "rank": int(row.rank),
                "candidate_id": row.candidate_id,
                "name": row.name,
                "kind": kinds.get(row.kind, Words(row.kind, row.kind)).say(lang),
                "source": row.source,
                # Of a place no street leads to nobody can be counted: no figure, not none.
                **{name: None if off else int(getattr(row, name)) for name in counts},
                "area_most": row.area_name or None,
                "area_most_gained": int(row.area_gained) if row.area_name else None,
                "minutes_half": round_number(row.minutes_half, 1),
                "minutes_most": round_number(row.minutes_most, 1),
                "seated": None if off else int(row.seated),
                "on_network": bool(row.on_network),
                "off_street_metres": round_number(row.off_m, METRE_DECIMALS),
                "off_street_minutes": round_number(row.off_minutes, 1),
                "beside": "、".join(row.beside) or None,
                "note": note.say(lang) if note else None,
                "why": say_gain(gains, row, question, kinds).say(lang),
            }
        )
    return rows
