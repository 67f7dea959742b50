"""What stands in place of a masked count, and the line that explains it (伏せた数のことば)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Collection

    from geo.base.words import Lang

MASKED: Final = Words("（伏せる）", "(not shown)")
MASKED_LINE: Final = Words(
    "10人未満の数と、引き算で分かってしまう数・割合は「（伏せる）」としています。",
    "Counts below 10 people, and counts and shares from which one would follow, are “(not shown)”.",
)
_PEOPLE: Final[dict[Lang, re.Pattern[str]]] = {
    "ja": re.compile(r"(?<![0-9.,])([0-9][0-9,]*)人"),
    # A number that is of something else says of what: metres, minutes, areas, an age.
    "en": re.compile(
        r"(?<![0-9.,])([0-9][0-9,]*)(?![0-9,.]*[0-9%])"
        r"(?!\s?(?:m|km|min|minutes?|things?|areas?|salons?|%)\b)(?! and over)(?!-)"
    ),
}
_SHARE: Final = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?[％%]")


def is_masked(count: int, hidden: Collection[int], least: int = 10) -> bool:
    """Say whether a count of people is not shown: it is small, or among the hidden (伏せる数か)."""
    return 0 < count < least or count in hidden


def mask_text(text: str, hidden: Collection[int], lang: Lang, *, shares: bool) -> str:
    """Return a sentence without the counts of people that are hidden (文の人数を伏せる).

    Parameters
    ----------
    hidden
        Their values; every count of 1 to 9 people is left out whether it is among them or not.
    shares
        Whether shares are left out, too.

    Examples
    --------
    >>> mask_text("徒歩5分に通いの場がない人は 7人、ある人は 1,250人です（0.6％）", {50}, "ja", shares=True)
    '徒歩5分に通いの場がない人は （伏せる）、ある人は 1,250人です（（伏せる））'
    >>> mask_text("Within 5 min, 7 gain of 50", {50}, "en", shares=False)
    'Within 5 min, (not shown) gain of (not shown)'
    """

    def put(found: re.Match[str]) -> str:
        count = int(found[1].replace(",", ""))
        return MASKED.say(lang) if is_masked(count, hidden) else found[0]

    told = _PEOPLE[lang].sub(put, text)
    return _SHARE.sub(MASKED.say(lang), told) if shares else told
