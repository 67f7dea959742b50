"""Many towns in one table: the same columns for all, and what each figure rests on (街をならべた表)."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.base.words import Words
from geo.coverage.coverage import COUNTED
from geo.export.book import Sheet, dump_book
from geo.export.keys import AREA_KEYS
from geo.export.rows import area_rows, dump_rows, total_row
from geo.tables.tables import people_words
from geo.walk.trip_words import TRIP_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.base.words import Lang
    from geo.coverage.coverage import Coverage
    from geo.export.facts import Stamp
    from geo.export.keys import Keys
    from geo.town import Town

WHOSE_KEYS: Final = {"town": "街", "folder": "フォルダ", "row": "行", "problem": "数えられないわけ"}
# What the figures of a town do not hold, and what they rest on.
LEFT_KEYS: Final = {
    "left_not_placed": "数えていない人_置けなかった",
    "left_between_areas": "数えていない人_地区のあいだ",
    "left_outside_division": "数えていない人_どの地区にも入らない",
    "no_path": "届かない人のうち_道がとぎれている",
    "sites_off_network": "使えなかった通いの場",
}
ASKED_KEYS: Final = {
    "asked_people": "数えた年齢", "asked_walker": "歩行者像", "metres_per_min": "分速m",
    "asked_within": "徒歩圏", "limit_m": "徒歩圏m", "asked_basis": "測り方", "asked_slopes": "坂と階段",
    "asked_trip": "行きか帰りか", "rest_m": "座れる所の間隔m", "toilet_m": "トイレの間隔m",
    "asked_salons": "選んだ通いの場", "salons": "数えた通いの場", "as_of": "いつの通いの場か",
    "as_known": "だれの知ったことか",
    "people_date": "人口の日付", "streets_date": "道の日付", "areas": "地区の数",
    "areas_without": "数字のない地区の数", "sentence": "読み上げる文",
    "version": "バージョン", "made_at": "つくった時刻",
}  # fmt: skip
# Of those a share of few gives the counts back, so a council has none but the share itself.
_COUNCIL: Final = ("area_id", "area_name", "division", "tier", *COUNTED, "share", "no_streets")
_LEFT_TO_OFFICE: Final = ("no_path",)
_BASIS: Final = {
    False: Words("道のり", "along streets"),
    True: Words("直線（道のりはこれより長い）", "straight line"),
}
_ROWS: Final = {"town": Words("街", "town"), "area": Words("地区", "area")}
_YES_NO: Final = {True: Words("数えた", "counted"), False: Words("数えない", "not counted")}
_KNOWN: Final = {
    False: Words("いま分かっているかぎり", "what is known now"),
    True: Words("その日までに記録されていたこと", "what the register knew then"),
}
_EVERY: Final = Words("すべて", "all")
_SHEETS: Final = (
    Words("街", "towns"), Words("地区", "areas"), Words("前提", "assumptions"),
)  # fmt: skip
_ABOUT: Final = (
    Words("街", "town"), Words("フォルダ", "folder"), Words("前提・出典", "what the figures rest on"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class TownFigures:
    """One town's rows of the table (街の数字).

    Attributes
    ----------
    folder
        The name of its folder.
    name
        What it is called; "" where it could not be read.
    problem
        Why there are no figures; None where there are.
    whole, areas
        Values by the keys of `town_keys`: of all areas together, and of each.
    about
        What the figures rest on, a line each.
    """

    folder: str
    name: str = ""
    problem: Words | None = None
    whole: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    areas: Sequence[Mapping[str, Any]] = ()
    about: Sequence[Words] = ()


def town_keys(*, council: bool) -> dict[str, str]:
    """Return the columns, the same whatever the towns have (列).

    Parameters
    ----------
    council
        Whether it is made for a council: it has the counts and the share alone.
    """
    figures = {key: AREA_KEYS[key] for key in (_COUNCIL if council else AREA_KEYS)}
    left = {k: name for k, name in LEFT_KEYS.items() if not (council and k in _LEFT_TO_OFFICE)}
    return {**WHOSE_KEYS, **figures, **left, **ASKED_KEYS}


def town_figures(coverage: Coverage, keys: Keys) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the figures of a town and of its areas, as its own table has them (街と地区の数字).

    They are those of `geo.export.files.export_table`, and what only streets tell is empty where
    there are none.
    """  # fmt: skip
    straight = coverage.question.straight
    whole = {**total_row(coverage, keys), **_left_out(coverage)}
    rows = [whole, *area_rows(coverage)]
    if straight:
        rows = [row | dict.fromkeys(("off_network", "no_rest", "no_path")) for row in rows]
    return rows[0], rows[1:]


