"""Which signs the font can draw, and what stands for the others (字体にある字).

A font says in its table ``cmap`` which signs it has. Two forms of that table are read, 4 (signs
to U+FFFF) and 12 (all); see the OpenType specification, "cmap — Character to Glyph Index Mapping
Table". What it does not have would be drawn as an empty box: it becomes 〓 (geta), which printers
have always set for a sign they lack, and the caller says so once.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

GETA: Final = "〓"
# Variation selectors choose a form of the sign before them; without that form the plain one is drawn.
_CHOOSERS: Final = re.compile(r"[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_MARKED: Final = re.compile(r".[\u0300-\u036f\u3099\u309a]", re.DOTALL)
_FORM_4, _FORM_12 = 4, 12
_LAST_SHORT: Final = 0xFFFF
# Radicals of the supplement (U+2E80 to 2EFF) that a Japanese hand writes as a character of its own,
# and that NFKC leaves as they are.
_SUPPLEMENT: Final = dict(
    zip(
        "⺅⺉⺎⺒⺓⺖⺘⺛⺞⺟⺠⺡⺢⺣⺤⺨⺫⺬⺭⺾⺿⻀⻁⻂⻃⻄⻆⻌⻍⻎⻏⻑⻒⻖⻗⻘⻝⻟⻣⻤⻨⻩⻫⻭⻯⻱⻲",
        "亻刂兀巳幺忄扌旡歺母民氵氺灬爫犭罒示礻艹艹艹虎衤覀西角辶辶辶阝長镸阝雨青食飠骨鬼麦黄斉歯竜龜亀",
        strict=True,
    )
) | {"⼾": "戸"}


@cache
def signs_of(font: Path) -> frozenset[int]:
    """Return the code points a TrueType font has a glyph for (字体にある字).

    Raises
    ------
    ValueError
        When the file is no font, or has no table of a form that is read.
    """
    data = font.read_bytes()
    tables = struct.unpack_from(">H", data, 4)[0]
    places = {
        tag: at
        for tag, _, at, _ in (
            struct.unpack_from(">4sLLL", data, 12 + 16 * i) for i in range(tables)
        )
    }
    if b"cmap" not in places:
        raise ValueError(f"{font.name} has no cmap")
    start = places[b"cmap"]
    found: set[int] = set()
    known = False
    for i in range(struct.unpack_from(">H", data, start + 2)[0]):
        at = start + struct.unpack_from(">L", data, start + 8 + 8 * i)[0]
        form = struct.unpack_from(">H", data, at)[0]
        if form == _FORM_4:
            found |= _short_signs(data, at)
        elif form == _FORM_12:
            found |= _long_signs(data, at)
        known = known or form in (_FORM_4, _FORM_12)
    if not known:
        raise ValueError(f"{font.name} has no cmap of form 4 or 12")
    return frozenset(found)


def _short_signs(data: bytes, at: int) -> set[int]:
    twice = struct.unpack_from(">H", data, at + 6)[0]
    count = twice // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    starts = struct.unpack_from(f">{count}H", data, at + 16 + twice)
    deltas = struct.unpack_from(f">{count}H", data, at + 16 + 2 * twice)
    offsets_at = at + 16 + 3 * twice
    offsets = struct.unpack_from(f">{count}H", data, offsets_at)
    found = set()
    for i, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, min(last, _LAST_SHORT - 1) + 1):
            if offsets[i] == 0:
                glyph = (code + deltas[i]) & _LAST_SHORT
            else:
                place = offsets_at + 2 * i + offsets[i] + 2 * (code - first)
                glyph = struct.unpack_from(">H", data, place)[0]
            if glyph:
                found.add(code)
    return found


def _long_signs(data: bytes, at: int) -> set[int]:
    groups = struct.unpack_from(">L", data, at + 12)[0]
    found: set[int] = set()
    for i in range(groups):
        first, last, glyph = struct.unpack_from(">LLL", data, at + 16 + 12 * i)
        found.update(range(first + (glyph == 0), last + 1))
    return found


def plain_kanji(text: str) -> str:
    """Return text with radicals as the characters they look like, so that a search finds them (部首を漢字に).

    Examples
    --------
    >>> plain_kanji("⽬的 ⻑い")
    '目的 長い'
    """
    return "".join(_plain(sign) if "\u2e80" <= sign <= "\u2fdf" else sign for sign in text)


def _plain(sign: str) -> str:
    return _SUPPLEMENT.get(sign) or unicodedata.normalize("NFKC", sign)


def drawable(text: str, signs: frozenset[int]) -> tuple[str, int]:
    """Return text in signs a font has, and how many 〓 stand in it for others (字体にある字だけに).

    Examples
    --------
    >>> drawable("𠮷野", frozenset(map(ord, "吉野〓")))
    ('〓野', 1)
    """
    text = _MARKED.sub(lambda pair: unicodedata.normalize("NFC", pair[0]), text)
    if all(ord(sign) in signs and not "\u2e80" <= sign <= "\u2fdf" for sign in text):
        return text, 0
    text = plain_kanji(text)
    missing = 0
    out: list[str] = []
    for sign in text:
        if ord(sign) in signs or sign.isspace():
            out.append(sign)
        elif unicodedata.category(sign) != "Cf" and not _CHOOSERS.match(sign):
            out.append(GETA)
            missing += 1
    return "".join(out), missing
