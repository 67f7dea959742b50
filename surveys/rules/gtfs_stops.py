"""GTFS-JP の stops.txt: poles, and the stations above them (location_type 1)."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import shapely

from geo.base.problems import InputError
from geo.base.text import tidy
from geo.base.words import Words
from surveys.formats.parts.cells import read_number
from surveys.formats.raw.gtfs import DEPARTURES
from surveys.formats.raw.table import check_degrees
from surveys.record.history import PLACE
from surveys.rules.rule import Rule, has_columns, read_texts, state, tell
from surveys.types.bus_stop import TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surveys.formats.raw.table import RawSheet
    from surveys.record.portable import Incoming
    from surveys.rules.rule import Improved

_MIDNIGHT: Final = "24:00"
_STATION: Final = "1"
_STOPS: Final = ("", "0")
_MERGED = Words(
    "親の停留所（location_type 1）なので、乗り場のほうに合わせました",
    "a station above poles (location_type 1); its poles stand for it",
)
_NO_STOP = Words(
    "乗り場ではない（出入口など）ので、取りこみません",
    "no stop but an entrance or the like; not brought in",
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
    departures = sheet.extra.get(DEPARTURES)
    told: Mapping[str, Any] = departures if isinstance(departures, dict) else {}
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
            lines = [_item(line) for line in told.get(text.get("stop_id", ""), ())]
            better = state(TYPE, better, {"lines": lines} if lines else {})
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


def _item(line: Mapping[str, Any]) -> dict[str, Any]:
    """Return a line of a stop with its trips a day, as the sheet asks it."""
    name, direction = tidy(line["line"]), tidy(line["direction"])
    code = hashlib.sha256(f"{name}|{direction}".encode()).hexdigest()[:12]
    item: dict[str, Any] = {"_id": f"l{code}", "line": name, "direction": direction}
    item |= {f"{kind}_count": count for kind, count in line["counts"].items()}
    if line["last"] < _MIDNIGHT:
        item |= {"first_time": line["first"], "last_time": line["last"]}
    return {key: value for key, value in item.items() if value != ""}


RULE = Rule(
    id="gtfs_stops",
    words=Words(
        "GTFS の停留所として読みました。親の停留所は乗り場に合わせました。1日の本数は、平日・土曜・日曜それぞれで"
        "いちばん多い運行の日の、乗れる便の数です（便の時刻があるときだけ）",
        "read as the stops of a GTFS feed; stations are told by their poles, and trips a day, where the feed"
        " has times, are those one may get on, on the commonest weekday, Saturday and Sunday",
    ),
    type="bus_stop",
    fits=_fits,
    improve=_improve,
)
