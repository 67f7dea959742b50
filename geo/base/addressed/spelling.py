"""An address in one spelling, and what of it is the municipality, the 町丁目, the numbers (住所をそろえる)."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from geo.base.prefectures import PREFECTURES
from geo.base.text import fold_spellings, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

_POSTCODE: Final = re.compile(r"^〒?\s*\d{3}-\d{4}\s*")
# Every sign that is written for the stroke between two numbers.
_STROKE: Final = re.compile(r"(?<=\d)\s*[-‐‑‒–—―−ー─ｰ~〜]\s*(?=\d)")
_KANJI: Final = re.compile(r"[〇一二三四五六七八九十百]+(?=丁目|番|号)")
_DIGITS: Final = {sign: at for at, sign in enumerate("〇一二三四五六七八九")}
_TENS: Final = {"十": 10, "百": 100}
_COUNTY: Final = re.compile(r"^[^市区町村\d]{1,6}郡")
_CITY: Final = re.compile(r"^[^\d\s]{1,8}?市[^\d\s市]{1,5}?区|^[^\d\s]{1,7}?[市区町村]")
_NUMBERS: Final = re.compile(
    r"^(\d+)(?:(?:番地ノ?|番|号|ノ|-)(\d+))?(?:(?:番地|番|号|ノ|-)(\d+))?(?!\d)"
)
_PARTED: Final = re.compile(r"^[\s(（、,]")
# Ways to say that there is no number, or one of another kind.
_NO_NUMBER: Final = re.compile(r"^(字|地先|地内|番外|無番地|[甲乙丙丁イロハ]\d)")
_TOWN_WITH_CHOME: Final = re.compile(r"^(.+?)(\d+)丁目$")


def plain_address(text: str) -> str:
    """Return an address, or a name of a 町丁目, in one spelling (住所をそろえる).

    Numbers before 丁目, 番 and 号 are digits, strokes between numbers are ``-``, 大字 is left out
    and signs that vary are made one; it is for comparing, not for showing.

    Examples
    --------
    >>> plain_address("〒279-0004 猫実一丁目１番１号"), plain_address("霞が丘３ー１４‐２")
    ('猫実1丁目1番1号', '霞ケ丘3-14-2')
    """
    told = _POSTCODE.sub("", _STROKE.sub("-", tidy(text)))
    told = _KANJI.sub(lambda found: str(_number(found[0])), told)
    return fold_spellings(told.replace("大字", "")).strip()


def part_chome(name: str) -> tuple[str, int | None]:
    """Return a 町丁目's plain name without its 丁目, and which that is (丁目を分ける).

    Examples
    --------
    >>> part_chome(plain_address("猫実一丁目")), part_chome(plain_address("西町"))
    (('猫実', 1), ('西町', None))
    """
    found = _TOWN_WITH_CHOME.match(name)
    return (found[1], int(found[2])) if found else (name.removeprefix("字"), None)


def part_numbers(tail: str) -> tuple[int, ...]:
    """Return the numbers an address ends with, at most three; none where it has none (番号).

    Examples
    --------
    >>> part_numbers("2番3号"), part_numbers("123番地ノ4 公民館"), part_numbers("地先")
    ((2, 3), (123, 4), ())
    """
    found = _NUMBERS.match(tail)
    return tuple(int(one) for one in found.groups() if one) if found else ()


def ends_name(tail: str) -> bool:
    """Say whether a place's name may end before this: nothing, a number, a gap, no number (名の終わり)."""
    return not tail or tail[0].isdigit() or bool(_PARTED.match(tail) or _NO_NUMBER.match(tail))


def part_prefecture(told: str) -> tuple[str, str]:
    """Return the prefecture a plain address begins with, "" for none, and the rest (都道府県を分ける)."""
    found = next((one for one in PREFECTURES if told.startswith(one)), "")
    return found, told.removeprefix(found).lstrip()


def part_city(told: str, cities: Iterable[str]) -> str:
    """Return a plain address without the municipality, where it begins with one of these (市区町村をはずす).

    A ward may stand without its city.

    Examples
    --------
    >>> part_city("中央区本町1-2", ["千葉市中央区"]), part_city("市川市本町1", ["浦安市"])
    ('本町1-2', '市川市本町1')
    """
    rest = _COUNTY.sub("", told)
    for city in cities:
        ward = city[city.find("市") + 1 :] if city.endswith("区") else ""
        for name in (city, ward):
            if name and rest.startswith(name):
                return rest.removeprefix(name).lstrip()
    return told


def usual_city(addresses: Iterable[str]) -> str:
    """Return the municipality most addresses of a list begin with, "" where none is (一覧の市区町村).

    Examples
    --------
    >>> usual_city(["千葉県浦安市猫実1", "浦安市堀江2", "市川市本町1"])
    '浦安市'
    """
    named = []
    for text in addresses:
        found = _CITY.match(_COUNTY.sub("", part_prefecture(plain_address(text))[1]))
        named += [found[0]] if found else []
    if not named:
        return ""
    city, times = Counter(named).most_common(1)[0]
    return city if times * 2 > len(named) else ""


def _number(kanji: str) -> int:
    total, digit = 0, 0
    for sign in kanji:
        if sign in _TENS:
            total, digit = total + (digit or 1) * _TENS[sign], 0
        else:
            digit = digit * 10 + _DIGITS[sign]
    return total + digit
