"""停留所×路線の時刻表: Yaizu's own buses, a row a stop, line and direction, a column a trip."""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from geo.base.dates import parse_date, parse_time
from geo.base.delimited import find_column
from geo.base.problems import InputError
from geo.base.text import tidy
from geo.base.words import Words
from surveys.formats.parts.cells import parse_cell
from surveys.rules.rule import Rule, infer, read_texts, state, tell
from surveys.types.bus_stop import LINE, TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.base.problems import Problem
    from surveys.formats.raw.table import RawSheet
    from surveys.record.portable import Incoming
    from surveys.rules.rule import Improved

_TRIP: Final = re.compile(
    "(?:([A-Z])_)?(平日|土曜・日曜・祝日|土日祝|土曜|日曜・祝日|日祝)便[0-9]+"
)
_DAYS: Final[dict[str, tuple[str, ...]]] = {
    "平日": ("weekday_count",), "土曜": ("saturday_count",),
    "日曜・祝日": ("holiday_count",), "日祝": ("holiday_count",),
    "土曜・日曜・祝日": ("saturday_count", "holiday_count"),
    "土日祝": ("saturday_count", "holiday_count"),
}  # fmt: skip
_LINES: Final = ("路線名", "系統")
# A road that takes a bus each way is wider than this: nearer poles are one place to wait.
_ONE_POLE_M: Final = 5.0
_DEGREE_M: Final = 111_000.0
_BRACKET: Final = re.compile(r"[(（]([^()（）]*)[)）]$")
_WHEELCHAIR: Final = next(one for one in LINE.fields if one.id == "wheelchair")
_NO_TIME = Words("時刻として読めないので、本数に数えません", "no time; not counted as a trip")
_NO_SIGN = Words("○△×として読めません", "cannot be read as ○, △ or ×")


@dataclass(slots=True, kw_only=True)
class _Line:
    line: str
    direction: str
    times: dict[str, set[str]] = field(default_factory=dict)
    wheelchair: str = ""


def _fits(sheet: RawSheet) -> bool:
    return find_column(sheet.columns, _LINES) is not None and any(
        map(_TRIP.fullmatch, sheet.columns)
    )


def _improve(sheet: RawSheet, rows: Sequence[Incoming]) -> Improved:
    texts = read_texts(sheet)
    stops: list[tuple[Incoming, dict[tuple[str, str], _Line]]] = []
    near: dict[str, list[int]] = {}
    problems: list[Problem] = []
    for one in rows:
        lines, wrong = _read_lines(sheet, one, texts[one.row])
        problems += wrong
        key = _base(one)
        met = next(
            (at for at in near.get(key, []) if _apart_m(stops[at][0], one) <= _ONE_POLE_M), None
        )
        dated = _date(one, texts[one.row])
        if met is None or not key:
            near.setdefault(key, []).append(len(stops))
            stops.append((dated, lines))
            continue
        first, known = stops[met]
        problems.append(tell(sheet, one, "", str(one.site.answers.get("name")), _met(first)))
        stops[met] = (_join(first, one), _merge(known, lines))
    return [_finish(one, list(lines.values())) for one, lines in stops], problems


def _read_lines(
    sheet: RawSheet, one: Incoming, text: Mapping[str, str]
) -> tuple[dict[tuple[str, str], _Line], list[Problem]]:
    name = text.get(find_column(sheet.columns, _LINES) or "", "")
    out: dict[tuple[str, str], _Line] = {}
    problems: list[Problem] = []
    for column in sheet.columns:
        found = _TRIP.fullmatch(column)
        if not found:
            continue
        letter = f"{found[1]}_" if found[1] else ""
        direction = text.get(f"{letter}方面", "")
        if column not in text and not direction:
            continue
        line = out.setdefault((name, direction), _Line(line=name, direction=direction))
        for day in _DAYS[found[2]]:
            line.times.setdefault(day, set())
        if column in text:
            try:
                at = parse_time(text[column])
            except InputError:
                problems.append(tell(sheet, one, column, text[column], _NO_TIME))
                continue
            for day in _DAYS[found[2]]:
                line.times[day].add(at)
        sign = text.get(f"{letter}車椅子乗降", "")
        if sign and not line.wheelchair:
            try:
                line.wheelchair = str(parse_cell(_WHEELCHAIR, sign))
            except InputError:
                line.wheelchair = "?"
                problems.append(tell(sheet, one, f"{letter}車椅子乗降", sign, _NO_SIGN))
    return out, problems


