"""Why bytes are no text: UTF-16 without its mark, a zero byte in a line, another kind of file (文字でないわけ)."""

from __future__ import annotations

import re
from typing import Final

from geo.base.words import Words

_LOOKED: Final = 20_000  # bytes
_FEW: Final = 200  # bytes for each zero byte of a text with a stray one
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\ufffd-\uffff\ue000-\uf8ff]")
_BREAK: Final = re.compile("[\r\n]")
_LEAST: Final = 2
_ANY: Final = Words(
    "文字として読めません。「CSV UTF-8」で保存し直してください",
    "cannot be read as text; save it again as “CSV UTF-8”",
)
_BINARY: Final = Words(
    "表の文字ではなく、画像やデータベースなど別の種類のファイルのようです。中身を確かめ、"
    "表を「CSV UTF-8」で保存し直してください",
    "seems to be no table but another kind of file (a picture, a database …); look what it is, and save the"
    " table as “CSV UTF-8”",
)


def say_not_text(data: bytes) -> Words:
    r"""Return why bytes cannot be read as text, and what to do (文字として読めないわけ).

    Examples
    --------
    >>> say_not_text("名称,緯度\n西町,34.8\n".encode("utf-16-le")).ja[:13]
    'UTF-16（目印のBOM'
    >>> say_not_text("名称,緯度\n西\0町,34.8\n".encode()).ja[:4]
    '2行目に'
    """
    if b"\0" not in data:
        return _ANY
    wide = _wide(data[:_LOOKED])
    if wide:
        how = "--encoding UTF-16 を付けるか、" if wide == "utf-16-le" else ""
        use = "give --encoding UTF-16, or " if wide == "utf-16-le" else ""
        return Words(
            f"UTF-16（目印のBOMなし）のようです。{how}「CSV UTF-8」で保存し直してください",
            f"seems to be UTF-16 without its mark (BOM); {use}save it again as “CSV UTF-8”",
        )
    if data.count(0) * _FEW > max(len(data), _FEW * 4):
        return _BINARY
    line = data[: data.index(0)].count(b"\n") + 1
    return Words(
        f"{line}行目に、文字でない印（0 のバイト、NUL）があります。こわれているか、途中で切れたファイルのようです。"
        "その行を直すか、「CSV UTF-8」で保存し直してください",
        f"row {line} holds a zero byte (NUL), no sign of a text: the file seems broken or cut off; mend that row"
        " or save it again as “CSV UTF-8”",
    )


def _wide(head: bytes) -> str:
    """Return the encoding of two bytes a sign that the bytes are text in, "" for none."""
    even = head[: len(head) // 2 * 2]
    for name in ("utf-16-le", "utf-16-be"):
        text = even.decode(name, errors="replace")
        zeros = even[1::2].count(0) if name == "utf-16-le" else even[::2].count(0)
        # A break and one sign more at least: a stray zero byte is alone, or at any place.
        told = zeros == even.count(0) >= _LEAST and _BREAK.search(text)
        if told and not _CONTROL.search(text[:-1]):
            return name
    return ""
