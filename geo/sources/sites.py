"""Lists of places: salons, parks, benches, toilets from a table or a map file (地点の一覧)."""

from __future__ import annotations

import hashlib
import math
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from geo.base.datum import to_lonlat
from geo.base.list_heads import (
    ADDRESSES,
    BOTHS,
    CAPACITIES,
    ENDS,
    IDS,
    LATS,
    LONS,
    NAMES,
    NOTES,
    STARTS,
    STATES,
    WHENS,
    find_whens,
    schedule_reader,
)
from geo.base.located.rows import read_places
from geo.base.place import in_japan
from geo.base.problems import InputError, Problem
from geo.base.square import find_told, is_blurred
from geo.base.text import tidy
from geo.base.words import Words
from geo.sheets.book import is_table_zip
from geo.sheets.unused import say_unused
from geo.sources.addresses import NO_BOOKS, Row, by_address
from geo.sources.site_meetings import count_sessions, parse_capacity
from geo.sources.tabular import (
    TABLE_ENDINGS,
    column_key,
    find_column,
    load_table,
    read_bytes,
)
from geo.sources.vector import open_map

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import shapely

    from geo.base.addressed.book import Books
    from geo.tables.tables import SiteKind

SITE_COLUMNS: Final = (
    "site_id", "kind", "name", "lon", "lat", "schedule", "note", "source",
    "sessions_per_month", "capacity",
)  # fmt: skip
HEADINGS: Final = (
    *NAMES, *IDS, *LATS, *LONS, *BOTHS, *NOTES, *STATES, *WHENS, *STARTS, *ENDS, *CAPACITIES,
)  # fmt: skip
NO_NAME: Final = "名称なし"

NAME_ENDS: Final = ("の名称", "施設名称", "施設名")
_DECIMALS: Final = 5  # degrees; about 1 m


