"""Which way a thing lies, in the eight words people use (方角)."""

from __future__ import annotations

import math
from typing import Final

from geo.base.words import Words

_POINTS: Final = (
    Words("東", "east"), Words("北東", "north-east"), Words("北", "north"),
    Words("北西", "north-west"), Words("西", "west"), Words("南西", "south-west"),
    Words("南", "south"), Words("南東", "south-east"),
)  # fmt: skip


def say_direction(east: float, north: float) -> Words:
    """Return the direction of what lies so far east and north, in any one unit (方角を言う).

    Examples
    --------
    >>> say_direction(3.0, 0.1).ja, say_direction(-5.0, -5.0).en
    ('東', 'south-west')
    """
    turn = math.atan2(north, east) / (2 * math.pi) * len(_POINTS)
    return _POINTS[round(turn) % len(_POINTS)]
