"""Candidates for one more 通いの場 as GeoJSON, CSV and XLSX (一つ増やすなら、の書き出し)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import shapely

from geo.base.geojson import dump_geojson
from geo.base.words import Words
from geo.export.book import Sheet, dump_book
from geo.export.facts import tell_coverage, tell_words
from geo.export.keys import METRE_DECIMALS, measured, name_values, round_number, value_of
from geo.export.rows import dump_rows
from geo.tables.tables import each_row, people_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from geo.analysis.siting import Gains
    from geo.base.words import Lang
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
_EACH_AREA: Final = ("area_id", "area_name", "gained", "gained_low", "gained_high")
_SHEETS: Final = {
    "table": Words("候補", "candidates"),
    "areas": Words("地区ごと", "by area"),
    "about": Words("説明", "about"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How candidates are written (候補の書き方).

    Attributes
    ----------
    keys, lang
        The language of the heads, and of the words in the cells.
    kinds
        What each kind of candidate is called.
    why, means
        Each candidate in a sentence, by its id, and how the figures are to be read, a line each
        (`geo.say.siting`).
    top
        How many at most; None for all.
    """

    keys: Keys
    lang: Lang
    kinds: Mapping[str, Words]
    why: Mapping[str, Words] = field(default_factory=dict)
    means: Sequence[Words] = ()
    top: int | None = None


def siting_keys(ages: Sequence[People]) -> dict[str, str]:
    """Return the keys of a candidate, with those of each age group (候補の項目名)."""
    counts = {"gained": "新しく届く人"}
    counts |= {f"gained_{age}": f"新しく届く人_{people_words(age).ja}" for age in ages}
    ends = {"": "", "_low": "_低い方", "_high": "_高い方"}
    own = {f"{name}{end}": f"{ja}{say}" for name, ja in counts.items() for end, say in ends.items()}
    return {**_FIRST, **own, **_LAST}


def export_siting(
    town: Town,
    gains: Gains,
    shown: Shown,
    *,
    stamp: Stamp,
    rests: pd.DataFrame | None = None,
    said: Sequence[Words] = (),
    left_out: Sequence[Words] = (),
) -> str:
    """Return GeoJSON of the candidates as points, the largest gain first (候補の GeoJSON).

    The foreign member is that of the answer as it is now, `said` its sentence; beside it how
    candidates are to be read, and which were tried and which not, a line each.
    """
    names, rows = _keys(gains), _rows(gains, shown)
    areas = dict([*gains.areas.groupby("candidate_id")])  # itself it has `keys`: no pairs
    by_area = "by_area" if shown.keys == "en" else "地区ごと"
    told = []
    for row in rows:
        part = areas.get(row["candidate_id"])
        each = [] if part is None else part.to_dict("records")
        told.append(
            name_values(row, names, shown.keys)
            | {by_area: [{name: one[name] for name in _EACH_AREA} for one in each]}
        )
    foreign: dict[str, Any] = tell_coverage(town, gains.before, stamp, rests=rests, said=said)
    foreign["kayoi"] |= {
        "candidates": {
            "count": len(gains.table),
            "written": len(rows),
            "seat_every_metres": gains.seat_every_m,
            "means": [tell_words(one) for one in shown.means],
            "left_out": [tell_words(one) for one in left_out],
        }
    }
    table = gains.table.head(len(rows))
    points = list(shapely.points(table["lon"].to_numpy(float), table["lat"].to_numpy(float)))
    return dump_geojson(points, told, table["candidate_id"].tolist(), foreign=foreign)


def export_siting_table(gains: Gains, shown: Shown) -> str:
    """Return the candidates as CSV, one row each (候補の表)."""
    return dump_rows(_keys(gains), _rows(gains, shown), shown.keys)


def _keys(gains: Gains) -> dict[str, str]:
    return measured(siting_keys(gains.ages), straight=gains.before.question.straight)


def export_siting_book(
    gains: Gains, shown: Shown, *, stamp: Stamp, about: Sequence[Words] = ()
) -> bytes:
    """Return the same as a workbook: the candidates, by area, and what it rests on (候補のブック).

    Parameters
    ----------
    about
        Lines of the last sheet: assumptions, sources, what was left out.
    """
    names, rows = _keys(gains), _rows(gains, shown)
    called = {row["candidate_id"]: row["name"] for row in rows}
    areas = [
        one | {"name": called[one["candidate_id"]]}
        for one in gains.areas.to_dict("records")
        if one["candidate_id"] in called
    ]
    own, by_area = (
        [*keys] if shown.keys == "en" else [*keys.values()] for keys in (names, AREA_KEYS)
    )
    lines = [[one.say(shown.lang)] for one in (*about, *shown.means)]
    return dump_book(
        [
            Sheet(name=_SHEETS["table"].say(shown.lang), heads=own,
                  rows=[[value_of(row, key, shown.keys) for key in names] for row in rows]),
            Sheet(name=_SHEETS["areas"].say(shown.lang), heads=by_area,
                  rows=[[row[key] for key in AREA_KEYS] for row in areas]),
            Sheet(name=_SHEETS["about"].say(shown.lang), heads=(), rows=lines),
        ],
        made_at=stamp.made_at,
    )  # fmt: skip


def _rows(gains: Gains, shown: Shown) -> list[dict[str, Any]]:
    names, lang = siting_keys(gains.ages), shown.lang
    counts = [name for name in names if name.startswith("gained")]
    table = gains.table if shown.top is None else gains.table.head(shown.top)
    rows = []
    for row in each_row(table):
        off, note = not row.on_network, getattr(row, "note", None)
        rows.append(
            {
                "rank": int(row.rank),
                "candidate_id": row.candidate_id,
                "name": row.name,
                "kind": shown.kinds.get(row.kind, Words(row.kind, row.kind)).say(lang),
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
                "why": why.say(lang) if (why := shown.why.get(row.candidate_id)) else None,
            }
        )
    return rows