def load_sites(
    path: Path,
    *,
    kind: SiteKind = "salon",
    source: str = "",
    on: date | None = None,
    layer: str = "",
    border: shapely.Geometry | None = None,
    books: Books = NO_BOOKS,
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the places in a list, with every row that has a fault (地点の一覧を読む).

    Parameters
    ----------
    path
        A table (`load_table`) with 名称, 緯度, 経度, or a map file of points (a polygon gives a point in it).
    kind
        What they are, for the whole file.
    source
        Where they come from, for printing; "" takes the file's name.
    on
        The day the list speaks of: days without a year whose weekday fits none near it are not
        counted; ``None`` believes them. No clock is asked, so that a build is the same any day.
    layer
        Of a map file with several layers: which.
    border
        The town in degrees, where it is known: it tells the zone of metres that nothing else does.
    books
        Where the town's addresses are: rows without coordinates whose address is known to a door are
        placed so; one known to its 町丁目 alone is no place to count.

    Returns
    -------
    sites
        Columns `SITE_COLUMNS`, degrees (EPSG:4326), in the file's order. An id is the file's
        own, else ``s-`` and a hash of name and place, so it stays when rows are moved.
        ``sessions_per_month`` of salons is what their schedule tells (`count_sessions`), and
        like ``capacity`` NaN where the file does not say.
    problems
        Rows left out (no or impossible place), and rows kept with a doubt (no name, an id
        met before, a capacity that is no number, a schedule that tells no count).

    Raises
    ------
    InputError
        No column for the place (those there are listed), or no row that can be used.
    """
    path = Path(path)
    rows, columns, problems, used = (
        _rows_of_table(path, border, books) if _is_table(path) else _rows_of_map(path, layer)
    )
    rows, told_by = by_address(rows, columns, books, path.name, problems)
    used = (*used, *told_by)
    placed = _check_places(rows, path.name, problems)
    if not placed:
        first = problems[0].say("ja") if problems else "行がありません"
        first_en = problems[0].say("en") if problems else "no rows"
        raise InputError(
            Words(
                f"ファイル {path.name} に使える地点がひとつもありません。最初の理由は「{first}」です。",
                f"{path.name}: no usable place. The first reason: {first_en}",
            )
        )
    salon = kind == "salon"
    problems += _say_unused(columns, used, path.name) if salon else []
    sites = _describe(placed, columns, path.name, problems, salon=salon, on=on)
    sites["kind"], sites["source"] = kind, source or path.name
    return sites[list(SITE_COLUMNS)], problems


def make_site_id(name: str, lon: float, lat: float) -> str:
    """Return the id of a place that has none of its own (地点の番号を作る).

    Examples
    --------
    >>> make_site_id("西町 集会所", 139.9, 35.6) == make_site_id("西町　集会所", 139.900001, 35.6)
    True
    """
    text = f"{unicodedata.normalize('NFKC', tidy(name))}|{lon:.{_DECIMALS}f}|{lat:.{_DECIMALS}f}"
    return f"s-{hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:10]}"


def _is_table(path: Path) -> bool:
    ending = path.suffix.casefold()
    return ending in TABLE_ENDINGS or (
        ending == ".zip" and path.is_file() and is_table_zip(read_bytes(path))
    )


def _rows_of_table(
    path: Path, border: shapely.Geometry | None, books: Books
) -> tuple[list[Row], list[str], list[Problem], tuple[str, ...]]:
    table = load_table(path, known=HEADINGS)
    columns = [str(c) for c in table.frame.columns]
    cells = [{str(k): str(v) for k, v in one.items()} for one in table.frame.to_dict("records")]
    found = read_places(columns, cells, border=border)
    if found is None and books.books and find_column(columns, ADDRESSES):
        lone: list[Row] = [
            (number, row, None, None) for number, row in zip(table.rows, cells, strict=True)
        ]
        return lone, columns, [*table.aside, *table.problems], ()
    if found is None:
        raise InputError(
            Words(
                f"ファイル {path.name} に緯度と経度の列がありません。ある列: {'、'.join(columns)}。"
                "「緯度」「経度」の列を足してください。",
                f"{path.name} has no columns for latitude and longitude; it has: "
                f"{', '.join(columns)}. Add 緯度 and 経度.",
            )
        )
    rows: list[Row] = [
        (number, row, spot.lon, spot.lat)
        for number, row, spot in zip(table.rows, cells, found.spots, strict=True)
    ]
    told = [_of_file(path.name, words) for words in found.told]
    used = tuple(one for one in found.heads.used if one != found.heads.accuracy)  # not kept here
    return rows, columns, [*table.aside, *table.problems, *told], used


def _of_file(file: str, words: Words) -> Problem:
    return Problem(file=file, row=None, column="", value="", reason=words)


def _rows_of_map(
    path: Path, layer: str
) -> tuple[list[Row], list[str], list[Problem], tuple[str, ...]]:
    opened = open_map(path, layer)
    frame, said = to_lonlat(opened.frame, path.name)
    notices = [*opened.told, *said]
    problems = [_of_file(path.name, words) for words in notices]
    points = frame.geometry.representative_point()
    texts = frame.drop(columns=frame.geometry.name)
    columns = _show_columns([str(c) for c in texts.columns], opened.shown)
    rows: list[Row] = []
    for number, (values, point) in enumerate(
        zip(texts.itertuples(index=False, name=None), points, strict=True), start=1
    ):
        cells = {
            c: "" if _absent(v) else tidy(str(v)) for c, v in zip(columns, values, strict=True)
        }
        gone = point is None or point.is_empty
        rows.append((number, cells, None if gone else point.x, None if gone else point.y))
    return rows, columns, problems, ()


def _show_columns(columns: list[str], shown: Mapping[str, str]) -> list[str]:
    out: list[str] = []
    for column in columns:
        name = shown.get(column) or column
        out.append(column if name in out or name in columns else name)
    return out


def _absent(value: object) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value))


def _check_places(
    rows: list[Row], file: str, problems: list[Problem]
) -> list[tuple[int, Mapping[str, str], float, float]]:
    # Foreign towns are welcome: a row abroad is a fault only beside rows in Japan.
    japanese = any(
        lon is not None and lat is not None and in_japan(lon, lat) for _, _, lon, lat in rows
    )
    good: list[tuple[int, Mapping[str, str], float, float]] = []
    for number, cells, lon, lat in rows:
        state = next((cells[key] for key in STATES if cells.get(key)), "")
        if state.casefold() in _NOT_OPEN:
            problems.append(
                Problem(file=file, row=number, column="状態", value=state, reason=_CLOSED)
            )
            continue
        fault = _place_fault(lon, lat, japanese=japanese)
        told = find_told(cells)
        if told and is_blurred(cells[told]):
            fault = _BLURRED
        if fault is None and lon is not None and lat is not None:
            good.append((number, cells, lon, lat))
            continue
        shown = "" if lon is None or lat is None else f"{lat}, {lon}"
        problems.append(
            Problem(
                file=file, row=number, column="緯度・経度", value=shown, reason=fault or _NO_PLACE
            )
        )
    return good


# The register's own words for a place that is not open now.
_NOT_OPEN: Final = frozenset(
    {"休止", "閉鎖", "閉まった", "撤去", "見つからない", "paused", "closed", "removed", "not found"}
)
_CLOSED: Final = Words("いまは開いていないので、数えません", "not open now, so it is not counted")
_BLURRED: Final = Words(
    "個人の家の位置をぼかした行なので、場所として使えません（この行は使いませんでした）",
    "a private home told by its square only: no place to count from (row not used)",
)
_NO_PLACE: Final = Words(
    "緯度・経度がないか、数ではありません。入れてください（この行は使いませんでした）",
    "latitude or longitude is missing or no number; fill it in (row not used)",
)


def _place_fault(lon: float | None, lat: float | None, *, japanese: bool) -> Words | None:
    if lon is None or lat is None:
        return _NO_PLACE
    if in_japan(lat, lon):
        return Words(
            "緯度と経度が入れかわっています。入れかえてください（この行は使いませんでした）",
            "latitude and longitude are swapped; exchange them (row not used)",
        )
    if not (-180 <= lon <= 180 and -90 <= lat <= 90) or (lon == 0 and lat == 0):  # noqa: PLR2004 - degrees
        return Words(
            "緯度・経度がありえない値です。直してください（この行は使いませんでした）",
            "an impossible latitude or longitude; mend it (row not used)",
        )
    if japanese and not in_japan(lon, lat):
        return Words(
            "日本の外の座標です。直してください（この行は使いませんでした）",
            "lies outside Japan; mend it (row not used)",
        )
    return None


def _describe(
    placed: Sequence[tuple[int, Mapping[str, str], float, float]],
    columns: list[str],
    file: str,
    problems: list[Problem],
    *,
    salon: bool,
    on: date | None,
) -> pd.DataFrame:
    name_of, id_of = _find_name(columns), find_column(columns, IDS)
    schedule_of, note_of = schedule_reader(columns), find_column(columns, NOTES)
    capacity_of = find_column(columns, CAPACITIES)
    used: set[str] = set()
    out = []
    for number, cells, lon, lat in placed:
        name = cells.get(name_of or "", "")
        if not name:
            name = NO_NAME
            reason = Words(f"名前がないので「{NO_NAME}」としました", f"no name; called “{NO_NAME}”")
            problems.append(
                Problem(file=file, row=number, column=name_of or "名称", value="", reason=reason)
            )
        given = cells.get(id_of or "", "")
        site_id, turn = given or make_site_id(name, lon, lat), 2
        if site_id in used:
            problems.append(_repeated_id(file, number, id_of if given else None, given or name))
        base = site_id
        while site_id in used:
            site_id, turn = f"{base}-{turn}", turn + 1
        used.add(site_id)
        room, doubt = parse_capacity(cells.get(capacity_of or "", ""), file, number)
        problems += doubt
        schedule, note = schedule_of(cells), cells.get(note_of or "", "")
        held, doubt = count_sessions(schedule, note, on, file, number) if salon else (math.nan, [])
        problems += doubt
        out.append(
            {
                "site_id": site_id, "name": name, "lon": lon, "lat": lat,
                "schedule": schedule, "note": note, "sessions_per_month": held, "capacity": room,
            }
        )  # fmt: skip
    return pd.DataFrame(out)


def _say_unused(columns: list[str], placed: Sequence[str], file: str) -> list[Problem]:
    """Name the columns of a list of 通いの場 that nothing is read from."""
    whens = find_whens(columns)
    one_each = (IDS, BOTHS, NOTES, CAPACITIES, STATES)
    used = {_find_name(columns), *placed, whens.start, whens.end, *whens.parts}
    used |= {find_column(columns, names) for names in one_each}
    used.add(find_told(dict.fromkeys(columns, "")))
    return say_unused(columns, used, HEADINGS, file)


def _find_name(columns: list[str]) -> str | None:
    found = find_column(columns, NAMES)
    ends = (c for c in columns if column_key(c).endswith(NAME_ENDS) and "法人" not in c)
    return found or next(ends, None)


def _repeated_id(file: str, row: int, column: str | None, value: str) -> Problem:
    reason = Words(
        "同じ番号（または同じ名前と場所）の行が前にあります。同じ地点なら一つにしてください（番号を付け足して残しました）",
        "an earlier row has this id (or this name and place); keep one if they are the same "
        "(kept, with a number added to its id)",
    )
    return Problem(file=file, row=row, column=column or "名称", value=value, reason=reason)
