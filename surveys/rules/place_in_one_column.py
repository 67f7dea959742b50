"""場所がふつうの緯度・経度の列でない表: one column, other tools' headings, metres of a zone, the old datum."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import shapely

from geo.base.delimited import find_column
from geo.base.located.rows import read_places
from geo.base.problems import InputError, Problem
from geo.base.tokyo import SWAPPED
from geo.base.words import Words
from surveys.formats.raw.table import check_degrees
from surveys.record.history import PLACE
from surveys.record.placed import write_gps
from surveys.rules.rule import Rule, read_texts, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.located.rows import Places, Spot
    from surveys.formats.raw.table import RawSheet
    from surveys.record.portable import Incoming
    from surveys.rules.rule import Improved

_KNOWN: Final = (
    ("緯度", "latitude", "lat", "北緯", "y"),
    ("経度", "longitude", "lon", "lng", "東経", "x"),
)
_NO_PLACE: Final = Words(
    "緯度・経度として読めません。「34.34,134.03」のように書いてください",
    "cannot be read as latitude and longitude; write 34.34,134.03",
)


def _find(sheet: RawSheet) -> Places | None:
    if any(row.geometry is not None for row in sheet.rows):
        return None
    texts = read_texts(sheet)
    return read_places(sheet.columns, [texts.get(row.number, {}) for row in sheet.rows])


def _fits(sheet: RawSheet) -> bool:
    try:
        places = _find(sheet)
    except InputError:
        return True
    if places is None or SWAPPED in places.told:
        return False  # exchanged columns are named row by row
    known = all(find_column(places.heads.used, names) for names in _KNOWN)
    return not known or bool(places.told)


def _improve(sheet: RawSheet, rows: Sequence[Incoming]) -> Improved:
    try:
        places = _find(sheet)
    except InputError as error:
        return list(rows), [_of_sheet(sheet, error.words)]
    if places is None:
        return list(rows), []
    texts = read_texts(sheet)
    spots = {row.number: spot for row, spot in zip(sheet.rows, places.spots, strict=True)}
    column = places.heads.north[0]
    out, problems = [], [_of_sheet(sheet, words) for words in places.told]
    for one in rows:
        spot = spots.get(one.row)
        text = texts.get(one.row, {}).get(column, "")
        if spot is None or not text:
            out.append(one)
            continue
        wrong = _fault(spot)
        if wrong is None:
            out.append(_put(one, spot))
            continue
        told = any(problem.column in places.heads.used for problem in one.problems)
        problems += [] if told else [tell(sheet, one, column, text, wrong)]
        out.append(one)
    return out, problems


def _fault(spot: Spot) -> Words | None:
    if spot.lon is None or spot.lat is None:
        return _NO_PLACE
    return check_degrees((spot.lon, spot.lat, spot.lon, spot.lat))


def _put(one: Incoming, spot: Spot) -> Incoming:
    place = one.site.place
    # A shape in a cell was taken before, as far as the type takes one.
    if spot.shape is None or place is None:
        point = shapely.Point(round(spot.lon or 0.0, 7), round(spot.lat or 0.0, 7))
        place = point if place is None or place.distance(point) > 0 else place
    note = write_gps(spot.accuracy_m) if spot.accuracy_m else ""
    site = replace(one.site, place=place)
    return replace(one, site=site, given=one.given | {PLACE}, place_note=note)


def _of_sheet(sheet: RawSheet, reason: Words) -> Problem:
    return Problem(file=sheet.name, row=None, column="", value="", reason=reason)


RULE = Rule(
    id="place_in_one_column",
    words=Words(
        "場所の列の書き方（一つの列の「緯度,経度」、調査の道具の列、平面直角座標系、測地系など）を読み取りました",
        "how the columns of the place are written (one column, those of survey tools, metres of a "
        "zone, the datum) was understood",
    ),
    type="",
    fits=_fits,
    improve=_improve,
)
