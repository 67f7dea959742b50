"""公衆トイレの一覧: the standard data set of old and new, and Takamatsu's, with hours 00:00–24:00."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.delimited import find_column
from geo.base.words import Words
from surveys.rules.rule import Rule, infer
from surveys.types.toilet import TYPE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surveys.formats.raw.table import RawSheet
    from surveys.record.portable import Incoming
    from surveys.rules.rule import Improved

_ALL_DAY: Final = ("00:00", ("24:00", "23:59"))
_HOURS: Final = ("利用開始時間", "startTime")


def _fits(sheet: RawSheet) -> bool:
    return find_column(sheet.columns, _HOURS) is not None


def _improve(_sheet: RawSheet, rows: Sequence[Incoming]) -> Improved:
    return [_all_day(one) for one in rows], []


def _all_day(one: Incoming) -> Incoming:
    start, ends = _ALL_DAY
    hours = one.site.answers
    open_all = hours.get("open_at") == start and hours.get("close_at") in ends
    return infer(TYPE, one, {"all_day": "yes"} if open_all else {})


RULE = Rule(
    id="toilet_list",
    words=Words(
        "0時から24時まで開いているトイレを「24時間使える」としました（推定）",
        "toilets open from 0:00 to 24:00 are open all day (inferred)",
    ),
    type="toilet",
    fits=_fits,
    improve=_improve,
)
