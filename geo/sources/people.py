"""Tables of people: by area, by mesh square or by point, and their ages (人口の表)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.base.place import in_japan
from geo.base.problems import InputError, Problem
from geo.base.words import Words
from geo.people.mesh import is_mesh
from geo.people.table import Counts, PeopleTable, add_counts
from geo.sheets.unused import say_unused
from geo.sources.ages import ALLS, OVER_65, OVER_75, UNKNOWN, AgeColumns, find_ages
from geo.sources.how_read import load_how
from geo.sources.long_ages import widen_ages
from geo.sources.municipality import CODES as CITY_CODES
from geo.sources.municipality import NAMES as CITY_NAMES
from geo.sources.people_city import only_one_city
from geo.sources.people_counted import say_counted
from geo.sources.people_estat import take_labels
from geo.sources.people_keys import (
    CODES,
    LATS,
    LONS,
    MESHES,
    NAMES,
    Keys,
    find_keys,
    join_columns,
)
from geo.sources.people_labels import MONTHS, SPLITS, find_splits, is_whole, refuse_one_sex
from geo.sources.people_leaves import drop_levels
from geo.sources.people_names import LOST, on_water, refuse_broken
from geo.sources.people_points import is_one_a_place, say_one_a_place
from geo.sources.people_rows import PeopleRow, join_rows
from geo.sources.people_secret import GIVERS, HANDLING, RECEIVER, merge_secret
from geo.sources.people_sheets import parse_people_table
from geo.sources.tabular import column_key, parse_number, read_bytes

if TYPE_CHECKING:
    from collections.abc import Collection

    from geo.sources.municipality import Municipality
    from geo.sources.tabular import Table

COUNTS: Final = ("people_all", "people_65", "people_75", "people_unknown")
HEADINGS: Final = (
    *CODES, *NAMES, *MESHES, *LATS, *LONS, *ALLS, *OVER_65, *OVER_75, *UNKNOWN, *SPLITS, *MONTHS,
    *CITY_CODES, *CITY_NAMES, "世帯数",
)  # fmt: skip
_PART_SUM: Final = "小計"
DATES: Final = (
    "調査年月日",
    "基準日",
    "基準年月日",
    "年月日",
    "時点",
    "as_of",
    "date",
    "surveyDate",
)


def load_people(
    path: Path,
    *,
    key_column: str | None = None,
    choice: str = "",
    own: Municipality | None = None,
    ids: Collection[str] = (),
) -> PeopleTable:
    """Return the people in a table (人口の表を読む).

    Parameters
    ----------
    path
        A table (`load_table`) keyed by area code or name, by mesh code, or with 緯度 and 経度; with
        総人口 and ages in groups, bands, five-year classes or single years, by sex or not, in
        columns or rows; or an e-Stat table, small areas (T001082) or squares (T001142 …).
    key_column
        What the map's own name column is called: taken before the usual names, after codes.
    choice
        The municipality to take of a file that holds several, by code or name; "" for the
        town's own.
    own
        The town's, where it is known.
    ids
        Codes of the map's areas, so that of a census table their own rows are taken.

    Returns
    -------
    PeopleTable
        Rows in the file's order, one an area. Sums that stand above their parts are not counted
        twice; of several rows an area the total is taken, or they are added up, and it is said.
        Numbers kept secret are with the row they were added to.

    Raises
    ------
    InputError
        No column that says where, or how many; ages that are not understood; one sex alone; or
        no good row.
    """
    path = Path(path)
    known = HEADINGS if key_column is None else (*HEADINGS, key_column)
    table = parse_people_table(read_bytes(path), file=path.name, known=known, how=load_how(path))
    return read_people(table, key_column=key_column, choice=choice, own=own, ids=ids)


def read_people(
    table: Table,
    *,
    key_column: str | None = None,
    choice: str = "",
    own: Municipality | None = None,
    ids: Collection[str] = (),
) -> PeopleTable:
    """Return the people in a table that was opened before (開いた表の人口を読む).

    Parameters and errors are those of `load_people`.
    """
    file = table.file
    table, notices = widen_ages(join_columns(table))
    columns = [str(c) for c in table.frame.columns]
    keys = find_keys(table, columns, key_column)
    table, labels = take_labels(table, keys.read)
    refuse_broken(table, keys)
    table, said = only_one_city(table, keys, choice, own)
    table, levels = drop_levels(table, keys, ids)
    ages = find_ages(columns, file, labels)
    table, merged, hidden = merge_secret(table, keys, ages)
    census = (*HANDLING, *RECEIVER, *GIVERS, "HYOSYO", "HCODE")
    taken = {keys.key, keys.name, keys.lon, keys.lat, *ages.every}
    others = [c for c in columns if c not in taken]
    heads = find_splits(others, lambda head: table.frame[head]) if keys.kind != "point" else ()
    refuse_one_sex(file, heads, lambda head: table.frame[head])
    rows, wholes = _read_rows(table, keys, ages, heads)
    rows, joined = join_rows(rows, heads, file) if keys.kind != "point" else (rows, [])
    problems = [row.problem for row in rows if row.counts is None and row.problem is not None]
    left_out = add_counts([row.readable for row in rows if row.counts is None])
    frame = _lay_rows(rows, keys, ages)
    notices += [*said, *wholes, *joined, *levels, *hidden, *say_counted(table, ages, rows)]
    one_a_place = keys.kind == "point" and is_one_a_place(frame)
    notices += [say_one_a_place(file, frame)] if one_a_place else []
    if frame.empty:
        first = problems[0] if problems else None
        raise InputError(
            Words(
                f"ファイル {file} に使える行がひとつもありません。{first.say('ja') if first else ''}",
                f"{file}: no usable row. {first.say('en') if first else ''}",
            )
        )
    notices += _say_unused(table, columns, {*taken, *find_all(columns, census)}, heads)
    return PeopleTable(
        file=file, kind=keys.kind, frame=frame, problems=(*table.aside, *table.problems, *problems),
        notices=tuple(notices), as_of=_read_date(table), has_65=ages.has_65, has_75=ages.has_75,
        left_out=left_out, one_a_place=one_a_place, merged=merged,
    )  # fmt: skip


def find_all(columns: list[str], names: tuple[str, ...]) -> list[str]:
    """Return the columns of these names (名前の列)."""
    wanted = set(map(column_key, names))
    return [one for one in columns if column_key(one) in wanted]


def _say_unused(
    table: Table, columns: list[str], taken: set[str | None], heads: tuple[str, ...]
) -> list[Words]:
    """Name the columns that nothing is read from."""
    others = {column_key(one) for one in (*CITY_CODES, *CITY_NAMES, *DATES)}
    used = {*taken, *heads, *(one for one in columns if column_key(one) in others)}
    return [
        Words(f"{table.file} の{one.reason.ja}", f"{table.file}: {one.reason.en}")
        for one in say_unused(columns, used, HEADINGS, table.file)
    ]


def _read_rows(
    table: Table, keys: Keys, ages: AgeColumns, heads: tuple[str, ...]
) -> tuple[list[PeopleRow], list[Words]]:
    """Return a row for each of the table's, as it stands, without those of the whole."""
    rows: list[PeopleRow] = []
    wholes = 0
    last = ""
    # A table of nothing but the whole tells the whole.
    parted = keys.kind != "point" and not all(is_whole(v) for v in table.frame[keys.key])
    for number, record in zip(table.rows, table.frame.to_dict("records"), strict=True):
        cells = {str(k): str(v) for k, v in record.items()}
        if ages.is_label_row(cells, keys.key):
            continue
        key = str(number) if keys.kind == "point" else keys.read(cells)
        if parted and (is_whole(key) or key.endswith(_PART_SUM)):
            wholes, last = wholes + 1, ""
            continue
        if not key and last and any(cells[head] for head in heads):
            key = last  # a merged cell: the area stands in its first row alone
        last = key
        counts = ages.read(cells)
        column, value, fault = _key_fault(cells, keys, key)
        if fault is None and not isinstance(counts, Counts):
            column, value, fault = counts
        problem = None
        if fault is not None:
            problem = Problem(file=table.file, row=number, column=column, value=value, reason=fault)
        place = (keys.lon, keys.lat) if keys.lon and keys.lat else ()
        lon, lat = (parse_number(cells[one]) for one in place) if place else (None, None)
        rows.append(
            PeopleRow(
                key=key, name=cells.get(keys.name or "", "") + on_water(cells), number=number,
                counts=counts if problem is None and isinstance(counts, Counts) else None,
                readable=counts if isinstance(counts, Counts) else ages.read_some(cells),
                problem=problem, differs=tuple(ages.differ(cells)),
                labels=tuple(cells[head] for head in heads), lon=lon, lat=lat,
            )
        )  # fmt: skip
    return rows, [_say_wholes(table.file, wholes)] if wholes else []


