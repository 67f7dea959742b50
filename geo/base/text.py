"""Tidy Japanese text, so that names from different files meet (文字をそろえる)."""

from __future__ import annotations

import re
import unicodedata

from geo.base.marks import SPELLED, UNSEEN

# NFKC leaves these CJK radicals as they are; real files hold them in place of the kanji.
_RADICALS = str.maketrans({"⺠": "民", "⻑": "長", "⻄": "西", "⻘": "青", "⻭": "歯"})
_SPACES = re.compile(r"\s+")
# Circled and dotted numbers mark items and are no digits: ①10:00 is never 110:00.
_BUT_MARKS = re.compile("[^①-⑳⒈-⒛⓪㉑-㉟㊱-㊿]+")
_SURROGATES = re.compile(r"[\ud800-\udfff]")  # halves of signs, from broken JSON
_CHOME = re.compile(r"([0-9]+)(?=丁目)")
_UNSEEN = re.compile(f"(?P<spelled>{SPELLED})|[\t\n\r{UNSEEN}]")
_PLANE = 0xFFFF
_DIGITS = "〇一二三四五六七八九"
# Signs by which one place's name is written differently: ヶ for が, ノ for の, small ッ for ツ,
# kanji in the forms of registers, and radicals that tidying leaves.
_VARIANTS = str.maketrans(
    "ヶがヵカの之乃ッっつ髙﨑澤嶋嶌冨邊邉廣濱瀧舘栁曻德龍櫻檜淵齋齊鷗濵⺟⻆⻨⻩⻲⻤⻭",
    "ケケケケノノノツツツ高崎沢島島富辺辺広浜滝館柳昇徳竜桜桧渕斎斉鴎浜母角麦黄亀鬼歯",
)
_NUMBER = re.compile(r"(?<![0-9])[0-9]{1,2}(?![0-9])")


def tidy(text: str) -> str:
    """Return text in NFKC with radicals mended and white space folded (そろえた文字列).

    Circled numbers stay as they are.

    Examples
    --------
    >>> tidy("　ｶﾌｪ　⻄町 ")
    'カフェ 西町'
    >>> tidy("①１０：００")
    '①10:00'
    """
    if text.isascii() and text.isalnum():  # most cells of large tables
        return text
    plain = _BUT_MARKS.sub(lambda part: unicodedata.normalize("NFKC", part[0]), text)
    mended = _SURROGATES.sub("", plain).translate(_RADICALS)
    return _SPACES.sub(" ", mended.replace("\u00a0", " ").replace("\ufeff", "")).strip()


def visible(text: str) -> str:
    r"""Return text for one line of a terminal, control signs written out (端末に出す文字).

    A name in a file may hold signs that recolour, rewrite or turn round what stands beside it.

    Examples
    --------
    >>> print(visible("公園\x1b[2J\n"))
    公園\x1b[2J\x0a
    """

    def written(found: re.Match[str]) -> str:
        if found["spelled"]:
            return found[0]
        code = ord(found[0])
        short = code < 0x100  # noqa: PLR2004 - two digits
        return (
            f"\\x{code:02x}" if short else f"\\u{code:04x}" if code <= _PLANE else f"\\U{code:08x}"
        )

    return _UNSEEN.sub(written, text)


def kanji_number(number: int) -> str:
    """Return 1 to 99 in kanji, as 丁目 are written (漢数字).

    Examples
    --------
    >>> kanji_number(21)
    '二十一'
    """
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("" if tens == 1 else _DIGITS[tens]) + "十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def area_key(name: str) -> str:
    """Return a name's form for joining tables of neighbourhoods (地区名の照合形).

    Folds width and spaces, writes 丁目 numbers in kanji, and drops a leading 大字 or 字.

    Examples
    --------
    >>> area_key("大字富士見１ 丁目") == area_key("富士見一丁目")
    True
    """
    text = unicodedata.normalize("NFKC", tidy(name)).replace(" ", "")
    text = re.sub(r"^(大字|字)", "", text)
    return _CHOME.sub(lambda m: kanji_number(int(m[1])) if int(m[1]) < 100 else m[1], text)  # noqa: PLR2004 - two digits


def fold_spellings(text: str) -> str:
    """Return text with the signs in which one place's name varies made one (字のゆれをそろえる).

    Examples
    --------
    >>> fold_spellings("霞が丘の髙砂")
    '霞ケ丘ノ高砂'
    """
    return text.translate(_VARIANTS)


def variant_key(name: str) -> str:
    """Return a name's form in which usual spellings of one place meet (表記のゆれをそろえた形).

    Coarser than `area_key`: two places may have one form, so it tells a place only where no
    other has it.

    Examples
    --------
    >>> variant_key("霞が丘町") == variant_key("霞ケ丘町") == variant_key("霞ヶ丘町")
    True
    >>> variant_key("三ッ木第1号") == variant_key("三ツ木第一号"), variant_key("一之宮")
    (True, '一ノ宮')
    """
    text = fold_spellings(area_key(name))
    return _NUMBER.sub(lambda m: kanji_number(int(m[0])), text)
