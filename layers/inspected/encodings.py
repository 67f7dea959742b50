"""What a text file's encoding is called (文字コードの名前)."""

from __future__ import annotations

from typing import Final

from geo.base.guesses import is_euc_jp

_MARKS: Final = (
    (b"\xef\xbb\xbf", "UTF-8（BOM）"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


def name_encoding(data: bytes) -> str:
    r"""Return what an encoding is called, "" of bytes that are no text (文字コード).

    Examples
    --------
    >>> [name_encoding(one) for one in ("名称".encode("cp932"), "名称".encode(), b"PK\x03\x04")]
    ['Shift_JIS', 'UTF-8', '']
    """
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return ""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    if data.isascii():
        return "ASCII"
    if is_euc_jp(data):
        return "EUC-JP"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "Shift_JIS"
    return "UTF-8"
