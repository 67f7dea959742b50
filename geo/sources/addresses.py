"""What a town knows of addresses, and rows of a list that are placed by theirs (住所で置く地点)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geo.base.addressed.book import DOORS, LEVEL_WORDS, AddressBook, Books, TownPoint
from geo.base.addressed.files import read_address_files
from geo.base.delimited import find_column
from geo.base.list_heads import ADDRESSES
from geo.base.problems import Problem
from geo.base.words import Words
from geo.sources.recipe import RECIPE, load_recipe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    import geopandas as gpd
    import shapely

    from geo.base.addressed.book import Hit
    from geo.base.place import Plane
    from geo.sources.recipe import Recipe

Row = tuple[int, "Mapping[str, str]", float | None, float | None]
NO_BOOKS: Final = Books(books=())
# What a division by 町丁目 is called; another's 中央 or 西 would be taken for a 町丁目 of that name.
_CALLED: Final = ("町丁", "町字", "町・字", "丁目", "大字", "小地域")
_CITIES: Final = ("市", "区", "町", "村")
_TOWN_ONLY: Final = Words(
    "住所が町丁目までしか分からないので、数えません（この行は使いませんでした）。kayoi records import で一覧に"
    "取りこむと、地図を押して場所を決められます",
    "its address is known to the 町丁目 alone, so it is not counted (row not used); taken into the register"
    " by kayoi records import, its place can be settled by a tap on the map",
)


def town_division(names: Iterable[str]) -> str:
    """Return which division is that by 町丁目, "" for none (町丁目の分け方).

    Examples
    --------
    >>> town_division(["日常生活圏域", "町丁目"]), town_division(["中学校区"])
    ('町丁目', '')
    """
    return next((one for one in names if any(word in one for word in _CALLED)), "")


def area_book(areas: gpd.GeoDataFrame, name: str, plane: Plane) -> AddressBook | None:
    """Return the 町丁目 of a town's areas, each with a point in it; ``None`` for none (町丁目の住所録).

    Parameters
    ----------
    areas
        Of every division, on the plane.
    name
        What the town is called: the municipality's name, or any.
    """
    division = town_division(dict.fromkeys(areas["division"]))
    if not division:
        return None
    own = areas[areas["division"] == division]
    points = own.geometry.representative_point()
    lon, lat = (np.atleast_1d(one) for one in plane.to_lonlat(points.x, points.y))
    return AddressBook(
        towns=tuple(
            TownPoint(name=str(town), lon=float(x), lat=float(y))
            for town, x, y in zip(own["area_name"], lon, lat, strict=True)
        ),
        cities=(name,) if name.endswith(_CITIES) else (),
    )


def kept_books(
    folder: Path, recipe: Recipe | None = None, border: shapely.Geometry | None = None
) -> tuple[AddressBook, ...]:
    """Return the books of the files of addresses a town was built with (街の住所のファイル).

    Parameters
    ----------
    recipe
        ``None`` for that of the folder; one that cannot be read tells of none.
    border
        In degrees.

    Raises
    ------
    InputError
        A file that cannot be read as addresses.
    """
    if recipe is None:
        if not (folder / RECIPE).is_file():
            return ()
        recipe = load_recipe(folder / RECIPE)
    files = [folder / one.file for one in recipe.of("addresses")]
    return read_address_files([(one.name, one.read_bytes()) for one in files], border).books


def address_books(
    folder: Path,
    recipe: Recipe,
    areas: gpd.GeoDataFrame,
    name: str,
    plane: Plane,
    border: shapely.Geometry,
) -> Books:
    """Return what a town that is being built knows of addresses (つくる街の住所録).

    Parameters
    ----------
    border
        On the plane.
    """
    kept = kept_books(folder, recipe, plane.to_degrees(border))
    own = area_book(areas, name, plane)
    return Books(books=(*kept, *(() if own is None else (own,))))


def by_address(
    rows: Sequence[Row],
    columns: Sequence[str],
    books: Books,
    file: str,
    problems: list[Problem],
) -> tuple[list[Row], tuple[str, ...]]:
    """Return rows with those placed whose address is known to a door, and the column read (住所で置く).

    What was done is told. A row known to its 町丁目 alone is left out.
    """
    column = find_column(list(columns), ADDRESSES)
    open_ = [
        row for row in rows if column and books.books and row[2] is None and row[1].get(column)
    ]
    if not open_ or column is None:
        return list(rows), ()
    known = books.of_list(row[1][column] for row in open_)
    hits = {row[0]: known.find(row[1][column]) for row in open_}
    out: list[Row] = []
    for number, cells, lon, lat in rows:
        hit = hits.get(number)
        if hit is not None:
            problems.append(_tell(file, number, column, cells[column], hit))
        if hit is not None and hit.level in DOORS:
            out.append((number, cells, hit.lon, hit.lat))
        elif hit is None:
            out.append((number, cells, lon, lat))
    return out, (column,)


def _tell(file: str, number: int, column: str, value: str, hit: Hit) -> Problem:
    level = LEVEL_WORDS[hit.level]
    said = Words(f"住所から場所を置きました（{level.ja}）", f"placed by its address ({level.en})")
    reason = said if hit.level in DOORS else _TOWN_ONLY
    return Problem(file=file, row=number, column=column, value=value, reason=reason)
