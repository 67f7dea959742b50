"""Which municipality a row of a file is of, and choosing one of several (市区町村をえらぶ)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from geo.base.text import tidy
from geo.base.words import Words
from geo.sources.tabular import column_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# 国土数値情報 N03: 001 prefecture, 003 county or designated city, 004 municipality or ward,
# 005 ward (since 2023), 007 code. e-Stat: CITY_NAME, CITYNAME, and the code at KEY_CODE's head.
CODES: Final = (
    "N03_007", "市区町村コード", "市町村コード", "全国地方公共団体コード", "地方公共団体コード", "行政区域コード",
    "city_code", "citycode", "JISCODE", "jis_code",
)  # fmt: skip
NAMES: Final = (
    "N03_004", "CITY_NAME", "CITYNAME", "市区町村名", "市町村名", "地方公共団体名", "市区町村", "市町村", "自治体名",
    "city_name",
)  # fmt: skip
_CITY_OF_WARDS: Final = "N03_003"
_UNSETTLED: Final = "所属未定地"
_SHOWN: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """A municipality as a file tells it (市区町村). Either part may be ""."""

    code: str
    name: str

    def say(self) -> str:
        """Return name and code (名前とコード)."""
        return f"{self.name}（{self.code}）" if self.name and self.code else self.name or self.code


def split_choice(text: str) -> tuple[str, str]:
    """Return file and choice of ``FILE[:CODE or NAME]`` (ファイルとえらぶ市区町村).

    Examples
    --------
    >>> split_choice("n03.geojson:12227"), split_choice("C:/a/n03.shp"), split_choice("a.gpkg:浦安市")
    (('n03.geojson', '12227'), ('C:/a/n03.shp', ''), ('a.gpkg', '浦安市'))
    """
    found = re.fullmatch(r"((?:[A-Za-z]:(?=[\\/]))?[^:]+):([^:/\\]+)", text)
    return (found[1], found[2].strip()) if found else (text, "")


def read_municipalities(
    columns: Sequence[str], cells: Callable[[str], Sequence[object]]
) -> list[Municipality] | None:
    """Return the municipality of each row, ``None`` where no column tells one (行の市区町村).

    The wards of a designated city have codes of their own and the city's name.

    Parameters
    ----------
    cells
        The values of a column.
    """
    by_key = {column_key(column): column for column in reversed(columns)}
    code, name = (
        next((by_key[key] for key in map(column_key, known) if key in by_key), None)
        for known in (CODES, NAMES)
    )
    if code is None and name is None:
        return None
    codes = [] if code is None else [_code(value) for value in cells(code)]
    names = [] if name is None else [_text(value) for value in cells(name)]
    county = by_key.get(column_key(_CITY_OF_WARDS))
    if county is not None and names:
        over = [_text(value) for value in cells(county)]
        names = [
            city if city.endswith("市") else one for city, one in zip(over, names, strict=True)
        ]
    count = len(codes) or len(names)
    return [
        Municipality(code=codes[at] if codes else "", name=names[at] if names else "")
        for at in range(count)
    ]


def choose_rows(
    found: Sequence[Municipality], choice: str, *, file: str, option: str
) -> list[bool] | None:
    """Return which rows are of the municipality asked for, ``None`` for all (えらんだ行).

    Parameters
    ----------
    choice
        A code (with or without its check digit) or a name; "" where nobody chose.
    option
        What the file was given with, for the sentence that asks.

    Raises
    ------
    InputError
        Several are there and none is chosen, the choice is none of them, or a name is that of
        several.
    """
    real = [one for one in found if one.say() and _UNSETTLED not in one.name]
    if choice:
        return _pick(found, real, tidy(choice), file, option)
    cities = {one.name or one.code for one in real}
    codes = {one.code[:2] for one in real if one.code}
    if len(cities) < 2 and len(codes) < 2:  # noqa: PLR2004 - one city, in one prefecture
        return None
    raise InputError(
        Words(
            f"ファイル {file} には{len(cities)}の市区町村が入っています。どれかを {option} {file}:{_example(real)} の"
            f"ように選んでください。あるもの: {_listed(real)}",
            f"{file} holds {len(cities)} municipalities; choose one as in {option} "
            f"{file}:{_example(real)}. There are: {_listed(real)}",
        )
    )


def _pick(
    found: Sequence[Municipality],
    real: Sequence[Municipality],
    choice: str,
    file: str,
    option: str,
) -> list[bool]:
    wanted = _code(choice) if choice.isdecimal() else choice
    rows = [bool(one.say()) and wanted in (one.code, one.name) for one in found]
    if not any(rows):
        raise InputError(
            Words(
                f"ファイル {file} に市区町村「{choice}」がありません（{option}）。あるもの: {_listed(real)}",
                f"{file} holds no municipality {choice!r} ({option}); there are: {_listed(real)}",
            )
        )
    heads = {one.code[:2] for one, some in zip(found, rows, strict=True) if some and one.code}
    if len(heads) > 1:
        named = [one for one, some in zip(found, rows, strict=True) if some]
        raise InputError(
            Words(
                f"ファイル {file} に「{choice}」が二つ以上あります。コードで選んでください: {_listed(named)}",
                f"{file} holds several called {choice!r}; choose by code: {_listed(named)}",
            )
        )
    return rows


def _example(real: Sequence[Municipality]) -> str:
    return real[0].code or real[0].name


def _listed(real: Sequence[Municipality]) -> str:
    known = list(dict.fromkeys(one.say() for one in real))
    return "、".join(known[:_SHOWN]) + (" …" if len(known) > _SHOWN else "") or "なし"


def _text(value: object) -> str:
    text = tidy(str(value)) if value is not None and value == value else ""  # noqa: PLR0124 - NaN
    return "" if text in ("None", "nan", "<NA>") else text


def _code(value: object) -> str:
    """Return a municipality's five digits, whatever was lost or added."""
    text = _text(value).removesuffix(".0")
    if not text.isdecimal():
        return ""
    return text[:5] if len(text) == 6 else text.zfill(5)  # noqa: PLR2004 - with its check digit
