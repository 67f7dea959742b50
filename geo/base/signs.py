"""The encoding of texts that a file's own word for it may not fit (文字コードの見分け)."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from geo.base.guesses import NOT_TEXT, is_euc_jp

if TYPE_CHECKING:
    from collections.abc import Iterable

_JAPANESE: Final = re.compile("[ぁ-ヿ一-龥ｦ-ﾟ]")
_CODECS: Final = {
    "utf-8": ("utf8", "65001", "unicode", "utf8bom"),
    "cp932": (
        "shiftjis", "sjis", "932", "cp932", "mskanji", "windows31j", "ms932", "xsjis", "oem932",
        "ansi932", "shiftjisx0213", "japanese",
    ),
    "euc_jp": ("eucjp", "20932", "51932", "ujis", "eucjpms"),
}  # fmt: skip
_WIDE: Final = frozenset(_CODECS)
_OF_TEXTS: Final = ("ascii", "big5", "cp", "euc", "gb", "iso8859", "koi8", "mac")


def name_codec(told: str) -> str:
    """Return the codec a ``.cpg`` names in any writing, "" for none that is known (文字コードの名前).

    Shift_JIS always means Microsoft's, which has 髙 and ①.

    Examples
    --------
    >>> name_codec("Shift_JIS"), name_codec("OEM 932"), name_codec("65001"), name_codec("?")
    ('cp932', 'cp932', 'utf-8', '')
    """
    key = re.sub(r"[^0-9a-z]", "", told.casefold())
    for codec, names in _CODECS.items():
        if key in names:
            return codec
    for name in (told.strip(), f"cp{key}", f"iso{key}"):
        with suppress(LookupError, ValueError):
            found = codecs.lookup(name).name if name.isascii() else ""
            return found if found.startswith(_OF_TEXTS) else ""
    return ""


def find_encoding(texts: Iterable[bytes], told: str = "") -> str:
    """Return the codec in which all of some texts read, "" for none (文字コードの見当).

    Texts may be cut within their last sign. UTF-8 that gives Japanese is UTF-8 whatever is told:
    the bytes of other encodings hardly ever are. A Western encoding reads any bytes, so it is
    believed only where they are no Japanese.

    Examples
    --------
    >>> find_encoding(["髙砂町".encode("cp932")], "UTF-8"), find_encoding(["西町".encode()], "Shift_JIS")
    ('cp932', 'utf-8')
    >>> find_encoding(["Liège".encode("cp1252")], "1252")
    'cp1252'
    """
    cells = [one for one in texts if not one.isascii()]
    codec = name_codec(told)
    if not cells:
        return codec or "utf-8"
    as_utf8 = _decode_all(cells, "utf-8")
    if as_utf8 is not None and (codec not in _WIDE or _JAPANESE.search(as_utf8)):
        return "utf-8"
    if codec in _WIDE - {"utf-8"} and _decode_all(cells, codec) is not None:
        return codec
    if is_euc_jp(b"\n".join(cells)):
        return "euc_jp"
    as_sjis = _decode_all(cells, "cp932")
    western = codec and codec not in _WIDE and _decode_all(cells, codec) is not None
    if as_sjis is not None and not (western and not _is_common(as_sjis)):
        return "cp932"
    return codec if western else ""


def _decode_all(cells: Iterable[bytes], codec: str) -> str | None:
    """Return texts decoded and joined, each perhaps cut at its end; ``None`` where one is no text."""
    try:
        decoder = codecs.getincrementaldecoder(codec)
        text = "".join(decoder().decode(one) for one in cells)
    except (UnicodeDecodeError, LookupError):
        return None
    wrong = NOT_TEXT.get(codec)
    return None if wrong is not None and wrong.search(text) else text


def _is_common(text: str) -> bool:
    """Say whether most signs of a text are kana and the kanji one writes every day."""
    wide = [one for one in text if not one.isascii()]
    common = sum(one.encode("cp932", "ignore")[:1] < b"\x98" and one > "\u3000" for one in wide)
    return 2 * common > len(wide)
