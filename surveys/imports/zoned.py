"""Metres without a zone in a file: what the town says of it, and what somebody said (系のない座標)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.base.located.asked_zone import (
    find_unzoned,
    fit_zones,
    metres_of,
    read_in_zone,
    say_fits,
)
from geo.base.problems import InputError, Problem
from geo.base.shifted import notice_shift
from geo.base.words import Words
from surveys.rules.rule import read_texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import shapely

    from geo.base.located.asked_zone import ZoneFit
    from surveys.formats.raw.shapefile import NoZoneError
    from surveys.formats.raw.table import RawFile, RawSheet
    from surveys.record.portable import Incoming

_NOT_USED: Final = Words(
    "系の要る座標がないので、--zone は使えません。はずしてください",
    "holds no metres whose zone is not told; leave --zone out",
)


class ZoneAskedError(InputError):
    """Metres whose zone nothing tells, in a file that cannot be read without it (系を聞く).

    Attributes
    ----------
    fits
        The zones by which most points lie in the town.
    """

    def __init__(self, words: Words, fits: Sequence[ZoneFit]) -> None:
        super().__init__(words)
        self.fits = tuple(fits)


_LAT: Final = "緯度"
_LON: Final = "経度"


def put_in_zone(raw: RawFile, zone: int, border: shapely.Geometry | None) -> RawFile:
    """Return a file whose columns of metres are degrees, by the zone somebody said (言われた系で度にする).

    Parameters
    ----------
    border
        The town in degrees: which axis is north where the headings do not say it.

    Raises
    ------
    InputError
        No table of it needs a zone, or it is not told which axis is north.
    """
    out: list[RawSheet] = []
    told: list[Problem] = []
    for sheet in raw.sheets:
        rows = _texts(sheet)
        heads = find_unzoned(sheet.columns, rows)
        if heads is None:  # of a shapefile too, which was moved as it was read
            out.append(sheet)
            continue
        places, said = read_in_zone(heads, rows, zone, border)
        x, y = (sheet.columns.index(one) for one in (heads.north[0], heads.east[0]))
        names = [
            _LAT if at == x else _LON if at == y else one for at, one in enumerate(sheet.columns)
        ]
        moved = []
        for row, place in zip(sheet.rows, places, strict=True):
            cells = list(row.cells)
            cells[x], cells[y] = (None, None) if place is None else (place[1], place[0])
            moved.append(replace(row, cells=tuple(cells)))
        out.append(replace(sheet, columns=tuple(names), rows=tuple(moved)))
        column = f"{heads.north[0]}・{heads.east[0]}"
        told.append(Problem(file=raw.name, row=None, column=column, value="", reason=said))
    shapes = any(row.geometry is not None for sheet in raw.sheets for row in sheet.rows)
    if not told and not shapes:
        raise InputError(Words(f"{raw.name}: {_NOT_USED.ja}", f"{raw.name}: {_NOT_USED.en}"))
    return replace(raw, sheets=tuple(out), mended=(*raw.mended, *told))


def ask_zones(
    raw: RawFile, border: shapely.Geometry | None
) -> tuple[list[Problem], tuple[ZoneFit, ...]]:
    """Return for each table of metres without a zone which zones the town speaks for, and those (系を聞く)."""
    out: list[Problem] = []
    fitting: list[ZoneFit] = []
    for sheet in raw.sheets if border is not None else ():
        rows = _texts(sheet)
        heads = find_unzoned(sheet.columns, rows)
        if heads is not None and border is not None:
            fits = fit_zones(*metres_of(heads, rows), border)
            fitting += [one for one in fits if one.zone not in [held.zone for held in fitting]]
            said = say_fits(fits)
            column = f"{heads.north[0]}・{heads.east[0]}"
            out.append(Problem(file=raw.name, row=None, column=column, value="", reason=said))
    return out, tuple(fitting)


def say_zones_of(error: NoZoneError, border: shapely.Geometry | None) -> InputError:
    """Return the refusal of a shapefile without a zone, with what the town says of it (系を聞く断り)."""
    if border is None:
        return error
    x, y = ([point[at] for point in error.points] for at in (0, 1))
    fits = [one for one in fit_zones(x, y, border) if not one.x_is_north]
    said = say_fits(fits)
    words = Words(f"{error.words.ja} {said.ja}", f"{error.words.en} {said.en}")
    return ZoneAskedError(words, fits)


def notice_datum(
    rows: Sequence[Incoming], border: shapely.Geometry | None, file: str
) -> list[Problem]:
    """Return the warning that places fit the town better in the old datum, none where they do not (測地系のずれ)."""
    points = [one.site.place.representative_point() for one in rows if one.site.place is not None]
    if border is None or not points:
        return []
    lon, lat = (np.array([getattr(one, axis) for one in points]) for axis in ("x", "y"))
    words = notice_shift(lon, lat, border)
    return (
        [] if words is None else [Problem(file=file, row=None, column="", value="", reason=words)]
    )


def _texts(sheet: RawSheet) -> list[Mapping[str, str]]:
    if any(row.geometry is not None for row in sheet.rows):
        return []
    texts = read_texts(sheet)
    return [texts.get(row.number, {}) for row in sheet.rows]
