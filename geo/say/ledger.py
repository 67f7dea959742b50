"""The ledger between two days in sentences (増減の文)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from geo.base.dates import say_date
from geo.base.words import Words
from geo.say.sentence import say_salon, say_walk
from geo.say.straight import say_flattered
from geo.tables.tables import each_row, people_words

if TYPE_CHECKING:
    from geo.analysis.ledger import Ledger
    from geo.coverage.question import Question


def say_ledger(ledger: Ledger, question: Question, days: tuple[str, str]) -> list[Words]:
    """Return the ledger, all together first, then why, then the areas that changed (増減を言う).

    The five counts of each line add up to its people.
    """
    totals, who, walk = ledger.totals, people_words(question.people), say_walk(question)
    salon = say_salon(question)
    ja, en = ([say_date(date.fromisoformat(day), lang) for day in days] for lang in ("ja", "en"))
    first = Words(
        f"{ja[0]}から{ja[1]}までに、{walk.ja}に{salon.ja}がある{who.ja}は、"
        f"新しく届く {totals['gained']:,}人、届かなくなる {totals['lost']:,}人",
        f"From {en[0]} to {en[1]}, of the people ({who.en}) with {salon.en} {walk.en}: "
        f"{totals['gained']:,} gained, {totals['lost']:,} lost",
    )
    away = f"{totals['off_network']:,}"
    off = (
        Words("", "")
        if question.straight
        else Words(f"、道につながらない {away}人", f", off the network {away}")
    )
    lines = [
        first,
        Words(
            f"変わらず届く {totals['unchanged_in']:,}人、変わらず届かない "
            f"{totals['unchanged_out']:,}人{off.ja}"
            f"（合わせて {totals['people']:,}人）",
            f"unchanged within {totals['unchanged_in']:,}, unchanged outside "
            f"{totals['unchanged_out']:,}{off.en} "
            f"(of {totals['people']:,} people)",
        ),
        *_say_ends(totals),
        *ledger.reasons[""],
        Words(
            "人口と道は、どちらの日も今のもの",
            "people and streets are those of now on both days",
        )
        if not question.straight
        else Words("人口は、どちらの日も今のもの", "people are those of now on both days"),
        *say_flattered(question),
    ]
    changed = ledger.areas[(ledger.areas["gained"] > 0) | (ledger.areas["lost"] > 0)]
    return [
        *lines,
        *(
            Words(
                f"{row.area_name}: 新しく届く {row.gained:,}人、届かなくなる {row.lost:,}人",
                f"{row.area_name}: {row.gained:,} gained, {row.lost:,} lost",
            )
            for row in each_row(changed)
        ),
    ]


def _say_ends(totals: dict[str, int]) -> list[Words]:
    if all(
        totals[f"{one}_low"] == totals[one] == totals[f"{one}_high"] for one in ("gained", "lost")
    ):
        return []
    return [
        Words(
            f"ようすや、その日にあったかの分からない通いの場しだいで、新しく届く {totals['gained_low']:,}〜"
            f"{totals['gained_high']:,}人、届かなくなる {totals['lost_low']:,}〜"
            f"{totals['lost_high']:,}人",
            f"depending on the salons whose state, or whether they were there that day, is not known: "
            f"{totals['gained_low']:,} to "
            f"{totals['gained_high']:,} gained, {totals['lost_low']:,} to "
            f"{totals['lost_high']:,} lost",
        )
    ]