def _say_wholes(file: str, count: int) -> Words:
    return Words(
        f"{file} の「合計」「総数」などの{count}行は、ほかの行を合わせた行なので数えませんでした",
        f"{file}: {count} rows are totals of all areas and were not counted",
    )


def _lay_rows(rows: list[PeopleRow], keys: Keys, ages: AgeColumns) -> pd.DataFrame:
    places = ["lon", "lat"] if keys.kind == "point" else []
    lines = [f"people_{age}" for age in ages.others]
    frame = pd.DataFrame(
        [
            (
                row.key, row.name, row.counts.all_, row.counts.over65, row.counts.over75,
                row.counts.unknown, *(people for _, people in row.counts.lines), row.lon, row.lat,
                row.number,
            )
            for row in rows
            if row.counts is not None
        ],
        columns=["key", "name", *COUNTS, *lines, "lon", "lat", "row"],
    )  # fmt: skip
    kinds = {"key": "str", "name": "str", "row": "int64"} | dict.fromkeys(
        (*COUNTS, *lines), "int64"
    )
    frame = frame[["key", "name", *COUNTS, *lines, *places, "row"]]
    return frame.astype(kinds | dict.fromkeys(places, "float64"))


_NO_KEY: Final = Words(
    "どこの人数かが書かれていません（この行は使いませんでした）",
    "does not say where (row not used)",
)


