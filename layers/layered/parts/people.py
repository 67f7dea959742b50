"""Why layers of people cannot be shown (人の層が出せないわけ)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.problems import InputError
from geo.base.words import Words
from geo.town import check_people
from layers.asked import make_question
from layers.served.town import town_now

if TYPE_CHECKING:
    from layers.layered.parts.declare import Shown

OFFICE_ONLY = Words("庁内の人だけが見られます。", "For people of the office alone.")


def no_people(shown: Shown) -> Words | None:
    """Return why nobody can be counted here, None where people can (人が数えられないわけ)."""
    town = town_now()
    if not town.cells["people_all"].any():
        return Words(
            "この街には人口が入っていないので、人は出せません。街をつくるときに人口の表を渡すと出ます。",
            "This town has no people; give a table of people when it is built.",
        )
    try:
        check_people(town, make_question(shown.asked, town))
    except InputError as error:
        return error.words
    return None
