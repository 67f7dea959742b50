"""The colours: one ink on paper (色).

Measured contrasts and colour-blind distances stand in ``docs/look.md``.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

PAPER, CARD, PANEL = "#FBF9F4", "#FFFFFF", "#F3EFE6"
INK, INK2 = "#20242E", "#565C66"
INDIGO, INDIGO_DEEP, INDIGO_PALE = "#264A82", "#17325F", "#E6ECF5"
VERMILION, VERMILION_PALE = "#B8431A", "#FBEBE3"
GREEN, GREEN_PALE = "#2C6E49", "#E6F1EA"
CAUTION, CAUTION_PALE = "#8A5A00", "#FBF1D9"
AMBER = "#E0A100"  # always with an outline in ink or caution: alone it is too pale
EDGE, LINE = "#8B8677", "#DCD6C8"
LAND, SEA, CASING, PATH = "#F6F3EC", "#DDE7EC", "#D8D1C1", "#CFC8B8"
STREET, WOOD, BUILDING, RAIL = "#FFFFFF", "#E3E9D9", "#E8E2D5", "#A8A295"
NOT_REACHED = "#8E8878"
LEVEL, GENTLE, STEEP = "#8C98A6", "#C98A00", "#9C2F14"  # of slopes, each also wider
NO_DATA, NO_DATA_DOT = "#E4E1DA", "#A39E92"

SHARES: Final = ("#F1ECDD", "#CFDBE8", "#9FB9D6", "#6890BD", "#35639B")

# Of a place: seen lately; asks to be confirmed; nobody ever saw it; people differ, or did not find
# it; resting; closed or removed; on the map alone.
SignState = Literal["fresh", "due", "never", "doubt", "paused", "closed", "map"]
SIGN_STATES: Final[tuple[SignState, ...]] = get_args(SignState)


def share_class(share: float) -> int:
    """Return the class 0–4 of a share, in steps of 20 % (割合の段).

    Examples
    --------
    >>> [share_class(s) for s in (0.0, 0.2, 0.59, 1.0)]
    [0, 1, 2, 4]
    """
    return min(int(share * len(SHARES) + 1e-9), len(SHARES) - 1)


MAP_COLOURS: Final = {
    "paper": PAPER,
    "land": LAND,
    "sea": SEA,
    "casing": CASING,
    "path": PATH,
    "street": STREET,
    "wood": WOOD,
    "building": BUILDING,
    "rail": RAIL,
    "ink": INK,
    "ink2": INK2,
    "card": CARD,
    "indigo": INDIGO,
    "indigo_deep": INDIGO_DEEP,
    "vermilion": VERMILION,
    "amber": AMBER,
    "caution": CAUTION,
    "not_reached": NOT_REACHED,
    "no_data": NO_DATA,
    "no_data_dot": NO_DATA_DOT,
    "edge": EDGE,
    "shares": list(SHARES),
}
"""What the browser's layers draw with."""
