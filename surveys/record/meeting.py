"""One group that meets at a venue, held against what is asked about (集まりが合うか)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from geo.base.words import Words
from geo.schedule import Fit, fit_schedule, worse
from surveys.declaration.field import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from geo.schedule import Fits, Rule
    from surveys.record.wanted import Wanted

# The least, what is known, and the most there may be.
End = Literal["low", "known", "high"]
# Names for all of a municipality, as they are written where anybody may come.
ANYWHERE: Final = frozenset(
    {"全市", "全町", "全村", "全区", "全域", "市全域", "町全域", "市内全域", "制限なし"}
)
DOUBT_WORDS: Final[Mapping[str, Words]] = {
    "weekday": Words("曜日の分からない", "weekday not known"),
    "half": Words("時刻の分からない", "hours not known"),
    "often": Words("回数の分からない", "how often not known"),
    "content": Words("内容の分からない", "content not known"),
    "group": Words("集まりを聞いていない", "nothing told of its groups"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A group that meets, or may (その日に集まるグループ).

    Attributes
    ----------
    group
        Its answers.
    sure
        Whether it is known to meet at the time.
    fits, per_month
        Whether it is as wished, and its sessions that are, in a mean month (NaN: not told).
    doubt
        The key in `DOUBT_WORDS` of what is not told, where ``fits`` is ``maybe``.
    areas
        Names of the areas whose people may come; None where anybody may.
    areas_known
        False where people said they do not know, or differ, who may come.
    """

    group: Mapping[str, Any]
    sure: bool
    fits: Fits
    per_month: float
    doubt: str
    areas: frozenset[str] | None
    areas_known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who may come to a venue (使える人).

    Attributes
    ----------
    areas
        Names of areas; None where anybody may come.
    known
        False where of some group it is not known.
    """

    areas: frozenset[str] | None
    known: bool


def meet(
    group: Mapping[str, Any], *, sure: bool, wanted: Wanted, conflicts: Collection[str]
) -> Meeting:
    """Return a group as it is held against what is wished (集まりをくらべる).

    What nobody told, and what people differ on, may be as wished. Who may come is not limited
    where nobody said so: most lists tell it of the few that are.

    Parameters
    ----------
    sure
        Whether the group is known to meet.
    conflicts
        Paths on which people differ.
    """

    def differ(name: str) -> bool:
        return f"activities/{group.get('_id')}/{name}" in conflicts

    rules = rules_of(group)
    times = fit_schedule(rules, wanted.times)
    if differ("schedule") and not wanted.times.empty:
        times = Fit(fits="maybe", per_month=times.per_month, doubt="weekday")
    content = fit_content(None if differ("content") else group.get("content"), wanted)
    fits = worse(times.fits, content)
    doubt = (times.doubt or "content") if fits == "maybe" else ""
    listed = group.get("area")
    limited = isinstance(listed, list) and bool(listed)
    return Meeting(
        group=group,
        sure=sure,
        fits=fits,
        per_month=times.per_month,
        doubt=doubt,
        areas=frozenset(map(str, listed)) if limited else None,  # type: ignore[arg-type]
        areas_known=not differ("area") and listed != UNKNOWN,
    )


def fit_content(content: object, wanted: Wanted) -> Fits:
    """Return whether what is done is as wished (内容が合うか)."""
    if not wanted.content:
        return "yes"
    if not isinstance(content, list) or not content:
        return "maybe"
    return "yes" if set(content) & set(wanted.content) else "no"


def rules_of(group: Mapping[str, Any]) -> list[Rule]:
    """Return a group's schedule, none where nobody told (集まりの日時)."""
    rules = group.get("schedule")
    return rules if isinstance(rules, list) else []


def who_may(meetings: Sequence[Meeting]) -> Who:
    """Return who may come to any of the groups (だれが来られるか)."""
    told = [one.areas for one in meetings if one.areas_known]
    if None in told or not meetings:
        return Who(areas=None, known=True)
    named = frozenset[str]().union(*(areas for areas in told if areas is not None))
    return Who(areas=named, known=len(told) == len(meetings))


def sessions_of(meetings: Sequence[Meeting]) -> float:
    """Return how often the groups meet in a mean month, NaN where nobody told of any (月の回数)."""
    total = sum(one.per_month for one in meetings if not math.isnan(one.per_month))
    return total if total > 0 else math.nan
