"""The step of a build that puts people where they can live (人口を置く)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from geo.base.problems import InputError, Problem
from geo.base.words import Words
from geo.people.allocate import COUNTS, allocate_people, join_people, lay_shapes
from geo.people.table import add_counts
from geo.sources.people import load_people
from geo.sources.people_points import fill_areas, say_one_a_place
from geo.tables.tables import CELLS, check_cells

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import geopandas as gpd

    from geo.base.place import Plane
    from geo.network.network import WalkNetwork
    from geo.people.allocate import JoinedPeople
    from geo.people.table import PeopleTable
    from geo.sources.municipality import Municipality


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Of which municipality the people are to be (どの市区町村の人か).

    Attributes
    ----------
    choice
        Of several in the table, by code or name; "" for the town's own.
    own
        The town's, where it is known.
    outside
        Ids and names of areas beyond the border, by division.
    """

    choice: str = ""
    own: Municipality | None = None
    outside: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedPeople:
    """People in their places, and what was noticed (置いた人口).

    Attributes
    ----------
    cells
        `geo.tables.tables.check_cells`.
    division
        The division whose areas the table counts, or "" (mesh squares, points).
    found
        Problems and notices.
    facts
        ``people`` by the way they were placed, ``areas_without_people``, ``people_left_out``
        (of all ages) and ``people_not_placed`` (by age group), ``one_point_a_place``.
    """

    cells: pd.DataFrame
    division: str
    found: list[Problem | Words]
    facts: dict[str, object]


def place_people(
    path: Path | None,
    areas: gpd.GeoDataFrame,
    columns: dict[str, str],
    *,
    plane: Plane,
    network: WalkNetwork,
    buildings: gpd.GeoDataFrame,
    which: Which | None = None,
) -> PlacedPeople:
    """Return the people of a table in their places (人口を置く).

    Parameters
    ----------
    path
        The table; ``None`` gives no people.
    areas
        All divisions, in the plane. A table of areas belongs to the division most of its
        people fit.
    columns
        Each division's name column in its own file: a table may be keyed by that.
    buildings
        Dwellings, EPSG:4326.
    which
        Of which municipality the table's rows are to be.

    Raises
    ------
    InputError
        When no row fits any area.
    """
    if path is None:
        empty = pd.DataFrame({name: pd.Series(dtype=_DTYPES[kind]) for name, kind in CELLS.items()})
        return PlacedPeople(cells=check_cells(empty), division="", found=[], facts={})
    table, division, joined = _read(path, areas, columns, Which() if which is None else which)
    frame, left_out = table.frame, table.left_out
    no_data: tuple[str, ...] = ()
    found: list[Problem | Words] = [*table.problems, *table.notices]
    own = areas[areas["division"] == division].reset_index(drop=True)
    if joined is not None:
        frame, no_data = joined.frame, joined.no_data
        left_out = add_counts([left_out, joined.left_out])
        found += [*joined.problems, *joined.notices]
    shapes = lay_shapes(table, plane, own)
    one_a_place = table.one_a_place
    if table.kind == "point" and not one_a_place and fill_areas(shapes, areas):
        one_a_place = True
        found.append(say_one_a_place(path.name, frame))
    cells, report = allocate_people(
        frame,
        shapes,
        network=network,
        buildings=buildings.to_crs(plane.crs),
        keep_area=table.kind == "area",
        file=path.name,
    )
    found += report.problems
    left_out = add_counts([left_out, report.left_out])
    rows = report.people.set_index("placed_by")
    facts: dict[str, object] = {
        "people": {
            str(by): {c: int(rows.loc[by, c]) for c in ("areas", "cells", *COUNTS)}
            for by in rows.index
        },
        "areas_without_people": list(no_data),
        "people_left_out": left_out.all_,
        "people_not_placed": {"all": left_out.all_, "65": left_out.over65, "75": left_out.over75},
        "one_point_a_place": one_a_place,
        "people_as_of": table.as_of,
        "ages_missing": [] if table.has_75 else ["75"],
    }
    return PlacedPeople(cells=cells, division=division, found=found, facts=facts)


_DTYPES = {"str": "str", "float": "float64", "int": "int64"}


def _read(
    path: Path, areas: gpd.GeoDataFrame, columns: dict[str, str], which: Which
) -> tuple[PeopleTable, str, JoinedPeople | None]:
    """Read the table, and find the division whose areas most of its people fit."""
    best: tuple[int, str, PeopleTable, JoinedPeople] | None = None
    refused: InputError | None = None
    for division in dict.fromkeys(areas["division"]):
        try:
            table = load_people(
                path, key_column=columns.get(division), choice=which.choice, own=which.own
            )
        except InputError as error:
            refused = refused or error
            continue
        if table.kind != "area":
            return table, "", None
        own = areas[areas["division"] == division].reset_index(drop=True)
        joined = join_people(table, own, outside=which.outside.get(division, ()))
        people = int(joined.frame["people_all"].sum())
        if best is None or people > best[0]:
            best = (people, division, table, joined)
    if best is None:
        raise refused or InputError(Words(f"{path.name} が読めません", f"cannot read {path.name}"))
    if best[3].frame.empty:
        raise InputError(
            Words(
                f"{path.name} のどの行も、地区の名前やコードと合いません。"
                "地区の列（KEY_CODE や S_NAME）をたしかめてください",
                f"no row of {path.name} fits a code or name of any area; check its KEY_CODE or S_NAME",
            )
        )
    return best[2], best[1], best[3]
