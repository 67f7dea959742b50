"""Joining a table of people to the areas of a map, by code or by name (表と地図の結びつけ)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.base.problems import Problem
from geo.base.text import area_key, variant_key
from geo.base.words import Words
from geo.people.beside import Beside, sort_beside
from geo.people.naming import bare, find_areas
from geo.people.table import NOBODY, Counts, counts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from geo.people.table import PeopleTable

_SHOWN: Final = 3
_COLUMNS: Final = ("key", "name", "row", "people_all")


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedPeople:
    """A table's people with the areas they belong to (地区と結びついた人口).

    Attributes
    ----------
    frame
        ``key`` is now the area's id; otherwise the columns of `PeopleTable.frame`.
    problems
        Rows that fit no area, several, or one that is taken; their people are named.
    no_data
        Ids of areas without a row, in the areas' order: データなし, not zero.
    left_out
        People on rows that fit no area.
    notices
        Names joined though they are written differently, and rows that are nobody's: sums of
        other rows, other municipalities.
    merged
        By id of an area, the areas whose people are hidden in its numbers.
    """

    frame: pd.DataFrame
    problems: tuple[Problem, ...]
    no_data: tuple[str, ...]
    left_out: Counts = NOBODY
    notices: tuple[Words, ...] = ()
    merged: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def join_people(
    table: PeopleTable, areas: gpd.GeoDataFrame, *, outside: Sequence[tuple[str, str]] = ()
) -> JoinedPeople:
    """Return a table's people with their area's id (人口の表を地区に結びつける).

    Parameters
    ----------
    table
        Of kind ``area``.
    areas
        One division: ``area_id``, ``area_name``.
    outside
        Ids and names of the division's areas beyond the town's border.

    Notes
    -----
    By id, else by name, in the spellings of `geo.people.naming.find_areas`. A name of several
    areas joins none of them.
    """
    ids, names = ([str(v) for v in areas[column]] for column in ("area_id", "area_name"))
    found, fits, coded = find_areas(table.frame, ids, names)
    rows = list(zip(*(table.frame[c] for c in _COLUMNS), strict=True))
    lost = [at for at, area in enumerate(found) if not area]
    beside = sort_beside(
        table.frame, lost, [at for at, area in enumerate(found) if area], ids, outside
    )
    problems = []
    taken = {area: int(row[2]) for area, row in zip(found, rows, strict=True) if area}
    for at in lost:
        key, name, number, people = rows[at]
        if at in beside.rows:
            continue
        shown = name if name in ("", key) else f"{key} {name}".strip()
        fault = _join_fault(fits[at], int(people), taken)
        problems.append(
            Problem(file=table.file, row=int(number), column="", value=shown or key, reason=fault)
        )
    keep = [bool(area) for area in found]
    kept = table.frame.assign(key=pd.Series(found, dtype="str"))[keep].reset_index(drop=True)
    unplaced = [at for at in lost if at not in beside.rows]
    by_code = {bare(one): one for one in ids}
    merged = {}
    for area, key in zip(found, table.frame["key"], strict=True):
        hidden = [by_code.get(bare(one), "") for one in table.merged.get(key, ())]
        if area and any(hidden):
            merged[area] = tuple(one for one in hidden if one and one not in taken)
    absent = sum(
        bare(one) not in by_code
        for area, key in zip(found, table.frame["key"], strict=True)
        if area
        for one in table.merged.get(key, ())
    )
    return JoinedPeople(
        merged=merged,
        frame=kept,
        problems=tuple(problems),
        no_data=tuple(i for i in ids if i not in taken),
        left_out=counts_of(table.frame.iloc[unplaced]),
        notices=(
            *_say_codes(table, found, areas, coded=coded),
            *_say_variants(table, found, areas),
            *_say_beside(table, beside),
            *_say_absent(table.file, absent),
        ),
    )


def say_nowhere(people: int) -> Words:
    """Return why people of a key could not be placed (入れる所がない理由)."""
    return Words(
        f"この所が地区の地図にありません（{people}人は数えませんでした）。名前かコードを地図に合わせてください",
        f"no area of the map has this key ({people} people not counted); make key and map agree",
    )


def _join_fault(fits: list[str], people: int, taken: dict[str, int]) -> Words:
    if not fits:
        return say_nowhere(people)
    if len(fits) > 1:
        return Words(
            f"同じ名前（または表記のゆれ）の地区が{len(fits)}つあるので、どれか決められません"
            f"（{people}人は数えませんでした）。地区のコード（{'、'.join(fits[:3])} など）で書いてください",
            f"{len(fits)} areas have this name ({people} people not counted); use the area's code",
        )
    return Words(
        f"{taken[fits[0]]}行目と同じ地区です（{people}人は数えませんでした）。一つの行に足してください",
        f"the same area as row {taken[fits[0]]} ({people} people not counted); add them up",
    )


def _say_codes(
    table: PeopleTable, found: list[str], areas: gpd.GeoDataFrame, *, coded: bool
) -> list[Words]:
    """Return that codes were not the map's, or of which areas code and name say otherwise."""
    if not coded:
        return [
            Words(
                f"{table.file} のコードは地図のコードと番号のつけ方がちがうので（同じ番号が別の町）、"
                "町の名前で結びました",
                f"{table.file}: its codes are numbers of another list than the map's; areas were joined "
                "by name",
            )
        ]
    names = dict(zip(areas["area_id"].astype(str), areas["area_name"].astype(str), strict=True))
    known = {variant_key(one) for one in names.values()}
    apart = [
        f"{name} → {names[area]}"
        for key, name, area in zip(table.frame["key"], table.frame["name"], found, strict=True)
        if area and name and bare(key) == bare(area) and variant_key(name) != variant_key(names[area])
        and variant_key(name) in known
    ]  # fmt: skip
    if not apart:
        return []
    listed = "、".join(apart[:_SHOWN])
    return [
        Words(
            f"{table.file} の{len(apart)}地区は、コードと名前が別の地区をさしています。コードのほうを使いました"
            f"（{listed}）。確かめてください",
            f"{table.file}: of {len(apart)} areas code and name mean different areas; the code was used "
            f"({listed}). Please check",
        )
    ]


