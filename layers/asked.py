"""A question as it stands in an address: plain texts, and what they mean (アドレスの中の問い)."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Final, get_args
from urllib.parse import urlencode

from geo.problems import InputError
from geo.question import Question
from geo.ranges import parse_range
from geo.tables import PEOPLE
from geo.walkers import parse_walker
from geo.walking import Trip
from geo.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.tables import People
    from geo.town import Town

ON: Final = "on"
TRIPS: Final[tuple[Trip, ...]] = get_args(Trip)
# Offered stretches without sitting and without a toilet, metres; others between may be asked.
RESTS: Final = (50, 100, 150, 200, 300, 500)
TOILETS: Final = (200, 300, 500, 800, 1000)
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

    @property
    def query(self) -> str:
        """The question as a query string, what is not asked left out (問い合わせの文字列)."""
        parts = asdict(self)
        return urlencode({name: said for name, said in parts.items() if said or name in _ALWAYS})

    @property
    def with_register(self) -> bool:
        """Whether the answer hangs on what the register tells of rests (台帳を使う問いか)."""
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
    return Question(
        division=asked.division or town.divisions[0],
        people=_people(asked.people),
        walker=parse_walker(asked.walker),
        within=parse_range(asked.within),
        heights=_switch(asked.slopes, Words("坂と階段", "slopes")),
        trip=_trip(asked.trip),
        rest_m=_metres(asked.rest, RESTS, Words("休む所の間隔", "the stretch between rests")),
        toilet_m=_metres(asked.toilet, TOILETS, Words("トイレの間隔", "the stretch to a toilet")),
    )


def check_asked(asked: Asked, town: Town) -> Asked:
    """Return the question when every part of it is known (問いを確かめる).

    Raises
    ------
    InputError
        When one is not: the band too, which is no part of `geo.question.Question`.
    """
    make_question(asked, town)
    _switch(asked.band, Words("わからない所の幅", "the band"))
    return asked


def _people(text: str) -> People:
    for known in PEOPLE:
        if known == text:
            return known
    raise InputError(Words(f"年齢「{text}」は分かりません", f"unknown age group {text!r}"))


def _trip(text: str) -> Trip:
    for known in TRIPS:
        if known == (text or "there"):
            return known
    said = "・".join(TRIPS)
    raise InputError(
        Words(
            f"どちら向きかの「{text}」は分かりません。{said} のどれかを選んでください",
            f"unknown way {text!r}; choose one of {said}",
        )
    )


def _switch(text: str, what: Words) -> bool:
    if text not in ("", ON):
        raise InputError(
            Words(
                f"{what.ja}の「{text}」は分かりません。入れるなら on、入れないなら空にしてください",
                f"{what.en}: {text!r} is neither on nor empty",
            )
        )
    return text == ON


def _metres(text: str, offered: tuple[int, ...], what: Words) -> float | None:
    if not text:
        return None
    least, most = offered[0], offered[-1]
    if not _METRES.fullmatch(text) or not least <= int(text) <= most:
        raise InputError(
            Words(
                f"{what.ja}「{text}」は使えません。{least}〜{most}（m）の整数で選んでください",
                f"{what.en}, {text!r}, cannot be used; choose whole metres from {least} to {most}",
            )
        )
    return float(text)
