"""One fingerprint of a whole backup at its very end, so that no bit of it may change (控えの封).

It stands in the comment of the zip file: any program opens the file as before.
"""

from __future__ import annotations

import hashlib
import os
import re
import struct
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from geo.base.words import Words

if TYPE_CHECKING:
    from pathlib import Path

_MARK: Final = b"kayoi-backup sha256 "
_DIGITS: Final = 64
LENGTH: Final = len(_MARK) + _DIGITS
# What is written first, in place of the fingerprint.
BLANK: Final = _MARK + b"0" * _DIGITS
_SEALED: Final = re.compile(re.escape(_MARK) + rb"[0-9a-f]{64}")
# The end of a zip file without a comment: its last two bytes say that there is none.
_END: Final = struct.Struct("<4s4H2LH")
_END_MARK: Final = b"PK\x05\x06"
_BLOCK: Final = 1 << 20


def seal(path: Path) -> None:
    """Write the fingerprint of a file that ends in `BLANK` over its last digits, and bring all to disk (封をする)."""
    digest = _hash_all_but_digits(path)
    with path.open("r+b") as file:
        file.seek(-_DIGITS, 2)
        file.write(digest)
        file.flush()
        os.fsync(file.fileno())


def check_seal(path: Path) -> None:
    """Refuse a backup of which any bit is another than when it was made (封を確かめる).

    One of an earlier release has no seal, nor any comment; its parts are looked at one by one.

    Raises
    ------
    InputError
        When the seal is broken, or cut off.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - LENGTH))
        tail = file.read()
    if _SEALED.fullmatch(tail):
        whole = _hash_all_but_digits(path) == tail[-_DIGITS:]
    else:
        end = tail[-_END.size :]
        whole = len(end) == _END.size and end[:4] == _END_MARK and end[-2:] == b"\0\0"
    if not whole:
        raise InputError(
            Words(
                f"{path} は、途中で切れているか、こわれているか、控えのファイルではありません。"
                "写し直すか、別の控えを使ってください。何も戻していません",
                f"{path} is cut off, damaged, or no backup: copy it again or use another;"
                " nothing was restored",
            )
        )


def _hash_all_but_digits(path: Path) -> bytes:
    digest, left = hashlib.sha256(), path.stat().st_size - _DIGITS
    with path.open("rb") as file:
        while left > 0 and (block := file.read(min(_BLOCK, left))):
            digest.update(block)
            left -= len(block)
    return digest.hexdigest().encode()
