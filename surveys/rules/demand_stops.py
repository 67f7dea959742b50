"""デマンドの乗降場所: Yaizu's booked taxis, a column a trip with its window and booking deadline."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from geo.base.dates import parse_time, parse_window
from geo.base.delimited import find_column
from geo.base.problems import InputError
from geo.base.text import tidy
from geo.base.words import Words
from surveys.rules.rule import Rule, infer, read_texts, state, tell
from surveys.types.bus_stop import TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.base.problems import Problem
    from surveys.formats.raw.table import RawSheet
    from surveys.record.portable import Incoming
    from surveys.rules.rule import Improved

_TRIP: Final = re.compile("(?:(方面_[0-9]+)_)?([0-9]+)便")
_SPAN: Final = re.compile("[~〜～]|から")
_YES: Final = frozenset({"あり", "有", "○", "〇", "運行"})
_NO: Final = frozenset({"なし", "無", "×", "-", "運休"})
_CODE: Final = re.compile(r"[(（]([A-Z]+-?[0-9]+)[)）]")
_WEEKDAYS: Final = [0, 1, 2, 3, 4]
_SATURDAY: Final = 5
# What a shapefile whose number column held 乗降場所 or 指定施設 spilt into the names' column.
_SPILT: Final = {"場所": "demand", "施設": "designated"}
_NO_TIME = Words(
    "時刻として読めないので、本数に数えません。「8:10～8:20」のように書いてください",
    "no time, and not counted as a trip; write it like 8:10～8:20",
)
_NO_SATURDAY = Words("あり・なしとして読めません", "cannot be read as yes or no")
_NAME_MENDED = Words(
    "名前の前に別の列の文字がまぎれているようなので、のぞきました",
    "text of another column seems to stand before the name; it was taken off",
)


def _fits(sheet: RawSheet) -> bool:
    heads = [found for found in map(_TRIP.fullmatch, sheet.columns) if found]
    return bool(heads) and all((found[1] or "方面") in sheet.columns for found in heads)


def _improve(sheet: RawSheet, rows: Sequence[Incoming]) -> Improved:
    texts = read_texts(sheet)
    spilt = _find_spilt(rows)
    column = find_column(sheet.columns, ("名称", "乗降場所名")) or ""
    out, problems = [], []
    for one in rows:
        better, wrong = _read(sheet, one, texts[one.row])
        problems += wrong
        if spilt:
            name = str(one.site.answers["name"])
            problems.append(tell(sheet, one, column, name, _NAME_MENDED))
            better = _mend(better, name, spilt)
        answers: dict[str, Any] = {"service": "demand"}
        code = _CODE.match(tidy(str(better.site.answers.get("name") or "")))
        out.append(infer(TYPE, better, answers | ({"code": code[1]} if code else {})))
    return out, problems


def _read(
    sheet: RawSheet, one: Incoming, text: Mapping[str, str]
) -> tuple[Incoming, list[Problem]]:
    groups: dict[str, list[str]] = {}
    for column in sheet.columns:
        found = _TRIP.fullmatch(column)
        if found:
            groups.setdefault(found[1] or "", []).append(found[2])
    items: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for group, trips in groups.items():
        item, wrong = _line(sheet, one, text, group, trips)
        problems += wrong
        items += [item] if len(item) > 1 else []
    found_any = any("deadline" in item for item in items)
    better = state(TYPE, one, {"lines": items} if items else {})
    taken = {
        f"lines/{item['_id']}/{key}": {"sure": "inferred"}
        for item in items
        for key in ("schedule", "weekday_count")
        if key in item
    }
    if taken and better is not one:
        site = replace(better.site, origins={**better.site.origins, **taken})
        better = replace(better, site=site)
    booked = found_any or any("予約" in column for column in text)
    return infer(TYPE, better, {"booking": "yes"} if booked else {}), problems


def _line(
    sheet: RawSheet, one: Incoming, text: Mapping[str, str], group: str, trips: Sequence[str]
) -> tuple[dict[str, Any], list[Problem]]:
    head = f"{group}_" if group else ""
    direction = text.get(group or "方面", "")
    code = hashlib.sha256(tidy(direction or group).encode()).hexdigest()[:12]
    item: dict[str, Any] = {"_id": f"d{code}"}
    problems: list[Problem] = []
    starts, saturdays, windows = [], [], []
    for trip in trips:
        column = f"{head}{trip}便"
        if column not in text:
            continue
        try:
            start, end = _times(text[column])
        except InputError:
            problems.append(tell(sheet, one, column, text[column], _NO_TIME))
            continue
        starts.append(start)
        said = text.get(f"{column}_土曜日運行", "")
        if said in _YES:
            saturdays.append(start)
        elif said and said not in _NO:
            problems.append(tell(sheet, one, f"{column}_土曜日運行", said, _NO_SATURDAY))
        if end:
            days = [*_WEEKDAYS, _SATURDAY] if said in _YES else _WEEKDAYS
            windows.append({"freq": "weekly", "weekdays": days, "start": start, "end": end})
    item |= {"direction": direction} if direction else {}
    if starts:
        item |= {"weekday_count": len(starts), "first_time": min(starts), "last_time": max(starts)}
        if any(f"{head}{trip}便_土曜日運行" in text for trip in trips):
            item["saturday_count"] = len(saturdays)
    item |= {"schedule": windows} if windows else {}
    deadline = _deadline(text, head, trips)
    return item | ({"deadline": deadline} if deadline else {}), problems


def _times(text: str) -> tuple[str, str]:
    return parse_window(text) if _SPAN.search(text) else (parse_time(text), "")


def _deadline(text: Mapping[str, str], head: str, trips: Sequence[str]) -> str:
    said = {
        trip: text[column]
        for trip in trips
        if (column := f"{head}予約締め切り時間_{trip}便") in text
    }
    if len(set(said.values())) == 1:
        return next(iter(said.values()))
    return "、".join(f"{trip}便 {until}" for trip, until in said.items())


def _find_spilt(rows: Sequence[Incoming]) -> str:
    """Return what stands by mistake before every name, "" for nothing."""
    names = [str(one.site.answers.get("name") or "") for one in rows]
    for word in _SPILT:
        if len(names) > 1 and all(name.startswith(word) and "デマンド" in name for name in names):
            return word
    return ""


def _mend(one: Incoming, name: str, spilt: str) -> Incoming:
    site = replace(
        one.site,
        answers={**one.site.answers, "name": name.removeprefix(spilt)},
        origins={**one.site.origins, "name": {"sure": "inferred"}},
    )
    return infer(TYPE, replace(one, site=site), {"service": _SPILT[spilt]})


RULE = Rule(
    id="demand_stops",
    words=Words(
        "予約して乗る便の乗降場所として読み、方面ごとに便の数・時間帯・予約の締切をまとめました。"
        "便は平日に走るものとしました。種類・予約・番号・平日の本数・時間帯は推定です",
        "read as boarding places of booked trips, with trips, windows and deadlines by direction;"
        " trips are taken to run on weekdays (service, booking, code, weekday counts and windows are inferred)",
    ),
    type="bus_stop",
    fits=_fits,
    improve=_improve,
)
