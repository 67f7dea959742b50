"""The list of all municipalities with codes, kana and their offices' positions (市区町村の一覧)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from geo.base.text import tidy

_ROOM: Final = Path(__file__).parent
MUNICIPALITIES: Final = _ROOM / "municipalities.tsv"
WARDS: Final = _ROOM / "wards.tsv"
LISTED_ON: Final = date(2026, 7, 9)
"""The day the list is of. `docs/make_municipalities.py` makes it anew."""
_WEIGHTS: Final = (6, 5, 4, 3, 2)  # 全国地方公共団体コード: the check digit (総務省)
_DIGITS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Ward:
    """A ward of a designated city (政令指定都市の区).

    Attributes
    ----------
    code
        Five digits.
    kana
        Hiragana.
    """

    code: str
    name: str
    kana: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A municipality as the list has it: a city, town or village, or a ward of Tokyo (市区町村).

    Attributes
    ----------
    code
        Five digits of 全国地方公共団体コード.
    prefecture, name
        Their full names; towns without their 郡.
    kana
        Of the name, hiragana.
    office_latitude, office_longitude
        Where its office stands, degrees (JGD2011), to about ten metres.
    wards
        Of a designated city, by code; else none.
    """

    code: str
    prefecture: str
    name: str
    kana: str
    office_latitude: float
    office_longitude: float
    wards: tuple[Ward, ...] = ()

    @property
    def number(self) -> str:
        """The prefecture's number, two digits (都道府県番号)."""
        return self.code[:2]

    @property
    def six_digits(self) -> str:
        """The code with its check digit, as open data writes it (6けたのコード)."""
        return self.code + check_digit(self.code)

    @property
    def full_name(self) -> str:
        """The name with its prefecture, which no two have alike (都道府県からの名前)."""
        return self.prefecture + self.name


def check_digit(code: str) -> str:
    """Return the sixth digit of a five-digit code (検査数字).

    Examples
    --------
    >>> check_digit("12227"), check_digit("01100")
    ('1', '2')
    """
    weighed = sum(int(digit) * weight for digit, weight in zip(code, _WEIGHTS, strict=True))
    return str((11 - weighed % 11) % 10)


@cache
def listed() -> tuple[Listed, ...]:
    """Return all municipalities by code, as of `LISTED_ON` (すべての市区町村).

    The wards of the designated cities are not listed: each city holds its own.
    """
    wards: dict[str, list[Ward]] = {}
    for code, city, name, kana in _rows(WARDS):
        wards.setdefault(city, []).append(Ward(code=code, name=name, kana=kana))
    return tuple(
        Listed(
            code=code, prefecture=prefecture, name=name, kana=kana,
            office_latitude=float(north), office_longitude=float(east),
            wards=tuple(wards.get(code, ())),
        )
        for code, prefecture, name, kana, north, east in _rows(MUNICIPALITIES)
    )  # fmt: skip


def municipality_of(code: str) -> Listed | None:
    """Return the municipality of a code, ``None`` where there is none (コードの市区町村).

    Parameters
    ----------
    code
        Five digits, or six whose check digit is right; also a ward's of a designated city, which
        tells the city.

    Examples
    --------
    >>> [municipality_of(code).full_name for code in ("12227", "122271", "１２１０１")]
    ['千葉県浦安市', '千葉県浦安市', '千葉県千葉市']
    >>> municipality_of("122272"), municipality_of("浦安市")
    (None, None)
    """
    plain = tidy(code)
    if not plain.isascii() or not plain.isdecimal() or len(plain) not in (_DIGITS, _DIGITS + 1):
        return None
    known = _by_code().get(plain[:_DIGITS])
    return known if plain[_DIGITS:] in ("", check_digit(plain[:_DIGITS])) else None


@cache
def _by_code() -> dict[str, Listed]:
    found = {one.code: one for one in listed()}
    return found | {ward.code: one for one in listed() for ward in one.wards}


def _rows(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")][1:]
