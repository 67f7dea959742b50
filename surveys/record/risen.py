"""How far a concern has risen, what it waits for and what was answered, read from its answers (課題の経過)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from geo.base.dates import parse_date, say_date
from geo.base.words import Words, count_in_english
from surveys.declaration.field import UNKNOWN
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from surveys.declaration.field import Choice, Field

TYPE: Final = "concern"
WAY: Final = "way"
_ASKED: Final = ("on", "level", "what", "meeting", "note")
# From the ground up.
LEVELS: Final = ("tier_3", "tier_2", "tier_1", "city")
# Of these nobody is asked any more.
_OVER: Final = frozenset({"solved", "dropped"})
_SHOWN: Final = frozenset({"council", "public"})
Happening = Literal["raised", "talked", "sent_up", "sent_back", "answered", "told"]


def _inner(id_: str) -> Field:
    item = RECORD_TYPES[TYPE].field(WAY).item
    if item is None:
        raise KeyError(id_)
    return next(one for one in item.fields if one.id == id_)


LEVEL_WORDS: Final[dict[str, Words]] = {one.id: one.words for one in _inner("level").choices}
HAPPENING_WORDS: Final[dict[str, Words]] = {one.id: one.words for one in _inner("what").choices}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that happened to a concern on its way (経過ひとつ).

    Attributes
    ----------
    on
        ``2026-12-02``; "" where no day is known.
    level, what
        Ids of `LEVEL_WORDS` and `HAPPENING_WORDS`; "" where not told. The level of what was sent up or
        back is where it went.
    meeting, said
        "" for none.
    """

    on: str = ""
    level: str = ""
    what: str = ""
    meeting: str = ""
    said: str = ""


def steps_of(answers: Mapping[str, Any]) -> tuple[Step, ...]:
    """Return what happened, the oldest first; what has no day stays after what it was written after (経過).

    Examples
    --------
    >>> way = [{"on": "2026-06-01", "what": "sent_up"}, {"what": "talked"}, {"on": "2026-05-01", "what": "raised"}]
    >>> [one.what for one in steps_of({"way": way})]
    ['raised', 'sent_up', 'talked']
    """
    listed = answers.get(WAY)
    found: list[tuple[str, Step]] = []
    last = ""
    for one in listed if isinstance(listed, list) else ():
        on, level, what, meeting, said = (_known(one.get(key)) for key in _ASKED)
        step = Step(on=on, level=level, what=what, meeting=meeting, said=said)
        last = step.on or last
        found.append((last, step))
    return tuple(step for _, step in sorted(found, key=lambda one: one[0]))


def level_of(answers: Mapping[str, Any]) -> str:
    """Return the level a concern stands at now: of the last step that names one, else its tier; "" for none (いまの層).

    Examples
    --------
    >>> level_of({"tier": "tier_2"}), level_of({}), level_of({"tier": "tier_2", "way": [{"level": "city"}]})
    ('tier_2', '', 'city')
    """
    named = [one.level for one in steps_of(answers) if one.level in LEVEL_WORDS]
    return named[-1] if named else _known(answers.get("tier"))


def level_above(level: str) -> str:
    """Return the level above one; the lowest above none, "" above the highest (上の層).

    Examples
    --------
    >>> [level_above(one) for one in ("", "tier_2", "city")]
    ['tier_3', 'tier_1', '']
    """
    at = LEVELS.index(level) + 1 if level in LEVELS else 0
    return LEVELS[at] if at < len(LEVELS) else ""


def meeting_of(answers: Mapping[str, Any]) -> str:
    """Return the meeting where a concern was raised: of the first step that names one, "" for none (出た会議)."""
    return next((one.meeting for one in steps_of(answers) if one.meeting), "")


def waits(answers: Mapping[str, Any]) -> bool:
    """Say whether a concern waits for an answer: it was sent up, and neither answered nor sent back since (答え待ちか).

    Examples
    --------
    >>> up, answer = {"what": "sent_up"}, {"what": "answered"}
    >>> waits({"way": [up]}), waits({"way": [up, answer]}), waits({"way": [up], "state": "dropped"})
    (True, False, False)
    """
    if answers.get("state") in _OVER:
        return False
    told = [
        one.what for one in steps_of(answers) if one.what in ("sent_up", "sent_back", "answered")
    ]
    return bool(told) and told[-1] == "sent_up"


