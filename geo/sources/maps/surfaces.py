"""TIN and polyhedral surfaces, written as the areas they are (三角網と多面体の面)."""

from __future__ import annotations

import struct
from typing import Final

# OGC 06-103r4 §8.2.8: 15 is a polyhedral surface, 16 a TIN, 17 a triangle; the thousands tell of
# Z and M, and the high bit is PostGIS' own mark for Z.
_AS: Final = {15: 6, 16: 6, 17: 3}
_Z_MARK, _M_MARK = 0x80000000, 0x40000000
_POINT, _LINE, _POLYGON = 1, 2, 3


def plain_wkb(wkb: bytes) -> bytes:
    """Return a shape in the kinds that GEOS knows (面に書き直す).

    Raises
    ------
    ValueError
        Cut short, or of a kind that has no areas.
    """
    try:
        plain, end = _plain(wkb, 0)
    except (struct.error, IndexError, RecursionError) as error:
        raise ValueError("cut short") from error
    if end > len(wkb):
        raise ValueError("cut short")
    return plain


def _plain(wkb: bytes, at: int) -> tuple[bytes, int]:
    order = "<>"[wkb[at] == 0]
    code = _number(wkb, at + 1, order)
    marks = code & (_Z_MARK | _M_MARK)
    dimensions, kind = divmod(code & ~marks, 1000)
    size = 8 * (2 + bool(code & _Z_MARK) + bool(code & _M_MARK) + (0, 1, 1, 2)[dimensions])
    new = struct.pack(f"{order}I", marks | 1000 * dimensions + _AS.get(kind, kind))
    head, at = wkb[at : at + 1] + new, at + 5
    if kind == _POINT:
        return head + wkb[at : at + size], at + size
    count = _number(wkb, at, order)
    if kind == _LINE:
        end = at + 4 + size * count
        return head + wkb[at:end], end
    parts, start = [head, wkb[at : at + 4]], at + 4
    if kind == _POLYGON or _AS.get(kind) == _POLYGON:
        end = start
        for _ in range(count):
            end += 4 + size * _number(wkb, end, order)
        return b"".join([*parts, wkb[start:end]]), end
    if kind not in (4, 5, 6, 7, 15, 16):
        raise ValueError(f"kind {kind}")
    for _ in range(count):
        part, start = _plain(wkb, start)
        parts.append(part)
    return b"".join(parts), start


def _number(wkb: bytes, at: int, order: str) -> int:
    found: int = struct.unpack_from(f"{order}I", wkb, at)[0]
    return found
