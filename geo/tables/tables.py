"""The checked tables that cross a border between modules (表の約束).

Every table is a pandas frame with a default index; distances are metres, coordinates are
metres on the town's `geo.base.place.Plane`. Each ``check_*`` door returns its table or raises
`geo.base.problems.InputError` that names the column, the first bad row and its value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, get_args

import numpy as np
import pandas as pd

from geo.base.problems import InputError
from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd

# "all", or the age people are of at least: "65", and any other that a town's table tells.
People = str
PEOPLE: Final[tuple[People, ...]] = ("all", "65", "75")
OLDEST: Final = 120

SiteKind = Literal["salon", "park", "bench", "toilet", "bus_stop", "shop", "resource"]
SITE_KINDS: Final[tuple[SiteKind, ...]] = get_args(SiteKind)
SITE_WORDS: Final[dict[SiteKind, Words]] = {
    "salon": Words("通いの場", "salon"),
    "park": Words("公園", "park"),
    "bench": Words("ベンチ", "bench"),
    "toilet": Words("トイレ", "toilet"),
    "bus_stop": Words("停留所", "bus stop"),
    "shop": Words("買い物先", "shop"),
    "resource": Words("地域資源", "local resource"),
}

PlacedBy = Literal["building", "street", "grid", "point"]
PLACED_BY: Final[tuple[PlacedBy, ...]] = get_args(PlacedBy)
PLACED_BY_WORDS: Final[dict[PlacedBy, Words]] = {
    "building": Words(
        "住めそうな建物に、建物の広さに合わせて分けた", "shared out over dwellings by floor area"
    ),
    "street": Words(
        "住宅の道に沿って、道の長さに合わせて分けた",
        "shared out along residential streets by length",
    ),
    "grid": Words(
        "建物も道もないので、地区に等間隔で分けた",
        "no building or street: spread evenly over the area",
    ),
    "point": Words("地点ごとの人数を、そのまま使った", "people given by point, used as they are"),
}

_MAYBE: Final = "float or NaN"
CELLS: Final = {
    "cell_id": "str",
    "x_m": "float",
    "y_m": "float",
    "people_all": "int",
    "people_65": "int",
    "people_75": "int",
    "people_unknown": "int",
    "placed_by": "str",
    "area_id": "str",
}
SITES: Final = {
    "site_id": "str",
    "kind": "str",
    "name": "str",
    "x_m": "float",
    "y_m": "float",
    "schedule": "str",
    "note": "str",
    "source": "str",
    "sessions_per_month": _MAYBE,
    "capacity": _MAYBE,
}
AREAS: Final = {"area_id": "str", "area_name": "str", "division": "str", "tier": "str"}


def people_words(people: People) -> Words:
    """Return what an age group is called (年齢のことば).

    Examples
    --------
    >>> people_words("55").ja, people_words("all").en
    ('55歳以上', 'all ages')
    """
    if people == "all":
        return Words("すべての年齢", "all ages")
    return Words(f"{people}歳以上", f"aged {people} and over")


def check_cells(cells: pd.DataFrame) -> pd.DataFrame:
    """Return Cells, the places where people live, or refuse them (住む所の表).

    Columns: ``cell_id`` (unique), ``x_m y_m``, whole numbers of people ``people_all
    people_65 people_75 people_unknown`` (unknown age; part of all), ``placed_by`` (one of
    `PLACED_BY`), ``area_id`` (the area whose table gave the people, or ""). Also, as far as
    the table of people tells, ``people_`` and an age for other age lines, whole numbers.
    """
    _check_columns(cells, CELLS, "Cells")
    _check_unique(cells, "cell_id", "Cells")
    _check_known(cells, "placed_by", PLACED_BY, "Cells")
    for column in ("people_all", "people_65", "people_75", "people_unknown"):
        _refuse_rows(cells, cells[column] < 0, column, Words("人数が負です", "people below zero"))
    older = (cells["people_75"] > cells["people_65"]) | (cells["people_65"] > cells["people_all"])
    _refuse_rows(
        cells,
        older,
        "people_65",
        Words("75歳以上 ≦ 65歳以上 ≦ 総数 になっていません", "must be 75+ ≤ 65+ ≤ all"),
    )
    return cells


def check_sites(sites: pd.DataFrame) -> pd.DataFrame:
    """Return Sites, the things with a place, or refuse them (地点の表).

    Columns: ``site_id`` (unique), ``kind`` (one of `SITE_KINDS`), ``name``, ``x_m y_m``,
    ``schedule`` (days and hours as written, or ""), ``note``, ``source``,
    ``sessions_per_month`` and ``capacity`` (people at a session): above zero, NaN where not
    known. A table from before these two comes back with both, not known.
    """
    maybe = [column for column, kind in SITES.items() if kind == _MAYBE]
    absent = [column for column in maybe if column not in sites.columns]
    if absent:
        sites = sites.assign(**dict.fromkeys(absent, np.nan))
    _check_columns(sites, SITES, "Sites")
    _check_unique(sites, "site_id", "Sites")
    _check_known(sites, "kind", SITE_KINDS, "Sites")
    for column in maybe:
        none = Words("0より大きい数でありません", "not a number above zero")
        _refuse_rows(sites, sites[column].to_numpy(dtype=float) <= 0, column, none)
    return sites


def check_areas(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return Areas, the named polygons of divisions, or refuse them (地区の表).

    Columns: ``area_id`` (unique in its division), ``area_name``, ``division``, ``tier``
    (第1層/第2層/第3層 or ""), geometry (valid polygons in the town's plane).
    """
    _check_columns(areas, AREAS, "Areas")
    for name, part in areas.groupby("division"):
        _check_unique(part, "area_id", f"Areas {name}")
    bad = ~areas.geometry.geom_type.isin(["Polygon", "MultiPolygon"]) | ~areas.geometry.is_valid
    bad |= ~np.isfinite(areas.geometry.bounds).all(axis=1)
    _refuse_rows(
        areas, bad, "geometry", Words("面でないか、形がこわれています", "not a valid polygon")
    )
    return areas


