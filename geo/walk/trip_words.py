"""Which way is walked, in words: one table for pages, files, commands and sentences (行きと帰りの言い方)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.base.words import Words

if TYPE_CHECKING:
    from geo.walk.rules import Trip


@dataclass(frozen=True, slots=True, kw_only=True)
class TripWords:
    """How one way of counting is called (言い方).

    Attributes
    ----------
    name
        As an option of a command, and in the reference.
    label
        On a button.
    help
        Under the button.
    phrase
        In the sentence a council reads; the way there is not named.
    assumed
        Among what a figure assumes.
    """

    name: Words
    label: Words
    help: Words
    phrase: Words
    assumed: Words


TRIP_WORDS: Final[dict[Trip, TripWords]] = {
    "there": TripWords(
        name=Words("行き", "the way there"),
        label=Words("行き", "There"),
        help=Words("家から通いの場へ歩く向き。", "From home to the salon."),
        phrase=Words("", ""),
        assumed=Words("行き（家から通いの場へ）で数えた", "Counted on the way there"),
    ),
    "back": TripWords(
        name=Words("帰り", "the way back"),
        label=Words("帰り", "Back"),
        help=Words("通いの場から家へ歩く向き。", "From the salon home."),
        phrase=Words("帰りの道で、", ", on the way back"),
        assumed=Words("帰り（通いの場から家へ）で数えた", "Counted on the way back"),
    ),
    "worse": TripWords(
        name=Words("行きと帰りのつらい方", "the harder of the two ways"),
        label=Words("つらい方", "Harder way"),
        help=Words(
            "行きと帰りを比べ、負担の大きい方で数える。",
            "The harder of the way there and the way back.",
        ),
        phrase=Words("行きも帰りも、", ", there and back alike"),
        assumed=Words(
            "行きと帰りの、負担の大きい方で数えた", "Counted on the harder of the two ways"
        ),
    ),
    "round": TripWords(
        name=Words("往復の平均", "the mean of both ways"),
        label=Words("往復の平均", "Mean of both"),
        help=Words(
            "行きと帰りをたして半分にした負担で数える。", "Half of the way there and back together."
        ),
        phrase=Words("往復の平均で、", ", the mean of there and back"),
        assumed=Words(
            "行きと帰りをたして半分にした負担で数えた", "Counted as half of there and back together"
        ),
    ),
}
