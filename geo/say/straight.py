"""What is said beside figures counted in straight lines, in a town without streets (直線の値のことわり)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.words import Words

if TYPE_CHECKING:
    from geo.coverage.question import Question

# Said with every figure: a straight line flatters, and whoever reads it must know.
FLATTERS: Final = Words(
    "直線で数えた値です。道のりはこれより長いので、届く人はこれより少なくなります",
    "Counted in straight lines: real ways are longer, so fewer people are within reach than this",
)
# The same where there is room for a word or two.
IN_SHORT: Final = Words("直線（道のりはこれより長い）", "straight lines (real ways are longer)")
MEASURED: Final = Words(
    "測り方　直線（道のデータがないので。道のりはこれより長く、届く人は数字より少ない）",
    "Distance: straight lines, as there are no streets in the data; real ways are longer, and fewer "
    "people are within reach than the figures say",
)


def say_flattered(question: Question) -> list[Words]:
    """Return the line said with figures in straight lines, none where they are of streets (ことわり).

    Examples
    --------
    >>> from geo.coverage.asking import parse_question
    >>> asked = parse_question(
    ...     division="町丁目", people="65", walker="elderly", within="500m", straight=True
    ... )
    >>> [one.ja[:10] for one in say_flattered(asked)]
    ['直線で数えた値です。']
    """
    return [FLATTERS] if question.straight else []


def by_foot(question: Question, words: Words) -> Words:
    """Return words that begin a number of minutes: as given, or the straight line's (何で測った分か).

    Examples
    --------
    >>> from geo.coverage.asking import parse_question
    >>> asked = parse_question(
    ...     division="町丁目", people="65", walker="elderly", within="500m", straight=True
    ... )
    >>> by_foot(asked, Words("歩いて", "on foot")).ja
    '直線で'
    """
    return Words("直線で", "in a straight line") if question.straight else words
