"""Which columns of a people table say where people live (どこの人数かの列)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.base.problems import InputError
from geo.base.words import Words
from geo.people.mesh import is_mesh
from geo.sources.municipality import CODES as CITY_CODES
from geo.sources.people_estat import MESH_TABLES, is_estat
from geo.sources.tabular import DASHES, column_key, find_column

if TYPE_CHECKING:
    from geo.people.table import PeopleKind
    from geo.sources.tabular import Table

CODES: Final = (
    "KEY_CODE",
    "area_id",
    "area_code",
    "地域コード",
    "町字ID",
    "町丁字コード",
    "地区コード",
    "regionCode",
)
NAMES: Final = (
    "area_name", "S_NAME", "町丁目名", "町丁名", "町丁", "町丁字名", "町丁目", "町丁・字", "町字名", "町名", "地域名",
    "地区名", "自治会名", "行政区名", "大字町丁目名", "NAME", "地域", "地区", "区域名",
    "regionName", "行政区", "町会名", "町内会名", "字名", "大字名", "大字・町名", "大字町名", "町・字名", "住所",
)  # fmt: skip
MESHES: Final = (
    "メッシュコード",
    "mesh_code",
    "meshcode",
    "mesh",
    "地域メッシュコード",
    "メッシュ",
)
_WHOLES: Final = ("大字・町名", "大字町名", "大字名", "町名", "町・字名", "町丁名", "町丁")
_PARTS: Final = ("字・丁目名", "字丁目名", "丁目", "丁目名", "小字名")
_CITY: Final = 5
LATS: Final = ("緯度", "lat", "latitude")
LONS: Final = ("経度", "lon", "lng", "longitude")
_MESH_TABLE_DIGITS: Final = (8, 9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The columns that say where (場所の列)."""

    kind: PeopleKind
    key: str
    name: str | None = None
    lon: str | None = None
    lat: str | None = None

    def read(self, cells: dict[str, str]) -> str:
        """Return where a row's people live, "" for nowhere (どこか)."""
        return cells[self.key] or cells.get(self.name or "", "")


def join_columns(table: Table) -> Table:
    r"""Return a table with one column for what stands in two: 町名 and 丁目, city and 町丁字コード (列をつなぐ).

    Examples
    --------
    >>> from geo.sources.tabular import parse_table
    >>> table = parse_table("大字・町名,字・丁目名,人口\n本町,１,5\n東町,,7\n".encode(), file="a.csv")
    >>> join_columns(table).frame["大字・町名"].tolist()
    ['本町1丁目', '東町']
    """
    frame = table.frame
    part = table.find_column(_PARTS)
    whole = None if part is None else table.find_column(_WHOLES)
    if part is not None and whole is not None:
        names = [
            f"{a}{b}丁目" if a and b.isdecimal() else a + b
            for a, b in zip(frame[whole], frame[part], strict=True)
        ]
        frame = frame.assign(**{whole: pd.Series(names, dtype="str")}).drop(columns=part)
    short, city = table.find_column(["町丁字コード"]), table.find_column(CITY_CODES)
    if short is not None and city is not None and table.find_column(["KEY_CODE"]) is None:
        codes = [
            a.zfill(_CITY)[:_CITY] + ("" if b in DASHES else _wide(b)) if a.isdecimal() else ""
            for a, b in zip(frame[city], frame[short], strict=True)
        ]
        frame = frame.assign(KEY_CODE=pd.Series(codes, dtype="str")).drop(columns=short)
    return table if frame is table.frame else replace(table, frame=frame)


def _wide(code: str) -> str:
    """Return a code of a 大字 or a 丁目 with the zeros a spreadsheet lost."""
    return code.zfill(4 if len(code) <= 4 else 6)  # noqa: PLR2004 - digits of a 大字


def find_keys(table: Table, columns: list[str], key_column: str | None) -> Keys:
    """Return the columns that say where (場所の列を探す).

    Raises
    ------
    InputError
        None does.
    """
    own = None if key_column is None else find_column(columns, [key_column])
    mesh = find_column(columns, MESHES)
    if mesh is not None:
        return Keys(kind="mesh", key=mesh)
    code = _first_filled(table, CODES)
    if code is not None and _holds_meshes(table, code, columns):
        return Keys(kind="mesh", key=code)
    name = own or _first_filled(table, NAMES)
    lon, lat = find_column(columns, LONS), find_column(columns, LATS)
    if code is None and own is None and lon is not None and lat is not None:
        return Keys(kind="point", key=lon, name=name, lon=lon, lat=lat)
    key = code or name
    if key is None:
        wanted = key_column or "町丁目名・KEY_CODE・メッシュコード"
        raise InputError(_no_key(table.file, columns, wanted))
    return Keys(kind="area", key=key, name=name)


def _first_filled(table: Table, names: tuple[str, ...]) -> str | None:
    found = (table.find_column([name]) for name in names)
    return next((c for c in found if c is not None and (table.frame[c] != "").any()), None)


def _holds_meshes(table: Table, code: str, columns: list[str]) -> bool:
    if any(column_key(c).startswith(MESH_TABLES) for c in columns):
        return True
    # A KEY_CODE of 10 or 11 digits may be a 町丁目; only a header can tell.
    values = [v for v in table.frame[code] if v]
    if (
        column_key(code) == "key_code"
        and is_estat(columns)
        and "hyosyo" not in map(column_key, columns)
    ):
        return all(map(is_mesh, values))  # a table of squares, of any size
    return all(is_mesh(v) and len(v) in _MESH_TABLE_DIGITS for v in values)


def _no_key(file: str, columns: list[str], wanted: str) -> Words:
    return Words(
        f"ファイル {file} に、どこの人数かを表す列（{wanted} など）がありません。ある列: {'、'.join(columns)}。",
        f"{file} has no column that says where, such as {wanted}; it has: {', '.join(columns)}.",
    )
