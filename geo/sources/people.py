"""Tables of people: by area, by mesh square or by point, and their ages (人口の表)."""

from __future__ import annotations

from itertools import pairwise
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
from geo.sources.long_ages import widen_ages
from geo.sources.municipality import CODES as CITY_CODES
from geo.sources.municipality import NAMES as CITY_NAMES
from geo.sources.people_city import only_one_city
from geo.sources.people_keys import CODES, LATS, LONS, MESHES, NAMES, Keys, find_keys
from geo.sources.people_labels import MONTHS, SPLITS, find_splits, is_whole
from geo.sources.people_points import is_one_a_place, say_one_a_place
from geo.sources.people_rows import PeopleRow, join_rows
from geo.sources.tabular import DASHES, column_key, load_table, parse_number

if TYPE_CHECKING:
    from geo.sources.municipality import Municipality
    from geo.sources.tabular import Table

COUNTS: Final = ("people_all", "people_65", "people_75", "people_unknown")
HEADINGS: Final = (
    *CODES, *NAMES, *MESHES, *LATS, *LONS, *ALLS, *OVER_65, *OVER_75, *UNKNOWN, *SPLITS, *MONTHS,
    *CITY_CODES, *CITY_NAMES, "世帯数",
)  # fmt: skip
DATES: Final = ("調査年月日", "基準日", "基準年月日", "年月日", "時点", "as_of", "date")


def load_people(
    path: Path,
    *,
    key_column: str | None = None,
    choice: str = "",
    own: Municipality | None = None,
) -> PeopleTable:
    """Return the people in a table (人口の表を読む).

    Parameters
    ----------
    path
        A table (`load_table`) keyed by area code or name, by mesh code, or with 緯度 and 経度; with 総人口,
        65歳以上, 75歳以上 (many spellings), or five-year classes (by sex or not), or an
        e-Stat table (T001082, T001141, T001142, T001231).
    key_column
        What the map's own name column is called: taken before the usual names, after codes.
    choice
        The municipality to take of a file that holds several, by code or name; "" for the
        town's own.
    own
        The town's, where it is known.

    Returns
    -------
    PeopleTable
        Rows in the file's order, one an area. Sums that stand above their parts are not counted
        twice; of several rows an area the total is taken, or they are added up, and it is said.

    Raises
    ------
    InputError
        No column that says where, or how many, or how many of 65 and over; or no good row.
    """
    path = Path(path)
    known = HEADINGS if key_column is None else (*HEADINGS, key_column)
    table, notices = widen_ages(load_table(path, known=known, sums="parts"))
    columns = [str(c) for c in table.frame.columns]
    keys = find_keys(table, columns, key_column)
    table, said = only_one_city(table, keys, choice, own)
    ages = find_ages(columns, path.name)
    taken = {keys.key, keys.name, keys.lon, keys.lat, *ages.every}
    others = [c for c in columns if c not in taken]
    heads = find_splits(others, lambda head: table.frame[head]) if keys.kind != "point" else ()
    rows, wholes = _read_rows(table, keys, ages, heads)
    rows, joined = join_rows(rows, heads, path.name) if keys.kind != "point" else (rows, [])
    problems = [row.problem for row in rows if row.counts is None and row.problem is not None]
    left_out = add_counts([row.readable for row in rows if row.counts is None])
    frame, sums = _drop_sums(_lay_rows(rows, keys), keys, path.name)
    notices += [*said, *wholes, *joined, *sums, *_say_counted(table, ages)]
    one_a_place = keys.kind == "point" and is_one_a_place(frame)
    notices += [say_one_a_place(path.name, frame)] if one_a_place else []
    if frame.empty:
        first = problems[0] if problems else None
        raise InputError(
            Words(
                f"ファイル {path.name} に使える行がひとつもありません。{first.say('ja') if first else ''}",
                f"{path.name}: no usable row. {first.say('en') if first else ''}",
            )
        )
    if not ages.has_75:
        notices.append(
            Words(
                f"{path.name} には75歳以上の人数がありません。75歳以上は「データなし」とします（0人ではありません）",
                f"{path.name} does not tell people of 75 and over; they are not known (not zero)",
            )
        )
    notices += _say_unused(table, columns, taken, heads)
    return PeopleTable(
        file=path.name, kind=keys.kind, frame=frame, problems=(*table.aside, *table.problems, *problems),
        notices=tuple(notices), as_of=_read_date(table), has_75=ages.has_75, left_out=left_out,
        one_a_place=one_a_place,
    )  # fmt: skip


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
        if parted and is_whole(key):
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
                key=key, name=cells.get(keys.name or "", ""), number=number,
                counts=counts if problem is None and isinstance(counts, Counts) else None,
                readable=ages.read_some(cells), problem=problem,
                labels=tuple(cells[head] for head in heads), lon=lon, lat=lat,
            )
        )  # fmt: skip
    return rows, [_say_wholes(table.file, wholes)] if wholes else []


