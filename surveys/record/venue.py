"""Whether a 通いの場 counts on a day: a venue that is there, with a group that meets (数える会場か)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from geo.base.words import Words
from geo.schedule import dump_schedule
from surveys.declaration.field import UNKNOWN
from surveys.record.history import STATUS, STATUS_WORDS
from surveys.record.meeting import DOUBT_WORDS, meet, rules_of, sessions_of, who_may
from surveys.record.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surveys.record.as_of import OnDay
    from surveys.record.meeting import End, Meeting, Who

# "yes" counts; "unsure" counts, is told, and is out of the low figure; "early" is in the high
# figure alone, and so is "maybe", which may be as wished; "no" is in none.
Counts = Literal["yes", "unsure", "early", "maybe", "no"]
HOME: Final = "home"
_UNSURE: Final = Words("ようすが分からない", "state not known")
_EARLY: Final = Words(
    "この日にあったか分からない（初めて見た日より前）",
    "not known for this day: before anybody first told of it",
)
UNFIT: Final = Words("選んだ条件に合わない", "not as chosen")
_ALL: Final = Wanted()
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
    meetings
        The groups that meet that day, or may, and are as wished, or may be.
    """

    counts: Counts
    why: Words
    meetings: tuple[Meeting, ...]

    @property
    def counted(self) -> tuple[Meeting, ...]:
        """The groups it counts for: those as wished, or that may be where none surely is (数える集まり)."""
        fitting = tuple(one for one in self.meetings if one.fits == "yes")
        return fitting or self.meetings

    @property
    def groups(self) -> tuple[Mapping[str, Any], ...]:
        """The answers of `counted` (集まり)."""
        return tuple(one.group for one in self.counted)

    @property
    def sessions_per_month(self) -> float:
        """How often they meet as wished in a mean month; NaN where nobody told of any (月の回数)."""
        return sessions_of(self.counted)

    @property
    def capacity(self) -> float:
        """People at a mean session; NaN unless every group tells its own (定員)."""
        told = [one.get("capacity") for one in self.groups]
        if not told or not all(isinstance(one, int | float) and one > 0 for one in told):
            return math.nan
        weights = [1.0 if math.isnan(one.per_month) else one.per_month for one in self.counted]
        return sum(float(c or 0) * w for c, w in zip(told, weights, strict=True)) / sum(weights)

    @property
    def schedule(self) -> str:
        """Days and hours of its groups, a line each (開催日時)."""
        return "、".join(
            filter(None, (dump_schedule(rules_of(one)).replace("\n", "、") for one in self.groups))
        )

    @property
    def areas(self) -> frozenset[str] | None:
        """Names of the areas whose people may come; ``None`` where anybody may (利用できる地区)."""
        return self.who("known").areas

    def who(self, end: End) -> Who:
        """Return who may come: surely, as far as is known, or at most (だれが来られるか)."""
        if end == "high":
            return who_may(self.meetings)
        fitting = [one for one in self.meetings if one.fits == "yes"]
        return who_may([one for one in fitting if one.sure] if end == "low" else fitting)


def judge_venue(on: OnDay, answers: Mapping[str, Any], day: str, wanted: Wanted = _ALL) -> Venue:
    """Return whether a 通いの場 counts on a day (数えるか).

    A venue counts when it is there and at least one of its groups meets. 休止・終了・準備中 do not;
    不明 or nothing said of a group counts and is told. What people differ on is not known.

    Parameters
    ----------
    on
        The site on that day.
    answers
        Its answers then, items as lists.
    wanted
        What is wished: one group must be all of it. Where it is not told of any, the venue
        may be as wished.
    """
    state = on.state
    unsure = _meetings(on, [(one, False) for one in _listed(answers)], wanted)
    if STATUS in state.conflicts:
        return _as_wished("unsure", unsure, wanted, told=bool(_listed(answers)))
    status = state.status["is"]
    if status != "active":
        return _venue("no", STATUS_WORDS[status], ())  # type: ignore[index]
    if "activities" in state.conflicts:
        return _as_wished("unsure", unsure, wanted, told=bool(_listed(answers)))
    listed = answers.get("activities")
    if listed in (None, UNKNOWN):
        return _early(on, _as_wished("unsure", (), wanted, told=False))
    judged = [(one, _judge_group(one, on, day)) for one in _listed(answers)]
    meeting = [(one, said == "yes") for one, said in judged if said in ("yes", "unsure")]
    if not meeting:
        states = {str(one.get("state")) for one, said in judged}
        why = _GROUP_WORDS.get(next(iter(states)), _NO_GROUP) if len(states) == 1 else _NO_GROUP
        return _venue("no", why, ())
    found = _as_wished("yes", _meetings(on, meeting, wanted), wanted, told=True)
    # Before anybody told of it, a group that says since when it meets is known to have met.
    started = any(_started(one) for one in found.groups)
    return found if on.early and started else _early(on, found)