def _merge(
    known: Mapping[tuple[str, str], _Line], more: Mapping[tuple[str, str], _Line]
) -> dict[tuple[str, str], _Line]:
    out = dict(known)
    for key, line in more.items():
        if key not in out:
            out[key] = line
            continue
        old = out[key]
        days = {*old.times, *line.times}
        times = {day: old.times.get(day, set()) | line.times.get(day, set()) for day in days}
        out[key] = replace(old, times=times, wheelchair=old.wheelchair or line.wheelchair)
    return out


def _finish(one: Incoming, lines: Sequence[_Line]) -> Incoming:
    items = [_item(line) for line in lines]
    better = state(TYPE, one, {"lines": items} if items else {})
    own = any("自主運行" in line.line or "コミュニティ" in line.line for line in lines)
    return infer(TYPE, better, {"service": "community"} if own else {})


def _item(line: _Line) -> dict[str, Any]:
    code = hashlib.sha256(f"{tidy(line.line)}|{tidy(line.direction)}".encode()).hexdigest()[:12]
    item: dict[str, Any] = {"_id": f"l{code}", "line": line.line, "direction": line.direction}
    if any(line.times.values()):
        item |= {day: len(times) for day, times in sorted(line.times.items())}
        usual = line.times.get("weekday_count") or set().union(*line.times.values())
        item |= {"first_time": min(usual), "last_time": max(usual)}
    if line.wheelchair not in ("", "?"):
        item["wheelchair"] = line.wheelchair
    return {key: value for key, value in item.items() if value != ""}


def _base(one: Incoming) -> str:
    return _BRACKET.sub("", tidy(str(one.site.answers.get("name") or ""))).strip()


def _join(first: Incoming, more: Incoming) -> Incoming:
    """Return a stop under the name that both its rows give it."""
    names = [tidy(str(one.site.answers.get("name") or "")) for one in (first, more)]
    if names[0] == names[1]:
        return first
    parts = [found[1] for name in names if (found := _BRACKET.search(name))]
    told = list(dict.fromkeys(part for whole in parts for part in whole.split("・")))
    name = f"{_base(first)}({'・'.join(told)})"
    site = replace(
        first.site,
        answers={**first.site.answers, "name": name},
        origins={**first.site.origins, "name": {"sure": "inferred"}},
    )
    return replace(first, site=site)


def _date(one: Incoming, text: Mapping[str, str]) -> Incoming:
    """Return a row as of the day it was renewed, where it says so."""
    if one.site.origin.on or "更新日時" not in text:
        return one
    try:
        day = parse_date(text["更新日時"]).isoformat()
    except InputError:
        return one
    return replace(one, site=replace(one.site, origin=replace(one.site.origin, on=day)))


def _met(first: Incoming) -> Words:
    name = first.site.answers.get("name")
    return Words(
        f"{first.row}番目の「{name}」と同じ所なので、路線を合わせました",
        f"stands where no. {first.row} ({name}) does; their lines were joined",
    )


def _apart_m(one: Incoming, other: Incoming) -> float:
    if one.site.place is None or other.site.place is None:
        return math.inf
    here, there = one.site.place.representative_point(), other.site.place.representative_point()
    east = (here.x - there.x) * math.cos(math.radians(here.y))
    return float(_DEGREE_M * math.hypot(east, here.y - there.y))


RULE = Rule(
    id="bus_timetable",
    words=Words(
        "停留所と路線の時刻表として読み、時刻の数を1日の本数としました。"
        "同じ名前で5m以内の行は、一つの停留所にまとめました（まとめた名前と乗り物の種類は推定）",
        "read as a timetable of stops and lines, with the times counted as trips a day; rows of one"
        " name within 5 m became one stop (its joined name and the service are inferred)",
    ),
    type="bus_stop",
    fits=_fits,
    improve=_improve,
)