def _say_counted(table: Table, ages: AgeColumns) -> list[Words]:
    """Return how the numbers were read where a reader could have done otherwise."""
    said: list[Words] = []
    if ages.classes:
        first, last = ages.classes[0], ages.classes[-1]
        said.append(
            Words(
                f"{table.file} は年齢の階級の列（「{first}」から「{last}」まで{len(ages.classes)}列）を"
                "足して、65歳以上・75歳以上の人数にしました",
                f"{table.file}: people of 65 and over and of 75 and over are the sums of its "
                f"{len(ages.classes)} columns of age classes ({first} to {last})",
            )
        )
    dashes = sum(int(table.frame[column].isin(DASHES).sum()) for column in ages.every)
    if dashes:
        said.append(
            Words(
                f"{table.file} の人数の「-」{dashes:,}か所は、0人と読みました（e-Statの書き方）",
                f"{table.file}: {dashes:,} numbers written “-” were read as 0, as e-Stat writes it",
            )
        )
    return said


def _say_wholes(file: str, count: int) -> Words:
    return Words(
        f"{file} の「合計」「総数」などの{count}行は、ほかの行を合わせた行なので数えませんでした",
        f"{file}: {count} rows are totals of all areas and were not counted",
    )


def _lay_rows(rows: list[PeopleRow], keys: Keys) -> pd.DataFrame:
    places = ["lon", "lat"] if keys.kind == "point" else []
    frame = pd.DataFrame(
        [
            (
                row.key, row.name, row.counts.all_, row.counts.over65, row.counts.over75,
                row.counts.unknown, row.lon, row.lat, row.number,
            )
            for row in rows
            if row.counts is not None
        ],
        columns=["key", "name", *COUNTS, "lon", "lat", "row"],
    )  # fmt: skip
    kinds = {"key": "str", "name": "str", "row": "int64"} | dict.fromkeys(COUNTS, "int64")
    frame = frame[["key", "name", *COUNTS, *places, "row"]]
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


def _drop_sums(frame: pd.DataFrame, keys: Keys, file: str) -> tuple[pd.DataFrame, list[Words]]:
    # e-Stat lists a city, its 大字 and their 丁目 together: the code of a sum starts its parts'.
    if keys.kind != "area" or column_key(keys.key) != "key_code" or frame.empty:
        return frame, []
    codes = sorted(frame["key"])
    sums = {a for a, b in pairwise(codes) if b != a and b.startswith(a)}
    if not sums:
        return frame, []
    kept = frame[~frame["key"].isin(sums)].reset_index(drop=True)
    words = Words(
        f"{file} の{len(sums)}行は、下の行を合わせた行（市や大字の計）なので数えませんでした",
        f"{file}: {len(sums)} rows are sums of other rows and were not counted",
    )
    return kept, [words]


def _read_date(table: Table) -> str:
    column = table.find_column(DATES)
    if column is None:
        return ""
    return next((value for value in table.frame[column] if value), "")
