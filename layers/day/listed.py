"""All 通いの場 known on a day, counting or not, and the tables of those that count (その日の一覧)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geo.base.words import Words
from geo.tables.tables import SITES, check_sites
from surveys.record.as_of import say_moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surveys.declaration.paths import Answers
    from surveys.record.venue import Counts, Venue

OF_A_FILE: Final = Words("渡された表", "of a file")
NOTHING_MORE: Final = Words("", "")
# By whether the address tells the 町丁目.
_PLACELESS: Final = {
    True: Words("場所が町丁目までしか分からない", "known to their 町丁目 alone"),
    False: Words("場所の分からない", "without a place"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One 通いの場 of the list, counting or not (一覧の通いの場).

    Attributes
    ----------
    at_m
        On the town's plane; ``None`` without a place.
    own
        Whether only the town's files tell of it: no record speaks of it yet.
    home
        Whether it is somebody's home, by what is known now or was then.
    open
        How it would count if nothing were wished.
    answers
        What is known of the venue on the day, items as lists; nothing of a file's.
    seen_on
        The day somebody last saw or confirmed it, as it was known on the day; "" for never.
    rough
        The 町丁目 its address tells, where it has no place; "" where nothing tells it.
    """

    site_id: str
    name: str
    at_m: tuple[float, float] | None
    venue: Venue
    schedule: str
    sessions_per_month: float
    capacity: float
    note: str
    source: str
    own: bool
    open: Counts
    home: bool = False
    answers: Answers = field(default_factory=dict)
    seen_on: str = ""
    rough: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SalonList:
    """All 通いの場 known on a day, and the tables that count (その日の一覧).

    Attributes
    ----------
    listed
        Every one, counting or not, by id.
    newest_at
        When the newest record of any was written, ISO text; "" for none. The town's own lists are
        nobody's record.
    list_at
        When a newer list of the town was taken; "" for none.
    """

    listed: tuple[Listed, ...]
    newest_at: str
    list_at: str = ""

    def sites(self, *counts: str) -> pd.DataFrame:
        """Return Sites of those that count so: ``yes``, ``unsure``, ``early`` (数える表)."""
        return _sites([one for one in self.listed if one.venue.counts in counts])

    def aside(self) -> pd.DataFrame:
        """Return Sites of those that count if nothing is wished, and are not as wished (外した表)."""
        counted = ("yes", "unsure")
        return _sites(
            [one for one in self.listed if one.open in counted and one.venue.counts not in counted]
        )

    def say(self, of: Words | None = None) -> list[Words]:
        """Return what was taken into account, a line each (数えた通いの場の文).

        Parameters
        ----------
        of
            Where they are from, if not from the register.
        """
        counted = [
            one
            for one in self.listed
            if one.venue.counts in ("yes", "unsure") and one.at_m is not None
        ]
        unsure = sum(one.venue.counts == "unsure" for one in counted)
        out = Counter(
            one.venue.why for one in self.listed if one.venue.counts in ("no", "early", "maybe")
        )
        notes = [] if of is None else [of]
        if unsure:
            notes.append(
                Words(
                    f"ようすの分からない {unsure} をふくむ", f"{unsure} of unknown state among them"
                )
            )
        placeless = Counter(_PLACELESS[bool(one.rough)] for one in self.listed if one.at_m is None)
        out.update(placeless)
        notes += [
            Words(f"{why.ja} {count} は数えない", f"{why.en}, {count}, not counted")
            for why, count in out.items()
        ]
        return say_counted(len(counted), notes, self._say_last())

    def _say_last(self) -> Words:
        """Return when the newest record was written, and that a list was taken since, if one was."""
        last = _say_newest(self.newest_at)
        since = _say_moment(self.list_at) if self.list_at > self.newest_at else None
        if since is None:
            return last
        return Words(
            f"{last.ja}。街の表を取りこんだのは {since.ja}",
            f"{last.en}; the town's list was taken on {since.en}",
        )


def say_counted(count: int, notes: Sequence[Words], last: Words = NOTHING_MORE) -> list[Words]:
    """Return how many 通いの場 count, with notes in brackets (数えた数の文)."""
    ja, en = "。".join(one.ja for one in notes), "; ".join(one.en for one in notes)
    more = Words(f"（{ja}）", f" ({en})") if notes else NOTHING_MORE
    return [Words(f"通いの場　{count}か所{more.ja}{last.ja}", f"Salons: {count}{more.en}{last.en}")]


def _sites(listed: Sequence[Listed]) -> pd.DataFrame:
    """Return Sites of those that have a place."""
    rows = [one for one in listed if one.at_m is not None]
    table = {
        "site_id": [one.site_id for one in rows],
        "kind": ["salon"] * len(rows),
        "name": [one.name for one in rows],
        "x_m": np.array([one.at_m[0] for one in rows if one.at_m], dtype=float),
        "y_m": np.array([one.at_m[1] for one in rows if one.at_m], dtype=float),
        "schedule": [one.schedule for one in rows],
        "note": [one.note for one in rows],
        "source": [one.source for one in rows],
        "sessions_per_month": np.array([one.sessions_per_month for one in rows], dtype=float),
        "capacity": np.array([one.capacity for one in rows], dtype=float),
    }
    frame = pd.DataFrame({name: table[name] for name in SITES})
    texts = [name for name, kind in SITES.items() if kind == "str"]
    return check_sites(frame.astype(dict.fromkeys(texts, object)))


def _say_newest(at: str) -> Words:
    """Return when the newest record was written, on Japan's clock."""
    said = _say_moment(at)
    if said is None:
        return NOTHING_MORE
    return Words(f"。最後の記録 {said.ja}", f"; the newest record is of {said.en}")


def _say_moment(at: str) -> Words | None:
    try:
        return say_moment(at) if at else None
    except ValueError:
        return None
