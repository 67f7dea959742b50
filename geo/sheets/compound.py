"""One stream out of an OLE2 compound file, such as an old .xls (複合ファイルの中身).

[MS-CFB]. Nothing the file says of its own size is believed: a chain of sectors ends, or is refused,
before it is longer than the file.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD: Final = SIGNATURE[:4]  # enough to know what a file means to be
_SHIFTS: Final = (9, 12)
_MINI: Final = 64  # bytes of a sector of small streams
_SMALL: Final = 4096  # bytes below which a stream is kept in them
_END: Final = 0xFFFFFFFA  # from here on a number is no sector
_ENTRY: Final = 128
_ROOT: Final = 5
_STREAM: Final = 2


class BrokenError(ValueError):
    """The file is cut short, or its chains lead nowhere (こわれている)."""


def read_streams(data: bytes, names: tuple[str, ...]) -> dict[str, bytes]:
    """Return those streams of a compound file that are there, by name (中身を取り出す).

    Raises
    ------
    BrokenError
        Cut short, or a chain that leads out of the file or round in it.
    """
    if len(data) < 512 or not data.startswith(SIGNATURE):  # noqa: PLR2004 - the header
        raise BrokenError("header")
    shift = int.from_bytes(data[30:32], "little")
    if shift not in _SHIFTS:
        raise BrokenError("sector")
    size = 1 << shift
    first, mini_first, more = (_number(data, at) for at in (48, 60, 68))
    sectors = list(struct.unpack("<109I", data[76:512]))
    seen = 0
    while more < _END:
        block = _sector(data, more, size)
        found = struct.unpack(f"<{size // 4}I", block)
        sectors += found[:-1]
        more = found[-1]
        seen += 1
        if seen * size > len(data):
            raise BrokenError("chain")
    used = [one for one in sectors if one < _END]
    if len(used) * size > len(data):
        raise BrokenError("table")
    table = b"".join(_sector(data, one, size) for one in used)
    fat = struct.unpack(f"<{len(table) // 4}I", table)
    wide = _Chains(fat, lambda at: _sector(data, at, size), len(data) // size + 1)
    folder = wide.read(first)
    entries = [_entry(folder[at : at + _ENTRY]) for at in range(0, len(folder), _ENTRY)]
    root = next((one for one in entries if one[1] == _ROOT), None)
    if root is None:
        raise BrokenError("root")
    out: dict[str, bytes] = {}
    for name, kind, start, length in entries:
        if kind != _STREAM or name not in names or name in out:
            continue
        if length < _SMALL:
            whole, table = wide.read(root[2]), wide.read(mini_first)
            minis = struct.unpack(f"<{len(table) // 4}I", table)
            chains = _Chains(minis, lambda at, whole=whole: _mini(whole, at), len(minis))  # type: ignore[misc]
            out[name] = chains.read(start)[:length]
        else:
            out[name] = wide.read(start)[:length]
    return out


class _Chains:
    """Sectors that follow one another, never more than there are."""

    def __init__(self, table: tuple[int, ...], sector: Callable[[int], bytes], most: int) -> None:
        self.table, self.sector, self.most = table, sector, most

    def read(self, at: int) -> bytes:
        parts: list[bytes] = []
        while at < _END:
            if len(parts) >= self.most or at >= len(self.table):
                raise BrokenError("chain")
            parts.append(self.sector(at))
            at = self.table[at]
        return b"".join(parts)


def _sector(data: bytes, at: int, size: int) -> bytes:
    block = data[(at + 1) * size : (at + 2) * size]
    if not block:
        raise BrokenError("sector")
    return block.ljust(size, b"\0")  # some programs cut the last one short


def _mini(whole: bytes, at: int) -> bytes:
    block = whole[at * _MINI : (at + 1) * _MINI]
    if not block:
        raise BrokenError("sector")
    return block


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little")


def _entry(block: bytes) -> tuple[str, int, int, int]:
    if len(block) < _ENTRY:
        return "", 0, 0, 0
    length = max(int.from_bytes(block[64:66], "little") - 2, 0)
    name = block[: min(length, 62)].decode("utf-16-le", errors="replace")
    return name, block[66], _number(block, 116), _number(block, 120)
