"""A GeoPackage's shapes, measured before GEOS builds them (GeoPackageの形).

GEOS follows collections within collections without end: some 100,000 of them, in under 1 MB,
end the whole program. So only the six plain kinds pass, and every count is checked against the
bytes that are there.
"""

from __future__ import annotations

import struct
from typing import Final

import shapely

# OGC 12-128 (GeoPackage) §2.1.3: bytes of the envelope by its code in the flags.
_ENVELOPE: Final = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_HEADER: Final = 8
_EMPTY, _EXTENDED = 0x10, 0x20
_POINT, _LINE, _POLYGON = 1, 2, 3
_MULTI: Final = {4: _POINT, 5: _LINE, 6: _POLYGON}
_MOST_DIMENSIONS: Final = 3000  # ISO WKB adds 1000 for Z, 2000 for M, 3000 for both
_HAS_Z, _HAS_M, _HAS_SRID = 0x80000000, 0x40000000, 0x20000000  # PostGIS' own marks


def parse_gpkg_geometry(blob: bytes) -> shapely.Geometry | None:
    """Return the flat shape in a GeoPackage blob, ``None`` when empty (形に直す).

    Raises
    ------
    ValueError
        Not such a blob, cut short, or a collection of mixed kinds.
    """
    if len(blob) < _HEADER or blob[:2] != b"GP":
        raise ValueError("no GeoPackage header")
    flags = blob[3]
    envelope = _ENVELOPE.get(flags >> 1 & 7)
    if envelope is None or flags & _EXTENDED:
        raise ValueError("unknown GeoPackage header")
    if flags & _EMPTY:
        return None
    wkb = blob[_HEADER + envelope :]
    try:
        end = _measure(wkb, 0)
    except (struct.error, IndexError) as error:
        raise ValueError("cut short") from error
    if end > len(wkb):
        raise ValueError("cut short")
    try:
        shape = shapely.force_2d(shapely.from_wkb(wkb))
    except shapely.errors.ShapelyError as error:
        raise ValueError("no shape") from error
    return None if shape.is_empty else shape


def _measure(wkb: bytes, at: int, only: int | None = None) -> int:
    """Return where the shape that begins at `at` ends."""
    order = "<>"[wkb[at] == 0]
    code = _number(wkb, at + 1, order)
    at += 9 if code & _HAS_SRID else 5
    extra = bool(code & _HAS_Z) + bool(code & _HAS_M)
    dimensions, kind = divmod(code & 0x0FFFFFFF, 1000)
    if dimensions > _MOST_DIMENSIONS // 1000 or only not in (None, kind):
        raise ValueError("unknown kind")
    size = 8 * (2 + extra + (0, 1, 1, 2)[dimensions])
    if kind == _POINT:
        return at + size
    if kind == _LINE:
        return at + 4 + size * _number(wkb, at, order)
    if kind == _POLYGON:
        return _measure_rings(wkb, at, order, size)
    if kind not in _MULTI:
        raise ValueError("unknown kind")
    parts, at = _number(wkb, at, order), at + 4
    for _ in range(parts):
        at = _measure(wkb, at, only=_MULTI[kind])
    return at


def _measure_rings(wkb: bytes, at: int, order: str, size: int) -> int:
    rings, at = _number(wkb, at, order), at + 4
    for _ in range(rings):
        at += 4 + size * _number(wkb, at, order)
    return at


def _number(wkb: bytes, at: int, order: str) -> int:
    found: int = struct.unpack_from(f"{order}I", wkb, at)[0]
    return found
