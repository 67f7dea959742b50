"""A week's table as GeoJSON, CSV and XLSX (曜日ごとの書き出し)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.analysis.week import ANY, DAYS, KEY, halves_of
from geo.base.geojson import dump_geojson
from geo.base.words import Words
from geo.export.book import Sheet, dump_book
from geo.export.facts import tell_coverage, tell_words
from geo.export.files import lonlat_shapes
from geo.export.keys import TOTAL_WORDS, measured, name_values, round_number, value_of
from geo.export.rows import dump_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from geo.analysis.week import Week
    from geo.base.words import Lang
    from geo.export.facts import Stamp
    from geo.export.keys import Keys
    from geo.town import Town

    Named = Mapping[str, Mapping[str, Words]]

WEEK_KEYS: Final = {
    "part": "区分", "what": "見出し", "weekday": "曜日", "half": "時間帯",
    "area_id": "地区コード", "area_name": "地区名", "people": "人数_道につながる人",
    "within": "届く人", "within_monthly": "届く人_月1回以上", "within_twice": "届く人_月2回以上",
    "within_weekly": "届く人_週1回以上", "share": "届く割合", "share_weekly": "届く割合_週1回以上",
    "salons": "通いの場の数", "salons_weekly": "通いの場の数_週1回以上",
}  # fmt: skip
_AREA: Final = {"area_id": "地区コード", "area_name": "地区名", "people": "人数_道につながる人"}
_SHARE_DECIMALS: Final = 6
_OFTEN_SHOWN: Final = {ANY: Words("", ""), "weekly": Words("_週1回以上", "_weekly")}
_SHEETS: Final = {
    "week": Words("一週間", "week"), "rows": Words("すべての行", "all rows"),
    "about": Words("説明", "about"),
}  # fmt: skip


def export_week(  # noqa: PLR0913 - the parts of an answer, each by name
    town: Town,
    week: Week,
    words: Named,
    *,
    keys: Keys,
    stamp: Stamp,
    rests: pd.DataFrame | None = None,
    said: Sequence[Words] = (),
    counted: Sequence[Words] = (),
    means: Sequence[Words] = (),
) -> str:
    """Return GeoJSON of the areas with the people each half-day reaches (曜日ごとの GeoJSON).

    The foreign member is that of the answer for all 通いの場; beside it ``week``, the whole town's
    rows, and how they are to be read.

    Parameters
    ----------
    words
        As `geo.say.week.say_week`; of that room are `means`, too, how the table is to be read.
    """
    division = week.coverage.question.division
    halves = halves_of(week)
    names = dict(_AREA)
    straight = week.coverage.question.straight
    for day in DAYS:
        for half in halves:
            for often, end in _OFTEN_SHOWN.items():
                called = words["weekday"][day].ja, words["half"][half].ja
                names[_column(day, half, often)] = f"{called[0]}_{called[1]}{end.ja}"
    time = week.areas[(week.areas["part"] == "time") & week.areas["at_least"].isin([*_OFTEN_SHOWN])]
    rows: dict[str, dict[str, Any]] = {}
    for one in time.to_dict("records"):
        row = rows.setdefault(one["area_id"], {name: one[name] for name in _AREA})
        row[_column(one["weekday"], one["half"], one["at_least"])] = one["within"]
    foreign: dict[str, Any] = tell_coverage(town, week.coverage, stamp, rests=rests, said=said)
    foreign["kayoi"] |= {
        "week": [
            {name: one[name] for name in (*KEY, "salons", "within")}
            | {"share": round_number(one["share"], _SHARE_DECIMALS)}
            for one in week.table.to_dict("records")
        ],
        "means": [tell_words(one) for one in means],
        "counted": [tell_words(one) for one in counted],
    }
    shapes = lonlat_shapes(town, town.division(division).geometry.to_numpy())
    ids = week.coverage.areas["area_id"].tolist()
    for id_ in _untold(week):  # nobody told who lives there: no figure, not none
        rows[id_] |= dict.fromkeys([name for name in names if name not in ("area_id", "area_name")])
    heads = measured(names, straight=straight)
    told = [name_values(rows[id_], heads, keys) for id_ in ids]
    return dump_geojson(shapes, told, [f"{division}/{id_}" for id_ in ids], foreign=foreign)


def _column(day: str, half: str, often: str) -> str:
    return f"{day}_{half}{_OFTEN_SHOWN[often].en}"


def export_week_table(week: Week, words: Named, *, keys: Keys, lang: Lang) -> str:
    """Return a week as CSV: a row for each weekday and half-day, all together first, then by area (一週間の表)."""
    return dump_rows(_keys(week), _rows(week, words, lang), keys)


def _keys(week: Week) -> dict[str, str]:
    return measured(WEEK_KEYS, straight=week.coverage.question.straight)


def export_week_book(
    week: Week,
    words: Named,
    *,
    keys: Keys,
    lang: Lang,
    stamp: Stamp,
    about: Sequence[Words] = (),
) -> bytes:
    """Return a week as a workbook: the table as one reads a week, all rows, what it rests on (一週間のブック).

    Parameters
    ----------
    about
        Lines of the last sheet: assumptions, sources, what was left out.
    """
    names = _keys(week)
    heads = [*names] if keys == "en" else [*names.values()]
    rows = [[value_of(row, key, keys) for key in names] for row in _rows(week, words, lang)]
    lines = [[one.say(lang)] for one in about]
    return dump_book(
        [
            Sheet(name=_SHEETS["week"].say(lang), heads=_heads(words, lang), rows=_grid(week, words, lang)),
            Sheet(name=_SHEETS["rows"].say(lang), heads=heads, rows=rows),
            Sheet(name=_SHEETS["about"].say(lang), heads=(), rows=lines),
        ],
        made_at=stamp.made_at,
    )  # fmt: skip


def _heads(words: Named, lang: Lang) -> list[str]:
    first = (Words("区分", "by"), Words("見出し", "of"), Words("回数", "how often"))
    return [*(one.say(lang) for one in first), *(words["weekday"][day].say(lang) for day in DAYS)]


def _grid(week: Week, words: Named, lang: Lang) -> list[list[object]]:
    """Return people by weekday, a row a half of the day, content or whom, and how often."""
    found: dict[tuple[str, str, str, str], dict[str, int]] = {}
    for one in week.table.to_dict("records"):
        key = (one["part"], one["what"], one["half"], one["at_least"])
        found.setdefault(key, {})[one["weekday"]] = int(one["within"])
    rows: list[list[object]] = []
    for (part, what, half, often), by_day in found.items():
        name = _row_words({"part": part, "what": what, "half": half}, words).say(lang)
        first = [words["part"][part].say(lang), name, words["at_least"][often].say(lang)]
        rows.append([*first, *(by_day.get(day) for day in DAYS)])
    return rows


def _rows(week: Week, words: Named, lang: Lang) -> list[dict[str, Any]]:
    """Return the rows of all areas together, then of each area; how often as columns."""
    totals = week.coverage.totals
    known = totals["within"] + totals["outside"]
    whole = week.table.assign(area_id="", area_name=TOTAL_WORDS.say(lang), people=known)
    areas = week.areas.assign(salons=None)
    untold, found = _untold(week), dict[tuple[str, ...], dict[str, Any]]()
    for one in (*_records(whole), *_records(areas)):
        key = tuple(str(one[name]) for name in ("area_id", "part", "what", "weekday", "half"))
        row = found.setdefault(key, _first(one, words, lang))
        if one["area_id"] in untold:
            row["people"] = None
        else:
            _put(row, one)
    return list(found.values())


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in one.items()} for one in table.to_dict("records")]


def _untold(week: Week) -> frozenset[str]:
    """Return the ids of areas of which nobody told who lives there."""
    areas = week.coverage.areas
    return frozenset(areas["area_id"][areas["no_people"].to_numpy(dtype=bool)])


def _first(one: Mapping[str, Any], words: Named, lang: Lang) -> dict[str, Any]:
    return dict.fromkeys(WEEK_KEYS) | {
        "part": words["part"][one["part"]].say(lang),
        "what": _row_words(one, words).say(lang),
        "weekday": words["weekday"][one["weekday"]].say(lang),
        "half": words["half"][one["half"]].say(lang),
        "area_id": one["area_id"] or None,
        "area_name": one["area_name"],
        "people": int(one["people"]),
    }


def _row_words(key: Mapping[str, Any], words: Named) -> Words:
    """Return what a row is about: the half of the day, what is done, or for whom."""
    return words["half"][key["half"]] if key["part"] == "time" else words[key["part"]][key["what"]]


def _put(row: dict[str, Any], one: Mapping[str, Any]) -> None:
    """Put what one choice tells into its row: however often, or as often as it says."""
    often = one["at_least"]
    row["within" if often == ANY else f"within_{often}"] = int(one["within"])
    end = {ANY: "", "weekly": "_weekly"}.get(often)
    if end is not None:
        share = float(one["share"])
        row[f"share{end}"] = round_number(share, _SHARE_DECIMALS) if np.isfinite(share) else None
        if one["salons"] is not None:
            row[f"salons{end}"] = int(one["salons"])