def is_overdue(answers: Mapping[str, Any], day: str) -> bool:
    """Say whether what was to be done by a day is past it, and is not over (期限をすぎたか).

    Examples
    --------
    >>> [is_overdue({"due": "2026-12-01", "state": one}, "2026-12-02") for one in ("working", "solved")]
    [True, False]
    """
    due = _known(answers.get("due"))
    return bool(due) and due < day and answers.get("state") not in _OVER


def answer_of(answers: Mapping[str, Any]) -> str:
    """Return what was answered last, else the result; "" for none (答え)."""
    told = [one.said for one in steps_of(answers) if one.what == "answered" and one.said]
    return told[-1] if told else _known(answers.get("result"))


def may_be_shown(answers: Mapping[str, Any]) -> bool:
    """Say whether a council may see it: nobody but the office may unless it is said (会議で見せてよいか).

    Examples
    --------
    >>> [may_be_shown({"audience": one}) for one in ("public", "council", "staff", "unknown")]
    [True, True, False, False]
    """
    return answers.get("audience") in _SHOWN


def say_step(step: Step) -> Words:
    """Return a step as a line: day, level, what happened, the meeting; not what was said (一行で言う).

    Examples
    --------
    >>> say_step(Step(on="2026-11-21", level="tier_2", what="raised", meeting="第2回 第2層協議体")).ja
    '令和8年11月21日　第2層　出た（第2回 第2層協議体）'
    """
    level, what = LEVEL_WORDS.get(step.level), HAPPENING_WORDS.get(step.what)
    ja = [_day(step.on).ja, level.ja if level else "", what.ja if what else ""]
    en = [_day(step.on).en, level.en if level else "", what.en if what else ""]
    meeting = step.meeting
    return Words(
        "　".join(filter(None, ja)) + (f"（{meeting}）" if meeting else ""),
        ", ".join(filter(None, en)) + (f" ({meeting})" if meeting else ""),
    )


def say_history(answers: Mapping[str, Any]) -> tuple[Words, ...]:
    """Return the history in words, a line a step (経過を言う)."""
    return tuple(say_step(one) for one in steps_of(answers))


def say_overdue(answers: Mapping[str, Any], day: date) -> Words | None:
    """Return how long a concern is past its day, ``None`` where it is not (期限のすぎ方を言う)."""
    if not is_overdue(answers, day.isoformat()):
        return None
    days = (day - parse_date(answers["due"])).days
    return Words(f"期限を{days}日すぎています", f"{count_in_english(days, 'day')} overdue")


def add_step(answers: Mapping[str, Any], step: Mapping[str, Any], *, id_: str) -> dict[str, Any]:
    """Return the answers with one more step, and with what follows of it (経過をたす).

    Sent up or back: the tier is where it went, as far as a council has one, and what was only noticed is
    being discussed. Answered: the result is the answer where there is none, and the state is that it is worked on
    where it was still discussed. All else is as it was.

    Parameters
    ----------
    step
        As the item's answers, its ``_id`` left out.
    id_
        The item's own.

    Examples
    --------
    >>> up = add_step({"state": "noticed"}, {"what": "sent_up", "level": "tier_1"}, id_="a")
    >>> up["tier"], up["state"], up["way"]
    ('tier_1', 'talking', [{'_id': 'a', 'what': 'sent_up', 'level': 'tier_1'}])
    """
    said = {key: value for key, value in step.items() if value}
    listed = answers.get(WAY)
    way = [*(listed if isinstance(listed, list) else ()), {"_id": id_, **said}]
    out: dict[str, Any] = {**answers, WAY: way}
    what, state = said.get("what"), answers.get("state")
    open_ = (None, UNKNOWN, "noticed")
    if what in ("sent_up", "sent_back") and said.get("level") in _tiers():
        out["tier"] = said["level"]
    if what in ("sent_up", "talked") and state in open_:
        out["state"] = "talking"
    if what == "answered":
        if said.get("note") and not answers.get("result"):
            out["result"] = " ".join(str(said["note"]).split())
        if state in (*open_, "talking"):
            out["state"] = "working"
    return out


def _tiers() -> tuple[str, ...]:
    choices: tuple[Choice, ...] = RECORD_TYPES[TYPE].field("tier").choices
    return tuple(one.id for one in choices)


def _known(value: object) -> str:
    return "" if value in (None, UNKNOWN) else str(value)


def _day(on: str) -> Words:
    if not on:
        return Words("日が不明", "day not known")
    day = parse_date(on)
    return Words(say_date(day, "ja"), say_date(day, "en"))
