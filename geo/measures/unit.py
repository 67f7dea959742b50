"""What measures count in: its word, and how exactly it is told (指標の単位)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from geo.base.words import Words

Unit = Literal["share", "people", "minutes", "metres", "sites", "sessions", "supply_per_person"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One unit (単位).

    Attributes
    ----------
    words
        Said with a figure.
    decimals
        In files.
    shown
        How people read a figure, as a format.
    """

    words: Words
    decimals: int
    shown: str = ",.1f"


# A share tells one person of a million, minutes and sessions are told to less than a second,
# metres to a tenth, supply per person to one session a month among a million people.
UNITS: Final[dict[Unit, Counted]] = {
    "share": Counted(words=Words("割合", "share"), decimals=6),
    "people": Counted(words=Words("人", "people"), decimals=0, shown=",.0f"),
    "minutes": Counted(words=Words("分", "min"), decimals=3),
    "metres": Counted(words=Words("m", "m"), decimals=1, shown=",.0f"),
    "sites": Counted(words=Words("か所", "sites"), decimals=3),
    "sessions": Counted(words=Words("回（1か月）", "sessions a month"), decimals=3),
    "supply_per_person": Counted(words=Words("1人あたり", "per person"), decimals=6, shown=".3g"),
}
