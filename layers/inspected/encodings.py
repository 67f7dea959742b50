"""What a text file's encoding is called (文字コードの名前)."""

from __future__ import annotations

import codecs
from contextlib import suppress

from geo.base.guesses import ENCODINGS, likely_encodings


def name_encoding(data: bytes) -> str:
    r"""Return what an encoding is called, "" of bytes that are no text (文字コード).

    Examples
    --------
    >>> [name_encoding(one) for one in ("名称".encode("cp932"), "名称".encode(), b"PK\x03\x04")]
    ['Shift_JIS', 'UTF-8', '']
    """
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return ""
    if data.startswith(codecs.BOM_UTF8):
        return "UTF-8（BOM）"
    if data.isascii():
        return "ASCII"
    for one in likely_encodings(data):
        with suppress(UnicodeDecodeError):
            data.decode(one)
            return ENCODINGS[one]
    return ""
