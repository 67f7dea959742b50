"""Whether a 通いの場 counts on a day: a venue that is there, with a group that meets (数える会場か)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from geo.base.words import Words
from geo.schedule import dump_schedule, sessions_per_month
from surveys.declaration.field import UNKNOWN
from surveys.record.history import STATUS, STATUS_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surveys.record.as_of import OnDay

# "yes" counts; "unsure" counts, is told, and is out of the low figure; "early" is in the high
# figure alone; "no" is in none.
Counts = Literal["yes", "unsure", "early", "no"]
HOME: Final = "home"
_UNSURE: Final = Words("ようすが分からない", "state not known")
_EARLY: Final = Words(
    "この日にあったか分からない（初めて見た日より前）",
    "not known for this day: before anybody first told of it",
)
_NO_GROUP: Final = Words("集まりがない", "no group meets")
_GROUP_WORDS: Final = {
    "paused": Words("休止", "paused"),
    "ended": Words("終了", "ended"),
    "planned": Words("準備中", "planned"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Venue:
    """A venue on a day (その日の会場).

    Attributes
    ----------
    counts, why
        Whether it counts, and why not or why in doubt.
    groups
        Those that meet that day, or may.
    """

    counts: Counts
    why: Words
    groups: tuple[Mapping[str, Any], ...]

    @property
    def sessions_per_month(self) -> float:
        """How often its groups meet in a mean month; NaN where nobody told of any (月の回数)."""
        counts = [sessions_per_month(_rules(one)).per_month for one in self.groups if _rules(one)]
        total = sum(counts)
        return total if total > 0 else math.nan

    @property
    def capacity(self) -> float:
        """People at a mean session; NaN unless every group tells its own (定員)."""
        told = [one.get("capacity") for one in self.groups]
        if not told or not all(isinstance(one, int | float) and one > 0 for one in told):
            return math.nan
        weights = [sessions_per_month(_rules(one)).per_month or 1.0 for one in self.groups]
        return sum(float(c or 0) * w for c, w in zip(told, weights, strict=True)) / sum(weights)

    @property
    def schedule(self) -> str:
        """Days and hours of its groups, a line each (開催日時)."""
        return "、".join(
            filter(None, (dump_schedule(_rules(one)).replace("\n", "、") for one in self.groups))
        )

    @property
    def areas(self) -> frozenset[str] | None:
        """Names of the areas whose people may come; ``None`` where anybody may (利用できる地区)."""
        named: set[str] = set()
        for one in self.groups:
            listed = one.get("area")
            if not isinstance(listed, list) or not listed:
                return None
            named.update(map(str, listed))
        return frozenset(named) if named else None


def judge_venue(on: OnDay, answers: Mapping[str, Any], day: str) -> Venue:
    """Return whether a 通いの場 counts on a day (数えるか).

    A venue counts when it is there and at least one of its groups meets. 休止・終了・準備中 do not;
    不明 or nothing said of a group counts and is told. What people differ on is not known.

    Parameters
    ----------
    on
        The site on that day.
    answers
        Its answers then, items as lists.
    """
    state = on.state
    if STATUS in state.conflicts:
        return _venue("unsure", _UNSURE, _listed(answers))
    status = state.status["is"]
    if status != "active":
        return _venue("no", STATUS_WORDS[status], ())  # type: ignore[index]
    if "activities" in state.conflicts:
        return _venue("unsure", _UNSURE, _listed(answers))
    listed = answers.get("activities")
    if listed in (None, UNKNOWN):
        return _early(on, _venue("unsure", _UNSURE, ()))
    judged = [(one, _judge_group(one, on, day)) for one in _listed(answers)]
    meeting = tuple(one for one, said in judged if said in ("yes", "unsure"))
    if not meeting:
        states = {str(one.get("state")) for one, said in judged}
        why = _GROUP_WORDS.get(next(iter(states)), _NO_GROUP) if len(states) == 1 else _NO_GROUP
        return _venue("no", why, ())
    sure = any(said == "yes" for _, said in judged)
    found = _venue("yes", Words("", ""), meeting) if sure else _venue("unsure", _UNSURE, meeting)
    started = [one for one in meeting if _started(one)]
    # Before anybody told of it, a group that says since when it meets is known to have met.
    return found if on.early and started else _early(on, found)


def is_private_home(answers: Mapping[str, Any]) -> bool:
    """Say whether answers tell of somebody's home, whose place is told to nobody outside (個人の家か)."""
    said = answers.get("private_home")
    return said == "yes" or (said != "no" and answers.get("venue") == HOME)


def _early(on: OnDay, venue: Venue) -> Venue:
    return _venue("early", _EARLY, venue.groups) if on.early else venue


def _venue(counts: Counts, why: Words, groups: Sequence[Mapping[str, Any]]) -> Venue:
    return Venue(counts=counts, why=why, groups=tuple(groups))


def _judge_group(group: Mapping[str, Any], on: OnDay, day: str) -> Counts:
    started = _started(group)
    if started and started > day[: len(started)]:
        return "no"
    if f"activities/{group['_id']}/state" in on.state.conflicts:
        return "unsure"
    state = group.get("state")
    if state in _GROUP_WORDS:
        return "no"
    return "yes" if state == "active" else "unsure"


def _started(group: Mapping[str, Any]) -> str:
    said = group.get("started")
    return said if isinstance(said, str) and said != UNKNOWN else ""


def _rules(group: Mapping[str, Any]) -> list[Any]:
    rules = group.get("schedule")
    return rules if isinstance(rules, list) else []


def _listed(answers: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    value = answers.get("activities")
    return value if isinstance(value, list) else []