def each_row(table: pd.DataFrame) -> Iterable[Any]:
    """Return the rows as named tuples, typed freely: the tables' doors check them (一行ずつ)."""
    return table.itertuples(index=False)


def _check_columns(table: pd.DataFrame, columns: dict[str, str], name: str) -> None:
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise InputError(
            Words(
                f"表 {name} に列 {'、'.join(missing)} がありません",
                f"table {name} lacks column {', '.join(missing)}",
            )
        )
    for column, kind in columns.items():
        values = table[column]
        if kind == "int" and not pd.api.types.is_integer_dtype(values):
            raise InputError(
                Words(
                    f"表 {name} の {column} は整数でなければなりません",
                    f"{name}.{column} must be whole numbers",
                )
            )
        if kind in {"float", _MAYBE}:
            numbers = values.to_numpy(dtype=float)
            bad = np.isinf(numbers) if kind == _MAYBE else ~np.isfinite(numbers)
            _refuse_rows(table, bad, column, Words("数でありません", "not a number"))


def _check_unique(table: pd.DataFrame, column: str, name: str) -> None:
    repeated = table[column].duplicated()
    _refuse_rows(
        table, repeated, column, Words(f"表 {name} で同じ値が二度あります", f"repeated in {name}")
    )


def _check_known(table: pd.DataFrame, column: str, known: Iterable[str], name: str) -> None:
    bad = ~table[column].isin(list(known))
    _refuse_rows(table, bad, column, Words(f"表 {name} が知らない値です", f"not known in {name}"))


def _refuse_rows(
    table: pd.DataFrame, bad: pd.Series | np.ndarray, column: str, reason: Words
) -> None:
    rows = np.flatnonzero(np.asarray(bad))
    if rows.size:
        first = int(rows[0])
        value = table[column].iloc[first] if column in table.columns else ""
        raise InputError(
            Words(
                f"{column} の {first + 1}行目（{value}）: {reason.ja}（{rows.size}行）",
                f"{column}, row {first + 1} ({value}): {reason.en} ({rows.size} rows)",
            )
        )
