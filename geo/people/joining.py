"""Joining a table of people to the areas of a map, by code or by name (表と地図の結びつけ)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from geo.base.problems import Problem
from geo.base.text import area_key
from geo.base.words import Words

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.people.table import PeopleTable


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
        People of all ages on rows that fit no area.
    """

    frame: pd.DataFrame
    problems: tuple[Problem, ...]
    no_data: tuple[str, ...]
    left_out: int


def join_people(table: PeopleTable, areas: gpd.GeoDataFrame) -> JoinedPeople:
    """Return a table's people with their area's id (人口の表を地区に結びつける).

    Parameters
    ----------
    table
        Of kind ``area``.
    areas
        One division: ``area_id``, ``area_name``.

    Notes
    -----
    By id first, whatever leading zeros a spreadsheet lost; then by name as
    `geo.base.text.area_key` writes it. A name of several areas joins none of them.
    """
    ids = [str(i) for i in areas["area_id"]]
    by_code, by_name = _index_areas(ids, [str(n) for n in areas["area_name"]])
    problems: list[Problem] = []
    taken: dict[str, int] = {}
    keep: list[bool] = []
    found: list[str] = []
    rows = zip(*(table.frame[c] for c in ("key", "name", "row", "people_all")), strict=True)
    for key, name, row, people in rows:
        fits = by_code.get(_bare(key)) or by_name.get(area_key(key)) or []
        fits = fits or (by_name.get(area_key(name), []) if name else [])
        area = fits[0] if len(fits) == 1 else ""
        fault = None if area and area not in taken else _join_fault(fits, people, taken)
        if fault is not None:
            shown = name if name in ("", key) else f"{key} {name}".strip()
            problems.append(
                Problem(file=table.file, row=int(row), column="", value=shown or key, reason=fault)
            )
        else:
            taken[area] = int(row)
        keep.append(fault is None)
        found.append(area)
    kept = table.frame.assign(key=pd.Series(found, dtype="str"))[keep].reset_index(drop=True)
    return JoinedPeople(
        frame=kept,
        problems=tuple(problems),
        no_data=tuple(i for i in ids if i not in taken),
        left_out=int(table.frame["people_all"].sum() - kept["people_all"].sum()),
    )


def say_nowhere(people: int) -> Words:
    """Return why people of a key could not be placed (入れる所がない理由)."""
    return Words(
        f"この所が地区の地図にありません（{people}人は数えませんでした）。名前かコードを地図に合わせてください",
        f"no area of the map has this key ({people} people not counted); make key and map agree",
    )


def _index_areas(
    ids: list[str], names: list[str]
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    by_code: defaultdict[str, list[str]] = defaultdict(list)
    by_name: defaultdict[str, list[str]] = defaultdict(list)
    for id_, name in zip(ids, names, strict=True):
        by_code[_bare(id_)].append(id_)
        by_name[area_key(name)].append(id_)
    return dict(by_code), dict(by_name)


def _bare(code: str) -> str:
    return code.lstrip("0") if code.isdigit() else code


def _join_fault(fits: list[str], people: int, taken: dict[str, int]) -> Words:
    if not fits:
        return say_nowhere(people)
    if len(fits) > 1:
        return Words(
            f"同じ名前の地区が{len(fits)}つあるので、どれか決められません（{people}人は数えませんでした）。"
            f"地区のコード（{'、'.join(fits[:3])} など）で書いてください",
            f"{len(fits)} areas have this name ({people} people not counted); use the area's code",
        )
    return Words(
        f"{taken[fits[0]]}行目と同じ地区です（{people}人は数えませんでした）。一つの行に足してください",
        f"the same area as row {taken[fits[0]]} ({people} people not counted); add them up",
    )
