"""A latitude or longitude in any writing: decimals, 度分秒, packed digits (緯度・経度の書き方)."""

from __future__ import annotations

import re
from typing import Final, Literal

from geo.base.text import tidy

Axis = Literal["lat", "lon"]

_BEFORE: Final = re.compile(r"^(?:北緯|南緯|東経|西経|[NSEW](?![a-z]))[:.\s]*", re.IGNORECASE)
_AFTER: Final = re.compile(r"[\s.]*(?:[NSEW])$", re.IGNORECASE)
_MINUS: Final = re.compile(r"^(?:南緯|西経|[SW](?![a-z]))|[SW]$", re.IGNORECASE)
_PLAIN: Final = re.compile(r"[+-]?(?:\d{1,12}(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,2})?", re.IGNORECASE)
_COMMA: Final = re.compile(r"[+-]?\d{1,3},\d{1,12}")
_THOUSANDS: Final = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?")
_DEGREE: Final = r"(?:[°º˚度:]|\s?̊|o)"
# NFKC makes º an o, and ″ two primes: what a table's door has tidied is read as well.
_PARTED: Final = re.compile(
    rf"""(\d{{1,3}})\s*(?:{_DEGREE}|[-.\s])\s*(\d{{1,2}}(?:\.\d+)?)\s*
    (?:(?:['’‘′´`分:]|[-.\s])\s*(?:(\d{{1,2}}(?:\.\d+)?)\s*(?:["”“″秒]|[′'’]{{2}})?)?)?""",
    re.VERBOSE,
)
_DOTTED: Final = re.compile(r"(\d{1,3})\.(\d{1,2})\.(\d{1,2}(?:\.\d+)?)")
_ONE_DEGREE: Final = re.compile(rf"(\d{{1,3}}(?:\.\d+)?)\s*{_DEGREE}")
_SIXTY: Final = 60
# 度分秒 written as one number, DDMMSS.s, within Japan.
_PACKED: Final = {"lat": (200_000, 460_000), "lon": (1_220_000, 1_550_000)}
_MICRO: Final = {"lat": (20_000_000, 46_000_000), "lon": (122_000_000, 155_000_000)}


def parse_degrees(text: str) -> float | None:
    """Return the number of degrees a text tells, ``None`` for no such text (度を読む).

    A plain number is returned as it is, whatever it may mean; a comma is decimal unless a point
    stands there, too.

    Examples
    --------
    >>> parse_degrees("35.681236"), parse_degrees("35,681236"), parse_degrees("北緯35.5度")
    (35.681236, 35.681236, 35.5)
    >>> [round(parse_degrees(one), 4) for one in ("35°41′22″", "35度41分22秒", "35-41-22.0", "N35.41.22.0")]
    [35.6894, 35.6894, 35.6894, 35.6894]
    >>> parse_degrees("35°41.5′"), parse_degrees("35°61′00″"), parse_degrees("不明")
    (35.69166666666667, None, None)
    """
    value = tidy(text)
    sign = -1.0 if _MINUS.search(value) else 1.0
    value = _AFTER.sub("", _BEFORE.sub("", value)).strip()
    if _PLAIN.fullmatch(value.replace(" ", "")) and not re.search(r"\d \d", value):
        return sign * float(value.replace(" ", ""))
    if _COMMA.fullmatch(value):
        return sign * float(value.replace(",", "."))
    if found := _ONE_DEGREE.fullmatch(value):
        return sign * float(found[1])
    if found := _DOTTED.fullmatch(value) or _PARTED.fullmatch(value):
        degrees, minutes, seconds = float(found[1]), float(found[2]), float(found[3] or 0)
        if minutes < _SIXTY and seconds < _SIXTY:
            return sign * (degrees + minutes / 60 + seconds / 3600)
        return None
    return sign * float(value.replace(",", "")) if _THOUSANDS.fullmatch(value) else None


def count_decimals(text: str) -> int | None:
    """Return how many decimals a plain number of degrees has, ``None`` of any other text (小数の桁).

    Examples
    --------
    >>> count_decimals("35.68"), count_decimals("139"), count_decimals("35°41′")
    (2, 0, None)
    """
    value = tidy(text).replace(" ", "").replace(",", ".")
    if not _PLAIN.fullmatch(value) or "e" in value.casefold():
        return None
    return len(value.partition(".")[2])


def unpack_degrees(value: float, axis: Axis) -> float | None:
    """Return degrees of a number that packs 度分秒, or counts millionths, ``None`` of any other (詰めた度分秒).

    Examples
    --------
    >>> round(unpack_degrees(354122.1, "lat"), 6), unpack_degrees(35681236, "lat")
    (35.689472, 35.681236)
    >>> unpack_degrees(356122.1, "lat") is None  # 61 minutes
    True
    """
    low, high = _MICRO[axis]
    if low <= value <= high:
        return value / 1e6
    low, high = _PACKED[axis]
    if not low <= value <= high:
        return None
    whole, seconds = int(value // 100), value % 100
    degrees, minutes = divmod(whole, 100)
    if minutes >= _SIXTY or seconds >= _SIXTY:
        return None
    return degrees + minutes / 60 + seconds / 3600