def _say_variants(table: PeopleTable, found: list[str], areas: gpd.GeoDataFrame) -> list[Words]:
    """Return which names were joined though they differ."""
    names = dict(zip(areas["area_id"].astype(str), areas["area_name"].astype(str), strict=True))
    pairs = []
    for key, name, area in zip(table.frame["key"], table.frame["name"], found, strict=True):
        if not area or bare(key) == bare(area):
            continue
        exact = area_key(names[area])
        if exact not in (area_key(key), area_key(name)):
            pairs.append(f"{name or key} → {names[area]}")
    if not pairs:
        return []
    listed = "、".join(pairs[:_SHOWN])
    more = Words("など", " …") if len(pairs) > _SHOWN else Words("", "")
    return [
        Words(
            f"{table.file} の{len(pairs)}地区は、書き方が地図とちがうので、同じ町とみて結びました（{listed}{more.ja}）",
            f"{table.file}: {len(pairs)} areas written differently were taken as the map's "
            f"({listed}{more.en})",
        )
    ]


def _say_absent(file: str, absent: int) -> list[Words]:
    if not absent:
        return []
    return [
        Words(
            f"{file} の秘匿された{absent}地区は地図にないので、その人は合算先の地区に置きました",
            f"{file}: {absent} areas whose numbers are kept secret are not on the map; their people were put "
            "into the area they were added to",
        )
    ]


def _say_beside(table: PeopleTable, beside: Beside) -> list[Words]:
    said = []
    if beside.sums:
        listed = "、".join(beside.sums[:_SHOWN])
        said.append(
            Words(
                f"{table.file} の{len(beside.sums)}行（{listed}）は、ほかの行を合わせた行なので数えませんでした",
                f"{table.file}: {len(beside.sums)} rows ({listed}) are sums of other rows and were "
                "not counted",
            )
        )
    if beside.others:
        said.append(
            Words(
                f"{table.file} のほかの市区町村（市の境の外）の{beside.others}行は使いませんでした",
                f"{table.file}: {beside.others} rows of other municipalities, beyond the border, "
                "were not used",
            )
        )
    return said
