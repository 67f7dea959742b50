"""The step of a build that puts people where they can live (人口を置く)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from geo.people.allocate import COUNTS, allocate_people, lay_shapes
from geo.people.clipping import clip_cells, count_placed, drop_outside
from geo.people.table import NOBODY, add_counts, lines_of
from geo.sources.people_files import read_files
from geo.sources.people_points import fill_areas, say_one_a_place
from geo.tables.tables import CELLS, check_cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    import shapely

    from geo.base.place import Plane
    from geo.base.problems import Problem
    from geo.base.words import Words
    from geo.network.network import WalkNetwork
    from geo.sources.people_files import PeopleFile


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
        (of all ages) and ``people_not_placed`` (by age group), ``one_point_a_place``; ``ages``,
        the age lines beside 65 and 75, and of squares and points ``people_beyond`` the border.
    """

    cells: pd.DataFrame
    division: str
    found: list[Problem | Words]
    facts: dict[str, object]


def place_people(
    paths: Sequence[PeopleFile],
    areas: gpd.GeoDataFrame,
    columns: dict[str, str],
    *,
    border: shapely.Geometry,
    plane: Plane,
    network: WalkNetwork,
    buildings: gpd.GeoDataFrame,
) -> PlacedPeople:
    """Return the people of tables in their places (人口を置く).

    Parameters
    ----------
    paths
        The tables; none gives no people.
    areas
        All divisions, in the plane. A table of areas belongs to the division most of its
        people fit.
    columns
        Each division's name column in its own file: a table may be keyed by that.
    border
        The town's, in the plane: people of squares and points beyond it are told and not placed.
    buildings
        Dwellings, EPSG:4326.

    Raises
    ------
    InputError
        When no row fits any area, or the tables do not go together.
    """
    if not paths:
        empty = pd.DataFrame({name: pd.Series(dtype=_DTYPES[kind]) for name, kind in CELLS.items()})
        return PlacedPeople(cells=check_cells(empty), division="", found=[], facts={})
    table, division, joined = read_files(paths, areas, columns, border=border, plane=plane)
    frame, left_out = table.frame, table.left_out
    no_data: tuple[str, ...] = ()
    found: list[Problem | Words] = [*table.problems, *table.notices]
    own = areas[areas["division"] == division].reset_index(drop=True)
    if joined is not None:
        frame, no_data = joined.frame, joined.no_data
        left_out = add_counts([left_out, joined.left_out])
        found += [*joined.problems, *joined.notices]
    shapes = lay_shapes(table, plane, own, merged=None if joined is None else joined.merged)
    one_a_place = table.one_a_place
    if table.kind == "point" and not one_a_place and fill_areas(shapes, areas):
        one_a_place = True
        found.append(say_one_a_place(table.file, frame))
    beyond = NOBODY
    if table.kind != "area":
        frame, beyond, said = drop_outside(frame, shapes, border, table.file, table.kind)
        found += said
    cells, report = allocate_people(
        frame,
        shapes,
        network=network,
        buildings=buildings.to_crs(plane.crs),
        keep_area=table.kind == "area",
        file=table.file,
    )
    if table.kind == "mesh":
        cells, gone, said = clip_cells(cells, frame, shapes, border, table.file)
        beyond = add_counts([beyond, gone])
        found += said
    found += report.problems
    left_out = add_counts([left_out, report.left_out])
    rows = count_placed(cells, report.people)
    facts: dict[str, object] = {
        "people": {
            str(by): {c: int(rows.loc[by, c]) for c in ("areas", "cells", *COUNTS)}
            for by in rows.index
        },
        "areas_without_people": list(no_data),
        "people_left_out": left_out.all_,
        "people_not_placed": left_out.over(),
        "one_point_a_place": one_a_place,
        "people_as_of": table.as_of,
        "ages_missing": [
            age for age, told in (("65", table.has_65), ("75", table.has_75)) if not told
        ],
    }
    if ages := lines_of(cells):
        facts["ages"] = [str(age) for age in ages]
    if table.kind != "area":
        facts["people_beyond"] = beyond.over()
    return PlacedPeople(cells=cells, division=division, found=found, facts=facts)


_DTYPES = {"str": "str", "float": "float64", "int": "int64"}
