"""Finding a municipality by what somebody types (市区町村をさがす)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from geo.base.municipal.listed import listed, municipality_of
from geo.base.prefectures import PREFECTURES
from geo.base.problems import InputError
from geo.base.text import fold_spellings, tidy
from geo.base.words import Words

if TYPE_CHECKING:
    from geo.base.municipal.listed import Listed

_KATAKANA: Final = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_SAME_SOUND: Final = str.maketrans("ぢづゐゑを", "じずいえお")
_COUNTY: Final = re.compile(rf"^({'|'.join(PREFECTURES)})?[^市区町村]{{1,6}}郡(?=.{{1,8}}[町村])")
_ASKED: Final = 12
_ENDS: Final = re.compile("(?:都|道|府|県)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Keys:
    """What one municipality is compared by, spellings made one (照合形)."""

    name: str
    kana: str
    wards: tuple[tuple[str, str], ...]
    whole: tuple[str, ...]


def find_municipalities(text: str, most: int = 12) -> tuple[Listed, ...]:
    """Return the municipalities a typed text may mean, the likeliest first (市区町村をさがす).

    First what is called just so; then by how name or kana begin, then prefecture and name, or
    code; then the cities that have a ward beginning so; last the text anywhere in a name. Among
    equals the order is that of the codes.

    Parameters
    ----------
    text
        A name, with its prefecture and 郡 or without; kana of any kind; or the first digits of a
        code, five or six for one alone. White space does not count; 「ヶ」 and 「ケ」, 「龍」 and
        「竜」 are one.
    most
        How many at most.

    Examples
    --------
    >>> [one.full_name for one in find_municipalities("うらや")]
    ['千葉県浦安市']
    >>> [one.full_name for one in find_municipalities("中央区", most=3)]
    ['東京都中央区', '北海道札幌市', '埼玉県さいたま市']
    >>> [one.full_name for one in find_municipalities("千葉市中央区")]
    ['千葉県千葉市']
    """
    plain = "".join(tidy(text).split())
    if not plain or most < 1:
        return ()
    if plain.isascii() and plain.isdecimal():
        return _by_code(plain)[:most]
    plain = _COUNTY.sub(lambda found: found[1] or "", plain)
    name, sound = _name_key(plain), _kana_key(plain)
    ranked = [
        (rank, place, one)
        for place, (one, keys) in enumerate(zip(listed(), _all_keys(), strict=True))
        if (rank := _rank(keys, name, sound)) is not None
    ]
    return tuple(one for _, _, one in sorted(ranked, key=lambda found: found[:2])[:most])


def choose_municipality(text: str) -> Listed:
    """Return the one municipality a text means (市区町村をきめる).

    Raises
    ------
    InputError
        When it may mean several, which are told with their codes, or none.

    Examples
    --------
    >>> choose_municipality("浦安市").code, choose_municipality("東京都府中市").code
    ('12227', '13206')
    """
    found = find_municipalities(text, most=_ASKED)
    plain = "".join(tidy(text).split())
    same = [one for one in found if plain in (one.name, one.full_name)]
    if len(same) == 1 or len(found) == 1:
        return (same or found)[0]
    if not found:
        raise InputError(
            Words(
                f"「{text}」という市区町村は見つかりません。「千葉県浦安市」か、5けたのコードで書いてください",
                f"there is no municipality {text!r}; write it in Japanese, or its five-digit code",
            )
        )
    told = "、".join(f"{one.full_name}（{one.code}）" for one in same or found)
    raise InputError(
        Words(
            f"「{text}」に合う市区町村がいくつかあります。どれかを選んで書いてください: {told}",
            f"{text!r} may mean several municipalities; write one of {told}",
        )
    )


def _by_code(digits: str) -> tuple[Listed, ...]:
    if exact := municipality_of(digits):
        return (exact,)
    return tuple(one for one in listed() if one.code.startswith(digits))


def _rank(keys: _Keys, name: str, sound: str) -> int | None:
    """Return how near a municipality is to what was typed, 0 for called so, ``None`` for not."""
    wards = [name_ for name_, _ in keys.wards]
    kana = [kana_ for _, kana_ in keys.wards]
    steps = (
        name in (keys.name, *keys.whole[:1]) or sound == keys.kana,
        name == keys.name[:-1] or sound == keys.kana.removesuffix("し"),
        keys.name.startswith(name) or keys.kana.startswith(sound),
        any(whole.startswith(name) for whole in keys.whole),
        any(keys.kana + one == sound for one in kana),
        any(one.startswith(name) for one in wards) or any(one.startswith(sound) for one in kana),
        name in keys.name or sound in keys.kana,
    )
    return next((rank for rank, holds in enumerate(steps) if holds), None)


@cache
def _all_keys() -> tuple[_Keys, ...]:
    return tuple(_keys(one) for one in listed())


def _keys(one: Listed) -> _Keys:
    short = _ENDS.sub("", one.prefecture) if one.prefecture != PREFECTURES[0] else one.prefecture
    whole = [one.full_name, short + one.name]
    for ward in one.wards:
        whole += [one.name + ward.name, one.full_name + ward.name]
    return _Keys(
        name=_name_key(one.name),
        kana=_kana_key(one.kana),
        wards=tuple((_name_key(ward.name), _kana_key(ward.kana)) for ward in one.wards),
        whole=tuple(map(_name_key, whole)),
    )


def _name_key(text: str) -> str:
    return fold_spellings(text).translate(_KATAKANA)


def _kana_key(text: str) -> str:
    return text.translate(_KATAKANA).translate(_SAME_SOUND)
