"""The designated cities with the codes of their wards (政令指定都市)."""

from __future__ import annotations

from typing import Final

from geo.base.prefectures import PREFECTURES
from geo.base.text import tidy

# 地方自治法 第252条の19 の指定都市. Their wards are numbered on from the city's own code.
_CITIES: Final = {
    "札幌市": "01100", "仙台市": "04100", "さいたま市": "11100", "千葉市": "12100", "横浜市": "14100",
    "川崎市": "14130", "相模原市": "14150", "新潟市": "15100", "静岡市": "22100", "浜松市": "22130",
    "名古屋市": "23100", "京都市": "26100", "大阪市": "27100", "堺市": "27140", "神戸市": "28100",
    "岡山市": "33100", "広島市": "34100", "北九州市": "40100", "福岡市": "40130", "熊本市": "43100",
}  # fmt: skip
_FIRST_WITHOUT_WARDS: Final = "200"
_TOKYO: Final = "13"  # its wards are municipalities


def code_of_city(name: str) -> str:
    """Return the code of a designated city, "" of any other (政令指定都市のコード)."""
    return _CITIES.get(name, "")


def city_of_ward(code: str) -> str:
    """Return the code of the designated city a ward's code belongs to, "" for none (区の市).

    Examples
    --------
    >>> city_of_ward("22140"), city_of_ward("14137"), city_of_ward("13104"), city_of_ward("22212")
    ('22130', '14130', '', '')
    """
    if code[:2] == _TOKYO or not "100" <= code[2:] < _FIRST_WITHOUT_WARDS:
        return ""
    own = [city for city in _CITIES.values() if city[:2] == code[:2] and city <= code]
    return max(own, default="")


def split_ward(name: str) -> tuple[str, str]:
    """Return city and ward of a designated city's ward, a name and "" of any other (市と区).

    Examples
    --------
    >>> split_ward("千葉市中央区"), split_ward("中央区"), split_ward("浦安市")
    (('千葉市', '中央区'), ('中央区', ''), ('浦安市', ''))
    """
    for city in _CITIES:
        if name.startswith(city) and name.endswith("区"):
            return city, name.removeprefix(city)
    return name, ""


def is_prefecture(text: str) -> bool:
    """Say whether a text is a prefecture's name (都道府県の名前か).

    Examples
    --------
    >>> is_prefecture("千葉県"), is_prefecture("千葉市"), is_prefecture("京都府")
    (True, False, True)
    """
    return tidy(text) in PREFECTURES
