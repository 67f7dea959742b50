"""How a rule of rests and toilets stands in a sentence (途中で休む決まりの言い方)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.words import Words

if TYPE_CHECKING:
    from geo.coverage.question import Question


def say_stops(question: Question) -> tuple[Words, ...]:
    """Return what must be along the way, phrase by phrase, () where no rule is asked (途中に要るもの)."""
    rest, toilet = (
        "" if metres is None else f"{metres:,g}" for metres in (question.rest_m, question.toilet_m)
    )
    if rest and toilet:
        return (
            Words(f"{rest}mごとに座れて、", f", with a seat at least every {rest} m"),
            Words(f"{toilet}mごとにトイレに寄れる道で、", f" and a toilet every {toilet} m"),
        )
    if rest:
        return (Words(f"{rest}mごとに座れる道で、", f", with a seat at least every {rest} m"),)
    if toilet:
        ja = f"{toilet}mごとにトイレに寄れる道で、"
        return (Words(ja, f", with a toilet at least every {toilet} m"),)
    return ()