def _key_fault(cells: dict[str, str], keys: Keys, key: str) -> tuple[str, str, Words | None]:
    if keys.kind == "point":
        lon, lat = parse_number(cells[keys.lon or ""]), parse_number(cells[keys.lat or ""])
        shown = f"{cells[keys.lat or '']}, {cells[keys.lon or '']}"
        return "緯度・経度", shown, _point_fault(lon, lat)
    if not key:
        return keys.key, "", _NO_KEY
    if LOST in key:
        return keys.key, key, Words(
            "名前の文字がこわれています（この行は使いませんでした）", "the name is destroyed (row not used)"
        )  # fmt: skip
    if keys.kind == "mesh" and not is_mesh(key):
        return keys.key, key, Words(
            "地域メッシュコードではありません（この行は使いませんでした）", "no mesh code (row not used)"
        )  # fmt: skip
    return keys.key, key, None


def _point_fault(lon: float | None, lat: float | None) -> Words | None:
    if lon is None or lat is None:
        return Words(
            "緯度・経度がないか、数ではありません（この行は使いませんでした）",
            "latitude or longitude is missing or no number (row not used)",
        )
    if in_japan(lat, lon):
        return Words(
            "緯度と経度が入れかわっています（この行は使いませんでした）",
            "latitude and longitude are swapped (row not used)",
        )
    if not (-180 <= lon <= 180 and -90 <= lat <= 90) or (lon == 0 and lat == 0):  # noqa: PLR2004 - degrees
        return Words(
            "緯度・経度がありえない値です（この行は使いませんでした）",
            "an impossible latitude or longitude (row not used)",
        )
    return None


def _read_date(table: Table) -> str:
    column = table.find_column(DATES)
    if column is None:
        return ""
    return next((value for value in table.frame[column] if value), "")
