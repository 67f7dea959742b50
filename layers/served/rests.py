"""Which rests the town being served has, for a question (いまの休む所)."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from geo.analysis.rest_facts import RestFacts, count_rests, place_rests
from geo.tables.rests import rests_of_sites
from layers.asked import make_question
from layers.served.answers import answer_stamp, rests_for, town_for
from layers.served.town import town_now
from layers.served.walking import surveyed_now

if TYPE_CHECKING:
    import pandas as pd

    from layers.asked import Asked


def rest_facts(asked: Asked) -> RestFacts:
    """Return which rests a question of the town being served counts (いまの休む所の内わけ).

    Raises
    ------
    InputError
        When a part of the question is not known.
    """
    return _rest_facts(asked, answer_stamp(asked), blake2b(surveyed_now().tobytes()).hexdigest())


@lru_cache(maxsize=8)
def _rest_facts(asked: Asked, _at: tuple[str, ...], _days: str) -> RestFacts:
    town = town_for(asked)
    return count_rests(town, make_question(asked, town), _rests(asked), days=surveyed_now())


def shown_rests(asked: Asked) -> pd.DataFrame:
    """Return the Rests of a question, and ``on``: whether a street of the walker is near (休む所)."""
    town = town_for(asked)
    return place_rests(town, make_question(asked, town), _rests(asked))


def _rests(asked: Asked) -> pd.DataFrame:
    rests = rests_for(asked)
    return rests_of_sites(town_now().sites) if rests is None else rests
