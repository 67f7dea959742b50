"""Which municipality a row of a file is of, and choosing one of several (市区町村を選ぶ)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.base.municipal.listed import municipality_of
from geo.base.prefectures import PREFECTURES
from geo.base.problems import InputError
from geo.base.text import tidy
from geo.base.words import Words
from geo.sources.cities import city_of_ward, code_of_city, split_ward
from geo.sources.tabular import column_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# 国土数値情報 N03: 001 prefecture, 003 county or designated city, 004 municipality or ward,
# 005 ward (since 2024), 007 code; A27 and A32, areas of schools: 001 code. e-Stat: CITY_NAME,
# before 2020 GST_NAME (city or county) with CSS_NAME (town or ward), the code heads KEY_CODE.
CODES: Final = (
    "N03_007", "市区町村コード", "市町村コード", "全国地方公共団体コード", "地方公共団体コード", "行政区域コード",
    "city_code", "citycode", "JISCODE", "jis_code",
)  # fmt: skip
NAMES: Final = (
    "N03_004", "CITY_NAME", "CITYNAME", "市区町村名", "市町村名", "地方公共団体名", "市区町村", "市町村", "自治体名",
    "city_name", "CSS_NAME",
)  # fmt: skip
_OVER: Final = ("N03_003", "GST_NAME")
_WARDS: Final = ("N03_005",)
_OF_MAPS: Final = ("A27_001", "A27_005", "A32_001", "A32_005")
_HEADED: Final = "KEY_CODE"
_WHOLE_NAMES: Final = ("name", "名称", "名前")  # 千葉県千葉市中央区, as some give N03
_UNSETTLED: Final = "所属未定地"
_SHOWN: Final = 60
_KEYED: Final = re.compile(r"[0-9]{7,12}")
_FULL: Final = re.compile(rf"(?:{'|'.join(PREFECTURES)})(?:.{{1,6}}郡)?(.{{1,12}}[市区町村])")
_OF_PREFECTURE: Final = "000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """A municipality as a file tells it (市区町村). Any part may be "".

    Attributes
    ----------
    code
        Five digits: of a ward of a designated city the ward's own.
    name
        Of a ward the city's.
    ward
        The ward of a designated city.
    """

    code: str
    name: str
    ward: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """What it may be asked for by (よび名)."""
        cities = (city_of_ward(self.code), code_of_city(self.name))
        whole = (self.code, *cities, self.name, self.ward, self.name + self.ward)
        return tuple(dict.fromkeys(filter(None, whole)))

    @property
    def city(self) -> str:
        """The city, of a ward its city, by name or else by code (市)."""
        return self.name or city_of_ward(self.code) or self.code

    def say(self) -> str:
        """Return name and code (名前とコード)."""
        name = self.name + self.ward
        return f"{name}（{self.code}）" if name and self.code else name or self.code


def split_choice(text: str) -> tuple[str, str]:
    """Return file and choice of ``FILE[:CODE or NAME]`` (ファイルと選ぶ市区町村).

    Examples
    --------
    >>> split_choice("n03.geojson:12227"), split_choice("C:/a/n03.shp"), split_choice("a.gpkg:浦安市")
    (('n03.geojson', '12227'), ('C:/a/n03.shp', ''), ('a.gpkg', '浦安市'))
    """
    found = re.fullmatch(r"((?:[A-Za-z]:(?=[\\/]))?[^:]+):([^:/\\]+)", text)
    return (found[1], found[2].strip()) if found else (text, "")


def read_municipalities(
    columns: Sequence[str], cells: Callable[[str], Sequence[object]], *, of_map: bool = False
) -> list[Municipality] | None:
    """Return the municipality of each row, ``None`` where no column tells one (行の市区町村).

    The wards of a designated city have codes of their own and the city's name.

    Parameters
    ----------
    cells
        The values of a column.
    of_map
        Whether the rows are shapes: then the key of a small area and the columns of 国土数値情報's
        areas of schools tell it, too, and a name with its prefecture.
    """
    by_key = {column_key(column): column for column in reversed(columns)}

    def column(known: Sequence[str]) -> list[str] | None:
        found = next((by_key[key] for key in map(column_key, known) if key in by_key), None)
        return None if found is None else [_text(value) for value in cells(found)]

    raw, names = column(CODES), column(NAMES)
    codes = None if raw is None else [_code(text) for text in raw]
    if codes is None and of_map:
        codes = _codes_of_map(column)
    if names is None and codes is None and of_map:
        names = _whole_names(column)
    over = column(_OVER)
    if names is None and codes is None and over is None:
        return None
    count = len(codes or names or over or [])
    blank = [""] * count
    parts = zip(codes or blank, names or blank, over or blank, column(_WARDS) or blank, strict=True)
    return [_municipality(*one) for one in parts]


def choose_rows(
    found: Sequence[Municipality], choice: str, *, file: str, option: str
) -> list[bool] | None:
    """Return which rows are of the municipality asked for, ``None`` for all (選んだ行).

    Parameters
    ----------
    choice
        A code (with or without its check digit; of a designated city's, or of a ward's) or a
        name, with its prefecture or without; "" where nobody chose.
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
    cities = {one.city for one in real}
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


