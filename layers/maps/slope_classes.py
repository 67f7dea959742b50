"""The classes a street's steepness is told in: on the map, and in the planners' file (坂の段)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geo.base.words import Words

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.base.arrays import Floats

SLOPE_WORDS: Final[dict[str, Words]] = {
    "flat": Words("平ら（4％未満）", "flat (under 4 %)"),
    "gentle": Words("ゆるい坂（4〜8％）", "gentle (4 to 8 %)"),
    "steep": Words("急な坂（8％以上）", "steep (8 % and more)"),
    "steps": Words("階段", "steps"),
    "unknown": Words("坂は分からない", "slope not known"),
}
GENTLE_FROM: Final = 0.04
STEEP_FROM: Final = 0.08
_EXACT: Final = 1e-9  # 8 % measured is 8 %, whatever the last digit of a division says


def slope_classes(grade: Floats) -> npt.NDArray[np.str_]:
    """Return the class of each grade, rise over run whichever way is up, NaN for unknown (坂の段).

    Examples
    --------
    >>> slope_classes(np.array([0.0, 0.04, -0.08, np.nan])).tolist()
    ['flat', 'gentle', 'steep', 'unknown']
    """
    steep = np.abs(grade)
    told = [np.isnan(steep), steep >= STEEP_FROM - _EXACT, steep >= GENTLE_FROM - _EXACT]
    return np.select(told, ["unknown", "steep", "gentle"], "flat")
