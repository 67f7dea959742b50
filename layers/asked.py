"""A question as it stands in an address: plain texts, and what they mean (アドレスの中の問い)."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from geo.base.dates import parse_past_day
from geo.base.problems import InputError
from geo.base.words import Words
from geo.coverage.asking import parse_question
from surveys.record.wanted import parse_wanted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.coverage.question import Question
    from geo.town import Town
    from surveys.record.wanted import Wanted

ON: Final = "on"
# The parts that tell which 通いの場 count, and for whom.
WISHES: Final = ("weekday", "half", "at_least", "content", "eligible")
# Offered stretches without sitting and without a toilet, metres; others between may be asked.
RESTS: Final = (50, 100, 150, 200, 300, 500)
TOILETS: Final = (200, 300, 500, 800, 1000)
ELIGIBLE: Final = Words("利用できる人だけで数える", "eligible")
_ALWAYS: Final = ("people", "walker", "within", "division")
_METRES: Final = re.compile(r"[1-9][0-9]{1,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as it stands in an address: plain texts (アドレスの中の問い).

    Attributes
    ----------
    people, walker, within, division
        As the command line takes them; "" is the town's first division.
    slopes
        ``on`` for slopes and steps.
    trip
        ``there``, ``back``, ``worse`` or ``round``; "" is ``there``.
    rest, toilet
        Metres after which one must be able to sit, or find a toilet; "" for no such rule.
    band
        ``on`` to have the unknown taken as bad and as good too.
    on
        The day asked of, ``2026-11-21``; "" is today.
    weekday, half, at_least, content, eligible
        Which 通いの場 are asked about, and for whom, as `surveys.record.wanted.parse_wanted`
        takes them; ``eligible`` is ``on``. "" wishes nothing.
    """

    people: str
    walker: str
    within: str
    division: str = ""
    slopes: str = ""
    trip: str = ""
    rest: str = ""
    toilet: str = ""
    band: str = ""
    on: str = ""
    weekday: str = ""
    half: str = ""
    at_least: str = ""
    content: str = ""
    eligible: str = ""

    @property
    def query(self) -> str:
        """The question as a query string, what is not asked left out (問い合わせの文字列)."""
        parts = asdict(self)
        return urlencode({name: said for name, said in parts.items() if said or name in _ALWAYS})

    @property
    def salons(self) -> dict[str, str]:
        """The parts that say which 通いの場 count, those said (どの通いの場か)."""
        parts = asdict(self)
        return {name: parts[name] for name in ("on", *WISHES) if parts[name]}

    @property
    def with_stops(self) -> bool:
        """Whether there is a rule of rests or toilets (休む所・トイレの決まりがあるか)."""
        return bool(self.rest or self.toilet)


def read_asked(query: Mapping[str, str]) -> Asked:
    """Return the question of an address; what it does not say is as it first stands (問いを読む)."""
    first = {"people": "65", "walker": "elderly", "within": "500m"}
    names = (one.name for one in fields(Asked))
    return Asked(**{name: query.get(name, first.get(name, "")) for name in names})


def make_question(asked: Asked, town: Town) -> Question:
    """Return what is asked of a town (問いにする).

    Raises
    ------
    InputError
        When a part of it is not known.
    """
    return parse_question(
        division=asked.division or town.divisions[0],
        people=asked.people,
        walker=asked.walker,
        within=asked.within,
        heights=switch(asked.slopes, Words("坂と階段", "slopes")),
        trip=asked.trip or "there",
        rest=_metres(asked.rest),
        toilet=_metres(asked.toilet),
        straight=town.streetless,
    )


def wanted_in(asked: Asked) -> Wanted:
    """Return which 通いの場 a question is about (選ぶ通いの場).

    Raises
    ------
    InputError
        When a wish is not known.
    """
    return parse_wanted(
        weekday=asked.weekday, half=asked.half, at_least=asked.at_least, content=asked.content,
        eligible=switch(asked.eligible, ELIGIBLE),
    )  # fmt: skip


def check_asked(asked: Asked, town: Town, today: str) -> Asked:
    """Return the question when every part of it is known (問いを確かめる).

    Raises
    ------
    InputError
        When one is not, or the day is still to come: the band too, which is no part of
        `geo.coverage.question.Question`.
    """
    make_question(asked, town)
    wanted_in(asked)
    switch(asked.band, Words("わからない所で数字がどれだけ変わるか", "the band"))
    if asked.on:
        parse_past_day(asked.on, today)
    return asked


def switch(text: str, what: Words) -> bool:
    """Return whether a part that is ``on`` or empty is on (入れるか).

    Raises
    ------
    InputError
        When it is neither.
    """
    if text not in ("", ON):
        raise InputError(
            Words(
                f"{what.ja}の「{text}」は分かりません。入れるなら on、入れないなら空にしてください",
                f"{what.en}: {text!r} is neither on nor empty",
            )
        )
    return text == ON


def _metres(text: str) -> str:
    """Return metres as they stand in an address: one way to write each, as answers are kept by it."""
    if text and not _METRES.fullmatch(text):
        raise InputError(
            Words(
                f"長さ「{text}」は使えません。メートルの整数で書いてください",
                f"{text!r} cannot be used as a length; write whole metres",
            )
        )
    return text