def _meetings(
    on: OnDay, groups: Sequence[tuple[Mapping[str, Any], bool]], wanted: Wanted
) -> tuple[Meeting, ...]:
    """Return the groups that are as wished, or may be; each with whether it surely meets."""
    conflicts = on.state.conflicts
    found = (meet(one, sure=sure, wanted=wanted, conflicts=conflicts) for one, sure in groups)
    return tuple(one for one in found if one.fits != "no")


def _as_wished(
    at_most: Counts, meetings: Sequence[Meeting], wanted: Wanted, *, told: bool
) -> Venue:
    """Return how a venue counts for the groups that fit, or may; `told` whether it has any at all."""
    fitting = [one for one in meetings if one.fits == "yes"]
    if not wanted.of_groups or fitting:
        sure = any(one.sure for one in fitting)
        counts: Counts = at_most if sure else "unsure"
        return _venue(counts, Words("", "") if counts == "yes" else _UNSURE, meetings)
    if meetings:
        return _venue("maybe", DOUBT_WORDS[meetings[0].doubt], meetings)
    if told:
        return _venue("no", UNFIT, ())
    return _venue("maybe", DOUBT_WORDS["group"], ())


def say_not_meeting(
    title: str, status: Mapping[str, str], answers: Mapping[str, Any]
) -> Words | None:
    """Return that a venue there again still counts not, for none of its groups meets (まだ数えないわけ).

    ``None`` where it is not there, or where a group meets or may meet.
    """
    groups = _listed(answers)
    states = [str(one.get("state")) for one in groups]
    if status.get("is") != "active" or not groups or any(one not in _GROUP_WORDS for one in states):
        return None
    why = _GROUP_WORDS[states[0]]
    return Words(
        f"{title}：状態は「いまもある」ですが、集まりの「いまのようす」が{why.ja}のままなので、数えません。"
        "また開いているなら、「いまのようす」も「活動中」に直してください",
        f"{title}: it is in use, but its groups are still {why.en}, so it does not count;"
        " where they meet again, set their state to active as well",
    )


def groups_rest(answers: Mapping[str, Any]) -> bool:
    """Say whether the groups of a 通いの場 rest: one is paused, and none meets or is to begin (休止中か).

    Examples
    --------
    >>> groups_rest({"activities": [{"state": "paused"}, {"state": "ended"}]}), groups_rest({})
    (True, False)
    """
    states = {str(one.get("state")) for one in _listed(answers)}
    return "paused" in states and states <= {"paused", "ended"}


def is_private_home(answers: Mapping[str, Any]) -> bool:
    """Say whether answers tell of somebody's home, whose place is told to nobody outside (個人の家か)."""
    said = answers.get("private_home")
    return said == "yes" or (said != "no" and answers.get("venue") == HOME)


def _early(on: OnDay, venue: Venue) -> Venue:
    if on.early and venue.counts != "no":
        return _venue("early", _EARLY, venue.meetings)
    return venue


def _venue(counts: Counts, why: Words, meetings: Sequence[Meeting]) -> Venue:
    return Venue(counts=counts, why=why, meetings=tuple(meetings))


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


def _listed(answers: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    value = answers.get("activities")
    return value if isinstance(value, list) else []
