"""The stops of a bus feed in a zip, what else it holds named (GTFSのzipの停留所)."""

from __future__ import annotations

import io
import zipfile
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Final

from geo.base.problems import Problem
from geo.base.words import Words
from geo.sheets.archive import BROKEN, read_tables
from surveys.formats.raw.gtfs_trips import CALENDARS, INTERVALS, NEEDED, count_departures
from surveys.formats.raw.sheets import read_sheets

if TYPE_CHECKING:
    from collections.abc import Collection

    from surveys.formats.raw.table import RawFile

STOPS: Final = "stops.txt"
DEPARTURES: Final = "departures"
_TIMES: Final = (*NEEDED, *CALENDARS, INTERVALS)
# One of these beside the stops makes a zip a feed.
_FEED: Final = frozenset(("agency.txt", "routes.txt", "trips.txt", "stop_times.txt"))
_HOLDS: Final = {
    "agency": Words("事業者", "the operator"), "agency_jp": Words("事業者", "the operator"),
    "routes": Words("路線", "lines"), "routes_jp": Words("路線", "lines"),
    "trips": Words("便", "trips"), "office_jp": Words("営業所", "offices"),
    "stop_times": Words("便ごとの時刻", "times of each trip"),
    "frequencies": Words("便の間隔", "intervals"), "pattern_jp": Words("停車パターン", "patterns"),
    "calendar": Words("運行する日", "days of running"),
    "calendar_dates": Words("運行する日", "days of running"),
    "fare_attributes": Words("運賃", "fares"), "fare_rules": Words("運賃", "fares"),
    "shapes": Words("通る道の形", "shapes of lines"), "transfers": Words("乗りかえ", "transfers"),
    "feed_info": Words("データの説明", "notes on the feed"),
    "translations": Words("名前の読みと訳", "readings and translations"),
}  # fmt: skip
_ELSE: Final = Words("ほかのデータ", "other data")


def is_gtfs_zip(data: bytes) -> bool:
    """Say whether bytes are a zip with a bus feed in it (GTFSのzipか)."""
    if not data.startswith(b"PK"):
        return False
    names = {one.rpartition("/")[2] for one in _members(data)}
    return STOPS in names and bool(names & _FEED)


def read_gtfs(
    data: bytes, *, file: str, known: Collection[str] = (), encoding: str = ""
) -> RawFile:
    """Return the table of stops of a feed, every file that is not read set aside by name (停留所を読む).

    What leaves each stop stands in the sheet's extra `DEPARTURES`, where the feed tells it: by
    ``stop_id`` a list of lines with their trips a day.

    Raises
    ------
    InputError
        Broken, locked, too large, or no table.
    """
    tables = {
        name.rpartition("/")[2]: content
        for name, content in read_tables(data, (STOPS, *_TIMES), file=file).items()
    }
    raw = read_sheets(tables[STOPS], file=STOPS, known=known, encoding=encoding)
    found = count_departures(tables)
    read = ("", STOPS, *(_TIMES if found else ()))
    others = [one for one in _members(data) if one.rpartition("/")[2] not in read]
    told: dict[str, object] = {
        stop: [asdict(one) for one in lines] for stop, lines in found.items()
    }
    sheets = tuple(
        replace(one, extra={**one.extra, DEPARTURES: told}) if told else one for one in raw.sheets
    )
    return replace(
        raw, name=file, sheets=sheets, aside=(*raw.aside, *(_say(one, file) for one in others))
    )


def _members(data: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [one.replace("\\", "/") for one in archive.namelist()]
    except BROKEN:
        return []


def _say(name: str, file: str) -> Problem:
    held = _HOLDS.get(name.rpartition("/")[2].removesuffix(".txt"), _ELSE)
    reason = Words(
        f"{held.ja}です。停留所だけを取りこむので、使いません",
        f"{held.en}; only the stops are brought in, so it is not used",
    )
    return Problem(file=file, row=None, column="", value=name, reason=reason)
