"""Standard mesh codes and their squares, JIS X 0410 (地域メッシュ).

Whole-number arithmetic in eighths of an arc second: every edge down to the eighth mesh
(125 m; 3.75″ × 5.625″) is a whole number of them, so no edge moves by rounding.
"""

from __future__ import annotations

import re
from typing import Final

from geo.base.problems import InputError
from geo.base.words import Words

# Digits of a code: (height, width) in 1/8 arc second. JIS X 0410: 40′×60′, 5′×7.5′, 30″×45″,
# then halves.
SIZES: Final[dict[int, tuple[int, int]]] = {
    4: (19200, 28800),
    6: (2400, 3600),
    8: (240, 360),
    9: (120, 180),
    10: (60, 90),
    11: (30, 45),
}
_PER_DEGREE: Final = 28_800
# 1次 meshes of Japan: 20°N to 46.7°N, 122°E to 154°E.
_CODE = re.compile(
    r"(3[0-9]|[456][0-9])(2[2-9]|[34][0-9]|5[0-4])([0-7][0-7]([0-9][0-9]([1-4]{0,3}))?)?"
)


def is_mesh(code: str) -> bool:
    """Say whether a text is a mesh code of Japan, 1次 to 1/8 (メッシュコードか).

    Examples
    --------
    >>> is_mesh("5339461132"), is_mesh("5339861132"), is_mesh("12227001001")
    (True, False, False)
    """
    return _CODE.fullmatch(code) is not None


def mesh_bounds(code: str) -> tuple[float, float, float, float]:
    """Return west, south, east, north of a mesh in degrees (メッシュの範囲).

    Raises
    ------
    InputError
        When the text is no mesh code of Japan.

    Examples
    --------
    >>> mesh_bounds("533946")
    (139.75, 35.666666666666664, 139.875, 35.75)
    """
    if not is_mesh(code):
        raise InputError(
            Words(
                f"「{code[:20]}」は地域メッシュコードではありません",
                f"“{code[:20]}” is not a mesh code of Japan",
            )
        )
    south, west = int(code[:2]) * 19200, (int(code[2:4]) + 100) * _PER_DEGREE
    for digits in (6, 8):
        if len(code) >= digits:
            height, width = SIZES[digits]
            south += int(code[digits - 2]) * height
            west += int(code[digits - 1]) * width
    for digits in (9, 10, 11):
        if len(code) >= digits:
            height, width = SIZES[digits]
            part = int(code[digits - 1]) - 1
            south += (part >> 1) * height
            west += (part & 1) * width
    height, width = SIZES[len(code)]
    edges = (west, south, west + width, south + height)
    return tuple(edge / _PER_DEGREE for edge in edges)  # type: ignore[return-value]


def mesh_code(lon: float, lat: float, digits: int = 8) -> str:
    """Return the code of the mesh that holds a point (点のメッシュコード).

    A point on an edge belongs to the mesh north or east of it.

    Parameters
    ----------
    lon, lat
        Degrees, JGD2011 or WGS 84.
    digits
        4 (1次, 80 km), 6 (2次, 10 km), 8 (3次, 1 km), 9 (500 m), 10 (250 m), 11 (125 m).

    Examples
    --------
    >>> mesh_code(139.767125, 35.681236, 10)
    '5339461132'
    """
    if digits not in SIZES:
        raise ValueError(f"digits must be one of {sorted(SIZES)}, not {digits}")
    # Rounded first: 1e-6 of a unit is 4 µm, and takes edges written as decimals to the edge.
    y = int(round(lat * _PER_DEGREE, 6) // 1)
    x = int(round(lon * _PER_DEGREE, 6) // 1) - 100 * _PER_DEGREE
    code = f"{y // 19200:02d}{x // 28800:02d}"
    y, x = y % 19200, x % 28800
    for level in (6, 8):
        height, width = SIZES[level]
        code += f"{y // height}{x // width}"
        y, x = y % height, x % width
    for level in (9, 10, 11):
        height, width = SIZES[level]
        code += str(1 + 2 * (y // height) + x // width)
        y, x = y % height, x % width
    return code[:digits]