def _left_out(coverage: Coverage) -> dict[str, Any]:
    left = coverage.left_out
    named = {key: left.get(key.removeprefix("left_"), 0) for key in LEFT_KEYS}
    rows = coverage.areas
    silent = [rows[one].to_numpy(dtype=bool) for one in ("no_streets", "no_people") if one in rows]
    without = int(np.any(silent, axis=0).sum()) if silent else 0
    return {**named, "areas": len(rows), "areas_without": without}


def tell_asked(
    town: Town,
    coverage: Coverage,
    stamp: Stamp,
    lang: Lang,
    *,
    as_of: str,
    known: bool,
    salons: int,
) -> dict[str, Any]:
    """Return what a town's figures rest on, as columns of every row (前提の列).

    Parameters
    ----------
    as_of
        The day whose 通いの場 are counted.
    known
        Whether by what the register knew then.
    salons
        How many are.
    """
    question = coverage.question
    dates = {one.role: one.date for one in town.credits if one.date}
    which = None if question.chosen is None else question.chosen.which
    return {
        "asked_people": people_words(question.people).say(lang),
        "asked_walker": question.walker.words.say(lang),
        "metres_per_min": round(question.walker.metres_per_min, 1),
        "asked_within": question.within.text,
        "limit_m": round(question.limit_m, 1),
        "asked_basis": _BASIS[question.straight].say(lang),
        "asked_slopes": _YES_NO[question.heights].say(lang),
        "asked_trip": TRIP_WORDS[question.trip].name.say(lang),
        "rest_m": question.rest_m,
        "toilet_m": question.toilet_m,
        "asked_salons": (which or _EVERY).say(lang),
        "salons": salons,
        "as_of": as_of,
        "as_known": _KNOWN[known].say(lang),
        "people_date": dates.get("people"),
        "streets_date": dates.get("streets"),
        "version": stamp.version,
        "made_at": stamp.made_at,
    }


def export_towns_table(
    towns: Sequence[TownFigures], *, keys: Keys, lang: Lang, council: bool, areas: bool
) -> str:
    """Return the table as CSV: each town's row, and with `areas` those of its areas below it (街の表)."""
    names = town_keys(council=council)
    rows = [
        row for one in towns for row in (_whole(one, lang), *(_areas(one, lang) if areas else ()))
    ]
    return dump_rows(names, [dict.fromkeys(names) | row for row in rows], keys)  # fmt: skip


def export_towns_book(
    towns: Sequence[TownFigures], *, keys: Keys, lang: Lang, stamp: Stamp, council: bool, areas: bool
) -> bytes:  # fmt: skip
    """Return the same as a workbook: towns, areas, and all each town's figures rest on (街のブック)."""
    names = town_keys(council=council)
    heads = [*names] if keys == "en" else [*names.values()]

    def sheet(words: Words, rows: Sequence[Mapping[str, Any]]) -> Sheet:
        return Sheet(
            name=words.say(lang),
            heads=heads,
            rows=[[row.get(key) for key in names] for row in rows],
        )

    of_towns, of_areas, about = _SHEETS
    sheets = [sheet(of_towns, [_whole(one, lang) for one in towns])]
    if areas:
        sheets.append(sheet(of_areas, [row for one in towns for row in _areas(one, lang)]))
    lines = [[one.name, one.folder, line.say(lang)] for one in towns for line in _lines(one)]
    sheets.append(Sheet(name=about.say(lang), heads=[one.say(lang) for one in _ABOUT], rows=lines))
    return dump_book(sheets, made_at=stamp.made_at)


def _lines(one: TownFigures) -> Sequence[Words]:
    return one.about if one.problem is None else (one.problem,)


def _whole(one: TownFigures, lang: Lang) -> dict[str, Any]:
    problem = None if one.problem is None else one.problem.say(lang)
    return {**one.whole, **_whose(one, "town", lang), "problem": problem}


def _areas(one: TownFigures, lang: Lang) -> list[dict[str, Any]]:
    rested = {key: one.whole.get(key) for key in ASKED_KEYS}
    of_town = dict.fromkeys(("salons", "areas", "areas_without", "sentence"))
    return [rested | of_town | {**row, **_whose(one, "area", lang)} for row in one.areas]


def _whose(one: TownFigures, row: str, lang: Lang) -> dict[str, Any]:
    return {"town": one.name, "folder": one.folder, "row": _ROWS[row].say(lang)}
