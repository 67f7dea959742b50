"""緯度と経度が一つの列にある表: Takamatsu's first layout, ``location`` = ``34.34,134.03``."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import shapely

from geo.base.delimited import find_column
from geo.base.words import Words
from surveys.formats.raw.table import check_degrees
from surveys.record.history import PLACE
from surveys.rules.rule import Rule, read_texts, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surveys.formats.raw.table import RawSheet
    from surveys.record.portable import Incoming
    from surveys.rules.rule import Improved

_BOTH: Final = ("location", "位置", "座標", "緯度経度", "緯度・経度", "緯度,経度")
_EACH: Final = ("緯度", "latitude", "lat", "経度", "longitude", "lon", "wkt")
_PAIR: Final = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)(?:\s*[,、]\s*|\s+)(-?[0-9]+(?:\.[0-9]+)?)")
_NO_PAIR = Words(
    "緯度・経度として読めません。「34.34,134.03」のように書いてください",
    "cannot be read as latitude and longitude; write 34.34,134.03",
)


def _fits(sheet: RawSheet) -> bool:
    return find_column(sheet.columns, _BOTH) is not None and not find_column(sheet.columns, _EACH)


def _improve(sheet: RawSheet, rows: Sequence[Incoming]) -> Improved:
    column = find_column(sheet.columns, _BOTH) or ""
    texts = read_texts(sheet)
    out, problems = [], []
    for one in rows:
        text = texts[one.row].get(column, "")
        found = _PAIR.fullmatch(text)
        if one.site.place is not None or not text:
            out.append(one)
            continue
        wrong: Words | None = _NO_PAIR
        if found:
            lat, lon = float(found[1]), float(found[2])
            wrong = check_degrees((lon, lat, lon, lat))
        if wrong is not None:
            problems.append(tell(sheet, one, column, text, wrong))
            out.append(one)
            continue
        site = replace(one.site, place=shapely.Point(lon, lat))
        out.append(replace(one, site=site, given=one.given | {PLACE}))
    return out, problems


RULE = Rule(
    id="place_in_one_column",
    words=Words(
        "一つの列にある「緯度,経度」を、場所として読みました",
        "latitude and longitude in one column were read as the place",
    ),
    type="",
    fits=_fits,
    improve=_improve,
)
