"""A question as people write it, on a command line or in an address (問いを読む)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar, get_args

from geo.base.problems import InputError
from geo.base.text import tidy
from geo.base.words import Words
from geo.coverage.question import Question
from geo.tables.tables import OLDEST
from geo.walk.ranges import parse_range
from geo.walk.rules import Trip
from geo.walk.walkers import parse_walker

if TYPE_CHECKING:
    from geo.tables.tables import People

Known = TypeVar("Known", bound=str)

TRIPS: Final[tuple[Trip, ...]] = get_args(Trip)
_AGE: Final = re.compile(r"[1-9][0-9]{0,2}")
_FORM: Final = re.compile(r"^([0-9]+(?:\.[0-9]+)?)\s*(?:m|メートル)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """How long a stretch may be asked for (ひと息の長さの範囲).

    Attributes
    ----------
    words
        What ends a stretch.
    least_m, most_m
        Shorter and longer ones are refused.
    source
        What the range is taken from.
    """

    words: Words
    least_m: float
    most_m: float
    source: Words


# Settings around the sources: half the closest guideline to a little over what elders are said
# to walk without reluctance; for toilets a fifth of the one guideline to four times it.
REST: Final = Stretch(
    words=Words("座れる所", "a seat"),
    least_m=50.0,
    most_m=500.0,
    source=Words(
        "ベンチの間隔の目安は100〜200m（世田谷区・浜松市の指針）、"
        "高齢者が抵抗なく歩けるのは200〜400m（北川ら）",
        "guidelines place benches every 100–200 m (Setagaya, Hamamatsu); elders walk 200–400 m "
        "without reluctance (Kitagawa et al.)",
    ),
)
TOILET: Final = Stretch(
    words=Words("トイレ", "a toilet"),
    least_m=100.0,
    most_m=2000.0,
    source=Words(
        "世田谷区の目安は500mに1か所",
        "Setagaya aims at one every 500 m",
    ),
)


def parse_stretch(text: str, stretch: Stretch) -> float:
    """Return a stretch in metres written as ``150`` or ``150m`` (ひと息の長さを読む).

    Raises
    ------
    InputError
        When it is no number of metres, or outside the range of `stretch`.

    Examples
    --------
    >>> parse_stretch("１５０ｍ", REST)
    150.0
    """
    form = _FORM.match(tidy(text).lower())
    metres = float(form[1]) if form else 0.0
    if not stretch.least_m <= metres <= stretch.most_m:
        least, most = f"{stretch.least_m:,.0f}", f"{stretch.most_m:,.0f}"
        raise InputError(
            Words(
                f"{stretch.words.ja}の間隔「{text}」は使えません。{least}〜{most} のメートルで書いてください",
                f"{stretch.words.en} every {text!r} cannot be used; write metres from {least} to {most}",
            )
        )
    return metres


def parse_trip(text: str) -> Trip:
    """Return which way is counted: ``there``, ``back``, ``worse`` or ``round`` (行きか帰りか).

    Raises
    ------
    InputError
        When it is none of these.
    """
    return _one_of(text, TRIPS, Words("行き帰り", "trip"))


def parse_people(text: str) -> People:
    """Return the age group: ``all``, or the age people are of at least, ``65`` (年齢を読む).

    Which ages can be asked the town's table of people tells: `geo.town.check_people`.

    Raises
    ------
    InputError
        When it is neither.
    """
    if text == "all" or (_AGE.fullmatch(text) and int(text) <= OLDEST):
        return text
    raise InputError(
        Words(
            f"年齢「{text}」は分かりません。all（すべての年齢）か、65・75 のような年齢（以上）で書いてください",
            f"unknown age group {text!r}; write all, or an age such as 65 or 75 (and over)",
        )
    )


def _one_of(text: str, known: tuple[Known, ...], what: Words) -> Known:
    for one in known:
        if one == text:
            return one
    raise InputError(
        Words(
            f"{what.ja}「{text}」は分かりません。{'・'.join(known)} のどれかで書いてください",
            f"unknown {what.en} {text!r}; write one of {', '.join(known)}",
        )
    )


def parse_question(  # noqa: PLR0913 - the parts of a question, each by name
    *,
    division: str,
    people: str,
    walker: str,
    within: str,
    heights: bool = False,
    trip: str = "there",
    rest: str = "",
    toilet: str = "",
    straight: bool = False,
) -> Question:
    """Return the question asked in plain texts (問いを読む).

    Parameters
    ----------
    rest, toilet
        Metres, or "" for no such rule.
    straight
        Whether the town has no streets: distances are straight lines.

    Raises
    ------
    InputError
        When a part cannot be read, or needs streets where there are none.

    Examples
    --------
    >>> asked = parse_question(
    ...     division="町丁目", people="65", walker="slow", within="10min", rest="150"
    ... )
    >>> asked.limit_m, asked.rest_m, asked.toilet_m
    (480.0, 150.0, None)
    """
    return Question(
        division=division,
        people=parse_people(people),
        walker=parse_walker(walker),
        within=parse_range(within),
        heights=heights,
        trip=parse_trip(trip),
        rest_m=parse_stretch(rest, REST) if rest else None,
        toilet_m=parse_stretch(toilet, TOILET) if toilet else None,
        straight=straight,
    )
