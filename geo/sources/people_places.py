"""A list of neighbourhoods' points beside a table that only names them (町ごとの点の一覧).

Where no polygons of 町丁目 are to be had, points of them are (Geolonia, 位置参照情報): given as a second
``--people``, a list with names and coordinates and no people puts each row at its point.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geo.base.located.rows import read_places as locate
from geo.base.problems import InputError, Problem
from geo.base.text import area_key
from geo.base.words import Words
from geo.people.naming import find_areas
from geo.people.table import add_counts, counts_of
from geo.sources.age_heads import read_head
from geo.sources.people_keys import LATS, LONS, NAMES
from geo.sources.people_points import say_one_a_place
from geo.sources.tabular import parse_number

if TYPE_CHECKING:
    import pandas as pd

    from geo.people.table import PeopleTable
    from geo.sources.tabular import Table

_NAMES: Final = (*NAMES, "town", "name", "大字町丁目名")
_SHOWN: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Names of neighbourhoods with their points, degrees (町の点)."""

    file: str
    names: tuple[str, ...]
    lon: tuple[float, ...]
    lat: tuple[float, ...]


def plain_json(data: bytes) -> bytes:
    r"""Return a JSON list of records as the bytes of a CSV; anything else comes back as it is (JSONを表に).

    Examples
    --------
    >>> plain_json('[{"town": "東町", "lat": 34.1}]'.encode()).decode()
    'town,lat\r\n東町,34.1\r\n'
    """
    if not data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"["):
        return data
    try:
        records = json.loads(data.decode("utf-8-sig"))
    except ValueError:
        return data
    if not records or not all(isinstance(one, dict) for one in records):
        return data
    heads = list(dict.fromkeys(str(key) for one in records for key in one))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows(["" if one.get(key) is None else one[key] for key in heads] for one in records)
    return out.getvalue().encode()


def read_places(table: Table) -> Places | None:
    """Return a list's names and points, None for a table with numbers of people (点の一覧か)."""
    name, lon, lat = (table.find_column(one) for one in (_NAMES, LONS, LATS))
    others = [str(one) for one in table.frame.columns if one not in (name, lon, lat)]
    if name is None or lon is None or lat is None or any(map(read_head, others)):
        return None
    rows: dict[str, tuple[float, float]] = {}
    for text, x, y in zip(table.frame[name], table.frame[lon], table.frame[lat], strict=True):
        at = parse_number(x), parse_number(y)
        if text and at[0] is not None and at[1] is not None:
            rows.setdefault(text, (at[0], at[1]))  # the first of a 町丁目; its 小字 follow
    return Places(
        file=table.file, names=tuple(rows), lon=tuple(x for x, _ in rows.values()),
        lat=tuple(y for _, y in rows.values()),
    )  # fmt: skip


def read_own_places(table: Table) -> Places | None:
    """Return where a table of people itself says its areas are, None where it does not (表にある点)."""
    name = table.find_column(_NAMES)
    if name is None:
        return None
    columns = list(map(str, table.frame.columns))
    values = table.frame.astype("str").to_numpy().tolist()
    rows = [dict(zip(columns, one, strict=True)) for one in values]
    located = locate(columns, rows)
    if located is None:
        return None
    found: dict[str, tuple[float, float]] = {}
    for row, spot in zip(rows, located.spots, strict=True):
        if row[name] and spot.lon is not None and spot.lat is not None:
            found.setdefault(row[name], (spot.lon, spot.lat))
    lon, lat = (tuple(one[at] for one in found.values()) for at in (0, 1))
    return Places(file=table.file, names=tuple(found), lon=lon, lat=lat) if found else None


def put_at_places(table: PeopleTable, places: Places) -> PeopleTable:
    """Return a table of areas as one of points, each row at that of its name (点に置く).

    Raises
    ------
    InputError
        The table is none of areas, or no name is in the list.
    """
    if table.kind != "area":
        raise InputError(
            Words(
                f"{places.file} は町の点の一覧です。町の名前で書かれた人口の表と組で渡してください"
                f"（{table.file} は使えません）",
                f"{places.file} lists points of neighbourhoods; give it with a table of people by name "
                f"(not {table.file})",
            )
        )
    ids = [str(at) for at in range(len(places.names))]
    found, fits, _ = find_areas(table.frame.assign(key=_names(table.frame)), ids, places.names)
    joined = [bool(one) for one in found]
    at = [int(one) for one in found if one]
    frame = table.frame[joined].reset_index(drop=True)
    if frame.empty:
        raise InputError(
            Words(
                f"{table.file} のどの町の名前も、{places.file} の点の一覧にありません",
                f"no name of {table.file} is in the list of points {places.file}",
            )
        )
    frame = frame.assign(
        name=_names(frame), key=frame["row"].astype("str"),
        lon=[places.lon[one] for one in at], lat=[places.lat[one] for one in at],
    )  # fmt: skip
    lost = table.frame[[not one for one in joined]]
    problems = [
        Problem(
            file=table.file, row=int(row), column="", value=str(name),
            reason=Words(
                f"この町は点の一覧 {places.file} に"
                + (f"{len(fit)}つあり、どれか決められません" if len(fit) > 1 else "ありません")
                + f"（{int(people)}人は数えませんでした）",
                f"{'several points' if len(fit) > 1 else 'no point'} of this name in {places.file} "
                f"({int(people)} people not counted)",
            ),
        )
        for name, row, people, fit in zip(
            _names(lost), lost["row"], lost["people_all"],
            [fit for fit, one in zip(fits, joined, strict=True) if not one], strict=True,
        )
    ]  # fmt: skip
    told = [
        f"{name} → {places.names[int(one)]}"
        for name, one in zip(_names(table.frame), found, strict=True)
        if one and area_key(name) != area_key(places.names[int(one)])
    ]
    notices = [*table.notices, say_one_a_place(table.file, frame)]
    if told:
        notices.append(
            Words(
                f"{table.file} の{len(told)}地区は、書き方が {places.file} とちがうので、同じ町とみて結びました"
                f"（{'、'.join(told[:_SHOWN])}）",
                f"{table.file}: {len(told)} names written differently were taken as those of {places.file} "
                f"({', '.join(told[:_SHOWN])})",
            )
        )
    return replace(
        table, kind="point", frame=frame, one_a_place=True, notices=tuple(notices),
        problems=(*table.problems, *problems), merged={},
        left_out=add_counts([table.left_out, counts_of(lost)]),
    )  # fmt: skip


def _names(frame: pd.DataFrame) -> pd.Series:
    return frame["name"].where(frame["name"] != "", frame["key"])
