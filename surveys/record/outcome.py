"""What a walk came to: not begun, under way, done, or ended with places left (踏査のようす)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, assert_never

from geo.base.words import Words, count_in_english
from surveys.record.walk import WALK, WHY_UNSEEN, places_seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from surveys.record.history import Version

WalkState = Literal["yet", "begun", "done", "left"]
GONE: Final = frozenset({"absent", "closed"})
# Each place stands under one of these headings, and is counted there alone.
HEADINGS: Final[dict[str, Words]] = {
    "planned": Words("予定した所", "Planned"),
    "added": Words("途中でたした所", "Added on the way"),
    "gone": Words("閉まった・見つからない所", "Found closed or not there"),
}
CAME_WORDS: Final[dict[str, Words]] = {
    "seen": Words("見た", "seen"),
    "absent": Words("見つからない", "not found"),
    "closed": Words("閉まった", "closed"),
    "unseen": Words("見られなかった", "could not be seen"),
    "missed": Words("まだ見ていない", "not seen yet"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a walk came to, each place once (踏査のようす).

    Attributes
    ----------
    came
        By id, the planned in the list's order and then those added: ``seen``, ``absent``,
        ``closed``, ``unseen`` (somebody said why) or ``missed``.
    planned
        The ids of the list, each once.
    why
        By id, why a place could not be seen.
    ended_on
        The day a person ended it with places left; "" for none.
    """

    came: Mapping[str, str]
    planned: tuple[str, ...]
    why: Mapping[str, Words]
    ended_on: str = ""

    @property
    def listed(self) -> tuple[str, ...]:
        """Planned places but those found closed (予定した所)."""
        return tuple(id_ for id_ in self.planned if self.came[id_] not in GONE)

    @property
    def gone(self) -> tuple[str, ...]:
        """Places found closed or not there, planned or not (閉まった所)."""
        return tuple(id_ for id_, state in self.came.items() if state in GONE)

    @property
    def added(self) -> tuple[str, ...]:
        """Places seen that were not planned (途中でたした所)."""
        known = set(self.planned)
        return tuple(
            id_ for id_, state in self.came.items() if id_ not in known and state not in GONE
        )

    @property
    def missed(self) -> tuple[str, ...]:
        """Planned places nobody saw nor said why (まだ見ていない所)."""
        return tuple(id_ for id_ in self.planned if self.came[id_] == "missed")

    @property
    def begun(self) -> bool:
        """Whether anything was written on it (書きはじめたか)."""
        return any(state != "missed" for state in self.came.values())

    @property
    def state(self) -> WalkState:
        """How far it is; never ``done`` while a planned place is unseen and unexplained (状態)."""
        if self.missed:
            return "left" if self.ended_on else "begun" if self.begun else "yet"
        return "done" if self.begun or self.ended_on else "yet"

    def count(self, *states: str) -> int:
        """Return how many planned places came to one of some states (数)."""
        return sum(self.came[id_] in states for id_ in self.planned)


def outcome_of(answers: Mapping[str, Any], versions: Iterable[Version]) -> Outcome:
    """Return what a walk came to (踏査のようすを数える).

    Parameters
    ----------
    answers
        The walk's own.
    versions
        Those that belong to the walk (`Register.versions_of_walk`).
    """
    listed = answers.get("places")
    planned = tuple(dict.fromkeys(listed if isinstance(listed, list) else ()))
    came = places_seen(planned, versions)
    why: dict[str, Words] = {}
    for item in answers.get("unseen") or ():
        for id_ in item.get("place") or ():
            if came.get(id_) in ("missed", "unseen"):
                came[id_] = "unseen"
                why[id_] = _say_why(item)
    return Outcome(came=came, planned=planned, why=why, ended_on=str(answers.get("ended_on") or ""))


def say_state(outcome: Outcome) -> Words:
    """Return the state of a walk in words; what is left is named, never plain finished (状態を言う)."""
    match outcome.state:
        case "yet":
            return Words("まだ", "not begun")
        case "begun":
            return Words("途中", "under way")
        case "done":
            return Words("おわった", "done")
        case "left":
            count = len(outcome.missed)
            return Words(
                f"見ていない所が{count}か所", f"{count_in_english(count, 'place')} not seen"
            )
        case _:
            assert_never(outcome.state)


def _say_why(item: Mapping[str, Any]) -> Words:
    known = {one.id: one.words for one in WHY_UNSEEN}
    words = known.get(str(item.get("why") or ""))
    note = str(item.get("note") or "")
    ja = "：".join(filter(None, (words.ja if words else "", note)))
    en = ": ".join(filter(None, (words.en if words else "", note)))
    return Words(ja, en) if ja else WALK.field("unseen").words
