"""GTFS-JP の stops.txt: poles, and the stations above them (location_type 1)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import shapely

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.formats.parts.cells import read_number
from surveys.formats.raw.table import check_degrees
from surveys.record.history import PLACE
from surveys.rules.rule import Rule, has_columns, read_texts, state, tell
from surveys.types.bus_stop import TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surveys.formats.raw.table import RawSheet
    from surveys.record.portable import Incoming
    from surveys.rules.rule import Improved

_STATION: Final = "1"
_STOPS: Final = ("", "0")
_MERGED = Words(
    "親の停留所（location_type 1）なので、乗り場のほうに合わせました",
    "a station above poles (location_type 1); its poles stand for it",
)
_NO_STOP = Words(
    "乗り場ではない（出入口など）ので、取りこみません",
    "no stop but an entrance or the like; not taken",
)
_NO_NUMBER = Words("緯度・経度として読めません", "cannot be read as latitude and longitude")


def _fits(sheet: RawSheet) -> bool:
    return has_columns(sheet, ("stop_id", "stop_name", "stop_lat", "stop_lon"))


def _improve(sheet: RawSheet, rows: Sequence[Incoming]) -> Improved:
    texts = read_texts(sheet)
    parents = {
        text["parent_station"]
        for text in texts.values()
        if "parent_station" in text and text.get("location_type", "") in _STOPS
    }
    out, problems = [], []
    for one in rows:
        text = texts[one.row]
        kind = text.get("location_type", "")
        if kind == _STATION and text.get("stop_id") in parents:
            problems.append(tell(sheet, one, "location_type", text.get("stop_name", ""), _MERGED))
        elif kind not in (*_STOPS, _STATION):
            problems.append(tell(sheet, one, "location_type", kind, _NO_STOP))
        else:
            # Poles of one name stand a few metres apart: the feed's own id tells them apart.
            better = state(TYPE, one, {"code": text["stop_id"]} if "stop_id" in text else {})
            placed, wrong = _place(better, text)
            out.append(placed)
            if wrong is not None:
                value = f"{text.get('stop_lat', '')}, {text.get('stop_lon', '')}"
                problems.append(tell(sheet, one, "stop_lat", value, wrong))
    return out, problems


def _place(one: Incoming, text: Mapping[str, str]) -> tuple[Incoming, Words | None]:
    if one.site.place is not None or not {"stop_lat", "stop_lon"} <= text.keys():
        return one, None
    try:
        lat, lon = (float(read_number(text[key])) for key in ("stop_lat", "stop_lon"))
    except InputError:
        return one, _NO_NUMBER
    wrong = check_degrees((lon, lat, lon, lat))
    if wrong is not None:
        return one, wrong
    site = replace(one.site, place=shapely.Point(lon, lat))
    return replace(one, site=site, given=one.given | {PLACE}), None


RULE = Rule(
    id="gtfs_stops",
    words=Words(
        "GTFS の停留所として読みました。親の停留所は乗り場に合わせ、便の数は読みません",
        "read as the stops of a GTFS feed; stations are told by their poles, and how often buses"
        " come is not read",
    ),
    type="bus_stop",
    fits=_fits,
    improve=_improve,
)
