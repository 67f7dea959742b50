"""A day's 通いの場 by weekday, half of the day, how often, content and whom they are for (曜日ごとの通いの場)."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Final

from geo.analysis.week import ANY, DAYS, HALVES, OFTEN, UNKNOWN, WHOM, Choice, reach_week
from geo.base.words import Words
from geo.schedule import Times
from layers.day.day import limits_of
from layers.day.salons import list_each, list_given
from surveys.record.wanted import CONTENTS, OFTEN_WORDS, WEEKDAY_WORDS, WEEKDAYS, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geo.analysis.week import Week
    from geo.base.arrays import Flags
    from geo.coverage.question import Question
    from layers.day.day import Day
    from layers.day.listed import SalonList
    from surveys.record.meeting import Who

_TIMES: Final = ("am", "pm", "night")
WEEK_WORDS: Final[Mapping[str, Mapping[str, Words]]] = {
    "part": {
        "time": Words("時間帯", "time of the day"),
        "content": Words("内容", "what is done"),
        "whom": Words("来られる人", "for whom"),
    },
    "weekday": {
        **{id_: Words(one.ja, one.en.removesuffix("s")) for id_, one in zip(WEEKDAYS, WEEKDAY_WORDS, strict=True)},
        UNKNOWN: Words("いつか分からない", "day not known"),
        ANY: Words("どの曜日でも", "any day"),
    },
    "half": {
        "am": Words("午前", "morning"),
        "pm": Words("午後", "afternoon"),
        "night": Words("うち夜（18時から）", "evening, from 6 pm"),
        UNKNOWN: Words("時刻の分からない", "hours not known"),
        ANY: Words("一日のいつでも", "any time of the day"),
    },
    "at_least": {ANY: Words("何回でも", "however often"), **{str(id_): one for id_, one in OFTEN_WORDS.items()}},
    "content": {id_: one.words for id_, one in CONTENTS.items()},
    "whom": {
        "anybody": Words("だれでも来られる", "open to anybody"),
        "areas": Words("決まった地区の人だけ", "for the people of some areas"),
        UNKNOWN: Words("だれが来られるか分からない", "not known for whom"),
    },
}  # fmt: skip


def day_week(day: Day, question: Question) -> Week:
    """Return whom the day's 通いの場 reach, by weekday and more (どの曜日か).

    Each row is what `Day.ask` says with that choice made (`Wanted.times` and ``content``). What the
    day's own wishes say of the content and of who may come holds for all rows; of the times they
    may say nothing, for those are the rows.

    Notes
    -----
    Cost: the register once, each 通いの場 held against some hundred choices, one walk.
    """
    every = replace(day, wanted=replace(day.wanted, times=Times()))
    return reach_week(
        every.town_for(question), every.as_asked(question), week_choices(every),
        rests=every.rests_for(question), eligible=every.eligible,
    )  # fmt: skip


def week_choices(day: Day) -> list[Choice]:
    """Return the choices of a day's 通いの場 that a week's table has (表の行と列).

    Evenings, and times of the day nobody told, are there where any 通いの場 is in them.
    """
    found = _Lists(day)
    rows = [*_of_times(found), *_of_contents(found), *_of_whom(found)]
    held = {one.half for one in rows if one.ids}
    return [one for one in rows if one.half in held or one.half not in ("night", UNKNOWN)]


def list_wishes(day: Day, wishes: Sequence[Wanted]) -> dict[Wanted, SalonList]:
    """Return a day's list of 通いの場 for each of several wishes, all read at once (選び方ごとの一覧)."""
    if day.given is None:
        lists = list_each(day.built, day.told.register, day.when, wishes)
    else:
        table = day.given.sites("yes", "unsure", "early", "maybe", "no")
        lists = [list_given(table, one) for one in wishes]
    return dict(zip(wishes, lists, strict=True))


