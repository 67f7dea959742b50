"""The sentence about what is near a point (ここから近い所の文)."""

from __future__ import annotations

import re
from math import ceil
from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from geo.say.sentence import Part, say_walk
from geo.say.straight import say_flattered

if TYPE_CHECKING:
    from geo.base.words import Lang
    from geo.coverage.question import Question
    from geo.say.sentence import Line

# A line may break behind these.
_BREAKS: Final = re.compile(r"(?<=、)|(?<=か)|(?<=に)(?=[^、])")


def say_minutes_walked(minutes: float) -> int:
    """Return whole minutes, never fewer than are walked (徒歩の分).

    Examples
    --------
    >>> say_minutes_walked(7.01), say_minutes_walked(0.0)
    (8, 1)
    """
    # A sum of lengths is true to far less than this part of a minute.
    return max(1, ceil(minutes - 1e-9))


def say_minutes_metres(minutes: float, metres: float, *, straight: bool) -> Words:
    """Return how far it is, as cards and sheets say it (近さの言い方).

    Parameters
    ----------
    straight
        Whether it is a straight line, for want of streets.

    Examples
    --------
    >>> say_minutes_metres(5.2, 312.4, straight=False).ja
    '徒歩6分・312m'
    >>> say_minutes_metres(5.2, 312.4, straight=True).ja
    '直線で312m（6分）'
    """
    count, far = f"{say_minutes_walked(minutes):,}", f"{metres:,.0f}"
    if straight:
        return Words(f"直線で{far}m（{count}分）", f"{far} m in a straight line ({count} min)")
    return Words(f"徒歩{count}分・{far}m", f"{count} min, {far} m")


def say_salons_near(question: Question) -> Words:
    """Return the 通いの場 looked for, seen from the place itself (どんな通いの場か).

    Examples
    --------
    >>> from geo.coverage.asking import parse_question
    >>> say_salons_near(
    ...     parse_question(division="町丁目", people="65", walker="elderly", within="500m")
    ... ).ja
    '通いの場'
    """
    chosen = question.chosen
    if chosen is None:
        return Words("通いの場", "salons")
    which, here = chosen.which, Words("ここの人が使える", "open to people from here")
    ja = [which.ja] if which else []
    en = [which.en] if which else []
    if chosen.eligible:
        ja, en = [*ja, here.ja], [here.en, *en]
    return Words("、".join(ja) + "通いの場", f"salons ({'; '.join(en)})")


def lines_near(
    question: Question, lang: Lang, *, within: int, found: int, nearest: tuple[str, float] | None
) -> tuple[Line, ...]:
    """Return the sentence about the 通いの場 near a point (近い通いの場の文).

    Parameters
    ----------
    within, found
        How many are within reach, and how many there are at all.
    nearest
        Name and minutes of the nearest; None where no way leads to any.

    Examples
    --------
    >>> from geo.coverage.asking import parse_question
    >>> from geo.say.sentence import read_line
    >>> asked = parse_question(division="町丁目", people="65", walker="elderly", within="500m")
    >>> for line in lines_near(asked, "ja", within=3, found=9, nearest=("公民館", 5.2)):
    ...     print(read_line(line))
    ここから徒歩500m以内に、通いの場が3か所あります。
    いちばん近いのは、公民館で、歩いて6分です。
    >>> [read_line(one) for one in lines_near(asked, "ja", within=0, found=0, nearest=None)]
    ['通いの場は、見つかりません。']
    """
    if not found:
        none = Words(
            f"{say_salons_near(question).ja}は、見つかりません。",
            f"There are no {say_salons_near(question).en}.",
        )
        return (_parts(none, lang),)
    flattered = [
        _parts(Words(f"{one.ja}。", f"{one.en}."), lang) for one in say_flattered(question)
    ]
    return (_reach(question, lang, within), _nearest(question, lang, nearest), *flattered)


def line_off(off_m: float, lang: Lang) -> Line:
    """Return that no street is near enough to set out from (道につながらない所の文).

    Examples
    --------
    >>> from geo.say.sentence import read_line
    >>> read_line(line_off(73.2, "en"))
    'This place is 74 m from the nearest street: off the network, so no distance is told.'
    """
    far = f"{ceil(off_m):,}"
    if lang == "en":
        return (
            Part(text="This place is "),
            Part(text=far, mark="gap", unit=" m"),
            Part(text=" from the nearest street: off the network, so no distance is told."),
        )
    return (
        Part(text="ここは、"),
        Part(text="いちばん近い道から"),
        Part(text=far, mark="gap", unit="m"),
        Part(text="離れていて、"),
        Part(text="道につながらないので、"),
        Part(text="道のりは出しません。"),
    )


def line_nearest(name: str, minutes: float, lang: Lang, *, straight: bool = False) -> Line:
    """Return which place is the nearest, and how long one walks there (いちばん近い所の文).

    Examples
    --------
    >>> from geo.say.sentence import read_line
    >>> read_line(line_nearest("中央公園", 3.4, "en"))
    'The nearest is 中央公園, 4 min on foot.'
    """
    count = f"{say_minutes_walked(minutes):,}"
    if lang == "en":
        return (
            Part(text=f"The nearest is {name}, "),
            Part(text=count, mark="figure", unit=" min"),
            Part(text=" in a straight line." if straight else " on foot."),
        )
    return (
        Part(text="いちばん近いのは、"),
        Part(text=f"{name}で、"),
        Part(text="直線で" if straight else "歩いて"),
        Part(text=count, mark="figure", unit="分"),
        Part(text="です。"),
    )


def lines_flattered(question: Question, lang: Lang) -> tuple[Line, ...]:
    """Return the line that a straight line is shorter than any way, none along streets (直線のことわり)."""
    if not question.straight:
        return ()
    ja, en = (
        "直線で測っています。道のりはこれより長くなります。",
        "Straight lines: real ways are longer.",
    )
    return (_parts(Words(ja, en), lang),)


def _reach(question: Question, lang: Lang, within: int) -> Line:
    walk, salons = say_walk(question), say_salons_near(question)
    if lang == "en":
        begins = f"{walk.en[:1].upper()}{walk.en[1:]} from here there are "
        return (
            Part(text=begins),
            Part(text=f"{within:,}" if within else "no", mark="figure" if within else "gap"),
            Part(text=f" {salons.en}."),
        )
    head = _parts(Words(f"ここから{walk.ja}に、{salons.ja}", ""), "ja")
    if not within:
        return (*head[:-1], Part(text=f"{head[-1].text}は"), Part(text="ありません。"))
    return (
        *head[:-1],
        Part(text=f"{head[-1].text}が"),
        Part(text=f"{within:,}", mark="figure", unit="か所"),
        Part(text="あります。"),
    )


def _nearest(question: Question, lang: Lang, nearest: tuple[str, float] | None) -> Line:
    if nearest is None:
        stops = question.rest_m is not None or question.toilet_m is not None
        words = (
            Words(
                "座れる所やトイレの続く道では、行けません。", "No way there has the rests it needs."
            )
            if stops
            else Words("歩いて行ける道がありません。", "No street leads to any.")
        )
        return _parts(words, lang)
    return line_nearest(*nearest, lang, straight=question.straight)


def _parts(words: Words, lang: Lang) -> Line:
    if lang == "en":
        return (Part(text=words.en),)
    return tuple(Part(text=one) for one in _BREAKS.split(words.ja) if one)
