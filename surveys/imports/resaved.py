"""What other programs make of our exports when they save them again (保存し直したファイル)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from surveys.declaration.field import UNKNOWN

if TYPE_CHECKING:
    import shapely

# Six digits of a degree, the fewest that maps are written with: 0.11 m.
_ROUNDED: Final = 1.1e-6
_ZEROS: Final = re.compile(r"[+-]?0*([0-9]+)(?:\.([0-9]*?)0*)?")
_LONG: Final = 12  # digits: from here on a spreadsheet shows 1.23457E+11, and saves what it shows
_EXACT: Final = 15
_DAY: Final = re.compile(r"([0-9]{1,2})[-/]([0-9]{1,2})")
_DATE: Final = re.compile(r"([0-9]{1,4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})")
_TIME: Final = re.compile(r"[0-9]{1,2}:[0-9]{2}")
_BRACKETED: Final = re.compile(r"\(([0-9]+)\)")
_MONTHS: Final = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)
_TURN: Final = 30  # of two digits of a year: 29 is 2029, 30 is 1930


def is_rounded(there: shapely.Geometry | None, place: shapely.Geometry) -> bool:
    """Say whether a place is the known one with fewer digits (丸めた場所か).

    Both in degrees; within 0.11 m at every vertex, whatever the order of a ring.
    """
    if there is None or there.geom_type != place.geom_type:
        return False
    return float(there.hausdorff_distance(place)) <= _ROUNDED


def is_spoiled(known: object, told: object) -> bool:
    """Say whether a value is what another program makes of the known one (ほかのソフトで変わった値か).

    A spreadsheet that opens a CSV, Shift_JIS that has no such sign, GDAL that makes one kind of a
    column's values: of 12:30 a time, of 不明 among lists a list.

    Examples
    --------
    >>> is_spoiled("0546270000", "546270000"), is_spoiled("2-1", "2月1日"), is_spoiled("西町", "東町")
    (True, True, False)
    >>> is_spoiled("𠮷田会館", "?田会館"), is_spoiled("123456789012", "1.23457E+11")
    (True, True)
    >>> is_spoiled(["𠮷田"], ["?田"]), is_spoiled("unknown", ["不明"])
    (True, True)
    """
    return known != told and _alike(known, told)


def _alike(known: object, told: object) -> bool:
    if known == told:
        return True
    if isinstance(known, str) and isinstance(told, str):
        return told in _forms(known) or told == known.encode("cp932", "replace").decode("cp932")
    if known == UNKNOWN:
        return told in (["不明"], [UNKNOWN], [{"freq": "text", "text": "不明"}])
    if isinstance(known, list) and isinstance(told, list):
        return len(known) == len(told) and all(map(_alike, known, told))
    if isinstance(known, dict) and isinstance(told, dict):
        return known.keys() == told.keys() and all(_alike(known[key], told[key]) for key in known)
    return False


def _forms(known: str) -> set[str]:
    plain = unicodedata.normalize("NFKC", known).strip()
    out = {plain.upper()} if plain.upper() in ("TRUE", "FALSE") else set[str]()
    number = _ZEROS.fullmatch(plain)
    if number:
        whole, part = number[1], number[2] or ""
        sign = "-" if plain.startswith("-") else ""
        out.add(f"{sign}{whole}.{part}" if part else f"{sign}{whole}")
        if len(whole) >= _LONG and not part:
            mantissa, _, power = f"{float(plain):.5E}".partition("E")
            out.add(f"{mantissa.rstrip('0').rstrip('.')}E{power}")
            out.add(f"{mantissa}E{power}")
        if len(whole) > _EXACT:
            out.add(whole[:_EXACT] + "0" * (len(whole) - _EXACT))
    if bracketed := _BRACKETED.fullmatch(plain):
        out.add(f"-{int(bracketed[1])}")
    if _TIME.fullmatch(plain):
        out.add(f"{plain.zfill(5)}:00")
    return out | _dates(plain)


def _dates(plain: str) -> set[str]:
    if found := _DATE.fullmatch(plain):
        year, month, day = map(int, found.groups())
        if len(found[1]) <= 2:  # noqa: PLR2004 - two digits of a year
            year += 2000 if year < _TURN else 1900
        return {
            f"{year}/{month}/{day}",
            f"{year}/{month:02}/{day:02}",
            f"{year}-{month:02}-{day:02}",
        }
    if found := _DAY.fullmatch(plain):
        month, day = map(int, found.groups())
        if 1 <= month <= len(_MONTHS):
            name = _MONTHS[month - 1]
            return {f"{month}月{day}日", f"{day}-{name}", f"{day:02}-{name}", f"{name}-{day:02}"}
    return set()
