"""What a plan does, in sentences that can be read aloud (検討案の文)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.words import Words
from geo.say.sentence import say_salon, say_walk
from geo.say.straight import say_flattered
from geo.tables.tables import people_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.analysis.by_stop import Rides
    from geo.analysis.reached import Moved
    from geo.coverage.question import Question


def say_plan(known: Moved, question: Question, ends: Sequence[Moved] = ()) -> list[Words]:
    """Return what a plan does: two sentences, and one of what is not known (検討案の効き目を言う).

    Parameters
    ----------
    ends
        The same with the unknown taken as bad, and as good; none where it was not asked.
    """
    counts = known.of(question.people)
    who, walk, salon = people_words(question.people), say_walk(question), say_salon(question)
    people, before, after = (f"{counts[one]:,}" for one in ("people", "before", "after"))
    first = Words(
        f"{who.ja} {people}人のうち、{walk.ja}に{salon.ja}がある人は、{before}人から {after}人になります",
        f"Of {people} people ({who.en}), those with {salon.en} {walk.en} go from {before} to {after}",
    )
    moved = _say_moved(counts["gained"], counts["lost"])
    return [first, moved, *_say_ends(known, question, ends), *say_flattered(question)]


def _say_moved(gained: int, lost: int) -> Words:
    if not gained and not lost:
        return Words(
            "新しく届く人も、届かなくなる人もいません",
            "nobody comes within reach, and nobody no longer is",
        )
    if not lost:
        return Words(
            f"新しく届くのは {gained:,}人で、届かなくなる人はいません",
            f"{gained:,} come within reach, and nobody no longer is",
        )
    if not gained:
        return Words(
            f"届かなくなるのは {lost:,}人で、新しく届く人はいません",
            f"{lost:,} are no longer within reach, and nobody comes within it",
        )
    return Words(
        f"新しく届くのは {gained:,}人、届かなくなるのは {lost:,}人です",
        f"{gained:,} come within reach, {lost:,} no longer are",
    )


def _say_ends(known: Moved, question: Question, ends: Sequence[Moved]) -> list[Words]:
    if not ends:
        return []
    runs = [one.of(question.people) for one in (known, *ends)]
    (gl, gh), (ll, lh) = (
        (min(one[name] for one in runs), max(one[name] for one in runs))
        for name in ("gained", "lost")
    )
    if gl == gh and ll == lh:
        return [
            Words(
                "分からない所を悪くとっても良くとっても、同じ人数です",
                "the same, whether what is not known is taken as bad or as good",
            )
        ]
    return [
        Words(
            f"分からない所を悪くとるか良くとるかで、新しく届く人は {gl:,}〜{gh:,}人、届かなくなる人は {ll:,}〜{lh:,}人",
            f"taking what is not known as bad or as good, {gl:,} to {gh:,} gain and {ll:,} to {lh:,} lose",
        )
    ]


def say_rides(before: Rides, after: Rides, *, straight: bool = False) -> list[Words]:
    """Return whom moved stops could bring, as it is and as it would be (停留所の文).

    Parameters
    ----------
    straight
        Whether distances are straight lines.
    """
    if straight:
        return _say_rides_straight(before, after)
    return [
        Words(
            "停留所まで歩け、別の停留所から通いの場まで歩ける人（歩いて通いの場に届かない人のうち）は、"
            f"{before.can_come:,}人から {after.can_come:,}人になります",
            "Of those out of walking reach, people who can walk to a stop, and from another to a "
            f"salon, go from {before.can_come:,} to {after.can_come:,}",
        ),
        Words(
            f"停留所から歩ける通いの場は、{before.salons}か所のうち {before.served}か所から、"
            f"{after.salons}か所のうち {after.served}か所になります。"
            "どの停留所どうしでも乗れるとみた（路線・時刻・予約は入れていない）",
            f"Salons one can walk to from a stop go from {before.served} of {before.salons} to "
            f"{after.served} of {after.salons}; one is taken to ride between any two stops (no "
            "lines, times or booking)",
        ),
    ]


def _say_rides_straight(before: Rides, after: Rides) -> list[Words]:
    return [
        Words(
            "停留所が直線で範囲にあり、別の停留所から通いの場が範囲にある人（通いの場に届かない人のうち）は、"
            f"{before.can_come:,}人から {after.can_come:,}人になります",
            "Of those out of reach, people with a stop in range in a straight line, and a salon in "
            f"range of another, go from {before.can_come:,} to {after.can_come:,}",
        ),
        Words(
            f"停留所が直線で範囲にある通いの場は、{before.salons}か所のうち {before.served}か所から、"
            f"{after.salons}か所のうち {after.served}か所になります。"
            "どの停留所どうしでも乗れるとみた（路線・時刻・予約は入れていない）",
            f"Salons with a stop in range go from {before.served} of {before.salons} to "
            f"{after.served} of {after.salons}; one is taken to ride between any two stops (no "
            "lines, times or booking)",
        ),
    ]
