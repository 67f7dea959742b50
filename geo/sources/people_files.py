"""The people tables of a town, opened once and put together (人口の表をまとめる)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.base.problems import InputError
from geo.base.words import Words
from geo.people.joining import join_people
from geo.people.table import Counts, add_counts, lines_of
from geo.sources.how_read import load_how
from geo.sources.people import HEADINGS, read_people
from geo.sources.people_near import keep_near
from geo.sources.people_places import plain_json, put_at_places, read_own_places, read_places
from geo.sources.people_sheets import parse_people_table
from geo.sources.tabular import read_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import geopandas as gpd
    import shapely

    from geo.base.place import Plane
    from geo.people.joining import JoinedPeople
    from geo.people.table import PeopleTable
    from geo.sources.municipality import Municipality
    from geo.sources.people_places import Places
    from geo.sources.tabular import Table

_EXAMPLES: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFile:
    """One table, and of which municipality its people are to be (人口の表ひとつ).

    Attributes
    ----------
    choice
        Of several in the table, by code or name; "" for the town's own.
    own
        The town's, where it is known.
    outside
        Ids and names of areas beyond the border, by division.
    """

    path: Path
    choice: str = ""
    own: Municipality | None = None
    outside: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)


def read_files(
    files: Sequence[PeopleFile],
    areas: gpd.GeoDataFrame,
    columns: Mapping[str, str],
    *,
    border: shapely.Geometry,
    plane: Plane,
) -> tuple[PeopleTable, str, JoinedPeople | None]:
    """Return the people of all files, the division most of them fit, and how (表を読んで結ぶ).

    Parameters
    ----------
    areas
        All divisions, in the plane.
    columns
        Each division's name column in its own file: a table may be keyed by that.
    border
        In the plane; of a large table of squares, only those near it are read.

    Raises
    ------
    InputError
        No row fits any area; the files are of different kinds, or tell one area twice.
    """
    table, division, joined = fit_files(files, areas, columns, border=border, plane=plane)
    if joined is not None and joined.frame.empty:
        names = "、".join(one.path.name for one in files)
        near = say_both(table, areas)
        raise InputError(
            Words(
                f"{names} のどの行も、地区の名前やコードと合いません{near.ja}。"
                "地区の列（KEY_CODE や S_NAME）を確かめてください",
                f"no row of {names} fits a code or name of any area{near.en}; check its KEY_CODE or S_NAME",
            )
        )
    return table, division, joined


def fit_files(
    files: Sequence[PeopleFile],
    areas: gpd.GeoDataFrame,
    columns: Mapping[str, str],
    *,
    border: shapely.Geometry,
    plane: Plane,
) -> tuple[PeopleTable, str, JoinedPeople | None]:
    """Return what `read_files` does, also where no row fits any area (合う地区をさがす).

    Parameters are those of `read_files`.

    Raises
    ------
    InputError
        The files cannot be read, are of different kinds, or tell one area twice.
    """
    opened, counted, places, told = _open(files, columns, border, plane)
    best: tuple[int, str, PeopleTable, JoinedPeople] | None = None
    refused: InputError | None = None
    for division in dict.fromkeys(areas["division"]):
        own = areas[areas["division"] == division].reset_index(drop=True)
        try:
            table = _read_all(
                counted, opened, columns.get(division), list(map(str, own["area_id"]))
            )
        except InputError as error:
            refused = refused or error
            continue
        if places is not None:
            table = put_at_places(table, places)
        table = replace(table, notices=(*told, *table.notices))
        if table.kind != "area":
            return table, "", None
        outside = [pair for one in files for pair in one.outside.get(division, ())]
        joined = join_people(table, own, outside=outside)
        people = int(joined.frame["people_all"].sum())
        if best is None or people > best[0]:
            best = (people, division, table, joined)
    # Without a division there is but the town as a whole, whose name no neighbourhood has.
    if best is not None and best[3].frame.empty and not columns and len(opened) == 1:
        own_places = read_own_places(opened[0])
        if own_places is not None:
            return _at_own_places(best[2], own_places), "", None
    names = "、".join(one.path.name for one in files)
    if best is None:
        raise refused or InputError(Words(f"{names} が読めません", f"cannot read {names}"))
    return best[2], best[1], best[3]


def _at_own_places(table: PeopleTable, places: Places) -> PeopleTable:
    placed = put_at_places(table, places)
    told = Words(
        f"{table.file} の人口は、地区の分け方がないので、表に書かれた緯度・経度の所に置きました",
        f"{table.file}: there are no areas, so its people were put where the table itself says they are",
    )
    return replace(placed, notices=(told, *placed.notices))


def say_both(table: PeopleTable, areas: gpd.GeoDataFrame) -> Words:
    """Return names of either side in brackets, to see how they differ (両方の書き方)."""
    own, theirs = (
        "・".join(dict.fromkeys(map(str, names[:_EXAMPLES])))
        for names in (
            table.frame["name"].where(table.frame["name"] != "", table.frame["key"]).tolist(),
            areas["area_name"].tolist(),
        )
    )
    return Words(
        f"（表は「{own}」など、地図は「{theirs}」など）",
        f" (the table has {own}, the map {theirs})",
    )


def _open(
    files: Sequence[PeopleFile],
    columns: Mapping[str, str],
    border: shapely.Geometry,
    plane: Plane,
) -> tuple[list[Table], list[PeopleFile], Places | None, list[Words]]:
    """Return the tables of people with their files, the list of points beside them, and what to tell."""
    known = tuple(dict.fromkeys((*HEADINGS, *filter(None, columns.values()))))
    opened: list[Table] = []
    counted: list[PeopleFile] = []
    told: list[Words] = []
    places: Places | None = None
    for one in files:
        data, said = keep_near(plain_json(read_bytes(one.path)), one.path.name, border, plane)
        sheet = parse_people_table(data, file=one.path.name, known=known, how=load_how(one.path))
        told += said
        found = read_places(sheet) if len(files) > 1 and places is None else None
        if found is not None:
            places = found
            continue
        opened.append(sheet)
        counted.append(one)
    return opened, counted, places, told


def _read_all(
    files: Sequence[PeopleFile], opened: Sequence[Table], key_column: str | None, ids: list[str]
) -> PeopleTable:
    tables = [
        read_people(table, key_column=key_column, choice=one.choice, own=one.own, ids=ids)
        for one, table in zip(files, opened, strict=True)
    ]
    return tables[0] if len(tables) == 1 else add_tables(tables)


def add_tables(tables: Sequence[PeopleTable]) -> PeopleTable:
    """Return several tables as one (表を合わせる).

    A square that stands in several files is added up: files of prefectures part the squares on
    their border. An area that stands in several is refused.

    Raises
    ------
    InputError
        Of different kinds, an area told twice, or the same file twice.
    """
    first = tables[0]
    names = "、".join(one.file for one in tables)
    if len({one.kind for one in tables}) > 1:
        raise InputError(
            Words(
                f"人口の表（{names}）の種類がちがうので合わせられません。地区の表・メッシュの表・地点の表のどれか一種類にしてください",
                f"tables of people ({names}) are of different kinds; give areas, squares or points alone",
            )
        )
    lines = sorted(set.intersection(*(set(lines_of(one.frame)) for one in tables)))
    columns = [
        "people_all",
        "people_65",
        "people_75",
        "people_unknown",
        *(f"people_{age}" for age in lines),
    ]
    frames = [one.frame.drop(columns="row") for one in tables]
    if any(frames[a].equals(frames[b]) for a in range(len(frames)) for b in range(a)):
        raise InputError(
            Words(
                f"人口の表（{names}）に、中身の同じものがあります", f"of {names} two are the same"
            )
        )
    frame = pd.concat([one.frame for one in tables], ignore_index=True)
    frame = frame.drop(columns=[f"people_{age}" for age in lines_of(frame) if age not in lines])
    notices = [words for one in tables for words in one.notices]
    if first.kind == "point":
        frame["key"] = [str(at) for at in range(2, len(frame) + 2)]
    twice = frame["key"].duplicated()
    if twice.any() and first.kind == "area":
        listed = "、".join(map(str, frame["key"][twice].head(3)))
        raise InputError(
            Words(
                f"人口の表（{names}）の{int(twice.sum())}地区（{listed} など）が二つの表にあります。"
                "どちらかの表だけにしてください",
                f"{int(twice.sum())} areas ({listed}) stand in two of {names}; give each once",
            )
        )
    if twice.any():
        notices.append(
            Words(
                f"{int(twice.sum()):,}メッシュは二つの表（{names}）にあるので、足しました（県境のメッシュ）",
                f"{int(twice.sum()):,} squares stand in two of {names} and were added up",
            )
        )
        kept = {c: "first" for c in frame.columns if c not in ("key", *columns)}
        frame = frame.groupby("key", sort=False, as_index=False).agg(
            kept | dict.fromkeys(columns, "sum")
        )
        frame = frame[[c for c in first.frame.columns if c in frame.columns]]
    merged: dict[str, tuple[str, ...]] = {}
    for one in tables:
        for key, more in one.merged.items():
            merged[key] = tuple(dict.fromkeys((*merged.get(key, ()), *more)))
    return replace(
        first,
        file=names, frame=frame, merged=merged, notices=tuple(notices),
        problems=tuple(problem for one in tables for problem in one.problems),
        has_65=all(one.has_65 for one in tables), has_75=all(one.has_75 for one in tables),
        left_out=_together(tables), one_a_place=all(one.one_a_place for one in tables),
    )  # fmt: skip


def _together(tables: Sequence[PeopleTable]) -> Counts:
    return add_counts([one.left_out for one in tables])