class _Lists:
    """The day with each choice made, the lists of all read at once (選び方ごとの日)."""

    def __init__(self, day: Day) -> None:
        base = day.wanted
        times = [
            Times(weekday=weekday, half=half, at_least=often)  # type: ignore[arg-type]
            for weekday, half, often in product(
                (None, *range(7)), (None, *_TIMES), (None, "monthly", "twice", "weekly")
            )
        ]
        days = [Times(weekday=weekday) for weekday in (None, *range(7))]
        weekly = [replace(one, at_least="weekly") for one in days]
        self.contents = _contents_of(day)
        wishes = [replace(base, times=one) for one in times]
        wishes += [
            replace(base, times=one, content=(content,))
            for content in self.contents
            for one in (*days, *weekly)
        ]
        self.base, self._day = base, day
        self._lists = list_wishes(day, wishes)

    def ids(self, wanted: Wanted) -> frozenset[str]:
        """Return the 通いの場 that are as wished."""
        return frozenset(
            one.site_id
            for one in self._lists[wanted].listed
            if one.venue.counts in ("yes", "unsure") and one.at_m is not None
        )

    def who(self, wanted: Wanted) -> Mapping[str, Who]:
        """Return who may come to each of them."""
        ids, end = self.ids(wanted), self._day.end
        listed = self._lists[wanted].listed
        return {one.site_id: one.venue.who(end) for one in listed if one.site_id in ids}

    def eligible(self, wanted: Wanted) -> Mapping[str, Flags]:
        """Return whose people may come to each, where it is asked."""
        if not wanted.eligible:
            return {}
        limited = limits_of(self._lists[wanted], self.ids(wanted), self._day.end)
        return self._day.areas.cells_of_each(limited, self._day.end)


def _contents_of(day: Day) -> tuple[str, ...]:
    """Return the contents somebody told of, of the day's 通いの場, as far as they are asked about."""
    groups = [group for one in day.source.listed for group in one.venue.groups]
    told = {content for group in groups for content in group.get("content") or () if content}
    return tuple(one for one in day.wanted.content or CONTENTS if one in told)


def _of_times(found: _Lists) -> Iterator[Choice]:
    def wish(day: str, half: str, often: str) -> Wanted:
        return replace(
            found.base,
            times=Times(
                weekday=None if day == ANY else DAYS.index(day),
                half=None if half == ANY else half,  # type: ignore[arg-type]
                at_least=None if often == ANY else often,  # type: ignore[arg-type]
            ),
        )

    days = [one for one in DAYS if one not in (UNKNOWN, ANY)]
    sure = frozenset[str]().union(*(found.ids(wish(day, ANY, ANY)) for day in days))
    for day, half, often in product(DAYS, HALVES, OFTEN):
        asked = wish(ANY if day == UNKNOWN else day, ANY if half == UNKNOWN else half, often)
        ids = found.ids(asked)
        if half == UNKNOWN:
            timed = (wish(ANY if day == UNKNOWN else day, one, ANY) for one in _TIMES)
            ids -= frozenset[str]().union(*map(found.ids, timed))
        if day == UNKNOWN:
            ids -= sure
        yield Choice(
            weekday=day, half=half, at_least=often, ids=ids, eligible=found.eligible(asked)
        )


def _of_contents(found: _Lists) -> Iterator[Choice]:
    for content, day, often in product(found.contents, (*range(7), None), (ANY, "weekly")):
        times = Times(weekday=day, at_least=None if often == ANY else "weekly")
        asked = replace(found.base, times=times, content=(content,))
        yield Choice(
            part="content", what=content, weekday=ANY if day is None else WEEKDAYS[day],
            at_least=often, ids=found.ids(asked), eligible=found.eligible(asked),
        )  # fmt: skip


def _of_whom(found: _Lists) -> Iterator[Choice]:
    for whom, day, often in product(WHOM, (*range(7), None), (ANY, "weekly")):
        times = Times(weekday=day, at_least=None if often == ANY else "weekly")
        asked = replace(found.base, times=times)
        ids = frozenset(id_ for id_, who in found.who(asked).items() if _whom(who) == whom)
        yield Choice(
            part="whom", what=whom, weekday=ANY if day is None else WEEKDAYS[day], at_least=often,
            ids=ids, eligible=found.eligible(asked),
        )  # fmt: skip


def _whom(who: Who) -> str:
    if not who.known:
        return UNKNOWN
    return "anybody" if who.areas is None else "areas"
