"""Tables of people: by area, by mesh square or by point, and their ages (人口の表)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.base.place import in_japan
from geo.base.problems import InputError, Problem
from geo.base.words import Words
from geo.people.mesh import is_mesh
from geo.people.table import PeopleTable
from geo.sources.ages import AgeColumns, Counts, find_ages
from geo.sources.tabular import column_key, find_column, load_table, parse_number

if TYPE_CHECKING:
    from geo.people.table import PeopleKind
    from geo.sources.tabular import Table

COUNTS: Final = ("people_all", "people_65", "people_75", "people_unknown")

CODES: Final = (
    "KEY_CODE",
    "area_id",
    "area_code",
    "地域コード",
    "町字ID",
    "町丁字コード",
    "地区コード",
)
NAMES: Final = (
    "area_name", "S_NAME", "町丁目名", "町丁字名", "町丁目", "町丁・字", "町字名", "町名", "地域名",
    "地区名", "自治会名", "行政区名", "大字町丁目名", "NAME", "地域", "地区", "区域名",
)  # fmt: skip
MESHES: Final = (
    "メッシュコード",
    "mesh_code",
    "meshcode",
    "mesh",
    "地域メッシュコード",
    "メッシュ",
)
LATS: Final = ("緯度", "lat", "latitude")
LONS: Final = ("経度", "lon", "lng", "longitude")
DATES: Final = ("調査年月日", "基準日", "基準年月日", "年月日", "時点", "as_of", "date")
_MESH_TABLE_DIGITS: Final = (8, 9)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Keys:
    kind: PeopleKind
    key: str
    name: str | None = None
    lon: str | None = None
    lat: str | None = None

    def read(self, cells: dict[str, str]) -> str:
        return cells[self.key] or cells.get(self.name or "", "")


def load_people(path: Path, *, key_column: str | None = None) -> PeopleTable:
    """Return the people in a table (人口の表を読む).

    Parameters
    ----------
    path
        A CSV keyed by area code or name, by mesh code, or with 緯度 and 経度; with 総人口,
        65歳以上, 75歳以上 (many spellings), or five-year classes (by sex or not), or an
        e-Stat table (T001082, T001141, T001142, T001231).
    key_column
        What the map's own name column is called: taken before the usual names, after codes.

    Returns
    -------
    PeopleTable
        Rows in the file's order. Sums that stand above their parts are not counted twice.

    Raises
    ------
    InputError
        No column that says where, or how many, or how many of 65 and over; or no good row.
    """
    path = Path(path)
    table = load_table(path)
    columns = [str(c) for c in table.frame.columns]
    keys = _find_keys(table, columns, key_column)
    ages = find_ages(columns, path.name)
    frame, problems, left_out = _read_rows(table, keys, ages)
    frame, notices = _drop_sums(frame, keys, path.name)
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
    return PeopleTable(
        file=path.name, kind=keys.kind, frame=frame, problems=(*table.problems, *problems),
        notices=tuple(notices), as_of=_read_date(table), has_75=ages.has_75, left_out=left_out,
    )  # fmt: skip


def _find_keys(table: Table, columns: list[str], key_column: str | None) -> _Keys:
    own = None if key_column is None else find_column(columns, [key_column])
    mesh = find_column(columns, MESHES)
    if mesh is not None:
        return _Keys(kind="mesh", key=mesh)
    code = _first_filled(table, CODES)
    if code is not None and _holds_meshes(table, code, columns):
        return _Keys(kind="mesh", key=code)
    name = own or _first_filled(table, NAMES)
    lon, lat = find_column(columns, LONS), find_column(columns, LATS)
    if code is None and own is None and lon is not None and lat is not None:
        return _Keys(kind="point", key=lon, name=name, lon=lon, lat=lat)
    key = code or name
    if key is None:
        wanted = key_column or "町丁目名・KEY_CODE・メッシュコード"
        raise InputError(_no_key(table.file, columns, wanted))
    return _Keys(kind="area", key=key, name=name)


def _first_filled(table: Table, names: tuple[str, ...]) -> str | None:
    found = (table.find_column([name]) for name in names)
    return next((c for c in found if c is not None and (table.frame[c] != "").any()), None)


def _holds_meshes(table: Table, code: str, columns: list[str]) -> bool:
    if any(column_key(c).startswith(("t001141", "t001142", "t001231")) for c in columns):
        return True
    # A KEY_CODE of 10 or 11 digits may be a 町丁目; only a header can tell.
    values = [v for v in table.frame[code] if v]
    return all(is_mesh(v) and len(v) in _MESH_TABLE_DIGITS for v in values)


def _no_key(file: str, columns: list[str], wanted: str) -> Words:
    return Words(
        f"ファイル {file} に、どこの人数かを表す列（{wanted} など）がありません。ある列: {'、'.join(columns)}。",
        f"{file} has no column that says where, such as {wanted}; it has: {', '.join(columns)}.",
    )


def _read_rows(
    table: Table, keys: _Keys, ages: AgeColumns
) -> tuple[pd.DataFrame, list[Problem], int]:
    problems: list[Problem] = []
    rows: list[dict[str, object]] = []
    left_out = 0
    seen: dict[str, int] = {}
    for number, record in zip(table.rows, table.frame.to_dict("records"), strict=True):
        cells = {str(k): str(v) for k, v in record.items()}
        if ages.is_label_row(cells, keys.key):
            continue
        counts = ages.read(cells)
        column, value, fault = _key_fault(cells, keys, seen)
        if fault is None and not isinstance(counts, Counts):
            column, value, fault = counts
        if fault is not None or not isinstance(counts, Counts):
            left_out += ages.read_all(cells)
            problems.append(
                Problem(
                    file=table.file, row=number, column=column, value=value, reason=fault or _NO_KEY
                )
            )
            continue
        key = str(number) if keys.kind == "point" else keys.read(cells)
        seen[key] = number
        row: dict[str, object] = {
            "key": key, "name": cells.get(keys.name or "", ""), "row": number,
            "people_all": counts.all_, "people_65": counts.over65,
            "people_75": counts.over75, "people_unknown": counts.unknown,
        }  # fmt: skip
        if keys.lon and keys.lat:
            row |= {"lon": parse_number(cells[keys.lon]), "lat": parse_number(cells[keys.lat])}
        rows.append(row)
    places = ["lon", "lat"] if keys.kind == "point" else []
    frame = pd.DataFrame(rows, columns=["key", "name", *COUNTS, *places, "row"])
    kinds = {"key": "str", "name": "str", "row": "int64"} | dict.fromkeys(COUNTS, "int64")
    return frame.astype(kinds | dict.fromkeys(places, "float64")), problems, left_out


_NO_KEY: Final = Words(
    "どこの人数かが書かれていません（この行は使いませんでした）",
    "does not say where (row not used)",
)


def _key_fault(
    cells: dict[str, str], keys: _Keys, seen: dict[str, int]
) -> tuple[str, str, Words | None]:
    key = keys.read(cells)
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
    if key in seen:
        return keys.key, key, Words(
            f"{seen[key]}行目と同じ所がもう一度あります。どちらかを消すか、一つに足してください（この行は使いませんでした）",
            f"the same place as row {seen[key]}; delete one or add them up (row not used)",
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


def _drop_sums(frame: pd.DataFrame, keys: _Keys, file: str) -> tuple[pd.DataFrame, list[Words]]:
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
