"""What bytes and text seem to be: an encoding, a delimiter (文字コードと区切りの見当)."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Final

from geo.base.problems import InputError
from geo.base.text import visible
from geo.base.words import Words

# What no text holds: a zero byte, and what Python makes of bytes that Shift_JIS does not have.
NOT_TEXT = {
    "cp932": re.compile("[\x00\x80\uf8f0-\uf8f3]"),
    "euc_jp": re.compile("[\x00\x80-\x9f]"),
    "utf-8-sig": re.compile("\x00"),
    "utf-16": re.compile("\x00"),
}
# What people call the encodings that one may be asked for.
ENCODINGS: Final = {
    "utf-8-sig": "UTF-8", "cp932": "Shift_JIS", "euc_jp": "EUC-JP", "utf-16": "UTF-16",
}  # fmt: skip
_NAMES: Final = {name.casefold(): id_ for id_, name in ENCODINGS.items()}
_QUOTED = re.compile(r'"[^"]*"')
_KANA = re.compile("[ぁ-んァ-ヶ]")
_GUESSED: Final = 20_000  # bytes that an encoding is guessed by


def is_euc_jp(data: bytes) -> bool:
    r"""Say whether bytes are certainly EUC-JP and nothing else (EUC-JPか).

    Examples
    --------
    >>> [is_euc_jp("名称,ところ\n西町,3".encode(one)) for one in ("euc_jp", "cp932", "utf-8")]
    [True, False, False]
    """
    head = data[:_GUESSED].rpartition(b"\n")[0] if len(data) > _GUESSED else data
    if head.isascii() or head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return False
    texts: dict[str, str] = {}
    for name in ("utf-8", "euc_jp", "cp932"):
        with suppress(UnicodeDecodeError):
            texts[name] = head.decode(name)
    if "utf-8" in texts or "euc_jp" not in texts:
        return False
    euc, sjis = texts["euc_jp"], texts.get("cp932", "")
    if not sjis or NOT_TEXT["cp932"].search(sjis):
        return _KANA.search(euc) is not None or sum(map(_points, euc)) > 0
    return _KANA.search(euc) is not None and sum(map(_points, euc)) > sum(map(_points, sjis))


def likely_encodings(data: bytes) -> tuple[str, ...]:
    """Return the encodings a text is tried in, the likeliest first (文字コードの見当)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    return ("euc_jp", "cp932") if is_euc_jp(data) else ("utf-8-sig", "cp932")


def may_be(data: bytes) -> list[str]:
    r"""Return the encodings a text may be in where that is in doubt, else none (迷う文字コード).

    Examples
    --------
    >>> [may_be("名称,ところ\n西町".encode(one)) for one in ("utf-8", "cp932")], may_be("亜".encode("euc_jp"))
    ([[], []], ['cp932', 'euc_jp'])
    """
    head = data[:_GUESSED].rpartition(b"\n")[0] if len(data) > _GUESSED else data
    if head.isascii() or head.startswith(
        (b"PK", b"\xd0\xcf", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
    ):
        return []
    found: list[str] = []
    for name in ("utf-8-sig", "cp932", "euc_jp"):
        with suppress(UnicodeDecodeError):
            if not NOT_TEXT[name].search(head.decode(name)):
                found.append(name)
    return [] if "utf-8-sig" in found or len(found) < 2 else found  # noqa: PLR2004 - one is no doubt


def parse_encoding(text: str) -> str:
    """Return Python's name of an encoding as people call it, "" for none (文字コード).

    Raises
    ------
    InputError
        One that is not read.

    Examples
    --------
    >>> parse_encoding("euc-jp"), parse_encoding("")
    ('euc_jp', '')
    """
    wanted = text.strip().casefold()
    if wanted and wanted not in _NAMES and wanted not in ENCODINGS:
        listed = "、".join(ENCODINGS.values())
        raise InputError(
            Words(
                f"--encoding「{visible(text)}」は読めません。{listed} から選んでください",
                f"--encoding {visible(text)!r}: choose from {', '.join(ENCODINGS.values())}",
            )
        )
    return _NAMES.get(wanted, wanted)


def find_delimiter(text: str) -> str:
    r"""Return what parts the cells of a table's text: comma, TAB or semicolon (区切りの見当).

    Examples
    --------
    >>> find_delimiter("名称;緯度\nあ;34,7"), find_delimiter("名称,曜日\nあ,火;木")
    (';', ',')
    """
    head = _QUOTED.sub("", text[:20_000])  # a note may be full of TABs
    if head.count("\t") > head.count(","):
        return "\t"
    lines = [one for one in head.splitlines() if ";" in one or "," in one]
    # Decimal commas may stand between semicolons, but none in the header above them.
    by_semicolon = lines and "," not in lines[0] and all(";" in one for one in lines[:-1] or lines)
    return ";" if by_semicolon else ","


def _points(sign: str) -> float:
    """Return how common a sign is in Japanese tables: kana, then kanji of the first level."""
    if "ぁ" <= sign <= "ー":
        return 1.2
    if "一" <= sign <= "龥":
        return 1 if sign.encode("cp932", "ignore")[:1] < b"\x98" else -1
    return -1.5 if "｡" <= sign <= "ﾟ" else 0