def whole_city(found: Sequence[Municipality]) -> Municipality | None:
    """Return the one municipality that some rows are of, its wards as one (一つの市区町村).

    Examples
    --------
    >>> wards = [Municipality(code=f"2210{n}", name="静岡市", ward=w) for n, w in ((1, "葵区"), (2, "駿河区"))]
    >>> whole_city(wards).say(), whole_city(wards[:1]).say(), whole_city([])
    ('静岡市（22100）', '静岡市葵区（22101）', None)
    """
    told = [one for one in dict.fromkeys(found) if one.say() and _UNSETTLED not in one.name]
    if len(told) < 2:  # noqa: PLR2004 - one ward, or a municipality without
        return told[0] if told else None
    name = next((one.name for one in told if one.name), "")
    code = code_of_city(name) or city_of_ward(told[0].code)
    return Municipality(code=code, name=name) if code else told[0]


def _municipality(code: str, name: str, over: str, ward: str) -> Municipality:
    if over.endswith("市"):
        over_ward = name if name != over else ""
        return Municipality(code=code, name=over, ward=ward or over_ward)
    city, inner = split_ward(name)
    return Municipality(code=code, name=city or over, ward=ward or inner)


def _codes_of_map(column: Callable[[Sequence[str]], list[str] | None]) -> list[str] | None:
    for name in _OF_MAPS:
        texts = column([name])
        codes = [_code(text) for text in texts or ()]
        # The numbers of these columns have changed their meaning from year to year.
        if codes and all(codes):
            return codes
    keyed = column([_HEADED])
    if keyed and all(_KEYED.fullmatch(text) for text in keyed if text):
        return [text[:5] for text in keyed]
    return None


def _whole_names(column: Callable[[Sequence[str]], list[str] | None]) -> list[str] | None:
    for name in _WHOLE_NAMES:
        found = [_FULL.fullmatch(text) for text in column([name]) or ()]
        if found and all(found):
            return [one[1] for one in found if one]
    return None


def _pick(
    found: Sequence[Municipality],
    real: Sequence[Municipality],
    choice: str,
    file: str,
    option: str,
) -> list[bool]:
    full = _FULL.fullmatch(choice) or re.fullmatch(r".{1,6}郡(.+[町村])", choice)
    wanted = _code(choice) if choice.isdecimal() else full[1] if full else choice
    rows = [wanted in one.keys for one in found]
    listed = municipality_of(wanted)
    if not any(rows) and listed is not None and listed.code == wanted:
        # A table of the census has names alone, of one prefecture.
        rows = [not one.code and one.name == listed.name for one in found]
    if not any(rows):
        raise InputError(
            Words(
                f"ファイル {file} に市区町村「{choice}」がありません（{option}）。あるもの: {_listed(real)}",
                f"{file} holds no municipality {choice!r} ({option}); there are: {_listed(real)}",
            )
        )
    named = [one for one, some in zip(found, rows, strict=True) if some]
    if len({(one.code[:2], one.name) for one in named if one.code or one.name}) > 1:
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
    code = text[:5] if len(text) == 6 else text.zfill(5)  # noqa: PLR2004 - with its check digit
    return "" if code.endswith(_OF_PREFECTURE) else code
